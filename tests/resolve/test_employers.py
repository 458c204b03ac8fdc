"""Officials and purchases without an ИНН of employer or customer find it, and every finding says what was assumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worlds import loaded, screened, table

from affil.store.store import Store

OFFICIAL = {"employee_id": "1", "name": "Громов Пётр Ильич", "inn": "420000001375"}
CONTRACT = {"contract_number": "7", "supplier_inn": "420000001375", "supplier": "ИП Громов П.И.", "signed_on": "01.02.2025"}
SCHOOL = {"customer": "МБОУ «Школа № 3»", "customer_inn": "4200000012"}


def found(
    tmp_path: Path, officials: list[dict[str, Any]], contracts: list[dict[str, Any]]
) -> list[tuple[str | None, tuple[str, ...]]]:
    with Store.open(None) as store:
        loaded(store, tmp_path, table(tmp_path / "o.csv", officials), table(tmp_path / "c.csv", contracts))
        run = screened(store)
    rule = "self-sole-proprietor-supplier"
    return [(one.employee.employer_inn, one.path.assumed) for one in run.findings if one.rule == rule]


def test_by_the_employers_name(tmp_path: Path) -> None:
    other = {**CONTRACT, "contract_number": "8", "customer": "МУП «Водоканал»", "customer_inn": "4200000020", "supplier_inn": ""}
    answer = found(tmp_path, [{**OFFICIAL, "employer": "МБОУ «Школа №3»"}], [{**CONTRACT, **SCHOOL}, other])
    assert [inn for inn, _ in answer] == ["4200000012"]
    assert "employer_by_name" in answer[0][1]


def test_by_the_only_customer_where_nothing_is_written(tmp_path: Path) -> None:
    answer = found(tmp_path, [OFFICIAL], [{**CONTRACT, **SCHOOL}])
    assert [inn for inn, _ in answer] == ["4200000012"]
    assert "employer_only_customer" in answer[0][1]


def test_not_at_all_where_there_are_two_customers(tmp_path: Path) -> None:
    other = {**CONTRACT, "contract_number": "8", "customer_inn": "4200000020"}
    assert found(tmp_path, [OFFICIAL], [{**CONTRACT, **SCHOOL}, other]) == []


def test_a_purchase_finds_its_customer_by_name(tmp_path: Path) -> None:
    official = {**OFFICIAL, "employer": "МБОУ «Школа № 3»", "employer_inn": "4200000012"}
    answer = found(tmp_path, [official], [{**CONTRACT, "customer": 'мбоу "школа №3"'}])
    assert [inn for inn, _ in answer] == ["4200000012"]
    assert "customer_by_name" in answer[0][1]
