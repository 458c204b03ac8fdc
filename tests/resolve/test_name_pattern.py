"""Kin by surname and patronymic alone: what names can tell, how rare they are, and that it is never more than information."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.case_results import with_its_own
from affil.errors import AffilError
from affil.graph.evidence import verify
from affil.language.fio_lists import list_path
from affil.language.frequencies import NameFrequencies, population
from affil.language.kin_names import family
from affil.model.run import Run
from affil.pipeline import Scope, rules_of, screen
from affil.reports.cases import cases_of, drawn_paths
from affil.reports.explain import explain
from affil.reports.page.drawing import drawing_of
from affil.resolve import name_pattern
from affil.resolve.link import link
from affil.resolve.name_pattern import Bearer, make_name_pattern, readings
from affil.rules.cases import Case, fill, read_cases
from affil.rules.conditions import Priorities
from affil.rules.hops import Hop, NamePattern
from affil.rules.rule import Catalogue, Rule
from affil.settings import default_settings
from affil.shipped import shipped
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

CATALOGUE = rules_of(None)
RULE = "kin-not-in-questionnaire-name-pattern"
CASES = {case.name: case for case in read_cases(shipped("rules") / "kin" / f"{RULE}.cases.yml")}
BROTHER = CASES["a rare surname and a rare patronymic"]
MEN, WOMEN = ["ЛУКА", "ИЛЬЯ", "ПЕТР", "ЛЕВ"], ["УЛЬЯНА", "АННА"]
FATHERS = {
    "ЛУКА": ("ЛУКИЧ", "ЛУКИНИЧНА"),
    "ИЛЬЯ": ("ИЛЬИЧ", "ИЛЬИНИЧНА"),
    "ПЕТР": ("ПЕТРОВИЧ", "ПЕТРОВНА"),
    "ЛЕВ": ("ЛЬВОВИЧ", "ЛЬВОВНА"),
}


def bearer(given_name: str, patronymic: str | None, born: int | None = None) -> Bearer:
    return Bearer(given_name, patronymic, "f" if given_name in WOMEN else "m", born)


@st.composite
def bearers(draw: st.DrawFn) -> tuple[Bearer, str]:
    """A person and the father's given name, which the patronymic is made of."""
    own, father = draw(st.sampled_from(MEN + WOMEN)), draw(st.sampled_from(MEN))
    return bearer(own, FATHERS[father][own in WOMEN], draw(st.none() | st.integers(1930, 2005))), father


@pytest.mark.parametrize(
    ("official", "person", "found"),
    [
        (bearer("ЛУКА", "ЛЬВОВИЧ"), bearer("ПЕТР", "ЛЬВОВИЧ"), ("sibling",)),
        (bearer("ЛУКА", "ЛЬВОВИЧ"), bearer("АННА", "ЛЬВОВНА"), ("sibling",)),
        (bearer("ЛУКА", "ЛЬВОВИЧ"), bearer("АННА", "ЛУКИНИЧНА"), ("child",)),
        (bearer("АННА", "ЛУКИНИЧНА"), bearer("ЛУКА", "ЛЬВОВИЧ"), ("parent",)),
        (bearer("ПЕТР", "ПЕТРОВИЧ"), bearer("ИЛЬЯ", "ПЕТРОВИЧ"), ("child", "sibling")),
        (bearer("АННА", "ЛЬВОВНА"), bearer("УЛЬЯНА", "ИЛЬИНИЧНА"), ()),
        (bearer("ЛУКА", "ЛЬВОВИЧ"), bearer("ЛУКА", "ЛЬВОВИЧ"), ()),  # a namesake
        (bearer("ЛУКА", None), bearer("ПЕТР", None), ()),
        (bearer("Л.", "ЛЬВОВИЧ"), bearer("ПЕТР", "ЛЬВОВИЧ"), ()),
        (bearer("ЛУКА", "ЛЬВОВИЧ", 1950), bearer("ПЕТР", "ЛЬВОВИЧ", 1981), ()),  # thirty years apart at most
        (bearer("ЛУКА", "ЛЬВОВИЧ", 1970), bearer("АННА", "ЛУКИНИЧНА", 1984), ("child",)),
        (bearer("ЛУКА", "ЛЬВОВИЧ", 1970), bearer("АННА", "ЛУКИНИЧНА", 1983), ()),  # a father at thirteen
        (bearer("АННА", "ЛУКИНИЧНА", 1983), bearer("ЛУКА", "ЛЬВОВИЧ", 1990), ()),  # a father who is younger
    ],
)
def test_what_names_can_tell(official: Bearer, person: Bearer, found: tuple[str, ...]) -> None:
    assert readings(official, person) == found


@given(bearers(), bearers())
def test_kinship_reads_alike_from_either_end(one: tuple[Bearer, str], other: tuple[Bearer, str]) -> None:
    there, back = readings(one[0], other[0]), readings(other[0], one[0])
    turned = {"child": "parent", "parent": "child", "sibling": "sibling"}
    assert {turned[each] for each in there} == set(back)


@given(bearers(), bearers())
def test_names_are_read_as_they_were_made(one: tuple[Bearer, str], other: tuple[Bearer, str]) -> None:
    (official, father), (person, persons_father) = one, other
    unknown = replace(official, birth_year=None)
    expected = set()
    if father == persons_father and official.given != person.given:
        expected.add("sibling")
    if official.gender == "m" and persons_father == official.given:
        expected.add("child")
    if person.gender == "m" and father == person.given:
        expected.add("parent")
    assert set(readings(unknown, person)) == expected
    assert set(readings(official, person)) <= expected


def test_sql_and_python_read_a_surname_alike() -> None:
    script = Path(name_pattern.__file__).with_name("near_names.sql").read_text(encoding="utf-8")
    macro = next(statement for statement in script.split(";\n") if "MACRO family" in statement)
    connection = duckdb.connect()
    connection.execute(macro)
    listed = connection.execute("SELECT DISTINCT upper(text) FROM read_parquet(?) ORDER BY 1", [list_path("surname")]).fetchall()
    surnames = [row[0] for row in listed[::90]] + ["ЗЯБРЕВА", "ТОЛСТАЯ", "ТОЛСТОЙ", "СИНЯЯ", "ЧЕРНЫХ", "КОВАЛЕНКО", "ИВА", "ОВА"]
    told = connection.execute("SELECT s, family(s) FROM (SELECT unnest(?) AS s)", [surnames]).fetchall()
    assert len(told) > 4000
    assert [(surname, key) for surname, key in told if key != family(surname)] == []


def told_of(rarity: NameFrequencies, home: str | None = "42", **other: Any) -> tuple[float, float, float]:
    """What the table says of a pair: bearers of the surname, of surname and patronymic, probability."""
    pair: dict[str, Any] = {
        "official_key": "o", "person": "p", "mention": "m", "readings": ("sibling",), "common": 0.0,
        "b_surname": "ЗЯБРЕВ", "b_given": "АКИМ", "b_patronymic": "ЕВСТАФЬЕВИЧ", "b_gender": "m", "b_inn": None,
    }  # fmt: skip
    with Store.open(None) as store:
        make_name_pattern(store, [pair | other], rarity, home)
        found = store.sql("SELECT surname_bearers, bearers, probability FROM name_pattern").fetchall()
    return found[0]


@pytest.fixture(scope="module")
def rarity() -> NameFrequencies:
    return NameFrequencies.load(
        {"ЗЯБРЕВ", "КУЗНЕЦОВ"}, {"ЕВСТАФИЙ", "АЛЕКСАНДР"}, {"ЕВСТАФЬЕВИЧ", "АЛЕКСАНДРОВИЧ", "ЕВСТАФЬЕВНА"}
    )


def test_both_the_surname_and_the_whole_are_counted(rarity: NameFrequencies) -> None:
    surname, whole, probability = told_of(rarity)
    assert surname == pytest.approx(population("42") * rarity.share("surname", "ЗЯБРЕВ", None))
    assert 0 < whole < 1 < surname < 250
    common_father = told_of(rarity, b_patronymic="АЛЕКСАНДРОВИЧ")
    assert common_father[0] == surname and common_father[1] > 50 * whole and common_father[2] < probability
    common_surname = told_of(rarity, b_surname="КУЗНЕЦОВ")
    assert common_surname[0] > 10_000 and common_surname[1] > 100 * whole
    by_two = told_of(rarity, readings=("child", "sibling"))
    assert by_two[1] == pytest.approx(whole)  # one pattern, two readings


def test_a_father_is_counted_by_his_given_name(rarity: NameFrequencies) -> None:
    rare, common = (told_of(rarity, readings=("parent",), b_given=name)[1] for name in ("ЕВСТАФИЙ", "АЛЕКСАНДР"))
    assert common > 50 * rare > 0
    both = told_of(rarity, readings=("parent", "sibling"), b_given="ЕВСТАФИЙ")[1]
    assert both == pytest.approx(rare + told_of(rarity)[1])


def test_an_inn_of_another_region_is_counted_over_the_country(rarity: NameFrequencies) -> None:
    at_home, away = told_of(rarity, b_inn="420000000000"), told_of(rarity, b_inn="770000000000")
    assert at_home == told_of(rarity)
    assert away[0] == pytest.approx(at_home[0] * population(None) / population("42"))
    assert told_of(rarity, home=None)[0] == pytest.approx(away[0])


def test_a_surname_frequent_in_the_loaded_data_is_not_rare(rarity: NameFrequencies) -> None:
    surname, whole, probability = told_of(rarity, common=0.01)
    assert surname == pytest.approx(population("42") / 100)
    assert whole / told_of(rarity)[1] == pytest.approx(surname / told_of(rarity)[0])
    assert probability < told_of(rarity)[2]


def test_the_probability_never_reaches_one_half(rarity: NameFrequencies) -> None:
    for common in (0.0, 1e-9, 0.001, 1.0):
        for surname in ("ЗЯБРЕВ", "КУЗНЕЦОВ", "НИКЕМНЕЗНАЕМЫЙ"):
            assert 0 < told_of(rarity, common=common, b_surname=surname)[2] < 0.5


@contextmanager
def world(case: Case) -> Iterator[Store]:
    """A store with the records of a case; its tables are too small to be worth planning."""
    with Store.open(None) as store:
        for setting in ("SET threads = 1", "PRAGMA disable_optimizer"):
            store.sql(setting)
        fill(store, case)
        link(store)
        yield store


def screened(case: Case, *rules: Rule) -> Run:
    """A run of this rule, or of others in its place, over the world of a case."""
    others = Catalogue({rule.id: rule for rule in rules}, dict.fromkeys([rule.id for rule in rules], ""), {})
    with world(case) as store:
        return screen(store, others if rules else with_its_own(CATALOGUE, RULE), default_settings(), Scope())


def test_no_rule_file_makes_more_of_it_than_information() -> None:
    rule = CATALOGUE.rules[RULE]
    urgent = rule.model_copy(update={"priority": Priorities(base="first", role="first", article31="first")})
    official = BROTHER.officials[0] | {"procurement_role": "head of customer"}
    case = BROTHER.model_copy(update={"officials": [official]})
    (found,) = screened(case, urgent).findings
    assert (found.priority, found.path.identity_grade, found.name_only, found.path.kinship) == ("info", "D", True, None)
    assert set(found.circles.values()) == {"unknown"}


def test_thresholds_are_the_rule_s() -> None:
    rule, hops = CATALOGUE.rules[RULE], {}
    for name, surname, whole in (("as-shipped", 250, 1), ("rarer-surname", 5, 1), ("rarer-whole", 250, 0.0001)):
        hops[name] = Hop(name_pattern=NamePattern(surname_bearers=surname, bearers=whole))
    run = screened(BROTHER, *(rule.model_copy(update={"id": name, "path": (hop, *rule.path[1:])}) for name, hop in hops.items()))
    assert [found.rule for found in run.findings] == ["as-shipped"]


def test_the_step_is_walked_again_on_the_raw_names() -> None:
    with world(BROTHER) as store, patch("affil.pipeline.verify"):
        found = screen(store, with_its_own(CATALOGUE, RULE), default_settings(), Scope()).findings
        graph = verify(store, found)
        ties = [(one, other) for one, other, data in graph.edges(data=True) if data["relation"] == "name-pattern"]
        assert ties == [(found[0].path.steps[0].origin_id, found[0].path.steps[0].target_id)]
        store.sql("UPDATE registry_tie SET patronymic = 'ПРОКОФЬЕВИЧ' WHERE surname = 'ЗЯБРЕВ'")
        with pytest.raises(AffilError, match="name-pattern"):
            verify(store, found)


def test_it_is_told_as_a_supposition_and_drawn_dashed() -> None:
    run = screened(BROTHER)
    ru, en = (explain(run.findings[0], run, Words(lang)) for lang in ("ru", "en"))
    assert "родство в анкетах не указано и не подтверждено; спросить" in ru
    assert (
        "по отчеству возможно: брат; в регионе ожидается носителей фамилии — около 18, фамилии с таким отчеством — менее 1" in ru
    )
    assert "it could be: brother; expected in the region: about 18 bearers of the surname" in en and "fewer than 1" in en
    assert "Приоритет рассмотрения: справочно" in ru and "степен" not in ru
    (drawn,) = drawn_paths(cases_of(run.findings)[0])
    assert [arrow.dashed for arrow in drawing_of(drawn, Words("ru")).arrows] == [True, False, False, False, False]
