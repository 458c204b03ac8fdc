"""Kin written into one cell, as values of the table of relatives: «жена – Иванова (до брака Петрова) Анна, 1980; детей нет».

What is not understood is told with its text and nothing is guessed from it: a person that might be somebody else's kin is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from affil.ingest.tables.kin.cell_reader import CellReader, says_nobody
from affil.ingest.tables.kin.pieces import EDGES, pieces
from affil.ingest.tables.kin.sides import either_side
from affil.ingest.tables.kin.told import Told
from affil.ingest.tables.kin.word_under_heading import under_heading
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import birth_value
from affil.ingest.values.number_values import person_inn
from affil.ingest.vocabulary.kin_layouts import kin_layouts
from affil.ingest.vocabulary.vocabulary import plain
from affil.language.kin_words import parse_relationship

NOT_UNDERSTOOD, OTHER_KIN = "kin_not_understood", "kin_other_than_heading"
_ONE_OF = frozenset({"spouse", "parent"})
_LONGEST_CELL = 20_000


@dataclass(slots=True)
class KinCell:
    """`people`: values by field of the table of relatives; `left`: (reason, text) of what was not taken."""

    people: list[dict[str, Any]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def kin_of_cell(text: str, heading: str | None) -> KinCell:
    """Everybody a cell tells of. `heading`: the kin words its column is headed with, None where the cell itself must say."""
    found = KinCell()
    if len(text) > _LONGEST_CELL:
        found.left.append((NOT_UNDERSTOOD, text))
        return found
    if plain(text) in kin_layouts().unknown:
        return found
    if says_nobody(text):
        nobody = text.strip(EDGES) or "—"
        found.people.append({"relationship": heading or nobody, "name": nobody})
        return found
    reader = CellReader(heading)
    for piece, first in pieces(text):
        reader.take(piece, first)
    reader.finish()
    people = _no_second(reader.people, heading, found)
    for told, word in zip(people, either_side([told.word for told in people], heading), strict=True):
        told.word = word
        _settle(told, heading, found)
    found.left += [(NOT_UNDERSTOOD, one) for one in reader.left]
    return found


def _no_second(people: list[Told], heading: str | None, found: KinCell) -> list[Told]:
    """Without the second spouse, father or mother of a column of one: a name without a kin word there is somebody else's."""
    kin = parse_relationship(heading) if heading else None
    if kin is None or kin.group or not any(chain.rpartition(".")[2] in _ONE_OF for chain in kin.chains):
        return people
    bare = [told for told in people if told.word is None]
    found.left += [(NOT_UNDERSTOOD, ", ".join(told.text)) for told in bare[1:]]
    return [told for told in people if told.word is not None or told is bare[0]]


def _settle(told: Told, heading: str | None, found: KinCell) -> None:
    """One person into values, or into what is left."""
    text = ", ".join(told.text)
    relationship = under_heading(told.word, heading)
    if relationship is None:
        found.left.append((OTHER_KIN if told.word and heading else NOT_UNDERSTOOD, text))
        return
    values: dict[str, Any] = {"relationship": relationship, "text": text}
    if told.marks:
        values["relationship"] = f"{relationship} ({', '.join(told.marks)})"
    name = f"{told.name or ''} ({told.died})".strip() if told.died and told.name else told.name
    work = ", ".join(one for one in told.work if one.strip(EDGES))
    values.update(
        name=name,
        employer=work or (told.died if not told.name and told.died != told.word else None),
        address=", ".join(told.address) or None,
    )
    values["phone"] = told.phone
    _add_checked(values, "birth_date", told.birth, birth_value, found)
    _add_checked(values, "inn", told.inn, person_inn, found)
    found.people.append({name: value for name, value in values.items() if value is not None})


def _add_checked(values: dict[str, Any], name: str, text: str | None, read: Any, found: KinCell) -> None:
    if text is None:
        return
    try:
        values[name] = read(text)
    except Refused as refused:
        found.left.append((refused.reason, text))
