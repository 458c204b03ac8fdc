"""Documents of ЕИС: every generation and dialect gives the same records; what is closed or not needed is told; harm ends in one sentence."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from eis_documents import (
    BROTHER,
    CUSTOMER,
    FIRM,
    ORGANIZER,
    OTHER_FIRM,
    PROCEDURE,
    REG_NUM,
    STRANGER,
    application_2014,
    company_inn,
    contract_223,
    contract_2011,
    contract_2015,
    contract_2021,
    document_223,
    founder_2015,
    main_info,
    member,
    notice_2014,
    protocol_2014,
    requirement,
    supplier_223,
    supplier_2011,
    supplier_2015,
    supplier_2021,
    unfair_2015,
    unfair_2022,
)  # fmt: skip
from hypothesis import given, settings
from hypothesis import strategies as st
from real_samples import SAMPLES

from affil.ingest.eis import stream
from affil.ingest.eis.eis import EisBundleReader, EisReader
from affil.ingest.eis.kinds import kind_of
from affil.ingest.files import files_in
from affil.ingest.inputs import InputFile
from affil.ingest.readers import reader_for, readers
from affil.ingest.refusal import FileRefusedError
from affil.model.records import Sink
from affil.words import Words

Rows = dict[str, list[dict[str, Any]]]


def read(data: str | bytes, name: str = "inbox/x.xml") -> tuple[Rows, Sink]:
    rows: Rows = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    file = InputFile(name, data=data.encode() if isinstance(data, str) else data)
    reader = reader_for(file, readers())
    assert reader is not None and reader.kind == "eis", reader
    reader.read(file, sink)
    sink.close()
    return rows, sink


def contracts(text: str) -> list[dict[str, Any]]:
    return read(text)[0].get("contract", [])


@pytest.mark.parametrize("text", [contract_2011(), contract_2015(), contract_2021()])
def test_a_contract_of_each_generation_gives_the_same_purchase(text: str) -> None:
    (row,) = contracts(text)
    told = {
        key: row[key]
        for key in (
            "contract_number",
            "signed_on",
            "customer_inn",
            "price",
            "procedure_number",
            "ends_on",
            "supplier_inn",
            "supplier_kind",
            "supplier_key",
        )
    }
    assert told == {
        "contract_number": REG_NUM, "signed_on": dt.date(2024, 5, 20), "customer_inn": CUSTOMER, "price": Decimal("145000.50"),
        "procedure_number": PROCEDURE, "ends_on": dt.date(2024, 12, 31), "supplier_inn": FIRM, "supplier_kind": "organisation", "supplier_key": "ООО ВЕРЕСК",
    }  # fmt: skip
    assert row["locator"] == f"contract {REG_NUM}/supplierInfo[1]"


def test_the_number_of_the_customer_stands_beside_that_of_the_register() -> None:
    assert [contracts(text)[0]["own_number"] for text in (contract_2011(), contract_2015(), contract_2021())] == [
        "13-ЗК",
        "77",
        "77",
    ]


@pytest.mark.parametrize(
    "text",
    [
        contract_2011(supplier_2011(BROTHER, "P", None, ("Лаптев ", "Олег", "Ильич"))),
        contract_2015(supplier_2015(BROTHER, ("Лаптев", "Олег", "Ильич"))),
        contract_2021(supplier_2021(BROTHER, ("Лаптев", "Олег", "Ильич"))),
        contract_223(supplier_223(BROTHER, "P", "ИП Лаптев Олег Ильич")),
    ],
)
def test_a_person_who_supplies_is_named_in_every_generation(text: str) -> None:
    (row,) = contracts(text)
    assert (row["supplier_kind"], row["supplier_inn"], row["name_key"], row["gender"]) == (
        "person",
        BROTHER,
        "ЛАПТЕВ ОЛЕГ ИЛЬИЧ",
        "m",
    )
    assert row["supplier_contact"] is None


def test_the_contact_person_of_an_organisation_is_a_contact_and_nobody_else() -> None:
    for text in (contract_2011(), contract_2015()):
        rows, _ = read(text)
        assert set(rows) == {"contract"}
        (row,) = rows["contract"]
        assert row["supplier_contact"].startswith("Чиж Пётр")
        assert row["name_key"] is None and row["supplier_phone"] == "8-3842-121212"
        assert row["supplier_address"].endswith("ул. Лесная, д. 1")


def test_a_person_known_only_by_type_and_name_needs_no_inn() -> None:
    (row,) = contracts(contract_2011(supplier_2011("", "P", None, ("Лаптев", "Олег", "Ильич"))))
    assert (row["supplier_kind"], row["supplier_inn"], row["name_key"]) == ("person", None, "ЛАПТЕВ ОЛЕГ ИЛЬИЧ")


def test_several_suppliers_and_subcontractors_are_rows_of_one_contract() -> None:
    extra = (
        "<ns2:subContractorsSum><ns2:subContractors>"
        + "".join(f"<ns2:subContractor><ns2:legalEntityRF><ns2:fullName>ООО</ns2:fullName><ns2:INN>{inn}</ns2:INN></ns2:legalEntityRF></ns2:subContractor>"
                  for inn in (OTHER_FIRM, ORGANIZER, company_inn("420500007")))
        + "</ns2:subContractors></ns2:subContractorsSum>"
    )  # fmt: skip
    text = contract_2015(supplier_2015() + supplier_2015(BROTHER, ("Лаптев", "Олег", "Ильич")), extra=extra)
    rows, sink = read(text)
    assert [(row["supplier_inn"], row["subcontractor_inn"]) for row in rows["contract"]] == [
        (FIRM, OTHER_FIRM), (BROTHER, ORGANIZER), (BROTHER, company_inn("420500007")),
    ]  # fmt: skip
    assert len({row["locator"] for row in rows["contract"]}) == 3
    assert dict(sink.taken) == {"contracts": 1, "suppliers": 2, "subcontractors": 3}


def test_a_foreign_supplier_has_a_name_and_its_russian_inn_if_any() -> None:
    foreign = (
        "<ns2:supplier><ns2:legalEntityForeignState><ns2:fullName>Дойче Верке ГмбХ</ns2:fullName><ns2:taxPayerCode>1234567890</ns2:taxPayerCode>{}"
        "<ns2:placeOfStayInRegCountry><ns2:country><ns2:countryFullName>Германия</ns2:countryFullName></ns2:country></ns2:placeOfStayInRegCountry>"
        "</ns2:legalEntityForeignState></ns2:supplier>"
    )
    (row,), (registered,) = (
        contracts(contract_2015(foreign.format(part)))
        for part in ("", f"<ns2:registerInRFTaxBodies><ns2:INN>{FIRM}</ns2:INN></ns2:registerInRFTaxBodies>")
    )
    assert (row["supplier"], row["supplier_inn"], row["supplier_kind"]) == ("Дойче Верке ГмбХ", None, "organisation")
    assert registered["supplier_inn"] == FIRM


def test_a_single_supplier_and_his_ground_are_told() -> None:
    ground = "<ns2:singleCustomer><ns2:reason><ns2:code>20</ns2:code><ns2:name>{}</ns2:name></ns2:reason></ns2:singleCustomer>"
    (row,) = contracts(contract_2015(ground=ground.format("Закупка в соответствии с п. 4 ч. 1 ст. 93 Закона № 44-ФЗ")))
    assert (row["ground"], row["procedure_number"]) == ("п. 4 ч. 1 ст. 93", None)
    assert "единственного поставщика" in row["method"]


def test_a_price_in_another_currency_is_its_value_in_roubles_or_unknown() -> None:
    price = "<ns2:priceInfo><ns2:price>100</ns2:price><ns2:currency><ns2:code>USD</ns2:code></ns2:currency>{}</ns2:priceInfo>"
    assert contracts(contract_2015(price=price.format("")))[0]["price"] is None
    assert contracts(contract_2015(price=price.format("<ns2:priceRUR>9000</ns2:priceRUR>")))[0]["price"] == Decimal(9000)


def test_a_contract_of_223_says_so_and_whose_it_is() -> None:
    (row,) = contracts(contract_223())
    assert row["method"] == "223-ФЗ, Запрос котировок"
    assert (row["customer_inn"], row["organizer_inn"], row["procedure_number"]) == (CUSTOMER, ORGANIZER, "32400000001")
    assert (row["notice_on"], row["ends_on"], row["supplier_phone"]) == (
        dt.date(2024, 4, 1),
        dt.date(2024, 12, 31),
        "83842121212",
    )
    assert (row["contract_number"], row["own_number"], row["version"]) == ("54200000001240000010000", "636 / АГ", 2)


def test_namespaces_do_not_matter() -> None:
    plain = re.sub(r"<(/?)ns2:", r"<\1", re.sub(r"\sxmlns(:\w+)?=\"[^\"]*\"", "", contract_223()))
    unbound = contract_223().replace("<ns2:body>", '<ns2:body xmlns="">')
    wanted = contracts(contract_223())
    assert contracts(plain.replace("<contract>", '<contract xmlns="http://zakupki.gov.ru/223fz/contract/1">')) == wanted
    assert contracts(unbound) == wanted
    assert contracts(contract_2011().replace("oos:", "ns9:").replace(":oos=", ":ns9=")) == contracts(contract_2011())


def test_a_closed_supplier_is_told_and_no_row_is_made() -> None:
    for text in (
        contract_223(""),
        contract_2021(""),
        contract_2021("<supplierInfo><notPublishedOnEIS>true</notPublishedOnEIS></supplierInfo>"),
    ):
        rows, sink = read(text)
        assert rows == {}
        assert [(one.reason, one.row_taken) for one in sink.rejects] == [("supplier_closed", False)]
        assert not sink.taken


def test_an_inn_that_fails_its_check_is_told_and_the_rest_taken() -> None:
    rows, sink = read(contract_2011(supplier_2011("4205000029")))
    assert rows["contract"][0]["supplier_inn"] is None and rows["contract"][0]["supplier_key"] == "ООО ВЕРЕСК"
    assert [(one.reason, one.value, one.row_taken) for one in sink.rejects] == [("bad_inn_eis", "4205000029", True)]


def test_many_documents_in_one_export_are_all_read_and_told_apart() -> None:
    two = contract_2011().replace("</export>", contract_2011().split("<contract", 1)[1].join(["<contract", ""]))
    rows, _ = read(two)
    assert [row["locator"] for row in rows["contract"]] == [
        f"contract {REG_NUM}/supplierInfo[1]",
        f"contract {REG_NUM}#2/supplierInfo[1]",
    ]


def test_the_end_of_a_contract_is_taken_and_other_news_of_its_execution_are_not_needed() -> None:
    text = (
        '<export xmlns="http://zakupki.gov.ru/oos/export/1"><contractProcedure><regNum>{}</regNum>{}</contractProcedure></export>'
    )
    rows, sink = read(text.format(REG_NUM, "<termination><terminationDate>2024-07-01</terminationDate></termination>"))
    assert rows["contract_end"] == [
        {"locator": f"contract {REG_NUM}", "contract_number": REG_NUM, "ended_on": dt.date(2024, 7, 1), "stage": "terminated"}
    ]
    rows, sink = read(text.format(REG_NUM, "<executions><execution/></executions>"))
    assert rows == {} and sink.notes == ["eis_not_needed|contractProcedure: 1"] and not sink.rejects


@pytest.mark.parametrize(
    "name",
    ["fcsClarification", "epNotificationCancel", "tenderPlan2020", "epProtocolEvasion", "complaint", "purchaseContractAccount"],
)
def test_a_document_nothing_needs_is_told_by_its_name(name: str) -> None:
    rows, sink = read(f'<export xmlns="http://zakupki.gov.ru/oos/export/1"><{name}><id>1</id></{name}></export>')
    assert rows == {} and sink.notes == [f"eis_not_needed|{name}: 1"]


def test_kinds_of_documents() -> None:
    kinds = {
        "contract": "contract", "purchaseContract": "contract", "epNotificationEF2020": "notice", "fcsNotificationZP": "notice", "notificationEF": "notice",
        "purchaseNoticeOK": "notice", "epProtocolEF2020Final": "protocol", "purchaseProtocolPAEP": "protocol", "protocolEF3": "protocol",
        "unfairSupplier": "unfair", "unfairSupplier2022": "unfair", "unfairSupplier2022Exclude": "excluded", "contractProcedure": "ended",
        "fcsProtocolCancel": "none", "contractProcedureCancel": "none", "html": None, "feed": None, "Файл": None,
    }  # fmt: skip
    assert {name: kind_of(name) for name in kinds} == kinds


@pytest.mark.parametrize(
    "text",
    [
        "<html><contract/></html>",
        "<contract><number>1</number></contract>",
        "<feed xmlns='http://www.w3.org/2005/Atom'/>",
        "<Файл><Документ/></Файл>",
        "{}",
        "[1]",
        '{"price": 1}',
    ],
)
def test_what_is_no_document_of_eis_is_left_to_others(text: str) -> None:
    file = InputFile("x.xml", data=text.encode())
    assert not EisReader().look(file).mine and not EisBundleReader().look(file).mine


def test_a_commission_and_bidders_of_an_old_protocol() -> None:
    text = protocol_2014(
        member(1, "Громов", "Пётр", "Ильич", "Председатель комиссии") + member(2, "Лаптева", "Вера", "Олеговна"),
        application_2014(1, FIRM, rating=2, admitted="true")
        + application_2014(2, BROTHER, None, rating=1, kind="P")
        + application_2014(3, OTHER_FIRM, admitted="false"),
    )
    rows, sink = read(text)
    assert [(row["name_key"], row["role"], row["customer_inn"], row["procedure_number"]) for row in rows["commission_seat"]] == [
        ("ГРОМОВ ПЕТР ИЛЬИЧ", "Председатель комиссии", CUSTOMER, PROCEDURE), ("ЛАПТЕВА ВЕРА ОЛЕГОВНА", "Член комиссии", CUSTOMER, PROCEDURE),
    ]  # fmt: skip
    assert [(row["participant_inn"], row["winner"], row["admitted"], row["applied_on"].day) for row in rows["participant"]] == [
        (FIRM, False, True, 1), (BROTHER, True, None, 2), (OTHER_FIRM, None, False, 3),
    ]  # fmt: skip
    assert (rows["participant"][1]["participant_kind"], rows["participant"][1]["name_key"]) == ("person", "ЧИЖ ПЕТР ИЛЬИЧ")
    assert rows["commission_seat"][0]["locator"] == f"protocol {PROCEDURE} П1/commissionMember[1]"
    assert dict(sink.taken) == {"protocols": 1, "commission_members": 2, "participants": 3}


def test_a_protocol_of_2020_names_members_once_and_bidders_apart_from_their_applications() -> None:
    votes = "".join(
        f"<admissionResultInfo><commissionMemberInfo>{member(1, 'Громов', 'Пётр', 'Ильич', wrapped=True)}</commissionMemberInfo><admitted>{word}</admitted></admissionResultInfo>"
        for word in ("true", "false")
    )
    text = (
        '<ns5:export xmlns="http://zakupki.gov.ru/oos/EPtypes/1" xmlns:ns3="http://zakupki.gov.ru/oos/common/1" xmlns:ns5="http://zakupki.gov.ru/oos/export/1"><ns5:epProtocolEF2020Final>'
        f"<commonInfo><purchaseNumber>{PROCEDURE}</purchaseNumber><docNumber>ИЭА1</docNumber></commonInfo>"
        f"<protocolPublisherInfo><publisherOrg><ns3:INN>{ORGANIZER}</ns3:INN></publisherOrg><publisherRole>RA</publisherRole></protocolPublisherInfo>"
        f"<protocolInfo><commissionInfo><commissionMembers>{member(1, 'Громов', 'Пётр', 'Ильич', wrapped=True)}</commissionMembers></commissionInfo><applicationsInfo>"
        f"<applicationInfo><commonInfo><appNumber>7</appNumber><appDT>2024-05-07T14:33:22+03:00</appDT><admissionResultsInfo>{votes}</admissionResultsInfo></commonInfo>"
        "<admittedInfo><appAdmittedInfo><admitted>true</admitted><appRating>1</appRating></appAdmittedInfo></admittedInfo></applicationInfo></applicationsInfo></protocolInfo>"
        f"<appParticipantsInfo><appParticipantInfo><appNumber>7</appNumber><participantInfo><ns3:legalEntityRFInfo><ns3:fullName>ООО &quot;Вереск&quot;</ns3:fullName><ns3:INN>{FIRM}</ns3:INN>"
        "</ns3:legalEntityRFInfo></participantInfo></appParticipantInfo></appParticipantsInfo></ns5:epProtocolEF2020Final></ns5:export>"
    )  # fmt: skip
    rows, sink = read(text)
    (seat,) = rows["commission_seat"]
    assert (seat["customer_inn"], seat["organizer_inn"], seat["name_key"]) == (None, ORGANIZER, "ГРОМОВ ПЕТР ИЛЬИЧ")
    (bid,) = rows["participant"]
    assert (bid["participant_inn"], bid["applied_on"], bid["winner"], bid["admitted"]) == (FIRM, dt.date(2024, 5, 7), True, True)
    assert not sink.notes


def test_bidders_who_are_told_by_number_only_are_told_as_such() -> None:
    rows, sink = read(
        protocol_2014(member(1, "Громов", "Пётр", "Ильич"), "<application><appNumber>1</appNumber></application>" * 2)
    )
    assert "participant" not in rows
    assert sink.notes == [f"participants_depersonalised|{PROCEDURE}: 2"]


def test_a_protocol_of_223_names_bidders_and_the_winner() -> None:
    application = "<ns2:application><ns2:applicationDate>2017-02-{:02}T12:00:00</ns2:applicationDate><ns2:applicationNumber>{}</ns2:applicationNumber>{}<ns2:accepted>{}</ns2:accepted>{}</ns2:application>"
    info = '<ns2:supplierInfo><name>ООО "Вереск"</name><inn>{}</inn><type>L</type><address>г. Энск</address></ns2:supplierInfo>'
    body = (
        "<ns2:purchaseInfo><purchaseNoticeNumber>31700000001</purchaseNoticeNumber></ns2:purchaseInfo><ns2:registrationNumber>31700000001-01</ns2:registrationNumber>"
        f"<ns2:placer>{main_info(CUSTOMER)}</ns2:placer><ns2:customer>{main_info(CUSTOMER)}</ns2:customer><ns2:lotApplicationsList><ns2:protocolLotApplications>"
        + application.format(1, 1, info.format(FIRM), "T", "<ns2:winnerIndication>F</ns2:winnerIndication>")
        + application.format(2, 2, info.format(OTHER_FIRM), "F", "<ns2:winnerIndication>S</ns2:winnerIndication>")
        + "</ns2:protocolLotApplications></ns2:lotApplicationsList>"
    )
    rows, _ = read(document_223("purchaseProtocol", body, "purchase"))
    assert [(row["participant_inn"], row["winner"], row["admitted"], row["applied_on"]) for row in rows["participant"]] == [
        (FIRM, True, True, dt.date(2017, 2, 1)), (OTHER_FIRM, False, False, dt.date(2017, 2, 2)),
    ]  # fmt: skip
    assert {(row["procedure_number"], row["customer_inn"], row["organizer_inn"]) for row in rows["participant"]} == {
        ("31700000001", CUSTOMER, None)
    }


def test_a_notice_is_the_purchase_with_its_day_customer_and_official() -> None:
    rows, _ = read(notice_2014())
    (row,) = rows["tender"]
    assert (row["procedure_number"], row["customer_inn"], row["organizer_inn"], row["notice_on"]) == (
        PROCEDURE,
        CUSTOMER,
        None,
        dt.date(2024, 4, 21),
    )
    assert (row["method"], row["subject"], row["price"]) == ("Электронный аукцион", "Ремонт кровли", Decimal(10000))
    assert (row["name_key"], row["phone"], row["email"]) == ("ГРОМОВ ПЕТР ИЛЬИЧ", "2", "g@example.ru")


def test_a_joint_purchase_has_a_row_a_customer_and_its_organiser() -> None:
    rows, _ = read(notice_2014(requirement("05", CUSTOMER) + requirement("06", OTHER_FIRM), "RA", organizer=ORGANIZER))
    assert [(row["customer_inn"], row["organizer_inn"], row["organizer_role"]) for row in rows["tender"]] == [
        (CUSTOMER, ORGANIZER, "RA"), (OTHER_FIRM, ORGANIZER, "RA"),
    ]  # fmt: skip


def test_an_entry_of_the_register_of_unfair_suppliers_and_the_persons_behind_it() -> None:
    founders = founder_2015("Лаптев Олег Ильич", BROTHER) + founder_2015("ООО Головная", company_inn("420500007"))
    rows, sink = read(unfair_2015(founders))
    (entry,) = rows["unfair_supplier"]
    assert (entry["number"], entry["supplier_inn"], entry["included_on"], entry["reason"]) == (
        "РНП.24120-24",
        FIRM,
        dt.date(2024, 1, 13),
        "WINNER_DEVIATION",
    )
    assert (entry["procedure_number"], entry["contract_number"]) == (PROCEDURE, REG_NUM)
    (person,) = rows["participant_person"]
    assert (person["participant_inn"], person["kind"], person["name_key"], person["inn"]) == (
        FIRM,
        "owner",
        "ЛАПТЕВ ОЛЕГ ИЛЬИЧ",
        BROTHER,
    )
    assert (person["applied_on"], person["basis"], person["locator"]) == (
        dt.date(2024, 1, 13),
        "РНП",
        "РНП 24120-24 (13.01.2024)/founders[1]",
    )
    assert sink.taken["unfair_founders"] == 2


def test_an_entry_of_2022_says_who_of_them_directs() -> None:
    told = "".join(
        f"<founders><fullName>{name}</fullName><INN>{inn}</INN><type><code>{code}</code><name>{role}</name></type></founders>"
        for name, inn, code, role in (
            ("Лаптев Олег Ильич", BROTHER, "E", "Единоличный исполнительный орган"),
            ("Чиж Пётр Ильич", STRANGER, "U", "Учредитель"),
        )
    )
    rows, _ = read(unfair_2022(told))
    assert [(row["inn"], row["kind"]) for row in rows["participant_person"]] == [(BROTHER, "director"), (STRANGER, "owner")]
    assert rows["unfair_supplier"][0]["auto_exclude_on"] == dt.date(2026, 2, 1)


def test_a_json_copy_gives_what_the_xml_gives() -> None:
    def plain(element: ElementTree.Element) -> Any:
        if not len(element):
            return element.text
        found: dict[str, Any] = {}
        for one in element:
            name, value = one.tag.rpartition("}")[2], plain(one)
            if name in found:
                found[name] = [*(found[name] if isinstance(found[name], list) else [found[name]]), value]
            else:
                found[name] = value
        return found

    documents = {
        "contract": contract_2015(supplier_2015() + supplier_2015(BROTHER, ("Лаптев", "Олег", "Ильич"))),
        "protocol": protocol_2014(member(1, "Громов", "Пётр", "Ильич"), application_2014(1, FIRM, rating=1)),
        "tender": notice_2014(requirement("05", CUSTOMER) + requirement("06", OTHER_FIRM)),
    }
    bundle = {name: [plain(ElementTree.fromstring(text)[0])] for name, text in documents.items()}
    rows, sink = read(json.dumps(bundle, ensure_ascii=False), "inbox/bundle.json")
    wanted: Rows = {}
    counts: Counter[str] = Counter()
    for text in documents.values():
        found, told = read(text)
        counts += told.taken
        for table, some in found.items():
            wanted.setdefault(table, []).extend(some)
    assert rows == wanted and sink.taken == counts


def test_files_in_a_zip_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "contract_Kemerovo.zip", "w") as archive:
        archive.writestr("contract_1.xml", contract_2021())
    (file,) = files_in([tmp_path / "contract_Kemerovo.zip"], tmp_path)
    reader = reader_for(file, readers())
    assert reader is not None and reader.kind == "eis"


def refused(data: str | bytes, name: str = "x.xml") -> str:
    with pytest.raises(FileRefusedError) as caught:
        read(data, name)
    return caught.value.reject.reason


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE export [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = contract_2011(price="&b;").replace("?>", "?>" + bomb, 1)
    assert refused(text) == "eis_doctype"
    assert refused(text.replace("?>", "?><!--" + "x" * 4_000 + "-->", 1)) == "eis_doctype"


def test_a_cut_file_keeps_what_came_before_the_cut() -> None:
    whole = contract_2011().replace("</export>", "") + "<contract><oos:regNum>1</oos:regNum><oos:signDate>"
    rows, sink = read(whole)
    assert len(rows["contract"]) == 1
    assert [one.reason for one in sink.rejects] == ["xml_broken"]
    assert refused(contract_2011()[:700]) == "xml_unreadable"


def test_a_document_beyond_bounds_is_refused_and_those_before_it_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_PARTS", 2_000)
    large = contract_2011(extra="<oos:x/>" * 3_000)
    assert refused(large) == "eis_too_large"
    rows, sink = read(contract_2011().replace("</export>", "") + large.split("?>", 1)[1].split(">", 1)[1])
    assert len(rows["contract"]) == 1 and [one.reason for one in sink.rejects] == ["eis_too_large"]
    assert (
        len(
            contracts(
                contract_2011(
                    extra="<oos:attachments>" + "<oos:attachment><oos:x/></oos:attachment>" * 900 + "</oos:attachments>"
                )
            )
        )
        == 1
    )


def test_of_long_lists_of_products_and_signatures_nothing_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_PARTS", 2_000)
    monkeypatch.setattr(stream, "MOST_BYTES", 1 << 18)
    product = "<oos:product><oos:name>Бинт</oos:name><oos:price>1</oos:price></oos:product>"
    signature = "<oos:cryptoSigns><oos:signature>" + "4D" * 200_000 + "</oos:signature></oos:cryptoSigns>"
    text = contract_2011(extra=f"<oos:products>{product * 20_000}</oos:products>{signature * 3}")
    file = InputFile("x.xml", data=text.encode())
    sizes = [len(list(one.iter())) for one in stream.xml_documents(file, Sink(lambda table, found: None))]
    assert len(sizes) == 1 and sizes[0] < 100


def test_deep_and_large_json_is_refused() -> None:
    mark = '{"tender": [{"commonInfo": {"purchaseNumber": "1"}, "x": '
    assert refused(mark + "[" * 100_000, "x.json") in ("eis_too_large", "json_unreadable_eis")
    assert refused(mark + '{"a":' * 500 + "1" + "}" * 500 + "}]}", "x.json") == "eis_too_large"
    assert refused(mark, "x.json") == "json_unreadable_eis"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.just(FIRM) | st.just("2024-05-20"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["lastName", "suppliers", "supplier", "INN", "inn", "commissionMember", "application", "customer", "price", "regNum", "signDate",
                                       "founders", "body", "item", "purchaseNumber", "appParticipant", "fullName", "lot", "foundation", "termination", "x y", "", "µ", "имя", "a:"]), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None)
@given(
    name=st.sampled_from(
        ["contract", "protocol", "tender", "unfairSupplier", "contractProcedure", "purchaseNotice", "unfairSupplier2022Exclude"]
    ),
    value=JUNK,
)
def test_no_shape_of_a_document_is_beyond_the_reader(name: str, value: Any) -> None:
    content = {"purchaseNumber": "1", "content": value, **(value if isinstance(value, dict) else {})}
    rows, sink = read(json.dumps({name: [content]}), "x.json")
    assert all(row["locator"] for found in rows.values() for row in found)
    assert {one.reason for one in sink.rejects} <= Words("ru").raw("rejects").keys()


def counted_apart(data: bytes) -> tuple[int, int, int, int]:
    """Contracts, suppliers, bidders and members of a real file, by a program that shares nothing with the reader."""
    root = ElementTree.fromstring(
        re.sub(rb"(<|</|\s)[\w.-]+:(?=\w+[^\"]*)", rb"\1", re.sub(rb"\sxmlns(:\w+)?=\"[^\"]*\"|\sxsi:\w+=\"[^\"]*\"", b"", data))
    )
    named = [one for one in root.iter("supplierInfo") if one.find("inn") is not None]
    deals = [one for one in [root, *root.iter()] if one.tag == "contract"][:1] if root.tag in ("contract", "export") else []
    sold = len(list(root.iter("supplier"))) + len(named) if deals else 0
    return len(deals), sold, 0 if deals else len(named), len(list(root.iter("commissionMember")))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not here")
def test_real_files_give_as_many_as_another_program_counts() -> None:
    for path in sorted([*(SAMPLES / "eis223").glob("*.xml"), *(SAMPLES / "eis44").glob("contract*.xml")]):
        _, sink = read(path.read_bytes())
        closed = sum(one.reason == "supplier_closed" for one in sink.rejects)
        found = (
            sink.taken["contracts"] + closed,
            *(sink.taken[one] for one in ("suppliers", "participants", "commission_members")),
        )
        assert found == counted_apart(path.read_bytes()), path.name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not here")
def test_the_real_bundle_of_2023_has_its_purchase_and_its_commission() -> None:
    rows, sink = read((SAMPLES / "eis44/tender_bundle_2023_1.json").read_bytes(), "x.json")
    assert dict(sink.taken) == {"protocols": 2, "commission_members": 4, "tenders": 1}
    assert [row["notice_on"] for row in rows["tender"]] == [dt.date(2023, 10, 31)]
    assert {row["customer_inn"] for row in (*rows["tender"], *rows["commission_seat"])} == {"9701186367"}


def test_texts_without_end_and_with_signs_of_ours_do_no_harm() -> None:
    (row,) = contracts(contract_2011(number="1|2/3\n" + "9" * 200_000, price="1" * 5_000))
    assert re.fullmatch(r"contract 1-2-3 9+/supplierInfo\[1\]", row["locator"]) and len(row["locator"]) < 130
    assert len(row["contract_number"]) <= 10_000 and row["price"] is None


def test_an_entry_of_223_is_about_its_supplier_and_not_about_the_customer() -> None:
    body = f"<ns2:registrationNumber>5</ns2:registrationNumber><ns2:customer>{main_info(CUSTOMER)}</ns2:customer>"
    rows, _ = read(document_223("dishonestSupplier", body + supplier_223(), "dishonestSupplier"))
    assert [row["supplier_inn"] for row in rows["unfair_supplier"]] == [FIRM]
    rows, sink = read(document_223("dishonestSupplier", body, "dishonestSupplier"))
    assert rows == {} and [one.reason for one in sink.rejects] == ["no_supplier"]
