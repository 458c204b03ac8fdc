"""The log as a text file that can be read, compared and edited: TOML, a block an entry, always written alike; and back.

An entry is known by its text, not by its number: the same entries twice change nothing, those of another log are added at
the end.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from affil.decisions.contradictions import contradicted
from affil.decisions.entry import IDENTITY, PURGED, SUBJECT_DIGITS, UNDO, Entry, Side
from affil.decisions.log import effective
from affil.decisions.references import REFERENCE
from affil.errors import InputError
from affil.words import Words

LONGEST_TEXT, MOST_REFERENCES, MOST_ENTRIES = 2000, 1000, 100_000
MOST_BYTES = 64 * 1024 * 1024
SALT = r"^([0-9a-f]{32})?$"
_BLOCK = "[[decision]]"


def _plain(text: str) -> str:
    if text != text.strip() or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise ValueError("text")
    return text


def _reference(text: str) -> str:
    if not re.fullmatch(REFERENCE, text):
        raise ValueError("reference")
    return text


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_plain)]
Reference = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain), AfterValidator(_reference)]


class _Person(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    name: Text
    shown: Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain)] = ""
    references: Annotated[list[Reference], Field(min_length=1, max_length=MOST_REFERENCES)]


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    number: Annotated[int, Field(ge=1)]
    kind: Literal["identity"]
    verdict: Literal["same", "different", "unsure", "undo"]
    subject: Annotated[str, Field(pattern=rf"^M-[0-9a-f]{{{SUBJECT_DIGITS}}}$")]
    one: _Person | None = None
    other: _Person | None = None
    undoes: int | None = None
    by: Text
    on: dt.date
    why: Text
    documents: Annotated[list[Text], Field(max_length=100)] = []
    recorded_at: dt.datetime
    salt: Annotated[str, Field(pattern=SALT)] = ""

    @model_validator(mode="after")
    def _whole(self) -> _Block:
        two = self.one is not None and self.other is not None and self.undoes is None
        if not (two if self.verdict != UNDO else self.undoes is not None and self.one is None and self.other is None):
            raise ValueError("sides")
        if self.one and self.other and set(self.one.references) & set(self.other.references):
            raise ValueError("both")
        if self.recorded_at.tzinfo is not None or isinstance(self.on, dt.datetime):
            raise ValueError("day")
        return self


def export_text(log: Sequence[Entry], words: Words) -> str:
    """The whole log, sorted by number; UTF-8 and LF are the caller's to keep."""
    numbers = {entry.digest: entry.number for entry in log}
    blocks = ["\n".join(_lines(entry, numbers)) for entry in sorted(log, key=lambda entry: entry.number)]
    return "\n\n".join([words("match.file.head"), *blocks]) + "\n"


def _lines(entry: Entry, numbers: dict[str, int]) -> Iterator[str]:
    yield _BLOCK
    yield f"number = {entry.number}"
    for key in ("kind", "verdict", "subject"):
        yield f"{key} = {_quoted(getattr(entry, key))}"
    if entry.undoes is not None:
        yield f"undoes = {numbers[entry.undoes]}"
    yield f"by = {_quoted(entry.by)}"
    yield f"on = {entry.on.isoformat()}"
    yield f"why = {_quoted(entry.why)}"
    yield from _listed("documents", entry.documents)
    yield f"recorded_at = {entry.recorded_at.isoformat()}"
    if entry.salt:
        yield f"salt = {_quoted(entry.salt)}"
    for key, side in zip(("one", "other"), entry.sides, strict=False):
        yield f"{key}.name = {_quoted(side.name)}"
        yield f"{key}.shown = {_quoted(side.shown)}"
        yield from _listed(f"{key}.references", side.references)


def _listed(key: str, texts: Sequence[str]) -> Iterator[str]:
    if not texts:
        yield f"{key} = []"
        return
    yield f"{key} = ["
    yield from (f"  {_quoted(text)}," for text in texts)
    yield "]"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, DEL apart."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def imported(content: bytes, file: str, log: Sequence[Entry], words: Words) -> list[Entry]:
    """The entries of a file that the log does not have yet, in their order; nothing is written.

    Raises `InputError` naming the file, the line of the block and what is wrong: not TOML, a wrong field, an undo of nothing, an
    entry that contradicts another in force.
    """
    blocks, lines = _read(content, file, words)
    known = {_said(entry, log): entry for entry in log if entry.verdict != PURGED}
    purged = {entry.digest for entry in log if entry.verdict == PURGED}
    by_number: dict[int, Entry] = {}
    fresh: list[Entry] = []
    place_of: dict[str, int] = {}
    for place, block in enumerate(blocks):
        where = {"file": file, "line": lines[place], "number": block.number}
        if block.number in by_number:
            raise InputError(words("match.file.twice", **where))
        if block.undoes is not None and (block.undoes not in by_number or by_number[block.undoes].verdict == UNDO):
            raise InputError(words("match.file.undoes_nothing", **where, found=block.undoes))
        entry = _entry(block, by_number)
        said = _said(entry, by_number.values())
        by_number[block.number] = known.setdefault(said, entry)
        if by_number[block.number] is entry and entry.digest not in purged:
            place_of[entry.digest] = lines[place]
            fresh.append(replace(entry, number=len(log) + len(fresh) + 1))
    _must_hold(fresh, log, place_of, file, words)
    return fresh


def _said(entry: Entry, among: Iterable[Entry]) -> str:
    """What makes two entries one and the same, in whatever store and with whatever salt: the text, and that of what is undone."""
    undone = next((one.text for one in among if one.digest == entry.undoes), "") if entry.undoes else ""
    return replace(entry, undoes="").text + undone if entry.undoes else entry.text


def _must_hold(fresh: list[Entry], log: Sequence[Entry], place_of: dict[str, int], file: str, words: Words) -> None:
    """What is undone in the end contradicts nothing; of the rest, each is held against all others in force."""
    standing = effective([*log, *fresh])
    new = {entry.digest for entry in fresh}
    before = [entry for entry in standing if entry.digest not in new]
    for entry in (one for one in standing if one.digest in new):
        against = contradicted(before, entry)
        if against:
            numbers = ", ".join(str(one.number) for one in against)
            raise InputError(
                words("match.file.contradicts", file=file, line=place_of[entry.digest], number=entry.number, entries=numbers)
            )
        before.append(entry)


def _entry(block: _Block, by_number: dict[int, Entry]) -> Entry:
    sides = tuple(Side(tuple(sorted(set(who.references))), who.name, who.shown) for who in (block.one, block.other) if who)
    undoes = by_number[block.undoes].digest if block.undoes is not None else None
    return Entry(
        block.verdict,
        block.subject,
        sides,
        undoes,
        block.by,
        block.on,
        block.why,
        tuple(block.documents),
        block.recorded_at,
        IDENTITY,
        salt=block.salt,
    )


def _read(content: bytes, file: str, words: Words) -> tuple[list[_Block], list[int]]:
    """The blocks in the order of the file, each with the line it begins at."""
    if len(content) > MOST_BYTES:
        raise InputError(words("match.file.too_large", file=file))
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        told = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(words("match.file.not_toml", file=file, found=error)) from None
    tables = told.get("decision", [])
    if set(told) - {"decision"} or not isinstance(tables, list) or len(tables) > MOST_ENTRIES:
        raise InputError(words("match.file.no_log", file=file))
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.strip() == _BLOCK]
    lines = lines if len(lines) == len(tables) else list(range(1, len(tables) + 1))
    return [_block(table, file, line, words) for table, line in zip(tables, lines, strict=True)], lines


def _block(table: object, file: str, line: int, words: Words) -> _Block:
    try:
        return _Block.model_validate(table)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"]) or "one, other, undoes"
        found = "—" if fault["type"] in ("missing", "model_type", "dict_type") or not fault["loc"] else str(fault["input"])[:80]
        raise InputError(words("match.file.wrong", file=file, line=line, field=key, found=found)) from None
