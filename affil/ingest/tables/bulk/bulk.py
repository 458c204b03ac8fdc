"""Long regular sheets into records by whole columns. The row builder stays the judge: what is not surely equal goes to it.

A sheet comes in pieces of some tens of thousands of rows. SQL reads the cells (`bulk_cells.py`) and tells the regular rows
(`plans.py`); each distinct cell that SQL does not read is asked of Python's converter once; every other row is built
by Python from its own cells. Records, rejects, counts and notes are those of the row by row reading (a test holds the two equal).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from affil.ingest.tables.bulk.cells import MACROS, ODD, TYPES, cell_sql, trimmed
from affil.ingest.tables.bulk.plans import (
    Lookup,
    Plan,
    heading_word,
    judged_beginnings,
    judged_examples,
    plans,
)
from affil.ingest.tables.sheet.headings import Header, Row
from affil.ingest.values.cells import Cell, Refused, shown
from affil.ingest.values.converters import converter
from affil.language.fio_bulk import parse_names
from affil.language.fio_lists import close_database
from affil.model.records import Reject, Sink

if TYPE_CHECKING:
    import duckdb

_REMEMBERED = 400_000  # distinct cells or combinations kept for the next pieces, of each column
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "pandas_analyze_sample": "0",
    "memory_limit": "160MB",
    "threads": "2",
}
_IN_MEMORY = {**{name: value for name, value in _CONFIG.items() if name != "memory_limit"}, "temp_directory": ""}
_NO_FIELDS = ("customer_hint",)  # what a context says and no heading can
RowTaker = Callable[[int, Row], None]


@dataclass(frozen=True, slots=True)
class BulkSheet:
    """A sheet to read by columns: its header, what its titles say of every row, and `take`, the row by row reading."""

    name: str
    header: Header
    context: Mapping[str, str]
    sink: Sink
    take: RowTaker
    reject: Callable[[int, str, str, str, Mapping[str, str]], Reject]
    chain: Chain | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """What makes rows of a sheet depend on rows above: one that fills a single cell, or none of `names` where `named`.

    `hangs` says of such a row whether it is so; `resume` takes the last row before it, and whether two rows running
    had the same in `names`: the rows are read one by one from there.
    """

    names: frozenset[int]
    named: bool
    hangs: Callable[[int, Row], bool]
    resume: Callable[[int, Row, bool], None]


class HangsTogetherError(Exception):
    """A piece of the sheet has rows that depend on rows above them: it is not for reading by columns."""


@dataclass(slots=True)
class _Column:
    """One column of a field: `place` among the columns of the sheet, `key` its name in SQL."""

    field: str
    place: int
    key: str
    kind: str
    read: Callable[[Cell], object]
    seen: int = 0
    problems: dict[str, Refused] = dataclasses.field(default_factory=dict)


def plan_for(header: Header) -> Plan | None:
    """The plan by which sheets under this header are read by columns; None where only the row builder can read them."""
    plan = plans().get(header.table.name)
    if plan is None or plan.never_with & header.columns.keys() or plan.stale(header.table.fields):
        return None
    return plan


class Bulk:
    """Reads the pieces of one sheet. Use as a context; `taken` rows and `zeros` given back count as in the row reading."""

    def __init__(self, sheet: BulkSheet, plan: Plan, folder: str | None = None) -> None:
        import duckdb

        self.sheet, self.plan = sheet, plan
        self.connection = duckdb.connect(":memory:", config=_IN_MEMORY if sheet.sink.in_memory else dict(_CONFIG))
        if folder:
            self.connection.execute(f"SET allowed_directories = ['{_quoted(folder)}']")
            self.connection.execute(f"SET temp_directory = '{_quoted(folder)}'")
        self.connection.execute("SET enable_external_access = false")
        for macro in MACROS:
            self.connection.execute(macro)
        self.taken = self.zeros = 0
        self.repeated = False
        self.columns = list(_columns(sheet.header))
        self.width = max(sheet.header.written, default=0) + 1
        for column in self.columns:
            self._run(
                f"CREATE TABLE map_{column.key} "
                "(cell VARCHAR, one VARCHAR, two VARCHAR, refused BOOLEAN, zeros BOOLEAN, several BOOLEAN)"
            )
        for lookup in plan.lookups:
            keys = ", ".join(f"key{n} VARCHAR" for n in range(len(lookup.keys)))
            self._run(
                f"CREATE TABLE {lookup.name} ({keys}, {', '.join(f'{one} VARCHAR' for one in lookup.columns)}, judged BOOLEAN)"
            )
        self.remembered = dict.fromkeys((lookup.name for lookup in plan.lookups), 0)

    def __enter__(self) -> Bulk:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(sql)

    def read(self, source: str, odd: bool, cells_of: Callable[[Sequence[int]], Iterable[tuple[int, Row]]]) -> None:
        """Take the rows of `source`, a query that gives `n` (the row's number in the sheet) and the cells `c0`, `c1`, … as text.

        `odd`: cells may have signs a cell is cleaned of. `cells_of` gives the cells of rows as the row builder has to see them.
        A column `whole` of the source, where it is false, sends its row to the builder.
        """
        before = len(self.sheet.sink.rejects)
        self._read_cells(source, odd)
        if self.sheet.chain:
            places = [number for (number,) in self._run("SELECT n FROM cell WHERE may_hang ORDER BY n").fetchall()]
            if any(self.sheet.chain.hangs(number, cells) for number, cells in cells_of(places)):
                raise HangsTogetherError
            if self.sheet.chain.named and not self.repeated:
                running = "SELECT who = lag(who) OVER (ORDER BY n) AS same FROM cell WHERE NOT judged AND who <> ''"
                self.repeated = bool(self._run(f"SELECT coalesce(bool_or(same), false) FROM ({running})").fetchall()[0][0])
        for column in self.columns:
            self._ask_converter(column)
        self._make_rows()
        self._look_up()
        self._make_regular()
        self._push()
        numbers = [number for (number,) in self._run("SELECT n FROM regular WHERE slow ORDER BY n").fetchall()]
        for number, cells in cells_of(numbers):
            self.sheet.take(number, cells)
        rejects = self.sheet.sink.rejects
        rejects[before:] = sorted(rejects[before:], key=lambda reject: reject.row or 0)

    def _read_cells(self, source: str, odd: bool) -> None:
        places = sorted({column.place for column in self.columns} | set(range(self.width)))
        texts = ", ".join(f"c{place}, {trimmed(f'c{place}')} AS t{place}" for place in places)
        checks, values = [], []
        for column in self.columns:
            sql = cell_sql(column.kind, f"t{column.place}")
            strange = f" AND NOT regexp_matches(c{column.place}, '{ODD}')" if odd else ""
            checks.append(f"t{column.place} IS NOT NULL AND coalesce(({sql.sure}){strange}, false) AS s_{column.key}")
            values.append(f"CASE WHEN s_{column.key} THEN {sql.value} END AS x_{column.key}")
            values.append(
                f"CASE WHEN NOT s_{column.key} AND t{column.place} IS NOT NULL THEN c{column.place} END AS u_{column.key}"
            )
        self._run(f"""
            CREATE OR REPLACE TEMPORARY TABLE cell AS
            SELECT n, {self._judged(odd)} AS judged, {self._may_hang(odd)} AS may_hang, {self._who()} AS who, {", ".join(values)}
            FROM (SELECT *, {", ".join(checks)} FROM (SELECT *, {texts} FROM ({source})))""")

    def _who(self) -> str:
        named = self.sheet.chain and self.sheet.chain.named
        return (
            f"concat_ws('|', {', '.join(f'c{place}' for place in sorted(self.sheet.chain.names))})"
            if named and self.sheet.chain
            else "''"
        )

    def _may_hang(self, odd: bool) -> str:
        """SQL of rows that may depend on rows above them, or make others depend."""
        if self.sheet.chain is None:
            return "false"
        # A cell of signs nobody sees is an empty one; only letters and digits are surely seen.
        seen = "regexp_matches(t{place}, '[0-9A-Za-zА-Яа-яЁё]')" if odd else "t{place} IS NOT NULL"
        filled = [f"coalesce(({seen.format(place=place)})::INTEGER, 0)" for place in range(self.width)]
        unnamed = [f"NOT coalesce({seen.format(place=place)}, false)" for place in sorted(self.sheet.chain.names)]
        blank = " AND ".join(f"t{place} IS NULL" for place in range(self.width))
        return (
            f"NOT ({blank}) AND ({' + '.join(filled)} <= 1 OR ({' AND '.join(unnamed) if self.sheet.chain.named else 'false'}))"
        )

    def _judged(self, odd: bool) -> str:
        """SQL of rows that may be no records: blank ones, totals, signatures, numbers of columns, examples, headings again."""
        header = self.sheet.header
        first = f"coalesce({', '.join(f't{place}' for place in range(self.width))})"
        said = [f"NOT whole OR {first} IS NULL OR regexp_matches({first}, '{judged_beginnings()}')"]
        if odd:
            said.append(f"regexp_matches({first}, '{ODD}')")
        if header.number_column is not None:
            said.append(f"coalesce(regexp_matches(c{header.number_column}, '{judged_examples()}'), false)")
        places = [several[0] for several in header.columns.values()]
        word = heading_word([header.written[place] for place in places])
        if word:
            at, text = word
            said.append(f"coalesce(contains(replace(lower(c{places[at]}), 'ё', 'е'), '{_quoted(text)}'), false)")
        return " OR ".join(f"({one})" for one in said)

    def _ask_converter(self, column: _Column) -> None:
        """What Python's converter makes of each cell of the column that SQL left and that was not asked before."""
        if column.seen > _REMEMBERED:
            self._run(f"DELETE FROM map_{column.key}")
            column.seen = 0
        unknown = [cell for (cell,) in self._run(
            f"SELECT DISTINCT u_{column.key} FROM cell ANTI JOIN map_{column.key} ON cell = u_{column.key} "
            f"WHERE u_{column.key} IS NOT NULL"
        ).fetchall()]  # fmt: skip
        column.seen += len(unknown)
        self._fill(f"map_{column.key}", [_converted(column, cell) for cell in unknown])

    def _fill(self, table: str, rows: Sequence[Sequence[str | bool | None]]) -> None:
        if not rows:
            return
        import numpy

        batch = {f"v{place}": numpy.array(values, dtype=object) for place, values in enumerate(zip(*rows, strict=True))}
        self.connection.register("_batch", batch)
        try:
            self._run(f"INSERT INTO {table} SELECT {', '.join(f'CAST({name} AS VARCHAR)' for name in batch)} FROM _batch")
        finally:
            self.connection.unregister("_batch")

    def _make_rows(self) -> None:
        """One row for each row of the sheet with the values of its fields, NULL where it has none."""
        by_field: dict[str, list[_Column]] = {}
        for column in self.columns:
            by_field.setdefault(column.field, []).append(column)
        values = [one for name, several in by_field.items() for one in self._field(name, several)]
        values += [f"'{_quoted(value)}' AS v_{name}" for name, value in self.sheet.context.items() if name not in by_field]
        judged = ["judged"]
        for column in self.columns:
            told = len(by_field[column.field]) > 1 or column.field in self.plan.refused_judged
            judged.append(f"coalesce({column.key}.several{f' OR {column.key}.refused' if told else ''}, false)")
        joins = " ".join(f"LEFT JOIN map_{one.key} {one.key} ON {one.key}.cell = u_{one.key}" for one in self.columns)
        flags = [
            f"CASE WHEN {one.key}.refused THEN u_{one.key} END AS r_{one.key}, coalesce({one.key}.zeros, false) AS z_{one.key}"
            for one in self.columns
        ]
        self._run(
            f"CREATE OR REPLACE TEMPORARY TABLE line AS "
            f"SELECT n, {' OR '.join(judged)} AS judged, {', '.join([*values, *flags])} FROM cell {joins}"
        )

    def _field(self, name: str, several: list[_Column]) -> Iterator[str]:
        kind = TYPES.get(several[0].kind, "VARCHAR")
        parts = [part for one in several for part in (f"x_{one.key}", f"CAST({one.key}.one AS {kind})")]
        if name in self.sheet.context:
            parts.append(f"'{_quoted(self.sheet.context[name])}'")
        yield f"coalesce({', '.join(parts)}) AS v_{name}"
        if several[0].kind == "birth":
            years = [part for one in several for part in (f"year(x_{one.key})", f"CAST({one.key}.two AS INTEGER)")]
            yield f"coalesce({', '.join(years)}) AS y_{name}"

    def _sql(self, text: str) -> str:
        """SQL with the values of fields in their places; of a field the sheet does not have NULL."""
        known = {column.field for column in self.columns} | self.sheet.context.keys()
        births = {column.field for column in self.columns if column.kind == "birth"}
        fields = self.sheet.header.table.fields
        places = {
            name: f"v_{name}" if name in known else f"CAST(NULL AS {TYPES.get(one.kind, 'VARCHAR')})"
            for name, one in fields.items()
        }
        for name, one in fields.items():
            if one.kind == "birth":
                text = text.replace(f"{{{name}.year}}", f"y_{name}" if name in births else "CAST(NULL AS INTEGER)")
        for name, place in places.items():
            text = text.replace(f"{{{name}}}", place)
        for name in _NO_FIELDS:
            text = text.replace(f"{{{name}}}", f"v_{name}" if name in self.sheet.context else "CAST(NULL AS VARCHAR)")
        return text

    def _look_up(self) -> None:
        for lookup in self.plan.lookups:
            if self.remembered[lookup.name] > _REMEMBERED:
                self._run(f"DELETE FROM {lookup.name}")
                self.remembered[lookup.name] = 0
            keys = [self._sql(key) for key in lookup.keys]
            named = ", ".join(f"{key} AS key{place}" for place, key in enumerate(keys))
            unknown = self._run(
                f"SELECT DISTINCT {named} FROM line WHERE NOT judged AND {keys[0]} IS NOT NULL"
                f" EXCEPT SELECT {', '.join(f'key{place}' for place in range(len(keys)))} FROM {lookup.name}"
            ).fetchall()
            self.remembered[lookup.name] += len(unknown)
            self._fill(lookup.name, [_looked_up(lookup, key) for key in unknown])
        for name, sql in self.plan.names.items():
            self._run(f"CREATE OR REPLACE TEMPORARY VIEW said AS SELECT {self._sql(sql)} AS text FROM line WHERE NOT judged")
            parse_names(self.connection, "said", "text", name)
        close_database()  # 60 MB; what it told stays known

    def _make_regular(self) -> None:
        joins = []
        for lookup in self.plan.lookups:
            on = [f"{lookup.name}.key{place} IS NOT DISTINCT FROM {self._sql(key)}" for place, key in enumerate(lookup.keys)]
            joins.append(f"LEFT JOIN {lookup.name} ON {' AND '.join(on)}")
        joins += [f"LEFT JOIN {name} ON {name}.text = {self._sql(sql)}" for name, sql in self.plan.names.items()]
        slow = ["judged_line", *(f"coalesce({self._sql(one)}, false)" for one in self.plan.slow)]
        slow += [f"coalesce({lookup.name}.judged, false)" for lookup in self.plan.lookups]
        fields = {name for name in self._record_fields() if name not in self.plan.derived}
        known = {column.field for column in self.columns} | self.sheet.context.keys()
        values = [f"v_{name} AS o_{name}" for name in sorted(fields & known)]
        values += [f"{self._sql(sql)} AS o_{name}" for name, sql in self.plan.derived.items()]
        flags = [f"r_{one.key}, z_{one.key}" for one in self.columns]
        self._run(f"""
            CREATE OR REPLACE TEMPORARY TABLE regular AS
            SELECT n, {" OR ".join(slow)} AS slow, {", ".join([*values, *flags])}
            FROM (SELECT * RENAME (judged AS judged_line) FROM line) {" ".join(joins)}""")

    def _record_fields(self) -> set[str]:
        from affil.ingest.tables.rows.row import TableRow

        [(_, record)] = self.plan.build(TableRow(dict(self.plan.probe), []))
        return set(record)

    def _push(self) -> None:
        """Send the regular rows on their way, tell what was refused of them, and count them."""
        prefix = f"{self.sheet.name}!R" if self.sheet.name else "R"
        names = [name for name, *_ in self._run("DESCRIBE regular").fetchall()]
        columns = ", ".join(f"{name} AS {name[2:]}" for name in names if name.startswith("o_"))
        zeros = " + ".join(f"z_{one.key}::INTEGER" for one in self.columns)
        taken, zeros_given = self._run(f"SELECT count(*), coalesce(sum({zeros}), 0) FROM regular WHERE NOT slow").fetchall()[0]
        self.taken += taken
        self.zeros += int(zeros_given)
        if taken:
            self.sheet.sink.add_columns(
                self.plan.table,
                self.connection.sql(f"SELECT '{_quoted(prefix)}' || n AS locator, {columns} FROM regular WHERE NOT slow"),
            )
        found: list[tuple[int, int, _Column, str]] = []
        for order, one in enumerate(self.columns):
            rows = self._run(f"SELECT n, r_{one.key} FROM regular WHERE NOT slow AND r_{one.key} IS NOT NULL").fetchall()
            found += [(number, order, one, cell) for number, cell in rows]
        for number, _, one, cell in sorted(found, key=lambda item: item[:2]):
            refused = one.problems[cell]
            self.sheet.sink.reject(self.sheet.reject(number, one.field, refused.reason, shown(cell), refused.params))


def _columns(header: Header) -> Iterator[_Column]:
    for name, several in header.columns.items():
        spec = header.table.fields[name]
        for place in several:
            yield _Column(name, place, f"{name}_{place}", spec.kind, converter(spec.kind, spec.values))


def _converted(column: _Column, cell: str) -> tuple[str | bool | None, ...]:
    """cell, value, second value, refused, zeros given back, several values."""
    try:
        value = column.read(cell)
    except Refused as refused:
        column.problems[cell] = refused.with_traceback(None)  # it would keep every frame it came through
        return cell, None, None, True, False, False
    if column.kind == "birth" and isinstance(value, tuple):
        day, year = value
        return cell, day.isoformat() if day else None, str(year) if year else None, False, False, False
    if column.kind == "many_inn" and isinstance(value, tuple):
        return cell, value[0], None, False, False, len(value) > 1
    zeros = column.kind.endswith("_inn") and isinstance(value, str) and value[0] == "0" and shown(cell).lstrip("'’ ")[:1] != "0"
    several_lines = column.kind == "name" and "\n" in cell.strip()  # they may be several persons
    return cell, None if value is None else str(value), None, False, zeros, several_lines


def _looked_up(lookup: Lookup, key: Sequence[str | None]) -> tuple[str | bool | None, ...]:
    made = lookup.made(*key)
    return (*key, *(made or (None,) * len(lookup.columns)), made is None)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


__all__ = ["Any", "Bulk", "BulkSheet", "Chain", "HangsTogetherError", "plan_for"]
