"""SQL that reads the cells of a piece of a sheet: the values where it is sure of them, beside them the cells left to Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affil.bound import quoted
from affil.ingest.tables.bulk.cells import ODD, cell_sql, trimmed
from affil.ingest.tables.bulk.columns import Column
from affil.ingest.tables.bulk.plans import heading_word, judged_beginnings, judged_examples
from affil.ingest.tables.sheet.headings import Header


@dataclass(frozen=True, slots=True)
class Source:
    """A query of the rows of a piece: `whole` (false sends a row to the row builder), and the cells `c0`, `c1`, … as text.

    `odd`: cells may have signs a cell is cleaned of. `kept`: further columns of the query that go with the values.
    """

    sql: str
    odd: bool
    kept: tuple[str, ...] = ()


def cells_read(
    source: Source, header: Header, columns: Sequence[Column], width: int, named: frozenset[int] | None
) -> str:  # fmt: skip
    """The query over the texts of a source: one row for each row of the sheet, in its order.

    `judged`: it may be no record. `x_<column>`: its value; `u_<column>`: its cell where SQL is not sure. `may_hang`, `who`: what
    tells whether rows depend on others, where `named` says which columns name whom they are about (None: no row depends).
    """
    odd = source.odd
    places = sorted({column.place for column in columns} | set(range(width)))
    texts = ", ".join(f"{trimmed(f'c{place}')} AS t{place}" for place in places)
    values = ", ".join(f"{_value(column, odd)} AS x_{column.key}" for column in columns)
    left = ", ".join(
        f"CASE WHEN x_{one.key} IS NULL AND t{one.place} IS NOT NULL THEN c{one.place} END AS u_{one.key}" for one in columns
    )
    chained = "" if named is None else f"{_may_hang(width, named, odd)} AS may_hang, {_who(named)} AS who, "
    kept = "".join(f"{one}, " for one in (*source.kept, *(f"x_{column.key}" for column in columns)))
    return (
        f"SELECT {kept}{left}, {chained}{_judged(header, width, odd)} AS judged "
        f"FROM (SELECT *, {values} FROM (SELECT *, {texts} FROM ({source.sql})))"
    )


def _value(column: Column, odd: bool) -> str:
    sql = cell_sql(column.kind, f"t{column.place}")
    return f"CASE WHEN NOT regexp_matches(c{column.place}, '{ODD}') THEN {sql} END" if odd else sql


def _who(named: frozenset[int]) -> str:
    return f"concat_ws('|', {', '.join(f'c{place}' for place in sorted(named))})" if named else "''"


def _may_hang(width: int, named: frozenset[int], odd: bool) -> str:
    """SQL of rows that may depend on rows above them, or make others depend."""
    # A cell of signs nobody sees is an empty one; only letters and digits are surely seen.
    seen = "regexp_matches(t{place}, '[0-9A-Za-zА-Яа-яЁё]')" if odd else "t{place} IS NOT NULL"
    filled = [f"coalesce(({seen.format(place=place)})::INTEGER, 0)" for place in range(width)]
    unnamed = [f"NOT coalesce({seen.format(place=place)}, false)" for place in sorted(named)]
    blank = " AND ".join(f"t{place} IS NULL" for place in range(width))
    return f"NOT ({blank}) AND ({' + '.join(filled)} <= 1 OR ({' AND '.join(unnamed) if named else 'false'}))"


def _judged(header: Header, width: int, odd: bool) -> str:
    """SQL of rows that may be no records: blank ones, totals, signatures, numbers of columns, examples, headings again."""
    first = f"coalesce({', '.join(f't{place}' for place in range(width))})"
    said = [f"NOT whole OR {first} IS NULL OR regexp_matches({first}, '{judged_beginnings()}')"]
    if odd:
        said.append(f"regexp_matches({first}, '{ODD}')")
    if header.number_column is not None:
        said.append(f"coalesce(regexp_matches(c{header.number_column}, '{judged_examples()}'), false)")
    places = [several[0] for several in header.columns.values()]
    word = heading_word([header.written[place] for place in places])
    if word:
        at, text = word
        said.append(f"coalesce(contains(replace(lower(c{places[at]}), 'ё', 'е'), {quoted(text)}), false)")
    return " OR ".join(f"({one})" for one in said)
