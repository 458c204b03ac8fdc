"""Names with their weights, from the counts of `russiannames` (its data only), concentrated as in life. Upper case, ё as е."""

from __future__ import annotations

import importlib.util
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.parameters import Names

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.object_]

DECADES = np.arange(1900, 2011, 10)
"""A given name is drawn by the decade its bearer was born in."""

_PLAIN = "^[А-Я]+(-[А-Я]+)?$"

_FAMILIES = """
WITH listed AS (
  SELECT replace(upper(text), 'Ё', 'Е') AS man, replace(upper(f_form), 'Ё', 'Е') AS woman, gender, count, fname,
         ethnic IS NOT NULL AND NOT list_contains(ethnic, 'slav') AS other
  FROM read_parquet('{surnames}')),
oriental AS (SELECT DISTINCT text FROM read_parquet('{names}') WHERE ethnic IS NOT NULL AND NOT list_contains(ethnic, 'slav')),
women AS (SELECT man AS woman, sum(count) AS count FROM listed WHERE gender = 'f' GROUP BY ALL),
men AS (
  SELECT man, CASE WHEN gender = 'm' THEN woman WHEN gender IS NULL AND right(man, 2) IN ('ОВ', 'ЕВ', 'ИН', 'ЫН') THEN man || 'А' ELSE man END AS woman,
         count, other OR oriental.text IS NOT NULL AS other
  FROM listed LEFT JOIN oriental ON oriental.text = fname WHERE (gender = 'm' AND woman IS NOT NULL) OR gender = 'u' OR (gender IS NULL AND right(man, 1) NOT IN ('А', 'Я', 'Й'))),
one AS (SELECT man, max(woman) AS woman, sum(count) AS count, bool_or(coalesce(other, false)) AS other FROM men
        WHERE length(man) > 2 AND regexp_matches(man, '{plain}') AND regexp_matches(woman, '{plain}') GROUP BY man)
SELECT one.man, one.woman, (one.count + coalesce(women.count, 0))::DOUBLE AS bearers, one.other
FROM one LEFT JOIN women ON women.woman = nullif(one.woman, one.man) ORDER BY bearers DESC, man
"""

_GIVEN = """
WITH slips AS (
  SELECT replace(upper(fname), 'Ё', 'Е') AS word, gender, replace(upper(text), 'Ё', 'Е') AS text, sum(count) AS count
  FROM read_parquet('{midnames}') WHERE fname IS NOT NULL GROUP BY ALL),
sons AS (SELECT word, max_by(text, (count, text)) AS son FROM slips WHERE gender = 'm' GROUP BY word),
daughters AS (SELECT word, max_by(text, (count, text)) AS daughter FROM slips WHERE gender = 'f' GROUP BY word),
listed AS (SELECT replace(upper(text), 'Ё', 'Е') AS word, sum(count)::DOUBLE AS bearers,
             NOT bool_or(coalesce(list_contains(ethnic, 'slav'), false)) AS other
           FROM read_parquet('{names}') WHERE gender = '{gender}' GROUP BY ALL)
SELECT word, bearers, other, coalesce(son, ''), coalesce(daughter, '') FROM listed LEFT JOIN sons USING (word) LEFT JOIN daughters USING (word)
WHERE bearers >= 15 AND length(word) > 1 AND regexp_matches(word, '{plain}')
  AND ('{gender}' = 'f' OR (regexp_matches(son, '{plain}') AND regexp_matches(daughter, '{plain}')))
ORDER BY bearers DESC, word
"""

_YO = """
SELECT upper(text) AS yo, replace(upper(text), 'Ё', 'Е') AS plain, sum(count) FROM (
  SELECT text, count FROM read_parquet('{surnames}') UNION ALL SELECT text, count FROM read_parquet('{names}')
  UNION ALL SELECT text, count FROM read_parquet('{midnames}'))
WHERE text ILIKE '%ё%' GROUP BY ALL HAVING sum(count) >= 3 ORDER BY 3, 1
"""


@dataclass(frozen=True, slots=True)
class Given:
    """Given names of one gender: words, shares by (tradition, decade), and for men what their children are called after them."""

    words: Words
    shares: Floats  # [tradition, decade, word]
    sons: Words
    daughters: Words


@dataclass(frozen=True, slots=True)
class NameTables:
    """All names. A family is an index into `men` and `women`; `families` are their shares in each of the two traditions."""

    men: Words
    women: Words
    families: tuple[Floats, Floats]
    male: Given
    female: Given
    yo: dict[str, str]


def paths() -> dict[str, str]:
    """The files of the installed package."""
    spec = importlib.util.find_spec("russiannames")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("russiannames is not installed: the generator draws names from its counts")
    folder = Path(next(iter(spec.submodule_search_locations))) / "data"
    return {table: str(folder / f"{table}.parquet") for table in ("surnames", "names", "midnames")}


@cache
def read_names(settings: Names) -> NameTables:
    """The tables, in about a second; not to be changed."""
    connection = duckdb.connect()
    files = paths()
    men, women, bearers, other = _columns(connection, _FAMILIES.format(**files, plain=_PLAIN))
    weight = bearers.astype(float) ** settings.concentration
    families = (weight * ~other.astype(bool), weight * other.astype(bool))
    yo = {plain: word for word, plain, _ in connection.execute(_YO.format(**files)).fetchall()}
    return NameTables(
        men,
        women,
        (families[0] / families[0].sum(), families[1] / families[1].sum()),
        _given(connection, "m", settings),
        _given(connection, "f", settings),
        yo,
    )


def _columns(connection: Any, sql: str) -> list[Words]:
    rows = connection.execute(sql).fetchall()
    return [np.array(column, dtype=object) for column in zip(*rows, strict=True)]


def _given(connection: Any, gender: str, settings: Names) -> Given:
    words, bearers, other, sons, daughters = _columns(connection, _GIVEN.format(**paths(), gender=gender, plain=_PLAIN))
    waves = tomllib.loads(Path(__file__).with_name("waves.toml").read_text(encoding="utf-8"))[
        "male" if gender == "m" else "female"
    ]
    peaks = np.array([waves.get(word, np.nan) for word in words])
    distance = (DECADES[:, None] + 5 - peaks[None, :]) / settings.cohort_years
    factor = np.where(np.isnan(distance), 1.0, settings.cohort_floor + 1.6 * np.exp(-(distance**2) / 2))
    outside = other.astype(bool)
    shares = []
    for tradition in (~outside, outside):
        weights = bearers.astype(float) * tradition * factor
        shares.append(weights / weights.sum(axis=1, keepdims=True))
    kept = settings.keeps_tradition
    shares[1] = kept * shares[1] + (1 - kept) * shares[0]
    return Given(words, np.array(shares), sons, daughters)


def either(flags: Any, one: Any, other: Any) -> Any:
    """np.where, which has no types for words and None."""
    return np.where(flags, one, other)


def draw(rng: np.random.Generator, shares: Floats, count: int) -> Ints:
    """`count` indices, each as likely as its share."""
    summed = np.cumsum(shares)
    return np.minimum(np.searchsorted(summed, rng.random(count) * summed[-1], side="right"), len(shares) - 1)


def draw_given(rng: np.random.Generator, table: Given, tradition: Ints, born: Ints) -> Ints:
    """A given name for each, by tradition and year of birth."""
    drawn = np.zeros(len(born), dtype=np.int64)
    decade = np.clip((born - DECADES[0]) // 10, 0, len(DECADES) - 1)
    for one in (0, 1):
        for step in range(len(DECADES)):
            here = np.flatnonzero((tradition == one) & (decade == step))
            drawn[here] = draw(rng, table.shares[one, step], len(here))
    return drawn
