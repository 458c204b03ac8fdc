"""The whole way of a supplier known from one source or another: equal findings, nothing said of what a source does not tell."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from registry_cast import Company, Holder, Person, company_pdf, company_xml
from stdnum.ru import inn as check_digits

sys.path.insert(0, str(Path(__file__).parents[1]))
from worlds import loaded, screened, table

from affil.answers.check import missing_extracts
from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

OFFICIAL = "7701234567" + check_digits.calc_personal_check_digits("7701234567")
STRANGER = "5001234567" + check_digits.calc_personal_check_digits("5001234567")
SUPPLIER = "770123456" + check_digits.calc_company_check_digit("770123456")
CUSTOMER = "500123456" + check_digits.calc_company_check_digit("500123456")
OGRN = "1187800000001"
WHO = Person("ЗИМОРОДКОВ", "ПЁТР", "ИЛЬИЧ", OFFICIAL)
OTHER = Person("ЧИЖ", "ЯКОВ", "ФОМИЧ", STRANGER)
WHOLE = Company(
    OGRN, SUPPLIER, day=dt.date(2025, 6, 1),
    runs=(Holder(WHO, position="ДИРЕКТОР"),), owns=(Holder(WHO, nominal="4000"), Holder(OTHER, nominal="6000")),
)  # fmt: skip


def run_of(root: Path, files: dict[str, bytes], signed: str = "2025-03-04") -> Run:
    """A screen of one official and one contract beside these files."""
    inbox = root / "inbox"
    official = {
        "employee_id": "7",
        "employer_inn": CUSTOMER,
        "name": "Зимородков Пётр Ильич",
        "inn": OFFICIAL,
        "position": "начальник",
    }
    table(inbox / "officials.csv", [official])
    contract = {
        "contract_number": "К-1",
        "signed_on": signed,
        "customer_inn": CUSTOMER,
        "supplier_inn": SUPPLIER,
        "price": "1000",
    }
    table(inbox / "contracts.csv", [contract])
    for name, data in files.items():
        (inbox / name).write_bytes(data)
    with Store.open(None) as store:
        for one in loaded(store, root):
            assert one.kind != "unreadable", one
        return screened(store)


def findings(run: Run) -> list[Any]:
    """Without the places of the evidence and the name of the run."""
    found = json.loads(findings_json(run))["findings"]
    for one in found:
        for step in one["path"]:
            step.pop("source", None)
    return list(found)


def reasons(run: Run) -> set[str]:
    return {one.reason for one in run.undetermined if one.inn == SUPPLIER}


def milliseconds(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days * 86_400_000


def dadata(day: dt.date | None = None, **more: Any) -> bytes:
    party = {
        "inn": SUPPLIER, "ogrn": OGRN, "type": "LEGAL", "name": {"full_with_opf": "ОБЩЕСТВО", "short_with_opf": "ООО ЗИМОРОДОК"},
        "opf": {"code": "12300", "full": "Общество с ограниченной ответственностью"},
        "state": {"status": "ACTIVE", "actuality_date": milliseconds(day or WHOLE.day)}, "founders": None,
        "managers": None, **more,
    }  # fmt: skip
    return json.dumps({"suggestions": [{"value": "ООО", "data": party}]}, ensure_ascii=False).encode()


def search(**more: Any) -> bytes:
    row = {
        "c": 'ООО "ЗИМОРОДОК"', "g": "ДИРЕКТОР: Зимородков Пётр Ильич", "i": SUPPLIER, "k": "ul", "o": OGRN, "p": "770101001",
        "n": 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗИМОРОДОК"', "r": "14.08.2018", "rn": "Г.Москва", **more,
    }  # fmt: skip
    return json.dumps({"rows": [row]}, ensure_ascii=False).encode()


def test_a_finding_from_a_pdf_is_that_of_the_xml_but_for_its_evidence(tmp_path: Path) -> None:
    by_xml = run_of(tmp_path / "xml", {"x.xml": company_xml(WHOLE).encode()})
    by_pdf = run_of(tmp_path / "pdf", {"x.pdf": company_pdf(WHOLE)})
    assert findings(by_pdf) == findings(by_xml) != []
    assert reasons(by_pdf) == reasons(by_xml)
    places = {step.source.locator for one in by_pdf.findings for step in one.path.steps if step.source.file.endswith(".pdf")}
    assert places and all("/стр. " in place and ", п. " in place for place in places)


def test_of_a_supplier_known_from_a_search_the_director_is_checked_and_the_owners_are_unknown(tmp_path: Path) -> None:
    run = run_of(tmp_path, {"search.json": search()})
    assert {one["control"] for one in findings(run)} == {"director"}
    assert reasons(run) == {"owners_not_given"}
    assert [one.inn for one in missing_extracts(run)] == [SUPPLIER], "the extract is on the list to download"


def test_dadata_without_founders_leaves_the_owners_unknown(tmp_path: Path) -> None:
    manager = {
        "inn": OFFICIAL,
        "type": "EMPLOYEE",
        "post": "Директор",
        "fio": {"surname": "Зимородков", "name": "Пётр", "patronymic": "Ильич"},
    }
    run = run_of(tmp_path, {"d.json": dadata(managers=[manager])})
    assert {one["control"] for one in findings(run)} == {"director"} and {one["identity_grade"] for one in findings(run)} == {"A"}
    assert reasons(run) == {"owners_not_given", "left_before_extract"}


def test_dadata_with_founders_answers_about_owners(tmp_path: Path) -> None:
    fio = {"surname": "Зимородков", "name": "Пётр", "patronymic": "Ильич"}
    founders = [
        {"inn": OFFICIAL, "type": "PHYSICAL", "fio": fio, "share": {"type": "FRACTION", "numerator": 1, "denominator": 3}},
        {"inn": CUSTOMER, "ogrn": "1055000000001", "type": "LEGAL", "name": "ООО", "share": {"type": "PERCENT", "value": 66.67}},
    ]
    run = run_of(tmp_path, {"d.json": dadata(founders=founders, managers=[])})
    assert {(one["control"], round(one["share"], 6)) for one in findings(run)} == {("owner", 0.333333)}
    assert "owners_not_given" not in reasons(run)


def test_a_later_source_that_tells_no_owners_ends_no_ownership(tmp_path: Path) -> None:
    """The day of the contract is after both; only a source that tells owners can say that one has left."""
    extract = company_xml(Company(OGRN, SUPPLIER, day=dt.date(2025, 1, 10), owns=WHOLE.owns)).encode()
    later = dt.date(2025, 6, 1)
    closed = run_of(tmp_path / "a", {"x.xml": extract, "d.json": dadata(later)}, signed="2025-09-01")
    told = run_of(tmp_path / "b", {"x.xml": extract, "d.json": dadata(later, founders=[])}, signed="2025-09-01")
    searched = run_of(tmp_path / "c", {"x.xml": extract, "s.json": search(g="ДИРЕКТОР: Чиж Яков Фомич")}, signed="2025-09-01")
    owns = [
        [one for one in findings(run) if one["control"] == "owner" and one["in_force"] is True]
        for run in (closed, told, searched)
    ]
    assert [bool(found) for found in owns] == [True, False, True]
    assert "old_extract" in reasons(closed) and "owners_not_given" not in reasons(closed) | reasons(searched)


def test_a_search_says_nothing_of_directors_where_an_extract_is_loaded(tmp_path: Path) -> None:
    """An answer without a day names who may have left long ago; the extract of a day is better."""
    extract = company_xml(Company(OGRN, SUPPLIER, day=dt.date(2025, 1, 10), runs=(Holder(OTHER, position="ДИРЕКТОР"),))).encode()
    assert findings(run_of(tmp_path / "a", {"s.json": search()}))
    assert not findings(run_of(tmp_path / "b", {"s.json": search(), "x.xml": extract}))
