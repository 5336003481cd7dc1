"""A run as one HTML file that needs no network, and as a short Markdown file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answers.answer import Status
from assistant.corpus.document import Document
from assistant.corpus.markup import plain
from evals.cases import Span
from evals.run import Run
from evals.scoring import GATES, METRICS, Scored
from evals.statistics import Estimate
from evals.summary import ABOUT, Comparison, Summary

HTML, MARKDOWN = "report.html", "report.md"
# Characters of the document shown before and after a quote.
_CONTEXT = 160
_WIDTH, _HEIGHT = 420, 160


@dataclass(frozen=True)
class ShownQuote:
    """A quote in the report, with what stands around it.

    Attributes:
        expected: whether it is one of those the set expects.
    """

    before: str
    text: str
    after: str
    source: str
    address: str
    expected: bool


@dataclass(frozen=True)
class Row:
    """A case in the report's table."""

    scored: Scored
    quotes: Sequence[ShownQuote]
    missing: Sequence[str]
    failures: Sequence[str]


def write_report(
    run: Run,
    scored: Sequence[Scored],
    summary: Summary,
    documents: Mapping[str, Document],
    reader: str,
    comparison: Comparison | None = None,
) -> Path:
    """Write report.html and report.md into the run's folder.

    Quotes link to `reader`, the address of a running assistant; a comparison with an earlier run is shown first.

    Returns:
        The path of report.html.
    """
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("evals"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    rows = [_row(item, documents, reader) for item in scored]
    statuses = [status.value for status in Status] + (["error"] if summary.errors else [])
    html = environment.get_template("report.html").render(
        run=run,
        rows=rows,
        summary=summary,
        metrics=METRICS,
        about={name: text for name, (text, _) in METRICS.items()} | ABOUT,
        gates=GATES,
        statuses=statuses,
        curve=_polyline(summary.curve),
        bars=_bars(summary.latencies),
        size=(_WIDTH, _HEIGHT),
        tags=sorted({tag for item in scored for tag in item.case.entry.tags}),
        comparison=comparison,
    )
    path = run.folder / HTML
    path.write_text(html, encoding="utf-8")
    (run.folder / MARKDOWN).write_text(markdown(run, scored, summary, comparison), encoding="utf-8")
    return path


def _row(item: Scored, documents: Mapping[str, Document], reader: str) -> Row:
    answer: Mapping[str, Any] = item.answer or {"quotes": [], "closest": []}
    shown = [Span(q["document"]["id"], q["start"], q["end"]) for q in answer["quotes"]]
    missing = [
        quote.any[0]
        for quote, spans in zip(item.case.entry.quotes, item.case.gold, strict=True)
        if not any(one.overlaps(span) for one in shown for span in spans)
    ]
    failures = [name for name, (_, more) in METRICS.items() if more and _falls_short(item.scores[name])]
    quotes = [_quote(quote, item, documents, reader) for quote in [*answer["quotes"], *answer["closest"]]]
    return Row(item, quotes, missing, [name for name in failures if name in _SHOWN_FAILURES])


_SHOWN_FAILURES = (
    *GATES, "status", "evidence@1", "evidence@3", "actor first", "fact recall", "nothing forbidden", "determinism",
)  # fmt: skip


def _falls_short(score: float | None) -> bool:
    return score is not None and score < 1


def _quote(quote: Mapping[str, Any], item: Scored, documents: Mapping[str, Document], reader: str) -> ShownQuote:
    document = documents.get(quote["document"]["id"])
    text = document.text if document else ""
    start, end = quote["start"], quote["end"]
    span = Span(quote["document"]["id"], start, end)
    source = ", ".join(
        str(part)
        for part in (quote["actor"]["name"], quote["manner"], quote["document"]["title"], quote["document"]["date"])
        if part
    )
    return ShownQuote(
        before=plain(text[max(0, start - _CONTEXT) : start]),
        text=plain(quote["text"]),
        after=plain(text[end : end + _CONTEXT]),
        source=source,
        address=reader + quote["address"],
        expected=any(span.overlaps(gold) for spans in item.case.gold for gold in spans),
    )


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    """The curve's points in the plot's pixels."""
    return " ".join(f"{x * _WIDTH:.1f},{_HEIGHT - y * _HEIGHT:.1f}" for x, y in points)


def _bars(values: Sequence[float], count: int = 30) -> list[tuple[float, float, str]]:
    """A histogram: for each bar its x and height in pixels, and what it stands for."""
    if not values:
        return []
    widest = max(values) or 1.0
    counts = [0] * count
    for value in values:
        counts[min(count - 1, int(value / widest * count))] += 1
    step = _WIDTH / count
    return [
        (
            i * step,
            n / max(counts) * _HEIGHT,
            f"{n} answers in {i * widest / count:.3f}–{(i + 1) * widest / count:.3f} s",
        )
        for i, n in enumerate(counts)
    ]


def markdown(run: Run, scored: Sequence[Scored], summary: Summary, comparison: Comparison | None) -> str:
    """The figures and failures of a run in Markdown."""
    about = run.manifest
    lines = [
        f"# {about.set}{f' ({about.half})' if about.half else ''}, {about.started}",
        "",
        f"{len(scored)} cases, {about.documents} documents (corpus {about.corpus}), model {about.model}.",
        "",
        "| metric | value | 95 % | n |",
        "|---|---|---|---|",
        *(_line(name, value) for name, value in summary.figures.items()),
        "",
        "| right, by tag | value | 95 % | n |",
        "|---|---|---|---|",
        *(_line(name, value) for name, value in summary.by_tag.items()),
    ]
    if comparison:
        lines += ["", *comparison_markdown(comparison)]
    wrong = [item for item in scored if not item.right]
    lines += ["", f"## Not right: {len(wrong)}", ""]
    lines += [
        f"- `{item.case.id}` {item.case.question} (expected {item.case.entry.status.value}, got {item.status})"
        for item in wrong
    ]
    return "\n".join(lines) + "\n"


def comparison_markdown(comparison: Comparison) -> list[str]:
    """Two runs side by side, as lines of Markdown."""
    lines = [
        f"## Compared on {comparison.shared} shared questions",
        "",
        "| metric | difference | 95 % | better | worse | p | more than chance |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, value in [*comparison.differences.items(), *comparison.by_tag.items()]:
        if value:
            p = f"{value.p:.3f}" if value.p is not None else ""
            chance = "yes" if value.is_more_than_chance else "no"
            lines.append(
                f"| {name} | {value.mean:+.3f} | {value.low:+.3f} to {value.high:+.3f} "
                f"| {value.better} | {value.worse} | {p} | {chance} |"
            )
    flips = [
        f"- {'better' if f.better else 'worse'}: `{f.case}` {f.question} ({f.before} → {f.after})"
        for f in comparison.flips
    ]
    return [*lines, "", *flips]


def _line(name: str, value: Estimate | None) -> str:
    if value is None:
        return f"| {name} | no score | | 0 |"
    return f"| {name} | {value.mean:.3f} | {value.low:.3f}–{value.high:.3f} | {value.n} |"
