"""`affil` alone on a terminal: a numbered menu of what the officer does; `affil menu N` does one. Each runs a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.common import DONE, FAILED, FRESH, USAGE, VOICE, Debug, Folder, H, Lang, harmless, language, tell, wrong
from affil.words import Words

if TYPE_CHECKING:
    from affil.workspace import Workspace

Command = list[str]
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".docx")
RUNS_SHOWN = 9


def is_terminal() -> bool:
    """True where a person sits at a terminal and nothing is read or written by another program."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def menu_of(run: Callable[[Sequence[str]], int], commands: Callable[[], set[str]]) -> Callable[..., None]:
    """The command `menu`; `run` carries a command out and gives its exit code, `commands` are the names there are."""

    def menu(
        action: Annotated[int | None, typer.Argument(min=1, max=6, help=H("menu.action"))] = None,
        workspace: Folder = Path(), lang: Lang = None, debug: Debug = False,
    ) -> None:  # fmt: skip
        """The officer's six actions by number, or one of them; the exit code of that one, else 0."""
        words = Words(language(lang, _configured(workspace)))
        if not is_terminal():
            wrong(words("menu.not_a_terminal"))
        code = Menu(workspace, lang, words, run, commands()).sit(action)
        if code != DONE:
            raise typer.Exit(code)

    return menu


class Left(Exception):
    """Nobody answers any more."""


class Menu:
    """What is asked and which commands come of it; an error of one ends that one."""

    def __init__(
        self, folder: Path, lang: str | None, words: Words, run: Callable[[Sequence[str]], int], commands: set[str]
    ) -> None:  # fmt: skip
        self.folder, self.lang, self.words, self.run, self.commands = folder, lang, words, run, commands
        self._last = DONE

    def sit(self, action: int | None = None) -> int:
        """Show the menu until the person leaves, or do this one action; the exit code of that one, else 0."""
        from affil.errors import InterruptedByUser

        try:
            if not self._has_place():
                return FAILED if action is not None else DONE
            if action is not None:
                return self._do(action)
            while number := self._chosen():
                self._do(number)
        except (Left, InterruptedByUser, KeyboardInterrupt):
            tell("")
        return DONE

    def _chosen(self) -> int:
        tell(self.words("menu.title", folder=self.folder.absolute()))
        actions = self.words.raw("menu.actions")
        for number, text in enumerate(actions, start=1):
            tell(f"  {number}. {text}")
        tell(f"  0. {self.words('menu.leave')}")
        return self._number("menu.ask", len(actions))

    def _has_place(self) -> bool:
        """A folder to work in: the one given, else one that is asked for and, where it is new, made."""
        while not (self.folder / "affil.toml").is_file():
            new = self.folder.absolute() / self.words("menu.new_place")
            tell(self.words("menu.no_place", folder=self.folder.absolute()))
            asked = self._text("menu.ask_place", folder=new)
            if asked == "0":
                return False
            self.folder = Path(_unquoted(asked)).expanduser() if asked else new
            if not (self.folder / "affil.toml").is_file() and self._carry(["init", str(self.folder)], in_place=False) == DONE:
                tell("\n".join(self.words.raw("menu.first_steps")))
        return True

    def _do(self, number: int) -> int:
        """All commands of an action; the exit code of the last."""
        actions = (self._screen, self._check, self._review, self._precheck, self._person, self._year)
        code = DONE
        for command in actions[number - 1]():
            code = self._carry(command)
            self._last = code
            if told := self.words.raw("menu.ended").get(str(code)):
                tell(told)
        return code

    def _carry(self, command: Command, in_place: bool = True) -> int:
        from subprocess import list2cmdline

        whole = [*command, *(("-w", str(self.folder)) if in_place else ()), *(("--lang", self.lang) if self.lang else ())]
        tell(self.words("menu.runs", command=list2cmdline(["affil", *whole])))
        try:
            return self.run(whole)
        finally:
            VOICE.words = self.words

    def _screen(self) -> Iterator[Command]:
        year = self._text("menu.ask_year")
        yield ["screen", *(("--year", year) if year else ())]
        folder = self._place().latest_run() if self._last == DONE else None
        show = getattr(os, "startfile", None)  # Windows alone: the program that is set for such files
        if show is not None and folder is not None and self._yes("menu.ask_show"):
            show(folder / "report.html")

    def _check(self) -> Iterator[Command]:
        yield ["check", *(("--letters",) if self._yes("menu.ask_letters") else ())]

    def _review(self) -> Iterator[Command]:
        match self._one_of("menu.reviews"):
            case 1:
                yield ["review"]
            case 2:
                yield ["review", "--due"]
            case 3:
                if file := _unquoted(self._text("menu.ask_book")):
                    yield ["review", "--import", file]

    def _precheck(self) -> Iterator[Command]:
        if asked := _unquoted(self._text("menu.ask_procedure")):
            given = ["--request", asked] if _is_file(asked) else ["--procedure", asked]
            yield ["precheck", *given, *(("--sheet", "secretary") if self._yes("menu.ask_secretary") else ())]

    def _person(self) -> Iterator[Command]:
        asked = _unquoted(self._text("menu.ask_person"))
        if not asked:
            return
        if _is_file(asked):
            yield ["person", "--candidate", asked]
            return
        yield ["person", asked]
        if self._last == USAGE and (employer := self._text("menu.ask_employer")):
            yield ["person", asked, "--employer", employer]

    def _year(self) -> Iterator[Command]:
        shown = 3 if "diff" in self.commands else 2
        match self._one_of("menu.years", shown):
            case 1:
                yield ["kpi"]
            case 2:
                yield ["kpi", "--institutions"]
            case 3:
                yield from self._quarter()

    def _quarter(self) -> Iterator[Command]:
        runs = self._place().runs()[::-1][1 : RUNS_SHOWN + 1]
        if not runs:
            tell(self.words("menu.one_run"))
            return
        tell(self.words("menu.runs_title"))
        for number, name in enumerate(runs, start=1):
            tell(f"  {number}. {name}")
        if number := self._number("menu.ask_run", len(runs)):
            period = self._text("menu.ask_quarter")
            yield ["diff", runs[number - 1], "latest", *(("--period", period) if period else ())]

    def _place(self) -> Workspace:
        from affil.workspace import open_workspace

        return open_workspace(self.folder, self.words.lang)

    def _one_of(self, key: str, shown: int | None = None) -> int:
        options = self.words.raw(key)[:shown]
        for number, text in enumerate(options, start=1):
            tell(f"  {number}. {text}")
        return self._number("menu.ask_which", len(options))

    def _number(self, key: str, most: int) -> int:
        """A number from 0 to `most`, asked until it is one; nothing typed is 0."""
        while True:
            answer = self._text(key).rstrip(".").strip()
            if not answer and key != "menu.ask":
                return 0
            if answer.isascii() and answer.isdecimal() and int(answer) <= most:
                return int(answer)
            tell(self.words("menu.bad_number", found=answer, most=most))

    def _yes(self, key: str) -> bool:
        return self._text(key).casefold() in self.words.raw("menu.yes")

    def _text(self, key: str, **params: object) -> str:
        """One line as it was typed; raises `Left` where nobody answers any more."""
        print(harmless(self.words(key, **params)), end="", file=sys.stderr, flush=True)
        try:
            answer = sys.stdin.readline()
        except (OSError, UnicodeDecodeError):
            raise Left from None
        if not answer:
            raise Left
        return harmless(answer).strip()


def _is_file(asked: str) -> bool:
    return asked.lower().endswith(TABLES)


def _unquoted(asked: str) -> str:
    """A path as Windows puts it where a file is dragged into the window: in quotation marks."""
    return asked.strip().strip('"').strip()


def _configured(folder: Path) -> str | None:
    """The language of the workspace; what else is wrong with its settings the commands tell."""
    from affil.errors import AffilError
    from affil.workspace import open_workspace

    if not (folder / "affil.toml").is_file():
        return FRESH
    try:
        return open_workspace(folder).settings().language
    except AffilError:
        return None
