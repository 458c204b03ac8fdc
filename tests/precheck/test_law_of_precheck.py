"""Cases of the law worked by hand: which question a tie puts, about the member of the commission or about the participant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import AUTHOR, CHAIR, EVERYBODY, HEAD, MEMBER, NAMES, ask, district, filled, limits, pair, reasons

from affil.precheck.pairs import Precheck
from affil.rules.cases import number
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield filled(opened, district())


@pytest.fixture(scope="module")
def everybody(store: Store) -> Precheck:
    """All participants of all cases in one procurement: an answer does not depend on who else bids."""
    return ask(store, EVERYBODY)


# case, who, whose company; the answer; whom the question is about; the article it rests on
CASES = [
    # 44-ФЗ ст. 39 ч. 6 п. 2 with 273-ФЗ ст. 10 ч. 2: parents of the spouse are in the circle; ст. 31 ч. 1 п. 9 does not name them
    ("father-in-law", CHAIR, "org 20", ("official",), "44-ФЗ ст. 39 ч. 6"),
    # 44-ФЗ ст. 31 ч. 1 п. 9: grandchildren are named there, and are outside the circle of 273-ФЗ ст. 10
    ("grandson", CHAIR, "org 21", ("participant",), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # a brother is in both circles, and the sole executive of a participant: п. 9 «а», ст. 39 ч. 6 п. 2; an АО is no way out
    ("brother runs АО", CHAIR, "org 26", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    ("application of kin", CHAIR, "org 25", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # п. 9 «в»: more than 10 % of the capital; exactly 10 % is not more, and remains a personal interest (273-ФЗ ст. 10 ч. 2)
    ("wife's tenth", CHAIR, "org 30", ("official",), "44-ФЗ ст. 39 ч. 6"),
    ("wife's eleven", CHAIR, "org 31", ("official", "participant"), "44-ФЗ ст. 31 ч. 1 п. 9"),
    # the member himself bids: п. 9 «а», ст. 39 ч. 6 п. 2, 3
    ("himself", MEMBER, "person 4", ("official", "participant"), "44-ФЗ ст. 39 ч. 6"),
    # «иные близкие отношения» (273-ФЗ ст. 10 ч. 2): outside both lists, a question to the official and never to the bidder
    ("cousin", CHAIR, "org 27", ("official",), "273-ФЗ ст. 10"),
    ("former wife", CHAIR, "org 32", ("official",), "273-ФЗ ст. 10"),
    # who wrote the specification is named neither in п. 9 nor in ст. 39; his interest is that of 273-ФЗ ст. 10
    ("author's brother", AUTHOR, "org 29", ("official",), "273-ФЗ ст. 10"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "firm", "about", "basis"), CASES, ids=[name for name, *_ in CASES])
def test_the_question_is_about_the_member_or_about_the_participant(
    everybody: Precheck, name: str, who: str, firm: str, about: tuple[str, ...], basis: str
) -> None:
    told = pair(everybody, who, firm)
    assert (told.answer, told.about) == ("to_decide", about)
    assert basis in {one for finding in told.findings for one in finding.bases}
    others = [pair(everybody, other, firm).answer for other in NAMES if other != who]
    assert others == ["undetermined" if "АО" in name else "none_in_data"] * 4


def test_a_participant_without_ties_has_no_data_and_nothing_else_is_said(store: Store) -> None:
    found = ask(store, "clean")
    assert found.totals == {"none_in_data": 5, "to_decide": 0, "undetermined": 0}
    assert not found.is_open
    assert not found.at_or_above("info")
    assert not [limit for one in found.pairs for limit in limits(one)]


OPEN = [
    ("joint-stock", "org 22", "joint_stock"), ("no extract", "org 24", "no_extract"), ("no owners", "org 33", "no_owners"),
    ("application without owners", "org 35", "owners_not_disclosed"),
    ("application without director", "org 36", "director_not_disclosed"),
    ("application of АО", "org 37", "joint_stock"), ("unseen owner", "org 28", "holder_unseen"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "firm", "reason"), OPEN, ids=[name for name, *_ in OPEN])
def test_what_nobody_can_see_is_undetermined_for_everybody(everybody: Precheck, name: str, firm: str, reason: str) -> None:
    told = [pair(everybody, who, firm) for who in NAMES]
    assert {(one.answer, *reasons(one)) for one in told} == {("undetermined", reason)}


def test_an_undetermined_pair_leaves_the_procurement_open(store: Store) -> None:
    found = ask(store, "joint-stock")
    assert found.is_open and not found.at_or_above("info")


def test_a_participant_without_an_inn_is_undetermined(everybody: Precheck) -> None:
    (nameless,) = [bidder for bidder in everybody.bidders if bidder.inn is None]
    told = [one for one in everybody.pairs if one.participant == nameless.key]
    assert {(one.answer, *reasons(one)) for one in told} == {("undetermined", "no_inn")}


def test_an_application_that_names_director_and_owners_is_an_answer_with_its_limit(everybody: Precheck) -> None:
    told = pair(everybody, CHAIR, "org 34")
    assert (told.answer, limits(told)) == ("none_in_data", ["application"])


def test_a_tie_goes_before_what_cannot_be_said(everybody: Precheck) -> None:
    assert pair(everybody, CHAIR, "org 26").answer == "to_decide"
    assert reasons(pair(everybody, CHAIR, "org 26")) == ["joint_stock"]
    assert pair(everybody, HEAD, "org 26").answer == "undetermined"


def test_an_unknown_share_leaves_no_answer_open_kin_would_be_a_finding(everybody: Precheck) -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 «в»: of kin it is a question whatever the share; a stranger's share is nobody's question here."""
    assert pair(everybody, CHAIR, "org 38").answer == "to_decide"
    assert pair(everybody, CHAIR, "org 39").answer == "none_in_data"


@pytest.mark.parametrize(("told", "answer"), [("тесть", "undetermined"), ("брат", "none_in_data")])
def test_in_laws_listed_apart_are_no_questionnaire(told: str, answer: str) -> None:
    relatives = [{"employee_id": who, "relationship": told, "name": "нет"} for who in NAMES]
    with Store.open(None) as store:
        found = ask(filled(store, district(relatives=relatives)), "clean")
    assert {one.answer for one in found.pairs} == {answer}


# kind of remark, element it is about; the limit. 14-ФЗ ст. 7, 44-ФЗ ст. 31 ч. 1 п. 9: who is entered in the registry is compared,
# and is what the law asks for; ГК ст. 1012 (trust), 358.15 (pledge), 1173 (inheritance): another may use his share.
REMARKS = [
    ("untrue", "СведДолжнФЛ", "registry_untrue"), ("untrue", "УчрФЛ", "registry_untrue"), ("trust", "УчрФЛ", "share_in_trust"),
    ("inherited", "УчрФЛ", "share_inherited"), ("pledged", "УчрФЛ", "share_pledged"),
    ("disqualified", "СведДолжнФЛ", "head_disqualified"), ("hidden", "СвДоляООО", "restricted_part"),
]  # fmt: skip


def remarked(store: Store, name: str, firm: str, kind: str, about: str) -> Precheck:
    """The procurement when the newest extract of the firm has this remark."""
    filled(store, district())
    [extract] = store.rows("SELECT source_id, locator, ogrn, extract_date FROM company WHERE inn = $inn", {"inn": number(firm)})
    store.append("registry_remark", [{**extract, "company_inn": number(firm), "kind": kind, "about": about, "text": "—"}])
    return ask(store, name)


@pytest.mark.parametrize(("kind", "about", "limit"), REMARKS)
def test_a_remark_of_the_registry_limits_an_answer_and_leaves_none_open(kind: str, about: str, limit: str) -> None:
    with Store.open(None) as store:
        found = remarked(store, "clean", "org 23", kind, about)
        assert {(one.answer, *limits(one)) for one in found.pairs} == {("none_in_data", limit)}
        assert not found.is_open


@pytest.mark.parametrize(("kind", "about"), [("untrue", "СвАдресЮЛ"), ("hidden", "СвСтатус")])
def test_a_remark_that_is_about_nobody_behind_the_firm_limits_nothing(kind: str, about: str) -> None:
    with Store.open(None) as store:
        assert not [limit for one in remarked(store, "clean", "org 23", kind, about).pairs for limit in limits(one)]


def test_a_remark_takes_no_question_away() -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 «а»: the brother at the head is a question also where the registry doubts its own entry."""
    with Store.open(None) as store:
        told = pair(remarked(store, "father-in-law", "org 20", "untrue", "СведДолжнФЛ"), CHAIR, "org 20")
    assert (told.answer, limits(told)) == ("to_decide", ["registry_untrue"])


_HIDE = "UPDATE registry_tie SET restricted = true, name = NULL, name_key = NULL, inn = NULL WHERE company_inn = $inn AND kind ="


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (f"{_HIDE} 'owner'", "hidden"),
        (f"{_HIDE} 'director'", "hidden"),
        ("DELETE FROM registry_tie WHERE kind = 'owner' AND company_inn = $inn", "owners_not_given"),
    ],
)  # fmt: skip
def test_hidden_founders_and_a_source_without_owners_leave_the_answer_open(change: str, reason: str) -> None:
    """44-ФЗ ст. 31 ч. 1 п. 9 «в» asks who owns more than 10 %: nobody can say that of an owner who is not shown."""
    with Store.open(None) as store:
        filled(store, district())
        inn = {"inn": number("org 23")}
        store.sql(change, inn)
        if reason == "owners_not_given":
            store.sql("UPDATE company SET owners_given = false WHERE inn = $inn", inn)
        found = ask(store, "clean")
        assert {(one.answer, *reasons(one)) for one in found.pairs} == {("undetermined", reason)}
        assert found.is_open


def test_nobody_on_record_is_told_and_leaves_the_procurement_open() -> None:
    with Store.open(None) as store:
        found = ask(filled(store, district(commissions=[], officials=[], relatives=[])), "clean")
    assert (found.pairs, found.is_open) == ((), True)
    assert found.seats.missing == ("head of customer", "head of contract service", "commission member")


def test_a_bid_without_a_day_is_taken_as_of_the_day_of_the_question(store: Store) -> None:
    found = ask(store, "undated")
    assert {one.answer for one in found.pairs} == {"none_in_data"}
    assert limits(pair(found, CHAIR, "org 23")) == ["undated"]
    assert found.bidders[0].applied_on is None


def test_four_participants_four_answers(store: Store) -> None:
    found = ask(store, "several")
    told = {(one.official[-3:], one.participant): one.answer for one in found.pairs}
    assert len(told) == len(found.pairs) == 5 * 4
    assert [one.number for one in found.pairs if one.answer == "to_decide"] == [1, 2]
    assert found.totals == {"none_in_data": 13, "to_decide": 2, "undetermined": 5}
