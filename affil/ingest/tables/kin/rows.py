"""Columns of kin of one official's row into rows of the table of relatives, for the builder that reads those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from affil.ingest.tables.kin.cell import NOT_UNDERSTOOD, kin_of_cell
from affil.ingest.tables.kin.columns import KinPart
from affil.ingest.tables.sheet.headings import Row
from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.converters import converter
from affil.ingest.vocabulary.vocabulary import vocabulary

LINES_DIFFER = "kin_lines_differ"
_NAME_PARTS = ("surname", "given", "patronymic")
_LINES = re.compile(r"[\n\r;]+")
_NUMBERING = re.compile(r"^\s*\d{1,2}[.)]\s+(?=\S)")
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Untaken:
    """Something of a row of kin that was not taken: the column, why, and the text."""

    column: int
    reason: str
    value: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class KinRow:
    """One relative: where in the row it stands («Дети[2]»), the values by field, and the text it was read from."""

    place: str
    column: int
    values: dict[str, Any]
    text: str


def places_of(parts: Sequence[KinPart]) -> list[str]:
    """What each part is called in a locator: its heading, and the letter of its column where two have one heading."""
    labels = [" ".join(re.sub(r"[|/\[\]!]", " ", part.label).split())[:_LONGEST_LABEL].strip() for part in parts]
    return [
        f"{label} ({_letter(min(part.about.values()))})" if labels.count(label) > 1 else label
        for label, part in zip(labels, parts, strict=True)
    ]


def _letter(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def kin_rows(part: KinPart, place: str, cells: Row) -> tuple[list[KinRow], list[Untaken]]:
    """Everybody the columns of `part` tell of in this row, and what could not be taken."""
    column = part.about.get("name", part.about.get("surname", 0))
    text = _written(part, cells)
    told = kin_of_cell(text, part.kin) if text else None
    people = told.people if told else []
    untaken = [Untaken(column, reason, value, {}) for reason, value in (told.left if told else ())]
    about, refused = _about(part, cells, len(people))
    untaken += refused
    if not people and any(about[0].values()) and not untaken:
        if part.kin is None:
            return [], [Untaken(column, NOT_UNDERSTOOD, "; ".join(shown(cells[at]) for at in _filled(part, cells)), {})]
        people = [{"relationship": part.kin}]
    rows = []
    for number, person in enumerate(people, 1):
        values = {**person, **{name: value for name, value in about[number - 1].items() if value is not None}}
        written = str(values.pop("text", text))
        rows.append(KinRow(f"{place}[{number}]" if len(people) > 1 else place, column, values, written))
    return rows, untaken


def _written(part: KinPart, cells: Row) -> str:
    """The cell that says who, with its lines; a name in three columns is put together."""
    if "name" in part.about:
        return _text(cells, part.about["name"])
    return " ".join(filter(None, (_text(cells, part.about[name]) for name in _NAME_PARTS if name in part.about)))


def _text(cells: Row, column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return cell.strip() if isinstance(cell, str) else shown(cell)


def _filled(part: KinPart, cells: Row) -> Iterator[int]:
    return (at for at in sorted(part.about.values()) if at < len(cells) and shown(cells[at]))


def _about(part: KinPart, cells: Row, people: int) -> tuple[list[dict[str, Any]], list[Untaken]]:
    """What the other columns say of each of `people` (at least one): the whole cell of one, a line each of several."""
    found: list[dict[str, Any]] = [{} for _ in range(max(people, 1))]
    untaken: list[Untaken] = []
    for name, column in part.about.items():
        cell = cells[column] if column < len(cells) else None
        if name in ("name", *_NAME_PARTS) or cell is None or not shown(cell):
            continue
        each = _for_each(cell, people)
        if each is None:
            untaken.append(Untaken(column, LINES_DIFFER, shown(cell), {"people": str(people)}))
            continue
        for one, own in zip(found, each, strict=True):
            try:
                one[name] = _read(name, own)
            except Refused as refused:
                untaken.append(Untaken(column, refused.reason, shown(own), dict(refused.params)))
    return [{name: value for name, value in one.items() if value not in (None, (None, None))} for one in found], untaken


def _for_each(cell: Cell, people: int) -> list[Cell] | None:
    """The cell of each person; None where nobody can say which line is whose."""
    if people <= 1:
        return [cell]
    lines: list[Cell] = [_NUMBERING.sub("", line).strip() for line in _LINES.split(str(cell)) if line.strip()]
    return lines if len(lines) == people else None


def _read(name: str, cell: Cell) -> Any:
    spec = vocabulary().tables["relatives"].fields[name]
    return converter(spec.kind, spec.values)(cell)
