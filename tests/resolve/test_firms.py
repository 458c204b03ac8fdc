"""A supplier named without an ИНН: by ОГРН for certain, by a name one loaded organisation bears as a supposition, else not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened, table

from affil.language.identifiers import valid_ogrn
from affil.model.finding import Finding, Run
from affil.store.store import Store

OFFICIAL = {
    "employee_id": "1",
    "name": "Громов Пётр Ильич",
    "inn": "420000001375",
    "employer_inn": "4200000012",
    "employer": "Школа",
    "position": "директор",
    "status": "head of institution",
    "procurement_role": "head of customer",
}
CONTRACT = {
    "contract_number": "7",
    "signed_on": "01.02.2025",
    "customer_inn": "4200000012",
    "customer": "Школа",
    "ground": "п. 4 ч. 1 ст. 93",
}
DAY = dt.date(2025, 3, 1)
INNS = ("4200000020", "4200000037", "4200000044")
OGRN = "1024200000010"


def company(inn: str, name: str, ogrn: str = "", **more: Any) -> dict[str, Any]:
    from affil.language.companies import company_key

    row = {
        "source_id": "egrul",
        "locator": inn,
        "inn": inn,
        "ogrn": ogrn or "1" + inn,
        "short_name": name,
        "name_key": company_key(name),
    }
    return {**row, "legal_form_code": "12300", "extract_date": DAY, "registered_on": dt.date(2010, 1, 1), **more}


def director(inn: str) -> dict[str, Any]:
    name = {
        "name": "Громов Пётр Ильич",
        "surname": "ГРОМОВ",
        "given": "ПЕТР",
        "patronymic": "ИЛЬИЧ",
        "name_key": "ГРОМОВ ПЕТР ИЛЬИЧ",
    }
    row = {"source_id": "egrul", "locator": inn + "/СведДолжнФЛ[1]", "company_inn": inn, "ogrn": "1" + inn, "extract_date": DAY}
    return {**row, **name, "kind": "director", "holder_kind": "person", "inn": "420000001375", "since": dt.date(2015, 1, 1)}


def run_of(
    root: Path, contracts: list[dict[str, Any]], companies: list[dict[str, Any]], *tables: Path, **more: list[dict[str, Any]]
) -> Run:
    with Store.open(None) as store:
        store.sql("INSERT INTO source VALUES ('egrul', 'egrul', 'egrul.xml', 'egrul', 0, now(), '{}', 0, '[]')")
        store.append("company", companies)
        store.append("registry_tie", [director(one["inn"]) for one in companies])
        for name, rows in more.items():
            store.append(name, rows)
        files = [
            table(root / "o.csv", [OFFICIAL]),
            *([table(root / "c.csv", [{**CONTRACT, **one} for one in contracts])] if contracts else []),
            *tables,
        ]
        loaded(store, root, *files)
        return screened(store)


def own(run: Run) -> list[Finding]:
    """What joins the official himself to a supplier or bidder he runs, by the rule of contracts or of bids."""
    return [
        one
        for one in run.findings
        if one.path.kinship == "self" and one.rule == ("article31-tie" if one.procedure else "self-director-supplier")
    ]


def reasons(run: Run) -> dict[str, dict[str, str]]:
    return {one.reason: dict(one.params) for one in run.undetermined if one.kind in ("supplier", "participant")}


def test_a_name_one_loaded_organisation_bears_is_a_supposition(tmp_path: Path) -> None:
    run = run_of(tmp_path, [{"supplier": "ООО «Трансмаркетплюс-45»"}], [company(INNS[0], "ООО «ТРАНСМАРКЕТПЛЮС-45»")])
    (found,) = own(run)
    assert found.supplier is not None and found.supplier.inn == INNS[0]
    assert found.path.identity_grade == "D" and found.path.confidence < 0.95
    assert found.priority not in ("first", "high")
    assert "supplier_by_name" in found.path.assumed
    assert "inn_by_name" in reasons(run) and "no_inn_supplier" not in reasons(run)


def test_with_its_inn_it_is_certain(tmp_path: Path) -> None:
    run = run_of(tmp_path, [{"supplier": "ООО «Зимородок»", "supplier_inn": INNS[0]}], [company(INNS[0], "ООО «ЗИМОРОДОК»")])
    assert [one.path.identity_grade for one in own(run)] == ["A"]


@pytest.mark.parametrize(
    "cells", [{"supplier_inn": OGRN}, {"supplier": f"ООО «Зимородок» (ОГРН {OGRN})"}, {"supplier": "", "supplier_inn": OGRN}]
)
def test_an_ogrn_is_no_supposition(tmp_path: Path, cells: dict[str, str]) -> None:
    assert valid_ogrn(OGRN)
    companies = [company(INNS[0], "ООО «ЗИМОРОДОК»", OGRN), company(INNS[1], "ООО «ЗИМОРОДОК»")]
    run = run_of(tmp_path, [{"supplier": "ООО «Зимородок»", **cells}], companies)
    assert [(one.supplier.inn if one.supplier else None, one.path.identity_grade) for one in own(run)] == [(INNS[0], "A")]
    assert not {"inn_by_name", "no_inn_supplier", "name_of_several"} & set(reasons(run))
    assert not [one for one in run.rejects if one.column == "supplier_inn"]


def test_an_ogrn_of_another_is_no_agreement_of_names(tmp_path: Path) -> None:
    run = run_of(tmp_path, [{"supplier": f"ООО «Зимородок» (ОГРН {OGRN})"}], [company(INNS[0], "ООО «ЗИМОРОДОК»")])
    assert own(run) == [] and "no_inn_supplier" in reasons(run)


def test_a_name_several_bear_is_told_with_the_candidates(tmp_path: Path) -> None:
    companies = [company(inn, "ООО «ЗИМОРОДОК»") for inn in INNS[:2]]
    run = run_of(tmp_path, [{"supplier": "Зимородок ООО"}], companies)
    assert own(run) == []
    told = reasons(run)["name_of_several"]
    assert told["number"] == "2" and all(inn in told["organisations"] for inn in INNS[:2])


def test_a_near_name_is_told_and_not_taken(tmp_path: Path) -> None:
    run = run_of(tmp_path, [{"supplier": "ООО «Строй-Сервис-Юг»"}], [company(INNS[0], "ООО «СТРОЙСЕРВИСЮГ»")])
    assert own(run) == [] and INNS[0] in reasons(run)["name_is_near"]["organisations"]


def test_the_full_name_finds_what_the_short_one_abbreviates(tmp_path: Path) -> None:
    both = company(INNS[0], "ООО «ТКП»", short_key="ООО ТКП") | {"name_key": "ООО ТРАНСПОРТНАЯ КОМПАНИЯ ПЕТУХ"}
    for name in ("ООО «ТКП»", "ООО «Транспортная компания «Петух»"):
        assert len(own(run_of(tmp_path, [{"supplier": name}], [both]))) == 1


def test_an_agreeing_phone_chooses_among_several_and_makes_it_grade_c(tmp_path: Path) -> None:
    bids = [
        {"procedure_number": "31", "participant": "ООО «Зимородок»", "phone": "8 (38445) 5-11-22", "applied_on": "01.02.2025"},
        {
            "procedure_number": "29",
            "participant": "ООО «Зимородок»",
            "participant_inn": INNS[1],
            "phone": "+7 38445 51122",
            "applied_on": "01.02.2024",
        },
    ]
    companies = [company(inn, "ООО «ЗИМОРОДОК»") for inn in INNS[:2]]
    bids = [{**bid, "customer_inn": "4200000012"} for bid in bids]
    found = own(run_of(tmp_path, [], companies, table(tmp_path / "b.csv", bids)))
    assert {
        (one.procedure.number, one.supplier.inn, one.path.identity_grade) for one in found if one.procedure and one.supplier
    } == {
        ("31", INNS[1], "C"),
        ("29", INNS[1], "A"),
    }


def test_a_director_an_application_names_is_certain_for_that_bid(tmp_path: Path) -> None:
    """The bidder has no ИНН and its name is that of a loaded extract, where another person runs it."""
    bid = {
        "procedure_number": "31",
        "participant": "ООО «Зимородок»",
        "director": "Громов Пётр Ильич",
        "director_inn": "420000001375",
    }
    bid |= {"applied_on": "01.02.2025", "customer_inn": "4200000012"}
    other = {
        "name": "Чижов Иван Иванович",
        "surname": "ЧИЖОВ",
        "given": "ИВАН",
        "patronymic": "ИВАНОВИЧ",
        "name_key": "ЧИЖОВ ИВАН ИВАНОВИЧ",
    }
    with Store.open(None) as store:
        store.sql("INSERT INTO source VALUES ('egrul', 'egrul', 'egrul.xml', 'egrul', 0, now(), '{}', 0, '[]')")
        store.append("company", [company(INNS[0], "ООО «ЗИМОРОДОК»")])
        store.append("registry_tie", [{**director(INNS[0]), **other, "inn": None}])
        loaded(store, tmp_path, table(tmp_path / "o.csv", [OFFICIAL]), table(tmp_path / "b.csv", [bid]))
        run = screened(store)
    assert [one.path.identity_grade for one in own(run)] == ["A"]


@pytest.mark.parametrize(("extracts", "ending"), [(INNS[:1], "no_extract"), (INNS[:2], "not_compared")])
def test_a_predecessor_is_told(tmp_path: Path, extracts: tuple[str, ...], ending: str) -> None:
    row = {
        "source_id": "egrul",
        "locator": "x/СвПредш[1]",
        "company_inn": INNS[0],
        "kind": "predecessor",
        "other_inn": INNS[1],
        "other_name": "ООО «УДОД»",
    }
    companies = [company(inn, f"ООО «Птица {inn}»") for inn in extracts]
    run = run_of(tmp_path, [{"supplier": "ООО", "supplier_inn": INNS[0]}], companies, succession=[{**row, "since": DAY}])
    assert reasons(run)["predecessor_" + ending] == {"organisation": f"ООО «УДОД», ИНН {INNS[1]}", "since": "01.03.2025"}
