"""Tables and progress bars in the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self


@contextmanager
def waiting(message: str) -> Iterator[None]:
    """Say on standard error what takes a while, in a terminal; the words are gone when it is done."""
    from rich.console import Console

    console = Console(stderr=True)
    if console.is_terminal:
        console.print(message, style="dim", end="\r")
    yield


class Bar:
    """A progress bar on standard error that appears only when there is something to do."""

    def __init__(self, label: str) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._label = label
        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._bar.stop()

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task(self._label, total=total)
        self._bar.update(self._task, completed=done, total=total)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """Print a table; cells are shown as they are, whatever brackets they have."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, title=title or None)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
