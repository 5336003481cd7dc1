"""Scores of single cases become figures of a run, and two runs a comparison."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.answers.answer import Status
from evals import metrics
from evals.scoring import GATES, METRICS, Scored
from evals.statistics import Difference, Estimate, difference, estimate, estimate_of

_SHOWS_QUOTES = (Status.ANSWERED.value, Status.OTHER_VOICES.value)


@dataclass(frozen=True)
class Summary:
    """The figures of a run.

    Attributes:
        figures: by metric, over all cases; None where no case has a score.
        by_tag: the share that is right, by tag and by language.
        confusion: how often each (expected, given) pair of statuses came up.
        curve: points (share of questions answered, share of those wrong), the surest first.
        latencies: seconds of each case.
        errors: cases that could not be asked.
    """

    figures: Mapping[str, Estimate | None]
    by_tag: Mapping[str, Estimate | None]
    confusion: Mapping[tuple[str, str], int]
    curve: Sequence[tuple[float, float]]
    latencies: Sequence[float]
    errors: int

    @property
    def gates_hold(self) -> bool:
        """Whether every gate is at 100 %."""
        return all(self.figures[name] is None or self.figures[name].mean == 1 for name in GATES)  # type: ignore[union-attr]


def summarise(scored: Sequence[Scored]) -> Summary:
    """All figures of a run."""
    figures: dict[str, Estimate | None] = {name: estimate(_values(scored, name)) for name in METRICS}
    figures |= {name: estimate_of(scored, statistic) for name, statistic in _OF_A_SET.items()}
    groups: dict[str, list[Scored]] = {}
    for item in scored:
        for tag in (f"language: {item.case.language}", *item.case.entry.tags):
            groups.setdefault(tag, []).append(item)
    return Summary(
        figures=figures,
        by_tag={tag: estimate(_values(items, "right")) for tag, items in sorted(groups.items())},
        confusion=metrics.confusion((item.case.entry.status.value, item.status) for item in scored),
        curve=metrics.risk_coverage(_judged(scored)),
        latencies=[item.scores["seconds"] or 0.0 for item in scored],
        errors=sum(bool(item.error) for item in scored),
    )


def _values(scored: Sequence[Scored], metric: str) -> list[float]:
    return [value for item in scored if (value := item.scores[metric]) is not None]


def _judged(scored: Sequence[Scored]) -> list[tuple[float, bool]]:
    """Confidence and rightness of the questions that got quotes."""
    return [(item.answer["confidence"], item.right) for item in scored if item.answer and item.answer["quotes"]]


def _abstained(scored: Sequence[Scored]) -> list[tuple[bool, bool]]:
    """Whether a question has no answer, and whether it got none."""
    return [(item.case.entry.status.value not in _SHOWS_QUOTES, item.status not in _SHOWS_QUOTES) for item in scored]


def _percentile(scored: Sequence[Scored], percent: float) -> float | None:
    values = _values(scored, "seconds")
    return float(np.percentile(values, percent)) if values else None


_OF_A_SET: dict[str, Callable[[list[Scored]], float | None]] = {
    "abstention precision": lambda scored: metrics.abstention(_abstained(scored))[0],
    "abstention recall": lambda scored: metrics.abstention(_abstained(scored))[1],
    "risk (mean over coverages)": lambda scored: metrics.area_under(metrics.risk_coverage(_judged(scored))),
    "latency p50": lambda scored: _percentile(scored, 50),
    "latency p95": lambda scored: _percentile(scored, 95),
}


ABOUT = {
    "abstention precision": "of the questions that got no answer, those that have none in the documents",
    "abstention recall": "of the questions that have no answer in the documents, those that got none",
    "risk (mean over coverages)": "questions answered wrong, the surest weighing most; lower is better",
    "latency p50": "seconds within which half of the questions were answered",
    "latency p95": "seconds within which 95 of 100 questions were answered",
}


@dataclass(frozen=True)
class Flip:
    """A question that one run got right and the other didn't."""

    case: str
    question: str
    tags: tuple[str, ...]
    before: str
    after: str
    better: bool


@dataclass(frozen=True)
class Comparison:
    """Two runs on the questions both have answered."""

    shared: int
    only_before: int
    only_after: int
    differences: Mapping[str, Difference | None]
    by_tag: Mapping[str, Difference | None]
    flips: Sequence[Flip] = field(default_factory=tuple)


def compare(before: Sequence[Scored], after: Sequence[Scored]) -> Comparison:
    """What changed from one run to the other, and whether it is more than chance."""
    first, second = {s.case.id: s for s in before}, {s.case.id: s for s in after}
    shared = [(first[name], second[name]) for name in first if name in second]
    tags = sorted({tag for one, _ in shared for tag in (f"language: {one.case.language}", *one.case.entry.tags)})
    return Comparison(
        shared=len(shared),
        only_before=len(first) - len(shared),
        only_after=len(second) - len(shared),
        differences={name: _difference(shared, name) for name in METRICS},
        by_tag={tag: _difference([pair for pair in shared if _has_tag(pair[0], tag)], "right") for tag in tags},
        flips=tuple(
            Flip(one.case.id, one.case.question, one.case.entry.tags, one.status, two.status, better=two.right)
            for one, two in shared
            if one.right != two.right
        ),
    )


def _has_tag(item: Scored, tag: str) -> bool:
    return tag in item.case.entry.tags or tag == f"language: {item.case.language}"


def _difference(pairs: Sequence[tuple[Scored, Scored]], metric: str) -> Difference | None:
    values = [(one.scores[metric], two.scores[metric]) for one, two in pairs]
    both = [(one, two) for one, two in values if one is not None and two is not None]
    return difference([one for one, _ in both], [two for _, two in both])
