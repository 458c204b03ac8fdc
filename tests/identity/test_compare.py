"""The probability that two persons are one. Every person is invented; the frequencies of most tests are told by the test."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.identity.channel import is_likely_slip
from affil.identity.compare import Likeness, Person, compare_all
from affil.identity.weights import weights
from affil.language.fio import PersonName, parse_name
from affil.language.fio_lists import list_path
from affil.language.frequencies import COHORT, NameFrequencies, population

pytestmark = pytest.mark.usefixtures("stores_used_again")

HOME_INN = "540000000000"
FOREIGN_INN = "770000000000"
HOME = "54"


@dataclass(frozen=True)
class Told(NameFrequencies):
    """Frequencies as the test tells them: every full name has `holders` others in the home region; `words` tells bearers."""

    bearers: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    totals: Mapping[tuple[str, str], float] = field(default_factory=dict)
    slavic: frozenset[tuple[str, str]] = frozenset(
        {("given", word) for word in ["АННА", "ИННА", "ОЛЬГА", "ЕЛЕНА", "АЛЕНА", "ИВАН", "НАТАЛЬЯ", "НАТАЛИЯ"]}
        | {("patronymic", word) for word in ["ПЕТРОВНА", "ФЕДОРОВНА", "СЕРГЕЕВНА", "ПАВЛОВНА", "ПЕТРОВИЧ"]}
    )
    holders: float = 0.0
    words: Mapping[str, float] = field(default_factory=dict)

    def share(self, part: str, word: str, gender: str | None) -> float:
        if part == "surname":
            people = population(HOME) / 2 * COHORT
            return max(self.holders, 1e-9) / people * 900
        return 1 / 5 if "." in word else 1 / 30

    def listed(self, part: str, word: str) -> float:
        return self.words.get(word, 0.0)


def name(text: str) -> PersonName:
    parsed = parse_name(text)
    assert parsed is not None
    return parsed


def declared(text: str, **known: object) -> Person:
    return replace(Person(name(text), home_region=HOME), **known)  # type: ignore[arg-type]


def shown(text: str, **known: object) -> Person:
    return replace(Person(name(text), inn=HOME_INN), **known)  # type: ignore[arg-type]


def compare(one: Person, other: Person, frequencies: NameFrequencies | None, seen: int = 1) -> Likeness | None:
    return compare_all([(one, other)], [seen], frequencies)[0]


def probability(one: Person, other: Person, frequencies: NameFrequencies | None, seen: int = 1) -> float:
    """None counts as 0."""
    match = compare(one, other, frequencies, seen)
    return match.probability if match else 0.0


ANNA = "Громова Анна Петровна"
ALIKE = (declared(ANNA), shown(ANNA))


def test_three_expected_namesakes_come_out_below_three_tenths() -> None:
    match = compare(*ALIKE, Told(holders=3.0))
    assert match is not None
    assert match.expected == pytest.approx(3.0)
    assert 0.2 < match.probability < 0.3


def test_a_very_rare_full_name_comes_out_above_nine_tenths_and_stays_grade_d() -> None:
    match = compare(*ALIKE, Told(holders=0.001))
    assert match is not None
    odds = weights()["near"] * weights()["home"] / (0.001 + weights()["few"])
    assert match.probability == pytest.approx(odds / (1 + odds))
    assert (match.grade, match.agreement, match.facts) == ("D", "exact", ())


@pytest.mark.parametrize(
    "other", ["Громова Инна Петровна", "Громова Ольга Петровна", "Громова Анна Сергеевна", "Громова Анна Павловна"]
)
def test_a_differing_given_name_or_patronymic_is_another_person(other: str) -> None:
    well_known = dict.fromkeys(["АННА", "ИННА", "ОЛЬГА", "ПЕТРОВНА", "СЕРГЕЕВНА", "ПАВЛОВНА"], 1000.0)
    assert compare(declared(ANNA), shown(other), Told(holders=0.0001, words=well_known)) is None


def test_two_known_given_names_one_letter_apart_are_two_names() -> None:
    told = Told(holders=0.0001, words={"ЕЛЕНА": 62_000, "АЛЕНА": 900})
    assert compare(declared("Громова Елена Петровна"), shown("Громова Алена Петровна"), told) is None


def test_two_forms_of_one_given_name_are_one_name() -> None:
    told = Told(holders=0.0001, words={"НАТАЛЬЯ": 50_000, "НАТАЛИЯ": 9_000})
    assert probability(declared("Громова Наталья Петровна"), shown("Громова Наталия Петровна"), told) > 0.9


def test_different_tax_numbers_and_genders_are_different_persons() -> None:
    assert compare(declared(ANNA, inn="540000000001"), shown(ANNA, inn="540000000002"), Told()) is None
    assert compare(Person(name("Черных Анна")), Person(name("Черных Антон")), Told()) is None


def test_nothing_is_said_of_a_name_without_given_name() -> None:
    assert compare(declared("Громова"), shown(ANNA), Told()) is None


def test_two_real_surnames_one_letter_apart_stay_low_however_rare_the_rest() -> None:
    told = Told(holders=0.0001, words={"ПОПОВ": 4351, "ПОПКОВ": 542})
    for one, other in (("Попов Иван Петрович", "Попков Иван Петрович"), ("Попков Иван Петрович", "Попов Иван Петрович")):
        assert probability(declared(one), shown(other), told) <= weights()["two_surnames"] + 1e-9 <= 0.25


def test_a_misspelling_that_nobody_bears_is_nearly_as_good_as_the_exact_spelling() -> None:
    lists = NameFrequencies.load(["ЛЕПИЦЫН", "ЛЕПИЦИН"], ["ИВАН", "И."], ["ПЕТРОВИЧ", "П."])
    exact = probability(declared("Лепицын Иван Петрович"), shown("Лепицын Иван Петрович"), lists)
    misspelt = compare(declared("Лепицин Иван Петрович"), shown("Лепицын Иван Петрович"), lists)
    assert misspelt is not None
    assert misspelt.agreement == "typo"
    assert exact - 0.05 < misspelt.probability < exact


def test_a_doubled_letter_and_a_silent_one_are_likelier_slips_than_any_other() -> None:
    for one, other in (("ФИЛИПОВ", "ФИЛИППОВ"), ("ВАСИЛЕВ", "ВАСИЛЬЕВ"), ("ГРОМОВ", "ГОРМОВ"), ("КАРОВИН", "КОРОВИН")):
        assert is_likely_slip(one, other)
    assert not is_likely_slip("ПОПОВ", "ПОПКОВ")
    assert not is_likely_slip("ГРОМОВ", "ГРОМОЛ")


def test_a_misprint_in_a_short_surname_is_another_surname() -> None:
    assert compare(declared("Ким Анна Петровна"), shown("Кин Анна Петровна"), Told()) is None


def test_two_parts_misspelt_are_another_person() -> None:
    assert compare(declared("Лепицын Ивван Петрович"), shown("Лепицан Иван Петрович"), Told()) is None


def test_a_former_surname_agrees_as_the_surname_itself() -> None:
    told = Told(holders=0.001)
    match = compare(declared("Громова (Лугова) Анна Петровна"), shown("Лугова Анна Петровна"), told)
    assert match is not None
    assert match.agreement == "former_surname"
    assert match.probability == probability(declared("Лугова Анна Петровна"), shown("Лугова Анна Петровна"), told)


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
    match = compare(declared(one), shown(other), Told(holders=0.01))
    assert match is not None
    assert match.agreement == agreement
    assert match.expected > 0.01
    assert match.probability < probability(*ALIKE, Told(holders=0.01))


def test_other_initials_are_another_person() -> None:
    assert compare(declared("Громова О.П."), shown(ANNA), Told()) is None


@pytest.mark.parametrize(
    ("fact", "told"), [("phones", "phone"), ("emails", "email"), ("flats", "address"), ("employers", "employer")]
)
def test_an_agreeing_fact_makes_grade_c_and_weighs_much(fact: str, told: str) -> None:
    match = compare(declared(ANNA, **{fact: ("x", "y")}), shown(ANNA, **{fact: ("y",)}), Told(holders=3.0))
    assert match is not None
    assert (match.grade, match.facts) == ("C", (told,))
    assert match.probability > 0.95


def test_a_fact_beside_initials_leaves_grade_d() -> None:
    match = compare(declared("Громова А.П.", phones=("x",)), shown(ANNA, phones=("x",)), Told(holders=0.01))
    assert match is not None
    assert match.grade == "D"


def test_a_birth_year_speaks_for_and_against() -> None:
    told = Told(holders=1.0)
    same = probability(declared(ANNA, birth_year=1980), shown(ANNA, birth_year=1980), told)
    unknown = probability(declared(ANNA, birth_year=1980), shown(ANNA), told)
    near = probability(declared(ANNA, birth_year=1980), shown(ANNA, birth_year=1981), told)
    other = probability(declared(ANNA, birth_year=1980), shown(ANNA, birth_year=1990), told)
    assert other < 0.05 < near < unknown < 0.9 < same


def test_a_birth_date_says_more_the_more_of_it_agrees() -> None:
    told, day = Told(holders=40.0), dt.date(1980, 5, 3)
    dates = [dt.date(1980, 5, 3), dt.date(1980, 3, 5), dt.date(1980, 5, 8), None]
    chances = [probability(declared(ANNA, birth_date=day), shown(ANNA, birth_date=date), told) for date in dates]
    year = probability(declared(ANNA, birth_date=day), shown(ANNA, birth_year=1980), told)
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.99
    assert chances[-1] < year < chances[0]


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
    assert (compare(here, there, Told(holders=0.001)) is None) is apart
    assert (compare(there, here, Told(holders=0.001)) is None) is apart
    assert compare(here, replace(there, birth_date=None), Told(holders=0.001)) is not None


def test_a_patronymic_that_differs_is_nearly_a_veto_even_with_the_day_of_birth() -> None:
    born, told = {"birth_date": dt.date(1980, 5, 3)}, Told(holders=1.0)
    other = compare(declared(ANNA, **born), shown("Громова Анна Сергеевна", **born), told)
    assert other is not None
    assert other.agreement == "contradicted"
    assert other.probability < 0.5 < probability(declared(ANNA, **born), shown(ANNA, **born), told)


def test_a_woman_with_another_surname_is_told_by_the_day_of_birth() -> None:
    born, told = {"birth_date": dt.date(1980, 5, 3)}, Told(holders=0.001)
    match = compare(declared(ANNA, **born), shown("Лугова Анна Петровна", **born), told)
    assert match is not None
    assert (match.agreement, match.grade) == ("changed", "C")
    assert compare(declared(ANNA), shown("Лугова Анна Петровна"), told) is None


def test_a_name_alone_is_not_certain_where_the_tax_number_is_from_another_region() -> None:
    foreign = shown(ANNA, inn=FOREIGN_INN)
    assert probability(declared(ANNA), foreign, Told(holders=0.00001)) < 0.9
    assert probability(declared(ANNA), foreign, Told(holders=1.0)) < 0.1


def test_two_holders_seen_leave_at_most_a_half() -> None:
    assert 0.45 < probability(*ALIKE, Told(holders=0.0001), seen=2) < 0.5


def test_a_full_name_that_agrees_is_kept_however_low() -> None:
    match = compare(*ALIKE, Told(holders=150.0))
    assert match is not None
    assert match.probability < 0.01
    assert match.grade == "D"


WORDS = [
    ["ГРОМОВА", "ЛУГОВА", "ГРАМОВА", "ЗЕЛЕНАЯ", "КИМ"],
    ["АННА", "АНННА", "АЛЕНА", "А."],
    ["ПЕТРОВНА", "ФЕДОРОВНА", "П.", None],
]
CONTACTS = st.sampled_from([(), ("1",), ("2", "1")])
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
    birth_date=st.sampled_from([None, dt.date(1980, 3, 5), dt.date(1980, 5, 3), dt.date(1981, 3, 5), dt.date(1970, 1, 1)]),
    birth_year=st.sampled_from([None, 1980, 1981]),
    home_region=st.sampled_from([None, HOME, "77"]),
    phones=CONTACTS,
    emails=CONTACTS,
    flats=CONTACTS,
    employers=CONTACTS,
)
PAIRS = st.lists(st.tuples(PERSONS, PERSONS), min_size=20, max_size=120)
TOLD = st.builds(
    Told,
    holders=st.floats(1e-6, 50),
    words=st.dictionaries(st.sampled_from(["ГРОМОВА", "ГРАМОВА", "АННА", "АЛЕНА", "ПЕТРОВНА"]), st.floats(0, 10_000), max_size=4),
)


def chances(pairs: Sequence[tuple[Person, Person]], told: Told, seen: int = 1) -> list[float]:
    return [match.probability if match else 0.0 for match in compare_all(pairs, [seen] * len(pairs), told)]


@settings(max_examples=5, deadline=None)
@given(PAIRS, TOLD, st.integers(1, 5))
def test_a_probability_lies_between_zero_and_one_and_more_holders_seen_never_raise_it(
    pairs: list[tuple[Person, Person]], told: Told, seen: int
) -> None:
    less, more = chances(pairs, told, seen), chances(pairs, told, seen + 1)
    assert all(0.0 <= chance <= 1.0 for chance in less)
    assert all(after <= before for before, after in zip(less, more, strict=True))


@settings(max_examples=5, deadline=None)
@given(PAIRS, TOLD)
def test_it_does_not_matter_who_is_asked_first(pairs: list[tuple[Person, Person]], told: Told) -> None:
    # Home is where the declared person lives: of two homes the sides are not alike, and are not meant to be.
    pairs = [(replace(a, home_region=HOME, inn=None), replace(b, home_region=HOME, inn=None)) for a, b in pairs]
    turned = [(other, one) for one, other in pairs]
    assert chances(pairs, told) == pytest.approx(chances(turned, told), rel=1e-9)


@settings(max_examples=8, deadline=None)
@given(PAIRS, TOLD, st.sampled_from(["phones", "emails", "flats", "employers", "birth_year", "birth_date"]))
def test_an_agreeing_fact_never_lowers_and_a_contradicting_one_never_raises(
    pairs: list[tuple[Person, Person]], told: Told, fact: str
) -> None:
    same: object = {"birth_year": 1980, "birth_date": dt.date(1980, 3, 5)}.get(fact, ("z",))
    other: object = {"birth_year": 1950, "birth_date": dt.date(1950, 7, 9)}.get(fact, ("q",))
    nothing: object = None if fact.startswith("birth") else ()
    if fact == "birth_year":
        pairs = [(replace(a, birth_date=None), replace(b, birth_date=None)) for a, b in pairs]
    if fact == "birth_date":
        pairs = [(replace(a, birth_year=None), replace(b, birth_year=None)) for a, b in pairs]

    def with_fact(mine: object, yours: object) -> list[float]:
        return chances([(replace(a, **{fact: mine}), replace(b, **{fact: yours})) for a, b in pairs], told)  # type: ignore[arg-type]

    unknown, agreeing, contradicting = with_fact(nothing, nothing), with_fact(same, same), with_fact(same, other)
    assert all(more >= before for before, more in zip(unknown, agreeing, strict=True))
    assert all(less <= before for before, less in zip(unknown, contradicting, strict=True))


@settings(max_examples=5, deadline=None)
@given(PAIRS, TOLD)
def test_a_tax_number_of_another_region_never_raises(pairs: list[tuple[Person, Person]], told: Told) -> None:
    at_home = [(replace(a, inn=None, home_region=HOME), b) for a, b in pairs]
    foreign, unknown, home = (
        chances([(a, replace(b, inn=inn, home_region=None)) for a, b in at_home], told) for inn in (FOREIGN_INN, None, HOME_INN)
    )
    assert all(far <= none <= near for far, none, near in zip(foreign, unknown, home, strict=True))


@settings(max_examples=5, deadline=None)
@given(PAIRS, TOLD, st.floats(0, 50))
def test_more_expected_holders_never_raise(pairs: list[tuple[Person, Person]], told: Told, more: float) -> None:
    pairs = [
        (a, b) for a, b in pairs if a.name.surname == b.name.surname
    ]  # of two surnames both are made commoner, a slip between them likelier
    commoner = replace(told, holders=told.holders + more)
    assert all(after <= before + 1e-12 for before, after in zip(chances(pairs, told), chances(pairs, commoner), strict=True))


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False), PAIRS, TOLD)
def test_the_order_of_the_rows_changes_nothing(random: object, pairs: list[tuple[Person, Person]], told: Told) -> None:
    order = list(range(len(pairs)))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain, shuffled = chances(pairs, told), chances([pairs[place] for place in order], told)
    assert [plain[place] for place in order] == shuffled


@pytest.mark.parametrize("text", ["Зелёная Алёна Фёдоровна", "ЗЕЛЁНАЯ АЛЁНА ФЁДОРОВНА", "зеленая Алена федоровна"])
def test_letter_case_and_yo_do_not_matter(text: str) -> None:
    plain, told = "ЗЕЛЕНАЯ АЛЕНА ФЕДОРОВНА", Told(holders=1.0)
    assert probability(declared(text), shown(plain), told) == probability(declared(plain), shown(text), told) > 0


def test_with_the_real_lists_the_commonest_names_say_nothing_and_the_rarest_nearly_all() -> None:
    common, rare = "Иванова Елена Сергеевна", "Щукодрев Иннокентий Макарович"
    pairs = [(declared(common), shown(common)), (declared(rare), shown(rare)), (declared(rare), shown(rare, inn=FOREIGN_INN))]
    low, high, foreign = (match.probability if match else 0.0 for match in compare_all(pairs))
    assert low < 0.05
    assert foreign < 0.9 < high


def test_with_the_real_lists_other_surnames_given_names_and_patronymics_are_other_persons() -> None:
    here = [declared("Попов Иннокентий Макарович"), *[declared("Коряковцева Анна Макаровна")] * 3]
    there = [
        "Попков Иннокентий Макарович",
        "Коряковцева Инна Макаровна",
        "Коряковцева Алена Макаровна",
        "Коряковцева Анна Павловна",
    ]
    first, *rest = compare_all([(one, shown(other)) for one, other in zip(here, there, strict=True)])
    assert first is not None
    assert first.probability <= 0.25
    assert rest == [None, None, None]


def drawn_names(part: str, genders: str, how_many: int, concentration: float) -> list[str]:
    """Names drawn from the list of `part` as often as their bearers ** concentration, not by the code under test."""
    folded = f"SELECT replace(upper(text), 'Ё', 'Е') AS word, count FROM read_parquet(?) WHERE gender IN ({genders})"
    words = duckdb.execute(f"SELECT word, sum(count) FROM ({folded}) GROUP BY word ORDER BY word", [list_path(part)]).fetchall()
    drawn = np.array([count for _, count in words], dtype=float) ** concentration
    return [words[place][0] for place in np.random.default_rng(20).choice(len(words), how_many, p=drawn / drawn.sum())]


def test_probabilities_are_calibrated_in_a_region_drawn_from_the_lists() -> None:
    """A region of men whose names are drawn independently (Иванов 1.4 %, as in life); 6 % of them stand in the registry.

    Every sixth man is declared and compared with each holder of his name in the registry. The model allows for dependence
    between the parts of a name (cohort), which these men do not have: it must come out somewhat below what is right, not above.
    """
    region, rng = "60", np.random.default_rng(21)
    men = int(population(region) / 2)
    parts = (("surname", "'m', 'u'", 1.4), ("given", "'m'", 1.0), ("patronymic", "'m'", 1.0))
    drawn = [rng.permutation(drawn_names(part, genders, men, how)).tolist() for part, genders, how in parts]
    keys = list(zip(*drawn, strict=True))
    in_registry = rng.random(men) < 0.06
    holders = Counter(key for key, shown_there in zip(keys, in_registry, strict=True) if shown_there)
    declared_men = [man for man in range(0, men, 6) if keys[man] in holders]
    assert len(declared_men) > 1_000
    names = [PersonName(*keys[man], gender="m") for man in declared_men]
    pairs = [(Person(one, home_region=region), Person(one, inn=f"{region}0000000000")) for one in names]
    pair_holders = [holders[keys[man]] for man in declared_men]
    told = np.array([match.probability if match else 0.0 for match in compare_all(pairs, pair_holders)])
    pairs_each = np.array(pair_holders)
    truth = np.array([float(in_registry[man]) for man in declared_men]) / pairs_each
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (told >= low) & (told < low + 0.2)
        gap = np.average(truth[inside], weights=pairs_each[inside]) - np.average(told[inside], weights=pairs_each[inside])
        assert -0.03 < gap < 0.15, f"told {low:.1f} to {low + 0.2:.1f}: right {gap:+.3f} oftener"
    sure = told >= 0.9
    assert np.average(truth[sure], weights=pairs_each[sure]) > 0.97
