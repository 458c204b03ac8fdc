"""How many people bear a name: shares of surnames, given names, patronymics, and the expected holders of a name in a region.

Sources. Counts of bearers: the Parquet lists of the package `russiannames` 2.0 (its data only). Population: `regions.csv`,
thousands of people by the code in an ИНН, rounded, Rosstat, census of 2021; codes of okrugs that were merged (80, 81, 82,
84, 85, 88) carry the region they were merged into; a code that is not there counts as the whole country.

Share of a given name or patronymic = (its bearers + floor) / bearers of the whole list, for each gender. Share of a surname =
the larger of that and its bearers ** 1.4 over the sum of bearers ** 1.4. The list of surnames is flatter than life: it gives
Иванов 0.3 % of men, life about 1.3 %. With 1.4 it is 1.4 %, and of a million names drawn from the three lists 18 % share
their full name with another, as measured in registries. Taking the larger never makes a rare surname rarer than the list
shows. A feminine surname and its masculine form count together.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from affil.bound import without_pandas
from affil.language.fio import PersonName, is_initial
from affil.language.fio_lists import close_database, list_path, made_database, read_surnames

if TYPE_CHECKING:
    import duckdb

UNSEEN_BEARERS = 0.5
"""Bearers of a name no list shows: half of what the rarest listed name has."""

LEAST_PEOPLE = 1_000_000.0
"""People a list stands for at least: one of fewer, from which words were withheld to measure, does not make others common."""

COHORT = 1.5
"""Given name and patronymic are not independent: people of one age and one tradition share them. Factor for every name."""

KINDRED_GIVEN = 10.0
KINDRED_SURNAME = 5.0
"""Given name and patronymic both outside the Slavic list: a tenth of the people bear those, and mostly together (1 / 0.1);
the surname is then mostly of that tradition too (a cautious half of 1 / 0.1)."""

_CONCENTRATION = 1.4
CONCENTRATED_BEARERS = 38_086_945.0
"""Sum of bearers ** 1.4 over the families of the list, as a test computes it: half a second that no run has to spend again."""
_BOTH_GENDERS = ("m", "f")

# Rows of unknown gender go to a gender as its own rows do, half and half where it has none.
# Decimals: a sum of doubles depends on the order of the threads, and a probability must not.
_WORDS_SQL = """
CREATE TEMP TABLE {part} AS
SELECT word, slavic,
       (m + other * (m + 0.01) / (m + f + 0.02))::DECIMAL(18, 3) AS m,
       (f + other * (f + 0.01) / (m + f + 0.02))::DECIMAL(18, 3) AS f
FROM (
  SELECT regexp_replace(replace(upper(text), 'Ё', 'Е'), 'И(ЕВИЧ|ЕВНА)$', 'Ь\\1') AS word,  -- as affil.language.fio.one_spelling
         coalesce(sum(count) FILTER (gender = 'm'), 0) AS m,
         coalesce(sum(count) FILTER (gender = 'f'), 0) AS f,
         coalesce(sum(count) FILTER (gender IS NULL OR gender = 'u'), 0) AS other,
         coalesce(bool_or(list_contains(ethnic, 'slav')), false) AS slavic
  FROM read_parquet(?) GROUP BY ALL)
"""

# All bearers of a family, men and women: those of its masculine form and of the feminine one the list names beside it.
_FAMILIES_SQL = """
WITH asked AS (SELECT unnest(?) AS word),
families AS (
  SELECT asked.word, coalesce(max_by(men.word, (men.bearers, men.word)), asked.word) AS head
  FROM asked LEFT JOIN surname men ON men.feminine = asked.word GROUP BY asked.word)
SELECT families.word, coalesce(men.bearers, 0) + coalesce(women.bearers, 0)
FROM families JOIN surname men ON men.word = families.head
LEFT JOIN surname women ON women.word = men.feminine AND women.word <> men.word
"""


@dataclass(frozen=True, slots=True)
class NameFrequencies:
    """Bearers of the words asked for and the totals of the lists. Words are comparable (upper case, ё as е)."""

    bearers: Mapping[tuple[str, str, str], float]
    totals: Mapping[tuple[str, str], float]
    slavic: frozenset[tuple[str, str]]

    @classmethod
    def load(
        cls,
        surnames: Iterable[str],
        givens: Iterable[str],
        patronymics: Iterable[str],
        connection: duckdb.DuckDBPyConnection | None = None,
    ) -> NameFrequencies:
        """The frequencies of just these words (initials as 'И.'), read once from the lists; about 0.3 s.

        Without a `connection` the surnames come from the database of the order of names, where it was made; it is closed.
        """
        import duckdb

        asked, made = sorted(set(surnames)), None if connection is not None else made_database()
        with without_pandas(), (connection or made or duckdb.connect(":memory:")).cursor() as cursor:
            if made is None:
                read_surnames(cursor, asked)
            bearers, totals, slavic = dict[tuple[str, str, str], float](), dict[tuple[str, str], float](), set[tuple[str, str]]()
            for part, words in (("given", givens), ("patronymic", patronymics)):
                _read_words(cursor, part, sorted(set(words)), bearers, totals, slavic)
            _read_surnames(cursor, asked, bearers, totals)
        if made is not None:
            close_database()
        return cls(bearers, totals, frozenset(slavic))

    def share(self, part: str, word: str, gender: str | None) -> float:
        """The share of people of `gender` ('m', 'f', None = all) whose `part` ('surname', 'given', 'patronymic') is `word`."""
        if part == "surname":
            return self._surname_share(word)
        genders = (gender,) if gender in _BOTH_GENDERS else _BOTH_GENDERS
        return sum((self.bearers.get((part, one, word), 0.0) + UNSEEN_BEARERS) / self.totals[part, one] for one in genders) / len(
            genders
        )

    def listed(self, part: str, word: str) -> float:
        """How many bearers of any gender the list shows; 0 where it has no such word."""
        genders = ("all",) if part == "surname" else _BOTH_GENDERS
        return sum(self.bearers.get((part, one, word), 0.0) for one in genders)

    def _surname_share(self, word: str) -> float:
        bearers = self.listed("surname", word) + UNSEEN_BEARERS
        return max(bearers / self.totals["surname", "all"], float(bearers**_CONCENTRATION) / CONCENTRATED_BEARERS)

    def expected_holders(self, name: PersonName, region: str | None) -> float:
        """How many OTHER people of the region of an ИНН (None = the country) are expected to bear `name` as far as it is written.

        E = population of that gender x share of the surname x share of the given name x share of the patronymic x dependence,
        where a missing part has share 1, an initial the sum over its names, and dependence = COHORT, times KINDRED_GIVEN and
        KINDRED_SURNAME where given name and patronymic both are outside the Slavic list. The unit is persons.
        """
        if name.surname is None:
            return population(region)
        people = population(region) * (0.5 if name.gender else 1.0)
        shares = self._surname_share(name.surname)
        for part, word in (("given", name.given), ("patronymic", name.patronymic)):
            shares *= self.share(part, word, name.gender) if word else 1.0
        return people * shares * self._dependence(name)

    def _dependence(self, name: PersonName) -> float:
        if not name.is_full:
            return COHORT
        outside = ("given", name.given) not in self.slavic and ("patronymic", name.patronymic) not in self.slavic
        return COHORT * KINDRED_GIVEN * KINDRED_SURNAME if outside else COHORT


def _read_words(
    cursor: Any,
    part: str,
    words: list[str],
    bearers: dict[tuple[str, str, str], float],
    totals: dict[tuple[str, str], float],
    slavic: set[tuple[str, str]],
) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS {part}")
    cursor.execute(_WORDS_SQL.format(part=part), [list_path(part)])
    men, women = cursor.execute(f"SELECT sum(m), sum(f) FROM {part}").fetchone()
    totals[part, "m"], totals[part, "f"] = max(float(men), LEAST_PEOPLE), max(float(women), LEAST_PEOPLE)
    whole = [word for word in words if not is_initial(word)]
    for word, men, women, is_slavic in cursor.execute(
        f"SELECT word, m, f, slavic FROM {part} WHERE word IN (SELECT unnest(?))", [whole]
    ).fetchall():
        bearers[part, "m", word], bearers[part, "f", word] = float(men), float(women)
        if is_slavic:
            slavic.add((part, word))
    letters = [word[0] for word in words if is_initial(word)]
    sums = f"SELECT word[1] AS letter, sum(m), sum(f) FROM {part} WHERE letter IN (SELECT unnest(?)) GROUP BY letter"
    for letter, men, women in cursor.execute(sums, [letters]).fetchall():
        bearers[part, "m", f"{letter}."], bearers[part, "f", f"{letter}."] = float(men), float(women)
    cursor.execute(f"DROP TABLE {part}")


def _read_surnames(
    cursor: Any, words: list[str], bearers: dict[tuple[str, str, str], float], totals: dict[tuple[str, str], float]
) -> None:
    for word, count in cursor.execute(_FAMILIES_SQL, [words]).fetchall():
        bearers["surname", "all", word] = float(count)
    whole = cursor.execute("SELECT sum(count) FROM read_parquet(?)", [list_path("surname")]).fetchone()[0]
    totals["surname", "all"] = max(float(whole), LEAST_PEOPLE)


@cache
def _populations() -> dict[str, float]:
    with (files("affil.language") / "regions.csv").open(encoding="utf-8") as lines:
        return {row["code"]: float(row["population_thousand"]) * 1000 for row in csv.DictReader(lines)}


_MERGED = frozenset({"80", "81", "82", "84", "85", "88"})


@cache
def population(region: str | None) -> float:
    """People of the region with this code in an ИНН; of the whole country for None and for a code that is not listed."""
    return _populations().get(region or "", country_population())


@cache
def country_population() -> float:
    """People of the whole country."""
    return sum(count for code, count in _populations().items() if code not in _MERGED)


@cache
def regions_of_other_names() -> frozenset[str]:
    """Codes of the regions where most people bear given names and patronymics outside the Slavic list (column `other_names`:
    republics of the Volga and the North Caucasus, Tuva). How frequent their names are there, the lists do not know."""
    with (files("affil.language") / "regions.csv").open(encoding="utf-8") as lines:
        return frozenset(row["code"] for row in csv.DictReader(lines) if row["other_names"])


def regional_populations() -> dict[str, float]:
    """People by the code of a region in an ИНН; codes of merged okrugs carry the region they were merged into."""
    return dict(_populations())
