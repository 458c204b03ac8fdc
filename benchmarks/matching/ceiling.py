"""The ceiling: the posterior of every pair by the true model, that is by the generator's own tables and parameters.

For a declared person i and a holder j of the registry, L(i, j) is the chance of the questionnaire's row given that i is j, and L(i, 0) the same
given that i is somebody of the population who is not in the registry. With π the share of the declared who are there and N its holders,
    P(i, j) = (π / N) L(i, j) / ((1 - π) L(i, 0) + Σ_k (π / N) L(i, k)).
Kin: where two of one family have candidates in one company, the odds of each are multiplied by 1 + P(other) * (chance that kin share a
company / chance that strangers do), once. Left out: that no two declared are one holder, and who is called after whom.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.matching.candidates import make_pairs
from benchmarks.matching.channel import Frequencies, chance_written, father_shares, given_shares, surname_shares
from benchmarks.matching.names import DECADES, Floats, NameTables, either, read_names
from benchmarks.matching.parameters import Dirt, Parameters
from benchmarks.matching.people import regions

_RARE = 1e-9
_DAYS = 3652.0
_BY_CHANCE = 1e-5
"""Strangers, or kin of one flat, who share a telephone, a mailbox, an address."""


def true_model(connection: Any, folder: Path, births: bool, settings: Parameters | None = None) -> None:
    """Temp table matched(declared_id, registry_inn, probability) of the connection; pairs below 0.001 are left out."""
    settings = settings or Parameters()
    make_pairs(connection, folder, births)
    pairs = _read_pairs(connection)
    declared, holders = connection.execute("SELECT (SELECT count(*) FROM d), (SELECT count(DISTINCT inn) FROM r)").fetchone()
    found = connection.execute(f"SELECT count(*) FROM read_parquet('{folder.as_posix()}/truth.parquet')").fetchone()[0]
    told = connection.execute("SELECT avg((former IS NOT NULL)::INT) FROM d WHERE woman").fetchone()[0]
    model = _Model(settings, read_names(settings.names), _decades(connection), told / settings.dirt.former_told, births)
    pairs["odds"] = found / holders / (declared - found) * model.same(pairs) / model.anybody(pairs)
    _normalise(pairs)
    pairs["odds"] *= _kin(connection, pairs, settings.world.kin_same_company * holders)
    _normalise(pairs)
    connection.register("posterior", pairs[["id", "inn", "probability"]])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE matched AS "
        "SELECT id AS declared_id, inn AS registry_inn, probability FROM posterior WHERE probability >= 0.001"
    )
    connection.unregister("posterior")


def _read_pairs(connection: Any) -> pd.DataFrame:
    pairs = connection.execute("FROM pair ORDER BY id, inn").df()
    for column in pairs.columns:
        if pairs[column].dtype in (object, "string", "str"):
            pairs[column] = pairs[column].astype(object).where(pairs[column].notna(), None)
    return pairs


def _normalise(pairs: pd.DataFrame) -> None:
    pairs["probability"] = pairs.odds / (1.0 + pairs.groupby("id").odds.transform("sum"))


def _decades(connection: Any) -> Floats:
    """The share of the declared born in each decade."""
    counts = dict(
        connection.execute("SELECT birth_year // 10 * 10, count(*) FROM d WHERE birth_year IS NOT NULL GROUP BY ALL").fetchall()
    )
    shares = np.array([counts.get(int(decade), 0) for decade in DECADES], dtype=float)
    return shares / shares.sum()


class _Model:
    """The generator's own knowledge. `changed` is the share of women who changed their surname."""

    def __init__(self, settings: Parameters, tables: NameTables, decades: Floats, changed: float, births: bool) -> None:
        self._settings, self._decades, self._changed, self._births = settings, decades, changed, births
        dirt, other = settings.dirt, settings.names.other_tradition
        self._mix = np.array([1 - other, other])
        shares, fathers = surname_shares(tables), father_shares(tables.male)
        self._surnames = tuple(Frequencies(words, shares, dirt.typo_surname) for words in (tables.men, tables.women))
        self._givens = tuple(Frequencies(t.words, given_shares(t), dirt.typo_given) for t in (tables.male, tables.female))
        self._patronymics = tuple(
            Frequencies(words, fathers, dirt.typo_patronymic) for words in (tables.male.sons, tables.male.daughters)
        )

    def same(self, pairs: pd.DataFrame) -> Floats:
        """L(i, j) over the chance that anybody has the facts beside the name."""
        dirt, again = self._settings.dirt, self._settings.dirt.typo_registry
        likelihood = self._surname_of_one(pairs) * _words(pairs, "given", "r_given", dirt.typo_given + again)
        unknown = pairs.r_patronymic.isna().to_numpy() & pairs.patronymic.notna().to_numpy()
        likelihood *= either(unknown, 0.01, _words(pairs, "patronymic", "r_patronymic", dirt.typo_patronymic + again))
        likelihood *= _regions(pairs, self._settings) * _facts(pairs, self._settings) * _inn(pairs, dirt)
        return likelihood * _births(pairs, dirt) if self._births else likelihood

    def _surname_of_one(self, pairs: pd.DataFrame) -> Floats:
        """The chance of surname and former surname as written, given the holder's; the registry may show a woman's former one."""
        dirt, keeps, changed = self._settings.dirt, self._settings.world.registry_keeps_maiden, self._changed
        surname = _words(pairs, "surname", "r_surname", dirt.typo_surname + dirt.typo_registry)
        former_is = _words(pairs, "former", "r_surname", dirt.typo_registry)
        share, share_former = self._share(pairs.surname, pairs.woman), self._share(pairs.former, pairs.woman)
        with_former = changed * dirt.former_told * (keeps * former_is * share + (1 - keeps) * surname * share_former)
        without = (1 - changed) * surname + changed * (1 - dirt.former_told) * (keeps * share + (1 - keeps) * surname)
        return either(pairs.woman, either(pairs.former.notna(), with_former, without), surname)

    def _share(self, words: Any, woman: Any) -> Floats:
        chances = (
            float(self._surnames[int(one)].of(word) @ self._mix) if word else 1.0 for word, one in zip(words, woman, strict=True)
        )
        return np.array(list(chances))

    def anybody(self, pairs: pd.DataFrame) -> Floats:
        """L(i, 0): the share of people who would write this name (and date of birth)."""
        told = {row.id: self._chance(row) for row in pairs.drop_duplicates("id").itertuples()}
        share = self._settings.dirt.former_told * self._changed
        by_former = either(pairs.woman, either(pairs.former.notna(), share, 1 - share), 1.0)
        return pairs.id.map(told).to_numpy() * by_former

    def _chance(self, row: Any) -> float:
        gender = int(row.woman)
        by_decade = self._givens[gender].of(row.given) * self._patronymics[gender].of(row.patronymic)  # [tradition, decade]
        if self._births and not pd.isna(row.birth_year):
            place = min(max((int(row.birth_year) - int(DECADES[0])) // 10, 0), len(DECADES) - 1)
            by_tradition = by_decade[:, place] * self._decades[place] / (10.0 if pd.isna(row.birth_date) else _DAYS)
        else:
            by_tradition = (by_decade * self._decades).sum(axis=1)
        chance = 0.5 * float((self._mix * self._surnames[gender].of(row.surname) * by_tradition).sum())
        return chance * float(self._surnames[1].of(row.former) @ self._mix) if row.former else chance


def _words(pairs: pd.DataFrame, written: str, true: str, slip: float) -> Floats:
    """The chance of each written word given the holder's; 1 for nothing and for the right initial."""
    keys = list(zip(pairs[written], pairs[true], strict=True))
    made = {key: _word(*key, slip) for key in set(keys)}
    return np.array([made[key] for key in keys])


def _word(written: str | None, true: str | None, slip: float) -> float:
    if written is None or true is None:
        return 1.0
    if written[1:] == ".":
        return 1.0 if written[0] == true[0] else _RARE
    return chance_written(written, true, slip) + _RARE


def _regions(pairs: pd.DataFrame, settings: Parameters) -> Floats:
    """How much likelier the home is, given the region of the ИНН, than the home of anybody."""
    codes, shares = regions()
    at_home, moved = settings.world.declared_at_home, settings.world.migrated
    homes = (1 - at_home) * shares + at_home * (codes == settings.world.home_region)
    given = (1 - moved) * np.eye(len(codes)) + moved * shares[None, :]  # [home, region of the ИНН]
    ratio = given / (homes @ given)[None, :]
    place = {code: number for number, code in enumerate(codes)}
    return np.array([ratio[place[home], place[inn]] for home, inn in zip(pairs.region, pairs.r_region, strict=True)])


def _facts(pairs: pd.DataFrame, settings: Parameters) -> Floats:
    """Telephone, mail, flat, employer: agreement against chance; disagreement where both tell."""
    contacts = settings.contacts
    likelihood = np.ones(len(pairs))
    for part, same in (("phone", contacts.phone_same), ("email", contacts.email_same), ("address", contacts.address_same)):
        told = pairs[part].notna().to_numpy()
        agrees = pairs[part].astype(object).where(told, False).astype(bool).to_numpy()
        likelihood *= either(agrees, same / _BY_CHANCE, either(told, 1 - same, 1.0))
    own = contacts.employer_is_company
    return likelihood * either(pairs.employer.to_numpy(), own / _BY_CHANCE, 1.0)


def _inn(pairs: pd.DataFrame, dirt: Dirt) -> Floats:
    """An ИНН of the questionnaire that is the holder's, his with one digit misprinted, or another's."""
    made = []
    for one, other in zip(pairs.d_inn, pairs.inn, strict=True):
        wrong = 0 if one is None else sum(left != right for left, right in zip(one, other, strict=True))
        made.append(
            1.0
            if one is None
            else (1 - dirt.inn_misprinted) * 1e8
            if not wrong
            else 1e6 * dirt.inn_misprinted
            if wrong == 1
            else _RARE
        )
    return np.array(made)


def _births(pairs: pd.DataFrame, dirt: Dirt) -> Floats:
    """The date as written given the registry's: right, day and month swapped, one part wrong, another."""
    written, true = pd.DatetimeIndex(pairs.birth_date), pd.DatetimeIndex(pairs.r_birth)
    parts = [
        (one.to_numpy(), other.to_numpy())
        for one, other in ((written.year, true.year), (written.month, true.month), (written.day, true.day))
    ]
    wrong = sum((one != other).astype(int) for one, other in parts)
    swapped = (parts[0][0] == parts[0][1]) & (parts[1][0] == parts[2][1]) & (parts[2][0] == parts[1][1])
    clean = 1 - dirt.birth_swapped - dirt.birth_digit - dirt.birth_registry_digit
    slip = (dirt.birth_digit + dirt.birth_registry_digit) / 12
    dated = either(wrong == 0, clean, either(swapped, dirt.birth_swapped, either(wrong == 1, slip, _RARE)))
    year = pairs.birth_year.astype(float).to_numpy()
    only_year = either(
        year == parts[0][1],
        1 - dirt.birth_digit / 3,
        either(np.isin(np.abs(year - parts[0][1]), (1, 10)), dirt.birth_digit / 12, _RARE),
    )
    return either(pairs.birth_date.notna(), dated, either(np.isnan(year), 1.0, only_year))


def _kin(connection: Any, pairs: pd.DataFrame, ratio: float) -> Floats:
    """By how much kin who stand in one company raise the odds: 1 + ratio * P(the other is who he seems)."""
    connection.register("seemed", pairs[pairs.probability > 0.001][["id", "family", "inn", "probability"]])
    rows = connection.execute(
        "WITH standing AS (SELECT DISTINCT s.*, r.company_inn FROM seemed s JOIN r USING (inn) WHERE r.company_inn IS NOT NULL) "
        "SELECT one.id, one.inn, max(other.probability) FROM standing one JOIN standing other "
        "ON one.family = other.family AND one.company_inn = other.company_inn AND one.id <> other.id AND one.inn <> other.inn GROUP BY ALL"
    ).fetchall()
    connection.unregister("seemed")
    factors = {(one, inn): 1 + ratio * chance for one, inn, chance in rows}
    return np.array([factors.get(key, 1.0) for key in zip(pairs.id, pairs.inn, strict=True)])
