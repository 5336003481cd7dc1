"""The chat, in Gradio: ask, narrow, follow up, take back, and say whether the answer helped."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from assistant.answers.assistant import Assistant
from assistant.answers.courtesy import is_courtesy
from assistant.answers.feedback import Feedback, store
from assistant.answers.library import Library
from assistant.answers.questions import Understanding
from assistant.answers.receipt import receipt
from assistant.answers.wording import period_words, searched_documents
from assistant.errors import AssistantError
from assistant.texts import say
from assistant.web.conversation import (
    CONDENSED,
    Narrowing,
    Turn,
    messages,
    read,
    settled,
    understand,
    with_condensed,
    written,
)
from assistant.web.filters import filter_boxes
from assistant.web.render import answer_html, receipt_html

logger = logging.getLogger(__name__)

# What can be said about an answer; Gradio draws the first two as thumbs.
_LIKE, _DISLIKE = "Like", "Dislike"
_REASONS = ("wrong_quote", "wrong_speaker", "off_the_point", "something_missing")
# A long answer is read from its beginning: the question moves to the top, and the page doesn't follow the text down.
_SHOW_QUESTION = (
    "() => setTimeout(() => [...document.querySelectorAll('.asked')].pop()?.scrollIntoView({block: 'start'}), 60)"
)
_ALONE, _EDIT = "alone", "edit"
# How many questions of different visitors are answered at the same time; a chat model makes each wait for long.
_AT_ONCE = 8
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}


@dataclass(frozen=True)
class Chat:
    """One language's chat.

    Attributes:
        kept: the folder in which feedback is kept.
        examples: questions to begin with.
    """

    library: Library
    kept: Path
    language: str
    examples: Sequence[str] = ()

    @property
    def assistant(self) -> Assistant:
        """Who answers now."""
        return self.library.assistant

    def build(self, page: Any) -> None:
        """Add the conversation, a box for the question, filters and examples to a Gradio page that is being built."""
        import gradio as gr

        def text(key: str) -> str:
            return say(key, self.language)

        # The conversation lives in the visitor's browser and nowhere else.
        kept = gr.BrowserState("", storage_key="policy-assistant-conversation", secret="in-the-browser-only")  # noqa: S106
        conversation = gr.Chatbot(
            show_label=False,
            label=text("title"),
            height="55vh",
            placeholder=text("welcome"),
            autoscroll=False,
            buttons=[],
            feedback_options=[_LIKE, _DISLIKE, *map(text, _REASONS)],
            elem_id="conversation",
        )
        with gr.Row():
            question = gr.Textbox(
                label=text("ask_here"),
                placeholder=next(iter(self.examples), ""),
                scale=8,
                autofocus=True,
                elem_id="question",
                max_length=2_000,
            )
            ask = gr.Button(text("ask"), variant="primary", scale=1, min_width=90, elem_id="ask")
        if self.examples:
            gr.Examples([[example] for example in self.examples], inputs=question, label=text("examples"))
        with gr.Row():
            stop = gr.Button(text("stop"), size="sm", scale=0, min_width=120, elem_id="stop-answer")
            clear = gr.Button(text("new_conversation"), size="sm", scale=0, min_width=160, elem_id="clear")
        filters = filter_boxes(page, self.library, self.language)
        answering = self._answering(conversation, kept, taken := gr.State(0))
        # Gradio runs an event's listeners one after the other, and one that cancels does so after its own work.
        for event in (question.submit, ask.click, conversation.option_select, stop.click, clear.click):
            event(None, None, None, cancels=answering, queue=False, **_PRIVATE)
        after = [question, conversation, kept, taken]
        for event in (question.submit, ask.click):
            event(self.take, [taken, question, kept, *filters], after, **_PRIVATE)
        self._listen(conversation, kept, taken, after)
        stop.click(self.settle, kept, [conversation, kept], queue=False, **_PRIVATE)
        # An empty string would not be kept, and the conversation before would come back.
        clear.click(lambda: ([], written(())), None, [conversation, kept], queue=False, **_PRIVATE)
        page.load(self.settle, kept, [conversation, kept], queue=False, **_PRIVATE)

    def _answering(self, conversation: Any, kept: Any, taken: Any) -> Any:
        """Answer whenever a question has been taken: the event, which whoever asks on, stops or clears cancels."""
        answering = taken.change(
            self.answer, kept, [conversation, kept], trigger_mode="multiple", concurrency_limit=_AT_ONCE, **_PRIVATE
        )
        answering.then(None, js=_SHOW_QUESTION)
        return answering

    def _listen(self, conversation: Any, kept: Any, taken: Any, after: list[Any]) -> None:
        """What can be said to an answer: parts of what was understood taken away, and verdicts."""
        import gradio as gr

        def change(count: int, turns: str, event: gr.SelectData) -> tuple[str, list[dict[str, Any]], str, int]:
            return self.change(count, turns, str(event.value))

        def keep(turns: str, verdict: gr.LikeData) -> None:
            self.remember(read(turns)[: _turn_of(verdict.index) + 1], verdict.liked)
            gr.Info(say("thanks", self.language))

        conversation.option_select(change, [taken, kept], after, **_PRIVATE)
        conversation.like(keep, kept, None, **_PRIVATE)

    def settle(self, kept: str) -> tuple[list[dict[str, Any]], str]:
        """The conversation when nothing is being answered any more."""
        turns = settled(read(kept), self.language)
        return messages(turns), written(turns)

    def take(self, taken: int, question: str, kept: str, *chosen: Any) -> tuple[str, list[dict[str, Any]], str, int]:
        """Move the question from its box into the conversation, with the filters that are on.

        `taken` counts the questions that the page has taken; when it grows, the last one is answered.
        """
        names = ("actors", "kinds", "documents", "first", "last")
        narrowing = Narrowing.model_validate({k: v for k, v in zip(names, chosen, strict=True) if v})
        turns = (*settled(read(kept), self.language), Turn(question=question, narrowing=narrowing))
        return "", messages(turns), written(turns), taken + 1

    def change(self, taken: int, kept: str, chosen: str) -> tuple[str, list[dict[str, Any]], str, int]:
        """Ask a question once more without a part of what was understood, or put it back into its box."""
        number, part = json.loads(chosen)
        turns = settled(read(kept), self.language)
        turn = turns[number]
        if part == _EDIT:
            return turn.question, messages(turns[:number]), written(turns[:number]), taken
        if part == _ALONE:
            again = Turn(question=turn.question, alone=True, narrowing=turn.narrowing)
        else:
            again = turn.model_copy(
                update={"without": (*turn.without, part), "condensed": "", "shown": "", "offers": ()}
            )
        turns = (*turns, again)
        return "", messages(turns), written(turns), taken + 1

    def answer(self, kept: str) -> Iterator[tuple[Any, Any]]:
        """Answer the last question of the conversation, piece by piece."""
        turns = read(kept)
        if not turns or turns[-1].shown:
            yield messages(turns), kept
            return
        turns = with_condensed(self.assistant, turns)
        *before, turn = turns
        turn = turn.model_copy(update={"offers": self._offers(turns), "growing": True})
        for shown in self.pieces(turns):
            turn = turn.model_copy(update={"shown": shown})
            yield messages((*before, turn)), written((*before, turn))
        turns = (*before, turn.model_copy(update={"growing": False}))
        yield messages(turns), written(turns)

    def pieces(self, turns: Sequence[Turn]) -> Iterator[str]:
        """The HTML of the last question's answer as it grows; trouble is told in words."""
        language = self.language
        try:
            asked = understand(self.assistant, turns, language)
            language = asked.language
            documents = searched_documents(len(self.assistant.catalogue), language)
            searching = say("searching", language, documents=documents)
            yield f'<p class="searched">{escape(searching)}</p>'
            for shown in self._answered(asked, turns[-1].condensed):
                yield f'<div class="answer" lang="{language}">{shown}</div>'
        except AssistantError as error:
            yield f'<p class="lead">{escape(str(error))}</p>'
        except Exception:
            # The last line of defence: the visitor gets a sentence, the log gets the cause.
            logger.exception("A question could not be answered.")
            yield f'<p class="lead">{escape(say("trouble", language))}</p>'

    def _answered(self, asked: Understanding, condensed: str) -> Iterator[str]:
        """The answer's HTML as it grows: piece by piece, then with what a chat model writes, at last a receipt."""
        assistant, language = self.assistant, asked.language
        titles = {i: entry.metadata.title for i, entry in assistant.catalogue.items()}
        line = say("condensed", language, question=condensed)
        above = f'<p class="understood">{escape(line)}</p>' if condensed else ""
        shown = ""
        for answer in assistant.stream(asked):
            pieces = answer_html(answer, assistant.actors, titles)
            if not shown:
                yield from (above + "".join(pieces[:count]) for count in range(1, len(pieces)))
            shown = above + "".join(pieces)
            yield shown
        kept = receipt(answer, assistant.index, assistant.retriever.encoder.name)
        yield shown + receipt_html(kept, language)

    def _offers(self, turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
        """What can be taken away of what was understood, and that the question can be changed."""
        try:
            asked = understand(self.assistant, turns, self.language)
        except AssistantError:
            return ((_EDIT, say("edit", self.language)),)
        if is_courtesy(asked.question):
            return ()
        parts = [(part, f"✕ {self._label(asked, part)}") for part in asked.parts]
        if asked.language != self.language:
            parts.append(("language", f"✕ {say(f'in_{asked.language}', self.language)}"))
        if turns[-1].condensed:
            parts.append((CONDENSED, f"✕ {say('condensed', self.language, question=turns[-1].condensed)}"))
        if asked.carried:
            parts.append((_ALONE, say("ask_alone", asked.language)))
        return (*parts, (_EDIT, say("edit", self.language)))

    def _label(self, asked: Understanding, part: str) -> str:
        if part == "actors":
            return ", ".join(self.assistant.actors[i].name for i in asked.actors) or asked.unknown_actor
        return period_words(asked.period, self.language) if part == "period" else say("latest", self.language)

    def remember(self, turns: Sequence[Turn], verdict: bool | str) -> None:
        """Keep a verdict on the answer to the last question: whether it helped, or what was wrong with it."""
        # The quotes are found again; a chat model isn't asked twice.
        answer = next(self.assistant.stream(understand(self.assistant, turns, self.language))).as_dict()
        reason = "" if isinstance(verdict, bool) or verdict in (_LIKE, _DISLIKE) else verdict
        alone = [i for i, turn in enumerate(turns) if turn.alone]
        asked = tuple(turn.question for turn in turns[alone[-1] if alone else 0 :])
        store(self.kept, Feedback.now(asked, answer, helpful=verdict in (True, _LIKE), reason=reason))


def _turn_of(index: object) -> int:
    """The turn that a message belongs to: each has a question and an answer."""
    first = index[0] if isinstance(index, list | tuple) else index
    return int(str(first)) // 2
