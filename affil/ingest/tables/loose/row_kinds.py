"""What each row of a loose list is by itself: headings, an official, kin, a department, a total, or not to be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.tables.kin.pieces import EDGES, name_in_front, trimmed
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.joint import LONGEST
from affil.ingest.tables.loose.official_text import (
    BLANK,
    DOUBT,
    HEAD,
    KIN,
    OFFICIAL,
    SECTION,
    SKIPPED,
    RowKind,
    is_full,
    names_in,
    official_of_text,
)
from affil.ingest.tables.loose.roles import NUMBER, Roles
from affil.ingest.tables.rows.people import says_nobody
from affil.ingest.tables.sheet.skipped_rows import is_total_or_numbering
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.loose_words import loose_words
from affil.ingest.vocabulary.vocabulary import plain
from affil.language.kin_words import parse_relationship

OF_POST = re.compile(r"должн|position", re.IGNORECASE)
_SAME = 2


class SeenRows:
    """Tells what each row is."""

    def __init__(self, draft: Draft, roles: Roles, kinship: int, name: int) -> None:
        self.draft, self.roles, self.kinship, self.name = draft, roles, kinship, name
        self.number = roles.at(NUMBER)
        self.head = {column: plain(shown(cell)) for column, cell in enumerate(draft.rows[draft.head]) if shown(cell)}
        self.width = max(self.head) + 1
        self.wide = {top for (top, left), (bottom, right) in draft.merged if top == bottom and right > left}

    def kind(self, row: int) -> RowKind:
        """What the row is before its neighbours are asked."""
        cells = self.draft.rows[row]
        filled = [at for at, cell in enumerate(cells[: self.width]) if cell is not None and shown(cell)]
        if isinstance(cells, NoRow):
            return RowKind(DOUBT)
        if not filled:
            return RowKind(BLANK)
        if row == self.draft.head or sum(plain(shown(cells[at])) == self.head.get(at) for at in filled) >= _SAME:
            return RowKind(HEAD)
        if is_total_or_numbering(cells, self.width):
            return RowKind(SKIPPED)
        others = [at for at in filled if at not in self.number or not shown(cells[at])[0].isdigit()]
        if row < self.draft.head and len(filled) > 1:
            return RowKind(DOUBT)
        if others in ([self.name], [self.kinship]) and says_nobody(self.draft.text(row, others[0])):
            self.draft.moved.add(row)
            return RowKind(KIN)
        if len(others) == 1 and (others[0] != self.name or len(filled) == 1):
            return self._alone(row, others[0])
        if self.kinship in others and not self._himself(row):
            return RowKind(KIN)
        return RowKind(DOUBT)

    def _alone(self, row: int, column: int) -> RowKind:
        """A row of one text: an official, somebody who cannot be told from one, or a department."""
        text = self.draft.text(row, column)
        if len(text) > LONGEST:
            return RowKind(DOUBT)
        if column == self.kinship and parse_relationship(text) is not None:
            self.draft.moved.add(row)
            return RowKind(KIN)
        official = official_of_text(text)
        if official is not None:
            return official
        return RowKind(DOUBT if any(is_full(part) for part in names_in(text)) else SECTION)

    def _himself(self, row: int) -> bool:
        return loose_words().himself.fullmatch(self.draft.text(row, self.kinship).strip(EDGES)) is not None

    def candidates(self) -> Iterator[tuple[int, bool]]:
        """Rows below the headings with a name and no kinship, or with «сам» in its place."""
        for row in self.draft.body():
            cells = self.draft.rows[row]
            if isinstance(cells, NoRow) or not self.draft.text(row, self.name):
                continue
            himself = self._himself(row)
            if himself or not self.draft.text(row, self.kinship):
                yield row, himself

    def is_numbered(self, row: int) -> bool:
        """Whether the row has a number of its own."""
        return any(self.draft.text(row, column) for column in self.number)

    def official_in(self, row: int) -> RowKind | None:
        """The official of a row of the common column of names; None where the cell is no name of one person alone."""
        text = self.draft.text(row, self.name).strip()
        named = name_in_front(text, sure=True) if len(text) <= LONGEST else None
        if named is None or named[1].strip(EDGES):
            return None
        return RowKind(OFFICIAL, trimmed(named[0]), self._beside(row))

    def _beside(self, row: int) -> dict[str, Cell]:
        """What the other cells of his row say of the official."""
        words = loose_words()
        found: dict[str, Cell] = {}
        cells = self.draft.rows[row]
        for column, name in self.roles.field.items():
            cell = cells[column] if column < len(cells) else None
            if name not in words.official_heading or name in ("name", "number") or cell is None or not shown(cell):
                continue
            if name == "employer" and OF_POST.search(self.draft.text(self.draft.head, column)):
                name = "position"
            found.setdefault(name, cell)
        for name, heading in words.relative_heading.items():
            if row in self.draft.right.get(heading, {}):
                found[name] = self.draft.right[heading].pop(row)
        return found
