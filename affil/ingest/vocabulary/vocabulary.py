"""The vocabulary of officers' tables, checked once: which tables there are, their fields, headings and words of value.

`common.yml` holds what all tables share, `values.yml` the words of their cells, `tables/` one file a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from affil.plain_yaml import plain_yaml

NOT_NEEDED = "-"
_NOT_WORDS = re.compile(r"[^0-9a-zа-я№%#]+")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A heading or word of value in comparable form: lower case, ё as е, only letters, digits, № and % with single spaces."""
    return _NOT_WORDS.sub(" ", text.lower().replace("ё", "е")).strip()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _FieldSpec(_Strict):
    kind: str
    headings: list[str]
    column: str | None = None
    values: str | None = None
    part_of: str | None = None
    fallback: bool = False


class _SharedSpec(_Strict):
    headings: list[str]
    one: list[str]
    two: list[str]


class _TableSpec(_Strict):
    store: str
    requires: list[list[str]]
    at_least: int
    from_title: dict[str, str]
    from_place: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, _FieldSpec]
    duplicates_after: str | None = None
    shared: list[_SharedSpec] = Field(default_factory=list)
    not_needed: list[str] = Field(default_factory=list)


class _FormSpec(_Strict):
    title: str
    headings: list[str]


class _Common(_Strict):
    order: list[str]
    row_number: list[str]
    not_needed: list[str]
    example: list[str]
    totals: list[str]
    signatures: list[str]
    titles: dict[str, str]
    forms: dict[str, _FormSpec]
    nobody: str
    deceased: str
    negations: str
    divorced: str
    none_of_them: list[str]


@dataclass(frozen=True, slots=True)
class TableField:
    """One field of a table.

    `column` is its name in the store, `part_of` the field it is a part of (a surname of a name); with `fallback` a second
    column of the same meaning is asked where the first is empty. `values` names the words its cells are understood by.
    """

    name: str
    kind: str
    column: str
    heading: str
    values: str | None
    part_of: str | None
    fallback: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """Headings that fit two fields: one such column is the first of `one` still free, two are `two` in order."""

    headings: frozenset[str]
    one: tuple[str, ...]
    two: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table an officer hands in; `headings` maps a comparable heading to its field and rank (lower is better).

    `from_title`, `from_place`: what title rows, and the names of sheet, file and folders, may say → field.

    Compared by identity: what a heading means is remembered by table.
    """

    name: str
    store: str
    requires: tuple[frozenset[str], ...]
    at_least: int
    from_title: dict[str, str]
    from_place: dict[str, str]
    fields: dict[str, TableField]
    headings: dict[str, tuple[str, int]]
    shared: tuple[Shared, ...]
    duplicates_after: str | None
    not_needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """An official form: a title that names it, and headings only it has together."""

    title: re.Pattern[str]
    headings: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Everything the files of this folder say, in comparable form."""

    tables: dict[str, Table]
    row_number: frozenset[str]
    not_needed: frozenset[str]
    example: frozenset[str]
    no_record: re.Pattern[str]
    titles: dict[str, re.Pattern[str]]
    forms: dict[str, Form]
    nobody: re.Pattern[str]
    deceased: re.Pattern[str]
    negations: re.Pattern[str]
    divorced: re.Pattern[str]
    values: dict[str, dict[str, str]]
    none_of_them: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    spec = _Common.model_validate(_read("common.yml"))
    values: dict[str, dict[str, list[str]]] = _read("values.yml")
    return Vocabulary(
        tables={name: _table(name, _TableSpec.model_validate(_read(f"tables/{name}.yml"))) for name in spec.order},
        row_number=frozenset(plain(one) for one in spec.row_number),
        not_needed=frozenset(plain(one) for one in spec.not_needed),
        example=frozenset(plain(one) for one in spec.example),
        no_record=re.compile(r"(?:" + "|".join(plain(one) for one in [*spec.totals, *spec.signatures]) + r")\b"),
        titles={name: re.compile(pattern, re.IGNORECASE) for name, pattern in spec.titles.items()},
        forms={
            name: Form(re.compile(form.title, re.IGNORECASE), frozenset(map(plain, form.headings)))
            for name, form in spec.forms.items()
        },
        nobody=re.compile(spec.nobody),
        deceased=re.compile(spec.deceased, re.IGNORECASE),
        negations=re.compile(spec.negations),
        divorced=re.compile(spec.divorced, re.IGNORECASE),
        values={
            key: {plain(word): value for value, words in group.items() for word in [value, *words]}
            for key, group in values.items()
        },
        none_of_them=frozenset(plain(one) for one in spec.none_of_them),
    )


def with_own_headings(words: Vocabulary, own: Mapping[str, Mapping[str, str]]) -> Vocabulary:
    """The vocabulary with headings a workspace has mapped (`[headings]` of affil.toml): table → heading as written → field.

    An own heading wins over the shipped ones; `-` says that nothing needs the column. A table or field that does not exist is
    a `KeyError` naming both.
    """
    tables = dict(words.tables)
    for name, headings in own.items():
        table = tables[name]
        meant = {plain(heading): field for heading, field in headings.items()}
        unknown = sorted({field for field in meant.values() if field != NOT_NEEDED} - table.fields.keys())
        if unknown:
            raise KeyError(f"{name}.{unknown[0]}")
        left_out = frozenset(heading for heading, field in meant.items() if field == NOT_NEEDED)
        tables[name] = replace(
            table,
            headings={**table.headings, **{heading: (field, 0) for heading, field in meant.items() if field != NOT_NEEDED}},
            not_needed=(table.not_needed - meant.keys()) | left_out,
            shared=tuple(replace(one, headings=one.headings - meant.keys()) for one in table.shared),
        )
    return replace(words, tables=tables)


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = plain_yaml((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return content


def _table(name: str, spec: _TableSpec) -> Table:
    headings: dict[str, tuple[str, int]] = {}
    for field, one in spec.fields.items():
        for rank, heading in enumerate([field, *one.headings]):
            headings.setdefault(plain(heading), (field, rank))
    shared = tuple(Shared(frozenset(plain(h) for h in one.headings), tuple(one.one), tuple(one.two)) for one in spec.shared)
    for one_shared in shared:
        for heading in one_shared.headings:
            headings.pop(heading, None)
    return Table(
        name=name,
        store=spec.store,
        requires=tuple(frozenset(group) for group in spec.requires),
        at_least=spec.at_least,
        from_title=spec.from_title,
        from_place=spec.from_place,
        fields={
            key: TableField(key, one.kind, one.column or key, one.headings[0], one.values, one.part_of, one.fallback)
            for key, one in spec.fields.items()
        },
        headings=headings,
        shared=shared,
        duplicates_after=spec.duplicates_after,
        not_needed=frozenset(plain(one) for one in spec.not_needed),
    )
