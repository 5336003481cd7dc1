"""Answers that were written down become scores."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from assistant.answers.answer import Status
from assistant.corpus.document import Document
from assistant.corpus.markup import plain
from evals import metrics, written
from evals.cases import Case, CaseSet, Span
from evals.voices import GoldVoices

DEPTHS = (1, 5, 10)

# What a metric is, and whether more of it is better; None for what has no better direction. The first three are gates:
# anything but 1 is a defect.
GATES = ("quote exactness", "citation validity", "attribution exactness")
METRICS: dict[str, tuple[str, bool | None]] = {
    "quote exactness": ("quotes shown that are word for word what the document has at their place", True),
    "citation validity": ("quotes shown whose document, page and offsets agree with the link and the text", True),
    "attribution exactness": ("quotes shown that are ascribed, in manner and actor, as people read them", True),
    "right": ("status right, expected quote among the first three, facts shown, nothing forbidden shown", True),
    "status": ("answered, or not, in the way expected", True),
    "evidence@1": ("first quote shown is an expected one", True),
    "evidence@3": ("one of the first three quotes shown is an expected one", True),
    "actor first": ("first quote shown is the expected actor's", True),
    "fact recall": ("expected facts that the quotes shown contain", True),
    "answer recall": ("expected quotes and facts that are shown, together", True),
    "citation recall": ("expected quotes that are shown", True),
    "citation precision": ("quotes shown that are expected", True),
    "nothing forbidden": ("no quote shown has words it must not have", True),
    **{f"span recall@{k}": (f"expected quotes inside the first {k} passages", True) for k in DEPTHS},
    "MRR": ("1 / rank of the first passage with an expected quote", True),
    "nDCG@10": ("ranking of the passages with expected quotes", True),
    "unsupported": ("numbers and names in the assistant's own words that no source has", False),
    "quotes": ("quotes shown", None),
    "characters": ("characters quoted", None),
    "determinism": ("same answer when asked again", True),
    "seconds": ("time to answer", False),
    **written.METRICS,
}


@dataclass(frozen=True)
class Scored:
    """One case with its answer and scores.

    Attributes:
        answer: as `Answer.as_dict` gives it; None if asking failed.
        error: what went wrong; empty if nothing did.
        scores: by metric; None where there is nothing to measure.
    """

    case: Case
    answer: Mapping[str, Any] | None
    error: str
    scores: Mapping[str, float | None]

    @property
    def status(self) -> str:
        """The status given, or "error"."""
        return str(self.answer["status"]) if self.answer else "error"

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return self.scores["right"] == 1


@dataclass(frozen=True)
class Judge:
    """Scores answers against the documents as they are now."""

    documents: Mapping[str, Document]
    voices: GoldVoices

    def score_all(self, cases: CaseSet, records: Sequence[Mapping[str, Any]]) -> list[Scored]:
        """The cases that have been answered, in the set's order."""
        first = {record["case"]: record for record in records if record["attempt"] == 0}
        again: dict[str, list[Mapping[str, Any]]] = {}
        for record in records:
            if record["attempt"] > 0:
                again.setdefault(record["case"], []).append(record)
        return [self.score(case, first[case.id], again.get(case.id, [])) for case in cases.cases if case.id in first]

    def score(self, case: Case, record: Mapping[str, Any], again: Sequence[Mapping[str, Any]] = ()) -> Scored:
        """One case, from its first answer; later ones only have to be the same."""
        answer = record.get("answer")
        scores = dict.fromkeys(METRICS, None) | {"status": 0.0, "right": 0.0, "seconds": record["seconds"]}
        if answer is not None:
            scores |= self._gates(answer) | self._found(case, answer) | self._shown(case, answer)
            scores |= written.written_scores(answer, case.gold)
            scores["status"] = float(answer["status"] == case.entry.status.value)
            needed = ("status", "evidence@3", "actor first", "fact recall", "nothing forbidden", *GATES)
            scores["right"] = float(all(scores[name] in (None, 1.0) for name in needed))
        scores["determinism"] = metrics.share([_essence(other) == _essence(record) for other in again])
        return Scored(case, answer, str(record.get("error", "")), scores)

    def _gates(self, answer: Mapping[str, Any]) -> dict[str, float | None]:
        quotes = answer["quotes"]
        exact = [self._cut(quote) == quote["text"] for quote in quotes]
        valid = [self._is_valid(quote, answer["text"]) for quote in quotes]
        right = [self.voices.right(q["document"]["id"], q["start"], q["manner"], q["actor"]["id"]) for q in quotes]
        labelled = [verdict for verdict in right if verdict is not None]
        return dict(zip(GATES, map(metrics.share, (exact, valid, labelled)), strict=True))

    def _cut(self, quote: Mapping[str, Any]) -> str | None:
        document = self.documents.get(quote["document"]["id"])
        return document.text[quote["start"] : quote["end"]] if document else None

    def _is_valid(self, quote: Mapping[str, Any], shown: str) -> bool:
        document = self.documents.get(quote["document"]["id"])
        if document is None or document.page_at(quote["start"]) != quote["page"]:
            return False
        address = urlsplit(quote["address"])
        offsets = parse_qs(address.query)
        return (
            address.path == f"/documents/{document.id}"
            and offsets == {"start": [str(quote["start"])], "end": [str(quote["end"])]}
            and document.metadata.title == quote["document"]["title"]
            and f"[{quote['number']}]" in shown
            and _bare(plain(quote["text"])) in _bare(shown)
        )

    def _found(self, case: Case, answer: Mapping[str, Any]) -> dict[str, float | None]:
        ranked = [Span(p["document"], p["start"], p["end"]) for p in answer["passages"]]
        return {
            **{f"span recall@{k}": metrics.recall_at(ranked, case.gold, k) for k in DEPTHS},
            "MRR": metrics.reciprocal_rank(ranked, case.gold),
            "nDCG@10": metrics.ndcg_at(ranked, case.gold, 10),
        }

    def _shown(self, case: Case, answer: Mapping[str, Any]) -> dict[str, float | None]:
        quotes = answer["quotes"]
        shown = [Span(quote["document"]["id"], quote["start"], quote["end"]) for quote in quotes]
        texts = [quote["text"] for quote in quotes]
        entry = case.entry
        quoted, facts = metrics.citation_recall(shown, case.gold), metrics.fact_recall(texts, entry.facts)
        parts = [(quoted, len(case.gold)), (facts, len(entry.facts))]
        total = sum(count for part, count in parts if part is not None)
        expects_actor = bool(entry.actor) and entry.status is Status.ANSWERED
        dates = [quote["document"]["date"] or "" for quote in quotes]
        sources = [*texts, *dates, answer["question"], *(quote["actor"]["name"] for quote in quotes)]
        return {
            "evidence@1": metrics.evidence_at(shown, case.gold, 1),
            "evidence@3": metrics.evidence_at(shown, case.gold, 3),
            "actor first": float(bool(quotes) and quotes[0]["actor"]["id"] == entry.actor) if expects_actor else None,
            "fact recall": facts,
            "answer recall": sum((part or 0) * count for part, count in parts) / total if total else None,
            "citation recall": quoted,
            "citation precision": metrics.citation_precision(shown, case.gold),
            "nothing forbidden": metrics.avoids(texts, entry.must_not_contain),
            "unsupported": metrics.unsupported(answer["lead"], sources) if quotes else None,
            "quotes": float(len(quotes)),
            "characters": float(sum(map(len, texts))),
        }


def _essence(record: Mapping[str, Any]) -> object:
    """What has to be the same whenever the same is asked."""
    answer = record.get("answer")
    if answer is None:
        return record.get("error")
    quotes = [(q["document"]["id"], q["start"], q["end"], q["actor"]["id"], q["manner"]) for q in answer["quotes"]]
    return answer["status"], quotes, answer["lead"], answer["confidence"]


def _bare(text: str) -> str:
    """Letters and digits only: marks are set differently around speech."""
    return re.sub(r"\W+", "", text)
