"""The page's Evaluation tab: choose or upload a set, run it, read the report, compare with an earlier run."""

import logging
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers.library import Library
from assistant.errors import AssistantError
from assistant.texts import say
from assistant.web.server import Tab
from evals.evaluation import VOICES, Evaluated, Evaluator
from evals.report import HTML

if TYPE_CHECKING:
    from fastapi import APIRouter

logger = logging.getLogger(__name__)

SETS = Path(__file__).with_name("sets")
_SHOWN = (
    "quote exactness",
    "citation validity",
    "attribution exactness",
    "right",
    "status",
    "evidence@1",
    "evidence@3",
)


def evaluation_tab(library: Library, results: Path) -> Tab:
    """The tab, with runs kept in `results`."""
    return Tab("evaluation", lambda language: _build(library, results, language), _routes(results))


def _routes(results: Path) -> "APIRouter":
    """`/evaluations/{run}`: the report of a run."""
    from fastapi import APIRouter, HTTPException
    from fastapi.responses import FileResponse

    router = APIRouter()

    @router.get("/evaluations/{name}")
    def report(name: str) -> FileResponse:
        # Only what is listed is served, so that no name leads out of the folder.
        if name not in runs(results):
            raise HTTPException(404)
        return FileResponse(results / name / HTML, media_type="text/html")

    return router


def runs(results: Path) -> list[str]:
    """The names of runs that have a report, newest first."""
    return sorted((path.parent.name for path in results.glob(f"*/{HTML}")), reverse=True)


def _build(library: Library, results: Path, language: str) -> None:
    import gradio as gr

    sets = {path.stem: path for path in sorted(SETS.glob("*.yaml")) if path.name != VOICES}
    nothing = say("nothing_chosen", language)
    gr.Markdown(say("evaluation_about", language))
    with gr.Row():
        chosen = gr.Dropdown(list(sets), label=say("choose_set", language), elem_id="set")
        uploaded = gr.File(label=say("upload_set", language), file_types=[".yaml", ".yml"], elem_id="own-set")
        against = gr.Dropdown(
            [nothing, *runs(results)], value=nothing, label=say("compare_with", language), elem_id="against"
        )
    with gr.Row():
        begin = gr.Button(say("run", language), variant="primary", elem_id="run")
        stop = gr.Button(say("stop", language), elem_id="stop")
    shown = gr.HTML(elem_id="evaluated")
    cancelled = gr.State(threading.Event)

    def start(name: str | None, file: str | None, earlier: str, cancel: threading.Event) -> Iterator[str]:
        cancel.clear()
        path = Path(file) if file else sets[name or next(iter(sets))]
        before = results / earlier if earlier in runs(results) else None
        evaluator = Evaluator(library.assistant, library.settings)
        yield from progress_html(_Job(evaluator, path, results, before, cancel), language)

    def refresh() -> Any:
        return gr.Dropdown(choices=[nothing, *runs(results)])

    begin.click(start, [chosen, uploaded, against, cancelled], shown, api_visibility="private").then(
        refresh, None, against, api_visibility="private"
    )
    stop.click(lambda cancel: cancel.set(), cancelled, None, queue=False, api_visibility="private")


@dataclass(frozen=True)
class _Job:
    """One run that the page asked for."""

    evaluator: Evaluator
    path: Path
    results: Path
    against: Path | None
    cancelled: threading.Event

    def evaluate(self, progress: Callable[[int, int], None]) -> Evaluated:
        with tempfile.TemporaryDirectory() as folder:
            # An uploaded set is measured by the same gold voices as those beside it.
            path = Path(shutil.copy(self.path, folder))
            if (SETS / VOICES).exists():
                shutil.copy(SETS / VOICES, folder)
            return self.evaluator.evaluate(
                path, self.results, progress=progress, cancelled=self.cancelled, against=self.against
            )


def progress_html(job: _Job, language: str) -> Iterator[str]:
    """What the tab shows while a set runs, and at last its figures with a link to the report."""
    news: queue.Queue[tuple[int, int] | Evaluated | AssistantError] = queue.Queue()

    def work() -> None:
        try:
            news.put(job.evaluate(lambda done, total: news.put((done, total))))
        except AssistantError as error:
            news.put(error)
        except Exception:
            logger.exception("An evaluation broke off.")
            news.put(AssistantError(say("trouble", language), ""))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        while True:
            item = news.get()
            if isinstance(item, tuple):
                done, total = item
                label = escape(say("asked_of", language, done=done, total=total))
                yield f'<p><progress value="{done}" max="{total}"></progress> {label}</p>'
                continue
            yield (
                f'<p class="lead">{escape(str(item))}</p>'
                if isinstance(item, AssistantError)
                else result_html(item, language)
            )
            return
    finally:
        # The visitor may have left: then nobody waits for the rest.
        job.cancelled.set()


def result_html(done: Evaluated, language: str) -> str:
    """The most telling figures of a run, and a link to its report."""
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{f'{value.mean:.3f}' if value else '–'}</td></tr>"
        for name in _SHOWN
        for value in [done.summary.figures[name]]
    )
    stopped = "" if done.finished else f"<p>{escape(say('stopped', language))}</p>"
    address = f"/evaluations/{escape(done.run.folder.name)}"
    link = f'<p><a href="{address}" target="_blank" rel="noopener">{escape(say("open_report", language))}</a></p>'
    return f"{stopped}<table>{rows}</table>{link}"
