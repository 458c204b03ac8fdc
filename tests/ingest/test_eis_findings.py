"""Documents of ЕИС through to findings: the same purchase in any form gives the same finding, and each source is named on the path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from eis_documents import (
    BROTHER,
    CUSTOMER,
    FIRM,
    ORGANIZER,
    PROCEDURE,
    REG_NUM,
    application_2014,
    contract_223,
    contract_2011,
    contract_2015,
    contract_2021,
    founder_2015,
    member,
    notice_2014,
    protocol_2014,
    requirement,
    supplier_223,
    supplier_2011,
    supplier_2015,
    supplier_2021,
    unfair_2015,
)  # fmt: skip
from worlds import loaded, table

from affil.answers.unfair import unfair_listed
from affil.model.finding import Finding
from affil.pipeline import Scope, found, rules_of
from affil.rules.rule import Catalogue
from affil.settings import default_settings
from affil.store.outline import is_unlinked, stored_rejects
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")
NAME = ("Лаптев", "Олег", "Ильич")
OFFICIAL = {
    "employee_id": "00012",
    "name": "Громов Пётр Ильич",
    "employer_inn": CUSTOMER,
    "birth_date": "01.02.1970",
    "status": "municipal servant",
}
IN_LAW = {
    "employee_id": "00012",
    "employer_inn": CUSTOMER,
    "relationship": "брат жены",
    "name": "Лаптев Олег Ильич",
    "inn": BROTHER,
}
CSV_ROW = {
    "contract_number": REG_NUM, "signed_on": "20.05.2024", "customer_inn": CUSTOMER, "supplier": "ИП Лаптев Олег Ильич", "supplier_inn": BROTHER,
    "price": "145000,50", "procedure_number": PROCEDURE, "ends_on": "31.12.2024",
}  # fmt: skip
BY_GENERATION = {
    "2011": contract_2011(supplier_2011(BROTHER, "P", None, NAME)), "2015": contract_2015(supplier_2015(BROTHER, NAME)),
    "2021": contract_2021(supplier_2021(BROTHER, NAME)),
}  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def world(
    root: Path, kin: Sequence[dict[str, Any]] = (IN_LAW,), officials: Sequence[dict[str, Any]] = (OFFICIAL,), **documents: str
) -> Path:
    table(root / "inbox/officials.csv", officials)
    if kin:
        table(root / "inbox/relatives.csv", kin)
    for name, text in documents.items():
        (root / f"inbox/{name}.xml").write_text(text, encoding="utf-8")
    return root


@cache
def few_rules() -> Catalogue:
    """What these tests ask of; the others are tested elsewhere and take their time."""
    whole = rules_of(None)
    return replace(whole, rules={name: rule for name, rule in whole.rules.items() if name in RULES})


RULES = {
    "in-law-supplier",
    "spec-author-acceptor-kin",
    "close-kin-supplier",
    "article39-tie",
    "shared-phone-email-employee-supplier",
}


def run(store: Store, root: Path) -> list[Finding]:
    """Load the inbox; the findings, each walked again on the raw records."""
    loaded(store, root)
    return found(store, few_rules(), default_settings(), Scope())[1]


def of_rule(several: list[Finding], rule: str) -> list[Finding]:
    return [one for one in several if one.rule == rule]


def meaning(one: Finding) -> tuple[object, ...]:
    contract = one.contract
    assert contract is not None
    return (
        one.id,
        one.rule,
        one.priority,
        one.path.confidence,
        one.path.kinship,
        one.path.control,
        contract.number,
        contract.signed_on,
        contract.customer_inn,
        contract.price,
    )


@pytest.fixture(scope="module")
def by_table(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What the same contract in a table gives."""
    root = world(tmp_path_factory.mktemp("table"))
    table(root / "inbox/contracts.csv", [CSV_ROW])
    with Store.open(None) as other:
        return [meaning(one) for one in of_rule(run(other, root), "in-law-supplier")]


@pytest.mark.parametrize("generation", sorted(BY_GENERATION))
def test_an_in_law_who_wins_is_found_by_each_generation_as_by_the_table(
    store: Store, tmp_path: Path, generation: str, by_table: list[tuple[object, ...]]
) -> None:
    in_xml = of_rule(run(store, world(tmp_path, contract=BY_GENERATION[generation])), "in-law-supplier")
    assert len(by_table) == 1
    assert [meaning(one) for one in in_xml] == by_table
    assert f"contract {REG_NUM}/supplierInfo[1]" in {step.source.locator for step in in_xml[0].path.steps}


def test_a_contract_of_223_is_found_too(store: Store, tmp_path: Path) -> None:
    root = world(tmp_path, contract=contract_223(supplier_223(BROTHER, "P", "Индивидуальный предприниматель Лаптев Олег Ильич")))
    (one,) = of_rule(run(store, root), "in-law-supplier")
    assert one.contract is not None and one.contract.number == "54200000001240000010000"


@pytest.mark.parametrize("order", ["together", "table first", "document first"])
def test_the_same_contract_in_a_table_and_in_xml_is_one_purchase(store: Store, tmp_path: Path, order: str) -> None:
    root = world(tmp_path)
    paths = {"table": table(tmp_path / "inbox/contracts.csv", [CSV_ROW]), "document": tmp_path / "inbox/contract.xml"}
    paths["document"].write_text(BY_GENERATION["2015"], encoding="utf-8")
    if order != "together":
        first = order.partition(" ")[0]
        loaded(store, root, tmp_path / "inbox/officials.csv", tmp_path / "inbox/relatives.csv", paths[first])
    (one,) = of_rule(run(store, root), "in-law-supplier")
    assert one.contract is not None and str(one.contract.price) == "145000.50"
    assert store.sql("SELECT count(*) FROM purchase").fetchall() == [(1,)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_version_of_a_contract_is_in_force_whichever_came_first(
    store: Store, tmp_path: Path, order: tuple[int, int]
) -> None:
    root = world(tmp_path)
    texts = [contract_2011(version=number, price=price) for number, price in ((0, "100"), (3, "900"))]
    for number in order:
        path = tmp_path / f"inbox/version{number}.xml"
        path.write_text(texts[number], encoding="utf-8")
        loaded(store, root, path)
    assert store.sql("SELECT version, price FROM contract_in_force").fetchall() == [(3, 900)]


def test_a_commission_of_a_protocol_makes_kin_of_a_member_a_finding_about_a_bidder(store: Store, tmp_path: Path) -> None:
    protocol = protocol_2014(
        member(1, "Громов", "Пётр", "Ильич"),
        application_2014(1, FIRM, rating=1) + application_2014(2, BROTHER, None, rating=2, kind="P"),
    )
    all_found = run(
        store,
        world(
            tmp_path,
            [{**IN_LAW, "relationship": "брат"}],
            protocol=protocol.replace("Чиж</lastName>", "Лаптев</lastName>").replace(
                "<firstName>Пётр</firstName><middleName>Ильич</middleName></contactInfo>",
                "<firstName>Олег</firstName><middleName>Ильич</middleName></contactInfo>",
            ),
        ),
    )
    bids = [one for one in all_found if one.procedure is not None]
    assert "article39-tie" in {one.rule for one in bids}
    for one in bids:
        assert one.procedure is not None and one.procedure.number == PROCEDURE and one.procedure.customer_inn == CUSTOMER
        assert one.procedure.applied_on == dt.date(2024, 5, 2) and one.procedure.won is False
    sources = {step.source.locator for one in bids for path in (one.path, *one.other_paths) for step in path.steps}
    assert f"protocol {PROCEDURE} П1/commissionMember[1]" in sources and f"protocol {PROCEDURE} П1/application[2]" in sources


def test_protocols_of_one_procedure_add_to_each_other(store: Store, tmp_path: Path) -> None:
    root = world(tmp_path)
    first = protocol_2014(applications=application_2014(1, FIRM))
    last = protocol_2014(
        applications=application_2014(1, FIRM, rating=1).replace("<appDate>2024-05-01T10:00:00Z</appDate>", "")
    ).replace("<id>9</id>", "<id>10</id>")
    for number, text in enumerate((first, last)):
        path = tmp_path / f"inbox/protocol{number}.xml"
        path.write_text(text, encoding="utf-8")
        loaded(store, root, path)
    run(store, root)
    assert store.sql("SELECT won, event_date FROM purchase").fetchall() == [(True, dt.date(2024, 5, 1))]


def test_a_notice_fills_in_what_the_table_lacks_and_never_what_it_has(store: Store, tmp_path: Path) -> None:
    bare = {"contract_number": "7", "signed_on": "20.05.2024", "supplier_inn": BROTHER, "procedure_number": PROCEDURE}
    full = {
        **bare,
        "contract_number": "8",
        "customer_inn": CUSTOMER,
        "notice_on": "01.04.2024",
        "method": "Закупка у единственного поставщика",
    }
    early = {**bare, "contract_number": "9", "signed_on": "01.04.2024"}
    table(tmp_path / "inbox/contracts.csv", [bare | {"method": None, "customer_inn": None, "notice_on": None}, full, early])
    table(tmp_path / "inbox/participants.csv", [{"procedure_number": PROCEDURE, "participant_inn": FIRM}])
    notice = notice_2014(requirement("05", CUSTOMER), "RA", organizer=ORGANIZER)
    run(store, world(tmp_path, notice=notice))
    rows = store.sql(
        "SELECT contract_number, customer_inn, organizer_inn, notice_on, method, event_from FROM purchase ORDER BY 1 NULLS LAST"
    ).fetchall()
    day = dt.date(2024, 4, 21)
    assert rows == [
        ("7", CUSTOMER, ORGANIZER, day, "Электронный аукцион", dt.date(2024, 5, 20)),
        ("8", CUSTOMER, ORGANIZER, dt.date(2024, 4, 1), "Закупка у единственного поставщика", dt.date(2024, 5, 20)),
        ("9", CUSTOMER, ORGANIZER, None, "Электронный аукцион", dt.date(2024, 4, 1)),
        (None, CUSTOMER, ORGANIZER, day, "Электронный аукцион", day),
    ]  # fmt: skip


def test_the_official_a_notice_names_serves_that_purchase_in_no_role_that_is_told(store: Store, tmp_path: Path) -> None:
    answered = run(store, world(tmp_path, notice=notice_2014(), contract=BY_GENERATION["2015"]))
    assert store.sql("SELECT official_key, role FROM service WHERE kind = 'duty'").fetchall() == [(f"{CUSTOMER}|12", None)]
    (one,) = of_rule(answered, "in-law-supplier")
    duties = [step.source.locator for path in (one.path, *one.other_paths) for step in path.steps if step.relation == "duty"]
    assert set(duties) == {f"notice {PROCEDURE}/customer[1]"}
    assert not of_rule(answered, "spec-author-acceptor-kin")


def test_an_official_of_another_customer_with_that_name_does_not(store: Store, tmp_path: Path) -> None:
    run(
        store,
        world(
            tmp_path,
            officials=[{**OFFICIAL, "employer_inn": ORGANIZER}],
            kin=(),
            notice=notice_2014(),
            contract=BY_GENERATION["2015"],
        ),
    )
    assert store.sql("SELECT count(*) FROM service WHERE kind = 'duty'").fetchall() == [(0,)]


def test_a_person_the_register_of_unfair_suppliers_names_stands_behind_him_by_that_source_and_day(
    store: Store, tmp_path: Path
) -> None:
    root = world(tmp_path, contract=contract_2015(), unfair=unfair_2015(founder_2015("Лаптев Олег Ильич", BROTHER)))
    (one,) = of_rule(run(store, root), "in-law-supplier")
    (step,) = [step for step in one.path.steps if step.relation == "unfair-register"]
    assert step.source.locator == "РНП 24120-24 (13.01.2024)/founders[1]"
    assert step.source.file == "inbox/unfair.xml"
    assert "share_unknown" in one.path.assumed


EXTRACT = (
    '<EGRUL><СвЮЛ ДатаВып="2024-06-01" ОГРН="1184200000001" ИНН="{inn}" КодОПФ="12300"><СвНаимЮЛ НаимЮЛПолн="ООО Вереск"/>'
    '<СведДолжнФЛ><СвФЛ Фамилия="ЧИЖ" Имя="ПЁТР" Отчество="ИЛЬИЧ"/></СведДолжнФЛ></СвЮЛ></EGRUL>'
)


def test_where_an_extract_is_loaded_the_register_of_unfair_suppliers_tells_nothing_of_owners(
    store: Store, tmp_path: Path
) -> None:
    root = world(
        tmp_path,
        contract=contract_2015(),
        unfair=unfair_2015(founder_2015("Лаптев Олег Ильич", BROTHER)),
        extract=EXTRACT.format(inn=FIRM),
    )
    assert not of_rule(run(store, root), "in-law-supplier")


def test_the_phone_of_a_supplier_of_a_contract_joins_like_that_of_an_application(store: Store, tmp_path: Path) -> None:
    kin = {**IN_LAW, "inn": None, "phone": "8 (3842) 12-12-12"}
    (one,) = of_rule(run(store, world(tmp_path, [kin], contract=contract_2015())), "shared-phone-email-employee-supplier")
    assert f"contract {REG_NUM}/supplierInfo[1]" in {step.source.locator for step in one.path.steps}


def test_the_contact_person_of_a_supplier_is_no_director(store: Store, tmp_path: Path) -> None:
    all_found = run(store, world(tmp_path, [{**IN_LAW, "name": "Чиж Пётр Ильич", "inn": None}], contract=contract_2011()))
    assert not [one for one in all_found if one.path.control in ("director", "owner")]


def test_a_contract_ended_before_its_time_was_performed_until_then(store: Store, tmp_path: Path) -> None:
    end = f'<export xmlns="http://zakupki.gov.ru/oos/export/1"><contractProcedure><regNum>{REG_NUM}</regNum><termination><terminationDate>2024-07-01</terminationDate></termination></contractProcedure></export>'
    run(store, world(tmp_path, contract=contract_2015(), end=end))
    assert store.sql("SELECT ends_on FROM purchase").fetchall() == [(dt.date(2024, 7, 1),)]


def test_a_closed_contract_does_not_displace_the_row_that_names_its_supplier(store: Store, tmp_path: Path) -> None:
    root = world(tmp_path)
    loaded(
        store,
        root,
        tmp_path / "inbox/officials.csv",
        tmp_path / "inbox/relatives.csv",
        table(tmp_path / "inbox/contracts.csv", [CSV_ROW]),
    )
    (tmp_path / "inbox/contract.xml").write_text(contract_2021(""), encoding="utf-8")
    assert len(of_rule(run(store, root), "in-law-supplier")) == 1


def test_a_list_that_names_a_contract_by_the_number_of_the_customer_speaks_of_the_same(store: Store, tmp_path: Path) -> None:
    root = world(tmp_path, contract=BY_GENERATION["2015"])
    rows = [
        CSV_ROW | {"contract_number": number, "signed_on": day}
        for number, day in (("77", "20.05.2024"), ("77", "20.05.2023"), ("78", "20.05.2024"))
    ]
    table(tmp_path / "inbox/contracts.csv", rows)
    run(store, root)
    assert store.sql("SELECT contract_number, event_date FROM purchase ORDER BY ALL").fetchall() == [
        (REG_NUM, dt.date(2024, 5, 20)), ("77", dt.date(2023, 5, 20)), ("78", dt.date(2024, 5, 20)),
    ]  # fmt: skip


@pytest.mark.parametrize(("included", "excluded", "told"), [
    ("2024-01-13", None, True), ("2024-05-20", None, True), ("2022-05-20", None, True), ("2022-05-19", None, False),
    ("2024-05-21", None, False), ("2024-01-13", "2024-05-19", False), ("2024-01-13", "2024-05-20", True),
])  # fmt: skip
def test_check_tells_who_stood_in_the_register_of_unfair_suppliers_that_day(
    store: Store, tmp_path: Path, included: str, excluded: str | None, told: bool
) -> None:
    """44-ФЗ ст. 104 ч. 9: two years from the day of the entry, or until it is taken out; the contract is of 20.05.2024."""
    documents = {"contract": contract_2015(), "unfair": unfair_2015(included=included)}
    if excluded:
        documents["out"] = (
            '<export xmlns="http://zakupki.gov.ru/oos/export/1"><unfairSupplier2022Exclude><commonInfo><regNumber>РНП.24120-24</regNumber></commonInfo>'
            f"<excludeDate>{excluded}</excludeDate></unfairSupplier2022Exclude></export>"
        )
    run(store, world(tmp_path, (), (OFFICIAL,), **documents))
    assert [(one.inn, one.number, one.entry) for one in unfair_listed(store)] == [(FIRM, REG_NUM, "РНП.24120-24")] * told


@pytest.mark.parametrize(("publisher", "linked"), [(CUSTOMER, True), (ORGANIZER, False)])
def test_a_namesake_on_a_commission_of_a_body_no_official_serves_is_nobody_of_ours(
    store: Store, tmp_path: Path, publisher: str, linked: bool
) -> None:
    text = protocol_2014(member(1, "Громов", "Пётр", "Ильич") + member(2, "Сойкин", "Иван", "Лукич")).replace(CUSTOMER, publisher)
    loaded(store, world(tmp_path, kin=(), protocol=text))
    problems = store.sql("SELECT official_key IS NOT NULL, link_problem FROM commission_seat ORDER BY locator").fetchall()
    assert problems == ([(True, None), (False, "official_not_found")] if linked else [(False, "not_ours")] * 2)
    assert len(stored_rejects(store)) == linked
    assert not is_unlinked(store)


def test_a_protocol_that_names_no_customer_is_not_of_the_only_one_of_the_settings(store: Store, tmp_path: Path) -> None:
    """A list she keeps is hers where it names no customer; a document of ЕИС is anybody's."""
    protocol = protocol_2014(applications=application_2014(1, FIRM)).replace(f"<INN>{CUSTOMER}</INN>", "")
    table(tmp_path / "inbox/participants.csv", [{"procedure_number": "7", "participant_inn": FIRM}])
    settings = default_settings()
    own = settings.model_copy(update={"purchases": settings.purchases.model_copy(update={"customers": (CUSTOMER,)})})
    loaded(store, world(tmp_path, protocol=protocol), settings=own)
    found(store, few_rules(), own, Scope())
    assert store.sql("SELECT procedure_number, customer_inn FROM purchase ORDER BY 1").fetchall() == [
        (PROCEDURE, None),
        ("7", CUSTOMER),
    ]


def test_the_notice_tells_whose_commission_an_old_protocol_is_of(store: Store, tmp_path: Path) -> None:
    protocol = protocol_2014(member(1, "Громов", "Пётр", "Ильич")).replace(f"<INN>{CUSTOMER}</INN>", "")
    loaded(store, world(tmp_path, kin=(), protocol=protocol, notice=notice_2014(organizer=ORGANIZER)))
    assert store.sql("SELECT official_key, link_problem FROM commission_seat").fetchall() == [(None, "not_ours")]
