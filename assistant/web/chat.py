"""The chat page, in Gradio."""

import logging
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from assistant.answers.assistant import Assistant
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

# A long answer is read from its beginning: the question moves to the top, and the page doesn't follow the text down.
_SHOW_QUESTION = (
    "() => setTimeout(() => [...document.querySelectorAll('.asked')].pop()?.scrollIntoView({block: 'start'}), 60)"
)

Messages = list[dict[str, Any]]


def build_chat(assistant: Assistant) -> Any:
    """The page's blocks: the conversation, a box for the question, and examples. Conversations stay in the browser."""
    import gradio as gr

    with gr.Blocks(title=say("title", NB), analytics_enabled=False) as page:
        gr.HTML(
            f"<h1>{escape(say('title', NB))}</h1><p>{escape(say('tagline', NB))} "
            f'<a href="/documents">{escape(say("all_documents", NB))}</a></p>'
        )
        conversation = gr.Chatbot(
            show_label=False,
            label=say("title", NB),
            height="62vh",
            autoscroll=False,
            buttons=[],
            feedback_options=None,
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
        for event in (question.submit, button.click):
            event(
                _take, [question, conversation], [question, conversation], queue=False, api_visibility="private"
            ).then(_answerer(assistant), conversation, conversation, api_visibility="private")
    return page


def _take(question: str, messages: Messages) -> tuple[str, Messages]:
    """Move the question from its box into the conversation, as text and nothing but text."""
    import gradio as gr

    shown = gr.HTML(f'<div class="asked">{escape(question)}</div>')
    return "", [
        *messages,
        {"role": "user", "content": shown, "metadata": {"title": ""}, "options": [{"value": question}]},
    ]


def _answerer(assistant: Assistant) -> Callable[[Messages], Iterator[Messages]]:
    """Answers the last question of a conversation, piece by piece."""

    def answer(messages: Messages) -> Iterator[Messages]:
        import gradio as gr

        question = messages[-1]["options"][0]["value"]
        for html in pieces(assistant, question):
            yield [*messages, {"role": "assistant", "content": gr.HTML(html)}]

    return answer


def pieces(assistant: Assistant, question: str) -> Iterator[str]:
    """The answer's HTML as it grows; trouble is told in words."""
    language = NB
    try:
        asked = assistant.understand(question)
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
