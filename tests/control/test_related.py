"""Organisations that have something in common with a supplier, by hand; and what of it is read back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from affil.control.contacts import MOST_ORGANISATIONS
from affil.control.related import MOST_HELD, Relation, make_related, relations
from affil.store.store import Store

SINCE = dt.date(2020, 3, 1)
E1, E2 = dt.date(2022, 1, 1), dt.date(2024, 1, 1)


@pytest.mark.parametrize("since", [None, SINCE])
@pytest.mark.parametrize("other", [None, "tie|2"])
def test_evidence_is_of_one_tie_or_of_two_whenever_it_began(since: dt.date | None, other: str | None) -> None:
    columns = dict.fromkeys(("one", "other", "link", "holder", "evidence", "other_evidence"), "VARCHAR")
    row = ("inn:1", "inn:2", "person", "holder", "tie|1", other, since)
    with Store.scratch() as store:
        store.temporary("related", {"related_id": "BIGINT", **columns, "valid_from": "DATE"}, [(7, *row), (8, *row)])
        found = relations(store, [7])
    assert found == {7: Relation("inn:1", "inn:2", "person", "holder", ("tie|1", "tie|2") if other else ("tie|1",), since)}


def runs(who: str, inn: str, **values: Any) -> dict[str, Any]:
    """A person at the head of a firm."""
    return {
        "who": who,
        "company_inn": inn,
        "kind": "director",
        "holder_kind": "person",
        "extract_date": E1,
        "since": SINCE,
        **values,
    }


def owns(holder: str, inn: str, share: str | None = "1/1", **values: Any) -> dict[str, Any]:
    """A person, or an organisation by its ИНН, that owns a part of a firm."""
    row = {**runs(holder, inn), "kind": "owner", "share": share}
    if holder.isdigit():
        row |= {"who": None, "holder_inn": holder, "holder_kind": "organisation"}
    return {**row, **values}


def related(
    store: Store, *ties: dict[str, Any], companies: tuple[dict[str, Any], ...] = (), contacts: tuple[tuple[str, ...], ...] = (),
    customer: str = "77", suppliers: tuple[str, ...] = ("2",), employer: str | None = None,
) -> set[tuple[str, str, str, str]]:  # fmt: skip
    """one, other, link and holder of what is related to the supplier 2, which `customer` buys from."""
    rows = [{"source_id": "w", "locator": str(n), **row} for n, row in enumerate(ties)]
    store.append("registry_tie", [{name: value for name, value in row.items() if name != "who"} for row in rows])
    store.append("company", [{"source_id": "w", "locator": str(n), **row} for n, row in enumerate(companies)])
    if employer:
        store.append("official", [{"source_id": "w", "locator": "o", "official_key": "k", "employer_inn": employer}])
    parties = [(f"tie|w|{row['locator']}|{row['extract_date'] or ''}", row["who"]) for row in rows if row["who"]]
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, parties)
    store.temporary("purchase", {"supplier": "VARCHAR"}, [(f"inn:{inn}",) for inn in suppliers])
    store.temporary("any_purchase", {"customer_inn": "VARCHAR"}, [(customer,)])
    columns = dict.fromkeys(("means", "key", "holder", "evidence", "loose"), "VARCHAR")
    store.temporary(
        "organisation_contact", columns, [(means, key, holder, f"{holder} says", key) for means, key, holder in contacts]
    )
    related.hubs = make_related(store)  # type: ignore[attr-defined]
    return set(store.sql("SELECT one, other, link, holder FROM related").fetchall())


PERSON = {("inn:1", "inn:2", "person", "anna")}
GROUP = PERSON | {("inn:1", "inn:2", "majority", "anna")}


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        ((runs("anna", "1"), runs("anna", "2")), GROUP),  # 135-ФЗ ст. 9 ч. 1 п. 2: the sole executive of both
        ((runs("anna", "1"), runs("boris", "2")), set()),
        ((runs("anna", "1"), owns("anna", "2", "1/2")), PERSON),  # п. 1: more than half, and a half is not
        ((runs("anna", "1"), owns("anna", "2", "51/100")), GROUP),
        ((runs("anna", "1"), owns("anna", "2", None)), PERSON),
        ((owns("anna", "1", "1/10"), owns("anna", "2")), PERSON),
        ((runs("anna", "1", kind="managing"), runs("anna", "2")), GROUP),
        ((runs("anna", "1", restricted=True), runs("anna", "2")), set()),
        ((runs("anna", "1"), runs("anna", "2", holder_kind="other")), set()),
        ((runs(None, "1"), runs(None, "2")), set()),  # type: ignore[arg-type]  # nobody knows who
        ((runs("anna", "1"), runs("anna", "3")), set()),  # neither supplies
        (
            (runs("anna", "1"), runs("anna", "2"), runs("boris", "1", extract_date=E2)),
            set(),
        ),  # she has left by the newest extract
        (
            (runs("anna", "1"), runs("anna", "2"), runs("boris", "1", extract_date=E2, partial=True)),
            GROUP,
        ),  # it need not tell her
        ((runs("anna", "1", partial=True), runs("anna", "2")), GROUP),
        ((runs("anna", "1", extract_date=None), runs("anna", "2")), GROUP),
        ((owns("1", "2"),), {("inn:1", "inn:2", "majority", "inn:1")}),  # a firm and who holds most of it
        ((owns("2", "1"),), {("inn:1", "inn:2", "majority", "inn:2")}),
        ((owns("1", "2", "1/2"),), set()),
        ((owns("3", "1", "1/2"), owns("3", "2", "1/2")), {("inn:1", "inn:2", "organisation", "inn:3")}),
    ],
)
def test_what_joins_two_organisations(
    store: Store, ties: tuple[dict[str, Any], ...], found: set[tuple[str, str, str, str]]
) -> None:
    assert related(store, *ties) == found


def test_a_firm_that_runs_another_does_not_own_it(store: Store) -> None:
    """Only the holder of most of the capital is the holder's side of п. 1; a managing organisation joins those it manages."""
    managing = owns("1", "2", None, kind="managing")
    assert related(store, managing) == set()


@pytest.mark.parametrize(
    ("form", "link"),
    [
        ({"legal_form_code": "12200"}, PERSON),  # 208-ФЗ ст. 44: who holds its shares now the registry does not know
        ({"legal_form": "Непубличное акционерное общество"}, PERSON),
        ({"legal_form_code": "12300", "legal_form": "ООО"}, GROUP),
    ],
)
def test_the_share_of_a_founder_of_a_joint_stock_company_decides_nothing(
    store: Store, form: dict[str, str], link: set[tuple[str, str, str, str]]
) -> None:
    newest = {"inn": "2", "extract_date": E2, **form}
    older = {"inn": "2", "extract_date": E1, "legal_form_code": "12300" if link is PERSON else "12200"}
    companies = (older, newest) if "legal_form_code" in form else (newest,)
    assert related(store, runs("anna", "1"), owns("anna", "2"), companies=companies) == link


@pytest.mark.parametrize(
    ("given", "is_public"),
    [
        ({}, False),
        ({"customer": "3"}, True),  # who buys is taken for a public body
        ({"employer": "3"}, True),
        ({"companies": ({"inn": "3", "legal_form_code": "75404", "extract_date": E1},)}, True),
        ({"companies": ({"inn": "3", "legal_form_code": "12300", "extract_date": E1},), "customer": "3"}, False),
        ({"companies": ({"inn": "3", "legal_form_code": None, "extract_date": E1},), "customer": "3"}, True),
    ],
)
def test_what_the_town_owns_joins_nobody(store: Store, given: dict[str, Any], is_public: bool) -> None:
    found = related(store, owns("3", "1"), owns("3", "2"), **given)
    assert (found == set()) == is_public


def test_what_a_public_body_runs_it_joins(store: Store) -> None:
    found = related(store, owns("3", "1", kind="managing"), owns("3", "2", kind="managing"), customer="3")
    assert {link for _, _, link, _ in found} == {"organisation", "majority"}


@pytest.mark.parametrize("number", [MOST_HELD, MOST_HELD + 1])
def test_who_stands_in_too_many_joins_none_of_them(store: Store, number: int) -> None:
    found = related(store, *(runs("anna", str(n)) for n in range(1, number + 1)))
    assert len(found) == (0 if number > MOST_HELD else 2 * (MOST_HELD - 1))
    assert [(hub.means, hub.key, hub.holders) for hub in related.hubs] == [("holder", "anna", number)] * (number > MOST_HELD)  # type: ignore[attr-defined]


def test_a_hub_is_told_only_where_a_supplier_is_among_them(store: Store) -> None:
    assert related(store, *(runs("anna", str(n)) for n in range(3, 30))) == set()
    assert related.hubs == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", [2, MOST_ORGANISATIONS, MOST_ORGANISATIONS + 1])
def test_a_contact_joins_organisations_unless_too_many_have_it(store: Store, number: int) -> None:
    mine = [("phone", "7", f"inn:{n}") for n in range(1, number + 1)]
    found = related(store, contacts=(*mine, ("email", "7", "inn:99"), ("phone", "8", "inn:98")))
    is_hub = number > MOST_ORGANISATIONS
    others = {(f"inn:{n}", "inn:2", "phone", "phone:7") for n in range(1, number + 1) if n != 2}
    assert found == (set() if is_hub else others)
    assert [(hub.means, hub.key, hub.holders) for hub in related.hubs] == [("phone", "7", number)] * is_hub  # type: ignore[attr-defined]


def test_a_relation_is_dated_by_the_tie_that_began_last(store: Store) -> None:
    later = dt.date(2021, 7, 1)
    related(store, runs("anna", "1", since=later), runs("anna", "2"))
    assert store.sql("SELECT DISTINCT valid_from, evidence, other_evidence, valid_to FROM related").fetchall() == [
        (later, f"tie|w|0|{E1}", f"tie|w|1|{E1}", None)
    ]
