"""A conversation as the browser keeps it, and as the assistant understands it."""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from markupsafe import escape
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.answers.assistant import Assistant
from assistant.answers.dates import Period
from assistant.answers.filters import Filters
from assistant.answers.questions import Understanding
from assistant.corpus.language import detect_language
from assistant.errors import AssistantError
from assistant.texts import say

# The part of `Turn.without` that says that the question is to be taken as it was written.
CONDENSED = "condensed"
# How many turns the browser keeps.
_KEPT = 40


class Narrowing(BaseModel):
    """Filters as a form or another program sends them. `first` and `last` bound the documents' dates."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def filters(self) -> Filters:
        """The same as the assistant takes them."""
        return Filters(self.actors, self.kinds, self.documents, Period(self.first, self.last))


class Turn(BaseModel):
    """A question, how it is to be understood, and what was shown for it.

    Attributes:
        alone: whether it takes nothing over from the questions before.
        condensed: the question as the chat model put it to stand alone; empty if it is taken as it was written.
        without: parts of what was understood that the visitor has taken away.
        shown: the answer's HTML; empty while there is none.
        growing: whether there is more of the answer to come.
        offers: what can be taken away of it, as names of parts with labels.
    """

    model_config = ConfigDict(frozen=True)

    question: str
    alone: bool = False
    condensed: str = ""
    without: tuple[str, ...] = ()
    narrowing: Narrowing = Narrowing()
    shown: str = ""
    growing: bool = False
    offers: tuple[tuple[str, str], ...] = ()


_TURNS = TypeAdapter(tuple[Turn, ...])


def read(kept: object) -> tuple[Turn, ...]:
    """The turns that a browser kept; none if it kept something else."""
    try:
        return _TURNS.validate_json(kept) if isinstance(kept, str) else ()
    except ValidationError:
        return ()


def written(turns: Sequence[Turn]) -> str:
    """The last turns, for the browser to keep."""
    return json.dumps(_TURNS.dump_python(tuple(turns[-_KEPT:]), mode="json"), ensure_ascii=False)


def settled(turns: Sequence[Turn], language: str) -> tuple[Turn, ...]:
    """The turns as they stay when nothing is being answered any more: an answer that was cut off says so."""
    note = f'<p class="note">{escape(say("cut_off", language))}</p>'
    cut = {"growing": False}
    return tuple(
        turn.model_copy(update=cut | {"shown": turn.shown + note}) if turn.growing or not turn.shown else turn
        for turn in turns
    )


def understand(assistant: Assistant, turns: Sequence[Turn], language: str) -> Understanding:
    """What the last question asks for, after those before it.

    Args:
        assistant: who understands.
        turns: the conversation; the last one's question is the one that is asked.
        language: what a question is taken to be in whose words don't tell.

    Raises:
        QuestionError: the question is empty or too long.
    """
    earlier: Understanding | None = None
    for turn in turns[:-1]:
        try:
            earlier = _understood(assistant, turn, earlier, language)
        except AssistantError:
            # That question has had its error shown already; the conversation goes on as if it hadn't been asked.
            continue
    return _understood(assistant, turns[-1], earlier, language)


def with_condensed(assistant: Assistant, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns, the last question put so that it stands alone if there is a chat model and that is wanted."""
    *before, turn = turns
    alone = [i for i, earlier in enumerate(before) if earlier.alone]
    questions = [earlier.condensed or earlier.question for earlier in before[alone[-1] if alone else 0 :]]
    if turn.alone or turn.condensed or CONDENSED in turn.without:
        return tuple(turns)
    return (*before, turn.model_copy(update={"condensed": assistant.condense([*questions, turn.question])}))


def _understood(assistant: Assistant, turn: Turn, earlier: Understanding | None, language: str) -> Understanding:
    if turn.condensed:
        turn, earlier = turn.model_copy(update={"question": turn.condensed}), None
    before = None if turn.alone else earlier
    spoken = detect_language(turn.question, before.language if before else language)
    asked = assistant.understand(turn.question, language if "language" in turn.without else spoken, before)
    for part in turn.without:
        asked = asked.without(part)
    return asked.narrowed(turn.narrowing.filters)


def messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The conversation as Gradio's chatbot shows it: a question and its answer for each turn, as text and our HTML."""
    import gradio as gr

    shown: list[dict[str, Any]] = []
    for number, turn in enumerate(turns):
        shown.append({"role": "user", "content": gr.HTML(f'<div class="asked">{escape(turn.question)}</div>')})
        if turn.shown:
            last = number == len(turns) - 1 and not turn.growing
            offers = [{"value": json.dumps([number, part]), "label": label} for part, label in turn.offers if last]
            shown.append({"role": "assistant", "content": gr.HTML(turn.shown), "options": offers})
    return shown
