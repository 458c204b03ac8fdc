"""What the report on one person says, worked out by hand for a small administration."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

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
    contract,
    filled,
    world,
)

from affil.errors import UsageError
from affil.person.answer import CLARIFY, NONE_FOUND, UNDETERMINED, Lead
from affil.person.build import prepare
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
    groups = answer(world()).groups
    assert {group: told for group, told in groups.items() if told != "no"} == {
        "spouse": "yes", "sibling": "none", "parent": "yes", "child": "yes"
    }  # fmt: skip
    assert {"spouse.parent", "spouse.sibling", "spouse.child", "child.spouse"} <= {
        group for group, told in groups.items() if told == "no"
    }


def test_relatives_are_told_with_circles_and_how_they_were_compared() -> None:
    wife, father, son = answer(world()).relatives
    assert [(one.relationship, one.has_inn, one.compared, one.grade) for one in (wife, father, son)] == [
        ("жена", True, "inn", "A"), ("отец", False, "name", "D"), ("сын", False, "name", None)
    ]  # fmt: skip
    assert wife.circles == {"44-ФЗ ст. 31 ч. 1 п. 9": "yes", "273-ФЗ ст. 10": "yes"}


def test_a_minor_has_no_name_unless_a_finding_goes_over_him() -> None:
    def son(**changed: object) -> tuple[str | None, dt.date | None]:
        told = answer(world(**changed), day=changed.pop("day", DAY)).relatives[-1]  # type: ignore[arg-type]
        return told.name, told.birth_date

    assert son() == (None, None)
    owner = {"name": SON["name"], "share": "1/1"}
    firm = {"name": "ООО «Сын»", "inn": "org 12", "owners": [owner]}
    assert son(companies=[firm])[0] == SON["name"]
    assert answer(world(), day=dt.date(2034, 8, 31)).relatives[-1].name is None
    assert answer(world(), day=dt.date(2034, 9, 1)).relatives[-1].name == SON["name"]  # eighteen today
    shown = Lead(1, ("F-1",), ("r",), ("r",), "low", "A", False, "x", None, SON["name"], "child", 1, frozenset({SON["name"]}))
    assert answer(world(), leads=(shown,)).relatives[-1].name == SON["name"]


def test_participation_is_in_all_loaded_organisations_direct_and_through_others() -> None:
    found = answer(world()).participations
    assert [(one.relationship, one.inn, one.kind, one.share, one.since, one.grade, one.name_only) for one in found] == [
        ("отец", number("org 4"), "director", None, dt.date(2018, 1, 1), "D", False),  # a rare name, and still only a name
        ("жена", number("org 3"), "indirect-owner", Fraction(3, 10), dt.date(2021, 5, 1), "A", False),
        ("жена", number("org 2"), "director", None, dt.date(2020, 1, 9), "A", False),
        ("жена", number("org 2"), "owner", Fraction(3, 5), dt.date(2020, 1, 9), "A", False),
    ]


def test_an_entrepreneur_and_a_supplier_in_person_take_part_too() -> None:
    alone = {"name": WIFE["name"], "inn": "person 2", "registered_on": dt.date(2019, 3, 1), "ended_on": dt.date(2022, 4, 1)}
    [one] = answer(world(companies=[STRANGER], proprietors=[alone])).participations
    assert (one.kind, one.since, one.until, one.assumed) == ("sole-proprietor", dt.date(2019, 3, 1), dt.date(2022, 4, 1), ())
    bought = [contract("К-9", "org 1", "person 2", "2025-03-04", name="Верещагина Анна Петровна")]
    told = answer(world(companies=[STRANGER], contracts=bought))
    assert [(one.kind, one.assumed) for one in told.participations] == [("sole-proprietor", ("supplied_in_person",))]
    assert [(one.number, one.force) for one in told.touched] == [("К-9", "yes")]


def test_purchases_are_those_of_the_employer_and_what_is_under_it_with_the_tie_on_their_day() -> None:
    told = answer(world()).touched
    assert [(one.number, one.relationship, one.kinds, one.force, one.force_day) for one in told if not one.name_only] == [
        ("К-2", "жена", ("indirect-owner",), "begun", dt.date(2021, 5, 1)),
        ("К-1", "жена", ("director", "owner"), "yes", None),
    ]


def test_a_tie_that_began_in_the_time_of_performance_is_told_so() -> None:
    bought = [contract("К-1", "org 1", "org 2", "2019-12-01", ends_on="2020-03-01")]
    assert [one.force for one in answer(world(contracts=bought)).touched] == ["during_performance"]


def test_what_was_declared_is_told_apart_from_what_was_not() -> None:
    def stated(**changed: object) -> dict[str, str]:
        return {
            f"{one.inn}|{one.kind}": one.stated for one in answer(world(**changed)).participations if one.relationship == "жена"
        }

    heather, daughter = number("org 2"), number("org 3")
    assert set(stated().values()) == {"not_loaded"}
    row = {
        "employee_id": "00101",
        "holder": "супруга",
        "organisation": "ООО «Вереск»",
        "organisation_inn": "org 2",
        "share": "60",
        "kind": "5.1",
    }
    told = stated(declared_interests=[row])
    assert told[f"{heather}|owner"] == "declared" and told[f"{daughter}|indirect-owner"] == "not_stated"
    told = stated(relatives=[{**WIFE, "employer": "ООО «Вереск», директор"}])
    assert told[f"{heather}|director"] == "questionnaire" and told[f"{daughter}|indirect-owner"] == "not_loaded"


def test_a_declared_share_no_extract_shows_is_participation_by_his_own_word() -> None:
    row = {
        "employee_id": "00101",
        "holder": "self",
        "organisation": "ООО «Брусника»",
        "organisation_inn": "org 11",
        "share": "25",
        "kind": "5.1",
    }
    [one] = [one for one in answer(world(declared_interests=[row])).participations if one.own]
    assert (one.kind, one.name, one.share, one.stated) == ("declared", "ООО «Брусника»", Fraction(1, 4), "declared")


def test_questions_are_cases_first_then_what_no_case_is_about() -> None:
    asked = answer(world(), leads=(lead(),)).questions
    assert [(one.number, one.kind, one.case, one.priority) for one in asked] == [
        (1, "case", 7, "normal"), (2, "purchases", None, "normal")  # the daughter firm and К-2: no case is about it
    ]  # fmt: skip
    assert asked[1].params["inn"] == number("org 3")


def test_a_match_of_names_asks_nothing_and_is_told_beside() -> None:
    told = answer(world(**CALM), leads=(lead("info", name_only=True, inn="org 9"),))
    assert (told.questions, told.weak_cases, told.result) == ((), (7,), NONE_FOUND)


def test_his_own_firm_is_a_question_only_if_it_may_have_lasted_while_he_served() -> None:
    def asked(since: dt.date, extract: dt.date) -> list[str]:
        """The firm as one extract shows it, and a later one without him."""
        own = {"name": SERVANT["name"], "inn": "person 1", "since": since}
        firm = {"name": "ООО «Свой»", "inn": "org 12", "extract": extract, "directors": [own]}
        later = {**firm, "extract": extract + dt.timedelta(days=30), "directors": []}
        return [one.kind for one in answer(world(**{**CALM, "companies": [STRANGER, firm, later]})).questions]

    assert asked(dt.date(2016, 1, 1), dt.date(2018, 1, 1)) == ["own"]
    assert asked(dt.date(2010, 1, 1), dt.date(2014, 1, 1)) == []  # ended before he was hired


def test_the_three_results() -> None:
    assert answer(world()).result == CLARIFY
    calm = answer(world(**CALM))
    assert (calm.result, calm.undetermined, calm.limits) == (NONE_FOUND, (), ("groups_not_declared",))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"relatives": []}, "no_questionnaire"),
        ({"companies": []}, "no_organisations"),
        ({"contracts": [BOUGHT[2]]}, "no_purchases"),
    ],
)
def test_the_answer_is_undetermined_where_a_side_is_missing(changed: dict[str, object], why: str) -> None:
    told = answer(world(**{**CALM, **changed}))
    assert (told.result, told.undetermined) == (UNDETERMINED, (why,))


def test_what_is_found_outranks_what_is_missing() -> None:
    told = answer(world(relatives=[], companies=[], contracts=[]), leads=(lead(),))
    assert told.result == CLARIFY
    assert told.undetermined == ("no_questionnaire", "no_organisations", "no_purchases")


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
    told = answer(world(searches=entries))
    assert [(one.kind, one.own, one.on.day if one.on else 0) for one in told.searches] == [
        ("registry", True, 2), ("registry", False, 3), ("disqualified", True, 4)
    ]  # fmt: skip
    assert told.registry_search == dt.date(2026, 2, 2)
    assert answer(world()).registry_search is None


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
    kin, firms = [WIFE, NO_BROTHER, FATHER, SON], [HEATHER, DAUGHTER, NAMESAKE, STRANGER]
    one, other = answer(world()), answer(world(relatives=kin[::-1], companies=firms[::-1], contracts=BOUGHT[::-1]))
    assert [(row.who, row.inn, row.kind, row.share, row.grade) for row in one.participations] == [
        (row.who, row.inn, row.kind, row.share, row.grade) for row in other.participations
    ]
    assert [(row.number, row.force) for row in one.touched] == [(row.number, row.force) for row in other.touched]
    assert [(row.kind, row.params["who"]) for row in one.questions] == [(row.kind, row.params["who"]) for row in other.questions]
