"""Cells of a column as SQL reads them: the value where it is surely that of Python's converter, else the cell itself.

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
_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVENTH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELFTH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _sum(weights: tuple[int, ...], length: int) -> str:
    """The weighted sum of the first digits of a number of `length` digits, modulo 11 and 10, worked out by its halves."""
    half = length // 2
    places = [
        f"{weight} * ({'h' if place < half else 'l'} // {10 ** ((half if place < half else length) - 1 - place)} % 10)"
        for place, weight in enumerate(weights)
    ]
    return f"({' + '.join(places)}) % 11 % 10"


MACROS = (
    f"CREATE MACRO halves10(h, l) AS h + l <> 0 AND {_sum(_TEN, 10)} = l % 10",
    f"CREATE MACRO halves12(h, l) AS h + l <> 0 AND {_sum(_ELEVENTH, 12)} = l // 10 % 10 AND {_sum(_TWELFTH, 12)} = l % 10",
    "CREATE MACRO inn10(n) AS halves10(CAST(n // 100000 AS INTEGER), CAST(n % 100000 AS INTEGER))",
    "CREATE MACRO inn12(n) AS halves12(CAST(n // 1000000 AS INTEGER), CAST(n % 1000000 AS INTEGER))",
)


@dataclass(frozen=True, slots=True)
class CellSql:
    """SQL over a trimmed cell: whether it is surely read, and as what; `kind` is the type of the value."""

    sure: str
    value: str
    kind: str


def trimmed(column: str) -> str:
    """The cell without spaces around it and with one between words; NULL where nothing is left."""
    spaced = f"prefix({column}, ' ') OR suffix({column}, ' ') OR contains({column}, '  ') OR {column} = ''"
    return f"CASE WHEN {spaced} THEN nullif(regexp_replace(trim({column}, ' '), ' {{2,}}', ' ', 'g'), '') ELSE {column} END"


def cell_sql(kind: str, t: str) -> CellSql:
    """How SQL reads a cell of this kind; `t` is the trimmed cell and is not NULL."""
    as_what = TYPES.get(kind, "VARCHAR")
    if kind in _TEXTS:
        return CellSql(f"NOT {_MAY_SAY_NOTHING.format(t=t)}", t, as_what)
    if kind == "id":
        return CellSql(
            f"regexp_full_match({t}, '{_ID}') AND NOT suffix({t}, '.0') AND NOT {_MAY_SAY_NOTHING.format(t=t)}", t, as_what
        )
    if kind in _DATES:
        day = f"try_cast({t}[7:10] || '-' || {t}[4:5] || '-' || {t}[1:2] AS DATE)"
        return CellSql(
            f"regexp_full_match({t}, '{_DAY}') AND {day} BETWEEN DATE '1900-01-01' AND DATE '2099-12-31'", day, as_what
        )
    if kind == "money":
        number = f"replace({t}, ' ', '')"
        return CellSql(f"regexp_full_match({number}, '{_MONEY}')", f"CAST(replace({number}, ',', '.') AS DECIMAL(18,2))", as_what)
    checks = [_inn(t, digits) for digits, kinds in _INN_LENGTHS.items() if kind in kinds]
    return CellSql(" OR ".join(checks) or "false", t, as_what)


_INN_LENGTHS = {10: ("org_inn", "any_inn", "many_inn"), 12: ("person_inn", "any_inn", "many_inn")}


def _inn(t: str, digits: int) -> str:
    right = f"inn{digits}(try_cast({t} AS BIGINT))"
    return f"(CASE WHEN strlen({t}) = {digits} AND regexp_full_match({t}, '[0-9]+') THEN {right} ELSE false END)"
