"""What is being done and how far: a bar on a terminal, plain lines in a pipe; always on stderr, never among the data."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from affil.words import Words

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from affil.store.loaded import Loaded

T = TypeVar("T")
STAGES = ("resolve", "ties", "rules", "evidence")


class Told(AbstractContextManager["Told"]):
    """Hears of every file and stage and tells people; `quiet` tells nothing."""

    def __init__(self, words: Words, quiet: bool = False) -> None:
        self.words, self.quiet = words, quiet
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Told:
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def files(self, number: int) -> None:
        """So many files are to be loaded."""
        if self._bar is not None:
            self._task = self._bar.add_task(self.words("cli.load.files"), total=number)

    def loaded(self, one: Loaded) -> None:
        """One file is done."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)
        if not self.quiet:
            from affil.reports.loaded_text import loaded_lines

            for text in loaded_lines(one, self.words):
                self.line(text)

    def stage(self, name: str) -> None:
        """A stage of `STAGES` begins."""
        text = self.words(f"cli.stage.{name}")
        if self._bar is None:
            self.line(text)
            return
        if self._task is None or self._bar.tasks[-1].total != len(STAGES):
            self._task = self._bar.add_task(text, total=len(STAGES))
        self._bar.update(self._task, description=text, completed=STAGES.index(name))

    def line(self, text: str) -> None:
        """One plain line for people."""
        if self.quiet:
            return
        from affil.reports.clean import UNSEEN

        text = UNSEEN.sub("", text)
        if self._bar is not None:
            self._bar.console.print(text, highlight=False, markup=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr, flush=True)


class Counted(AbstractContextManager["Counted"]):
    """Counts what is done, on one line of a terminal or every now and then on a line of its own; `quiet` tells nothing."""

    STEP = 50  # of things between two lines, where nobody sits at a terminal

    def __init__(self, text: str, number: int, quiet: bool = False) -> None:
        self.text, self.number, self.quiet, self.count = text, number, quiet, 0

    def done(self, thing: T) -> T:
        """One more is done; it is handed back."""
        self.count += 1
        if self.quiet:
            return thing
        if sys.stderr.isatty():
            print(f"\r{self.text.format(done=self.count)}", end="", file=sys.stderr, flush=True)
        elif self.count % self.STEP == 0:
            print(self.text.format(done=self.count), file=sys.stderr, flush=True)
        return thing

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.count and not self.quiet and sys.stderr.isatty():
            print(file=sys.stderr)
