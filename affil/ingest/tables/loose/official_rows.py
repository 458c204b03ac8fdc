"""Officials in rows of their own among their kin, moved into columns of their own left of the kin.

Two layouts: a separator row («Агатов Борис Ильич, директор») with the kin below it, and one column of names where the column of
kinship is empty or says «сам», «служащий». A row that may be somebody forgotten ends what the official above has: whose the
next rows are nobody knows, they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from affil.ingest.formats.csvfile import NoRow
from affil.ingest.tables.kin.pieces import EDGES, birth_in_front, kin_in_front, name_in_front
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.roles import FIO, NUMBER, Roles
from affil.ingest.tables.sheet.skipped_rows import is_total_or_numbering
from affil.ingest.values.cells import Cell, shown
from affil.ingest.vocabulary.loose_words import loose_words
from affil.ingest.vocabulary.vocabulary import plain
from affil.language.fio import parse_name
from affil.language.kin_names import family, patronymic_fits
from affil.language.kin_words import parse_relationship

BLANK, HEAD, SKIPPED, OFFICIAL, KIN, DOUBT, SECTION = "blank", "head", "skipped", "official", "kin", "doubt", "section"
_ORDINAL = re.compile(r"^\s*\d{1,3}[.)]\s*")
_JOB = re.compile(r"должн|position", re.IGNORECASE)
_FULL = 3
_HEAD_WITHIN = 2
_SAME = 2


@dataclass(slots=True)
class _Kind:
    """What a row is; of an official his name, what else the row says of him, and whether only kin below make him sure."""

    kind: str
    name: str = ""
    beside: dict[str, Cell] = field(default_factory=dict)
    labelled: bool = False
    sure: bool = True


def officials_beside(draft: Draft) -> None:
    """Move the officials of such a list into columns of their own; nothing where the list names them in a column already."""
    roles = draft.roles()
    kinship, names = roles.at("relationship"), [*roles.at("name"), *roles.at(FIO)]
    if len(kinship) != 1 or len(names) != 1 or any(roles.at(one) for one in ("official_name", "employee_id", "surname")):
        return
    rows = _Rows(draft, roles, kinship[0], names[0])
    kinds = [rows.kind(index) for index in range(len(draft.rows))]
    _settle_one_column(rows, kinds)
    if not any(one.kind == OFFICIAL for one in kinds):
        return
    _settle_titles(draft, kinds)
    _settle_alone(kinds)
    if any(one.kind == OFFICIAL for one in kinds):
        _write(draft, rows, kinds)


class _Rows:
    """Tells what each row is."""

    def __init__(self, draft: Draft, roles: Roles, kinship: int, name: int) -> None:
        self.draft, self.roles, self.kinship, self.name = draft, roles, kinship, name
        self.number = roles.at(NUMBER)
        self.head = {column: plain(shown(cell)) for column, cell in enumerate(draft.rows[draft.head]) if shown(cell)}
        self.width = max(self.head) + 1

    def kind(self, row: int) -> _Kind:
        """What the row is before its neighbours are asked."""
        cells = self.draft.rows[row]
        filled = [at for at, cell in enumerate(cells[: self.width]) if cell is not None and shown(cell)]
        if isinstance(cells, NoRow):
            return _Kind(DOUBT)
        if not filled:
            return _Kind(BLANK)
        if row == self.draft.head or sum(plain(shown(cells[at])) == self.head.get(at) for at in filled) >= _SAME:
            return _Kind(HEAD)
        if is_total_or_numbering(cells, self.width):
            return _Kind(SKIPPED)
        others = [at for at in filled if at not in self.number or not shown(cells[at])[0].isdigit()]
        if row < self.draft.head and len(filled) > 1:
            return _Kind(DOUBT)
        if len(others) == 1 and (others[0] != self.name or len(filled) == 1):
            return self._alone(row, others[0])
        if self.kinship in others and not self._himself(row):
            return _Kind(KIN)
        return _Kind(DOUBT)

    def _alone(self, row: int, column: int) -> _Kind:
        """A row of one text: an official, somebody who cannot be told from one, or a department."""
        text = self.draft.text(row, column)
        if column == self.kinship and parse_relationship(text) is not None:
            return _Kind(KIN)
        official = _official(text)
        if official is not None:
            return official
        return _Kind(DOUBT if any(_is_full(part) for part in _names_in(text)) else SECTION)

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

    def official_in(self, row: int) -> _Kind | None:
        """The official of a row of the common column of names; None where the cell is no name of one person alone."""
        text = self.draft.text(row, self.name).strip()
        named = name_in_front(text, sure=True)
        if named is None or named[1].strip(EDGES):
            return None
        return _Kind(OFFICIAL, named[0].strip(EDGES), self._beside(row))

    def _beside(self, row: int) -> dict[str, Cell]:
        """What the other cells of his row say of the official."""
        words = loose_words()
        found: dict[str, Cell] = {}
        cells = self.draft.rows[row]
        for column, name in self.roles.field.items():
            cell = cells[column] if column < len(cells) else None
            if name not in words.official_heading or name in ("name", "number") or cell is None or not shown(cell):
                continue
            if name == "employer" and _JOB.search(self.draft.text(self.draft.head, column)):
                name = "position"
            found.setdefault(name, cell)
        for name, heading in words.relative_heading.items():
            if row in self.draft.right.get(heading, {}):
                found[name] = self.draft.right[heading].pop(row)
        return found


def _names_in(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<![^\W\d_])[А-ЯЁA-Z]", text):
        named = name_in_front(text[match.start() :], sure=True)
        if named:
            yield named[0]


def _is_full(name: str) -> bool:
    return len(re.sub(r"\([^()]*\)", " ", name).split()) >= _FULL


def _official(text: str) -> _Kind | None:
    """The official a row of its own names, with his post and birth; None where it is not sure that it is just him."""
    text = " ".join(_ORDINAL.sub("", text).split())
    label = loose_words().label.match(text)
    body = text[label.end() :] if label else text
    named = name_in_front(body, sure=True)
    if named is None or kin_in_front(body) is not None:
        return None
    name, rest = named[0].strip(EDGES), named[1]
    words = len(re.sub(r"\([^()]*\)", " ", name).split())
    if words != _FULL and not (label and words < _FULL):
        return None
    if rest and (rest[0].isalnum() or any(map(_is_full, _names_in(rest)))):
        return None
    rest = rest.strip(EDGES + "()")
    beside: dict[str, Cell] = {}
    born = birth_in_front(rest)
    if born:
        beside["birth_date"], rest = born[0], born[1].strip(EDGES + "()")
    if any(kin_in_front(part.strip(EDGES)) for part in re.split(r"[,;()–—:]", rest) if part.strip(EDGES)):
        return None
    if rest:
        beside["position"] = rest
    return _Kind(OFFICIAL, name, beside, labelled=label is not None, sure=False)


def _settle_one_column(rows: _Rows, kinds: list[_Kind]) -> None:
    """Officials of a common column of names; a person without kinship who may be somebody's kin is a doubt."""
    separated = any(one.kind == OFFICIAL for one in kinds[rows.draft.head :])
    found = [(row, himself) for row, himself in rows.candidates() if kinds[row].kind in (DOUBT, OFFICIAL)]
    if separated or not found:
        for row, _ in found:
            kinds[row] = kinds[row] if kinds[row].kind == OFFICIAL else _Kind(DOUBT)
        return
    named = any(himself for _, himself in found)
    of_kin = [row for row, one in enumerate(kinds) if one.kind == KIN]
    numbered = not any(map(rows.is_numbered, of_kin)) and any(rows.is_numbered(row) for row, _ in found)
    last: _Kind | None = None
    for row, himself in found:
        official = rows.official_in(row)
        sure = himself if named else rows.is_numbered(row) if numbered else _stands_out(rows, row, official, last)
        if official is None or not sure:
            kinds[row] = _Kind(DOUBT)
            continue
        official.sure = named or numbered
        kinds[row] = last = official


def _stands_out(rows: _Rows, row: int, official: _Kind | None, last: _Kind | None) -> bool:
    """Whether nothing but the missing kinship tells that a person is an official: his place of work is given, and neither his
    surname nor his patronymic is of the family of the official above, whose forgotten kin he would be."""
    employer = rows.roles.at("employer") or rows.roles.at("position")
    if official is None or (employer and not any(rows.draft.text(row, column) for column in employer)):
        return False
    return last is None or not _one_family(official.name, last.name)


def _one_family(one: str, other: str) -> bool:
    mine, theirs = parse_name(one), parse_name(other)
    if mine is None or theirs is None:
        return True
    same = family(mine.surname) == family(theirs.surname)
    return same or bool(patronymic_fits(theirs.given, mine.patronymic)) or bool(patronymic_fits(mine.given, theirs.patronymic))


def _settle_titles(draft: Draft, kinds: list[_Kind]) -> None:
    """Of the rows above the headings only the one right above names an official, where it says so or every block has such."""
    cards = any(
        kinds[row].kind == HEAD and any(one.kind == OFFICIAL for one in kinds[max(row - _HEAD_WITHIN, draft.head + 1) : row])
        for row in draft.body()
    )
    above = next(
        (row for row in range(draft.head - 1, max(draft.head - 1 - _HEAD_WITHIN, -1), -1) if kinds[row].kind != BLANK), None
    )
    for row in range(draft.head):
        if kinds[row].kind == OFFICIAL and (row != above or not (kinds[row].labelled or cards)):
            kinds[row] = _Kind(SECTION)


def _settle_alone(kinds: list[_Kind]) -> None:
    """A name in a row of its own without kin below may be a signature: no official."""
    for row, one in enumerate(kinds):
        if one.kind == OFFICIAL and not one.sure:
            below = _first_below(kinds, row)
            if below is None or kinds[below].kind != KIN:
                kinds[row] = _Kind(DOUBT)


def _first_below(kinds: list[_Kind], row: int) -> int | None:
    """The first row below that is neither headings nor, above those, blank."""
    at = row + 1
    head = next((index for index in range(at, min(at + _HEAD_WITHIN, len(kinds))) if kinds[index].kind == HEAD), None)
    at = at if head is None else head + 1
    return at if at < len(kinds) else None


def _write(draft: Draft, rows: _Rows, kinds: list[_Kind]) -> None:
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
    for column in rows.number:
        draft.put(draft.head, column, None)
    if rows.roles.field.get(rows.name) != "name":
        draft.put(draft.head, rows.name, words.relative_heading["name"])
    draft.left = {**left, **draft.left}
    draft.changed = True


def _head_follows(kinds: list[_Kind], row: int) -> bool:
    return row + 1 < len(kinds) and kinds[row + 1].kind == HEAD


def _moved(draft: Draft, kinds: list[_Kind], row: int) -> int:
    """The row the official is written to: his own, or that of the headings said again below him. His own cells are emptied."""
    head = next((at for at in range(row + 1, min(row + 1 + _HEAD_WITHIN, len(kinds))) if kinds[at].kind == HEAD), None)
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
