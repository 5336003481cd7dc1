"""Scores of what a chat model wrote over an answer's quotes; None throughout where it wrote nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answers.writing.written import FORMAL
from evals import metrics
from evals.cases import Span

# What a metric is, and whether more of it is better; None for what has no better direction.
METRICS: dict[str, tuple[str, bool | None]] = {
    "written": ("answers with quotes over which at least one claim is shown", True),
    "claims": ("claims shown", None),
    "dropped claims": ("claims of the model that were dropped, for whatever reason", False),
    "unsupported claims": ("claims of the model that say what the sentences they cite don't", False),
    "claim citation precision": ("quotes cited by the claims shown that are expected", True),
    "claim citation recall": ("expected quotes that the claims shown cite", True),
    "tokens": ("tokens that the model read and wrote", False),
    "cost": ("what they cost, in the currency of the settings' prices", False),
}
_FORMAL = {fault.value for fault in FORMAL}


def written_scores(answer: Mapping[str, Any], gold: metrics.Gold) -> dict[str, float | None]:
    """The scores of one answer, given as `Answer.as_dict` has it."""
    written = answer.get("written")
    if written is None:
        return {}
    claims, dropped = written["claims"], written["dropped"]
    every = len(claims) + len(dropped)
    # What was dropped with a good half of the answer has no fault of its own.
    faults = [claim["fault"] for claim in dropped if claim["fault"]]
    unsupported = sum(fault not in _FORMAL for fault in faults)
    cited = _cited(answer, claims)
    return {
        "written": float(bool(claims)),
        "claims": float(len(claims)),
        "dropped claims": len(dropped) / every if every else None,
        "unsupported claims": unsupported / every if every else None,
        "claim citation precision": metrics.citation_precision(cited, gold),
        "claim citation recall": metrics.citation_recall(cited, gold) if claims else None,
        "tokens": float(written["tokens_in"] + written["tokens_out"]),
        "cost": written["cost"],
    }


def _cited(answer: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> list[Span]:
    """The quotes that the claims cite, each once."""
    numbers = sorted({number for claim in claims for number in claim["sources"]})
    quotes = [answer["quotes"][number - 1] for number in numbers]
    return [Span(quote["document"]["id"], quote["start"], quote["end"]) for quote in quotes]
