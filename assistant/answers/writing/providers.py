"""The chat model that the settings name, from whichever provider."""

import os
from typing import Any

from assistant.answers.writing.claims import SCHEMA
from assistant.answers.writing.model import CHARACTERS_PER_TOKEN, ChatModel
from assistant.errors import SettingsError
from assistant.settings import Settings

_PACKAGES = {"openai": "langchain_openai", "ollama": "langchain_ollama", "anthropic": "langchain_anthropic"}


def open_chat_model(settings: Settings) -> ChatModel:
    """The model that the settings name; nothing is sent yet.

    Raises:
        SettingsError: the provider's package isn't installed, or it has no key.
    """
    from langchain.chat_models import init_chat_model

    provider, _, name = settings.chat_model.partition(":")
    try:
        model = init_chat_model(name, model_provider=provider, **_arguments(provider, settings))
    except ImportError as error:
        raise SettingsError(
            f"ASSISTANT_CHAT_MODEL={settings.chat_model} needs the package {_PACKAGES[provider]}.",
            f"Install it: .venv/bin/pip install -c constraints.txt -e '.[{provider}]'",
        ) from error
    except Exception as error:  # noqa: BLE001 - whatever a provider's class raises
        # A provider's own complaint may repeat the key, so only its kind is told.
        raise SettingsError(
            f"The chat model {settings.chat_model} can't be opened ({type(error).__name__}).",
            "Is the provider's key in the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY)?",
        ) from None
    prices = (settings.chat_price_in, settings.chat_price_out)
    most = settings.chat_tokens * CHARACTERS_PER_TOKEN * 2
    return ChatModel(settings.chat_model, model, _structured(provider), most, prices, settings.chat_budget)


def _structured(provider: str) -> dict[str, Any]:
    """The arguments by which a provider is told to answer in `SCHEMA`."""
    if provider == "ollama":
        return {"format": SCHEMA}
    asked = {"type": "json_schema", "json_schema": {"name": "claims", "schema": SCHEMA, "strict": True}}
    # Given as an argument of its own, langchain-openai would parse the answer, and lose what it has of a broken one.
    return {"extra_body": {"response_format": asked}} if provider == "openai" else {"response_format": asked}


def _arguments(provider: str, settings: Settings) -> dict[str, Any]:
    """What the provider's class is made with. Waiting and asking again are ours, since only we know the time limit."""
    url = {"base_url": settings.chat_url} if settings.chat_url else {}
    seconds, tokens = settings.chat_seconds, settings.chat_tokens
    if provider == "ollama":
        return {**url, "temperature": 0, "num_predict": tokens, "client_kwargs": {"timeout": seconds}}
    common = {**url, "timeout": seconds, "max_retries": 0, "max_tokens": tokens}
    if provider == "anthropic":
        return common
    if settings.chat_url and "OPENAI_API_KEY" not in os.environ:
        # Servers on one's own machine need no key, but the client does.
        common["api_key"] = "none"
    return {**common, "stream_usage": True, "use_responses_api": False}
