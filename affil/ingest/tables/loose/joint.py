"""A column that holds a name and more («ФИО, дата рождения, должность»), taken apart into columns of their own.

A cell that does not begin with a full name, or where something is left that the heading does not speak of, stays as it is.
"""

from __future__ import annotations

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.tables.kin.pieces import EDGES, birth_in_front, kin_in_front, name_in_front, trimmed
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.roles import FIO, Joint
from affil.ingest.tables.rows.people import names_several
from affil.ingest.values.cells import Cell
from affil.ingest.vocabulary.loose_words import loose_words
from affil.language.companies import looks_like_company

LONGEST = 300  # letters of a cell; more is no name and what little stands beside it


def take_apart(draft: Draft, kin_beside: bool) -> None:
    """Take apart each such column of the draft. `kin_beside`: kin stand in columns of their own, the name is the official's."""
    roles = draft.roles()
    for column, joint in roles.joint.items():
        whose = joint.whose or _by_neighbours(draft, column, kin_beside)
        words = loose_words()
        heading = {"official": words.official_heading["name"], "relative": words.relative_heading["name"]}.get(whose, "ФИО")
        draft.put(draft.head, column, heading)
        for row in draft.body():
            if not isinstance(draft.rows[row], NoRow):
                _cell(draft, row, column, joint, whose)


def _by_neighbours(draft: Draft, column: int, kin_beside: bool) -> str:
    """Whose a column is that does not say so: the side that has no other column of names; «both» where there is but one."""
    if kin_beside:
        return "official"
    roles = draft.roles()
    said = {one.whose for one in roles.joint.values()}
    if roles.at("official_name") or roles.at("employee_id") or "official" in said:
        return "relative"
    if roles.at("name") or roles.at("surname") or "relative" in said:
        return "official"
    silent = sorted([*roles.at(FIO), *(at for at, one in roles.joint.items() if one.whose is None)])
    if len(silent) > 1:
        return "official" if column == silent[0] else "relative"
    return "both"


def _cell(draft: Draft, row: int, column: int, joint: Joint, whose: str) -> None:
    found = parted(draft.text(row, column), joint.fields)
    if found is None:
        return
    name, beside = found
    draft.put(row, column, name)
    words = loose_words()
    headings = words.official_heading if whose == "official" else words.relative_heading
    added = draft.left if whose == "official" else draft.right
    for field in joint.fields:
        added.setdefault(headings[field], {})
        if field in beside:
            added[headings[field]][row] = beside[field]


def parted(text: str, fields: tuple[str, ...]) -> tuple[str, dict[str, Cell]] | None:
    """The name a text begins with and what stands behind it, by field; None where it is not sure what is what."""
    if len(text) > LONGEST:
        return None
    text = ", ".join(line.strip(" ,;") for line in text.splitlines() if line.strip())
    named = name_in_front(text, sure=True)
    if named is None or kin_in_front(text):
        return None
    name, rest = trimmed(named[0]), named[1]
    if names_several(text) and not ("employer" in fields and looks_like_company(rest.strip(EDGES))):
        return None
    beside: dict[str, Cell] = {}
    rest = rest.strip(EDGES + "()")
    born = birth_in_front(rest) if "birth_date" in fields else None
    if born:
        beside["birth_date"], rest = born[0], born[1].strip(EDGES + "()")
    if not rest:
        return name, beside
    told = next((one for one in ("employer", "position", "address", "phone") if one in fields), None)
    if told is None or name_in_front(rest, sure=True):
        return None
    return name, {**beside, told: rest}
