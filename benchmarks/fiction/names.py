"""Names as often as Russia has them: surnames, given names and patronymics drawn by the counts of `russiannames` (data only)."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import duckdb

PLAIN = "^[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?$"


@dataclass(frozen=True, slots=True)
class Surname:
    """A family's name in its two forms, with its share among all surnames."""

    man: str
    woman: str
    share: float


@dataclass(frozen=True, slots=True)
class Given:
    """A given name, its share within the gender, and for a father the patronymics made of it."""

    text: str
    share: float
    son: str = ""
    daughter: str = ""


def _data(table: str) -> str:
    spec = importlib.util.find_spec("russiannames")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("russiannames is not installed: the district draws its names from the package's counts")
    return str(Path(next(iter(spec.submodule_search_locations))) / "data" / f"{table}.parquet")


@cache
def _surnames() -> tuple[tuple[Surname, ...], tuple[int, ...]]:
    rows = duckdb.sql(
        f"SELECT text, coalesce(f_form, text), sum(count)::BIGINT n FROM read_parquet('{_data('surnames')}') "
        f"WHERE count >= 3 AND length(text) > 2 AND regexp_matches(text, '{PLAIN}') "
        "AND ((gender = 'm' AND f_form IS NOT NULL) OR gender = 'u') GROUP BY ALL ORDER BY n DESC, text, 2"
    ).fetchall()
    total = sum(row[2] for row in rows)
    return tuple(Surname(man, woman, n / total) for man, woman, n in rows), tuple(accumulate(row[2] for row in rows))


@cache
def _given(gender: str) -> tuple[tuple[Given, ...], tuple[int, ...]]:
    rows = duckdb.sql(
        f"WITH p AS (SELECT fname, gender g, arg_max(text, count) t FROM read_parquet('{_data('midnames')}') "
        f"           WHERE regexp_matches(text, '{PLAIN}') GROUP BY 1, 2) "
        f"SELECT n.text, n.count, s.t, d.t FROM read_parquet('{_data('names')}') n "
        "LEFT JOIN p s ON s.fname = n.text AND s.g = 'm' LEFT JOIN p d ON d.fname = n.text AND d.g = 'f' "
        f"WHERE n.gender = '{gender}' AND n.count >= 150 AND regexp_matches(n.text, '{PLAIN}') "
        f"AND ('{gender}' = 'f' OR (s.t IS NOT NULL AND d.t IS NOT NULL)) ORDER BY n.count DESC, n.text"
    ).fetchall()
    total = sum(row[1] for row in rows)
    names = tuple(Given(text, n / total, son or "", daughter or "") for text, n, son, daughter in rows)
    return names, tuple(accumulate(row[1] for row in rows))


def _draw(table: tuple[tuple[Any, ...], tuple[int, ...]], rng: Random) -> Any:
    return rng.choices(table[0], cum_weights=table[1])[0]


def surname(rng: Random) -> Surname:
    """A surname, drawn by how many bear it."""
    drawn: Surname = _draw(_surnames(), rng)
    return drawn


def given(gender: str, rng: Random) -> Given:
    """A given name, drawn by how many bear it; every man's name has its patronymics."""
    drawn: Given = _draw(_given(gender), rng)
    return drawn


def share_of(family: Surname, name: Given, father: Given) -> float:
    """The expected share of the population of that gender who bear this full name."""
    return family.share * name.share * father.share
