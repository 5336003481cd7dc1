"""One frozen class of settings: defaults, then .env, then ASSISTANT_* in the environment, then command-line flags."""

import os
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"


class Settings(BaseSettings):
    """Everything that can be chosen. Nothing is sent off the machine unless a field below says so.

    Attributes:
        knowledge: the folder with documents/, sources.yaml and actors.yaml.
        index: the folder of the index; empty means `.assistant` beside the knowledge folder.
        collection: the name under which documents are kept in the index; several can live in one index folder.
        embedding_model: "bundled", or the name or folder of any SentenceTransformer model (a name may download it).
        chroma_url: address of a Chroma server, such as http://localhost:8000; empty means embedded Chroma in `index`.
        host, port: where the page is served.
        reader: whether passages that were found are read once more, with the question, by the bundled reader.
        editor_password: lets those who know it add, describe and remove documents on the page; empty: nobody there.
        chat_model: who writes over the quotes: "openai:NAME", "ollama:NAME" or "anthropic:NAME"; empty: nobody.
            Keys come from the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY) and are kept nowhere.
        chat_url: address of a server that isn't the provider's own, such as http://localhost:8080/v1.
        chat_seconds: how long to wait for the first claim, and after it for each next word.
        chat_tokens: the most it may write for one answer.
        chat_context: the most it is given to read for one answer, in tokens, about three characters each.
        chat_price_in, chat_price_out: what a million tokens read and written cost, for evaluations and the budget.
        chat_budget: once so much has been spent since the start, nothing is written any more; 0 is no limit.
        chat_translate: whether it puts a translation, marked as one, beside quotes that are in another language.
        quotes: how many quotes an answer shows at most.
        benchmarks: the folder of benchmark data, for `python -m evals.benchmarks`; not needed for anything else.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="forbid", frozen=True)

    knowledge: Path = Path("knowledge")
    index: Path | None = None
    collection: str = Field(default="knowledge", pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]{1,40}[a-zA-Z0-9]$")
    embedding_model: str = "bundled"
    chroma_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    reader: bool = True
    editor_password: SecretStr = SecretStr("")
    chat_model: str = Field(default="", pattern=r"^((openai|ollama|anthropic):\S+)?$")
    chat_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    chat_seconds: float = Field(default=20, ge=1, le=600)
    chat_tokens: int = Field(default=1_000, ge=50, le=20_000)
    chat_context: int = Field(default=6_000, ge=500, le=200_000)
    chat_price_in: float = Field(default=0, ge=0)
    chat_price_out: float = Field(default=0, ge=0)
    chat_budget: float = Field(default=0, ge=0)
    chat_translate: bool = True
    quotes: int = Field(default=8, ge=1, le=20)
    benchmarks: Path | None = None

    @property
    def index_folder(self) -> Path:
        """Where the index lies."""
        return self.index or self.knowledge.absolute().parent / ".assistant"

    @classmethod
    def load(cls, **flags: Any) -> "Settings":
        """Settings with the given command-line flags on top; a flag that is None was not given.

        Raises:
            SettingsError: a setting is unknown or its value can't be used.
        """
        unknown = [
            name
            for name in os.environ
            if name.startswith(PREFIX) and name[len(PREFIX) :].lower() not in cls.model_fields
        ]
        if unknown:
            raise SettingsError(f"There is no setting {', '.join(unknown)}.", "README lists every setting.")
        try:
            return cls(**{name: value for name, value in flags.items() if value is not None})
        except ValidationError as error:
            mistakes = error.errors(include_url=False)
            said = "; ".join(f"{PREFIX}{'.'.join(map(str, m['loc'])).upper()}: {m['msg']}" for m in mistakes)
            raise SettingsError(f"The settings can't be used: {said}.", "README lists every setting.") from error
