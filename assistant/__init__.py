"""Answers questions about a collection of policy documents, and proves every answer with exact quotes.

from assistant import Assistant, Settings

answer = Assistant.from_settings(Settings()).ask("Hva sa ministeren om døgnplasser?")
for quote in answer.quotes:
print(quote.text, quote.actor.name, quote.document.metadata.title, quote.page)
"""

from assistant.answers.answer import Answer, Quote
from assistant.answers.assistant import Assistant
from assistant.settings import Settings

__all__ = ["Answer", "Assistant", "Quote", "Settings"]
