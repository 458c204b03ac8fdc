"""From rows of extracts and applications to who stands behind a supplier: which rows say something, and which do not."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from affil.control.control import Control
from affil.control.intervals import Period
from affil.control.shares import Holding
from affil.control.table import _heads, _proprietors, _unregistered, all_holdings, with_one_head
from affil.store.store import Store

FIRM, OTHER = "7700000001", "7700000002"
E1, E2, DAY = dt.date(2022, 1, 1), dt.date(2024, 1, 1), dt.timedelta(days=1)
SINCE = dt.date(2020, 1, 1)


def tie(**values: Any) -> dict[str, Any]:
    """Half of the firm is Anna's, as an extract of 2022 shows it."""
    row = {"source_id": "w", "locator": "1/owner", "company_inn": FIRM, "extract_date": E1, "kind": "owner"}
    return {**row, "holder_kind": "person", "since": SINCE, "share": "1/2", "who": "anna", **values}


def extract(day: dt.date, inn: str = FIRM, **values: Any) -> dict[str, Any]:
    return {"source_id": "w", "locator": f"{inn} {day}", "inn": inn, "extract_date": day, **values}


def disclosed(**values: Any) -> dict[str, Any]:
    """An application of the firm names Anna, its director."""
    row = {"source_id": "w", "locator": "d1", "procedure_number": "П-1", "participant_inn": FIRM, "kind": "director"}
    return {**row, "name_key": "АННА", "applied_on": E1, **values}


def held(
    store: Store, *ties: dict[str, Any], extracts: list[dict[str, Any]] | None = None, walked: tuple[str, ...] = (FIRM,),
    joint_stock: tuple[str, ...] = (), applied: tuple[dict[str, Any], ...] = (), firms: tuple[tuple[str, str], ...] = (),
) -> list[Holding]:  # fmt: skip
    """The holdings of these rows, in the companies walked."""
    store.append("registry_tie", [{name: value for name, value in row.items() if name != "who"} for row in ties])
    store.append("company", extracts or [])
    store.append("participant_person", applied)
    parties = [(f"tie|w|{row['locator']}|{row['extract_date'] or ''}", row["who"]) for row in ties if row["who"]]
    told = [f"disclosed|w|{row['locator']}|{row['kind']}|{row['name_key']}" for row in applied]
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, [*parties, *((mention, "anna") for mention in told)])
    columns = dict.fromkeys(("mention", "kind", "source_id", "locator"), "VARCHAR")
    store.temporary("mention", columns, [(mention, "disclosed", "w", mention.split("|")[2]) for mention in told])
    store.temporary("firm_party", {"firm_key": "VARCHAR", "party": "VARCHAR"}, firms)
    store.temporary("joint_stock", {"inn": "VARCHAR"}, [(inn,) for inn in joint_stock])
    store.temporary("walked", {"inn": "VARCHAR"}, [(inn,) for inn in walked])
    return all_holdings(store)


ANNA = Holding(f"inn:{FIRM}", "anna", "person", "owner", Fraction(1, 2), Period(SINCE, None, E1), f"tie|w|1/owner|{E1}")


def test_a_row_of_an_extract_is_a_holding(store: Store) -> None:
    assert held(store, tie(), tie(company_inn=OTHER, locator="1/else")) == [ANNA]


@pytest.mark.parametrize(("kind", "share"), [("owner", None), ("director", Fraction(1, 2))])
def test_of_a_joint_stock_company_the_registry_knows_no_present_owner(store: Store, kind: str, share: Fraction | None) -> None:
    """208-ФЗ ст. 44: its shareholders stand in a register of their own; ЕГРЮЛ has the founders."""
    assert [one.share for one in held(store, tie(kind=kind), joint_stock=(FIRM,))] == [share]


@pytest.mark.parametrize(("restricted", "number"), [(True, 0), (False, 1), (None, 1)])
def test_whom_the_registry_hides_is_nobody_known(store: Store, restricted: bool | None, number: int) -> None:
    assert len(held(store, tie(restricted=restricted))) == number


@pytest.mark.parametrize(
    ("partial", "day", "other", "is_told"),
    [
        (True, None, {}, False),  # a search result of an unknown day beside an extract
        (True, E2, {}, True),
        (None, None, {}, True),
        (True, None, {"partial": True}, True),  # beside another search result
        (True, None, {"extract_date": None}, True),
        (True, None, {"company_inn": OTHER}, True),
    ],
)
def test_a_source_that_leaves_some_out_and_has_no_day(
    store: Store, partial: bool | None, day: dt.date | None, other: dict[str, Any], is_told: bool
) -> None:
    rows = tie(locator="2/owner", who="boris", partial=partial, extract_date=day), tie(**other)
    assert ("boris" in {one.holder for one in held(store, *rows)}) == is_told


@pytest.mark.parametrize(
    ("kind", "given", "ended"),
    [
        ("owner", {}, E2 - DAY),
        ("owner", {"owners_given": False}, None),  # it never tells owners: that she is not there means nothing
        ("owner", {"owners_given": True, "directors_given": False}, E2 - DAY),
        ("director", {}, E2 - DAY),
        ("director", {"directors_given": False}, None),
        ("director", {"owners_given": False}, E2 - DAY),
    ],
)
def test_who_is_missing_in_a_newer_extract_has_left_if_it_tells_all(
    store: Store, kind: str, given: dict[str, Any], ended: dt.date | None
) -> None:
    (found,) = held(store, tie(kind=kind), extracts=[extract(E1), extract(E2, **given), extract(E2, OTHER)])
    assert found.period == Period(SINCE, ended, E1)


@pytest.mark.parametrize(
    ("holder", "told"),
    [
        ({"holder_inn": OTHER, "holder_ogrn": "109", "holder_name": "ООО Сом"}, f"inn:{OTHER}"),
        ({"holder_ogrn": "109", "holder_name": "ООО Сом"}, "organisation:109"),
        ({"holder_name": "ООО Сом"}, "organisation:ООО Сом"),
        ({}, f"organisation:tie|w|1/owner|{E1}"),  # two that nobody names are two
    ],
)
def test_an_organisation_that_holds_is_called_by_its_surest_number(store: Store, holder: dict[str, str], told: str) -> None:
    assert [one.holder for one in held(store, tie(who=None, holder_kind="organisation", **holder))] == [told]


def test_the_day_an_owner_died_ends_what_he_held(store: Store) -> None:
    died = dt.date(2021, 5, 6)
    assert [one.period.valid_to for one in held(store, tie(died_on=died))] == [died]


def heads(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of one who runs the firm."""
    return [{"kind": "director", "share": None, **row} for row in rows]


@pytest.mark.parametrize(
    ("rows", "remark", "is_one"),
    [
        (heads({}), None, True),
        (heads({"kind": "managing"}), None, True),
        (heads({}, {"locator": "1/second"}), None, False),
        (heads({}, {"locator": "1/second", "kind": "managing"}), None, False),
        (heads({}, {"kind": "owner", "locator": "1/owner"}), None, True),
        (heads({}, {"source_id": "copy"}), None, True),  # one extract in two files
        (heads({}, {"locator": "2/head"}), None, True),  # two records of one day in one file
        (heads({}, {"locator": "2/head", "partial": True}), None, False),
        (heads({"partial": True}), None, False),  # a search result names one of several
        (heads({"extract_date": None}), None, False),
        (heads({"company_inn": OTHER}), None, False),
        (heads({}), {"kind": "jointly"}, False),  # ГК ст. 53 п. 1: powers of several
        (heads({}), {"kind": "severally"}, False),
        (heads({}), {"kind": "untrue"}, True),
        (heads({}), {"kind": "jointly", "extract_date": E2}, True),
        (heads({}), {"kind": "jointly", "company_inn": OTHER}, True),
    ],
)
def test_which_extracts_show_one_head(
    store: Store, rows: list[dict[str, Any]], remark: dict[str, Any] | None, is_one: bool
) -> None:
    held(store, *(tie(**row) for row in rows))
    if remark:
        store.append("registry_remark", [{"source_id": "w", "locator": "r", "company_inn": FIRM, "extract_date": E1, **remark}])
    assert with_one_head(store) == ({f"inn:{FIRM}": {E1}} if is_one else {})


APPLIED = Holding(
    f"inn:{FIRM}", "anna", "person", "director", None, Period(None, None, E1, known_from=E1), "disclosed|w|d1|director|АННА"
)


def test_whom_an_application_names_where_no_extract_is_loaded(store: Store) -> None:
    """44-ФЗ ст. 43 ч. 1 п. 1: shown on the day of the application, and on no other."""
    assert held(store, applied=(disclosed(),)) == [APPLIED]


def test_an_extract_says_it_better_than_an_application(store: Store) -> None:
    bidder = disclosed(participant_inn=OTHER, locator="d2")
    assert [(one.company, one.kind) for one in held(store, tie(), applied=(disclosed(), bidder))] == [
        (f"inn:{FIRM}", "owner"),
        (f"inn:{OTHER}", "director"),
    ]


@pytest.mark.parametrize(
    ("firms", "company"),
    [((), "firm:ООО СОМ"), ((("ООО СОМ", "inn:9"),), "inn:9"), ((("ООО ЛУЧ", "inn:9"),), "firm:ООО СОМ")],
)
def test_a_bidder_without_inn_is_the_firm_its_name_means(store: Store, firms: tuple[tuple[str, str], ...], company: str) -> None:
    unnamed = disclosed(participant_inn=None, participant_key="ООО СОМ", kind="owner", share="3/10")
    (found,) = held(store, tie(), applied=(unnamed,), firms=firms, walked=())
    assert (found.company, found.kind, found.share) == (company, "owner", Fraction(3, 10))


def spell(*days: tuple[dt.date | None, dt.date | None], supplied: tuple[dt.date, ...]) -> list[tuple[Period, str]]:
    return list(_unregistered(list(days), [(day, str(day)) for day in supplied]))


D = [dt.date(2020, 1, 1) + DAY * n for n in range(100)]


@pytest.mark.parametrize(
    ("days", "supplied", "found"),
    [
        ([(D[10], D[20])], (D[10], D[20], D[15]), []),
        ([(None, D[20])], (D[1],), []),
        ([(D[10], None)], (D[99],), []),
        ([(None, None)], (D[5],), []),
        ([(D[10], D[20])], (D[9],), [(None, D[9], D[9], D[9])]),
        ([(D[10], D[20])], (D[21], D[30]), [(D[21], None, D[21], D[30])]),
        ([(D[10], D[20]), (D[40], D[50])], (D[25], D[39]), [(D[21], D[39], D[25], D[39])]),
        ([(D[10], D[20]), (D[25], D[30]), (D[40], D[50]), (D[60], None)], (D[35],), [(D[31], D[39], D[35], D[35])]),
    ],
)
def test_between_registrations_a_person_supplies_unregistered(
    days: list[tuple[dt.date | None, dt.date | None]], supplied: tuple[dt.date, ...], found: list[tuple[dt.date | None, ...]]
) -> None:
    """From the day after one registration to the day before the next; shown from the first supply to the last (by hand)."""
    told = [(one.valid_from, one.valid_to, one.known_from, one.known_until) for one, _ in spell(*days, supplied=supplied)]
    assert told == found
    assert [evidence for _, evidence in spell(*days, supplied=supplied)] == [str(one[2]) for one in found]


def proprietors(store: Store, registrations: list[dict[str, Any]], purchases: list[tuple[Any, ...]]) -> list[Control]:
    """Of Anna, who is sought, and Boris, who is not."""
    store.append("proprietor", [{"source_id": "w", "locator": f"p{n}", **row} for n, row in enumerate(registrations)])
    mentions = [(f"proprietor|w|p{n}|{row.get('extract_date') or ''}", "anna") for n, row in enumerate(registrations)]
    store.temporary("mention", {"mention": "VARCHAR"}, [(mention,) for mention, _ in mentions])
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, mentions)
    store.temporary("wanted", {"person": "VARCHAR"}, [("anna",)])
    columns = {**dict.fromkeys(("supplier", "supplier_kind", "role", "mention"), "VARCHAR"), "event_date": "DATE"}
    store.temporary("purchase", columns, purchases)
    return list(_proprietors(store))


def bought(
    supplier: str = "anna", kind: str = "person", role: str = "winner", mention: str | None = "c1", day: dt.date | None = D[5]
):  # type: ignore[no-untyped-def]
    return supplier, kind, role, mention, day


@pytest.mark.parametrize(
    ("purchase", "is_told"),
    [
        (bought(), True),
        (bought(day=None), True),
        (bought("boris"), False),
        (bought(kind="organisation"), False),
        (bought(role="subcontractor"), False),  # a subcontractor's record is not his own
        (bought(mention=None), False),
    ],
)
def test_who_supplies_in_person_stands_behind_himself(store: Store, purchase: tuple[Any, ...], is_told: bool) -> None:
    found = proprietors(store, [], [purchase])
    anna = [("anna", "anna", "sole-proprietor", (("c1",),), ())]
    assert [(one.person, one.company, one.kind, one.chains, one.assumed) for one in found] == (anna if is_told else [])


def test_a_registration_is_told_by_its_newest_extract(store: Store) -> None:
    spells = [
        {"ogrnip": "1", "registered_on": D[0], "extract_date": D[50], "ended_on": D[40]},
        {"ogrnip": "1", "registered_on": D[0], "extract_date": D[30]},
        {"ogrnip": "1", "registered_on": D[0], "extract_date": None},
        {"ogrnip": "2", "registered_on": D[60], "extract_date": D[70]},
    ]
    found = proprietors(store, spells, [bought(day=D[50]), bought(day=D[65], mention="c2")])
    assert [(one.period, one.chains[0][0], one.assumed) for one in found] == [
        (Period(D[0], D[40], D[40]), f"proprietor|w|p0|{D[50]}", ()),
        (Period(D[60], None, D[70]), f"proprietor|w|p3|{D[70]}", ()),
        (Period(D[41], D[59], D[50], known_from=D[50]), "c1", ("not_registered",)),
    ]


@pytest.mark.parametrize(
    ("row", "is_head"),
    [
        ({"status": "head of institution"}, True),
        ({"procurement_role": "head of customer"}, True),
        ({"status": "municipal servant", "procurement_role": "head of contract service"}, False),
        ({"status": "head of institution", "employer_inn": OTHER}, False),  # an institution of somebody else
        ({"status": "head of institution", "superseded_by": "newer"}, False),
    ],
)
def test_the_head_of_an_own_institution_runs_it_while_he_serves(store: Store, row: dict[str, Any], is_head: bool) -> None:
    official = {"source_id": "w", "locator": "o1", "official_key": "k", "employer_inn": FIRM, "hired": E1, "dismissed": E2, **row}
    store.append("official", [official])
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, [("official|k", "he")])
    store.temporary("institution_of", {"institution": "VARCHAR"}, [(f"inn:{FIRM}",)])
    head = Control("he", f"inn:{FIRM}", "director", None, None, Period(E1, E2, E2), (("official|k",),), (), "questionnaire")
    assert list(_heads(store)) == [head] * is_head
