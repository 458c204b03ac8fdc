"""What columns were taken for, and which table a sheet that is none is nearest to: for `affil load --explain` and `--map`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affil.ingest.tables.sheet.headings import SEARCHED_ROWS, Header, Row, drafts_at, lacking
from affil.ingest.values.cells import shown
from affil.ingest.vocabulary.vocabulary import Vocabulary
from affil.model.records import Near, Reject, Sink

_LEAST_KNOWN = 2  # columns of one table; one known heading («ФИО») stands on every second sheet of an office
_LEAST_SHARE = 0.25


def map_columns(
    place: str, header: Header, rows: Sequence[Row], sink: Sink, beside: Mapping[int, tuple[str, str]] | None = None
) -> None:
    """Tell the sink what every column of the sheet was taken for; `rows`: the first rows, to see which columns are filled.

    `beside`: columns that give records of another table (kin in a list of officials, officials in a list of kin), with its name
    and its field.
    """
    read = {column: field for field, several in header.columns.items() for column in several}
    body = rows[header.last_row + 1 :]
    for column, heading in sorted(header.written.items()):
        filled = any(column < len(row) and shown(row[column]) for row in body)
        field = read.get(column) or header.meanings.get(column, "")
        if beside and column in beside:
            sink.map(place, heading, *beside[column], filled, True)
            continue
        sink.map(place, heading, header.table.name, field, filled, column in read)


def near_by(place: str, rows: Sequence[Row], words: Vocabulary, sink: Sink) -> None:
    """Where the sheet is nearly a table, tell the sink which, what lacks, and what its columns were taken for."""
    found = nearest(rows, words)
    if found is None:
        return
    missing = tuple(tuple(sorted(group, key=list(found.table.fields).index)) for group in lacking(found, rows[: found.first_row]))
    sink.near.append(Near(place, found.table.name, missing))
    map_columns(place, found, rows, sink)


def nearest(rows: Sequence[Row], words: Vocabulary) -> Header | None:
    """The header that would make the sheet a table with the fewest columns lacking; None where nothing of it is known."""
    best: tuple[tuple[int, float], Header] | None = None
    for index in range(min(len(rows), SEARCHED_ROWS)):
        for draft in drafts_at(words, rows, index):
            if len(draft.columns) < max(_LEAST_KNOWN, _LEAST_SHARE * len(draft.written)):
                continue
            worth = (-len(lacking(draft, rows[:index])), draft.score)
            if best is None or worth > best[0]:
                best = (worth, draft)
    return best[1] if best else None


def refusal_of(sink: Sink, words: Vocabulary) -> Reject:
    """Why a file without a known table is refused: what its nearest sheet lacks, where one is near."""
    if not sink.near:
        return Reject("not_a_table")
    near = min(sink.near, key=lambda one: len(one.missing))
    table = words.tables[near.table]
    lacks = "; ".join(" / ".join(f"«{table.fields[field].heading}»" for field in group) for group in near.missing)
    return Reject("nearly_a_table", sheet=near.place, params={"lacks": lacks})
