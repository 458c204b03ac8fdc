"""Cells of a column as SQL reads them: the value where the cell is surely what Python's converter would give, else the cell itself.

Every condition here is narrower than the converter of the same kind in `affil/ingest/values/`: what it lets through is equal, and
what it does not let through is asked of that converter, each distinct cell once.
"""

from __future__ import annotations

from dataclasses import dataclass

# Signs beside which a cell is not only trimmed but cleaned. Written out, for RE2 knows neither \s nor \w beyond ASCII.
ODD = "[^ -~А-Яа-яЁё«»№–—“”„…‘’]"
# What may be a dash, «н/д» or a formula's error: such cells say nothing.
_MAY_SAY_NOTHING = "(length({t}) < 9 AND {t}[1] IN ('-', '–', '—', 'н', 'Н', '#'))"
_ID = "[0-9A-DF-Za-df-zА-Яа-яЁё]([0-9A-DF-Za-df-zА-Яа-яЁё/_ .№-]*[0-9A-DF-Za-df-zА-Яа-яЁё])?"
_DAY = r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
_MONEY = "[0-9]{1,15}([,.][0-9]{1,2})?"
_TEXTS = frozenset({"text", "name", "stated", "lines", "phone"})
_DATES = frozenset({"date", "birth"})
TYPES = {"date": "DATE", "birth": "DATE", "money": "DECIMAL(18,2)", "bool": "BOOLEAN"}

# Check digits of an ИНН (ФНС order ЕД-7-14/559@) over the number as a whole.
MACROS = (
    "CREATE MACRO digit(n, place) AS n // place % 10",
    """CREATE MACRO inn10(n) AS n <> 0 AND
    (2 * digit(n, 1000000000) + 4 * digit(n, 100000000) + 10 * digit(n, 10000000) + 3 * digit(n, 1000000) + 5 * digit(n, 100000)
     + 9 * digit(n, 10000) + 4 * digit(n, 1000) + 6 * digit(n, 100) + 8 * digit(n, 10)) % 11 % 10 = n % 10""",
    """CREATE MACRO inn12(n) AS n <> 0 AND
    (7 * digit(n, 100000000000) + 2 * digit(n, 10000000000) + 4 * digit(n, 1000000000) + 10 * digit(n, 100000000)
     + 3 * digit(n, 10000000) + 5 * digit(n, 1000000) + 9 * digit(n, 100000) + 4 * digit(n, 10000) + 6 * digit(n, 1000)
     + 8 * digit(n, 100)) % 11 % 10 = digit(n, 10)
    AND
    (3 * digit(n, 100000000000) + 7 * digit(n, 10000000000) + 2 * digit(n, 1000000000) + 4 * digit(n, 100000000)
     + 10 * digit(n, 10000000) + 3 * digit(n, 1000000) + 5 * digit(n, 100000) + 9 * digit(n, 10000) + 4 * digit(n, 1000)
     + 6 * digit(n, 100) + 8 * digit(n, 10)) % 11 % 10 = n % 10""",
)


@dataclass(frozen=True, slots=True)
class CellSql:
    """SQL over a trimmed cell: whether it is surely read, and as what; `kind` is the type of the value."""

    sure: str
    value: str
    kind: str


def trimmed(column: str) -> str:
    """The cell without spaces around it and with one between words; NULL where nothing is left."""
    inner = f"CASE WHEN contains({column}, '  ') THEN regexp_replace(trim({column}, ' '), ' {{2,}}', ' ', 'g') ELSE trim({column}, ' ') END"
    return f"nullif({inner}, '')"


def cell_sql(kind: str, t: str) -> CellSql:
    """How SQL reads a cell of this kind; `t` is the trimmed cell and is not NULL."""
    as_what = TYPES.get(kind, "VARCHAR")
    if kind in _TEXTS:
        return CellSql(f"NOT {_MAY_SAY_NOTHING.format(t=t)}", t, as_what)
    if kind == "id":
        return CellSql(f"regexp_full_match({t}, '{_ID}') AND NOT suffix({t}, '.0') AND NOT {_MAY_SAY_NOTHING.format(t=t)}", t, as_what)
    if kind in _DATES:
        day = f"try_cast({t}[7:10] || '-' || {t}[4:5] || '-' || {t}[1:2] AS DATE)"
        return CellSql(f"regexp_full_match({t}, '{_DAY}') AND {day} BETWEEN DATE '1900-01-01' AND DATE '2099-12-31'", day, as_what)
    if kind == "money":
        number = f"replace({t}, ' ', '')"
        return CellSql(f"regexp_full_match({number}, '{_MONEY}')", f"CAST(replace({number}, ',', '.') AS DECIMAL(18,2))", as_what)
    checks = [_inn(t, digits) for digits, kinds in _INN_LENGTHS.items() if kind in kinds]
    return CellSql(" OR ".join(checks) or "false", t, as_what)


_INN_LENGTHS = {10: ("org_inn", "any_inn", "many_inn"), 12: ("person_inn", "any_inn", "many_inn")}


def _inn(t: str, digits: int) -> str:
    number = f"try_cast({t} AS BIGINT)"
    return f"(CASE WHEN length({t}) = {digits} AND regexp_full_match({t}, '[0-9]+') THEN inn{digits}({number}) ELSE false END)"
