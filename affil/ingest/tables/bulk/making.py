"""The regular rows of a piece made into records, and what is told of cells that were refused in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from affil.bound import quoted
from affil.ingest.tables.bulk.columns import Column, Fields
from affil.ingest.tables.bulk.plans import Plan
from affil.ingest.tables.rows.row import TableRow

if TYPE_CHECKING:
    import duckdb


def regular_rows(fields: Fields, plan: Plan, piece: str, number: str) -> str:
    """The query of every row of the piece: its number `n`, whether the row builder has to make it (`slow`), and its record.

    `o_<column>`: of the record. `r_<column>`: a cell that was refused. `zeros`: how many numbers were given zeros back.
    """
    asked = [one for one in fields.columns if one.asked]
    values = [*fields.values(), *(f"CASE WHEN {one.key}.refused THEN u_{one.key} END AS r_{one.key}" for one in asked)]
    zeros = " + ".join(f"coalesce({one.key}.zeros, false)::INTEGER" for one in asked if one.is_number) or "0"
    judged = ["judged", *(_judged(one, fields, plan) for one in asked)]
    lines = (
        f"SELECT {number} AS n, {' OR '.join(judged)} AS judged_line, {zeros} AS zeros, {', '.join(values)} "
        f"FROM {piece} {fields.joins(asked)}"
    )
    slow = ["judged_line", *(f"coalesce({fields.named(one)}, false)" for one in plan.slow)]
    slow += [f"coalesce({lookup.name}.judged, false)" for lookup in plan.lookups]
    made = {name for name in _record_fields(plan) if name not in plan.derived}
    record = [f"v_{name} AS o_{name}" for name in sorted(made & fields.known)]
    record += [f"{fields.named(sql)} AS o_{name}" for name, sql in plan.derived.items()]
    refused = [f"r_{one.key}" for one in asked]
    return (
        f"SELECT n, {' OR '.join(slow)} AS slow, zeros, {', '.join([*record, *refused])} FROM ({lines}) {_joined(fields, plan)}"
    )


def _judged(column: Column, fields: Fields, plan: Plan) -> str:
    """SQL of what sends a row to the builder because of what a converter said of its cell."""
    refused = len(fields.by_field[column.field]) > 1 or column.field in plan.refused_judged
    return f"coalesce({column.key}.several{f' OR {column.key}.refused' if refused else ''}, false)"


def _joined(fields: Fields, plan: Plan) -> str:
    joins = []
    for lookup in plan.lookups:
        on = [f"{lookup.name}.key{place} IS NOT DISTINCT FROM {fields.named(key)}" for place, key in enumerate(lookup.keys)]
        joins.append(f"LEFT JOIN {lookup.name} ON {' AND '.join(on)}")
    joins += [f"LEFT JOIN {name} ON {name}.text = {fields.named(sql)}" for name, sql in plan.names.items()]
    return " ".join(joins)


def _record_fields(plan: Plan) -> set[str]:
    [(_, record)] = plan.build(TableRow(dict(plan.probe), []))
    return set(record)


def records_of(connection: duckdb.DuckDBPyConnection, prefix: str) -> duckdb.DuckDBPyRelation:
    """The records of the table `regular`, but for those of the row builder."""
    names = [name for name, *_ in connection.execute("DESCRIBE regular").fetchall()]
    columns = ", ".join(f"{name} AS {name[2:]}" for name in names if name.startswith("o_"))
    return connection.sql(f"SELECT {quoted(prefix)} || n AS locator, {columns} FROM regular WHERE NOT slow")


def refused_cells(connection: duckdb.DuckDBPyConnection, fields: Fields) -> list[tuple[int, Column, str]]:
    """Number of the row, column and cell of what was refused in the rows of `regular`, in the order of rows and of fields."""
    found: list[tuple[int, int, Column, str]] = []
    for order, one in enumerate(fields.columns):
        if one.asked and one.problems:
            rows = connection.execute(f"SELECT n, r_{one.key} FROM regular WHERE NOT slow AND r_{one.key} IS NOT NULL").fetchall()
            found += [(number, order, one, cell) for number, cell in rows]
    return [(number, one, cell) for number, _, one, cell in sorted(found, key=lambda item: item[:2])]
