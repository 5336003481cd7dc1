"""Answers questions about a collection of policy documents, and proves every answer with exact quotes.

from assistant import Assistant, Settings

answer = Assistant.from_settings(Settings()).ask("Hva sa ministeren om døgnplasser?")
for quote in answer.quotes:
print(quote.text, quote.actor.name, quote.document.metadata.title, quote.page)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answers.answer import Answer
    from assistant.answers.assistant import Assistant
    from assistant.answers.quote import Quote
    from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Quote", "Settings"]

_HOMES = {
    "Answer": "assistant.answers.answer",
    "Assistant": "assistant.answers.assistant",
    "Quote": "assistant.answers.quote",
    "Settings": "assistant.settings",
}


def __getattr__(name: str) -> Any:
    # Imported when first asked for (PEP 562): the command line passes this door too, and --help needs none of it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
