"""What the fields of a log written as a text file may hold; nothing in a file is trusted."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from affil.decisions.references import REFERENCE

LONGEST_TEXT, MOST_REFERENCES = 2000, 1000
SALT = r"^([0-9a-f]{32})?$"


def _plain(text: str) -> str:
    if text != text.strip() or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise ValueError("text")
    return text


def _reference(text: str) -> str:
    if not re.fullmatch(REFERENCE, text):
        raise ValueError("reference")
    return text


def _day(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime):
        raise ValueError("day")
    return value


PlainText = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain)]
Text = Annotated[PlainText, Field(min_length=1)]
Reference = Annotated[PlainText, AfterValidator(_reference)]
Day = Annotated[dt.date, AfterValidator(_day)]


class Strict(BaseModel):
    """A block or a part of one: no field more, none of another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Written(Strict):
    """What every block has."""

    number: Annotated[int, Field(ge=1)]
    by: Text
    on: Day
    documents: Annotated[list[Text], Field(max_length=100)] = []
    undoes: int | None = None
    recorded_at: dt.datetime
    salt: Annotated[str, Field(pattern=SALT)] = ""


def quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, DEL apart."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(key: str, texts: Sequence[str]) -> Iterator[str]:
    """The lines of a list, an item a line."""
    if not texts:
        yield f"{key} = []"
        return
    yield f"{key} = ["
    yield from (f"  {quoted(text)}," for text in texts)
    yield "]"
