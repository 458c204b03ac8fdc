"""Pairs of records weighed: is it one person? The model of the product, used by a district's screen and by 100,000 × 1,000,000 alike.

The model. Of the people of his home region (of the country, where that is unknown) each is as likely as any other to be the one whom the
registry shows; agreeing names and facts raise the odds, disagreeing ones lower them:

    odds = prior * names * region * facts          P = odds / (1 + all odds that exclude each other)

    prior   near * share of the loaded registry's persons who are of the home region / people of that region
    names   1 / share of each agreeing word among the people of that gender (words.py), a slip as in channel.py; the expected other
            holders E that follow count as E + few, for what the lists cannot see
            (few_there of names the lists know little of where they are common)
    region  of the ИНН against the home region; facts: birth, phone, e-mail, flat, employer, kin who match together (weights.toml)

A patronymic that is missing says nothing, one that contradicts is another person, so is another given name. Odds that exclude each
other: of one declared person those of all registry persons with another ИНН; holders of the same full name whom the loaded registry
shows and who were not compared count each by the name alone (posterior.sql). After Fellegi and Sunter (1969); every figure of the model stands in weights.toml.
"""

from __future__ import annotations

from pathlib import Path

from affil.identity.weights import parameters
from affil.identity.words import make_words
from affil.language.frequencies import (
    COHORT,
    KINDRED_GIVEN,
    KINDRED_SURNAME,
    NameFrequencies,
    country_population,
    regional_populations,
    regions_of_other_names,
)
from affil.store.store import Store


def weigh(store: Store, frequencies: NameFrequencies | None = None) -> None:
    """Temporary table `weighed`: a row for each row of `pair` that can be one person, with `odds` (of one person against two, before
    rivals), `grade`, `agreement`, `facts`, `expected` (other holders of the name in the home region) and the ratio of every piece of evidence.

    Needs `pair`: pair_id, and for either side (the second with `b_`) surname, given, patronymic, former (list), gender, inn, birth_date,
    birth_year, home_region, phones, emails, flats, employers (lists of comparable texts), and father_fits: whether the name of
    the declared person's father makes the other's patronymic, where he has none himself; `family_of` (declared, family) and `standing_in`
    (behind, company): kin and companies. And `holder`: surname, given, patronymic, gender, region of each person the loaded registry
    shows. `frequencies`: of the lists, None reads them.
    """
    make_words(store, frequencies)
    _make_region_shares(store)
    shared = {"country": country_population(), "cohort": COHORT, "kindred": KINDRED_GIVEN * KINDRED_SURNAME}
    store.script(Path(__file__).with_name("evidence.sql"), {**parameters(), **shared})


def _make_region_shares(store: Store) -> None:
    """Temporary table `region_share`: region code, its people, whether most bear names of another tradition, and its share of the registry's
    persons, were it the home region."""
    other = regions_of_other_names()
    people = [(region, people, region in other) for region, people in sorted(regional_populations().items())]
    store.temporary("region_people", {"region": "VARCHAR", "people": "DOUBLE", "other_names": "BOOLEAN"}, people)
    store.sql(
        """
        CREATE OR REPLACE TEMPORARY TABLE region_share AS
        WITH shown AS (SELECT region, count(*) AS persons FROM holder WHERE region IS NOT NULL GROUP BY region)
        SELECT region, people, other_names, (coalesce(persons, 0) + $prior * (0.5 + 0.5 * people / $country))
                                            / ((SELECT coalesce(sum(persons), 0) FROM shown) + $prior) AS share
        FROM region_people LEFT JOIN shown USING (region)""",
        {"prior": parameters()["region_persons"], "country": country_population()},
    )
