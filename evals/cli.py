"""`assistant evaluate …`: what evaluators type."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.terminal import Bar, print_table, waiting

if TYPE_CHECKING:
    from evals.evaluation import Evaluated, Evaluator


class _RunUnlessNamed(TyperGroup):
    """A group whose first word may be left out: `evaluate FILE` is `evaluate run FILE`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, `run` if the first word is none."""
        if args and args[0] not in self.commands:
            args = ["run", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_RunUnlessNamed,
    no_args_is_help=True,
    help="Ask the questions of a set, and report how well they are answered. Example: assistant evaluate my-set.yaml",
)

KnowledgeOption = Annotated[
    Path | None, typer.Option("--knowledge", help="Folder with documents/, sources.yaml and actors.yaml.")
]
ResultsOption = Annotated[Path, typer.Option("--results", help="Folder that runs are kept in.")]
AgainstOption = Annotated[
    Path | None, typer.Option("--against", help="Folder of an earlier run, to compare with in the report.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text, for other programs.")]
FailUnderOption = Annotated[
    list[str] | None,
    typer.Option("--fail-under", help='Exit with code 1 if a metric is lower, as in --fail-under "evidence@1=0.8".'),
]


@app.command()
def run(
    sets: Annotated[list[Path], typer.Argument(help="YAML files of questions; evals/sets/README.md shows how.")],
    knowledge: KnowledgeOption = None,
    results: ResultsOption = Path("results"),
    half: Annotated[str, typer.Option("--half", help="Only the cases marked dev, or only those marked test.")] = "",
    repeats: Annotated[
        int, typer.Option("--repeats", min=1, help="How often each question is asked, to see if answers stay the same.")
    ] = 2,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Questions asked at the same time.")] = 1,
    against: AgainstOption = None,
    fail_under: FailUnderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the questions of one or more sets; a run that was stopped goes on where it was."""
    least = _thresholds(fail_under or [])
    evaluator = _evaluator(knowledge)
    failed = False
    for path in sets:
        try:
            with Bar(path.stem) as bar:
                done = evaluator.evaluate(
                    path, results, half=half, repeats=repeats, workers=workers, progress=bar.show, against=against
                )
        except AssistantError as error:
            # One set that can't be read is no reason to leave the others out.
            typer.echo(f"assistant: {error}", err=True)
            failed = True
            continue
        _show(done, as_json=as_json)
        failed |= _too_low(done, least)
    if failed:
        raise typer.Exit(1)


@app.command()
def score(
    run_folder: Annotated[Path, typer.Argument(help="Folder of a run, in results/.")],
    knowledge: KnowledgeOption = None,
    against: AgainstOption = None,
    fail_under: FailUnderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score a run's answers again and write its report anew, without asking anything."""
    from evals.run import Run

    least = _thresholds(fail_under or [])
    done = _evaluator(knowledge).score(Run.open(run_folder), against=against)
    _show(done, as_json=as_json)
    if _too_low(done, least):
        raise typer.Exit(1)


@app.command()
def compare(
    run_a: Annotated[Path, typer.Argument(help="Folder of the earlier run, or its name in results/.")],
    run_b: Annotated[Path, typer.Argument(help="Folder of the later run, or its name.")],
    knowledge: KnowledgeOption = None,
    results: ResultsOption = Path("results"),
    as_json: JsonOption = False,
) -> None:
    """Show which questions got better or worse between two runs, and whether that is more than chance."""
    from dataclasses import asdict

    from evals.report import comparison_markdown
    from evals.run import Run

    before, after = (Run.open(run if run.exists() else results / run) for run in (run_a, run_b))
    comparison = _evaluator(knowledge).compare(before, after)
    if as_json:
        typer.echo(json.dumps(asdict(comparison), ensure_ascii=False, indent=2))
        return
    if comparison.only_before or comparison.only_after:
        typer.echo(f"Not compared: {comparison.only_before} questions only in the first run, ", nl=False)
        typer.echo(f"{comparison.only_after} only in the second.")
    typer.echo("\n".join(comparison_markdown(comparison)))


@app.command()
def quotes(knowledge: KnowledgeOption = None, as_json: JsonOption = False) -> None:
    """Tamper with every sentence of the collection and check that the verifier refuses it."""
    from dataclasses import asdict

    from evals import metamorphic

    outcomes = metamorphic.run(list(_evaluator(knowledge).documents.values()))
    if as_json:
        typer.echo(json.dumps([asdict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
    else:
        rows = [
            (o.change.replace("_", " "), "accepted" if o.accept else "refused", str(o.checked), str(len(o.wrong)))
            for o in outcomes
        ]
        print_table(("change", "has to be", "checked", "wrong"), rows)
        for outcome in outcomes:
            for claim in outcome.wrong[:5]:
                typer.echo(f"{outcome.change}: {claim.text}", err=True)
    if any(outcome.wrong for outcome in outcomes):
        raise typer.Exit(1)


@app.command("from-feedback")
def from_feedback(
    knowledge: KnowledgeOption = None,
    output: Annotated[Path, typer.Option("--output", help="The YAML file to write.")] = Path("feedback.yaml"),
) -> None:
    """Turn what visitors of the page found wrong or helpful into draft cases for a set."""
    from evals.drafts import write_drafts

    settings = Settings.load(knowledge=knowledge)
    count = write_drafts(settings.index_folder, output)
    typer.echo(f"{count} draft cases in {output}. Check each before you use it.")


@app.command()
def schema() -> None:
    """Print the JSON schema of a set's file, for editors that complete YAML."""
    from evals.cases import schema as of_a_set

    typer.echo(json.dumps(of_a_set(), indent=2))


def _evaluator(knowledge: Path | None) -> "Evaluator":
    from assistant.answers.assistant import Assistant
    from evals.evaluation import Evaluator

    settings = Settings.load(knowledge=knowledge)
    with Bar("Indexing documents") as bar, waiting("Opening the collection …"):
        assistant, report = Assistant.open(settings, bar.show)
    for problem in report.failed:
        typer.echo(f"assistant: {problem}", err=True)
    return Evaluator(assistant, settings)


def _thresholds(given: list[str]) -> dict[str, float]:
    """What --fail-under asks for, by metric."""
    least = {}
    for text in given:
        name, _, value = text.rpartition("=")
        try:
            least[name.strip()] = float(value)
        except ValueError:
            raise typer.BadParameter(f"“{text}” is not METRIC=NUMBER.") from None
    return least


def _too_low(done: "Evaluated", least: dict[str, float]) -> bool:
    """Say which metrics are below what they must reach, and whether any is."""
    low = False
    for name, value in least.items():
        if name not in done.summary.figures:
            raise typer.BadParameter(f"There is no metric {name}; there are: {', '.join(done.summary.figures)}.")
        found = done.summary.figures[name]
        if found is None or found.mean < value:
            typer.echo(f"assistant: {name} is {found.mean if found else 'not measured'}, below {value}.", err=True)
            low = True
    return low


def _show(done: "Evaluated", *, as_json: bool) -> None:
    figures = done.summary.figures
    if as_json:
        plain = {name: value and {"mean": value.mean, "low": value.low, "high": value.high, "n": value.n}
                 for name, value in figures.items()}  # fmt: skip
        typer.echo(json.dumps({"run": str(done.run.folder), "report": str(done.report), "figures": plain}, indent=2))
        return
    rows = [
        (name, f"{value.mean:.3f}", f"{value.low:.3f}–{value.high:.3f}", str(value.n))
        if value
        else (name, "no score", "", "0")
        for name, value in figures.items()
    ]
    print_table(("metric", "value", "95 %", "n"), rows, title=f"{done.cases.name}: {len(done.scored)} cases")
    if not done.summary.gates_hold:
        typer.echo("A gate is below 100 %: some quote shown is not exact, not where it says, or not the speaker's.")
    typer.echo(f"Report: {done.report}")
