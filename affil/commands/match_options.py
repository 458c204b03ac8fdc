"""What the commands of `affil match` share: their app, their options, and reading what is typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from affil.commands.common import H, day, wrong

if TYPE_CHECKING:
    from affil.settings import Settings
    from affil.words import Words

LEAST_PREFIX = 3

match_app = typer.Typer(help=H("match.help"), no_args_is_help=True, rich_markup_mode=None)

Id = Annotated[str, typer.Argument(help=H("match.option.id"))]
By = Annotated[str | None, typer.Option("--by", help=H("match.option.by"))]
Why = Annotated[str | None, typer.Option("--why", help=H("match.option.why"))]
On = Annotated[str | None, typer.Option("--on", help=H("match.option.on"))]
Documents = Annotated[list[str] | None, typer.Option("--document", help=H("match.option.document"))]


def prefix(name: str, words: Words) -> str:
    """`M-` and the digits of an identity's id or of its beginning; refused where it is none."""
    digits = name.casefold().removeprefix("m-").removeprefix("м-")
    if len(digits) < LEAST_PREFIX or set(digits) - set("0123456789abcdef"):
        wrong(words("match.bad_id", id=name))
    return f"M-{digits}"


def told(option: str, text: str | None, words: Words) -> str:
    """What the option says, as one line; refused where it says nothing."""
    from affil.decisions.textfile import LONGEST_TEXT

    said = line(text or "")
    if not said or len(said) > LONGEST_TEXT:
        wrong(words(f"match.needs.{option}"))
    return said


def must_review(by: str, settings: Settings, words: Words) -> None:
    """In the four-eyes mode only reviewers of the settings decide, or take a decision back."""
    from affil.review.four_eyes import reviewer_of

    reviewers = settings.review.agreeing
    if reviewers is not None and reviewer_of(by, reviewers) is None:
        wrong(words("course.fault.no_reviewer", by=by))


def line(text: str) -> str:
    """One line without signs that cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def decided_on(text: str | None, words: Words) -> dt.date:
    """The day of a decision, today where none is given; refused where it has not come yet."""
    found = day(text, words) or dt.date.today()
    if found > dt.date.today():
        wrong(words("match.future", found=text))
    return found


def now() -> dt.datetime:
    """This second, local time: when an entry is recorded."""
    return dt.datetime.now().replace(microsecond=0)
