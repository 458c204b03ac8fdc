"""The log as a text file that can be read, compared and edited: TOML, a block an entry, always written alike; and back.

An entry is known by its text, not by its number: the same entries twice change nothing, those of another log are added at
the end.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from affil.decisions.case_text import CaseBlock, case_lines
from affil.decisions.contradictions import contradicted
from affil.decisions.entry import CASE, IDENTITY, PURGED, SUBJECT_DIGITS, UNDO, Entry, Side
from affil.decisions.log import effective
from affil.decisions.text_fields import (
    LONGEST_TEXT,
    MOST_REFERENCES,
    PlainText,
    Reference,
    Strict,
    Text,
    Written,
    listed,
    quoted,
)  # fmt: skip
from affil.errors import InputError
from affil.words import Words

__all__ = ["LONGEST_TEXT", "MOST_BYTES", "export_text", "imported"]

MOST_ENTRIES = 100_000
MOST_BYTES = 64 * 1024 * 1024
KINDS = (IDENTITY, CASE)
"""The kinds that stand in the file; entries of others, and what was purged, are left out."""
_BLOCK = "[[decision]]"


class _Person(Strict):
    name: Text
    shown: PlainText = ""
    references: Annotated[list[Reference], Field(min_length=1, max_length=MOST_REFERENCES)]


class _Block(Written):
    kind: Literal["identity"]
    verdict: Literal["same", "different", "unsure", "undo"]
    subject: Annotated[str, Field(pattern=rf"^M-[0-9a-f]{{{SUBJECT_DIGITS}}}$")]
    one: _Person | None = None
    other: _Person | None = None
    why: Text

    @model_validator(mode="after")
    def _whole(self) -> _Block:
        two = self.one is not None and self.other is not None and self.undoes is None
        if not (two if self.verdict != UNDO else self.undoes is not None and self.one is None and self.other is None):
            raise ValueError("sides")
        if self.one and self.other and set(self.one.references) & set(self.other.references):
            raise ValueError("both")
        if self.recorded_at.tzinfo is not None:
            raise ValueError("day")
        return self

    def entry(self, undoes: str | None = None) -> Entry:
        """The entry the block tells; `undoes` is the digest of the one taken back."""
        sides = tuple(Side(tuple(sorted(set(who.references))), who.name, who.shown) for who in (self.one, self.other) if who)
        return Entry(
            self.verdict, self.subject, sides, undoes, self.by, self.on, self.why, tuple(self.documents), self.recorded_at,
            IDENTITY, salt=self.salt,
        )  # fmt: skip


def export_text(log: Sequence[Entry], words: Words) -> str:
    """The whole log, sorted by number; UTF-8 and LF are the caller's to keep."""
    numbers = {entry.digest: entry.number for entry in log}
    told = [entry for entry in log if entry.kind in KINDS and entry.verdict != PURGED]
    blocks = ["\n".join(_lines(entry, numbers)) for entry in sorted(told, key=lambda entry: entry.number)]
    return "\n\n".join([words("match.file.head"), *blocks]) + "\n"


def _lines(entry: Entry, numbers: dict[str, int]) -> Iterator[str]:
    yield _BLOCK
    yield f"number = {entry.number}"
    for key in ("kind", "verdict", "subject"):
        yield f"{key} = {quoted(getattr(entry, key))}"
    if entry.undoes is not None:
        yield f"undoes = {numbers[entry.undoes]}"
    yield f"by = {quoted(entry.by)}"
    yield f"on = {entry.on.isoformat()}"
    yield f"why = {quoted(entry.why)}"
    yield from listed("documents", entry.documents)
    yield f"recorded_at = {entry.recorded_at.isoformat()}"
    if entry.salt:
        yield f"salt = {quoted(entry.salt)}"
    if entry.kind == CASE:
        yield from case_lines(entry, numbers)
    for key, side in zip(("one", "other"), entry.sides, strict=False):
        yield f"{key}.name = {quoted(side.name)}"
        yield f"{key}.shown = {quoted(side.shown)}"
        yield from listed(f"{key}.references", side.references)


def imported(content: bytes, file: str, log: Sequence[Entry], words: Words) -> list[Entry]:
    """The entries of a file that the log does not have yet, in their order; nothing is written.

    Raises `InputError` naming the file, the line of the block and what is wrong: not TOML, a wrong field, an undo of nothing, an
    entry that contradicts another in force.
    """
    blocks, lines = _read(content, file, words)
    texts = {entry.digest: entry.text for entry in log}
    known = {_said(entry, texts): entry for entry in log if entry.verdict != PURGED}
    purged = {entry.digest for entry in log if entry.verdict == PURGED}
    by_number: dict[int, Entry] = {}
    fresh: list[Entry] = []
    place_of: dict[str, int] = {}
    for place, block in enumerate(blocks):
        where = {"file": file, "line": lines[place], "number": block.number}
        if block.number in by_number:
            raise InputError(words("match.file.twice", **where))
        entry = _entry(block, by_number, where, words)
        texts[entry.digest] = entry.text
        by_number[block.number] = meant = known.setdefault(_said(entry, texts), entry)
        if meant is entry and entry.digest not in purged:
            place_of[entry.digest] = lines[place]
            fresh.append(replace(entry, number=len(log) + len(fresh) + 1))
    _must_hold(fresh, log, place_of, file, words)
    return fresh


def _entry(block: _Block | CaseBlock, by_number: Mapping[int, Entry], where: Mapping[str, Any], words: Words) -> Entry:
    """The entry of a block, those it names by number named by digest."""
    undone = by_number.get(block.undoes) if block.undoes is not None else None
    if block.undoes is not None and (undone is None or undone.verdict == UNDO or undone.kind != block.kind):
        raise InputError(words("match.file.undoes_nothing", **where, found=block.undoes))
    digest = undone.digest if undone else None
    if not isinstance(block, CaseBlock):
        return block.entry(digest)
    beside = by_number.get(block.identity) if block.identity is not None else None
    if block.identity is not None and (beside is None or beside.kind != IDENTITY or beside.verdict == UNDO):
        raise InputError(
            words("match.file.wrong", file=where["file"], line=where["line"], field="identity", found=block.identity)
        )
    return block.entry(digest, beside.digest if beside else None)


def _said(entry: Entry, texts: Mapping[str, str]) -> str:
    """What makes two entries one and the same, in whatever store and whatever its salt: its text, and those of whom it names."""
    if entry.undoes:
        return replace(entry, undoes="").text + texts.get(entry.undoes, "")
    if named := entry.facts.get("identity"):
        return replace(entry, facts=dict(entry.facts) | {"identity": ""}).text + texts.get(named, "")
    return entry.text


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


def _read(content: bytes, file: str, words: Words) -> tuple[list[_Block | CaseBlock], list[int]]:
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


def _block(table: Any, file: str, line: int, words: Words) -> _Block | CaseBlock:
    of_case = isinstance(table, dict) and table.get("kind") == CASE
    try:
        return CaseBlock.model_validate(table) if of_case else _Block.model_validate(table)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"]) or (_of_whole(fault) if of_case else "one, other, undoes")
        found = "—" if fault["type"] in ("missing", "model_type", "dict_type") or not fault["loc"] else str(fault["input"])[:80]
        raise InputError(words("match.file.wrong", file=file, line=line, field=key, found=found)) from None


def _of_whole(fault: Any) -> str:
    """The field that does not go with the others, as the block names it."""
    return str(fault["ctx"]["error"]) if "ctx" in fault else "undoes"
