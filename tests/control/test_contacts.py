"""A flat, a phone, a mailbox that a person and a firm have in common, and when so many have it that it says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from affil.control.contacts import (
    MOST_ORGANISATIONS,
    MOST_PERSONS,
    Contact,
    Hub,
    contact_keys,
    contacts_of,
    organisation_contacts,
    person_contacts,
    shared,
)
from affil.store.store import Store

FLAT = "ул. Мира, д. 5, кв. 7"
IN_KLIN, IN_TVER = f"г. Клин, {FLAT}", f"г. Тверь, {FLAT}"


def of(holder: str, means: str, text: str) -> list[Contact]:
    """The contacts of one record that gives one."""
    texts = [text if each == means else None for each in ("address", "phone", "email")]
    return contacts_of([(holder, f"{holder} says", *texts)])


@pytest.mark.parametrize(
    ("means", "his", "its", "same"),
    [
        ("address", IN_KLIN, f"Клин г, {FLAT}", True),
        ("address", IN_KLIN, FLAT, True),  # half of the records leave the settlement out
        ("address", FLAT, IN_KLIN, True),
        ("address", IN_KLIN, IN_TVER, False),
        ("address", IN_KLIN, "г. Клин, ул. Мира, д. 5, кв. 8", False),
        ("address", "г. Клин, ул. Мира, д. 5", "г. Клин, ул. Мира, д. 5", False),  # many live in a house
        ("phone", "8 (384) 212-34-56", "+7 384 2123456", True),
        ("phone", "8 (384) 212-34-56", "+7 384 2123457", False),
        ("email", "Som@Example.org", "som@example.org, luch@example.org", True),
        ("email", "som@example.org", "luch@example.org", False),
    ],
)
def test_what_a_person_and_a_firm_have_in_common(means: str, his: str, its: str, same: bool) -> None:
    found, hubs = shared(of("anna", means, his), of("firm", means, its))
    told = [("anna", "firm", "contact", means, None, (("anna says", "firm says"),))] if same else []
    assert [(one.person, one.company, one.kind, one.means, one.share, one.chains) for one in found] == told
    assert hubs == []


def test_a_pair_is_told_once_for_each_means_by_its_first_records() -> None:
    his = [*of("anna", "phone", "83842123456, 83842123457"), *of("anna", "email", "som@example.org")]
    its = [*of("firm", "phone", "83842123457, 83842123456"), *of("firm", "email", "som@example.org")]
    assert [one.means for one in shared(his, its)[0]] == ["email", "phone"]


@pytest.mark.parametrize(
    ("persons", "firms"), [(MOST_PERSONS, MOST_ORGANISATIONS), (MOST_PERSONS + 1, 1), (1, MOST_ORGANISATIONS + 1)]
)
def test_what_too_many_have_joins_nobody(persons: int, firms: int) -> None:
    his = [one for n in range(persons) for one in (*of(f"p{n}", "address", IN_KLIN), *of(f"p{n}", "address", FLAT))]
    its = [one for n in range(firms) for one in of(f"f{n}", "address", IN_KLIN)]
    found, hubs = shared(his, its)
    is_hub = (persons, firms) != (MOST_PERSONS, MOST_ORGANISATIONS)
    assert [(hub.means, hub.holders) for hub in hubs] == [("address", persons + firms)] * is_hub
    assert len(found) == (0 if is_hub else persons * firms)


def test_only_the_means_asked_for_are_read() -> None:
    row = ("anna", "e", IN_KLIN, "83842123456", "som@example.org")
    assert {one.means for one in contacts_of([row])} == {"address", "phone", "email"}
    assert [(one.means, one.key) for one in contacts_of([row], {"email"})] == [("email", "som@example.org")]


def test_what_is_compared_of_an_address_leaves_the_settlement_out() -> None:
    assert contact_keys("address", IN_KLIN) == contact_keys("address", IN_TVER) == contact_keys("address", FLAT) != ()
    assert contact_keys("phone", "83842123456") == contact_keys("phone", "+7 (384) 212-34-56") != ()
    assert [contact_keys(means, None) for means in ("address", "phone", "email")] == [(), (), ()]


def test_the_hub_tells_what_too_many_have_and_how_many() -> None:
    his, its = of("anna", "phone", "83842123456"), [one for n in range(6) for one in of(f"f{n}", "phone", "83842123456")]
    (hub,) = shared(his, its)[1]
    assert hub == Hub("phone", his[0].key, 7)


def test_persons_give_their_contacts_in_questionnaires(store: Store) -> None:
    """An official and his wife; a relative set aside by a newer questionnaire and a director are not asked."""
    official = {"source_id": "w", "locator": "o", "official_key": "k", "address": IN_KLIN}
    store.append("official", [official])
    kin = [("r1", None), ("r2", "newer")]
    store.append("relative", [{"source_id": "w", "locator": at, "fact": "person", "address": IN_TVER, "superseded_by": by}
                              for at, by in kin])  # fmt: skip
    rows = [
        ("he", "official", "o", "k"),
        ("wife", "relative", "r1", "k"),
        ("gone", "relative", "r2", "k"),
        ("head", "tie", "r1", "k"),
    ]
    columns = dict.fromkeys(("mention", "kind", "locator", "owner", "source_id", "phone", "email"), "VARCHAR")
    store.temporary("mention", columns, [(*row, "w", "83842123456", "som@example.org") for row in rows])
    store.temporary("party", {"mention": "VARCHAR", "party": "VARCHAR"}, [(mention, mention) for mention, *_ in rows])
    told = person_contacts(store, {"address", "phone", "email"})
    assert [(one.holder, one.means) for one in told] == [
        *(("he", means) for means in ("address", "phone", "email")),
        *(("wife", means) for means in ("address", "phone", "email")),
    ]
    assert told[0].key != told[3].key
    assert [one.means for one in person_contacts(store, {"phone"})] == ["phone", "phone"]


def put(store: Store, table: str, **values: Any) -> None:
    store.append(table, [{"source_id": "w", "locator": table, **values}])


@pytest.mark.parametrize(
    ("table", "values", "holder"),
    [
        ("participant", {"participant_inn": "1", "email": "som@example.org"}, "inn:1"),
        ("participant", {"participant_key": "ООО СОМ", "email": "som@example.org"}, "inn:9"),  # the firm its name means
        ("participant", {"participant_key": "ООО ЛУЧ", "email": "som@example.org"}, "firm:ООО ЛУЧ"),
        ("participant", {"participant_inn": "1", "participant_kind": "person", "email": "som@example.org"}, None),
        ("participant", {"participant_inn": "1", "superseded_by": "x", "email": "som@example.org"}, None),
        ("participant", {"email": "som@example.org"}, None),
        ("contract", {"supplier_inn": "1", "supplier_email": "som@example.org"}, "inn:1"),
        ("contract", {"supplier_key": "ООО СОМ", "supplier_email": "som@example.org"}, "inn:9"),
        ("contract", {"supplier_key": "ООО ЛУЧ", "supplier_email": "som@example.org"}, "firm:ООО ЛУЧ"),
        ("contract", {"supplier_inn": "1", "supplier_kind": "person", "supplier_email": "som@example.org"}, None),
        ("contract", {"supplier_email": "som@example.org"}, None),
        ("company", {"inn": "1", "email": "som@example.org"}, "inn:1"),
        ("company", {"ogrn": "1", "email": "som@example.org"}, None),
    ],
)
def test_whose_the_contact_of_a_record_is(store: Store, table: str, values: dict[str, Any], holder: str | None) -> None:
    store.temporary("firm_party", {"firm_key": "VARCHAR", "party": "VARCHAR"}, [("ООО СОМ", "inn:9")])
    put(store, table, **values)
    places = {"participant": "bidder", "contract": "awarded", "company": "company"}
    told = [Contact("email", "som@example.org", holder, f"{places[table]}|w|{table}")] if holder else []
    assert organisation_contacts(store) == told


def test_of_the_extracts_of_a_firm_the_newest_tells_its_seat(store: Store) -> None:
    store.temporary("firm_party", {"firm_key": "VARCHAR", "party": "VARCHAR"}, [])
    for n, day in enumerate((None, "2022-01-01", "2024-01-01", "2023-01-01")):
        put(store, "company", inn="1", locator=f"c{n}", extract_date=day, address=IN_KLIN)
    assert [one.evidence for one in organisation_contacts(store)] == ["company|w|c2"]
