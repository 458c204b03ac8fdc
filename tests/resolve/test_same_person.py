"""The probability that two persons are the same. Every person is invented; the frequencies of most tests are told by the test."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.language.fio import PersonName, parse_name
from affil.language.fio_lists import list_path
from affil.language.frequencies import NameFrequencies, population
from affil.resolve.same_person import E_MIN, TWO_SURNAMES, Match, Person, compare, is_likely_slip

HOME_INN = "540000000000"
FOREIGN_INN = "770000000000"


@dataclass(frozen=True)
class Told:
    """Frequencies as the test tells them: holders in any region, a hundred times as many in the country."""

    holders: float = 0.0
    bearers: Mapping[str, float] = field(default_factory=dict)

    def expected_holders(self, name: PersonName, region: str | None) -> float:
        less_written = 30.0 if name.patronymic is None or "." in name.patronymic else 1.0
        return self.holders * less_written * (1.0 if region else 100.0)

    def listed(self, part: str, word: str) -> float:
        return self.bearers.get(word, 0.0)


def name(text: str) -> PersonName:
    parsed = parse_name(text)
    assert parsed is not None
    return parsed


def declared(text: str, **known: str | int | dt.date | None) -> Person:
    return replace(Person(name(text), home_region="54"), **known)  # type: ignore[arg-type]


def shown(text: str, **known: str | int | dt.date | None) -> Person:
    return replace(Person(name(text), inn=HOME_INN), **known)  # type: ignore[arg-type]


def probability(one: Person, other: Person, frequencies: Told | NameFrequencies, seen: int = 1) -> float:
    """None counts as 0."""
    match = compare(one, other, frequencies, seen)
    return match.probability if match else 0.0


ANNA = "Громова Анна Петровна"


def test_three_expected_namesakes_come_out_below_three_tenths() -> None:
    assert 0.2 < probability(declared(ANNA), shown(ANNA), Told(3.0)) < 0.3


def test_a_very_rare_full_name_comes_out_above_nine_tenths() -> None:
    match = compare(declared(ANNA), shown(ANNA), Told(0.001), 1)
    assert match == Match(pytest.approx(1 / (1 + 0.001 + E_MIN)), "D", "exact", (), 0.001, 1)


@pytest.mark.parametrize(
    "other", ["Громова Инна Петровна", "Громова Ольга Петровна", "Громова Анна Сергеевна", "Громова Анна Павловна"]
)
def test_a_differing_given_name_or_patronymic_is_another_person(other: str) -> None:
    well_known = dict.fromkeys(["АННА", "ИННА", "ОЛЬГА", "ПЕТРОВНА", "СЕРГЕЕВНА", "ПАВЛОВНА"], 1000.0)
    assert probability(declared(ANNA), shown(other), Told(0.0001, well_known)) < 0.01


def test_two_known_given_names_one_letter_apart_are_two_names() -> None:
    frequencies = Told(0.0001, {"ЕЛЕНА": 62_000, "АЛЕНА": 900})
    assert compare(declared("Громова Елена Петровна"), shown("Громова Алена Петровна"), frequencies, 1) is None


def test_different_tax_numbers_are_different_persons() -> None:
    assert compare(declared(ANNA, inn="540000000001"), shown(ANNA, inn="540000000002"), Told(), 1) is None


def test_different_genders_are_different_persons() -> None:
    assert compare(Person(name("Черных Анна")), Person(name("Черных Антон")), Told(), 1) is None


def test_nothing_is_said_of_a_name_without_given_name() -> None:
    assert compare(declared("Громова"), shown(ANNA), Told(), 1) is None


def test_two_real_surnames_one_letter_apart_stay_low_however_rare_the_rest() -> None:
    frequencies = Told(0.0001, {"ПОПОВ": 4351, "ПОПКОВ": 542})
    for one, other in (("Попов Иван Петрович", "Попков Иван Петрович"), ("Попков Иван Петрович", "Попов Иван Петрович")):
        assert probability(declared(one), shown(other), frequencies) <= TWO_SURNAMES <= 0.25


def test_a_misspelling_that_nobody_bears_is_nearly_as_good_as_the_exact_spelling() -> None:
    frequencies = Told(0.001, {"ЛЕПИЦЫН": 150})
    exact = probability(declared("Лепицын Иван Петрович"), shown("Лепицын Иван Петрович"), frequencies)
    misspelt = compare(declared("Лепицин Иван Петрович"), shown("Лепицын Иван Петрович"), frequencies, 1)
    assert misspelt is not None
    assert misspelt.agreement == "typo"
    assert exact - 0.05 < misspelt.probability < exact


def test_a_doubled_letter_and_a_silent_one_are_likelier_slips_than_any_other() -> None:
    assert is_likely_slip("ФИЛИПОВ", "ФИЛИППОВ")
    assert is_likely_slip("ВАСИЛЕВ", "ВАСИЛЬЕВ")
    assert is_likely_slip("ГРОМОВ", "ГОРМОВ")
    assert is_likely_slip("КАРОВИН", "КОРОВИН")
    assert not is_likely_slip("ПОПОВ", "ПОПКОВ")
    assert not is_likely_slip("ГРОМОВ", "ГРОМОЛ")


def test_a_misprint_in_a_short_surname_is_another_surname() -> None:
    assert compare(declared("Ким Анна Петровна"), shown("Кин Анна Петровна"), Told(), 1) is None


def test_two_parts_misspelt_are_another_person() -> None:
    assert compare(declared("Лепицын Ивван Петрович"), shown("Лепицин Иван Петрович"), Told(), 1) is None


def test_a_former_surname_agrees_as_the_surname_itself() -> None:
    match = compare(declared("Громова (Лугова) Анна Петровна"), shown("Лугова Анна Петровна"), Told(0.001), 1)
    assert match is not None
    assert match.agreement == "former_surname"
    assert match.probability == probability(declared("Лугова Анна Петровна"), shown("Лугова Анна Петровна"), Told(0.001))


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("Громова А.П.", ANNA, "initials"),
        (ANNA, "Громова А.П.", "initials"),
        ("Громова А.", ANNA, "initials"),
        ("Громова Анна", ANNA, "no_patronymic"),
        (ANNA, "Громова Анна", "no_patronymic"),
    ],
)
def test_a_name_written_shorter_may_be_the_same_and_has_more_holders(one: str, other: str, agreement: str) -> None:
    match = compare(declared(one), shown(other), Told(0.01), 1)
    assert match is not None
    assert match.agreement == agreement
    assert match.expected_holders == pytest.approx(0.3)
    assert match.probability < probability(declared(ANNA), shown(ANNA), Told(0.01))


def test_other_initials_are_another_person() -> None:
    assert compare(declared("Громова О.П."), shown(ANNA), Told(), 1) is None


@pytest.mark.parametrize(
    ("fact", "one", "other"),
    [("phone", "+7 (38445) 5-11-22", "83844551122"), ("email", "a@b.example", "a@b.example"), ("employer_key", "x", "x")],
)
def test_an_agreeing_fact_makes_grade_c_and_weighs_much(fact: str, one: str, other: str) -> None:
    match = compare(declared(ANNA, **{fact: one}), shown(ANNA, **{fact: other}), Told(3.0), 1)
    assert match is not None
    assert (match.grade, match.facts) == ("C", (fact.removesuffix("_key"),))
    assert match.probability > 0.95


def test_a_fact_beside_initials_leaves_grade_d() -> None:
    match = compare(declared("Громова А.П.", phone="x"), shown(ANNA, phone="x"), Told(0.01), 1)
    assert match is not None
    assert match.grade == "D"


def test_a_birth_year_speaks_for_and_against() -> None:
    same = probability(declared(ANNA, birth_year=1980), shown(ANNA, birth_year=1980), Told(1.0))
    unknown = probability(declared(ANNA, birth_year=1980), shown(ANNA), Told(1.0))
    other = probability(declared(ANNA, birth_year=1980), shown(ANNA, birth_year=1990), Told(1.0))
    assert other < 0.05 < unknown < 0.9 < same


def test_a_name_alone_is_not_certain_where_the_tax_number_is_from_another_region() -> None:
    assert probability(declared(ANNA), shown(ANNA, inn=FOREIGN_INN), Told(0.00001)) < 0.9
    assert probability(declared(ANNA), shown(ANNA, inn=FOREIGN_INN), Told(0.1)) < 0.05


def test_two_holders_seen_leave_at_most_a_half() -> None:
    assert probability(declared(ANNA), shown(ANNA), Told(0.0001), seen=2) == pytest.approx(0.5)


def test_a_full_name_that_agrees_is_kept_however_low() -> None:
    match = compare(declared(ANNA), shown(ANNA), Told(150.0), 1)
    assert match is not None
    assert match.probability < 0.01
    assert match.grade == "D"


WORDS = [
    ["ГРОМОВА", "ЛУГОВА", "ГРАМОВА", "ЗЕЛЕНАЯ", "КИМ"],
    ["АННА", "АНННА", "АЛЕНА", "А."],
    ["ПЕТРОВНА", "ФЕДОРОВНА", "П.", None],
]
PERSONS = st.builds(
    Person,
    name=st.builds(
        PersonName,
        surname=st.sampled_from(WORDS[0]),
        given=st.sampled_from(WORDS[1]),
        patronymic=st.sampled_from(WORDS[2]),
        former_surnames=st.sampled_from([(), ("ЛУГОВА",)]),
        gender=st.sampled_from(["f", None]),
    ),
    inn=st.sampled_from([None, HOME_INN, FOREIGN_INN]),
    birth_year=st.sampled_from([None, 1980, 1981]),
    home_region=st.sampled_from([None, "54", "77"]),
    phone=st.sampled_from([None, "1", "2"]),
    email=st.sampled_from([None, "a"]),
    employer_key=st.sampled_from([None, "x"]),
)
TOLD = st.builds(
    Told,
    holders=st.floats(0, 50),
    bearers=st.dictionaries(
        st.sampled_from(["ГРОМОВА", "ГРАМОВА", "АННА", "АЛЕНА", "ПЕТРОВНА"]), st.floats(0, 10_000), max_size=4
    ),
)


@settings(max_examples=300, deadline=None)
@given(PERSONS, PERSONS, TOLD, st.integers(1, 5))
def test_a_probability_lies_between_zero_and_one_and_more_holders_seen_never_raise_it(
    one: Person, other: Person, told: Told, seen: int
) -> None:
    assert 0.0 <= probability(one, other, told, seen) <= 1.0
    assert probability(one, other, told, seen + 1) <= probability(one, other, told, seen)


@settings(max_examples=300, deadline=None)
@given(PERSONS, PERSONS, TOLD, st.sampled_from(["phone", "email", "employer_key", "birth_year"]))
def test_an_agreeing_fact_never_lowers(one: Person, other: Person, told: Told, fact: str) -> None:
    value = 1980 if fact == "birth_year" else "z"
    without = probability(replace(one, **{fact: None}), replace(other, **{fact: None}), told)
    assert probability(replace(one, **{fact: value}), replace(other, **{fact: value}), told) >= without


@settings(max_examples=300, deadline=None)
@given(PERSONS, PERSONS, TOLD)
def test_a_tax_number_of_another_region_never_raises(one: Person, other: Person, told: Told) -> None:
    at_home = replace(one, inn=None, home_region="54")
    foreign = probability(at_home, replace(other, inn=FOREIGN_INN), told)
    assert foreign <= probability(at_home, replace(other, inn=None), told)
    assert foreign <= probability(at_home, replace(other, inn=HOME_INN), told)


@settings(max_examples=200, deadline=None)
@given(PERSONS, PERSONS, TOLD, st.integers(0, 50))
def test_more_expected_holders_never_raise(one: Person, other: Person, told: Told, more: int) -> None:
    assert probability(one, other, replace(told, holders=told.holders + more), 1) <= probability(one, other, told, 1) + 1e-12


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["Зелёная Алёна Фёдоровна", "ЗЕЛЁНАЯ АЛЁНА ФЁДОРОВНА", "зеленая Алена федоровна"]), st.floats(0, 5))
def test_letter_case_and_yo_do_not_matter(text: str, holders: float) -> None:
    plain = "ЗЕЛЕНАЯ АЛЕНА ФЕДОРОВНА"
    assert (
        probability(declared(text), shown(plain), Told(holders)) == probability(declared(plain), shown(text), Told(holders)) > 0
    )


@pytest.fixture(scope="module")
def real() -> NameFrequencies:
    return NameFrequencies.load(
        ["ПОПОВ", "ПОПКОВ", "ИВАНОВА", "ЩУКОДРЕВ", "ЛЕПИЦЫН", "КОРЯКОВЦЕВА"],
        ["ЕЛЕНА", "ИВАН", "ИННОКЕНТИЙ", "АЛЕНА", "АННА", "ИННА", "СЕРАФИМА"],
        ["СЕРГЕЕВНА", "ПЕТРОВИЧ", "МАКАРОВИЧ", "ПЕТРОВНА", "ПАВЛОВНА", "МАКАРОВНА"],
    )


def test_with_the_real_lists_the_commonest_names_say_nothing_and_the_rarest_nearly_all(real: NameFrequencies) -> None:
    assert probability(declared("Иванова Елена Сергеевна"), shown("Иванова Елена Сергеевна"), real) < 0.05
    assert probability(declared("Щукодрев Иннокентий Макарович"), shown("Щукодрев Иннокентий Макарович"), real) > 0.9
    assert (
        probability(declared("Щукодрев Иннокентий Макарович"), shown("Щукодрев Иннокентий Макарович", inn=FOREIGN_INN), real)
        < 0.9
    )


def test_with_the_real_lists_other_surnames_given_names_and_patronymics_are_other_persons(real: NameFrequencies) -> None:
    assert probability(declared("Попов Иннокентий Макарович"), shown("Попков Иннокентий Макарович"), real) <= 0.25
    for other in ("Коряковцева Инна Макаровна", "Коряковцева Алена Макаровна", "Коряковцева Анна Павловна"):
        assert probability(declared("Коряковцева Анна Макаровна"), shown(other), real) < 0.01


def drawn_names(part: str, genders: str, how_many: int, concentration: float) -> list[str]:
    """Names drawn from the list of `part` as often as their bearers ** concentration, not by the code under test."""
    folded = f"SELECT replace(upper(text), 'Ё', 'Е') AS word, count FROM read_parquet(?) WHERE gender IN ({genders})"
    words = duckdb.execute(f"SELECT word, sum(count) FROM ({folded}) GROUP BY word ORDER BY word", [list_path(part)]).fetchall()
    weights = np.array([count for _, count in words], dtype=float) ** concentration
    return [words[place][0] for place in np.random.default_rng(20).choice(len(words), how_many, p=weights / weights.sum())]


def test_probabilities_are_calibrated_in_a_region_drawn_from_the_lists() -> None:
    """A region of men whose names are drawn independently (Иванов 1.4 %, as in life); 6 % of them stand in the registry.

    Every sixth man is declared and compared with each holder of his name in the registry. The model allows for dependence
    between the parts of a name (COHORT), which these men do not have: it must come out somewhat below what is right, not above.
    """
    region, rng = "60", np.random.default_rng(21)
    men = int(population(region) / 2)
    surnames, givens, patronymics = (
        drawn_names("surname", "'m', 'u'", men, 1.4),
        drawn_names("given", "'m'", men, 1.0),
        drawn_names("patronymic", "'m'", men, 1.0),
    )
    keys = list(
        zip(
            rng.permutation(surnames).tolist(),
            rng.permutation(givens).tolist(),
            rng.permutation(patronymics).tolist(),
            strict=True,
        )
    )
    in_registry = rng.random(men) < 0.06
    holders = Counter(key for key, shown_there in zip(keys, in_registry, strict=True) if shown_there)
    declared_men = [man for man in range(0, men, 6) if keys[man] in holders]
    frequencies = NameFrequencies.load(*(sorted({keys[man][part] for man in declared_men}) for part in range(3)))
    chances, right, weight = [], [], []
    for man in declared_men:
        one = PersonName(*keys[man], gender="m")
        chances.append(
            probability(Person(one, home_region=region), Person(one, inn=f"{region}0000000000"), frequencies, holders[keys[man]])
        )
        right.append(float(in_registry[man]) / holders[keys[man]])
        weight.append(holders[keys[man]])
    told, truth, pairs = np.array(chances), np.array(right), np.array(weight)
    assert len(declared_men) > 1_000
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (told >= low) & (told < low + 0.2)
        gap = np.average(truth[inside], weights=pairs[inside]) - np.average(told[inside], weights=pairs[inside])
        assert -0.03 < gap < 0.15, f"told {low:.1f} to {low + 0.2:.1f}: right {gap:+.3f} oftener"
    sure = told >= 0.9
    assert np.average(truth[sure], weights=pairs[sure]) > 0.97


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((1980, 5, 3), (1975, 11, 20), True),
        ((1980, 5, 3), (1980, 11, 20), True),
        ((1980, 5, 3), (1980, 5, 3), False),
        ((1980, 5, 3), (1980, 3, 5), False),  # day and month swapped
        ((1980, 5, 3), (1980, 5, 8), False),  # one slip
        ((1980, 5, 3), (1990, 5, 3), False),
    ],
)
def test_two_dates_of_birth_are_two_people(one: tuple[int, int, int], other: tuple[int, int, int], apart: bool) -> None:
    here, there = declared(ANNA, birth_date=dt.date(*one)), shown(ANNA, birth_date=dt.date(*other))
    assert (compare(here, there, Told(0.001), 1) is None) is apart
    assert (compare(there, here, Told(0.001), 1) is None) is apart
    assert compare(here, replace(there, birth_date=None), Told(0.001), 1) is not None
