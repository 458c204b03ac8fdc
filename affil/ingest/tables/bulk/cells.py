"""Cells of a column as SQL reads them: the value where it is surely that of Python's converter, else NULL.

Every condition here is narrower than the converter of the same kind in `affil/ingest/values/`: what it lets through is equal, and
what it does not let through is asked of that converter, each distinct cell once.
"""

from __future__ import annotations

# Signs beside which a cell is not only trimmed but cleaned. Written out, for RE2 knows neither \s nor \w beyond ASCII.
ODD = "[^ -~А-Яа-яЁё«»№–—“”„…‘’]"
# What may be a dash, «н/д» or a formula's error: such cells say nothing.
_MAY_SAY_NOTHING = "(length({t}) < 9 AND {t}[1] IN ('-', '–', '—', 'н', 'Н', '#'))"
_ID = "[0-9A-DF-Za-df-zА-Яа-яЁё]([0-9A-DF-Za-df-zА-Яа-яЁё/_ .№-]*[0-9A-DF-Za-df-zА-Яа-яЁё])?"
_DAY = r"[0-9]{2}\.[0-9]{2}\.(?:19|20)[0-9]{2}"
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


def trimmed(column: str) -> str:
    """The cell without spaces around it and with one between words; NULL where nothing is left."""
    spaced = f"prefix({column}, ' ') OR suffix({column}, ' ') OR contains({column}, '  ') OR {column} = ''"
    return f"CASE WHEN {spaced} THEN nullif(regexp_replace(trim({column}, ' '), ' {{2,}}', ' ', 'g'), '') ELSE {column} END"


def cell_sql(kind: str, t: str) -> str:
    """SQL of the value of a cell of this kind, NULL where that is not sure; `t` is the trimmed cell."""
    if kind in _TEXTS:
        return f"CASE WHEN NOT {_MAY_SAY_NOTHING.format(t=t)} THEN {t} END"
    if kind == "id":
        sure = f"regexp_full_match({t}, '{_ID}') AND NOT suffix({t}, '.0') AND NOT {_MAY_SAY_NOTHING.format(t=t)}"
        return f"CASE WHEN {sure} THEN {t} END"
    if kind in _DATES:
        return f"CAST(try_strptime(CASE WHEN regexp_full_match({t}, '{_DAY}') THEN {t} END, '%d.%m.%Y') AS DATE)"
    if kind == "money":
        number = f"replace({t}, ' ', '')"
        written = f"CASE WHEN regexp_full_match({number}, '{_MONEY}') THEN replace({number}, ',', '.') END"
        return f"CAST({written} AS {TYPES[kind]})"
    checks = [_inn(t, digits) for digits, kinds in _INN_LENGTHS.items() if kind in kinds]
    return f"CASE WHEN {' OR '.join(checks)} THEN {t} END" if checks else f"CAST(NULL AS {TYPES.get(kind, 'VARCHAR')})"


_INN_LENGTHS = {10: ("org_inn", "any_inn", "many_inn"), 12: ("person_inn", "any_inn", "many_inn")}


def _inn(t: str, digits: int) -> str:
    right = f"inn{digits}(try_cast({t} AS BIGINT))"
    return f"(CASE WHEN strlen({t}) = {digits} AND regexp_full_match({t}, '[0-9]+') THEN {right} ELSE false END)"
