"""What the report on one person says, worked out by hand for a small administration."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from person_world import (
    BOUGHT,
    DAUGHTER,
    DAY,
    FATHER,
    HEATHER,
    NAMESAKE,
    NO_BROTHER,
    RU,
    SERVANT,
    SON,
    STRANGER,
    WIFE,
    answer,
    base,
    contract,
    filled,
    world,
)

from affil.decisions.entry import DIFFERENT, SAME, Entry, Side, subject_of
from affil.decisions.log import append
from affil.errors import UsageError
from affil.model.finding import Employee
from affil.model.run import Coverage
from affil.person.answer import CLARIFY, NONE_FOUND, UNDETERMINED, Compared, Lead, Participation, PersonAnswer, Question
from affil.person.build import person_answer, prepare
from affil.person.kin import relative_rows, relatives
from affil.person.questions import result
from affil.person.searched import service_kind
from affil.person.who import find_person
from affil.rules.cases import number

CALM = {"companies": [STRANGER], "contracts": [BOUGHT[3]]}


def lead(priority: str = "normal", name_only: bool = False, inn: str = "org 2") -> Lead:
    names = frozenset({"Верещагина Анна Петровна"})
    return Lead(
        7,
        ("F-1",),
        ("spouse-supplier",),
        ("Супруг",),
        priority,
        "A",
        name_only,
        "ООО «Вереск»",
        number(inn),
        "А",
        "spouse",
        1,
        names,
    )


def test_groups_are_declared_declared_as_absent_or_not_declared() -> None:
    groups = base().groups
    assert {group: told for group, told in groups.items() if told != "no"} == {
        "spouse": "yes", "sibling": "none", "parent": "yes", "child": "yes"
    }  # fmt: skip
    assert {"spouse.parent", "spouse.sibling", "spouse.child", "child.spouse"} <= {
        group for group, told in groups.items() if told == "no"
    }


def test_relatives_are_told_with_circles_and_how_they_were_compared() -> None:
    wife, father, son = base().relatives
    assert [(one.relationship, one.has_inn, one.compared, one.grade) for one in (wife, father, son)] == [
        ("жена", True, "inn", "A"), ("отец", False, "name", None), ("сын", False, "name", None)
    ]  # fmt: skip
    assert wife.circles == {"44-ФЗ ст. 31 ч. 1 п. 9": "yes", "273-ФЗ ст. 10": "yes"}


def test_a_minor_has_no_name_unless_a_finding_goes_over_him() -> None:
    son = base().relatives[-1]
    assert (son.minor, son.name, son.birth_date) == (True, None, None)
    with filled(world()) as store:
        prepare(store, None)
        rows = relative_rows(store, find_person(store, "101", None, RU))

    def named(shown: frozenset[str] = frozenset(), found: tuple[Participation, ...] = (), on: dt.date = DAY) -> str | None:
        return relatives(rows, found, shown, on)[-1].name

    assert named() is None
    assert named(shown=frozenset({SON["name"]})) == SON["name"]  # a case goes over him
    assert named(found=(replace(base().participations[0], party=rows[-1]["party"]),)) == SON["name"]
    assert named(on=dt.date(2034, 8, 31)) is None
    assert named(on=dt.date(2034, 9, 1)) == SON["name"]  # eighteen today


def test_participation_is_in_all_loaded_organisations_direct_and_through_others() -> None:
    found = answer(world(companies=[HEATHER, DAUGHTER, NAMESAKE, STRANGER])).participations
    assert [(one.relationship, one.inn, one.kind, one.share, one.since, one.grade, one.name_only) for one in found] == [
        ("отец", number("org 4"), "director", None, dt.date(2018, 1, 1), "D", False),  # a rare name, and still only a name
        ("жена", number("org 3"), "indirect-owner", Fraction(3, 10), dt.date(2021, 5, 1), "A", False),
        ("жена", number("org 2"), "director", None, dt.date(2020, 1, 9), "A", False),
        ("жена", number("org 2"), "owner", Fraction(3, 5), dt.date(2020, 1, 9), "A", False),
    ]


@pytest.mark.parametrize("verdict", [SAME, DIFFERENT])
def test_what_was_decided_goes_before_names(verdict: str) -> None:
    ends = f"born:{FATHER['name'].upper()}|1950-07-07", f"inn:{number('person 9')}"
    sides = tuple(Side((one,), FATHER["name"], "") for one in ends)
    entry = Entry(verdict, subject_of(*ends), sides, None, "Петрова А. Б.", DAY, "сверено", (), dt.datetime(2026, 3, 1))
    with filled(world(companies=[NAMESAKE], relatives=[FATHER])) as store:
        append(store, [entry])
        prepare(store, None)
        told = person_answer(store, find_person(store, "101", None, RU), (), None, 12, DAY, "R-0").participations
    assert [(one.inn, one.grade) for one in told] == ([(number("org 4"), "P")] if verdict == SAME else [])


def test_a_common_name_alone_is_no_participation_and_is_told_apart() -> None:
    father = {**FATHER, "name": "Кузнецов Александр Иванович"}
    firm = {"name": "ООО «Архив»", "inn": "org 4", "directors": [{"name": father["name"], "inn": "person 9"}]}
    told = answer(world(relatives=[father], companies=[firm]))
    assert not told.certain and [(one.inn, one.grade) for one in told.name_only] == [(number("org 4"), "D")]
    assert told.result == NONE_FOUND


def test_an_entrepreneur_and_a_supplier_in_person_take_part_too() -> None:
    alone = {"name": WIFE["name"], "inn": "person 2", "registered_on": dt.date(2019, 3, 1), "ended_on": dt.date(2022, 4, 1)}
    bought = [contract("К-9", "org 1", "person 5", "2025-03-04", name=FATHER["name"])]
    told = answer(
        world(companies=[STRANGER], proprietors=[alone], contracts=bought, relatives=[WIFE, {**FATHER, "inn": "person 5"}])
    )
    assert [(one.relationship, one.kind, one.since, one.until, one.assumed) for one in told.participations] == [
        ("отец", "sole-proprietor", None, None, ("supplied_in_person",)),
        ("жена", "sole-proprietor", dt.date(2019, 3, 1), dt.date(2022, 4, 1), ()),
    ]
    assert [(one.number, one.relationship, one.force) for one in told.touched] == [("К-9", "отец", "yes")]


def test_purchases_are_those_of_the_employer_and_what_is_under_it_with_the_tie_on_their_day() -> None:
    told = base().touched
    assert [(one.number, one.relationship, one.kinds, one.force, one.force_day) for one in told if not one.name_only] == [
        ("К-2", "жена", ("indirect-owner",), "begun", dt.date(2021, 5, 1)),
        ("К-1", "жена", ("director", "owner"), "yes", None),
    ]


def test_a_tie_that_began_in_the_time_of_performance_is_told_so() -> None:
    bought = [contract("К-1", "org 1", "org 2", "2019-12-01", ends_on="2020-03-01")]
    assert [one.force for one in answer(world(contracts=bought)).touched] == ["during_performance"]


@cache
def rich() -> PersonAnswer:
    """The world with a declaration of the servant and his wife, and the officer's journal of searches."""
    shares = [
        {"holder": "супруга", "organisation": "ООО «Вереск»", "organisation_inn": "org 2", "share": "60"},
        {"holder": "self", "organisation": "ООО «Брусника»", "organisation_inn": "org 11", "share": "25"},
    ]
    entries = [
        {
            "who": SERVANT["name"],
            "by": "person 1",
            "service": "egrul.nalog.ru",
            "date": "2026-02-02",
            "result": "нет",
            "file": "1.pdf",
        },
        {"who": WIFE["name"], "by": "person 2", "service": "Прозрачный бизнес", "date": "2026-02-03", "result": "1 запись"},
        {
            "who": SERVANT["name"],
            "by": "person 1",
            "service": "Реестр дисквалифицированных лиц",
            "date": "2026-02-04",
            "result": "нет",
        },
        {"who": "Кротов Юлиан Карпович", "by": "person 8", "service": "egrul.nalog.ru", "date": "2026-02-05", "result": "нет"},
    ]
    return answer(world(declared_interests=[{"employee_id": "00101", "kind": "5.1", **one} for one in shares], searches=entries))


def stated(told: PersonAnswer) -> set[tuple[str | None, str, str]]:
    return {(one.inn, one.kind, one.stated) for one in told.participations if one.relationship == "жена"}


def test_what_was_declared_is_told_apart_from_what_was_not() -> None:
    heather, daughter = number("org 2"), number("org 3")
    assert {one for _, _, one in stated(base())} == {"not_loaded"}
    assert (heather, "owner", "declared") in stated(rich())
    assert (daughter, "indirect-owner", "not_stated") in stated(rich())
    works = stated(answer(world(relatives=[{**WIFE, "employer": "ООО «Вереск», директор"}])))
    assert {(heather, "director", "questionnaire"), (daughter, "indirect-owner", "not_loaded")} <= works


def test_a_declared_share_no_extract_shows_is_participation_by_his_own_word() -> None:
    [one] = [one for one in rich().participations if one.own]
    assert (one.kind, one.name, one.share, one.stated) == ("declared", "ООО «Брусника»", Fraction(1, 4), "declared")
    assert all(asked.kind != "own" for asked in rich().questions)  # he has declared it, and a share is not forbidden


def test_questions_are_cases_first_then_what_no_case_is_about() -> None:
    asked = answer(world(), leads=(lead(),)).questions
    assert [(one.number, one.kind, one.case, one.priority) for one in asked] == [
        (1, "case", 7, "normal"), (2, "purchases", None, "normal")  # the daughter firm and К-2: no case is about it
    ]  # fmt: skip
    assert asked[1].params["inn"] == number("org 3")


def test_a_match_of_names_asks_nothing_and_is_told_beside() -> None:
    told = answer(world(**CALM), leads=(lead("info", name_only=True, inn="org 9"),))
    assert (told.questions, told.weak_cases, told.result) == ((), (7,), NONE_FOUND)
    assert (told.undetermined, told.limits) == ((), ("groups_not_declared",))  # not all groups: no reason for no answer


def test_his_own_firm_is_a_question_only_if_it_may_have_lasted_while_he_served() -> None:
    def firm(name: str, inn: str, since: dt.date, extract: dt.date) -> list[dict[str, object]]:
        """As one extract shows it, and a later one without him."""
        own = {"name": SERVANT["name"], "inn": "person 1", "since": since}
        shown = {"name": name, "inn": inn, "extract": extract, "directors": [own]}
        return [shown, {**shown, "extract": extract + dt.timedelta(days=30), "directors": []}]

    firms = [
        *firm("ООО «Свой»", "org 12", dt.date(2016, 1, 1), dt.date(2018, 1, 1)),
        *firm("ООО «Прежний»", "org 13", dt.date(2010, 1, 1), dt.date(2014, 1, 1)),  # ended before he was hired
    ]
    told = answer(world(**{**CALM, "companies": [STRANGER, *firms]}))
    assert {one.name for one in told.participations} == {"ООО «Свой»", "ООО «Прежний»"}
    assert [(one.kind, one.params["name"]) for one in told.questions] == [("own", "ООО «Свой»")]


def test_something_found_is_to_be_clarified() -> None:
    assert base().result == CLARIFY


@pytest.mark.parametrize(
    ("coverage", "companies", "purchases", "why"),
    [("none", 1, 1, ("no_questionnaire",)), ("limited", 0, 1, ("no_organisations",)), ("full", 1, 0, ("no_purchases",)),
     ("none", 0, 0, ("no_questionnaire", "no_organisations", "no_purchases"))],
)  # fmt: skip
def test_the_answer_is_undetermined_where_a_side_is_missing(
    coverage: str, companies: int, purchases: int, why: tuple[str, ...]
) -> None:
    who = Employee("k", "1", None, None, "x", None, None, None)
    told = Coverage(who, coverage, None, {}, 0, 0, 0, 0)
    there = Compared(companies, 0, (None, None), (None, None), (), purchases)
    assert result((), [told], there) == (UNDETERMINED, why)
    assert result((Question(1, "own", "low"),), [told], there) == (CLARIFY, why)  # found outranks undetermined
    both = [told, replace(told, result="limited")]  # of two posts one has a questionnaire
    assert "no_questionnaire" not in result((), both, there)[1]


def test_nothing_loaded_is_no_answer() -> None:
    told = answer(world(relatives=[], companies=[], contracts=[]))
    assert (told.result, told.undetermined) == (UNDETERMINED, ("no_questionnaire", "no_organisations", "no_purchases"))


def test_a_number_of_two_officials_is_told_with_both_and_an_employer_tells_them_apart() -> None:
    other = {
        **SERVANT,
        "employee_id": "101",
        "name": "Щукина Ия Ким",
        "inn": "person 31",
        "employer_inn": "org 5",
        "employer": "МБОУ СОШ № 5",
    }
    with filled(world(officials=[SERVANT, other])) as store:
        prepare(store, None)
        with pytest.raises(UsageError) as told:
            find_person(store, "00101", None, RU)
        assert all(
            text in str(told.value)
            for text in (SERVANT["name"], "Щукина Ия Ким", "Администрация Заозёрья", "МБОУ СОШ № 5", "Отдел торговли")
        )
        assert find_person(store, "101", number("org 5"), RU).name == "Щукина Ия Ким"
        assert find_person(store, number("person 1"), None, RU).name == SERVANT["name"]
        with pytest.raises(UsageError, match="77777"):
            find_person(store, "77777", None, RU)


def test_all_posts_of_one_person_come_with_him() -> None:
    school = {**SERVANT, "employee_id": "7", "employer_inn": "org 5", "employer": "МБОУ СОШ № 5", "position": "Учитель"}
    told = answer(world(officials=[SERVANT, school]), "7")
    assert [post.position for post in told.subject.posts] == ["Консультант", "Учитель"]
    assert len(told.relatives) == 3  # of either questionnaire


def test_the_journal_says_where_else_was_searched() -> None:
    assert [(one.kind, one.own, one.on.day if one.on else 0) for one in rich().searches] == [
        ("registry", True, 2), ("registry", False, 3), ("disqualified", True, 4)
    ]  # fmt: skip
    assert rich().registry_search == dt.date(2026, 2, 2)
    assert base().registry_search is None


@pytest.mark.parametrize(
    ("service", "kind"),
    [("ЕГРЮЛ", "registry"), ("Реестр дисквалифицированных лиц ФНС (ЕГРЮЛ)", "disqualified"), ("Google", "other"),
     ("Реестр уволенных в связи с утратой доверия", "trust")],
)  # fmt: skip
def test_services_are_known_by_their_names(service: str, kind: str) -> None:
    assert service_kind(service) == kind


def test_kin_in_the_same_service_are_told() -> None:
    wife = {
        **SERVANT,
        "employee_id": "55",
        "name": WIFE["name"],
        "inn": "person 2",
        "employer_inn": "org 5",
        "position": "Директор",
    }
    told = answer(world(officials=[SERVANT, wife])).colleagues
    assert [(one.name, one.relationship, one.position, one.grade, one.told_by_other) for one in told] == [
        (WIFE["name"], "жена", "Директор", "A", False)
    ]
    back = answer(world(officials=[SERVANT, wife]), "55").colleagues
    assert [(one.name, one.relationship, one.told_by_other) for one in back] == [(SERVANT["name"], "жена", True)]


def test_the_order_of_rows_changes_nothing() -> None:
    kin, firms = [WIFE, NO_BROTHER, FATHER, SON], [HEATHER, DAUGHTER, STRANGER]
    one, other = base(), answer(world(relatives=kin[::-1], companies=firms[::-1], contracts=BOUGHT[::-1]))
    assert [(row.who, row.inn, row.kind, row.share, row.grade) for row in one.participations] == [
        (row.who, row.inn, row.kind, row.share, row.grade) for row in other.participations
    ]
    assert [(row.number, row.force) for row in one.touched] == [(row.number, row.force) for row in other.touched]
    assert [(row.kind, row.params["who"]) for row in one.questions] == [(row.kind, row.params["who"]) for row in other.questions]
