"""The chat, in Gradio."""

import logging
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from assistant.answers.assistant import Assistant
from assistant.answers.feedback import Feedback, store
from assistant.answers.questions import Understanding
from assistant.answers.wording import searched_documents
from assistant.corpus.language import NB
from assistant.errors import AssistantError
from assistant.texts import say
from assistant.web.render import answer_html

logger = logging.getLogger(__name__)

EXAMPLES = (
    "Hva sa ministeren om døgnplasser?",
    "What did the minister say about day-bed capacity?",
    "Hva mener NAPHA om lovkrav?",
    "Kva seier brukarorganisasjonane om pårørande?",
)
# What can be said about an answer; Gradio draws the first two as thumbs.
_LIKE, _DISLIKE = "Like", "Dislike"
_REASONS = ("wrong_quote", "wrong_speaker", "off_the_point", "something_missing")

# A long answer is read from its beginning: the question moves to the top, and the page doesn't follow the text down.
_SHOW_QUESTION = (
    "() => setTimeout(() => [...document.querySelectorAll('.asked')].pop()?.scrollIntoView({block: 'start'}), 60)"
)
# The mark of a question that takes nothing over from those before it.
_ALONE = "alone"

Messages = list[dict[str, Any]]


def build_chat(assistant: Assistant, kept: Path) -> None:
    """Add the conversation, a box for the question, and examples to the page. Conversations stay in the browser.

    Args:
        assistant: who answers.
        kept: the folder in which feedback is kept.
    """
    import gradio as gr

    conversation = gr.Chatbot(
        show_label=False,
        label=say("title", NB),
        height="62vh",
        autoscroll=False,
        buttons=[],
        feedback_options=[_LIKE, _DISLIKE, *(say(reason, NB) for reason in _REASONS)],
        elem_id="conversation",
    )
    with gr.Row():
        question = gr.Textbox(
            label=say("ask_here", NB),
            placeholder=EXAMPLES[0],
            scale=8,
            autofocus=True,
            elem_id="question",
            max_length=2_000,
        )
        button = gr.Button(say("ask", NB), variant="primary", scale=1, elem_id="ask")
    gr.Examples([[example] for example in EXAMPLES], inputs=question, label="")
    answer = _answerer(assistant)
    for event in (question.submit, button.click):
        event(_take, [question, conversation], [question, conversation], queue=False, api_visibility="private").then(
            answer, conversation, conversation, api_visibility="private"
        ).then(None, js=_SHOW_QUESTION)

    def again(messages: Messages, chosen: gr.SelectData) -> Messages:
        return [*messages, _asked(str(chosen.value), alone=True)]

    conversation.option_select(again, conversation, conversation, queue=False, api_visibility="private").then(
        answer, conversation, conversation, api_visibility="private"
    ).then(None, js=_SHOW_QUESTION)

    def keep(messages: Messages, verdict: gr.LikeData) -> None:
        remember(assistant, kept, questions(messages[: int(verdict.index)]), verdict.liked)
        gr.Info(say("thanks", NB))

    conversation.like(keep, conversation, None, api_visibility="private")


def _take(question: str, messages: Messages) -> tuple[str, Messages]:
    """Move the question from its box into the conversation, as text and nothing but text."""
    return "", [*messages, _asked(question)]


def _asked(question: str, *, alone: bool = False) -> dict[str, Any]:
    import gradio as gr

    shown = gr.HTML(f'<div class="asked">{escape(question)}</div>')
    metadata = {"title": "", **({"id": _ALONE} if alone else {})}
    return {"role": "user", "content": shown, "metadata": metadata, "options": [{"value": question}]}


def questions(messages: Messages) -> list[str]:
    """The questions of a conversation, from the last one that was asked without what had been said before."""
    asked = [message for message in messages if message["role"] == "user"]
    alone = [i for i, message in enumerate(asked) if (message.get("metadata") or {}).get("id") == _ALONE]
    return [message["options"][0]["value"] for message in asked[alone[-1] if alone else 0 :]]


def _answerer(assistant: Assistant) -> Callable[[Messages], Iterator[Messages]]:
    """Answers the last question of a conversation, piece by piece."""

    def answer(messages: Messages) -> Iterator[Messages]:
        import gradio as gr

        turns = questions(messages)
        shown: dict[str, Any] = {}
        for html in pieces(assistant, turns):
            shown = {"role": "assistant", "content": gr.HTML(html)}
            yield [*messages, shown]
        if options := _ask_alone(assistant, turns):
            yield [*messages, {**shown, "options": options}]

    return answer


def _ask_alone(assistant: Assistant, turns: Sequence[str]) -> list[dict[str, str]]:
    """The offer to ask a follow-up once more without what it took over; none for a question that took nothing over."""
    try:
        asked = understand(assistant, turns)
    except AssistantError:
        return []
    return [{"value": turns[-1], "label": say("ask_alone", asked.language)}] if asked.carried else []


def understand(assistant: Assistant, turns: Sequence[str]) -> Understanding:
    """What the last question asks for, after those before it.

    Raises:
        QuestionError: it is empty or too long.
    """
    earlier: Understanding | None = None
    for turn in turns[:-1]:
        try:
            earlier = assistant.understand(turn, earlier=earlier)
        except AssistantError:
            # That question has had its error shown already; the conversation goes on as if it hadn't been asked.
            continue
    return assistant.understand(turns[-1], earlier=earlier)


def pieces(assistant: Assistant, turns: Sequence[str]) -> Iterator[str]:
    """The HTML of the last question's answer as it grows; trouble is told in words."""
    language = NB
    try:
        asked = understand(assistant, turns)
        language = asked.language
        searching = say("searching", language, documents=searched_documents(len(assistant.catalogue), language))
        yield f'<p class="searched">{escape(searching)}</p>'
        shown = ""
        for piece in answer_html(assistant.answer(asked), assistant.actors):
            shown += piece
            yield f'<div class="answer" lang="{language}">{shown}</div>'
    except AssistantError as error:
        yield f'<p class="lead">{escape(str(error))}</p>'
    except Exception:
        # The last line of defence: the visitor gets a sentence, the log gets the cause.
        logger.exception("A question could not be answered.")
        yield f'<p class="lead">{escape(say("trouble", language))}</p>'


def remember(assistant: Assistant, folder: Path, turns: Sequence[str], verdict: bool | str) -> None:
    """Keep a verdict on the answer to the last question: whether it helped, or what was wrong with it."""
    answer = assistant.answer(understand(assistant, turns)).as_dict()
    reason = "" if isinstance(verdict, bool) or verdict in (_LIKE, _DISLIKE) else verdict
    helpful = verdict is True or verdict == _LIKE
    store(folder, Feedback.now(tuple(turns), answer, helpful=helpful, reason=reason))
