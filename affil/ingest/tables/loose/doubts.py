"""Which of the rows that name a person are surely officials: one who may be kin of the one above, or a signature, is a doubt."""

from __future__ import annotations

from collections.abc import Iterator

from affil.ingest.tables.kin.pieces import name_in_front
from affil.ingest.tables.loose.draft import Draft
from affil.ingest.tables.loose.joint import LONGEST
from affil.ingest.tables.loose.official_text import BLANK, DOUBT, HEAD, KIN, OFFICIAL, SECTION, RowKind
from affil.ingest.tables.loose.row_kinds import OF_POST, SeenRows
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import plain
from affil.language.fio import parse_name
from affil.language.kin_names import family, patronymic_fits

HEAD_WITHIN = 2  # rows between an official and the headings said again below him


def settle_one_column(rows: SeenRows, kinds: list[RowKind]) -> None:
    """Officials of a common column of names; a person without kinship who may be somebody's kin is a doubt."""
    separated = any(one.kind == OFFICIAL for one in kinds[rows.draft.head :])
    found = [(row, himself) for row, himself in rows.candidates() if kinds[row].kind in (DOUBT, OFFICIAL)]
    if separated or not found:
        for row, _ in found:
            kinds[row] = kinds[row] if kinds[row].kind == OFFICIAL else RowKind(DOUBT)
        return
    named = any(himself for _, himself in found)
    of_kin = [row for row, one in enumerate(kinds) if one.kind == KIN]
    numbered = not any(map(rows.is_numbered, of_kin)) and any(rows.is_numbered(row) for row, _ in found)
    last: RowKind | None = None
    for row, himself in found:
        official = rows.official_in(row)
        sure = himself if named else rows.is_numbered(row) if numbered else _stands_out(rows, kinds, row, official, last)
        if official is None or not sure:
            kinds[row] = RowKind(DOUBT)
            continue
        official.sure = named or numbered
        kinds[row] = last = official


def _stands_out(rows: SeenRows, kinds: list[RowKind], row: int, official: RowKind | None, last: RowKind | None) -> bool:
    """Whether a person is surely an official where nothing but the missing kinship tells it.

    He works where the first of them does, is not of the family of the official above, and of his kin below one at least is of
    his family and none of that other: else he may be kin of the one above whose kinship was forgotten.
    """
    if official is None:
        return False
    if last is None:
        return True
    places = [column for column in rows.roles.at("employer") if not OF_POST.search(rows.draft.text(rows.draft.head, column))]
    here = [plain(rows.draft.text(row, column)) for column in places]
    if _one_family(official.name, last.name) or here != [plain(shown(last.beside.get("employer"))) for _ in places]:
        return False
    return _kin_are_of(rows, kinds, row, official.name, last.name)


def _kin_are_of(rows: SeenRows, kinds: list[RowKind], row: int, official: str, above: str) -> bool:
    """Whether of the kin below a row one at least is of his family, and none only of the family of the official above."""
    kin = [rows.draft.text(at, rows.name) for at in _kin_below(kinds, row)]
    known = [name for text in kin if (name := name_in_front(text[:LONGEST], sure=True)) is not None]
    names = [name for name, _ in known]
    return any(_one_family(name, official) for name in names) and not any(
        _one_family(name, above) and not _one_family(name, official) for name in names
    )


def _kin_below(kinds: list[RowKind], row: int) -> Iterator[int]:
    for at in range(row + 1, len(kinds)):
        if kinds[at].kind != KIN:
            return
        yield at


def _one_family(one: str, other: str) -> bool:
    mine, theirs = parse_name(one), parse_name(other)
    if mine is None or theirs is None:
        return True
    same = family(mine.surname) == family(theirs.surname)
    return same or bool(patronymic_fits(theirs.given, mine.patronymic)) or bool(patronymic_fits(mine.given, theirs.patronymic))


def settle_families(rows: SeenRows, kinds: list[RowKind]) -> None:
    """A row of nothing but a name of the family above, neither merged nor numbered, may be kin whose kinship was forgotten."""
    last: RowKind | None = None
    for row in rows.draft.body():
        one = kinds[row]
        if one.kind != OFFICIAL:
            continue
        shown_as_one = one.sure or one.labelled or row in rows.wide or rows.is_numbered(row)
        among = not rows.draft.text(row, rows.kinship) and bool(rows.draft.text(row, rows.name)) and "position" not in one.beside
        doubted = last is not None and (
            _one_family(one.name, last.name) or (among and not _kin_are_of(rows, kinds, row, one.name, last.name))
        )
        if doubted and not shown_as_one:
            kinds[row] = RowKind(DOUBT)
            continue
        last = one


def settle_titles(draft: Draft, kinds: list[RowKind]) -> None:
    """Of the rows above the headings only the one right above names an official, where it says so or every block has such."""
    cards = any(
        kinds[row].kind == HEAD and any(one.kind == OFFICIAL for one in kinds[max(row - HEAD_WITHIN, draft.head + 1) : row])
        for row in draft.body()
    )
    above = next(
        (row for row in range(draft.head - 1, max(draft.head - 1 - HEAD_WITHIN, -1), -1) if kinds[row].kind != BLANK), None
    )
    for row in range(draft.head):
        if kinds[row].kind == OFFICIAL and (row != above or not (kinds[row].labelled or cards)):
            kinds[row] = RowKind(SECTION)


def settle_alone(kinds: list[RowKind]) -> None:
    """A name in a row of its own without kin below may be a signature: no official."""
    for row, one in enumerate(kinds):
        if one.kind == OFFICIAL and not one.sure:
            below = _first_below(kinds, row)
            if below is None or kinds[below].kind != KIN:
                kinds[row] = RowKind(DOUBT)


def _first_below(kinds: list[RowKind], row: int) -> int | None:
    """The first row below that is neither headings nor, above those, blank."""
    at = row + 1
    head = next((index for index in range(at, min(at + HEAD_WITHIN, len(kinds))) if kinds[index].kind == HEAD), None)
    at = at if head is None else head + 1
    return at if at < len(kinds) else None
