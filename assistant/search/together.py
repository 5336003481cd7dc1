"""Work that several threads ask for at the same time, done together."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """Calls `work` for one batch at a time; what is asked for meanwhile goes into the next batch.

    A model on a few cores reads two questions' passages faster in one batch than in two at the same time. Nobody waits
    for company: who comes alone is served at once.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._work = work
        self._waiting: list[tuple[Sequence[Item], Future[Sequence[Result]]]] = []
        self._adding, self._working = Lock(), Lock()

    @property
    def waiting(self) -> int:
        """How many calls wait for the batch that is being worked on to end."""
        return len(self._waiting)

    def __call__(self, items: Sequence[Item]) -> Sequence[Result]:
        """The results of these items, in their order; raises what `work` raises for the batch they are in."""
        mine: Future[Sequence[Result]] = Future()
        with self._adding:
            self._waiting.append((items, mine))
        with self._working:
            # Whoever had the lock before may have done this along with their own.
            if not mine.done():
                self._serve()
        return mine.result()

    def _serve(self) -> None:
        with self._adding:
            batch, self._waiting = self._waiting, []
        try:
            results = self._work([item for items, _ in batch for item in items])
        except BaseException as error:  # noqa: BLE001 - handed on to everyone who waits, or they would wait for ever
            for _, future in batch:
                future.set_exception(error)
            return
        start = 0
        for items, future in batch:
            future.set_result(results[start : start + len(items)])
            start += len(items)
