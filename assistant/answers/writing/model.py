"""The border to the chat model: whatever happens beyond it, text or one of our own errors comes back, and in time."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answers.writing.written import Trouble
from assistant.errors import ChatModelError

# Roughly, for European languages; used for the budget of the prompt and where a server doesn't count.
CHARACTERS_PER_TOKEN = 3
_REFUSED, _BUSY, _FORM = (401, 403, 404), (429, 503, 529), (400, 422)

Messages = Sequence[tuple[str, str]]
"""Pairs of "system", "user" or "assistant" and what is said."""


class ModelTroubleError(ChatModelError):
    """The chat model gave no answer, or no whole one.

    Attributes:
        trouble: what kind of trouble it was.
        retry_after: seconds after which the server wants to be asked again; None if it doesn't say.
        form: whether the server refused the request's form.
    """

    def __init__(self, trouble: Trouble, *, retry_after: float | None = None, form: bool = False) -> None:
        # What the server said is left out: it may repeat the key.
        super().__init__(f"The chat model gave no answer ({trouble.value}).", "The quotes are shown without it.")
        self.trouble = trouble
        self.retry_after = retry_after
        self.form = form


@dataclass
class Spent:
    """What one answer took, in tokens; estimated until the server has counted."""

    tokens_in: int = 0
    tokens_out: int = 0


@dataclass
class ChatModel:
    """A chat model of any provider, over LangChain. It may be used from several threads.

    Attributes:
        name: as the settings have it.
        model: the LangChain model.
        structured: the arguments by which this provider is told to answer in `SCHEMA`; emptied if it refuses them.
        characters: the most characters that are read from one answer.
        prices: of a million tokens read and written.
        budget: what may be spent in all; 0 for no limit.
    """

    name: str
    model: Any
    structured: dict[str, Any] = field(default_factory=dict)
    characters: int = 10_000
    prices: tuple[float, float] = (0.0, 0.0)
    budget: float = 0.0
    _total: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cost(self, spent: Spent) -> float | None:
        """What so many tokens cost; None without prices."""
        read, written = self.prices
        return (spent.tokens_in * read + spent.tokens_out * written) / 1e6 if read or written else None

    def stream(
        self, messages: Messages, left: Callable[[], float], spent: Spent, *, structured: bool = True
    ) -> Iterator[str]:
        """The model's words as they come.

        Args:
            messages: what it is told.
            left: how many seconds the next words may take, asked before each wait.
            spent: is added to.
            structured: whether it is to answer in `SCHEMA`.

        Raises:
            ModelTroubleError: it can't be reached, refuses, fails, or takes too long.
        """
        if self.budget and self._total >= self.budget:
            raise ModelTroubleError(Trouble.BUDGET)
        mine = Spent(sum(len(text) for _, text in messages) // CHARACTERS_PER_TOKEN)
        try:
            for tries_left in (1, 0):
                started = False
                try:
                    for piece in self._attempt(messages, left, mine, self.structured if structured else {}):
                        started = True
                        yield piece
                    return
                except ModelTroubleError as error:
                    if started or not tries_left or not self._mended(error, left):
                        raise
        finally:
            spent.tokens_in += mine.tokens_in
            spent.tokens_out += mine.tokens_out
            with self._lock:
                self._total += self.cost(mine) or 0.0

    def _mended(self, error: ModelTroubleError, left: Callable[[], float]) -> bool:
        """Whether asking once more may help: in plainer form, or after the wait that the server asks for."""
        if error.form and self.structured:
            self.structured = {}
            return True
        if error.retry_after is None or error.retry_after >= left():
            return False
        threading.Event().wait(error.retry_after)
        return True

    def _attempt(
        self, messages: Messages, left: Callable[[], float], spent: Spent, arguments: dict[str, Any]
    ) -> Iterator[str]:
        """One request. It runs in a thread of its own, so that a server that is silent can be left behind."""
        arrived: queue.Queue[Any] = queue.Queue(maxsize=64)
        given_up = threading.Event()
        threading.Thread(
            target=_pump, args=(self.model, list(messages), arguments, arrived, given_up), daemon=True
        ).start()
        characters, counted = 0, Spent()
        try:
            while True:
                try:
                    item = arrived.get(timeout=max(0.0, left()))
                except queue.Empty:
                    raise ModelTroubleError(Trouble.SILENT) from None
                if item is None:
                    return
                if isinstance(item, BaseException):
                    raise _trouble(item) from None
                text = str(item.text)
                characters += len(text)
                if item.usage_metadata:
                    # Some servers count what was read at the beginning, and only what was written at the end.
                    counted = Spent(
                        max(counted.tokens_in, item.usage_metadata["input_tokens"]),
                        max(counted.tokens_out, item.usage_metadata["output_tokens"]),
                    )
                spent.tokens_in = counted.tokens_in or spent.tokens_in
                spent.tokens_out = counted.tokens_out or characters // CHARACTERS_PER_TOKEN
                if text:
                    yield text
                if characters >= self.characters:
                    return
        finally:
            given_up.set()


def _pump(
    model: Any, messages: list[tuple[str, str]], arguments: dict[str, Any], arrived: Any, given_up: threading.Event
) -> None:
    """Move what the model sends into the queue until nobody wants it any more; what goes wrong is moved too."""

    def put(item: object) -> None:
        while not given_up.is_set():
            try:
                arrived.put(item, timeout=0.5)
                return
            except queue.Full:
                continue

    try:
        for chunk in model.stream(messages, **arguments):
            put(chunk)
            if given_up.is_set():
                return
        put(None)
    except BaseException as error:  # noqa: BLE001 - providers raise what they like; `_trouble` makes it ours
        put(error)


def _trouble(error: BaseException) -> ModelTroubleError:
    """A provider's error as one of ours."""
    status = getattr(error, "status_code", None)
    kind = type(error).__name__
    if isinstance(status, int) and status > 0:
        if status in _BUSY:
            return ModelTroubleError(Trouble.BUSY, retry_after=_retry_after(error))
        return ModelTroubleError(Trouble.REFUSED if status in _REFUSED else Trouble.FAILED, form=status in _FORM)
    if "Timeout" in kind:
        return ModelTroubleError(Trouble.SILENT)
    return ModelTroubleError(Trouble.UNREACHABLE if "Connect" in kind else Trouble.FAILED)


def _retry_after(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError, TypeError):
        return None


@dataclass
class Clock:
    """How long the model may still take: until the first claim so many seconds, then as many for each next word.

    Attributes:
        seconds: the limit.
        first: whether the first claim is still waited for.
    """

    seconds: float
    first: bool = True
    started: float = field(default_factory=time.monotonic)

    # A whole answer may take this many times the limit.
    LONGEST = 6

    def left(self) -> float:
        """Seconds that the next words may take."""
        passed = time.monotonic() - self.started
        if self.first:
            return self.seconds - passed
        return min(self.seconds, self.LONGEST * self.seconds - passed)
