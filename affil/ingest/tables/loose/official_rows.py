"""Officials in rows of their own among their kin, moved into columns of their own left of the kin.

Two layouts: a separator row («Агатов Борис Ильич, директор») with the kin below it, and one column of names where the column of
kinship is empty or says «сам», «служащий». A row that may be somebody forgotten ends what the official above has: whose the
next rows are nobody knows, they are refused.
"""

from __future__ import annotations

from affil.ingest.tables.loose.doubts import HEAD_WITHIN, settle_alone, settle_families, settle_one_column, settle_titles
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.official_text import BLANK, DOUBT, HEAD, KIN, OFFICIAL, SECTION, SKIPPED, RowKind
from affil.ingest.tables.loose.roles import FIO
from affil.ingest.tables.loose.row_kinds import SeenRows
from affil.ingest.values.cells import Cell
from affil.ingest.vocabulary.loose_words import loose_words


def officials_beside(draft: Draft) -> None:
    """Move the officials of such a list into columns of their own; nothing where the list names them in a column already."""
    roles = draft.roles()
    kinship, names = roles.at("relationship"), [*roles.at("name"), *roles.at(FIO)]
    if len(kinship) != 1 or len(names) != 1 or any(roles.at(one) for one in ("employee_id", "surname")):
        return
    if any(draft.text(row, column) for column in roles.at("official_name") for row in draft.body()):
        return
    rows = SeenRows(draft, roles, kinship[0], names[0])
    kinds = [rows.kind(index) for index in range(len(draft.rows))]
    settle_one_column(rows, kinds)
    if not any(one.kind == OFFICIAL for one in kinds):
        return
    settle_families(rows, kinds)
    settle_titles(draft, kinds)
    settle_alone(kinds)
    if any(one.kind == OFFICIAL for one in kinds):
        _write(draft, rows, kinds)


def _write(draft: Draft, rows: SeenRows, kinds: list[RowKind]) -> None:
    """The officials into the added columns, each with a number; a row of kin nobody owns has a number and no official."""
    words = loose_words()
    headings = [words.official_heading[name] for name in ("number", "name")]
    told = [name for name in words.official_heading if any(name in one.beside for one in kinds)]
    left: dict[str, dict[int, Cell]] = {one: {} for one in [*headings, *(words.official_heading[name] for name in told)]}
    owner, count, head = False, 0, draft.head
    for row, one in enumerate(kinds):
        if one.kind == OFFICIAL:
            count += 1
            at = _moved(draft, kinds, row)
            values = {"number": count, "name": one.name, **one.beside}
            for name, value in values.items():
                left[words.official_heading[name]][at] = value
            owner = True
        elif row > head and one.kind in (DOUBT, SECTION, SKIPPED):
            owner = False
        elif one.kind == BLANK and row > head:
            owner = owner and _head_follows(kinds, row)
        if row > head and (one.kind == DOUBT or (one.kind == KIN and not owner)):
            count += 1
            left[headings[0]][row] = count
    for column in [*rows.number, *rows.roles.at("official_name")]:
        draft.put(draft.head, column, None)
    if rows.roles.field.get(rows.name) != "name":
        draft.put(draft.head, rows.name, words.relative_heading["name"])
    draft.left = {**left, **draft.left}
    draft.changed = True


def _head_follows(kinds: list[RowKind], row: int) -> bool:
    return row + 1 < len(kinds) and kinds[row + 1].kind == HEAD


def _moved(draft: Draft, kinds: list[RowKind], row: int) -> int:
    """The row the official is written to: his own, or that of the headings said again below him. His own cells are emptied."""
    head = next((at for at in range(row + 1, min(row + 1 + HEAD_WITHIN, len(kinds))) if kinds[at].kind == HEAD), None)
    if head is None:
        draft.rows[row] = []
        return row
    between = all(kinds[at].kind in (BLANK, HEAD) for at in range(row + 1, head + 1))
    if not between:
        draft.rows[row] = []
        return row
    draft.rows[row], draft.rows[head] = (draft.rows[head] if head == draft.head else []), []
    if head == draft.head:
        draft.head = row
    return head
