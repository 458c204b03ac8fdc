"""One invented file for every source `affil` reads: the seeds of fuzzing, and what each reader is asked of (test_readers.py)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
from eis_documents import (
    contract_223,
    contract_2011,
    contract_2015,
    contract_2021,
    notice_2014,
    protocol_2014,
    unfair_2015,
    unfair_2022,
)
from harmful import packed
from registry_cast import Company, Holder, company_pdf, company_xml
from registry_cast import Person as Registered
from table_files import ORGANISATION, PERSON, SUPPLIER, xlsx_bytes
from word_files import STYLES, Person, document_of, questionnaire, saved

RELATIVES = [
    ["Таб. №", "ФИО сотрудника", "Степень родства", "ФИО родственника"],
    ["7", "Чиж Пётр Ильич", "жена", "Чиж Анна Львовна"],
]
COMPANY = Company("1187800000001", SUPPLIER, runs=(Holder(Registered(inn=PERSON), position="ДИРЕКТОР"),), owns=(Holder(Registered(inn=PERSON), nominal="10000"),))  # fmt: skip
PROPRIETOR = f'<EGRIP><СвИП ДатаВып="2025-06-01" ОГРНИП="304420522300011" ИННФЛ="{PERSON}"><СвФЛ Пол="1"><ФИОРус Фамилия="ЧИЖ" Имя="ПЁТР" Отчество="ИЛЬИЧ"/></СвФЛ></СвИП></EGRIP>'
ORDER = (
    "МБОУ «СОШ № 9»",
    "ПРИКАЗ от 12.01.2025 № 5",
    "О создании комиссии по осуществлению закупок",
    "Утвердить состав комиссии по осуществлению закупок:",
    "Председатель комиссии – Громова Анна Львовна, директор;",
    "Члены комиссии: Чиж Пётр Ильич, завхоз.",
)


def _dadata() -> bytes:
    person = {"surname": "Чиж", "name": "Пётр", "patronymic": "Ильич"}
    party: dict[str, Any] = {
        "inn": SUPPLIER, "ogrn": "1187800000001", "type": "LEGAL", "name": {"full_with_opf": "ООО ЗИМОРОДОК"}, "opf": {"code": "12300"},
        "state": {"status": "ACTIVE", "actuality_date": 1_748_736_000_000},
        "founders": [{"inn": PERSON, "fio": person, "type": "PHYSICAL", "share": {"type": "PERCENT", "value": 100}}],
        "managers": [{"inn": PERSON, "fio": person, "post": "ДИРЕКТОР", "type": "EMPLOYEE"}],
    }  # fmt: skip
    return json.dumps({"suggestions": [{"data": party}]}, ensure_ascii=False).encode()


def _search() -> bytes:
    row = {
        "c": "ООО ЗИМОРОДОК",
        "g": "ДИРЕКТОР: Чиж Пётр Ильич",
        "i": SUPPLIER,
        "k": "ul",
        "o": "1187800000001",
        "n": "ООО ЗИМОРОДОК",
    }
    return json.dumps({"rows": [row]}, ensure_ascii=False).encode()


def _other_service() -> bytes:
    return json.dumps({"data": {"ОГРН": "1187800000001", "НаимСокр": "ООО ЗИМОРОДОК", "Учред": {}}}, ensure_ascii=False).encode()


def _eis_bundle() -> bytes:
    common = {"purchaseNumber": "0142300000124000013", "publishDTInEIS": "2025-02-01T10:00:00+03:00"}
    member = {
        "nameInfo": {"lastName": "Громова", "firstName": "Анна", "middleName": "Львовна"},
        "role": {"name": "Член комиссии"},
    }
    body = {"commissionInfo": {"commissionMembers": {"commissionMember": member}}}
    publisher = {"publisherOrg": {"fullName": "МБОУ СОШ", "INN": ORGANISATION}}
    return json.dumps(
        {"protocol": [{"commonInfo": common, "protocolPublisherInfo": publisher, "protocolInfo": body}]}, ensure_ascii=False
    ).encode()


def _request() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Закупка"
    for name in ("Участники", "Комиссия"):
        book.create_sheet(name)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# name → the kind of reader that takes it, and how it is made. Names say nothing to the readers.
SOURCES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "egrul.xml": ("egrul", lambda: company_xml(COMPANY).encode()),
    "egrip.xml": ("egrip", lambda: PROPRIETOR.encode()),
    "egrul.pdf": ("fns_pdf", lambda: company_pdf(COMPANY)),
    "dadata.json": ("dadata", _dadata),
    "egrul-search.json": ("egrul_search", _search),
    "other-service.json": ("other_service", _other_service),
    "contract-2011.xml": ("eis", lambda: contract_2011().encode()),
    "contract-2015.xml": ("eis", lambda: contract_2015().encode()),
    "contract-2021.xml": ("eis", lambda: contract_2021().encode()),
    "contract-223.xml": ("eis", lambda: contract_223().encode()),
    "notice-2014.xml": ("eis", lambda: notice_2014().encode()),
    "protocol-2014.xml": ("eis", lambda: protocol_2014().encode()),
    "rnp-2015.xml": ("eis", lambda: unfair_2015().encode()),
    "rnp-2022.xml": ("eis", lambda: unfair_2022().encode()),
    "bundle.json": ("eis", _eis_bundle),
    "locked.zip": ("archive", lambda: packed({"x.csv": b"1;2" * 1_000})[:-40]),
    "request.xlsx": ("request", _request),
    "questionnaire.docx": ("questionnaire", lambda: saved(questionnaire(Person(), STYLES["as the form is"]))),
    "order.docx": ("commission_order", lambda: document_of(*ORDER)),
    "table.docx": ("word", lambda: document_of(RELATIVES)),
    "table.xlsx": ("table", lambda: xlsx_bytes(RELATIVES)),
    "table.csv": ("table", lambda: "\n".join(";".join(row) for row in RELATIVES).encode("cp1251")),
}  # fmt: skip
REFUSED = {"locked.zip", "other-service.json", "request.xlsx"}  # what is known for what it is, and not taken
