"""The suppliers one row names: names and ИНН matched, out of one cell or two, one or several of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from affil.ingest.tables.rows.row import TableRow
from affil.ingest.values.cells import Refused
from affil.ingest.values.number_values import PERSON_DIGITS, any_inn
from affil.language.companies import looks_like_company, person_in_supplier_name
from affil.language.company_forms import forms, name_words
from affil.language.identifiers import valid_inn

Named = tuple[str | None, str | None]  # name, ИНН

_WITH_WORD = re.compile(
    r"[\s,;(/]*\b(?:ИНН|INN)(?:\s*/\s*КПП)?\W{0,3}(\d{9,12})(?!\d)(?:\s*[/\\]\s*\d{8,9}(?!\d))?(?:\s*[/,;]?\s*КПП\W{0,3}\d{8,9})?\s*\)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\s,;(/]*(?<![\d№])(?<!№ )(\d{12}|\d{10})(?!\d)(?:\s*[/\\]\s*\d{9}(?!\d))?\s*\)?")
_LOST_DIGITS = re.compile(r"\b(?:ИНН|INN)\W{0,3}(\d[.,]\d+E\+?\d+)", re.IGNORECASE)
_EDGES = " \t\n,;:/–—-"
_LISTED = re.compile(r"[;\n|]+")
_COMMA = re.compile(r"\s*,\s*")
_CLOSES = re.compile(r"(?<=[^\s(][\"»”])\s*(?=[А-ЯЁA-Z])")  # glued: «… \"А\"ОБЩЕСТВО …»; before an opening mark is a space
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+")


def suppliers_of(row: TableRow) -> tuple[Named, ...]:
    """Every supplier of the row, in its order, each once; () where it names none.

    Several ИНН and as many names belong together in their order, as the ЕИС writes them; where the numbers differ each ИНН keeps
    the whole text, for nobody can say whose which name is; names beyond their number stand for themselves.
    """
    written: str | None = row.get("supplier")
    inns: tuple[str, ...] = row.get("supplier_inn") or ()
    if written is None:
        return tuple((None, inn) for inn in inns)
    if len(inns) > 1:
        return _once(_matched(written, inns))
    if inns:
        name = _inn_inside(row, written, told=False)[0]
        return ((name, inns[0]),)
    return _once(_inn_inside(row, part, told=True) for part in _each(written))


def _once(several: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(one for one in several if one != (None, None)))


def _inn_inside(row: TableRow, text: str, told: bool) -> Named:
    """The name without the ИНН written into its cell, and that ИНН; a number without the word counts where its digits check."""
    text = " ".join(text.split())
    found = _WITH_WORD.search(text)
    if found is None:
        bare = _BARE.search(text)
        found = bare if bare and valid_inn(bare[1]) else None
    if found is None:
        if told and (lost := _LOST_DIGITS.search(text)):
            row.doubt("supplier", "inn_lost_digits", lost[1])
        return text or None, None
    name = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(_EDGES) or None
    try:
        return name, any_inn(found[1])
    except Refused as refused:
        if told:
            row.doubt("supplier", refused.reason, found[1], **refused.params)
        return name, None


def _each(text: str) -> list[str]:
    """The suppliers of a cell that lists several, one a line or between semicolons; what is no list stays one."""
    parts = [part for one in _LISTED.split(text) if (part := _NUMBERING.sub("", one).strip(_EDGES))]
    return parts if len(parts) > 1 and all(map(_names_somebody, parts)) else [text]


def _names_somebody(text: str) -> bool:
    """Whether a text by itself names a supplier: an organisation by more than its form, or a person."""
    words = name_words(text)
    if person_in_supplier_name(text) is not None:
        return True
    return looks_like_company(text) and tuple(words) not in forms() and len(words) > 1


def _matched(text: str, inns: tuple[str, ...]) -> list[Named]:
    """Names and ИНН side by side where there are as many of one as of the other, and each name fits the length of its ИНН."""
    for names in _splits(text):
        if len(names) == len(inns) and all(_fits(name, inn) for name, inn in zip(names, inns, strict=True)):
            return list(zip(names, inns, strict=True))
    listed = [names for names in _splits(text) if len(names) > len(inns) and all(map(_names_somebody, names))]
    if listed:  # more names than ИНН: nobody of them may be lost
        return [*((None, inn) for inn in inns), *((name, None) for name in listed[0])]
    whole = " ".join(text.split())
    return [(whole, inn) for inn in inns]


def _splits(text: str) -> Iterable[list[str]]:
    for between in (_LISTED, _COMMA, _CLOSES):
        yield [part for one in between.split(text) if (part := one.strip(_EDGES))]


def _fits(name: str, inn: str) -> bool:
    person = person_in_supplier_name(name) is not None
    return person if len(inn) == PERSON_DIGITS else not person and looks_like_company(name)
