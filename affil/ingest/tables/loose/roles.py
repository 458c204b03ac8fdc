"""What the headings of a loose list mean: of the list of relatives, and of several things in one column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from affil.ingest.tables.kin.headings import ANY, about, kin_heading
from affil.ingest.tables.sheet.headings import Row, meant_field
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.loose_words import loose_words
from affil.ingest.vocabulary.vocabulary import Table, Vocabulary, plain, vocabulary

FIO, NUMBER = "fio", "number"
_LONGEST = 160
_LEAST = 2
_PARTS = re.compile(r"[,;/\n()]|\s+и\s+|\s-\s|[–—]")
_BESIDE = frozenset({"birth_date", "position", "employer", "address", "phone"})


@dataclass(frozen=True, slots=True)
class Joint:
    """A heading of several things: whose («official», «relative», «both», None: not said) and what beside the name."""

    whose: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """`field`: of the list of relatives by column (`fio`: a bare «ФИО», `number`: «№ п/п»); `joint`: of several things."""

    field: Mapping[int, str]
    joint: Mapping[int, Joint]

    def at(self, name: str) -> list[int]:
        """The columns of a field."""
        return [column for column, one in self.field.items() if one == name]


def roles_of(row: Row, words: Vocabulary) -> Roles:
    """What each heading of a row means."""
    fields: dict[int, str] = {}
    joint: dict[int, Joint] = {}
    for column, cell in enumerate(row):
        text = shown(cell) if isinstance(cell, str) else ""
        if not text or len(text) > _LONGEST:
            continue
        if not _is_own(words, text) and (found := joint_heading(text)):
            joint[column] = found
        elif name := _role(words.tables["relatives"], words, text):
            fields[column] = name
    return Roles(fields, joint)


def _is_own(words: Vocabulary, text: str) -> bool:
    """Whether the workspace itself has said what the heading means."""
    tables = [(words.tables[name], vocabulary().tables[name]) for name in ("relatives", "officials")]
    return any(plain(text) in own.headings and plain(text) not in shipped.headings for own, shipped in tables)


def _role(relatives: Table, words: Vocabulary, text: str) -> str | None:
    if plain(text) in words.row_number:
        return NUMBER
    if any(plain(text) in one.headings for one in relatives.shared):
        return FIO
    return meant_field(relatives, text)


@lru_cache(maxsize=4_096)
def joint_heading(text: str) -> Joint | None:
    """What a heading such as «ФИО, дата рождения, должность работника» says; None where a part of it is not known."""
    if kin_heading(text).kin not in (None, ANY):
        return None
    whose = _whose(text)
    parts = [part for part in _PARTS.split(text) if plain(part)]
    fields = [_part(part) for part in parts]
    if None in fields or "name" not in fields:
        return None
    beside = tuple(dict.fromkeys(one for one in fields if one in _BESIDE))
    return Joint(whose, beside) if (beside or whose == "both") and len(parts) >= _LEAST else None


def _whose(text: str) -> str | None:
    words = loose_words()
    official, relative = words.of_official.search(text), words.of_relative.search(text)
    if official and relative:
        return "both"
    return "official" if official else "relative" if relative else None


def _part(text: str) -> str | None:
    words = loose_words()
    bare = plain(words.of_relative.sub(" ", words.of_official.sub(" ", text)))
    if not bare or any(pattern.fullmatch(bare) for pattern in words.name_parts):
        return "name"
    return about(words.of_relative.sub(" ", words.of_official.sub(" ", text)).strip())
