"""What commands share: the language they speak, their common options, opening the workspace, and telling."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from affil.commands.act import ACT
from affil.console import is_unicode
from affil.words import LANGUAGES, Words

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.workspace import Workspace

DONE, FAILED, USAGE, TO_DECIDE, BELOW_PLAN, UNDETERMINED = 0, 1, 2, 3, 4, 5
FIRST_YEAR, LAST_YEAR = 1990, 2099
FRESH = "ru"  # the language of a workspace nobody has chosen one for


def _spoken(arguments: Sequence[str]) -> str | None:
    """The language asked for on the command line, before anything is parsed: help needs it."""
    for i, argument in enumerate(arguments):
        value = (
            argument.partition("=")[2]
            if argument.startswith("--lang=")
            else arguments[i + 1]
            if argument == "--lang" and i + 1 < len(arguments)
            else None
        )
        if value in LANGUAGES:
            return value
    return None


@dataclass(slots=True)
class Voice:
    """The language in use: of the command line, then of the workspace that is opened; `main` tells errors in it."""

    words: Words


VOICE = Voice(Words(_spoken(sys.argv) or "ru"))
H = VOICE.words

Folder = Annotated[Path, typer.Option("--workspace", "-w", help=H("cli.option.workspace"))]
Lang = Annotated[str | None, typer.Option("--lang", help=H("cli.option.lang"))]
Json = Annotated[bool, typer.Option("--json", help=H("cli.option.json"))]
Debug = Annotated[bool, typer.Option("--debug", help=H("cli.option.debug"))]
Year = Annotated[int | None, typer.Option("--year", help=H("cli.screen.year"))]
Since = Annotated[str | None, typer.Option("--from", help=H("cli.screen.since"))]
Until = Annotated[str | None, typer.Option("--to", help=H("cli.screen.until"))]
AsOf = Annotated[str | None, typer.Option("--as-of", help=H("cli.screen.as_of"))]


def if_opened(folder: Path, lang: str | None) -> tuple[Workspace | None, Words]:
    """The workspace in `folder` and its language; where there is none, only the language."""
    if not (folder / "affil.toml").is_file():
        return None, Words(language(lang, None))
    found, _, words = opened(folder, lang)
    return found, words


def opened(folder: Path, lang: str | None) -> tuple[Workspace, Settings, Words]:
    """The workspace in `folder`, its settings and the language to speak; raises `SettingsError`."""
    from affil.workspace import open_workspace

    place = open_workspace(folder, language(lang, None))
    settings = place.settings()
    VOICE.words = words = Words(language(lang, settings.language))  # an error told by `main` speaks the same language
    ACT.begin(place, settings, words)
    return place, settings, words


def language(asked: str | None, configured: str | None) -> str:
    """Asked for, else from the settings, else from the locale, else Russian."""
    if asked is not None and asked not in LANGUAGES:
        wrong(VOICE.words("cli.unknown_language", found=asked, expected=", ".join(LANGUAGES)))
    if asked or configured:
        return asked or configured or "ru"
    local = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if local.startswith("en") else "ru"


def must_exist(paths: Sequence[Path], words: Words) -> None:
    """Say in the officer's language what is not there, before anything is loaded."""
    from affil.errors import InputError

    for path in paths:
        if not path.exists():
            raise InputError(words("cli.load.missing", path=path))


def day(text: str | None, words: Words) -> dt.date | None:
    """The day written as ДД.ММ.ГГГГ or ISO; None for None."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        with contextlib.suppress(ValueError):
            return dt.datetime.strptime(text, form).date()
    return wrong(words("cli.bad_date", found=text))


def period(year: int | None, since: str | None, until: str | None, words: Words) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of the purchases asked for: a year, or from and to; None where a bound is open."""
    if year is not None and (since is not None or until is not None):
        wrong(words("cli.screen.year_or_period"))
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        wrong(words("cli.screen.bad_year", found=year, first=FIRST_YEAR, last=LAST_YEAR))
    first = dt.date(year, 1, 1) if year is not None else day(since, words)
    last = dt.date(year, 12, 31) if year is not None else day(until, words)
    if first is not None and last is not None and first > last:
        wrong(words("cli.screen.period_reversed", since=since, until=until))
    return first, last


def wrong(message: str) -> NoReturn:
    """Stop: the command cannot be carried out as asked (exit code 2)."""
    from affil.errors import UsageError

    raise UsageError(message)


def tell(text: str) -> None:
    """A message, to stderr."""
    print(harmless(text), file=sys.stderr, flush=True)


def say(text: str) -> None:
    """The answer in words, to stdout."""
    print(harmless(text))


def harmless(text: str) -> str:
    """The text without the signs that would move a terminal's cursor, colour it or turn the direction of reading."""
    from affil.reports.clean import UNSEEN

    return UNSEEN.sub("", text)


def print_json(value: object) -> None:
    """The answer of `--json`, to stdout; signs a terminal would obey stand as escapes, the same to who reads JSON."""
    import json

    from affil.reports.clean import UNSEEN

    text = json.dumps(value, ensure_ascii=not is_unicode(sys.stdout), indent=1, default=str)  # escapes are JSON in any code page
    print(UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))
