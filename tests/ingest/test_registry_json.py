"""JSON of DaData and of the search of egrul.nalog.ru: every shape of an answer, days, shares, and JSON that means harm."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ru import inn as check_digits

from affil.ingest.formats import json_text
from affil.ingest.formats.json_text import documents
from affil.ingest.inputs import InputFile
from affil.ingest.readers import reader_for, readers
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry.json_values import day_of_milliseconds, day_of_text
from affil.ingest.registry.named_values import legal_form, region_code
from affil.model.records import Sink

Rows = dict[str, list[dict[str, Any]]]
PERSON = "7701234567" + check_digits.calc_personal_check_digits("7701234567")
COMPANY = "770123456" + check_digits.calc_company_check_digit("770123456")
HOLDER = "500123456" + check_digits.calc_company_check_digit("500123456")
FIO = {
    "surname": "Зимородкова",
    "name": "Алёна",
    "patronymic": "Петровна",
    "gender": "FEMALE",
    "source": "ЗИМОРОДКОВА АЛЁНА ПЕТРОВНА",
}
DAY = 1_757_980_800_000  # 16.09.2025, midnight of Greenwich


def party(ogrn: str = "1187800000001", **more: Any) -> dict[str, Any]:
    return {
        "inn": COMPANY,
        "ogrn": ogrn,
        "kpp": "770101001",
        "type": "LEGAL",
        "ogrn_date": 1_534_204_800_000,
        "name": {"full_with_opf": 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗИМОРОДОК"', "short_with_opf": 'ООО "ЗИМОРОДОК"'},
        "opf": {"code": "12300", "full": "Общество с ограниченной ответственностью"},
        "capital": {"value": 10000},
        "state": {"status": "ACTIVE", "actuality_date": DAY},
        "address": {"unrestricted_value": "101000, г Москва, ул Птичья, д 1"},
        **more,
    }


def answer(*parties: dict[str, Any]) -> dict[str, Any]:
    return {"suggestions": [{"value": "x", "unrestricted_value": "x", "data": one} for one in parties]}


def taken(data: bytes | str | Any) -> tuple[Rows, Sink]:
    raw = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)).encode()
    rows: Rows = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    file = InputFile("inbox/x.json", data=raw)
    reader = reader_for(file, readers())
    assert reader is not None
    reader.read(file, sink)
    sink.close()
    return rows, sink


def refused(data: Any) -> str | None:
    """The reason why nothing of it is taken; None where something is."""
    try:
        taken(data)
    except FileRefusedError as error:
        return error.reject.reason
    return None


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


ONE, TWO = answer(party()), answer(party("1187800000002"))
SHAPES = {
    "two answers one after the other": dumped(ONE) + dumped(TWO),
    "an answer a line": dumped(ONE) + "\r\n" + dumped(TWO) + "\r\n",
    "a list of answers": dumped([ONE, TWO]),
    "one answer with two parties": dumped(answer(party(), party("1187800000002"))),
    "parties without their answer, a line each": dumped(party()) + "\n" + dumped(party("1187800000002")),
    "suggestions without their answer": dumped(ONE["suggestions"] + TWO["suggestions"]),
    "with indents and a mark": "\ufeff" + json.dumps([ONE, TWO], indent=4),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_both_companies(shape: str, encoding: str) -> None:
    text = SHAPES[shape] if encoding == "utf-8" else SHAPES[shape].lstrip("\ufeff")
    rows, sink = taken(text.encode(encoding))
    assert [row["ogrn"] for row in rows["company"]] == ["1187800000001", "1187800000002"]
    assert sink.taken == {"organisations": 2} and not sink.rejects


def test_a_party_gives_all_the_columns() -> None:
    managers = [
        {"inn": PERSON, "fio": FIO, "post": "Директор", "type": "EMPLOYEE", "start_date": 1_551_744_000_000},
        {"inn": HOLDER, "ogrn": "1055000000001", "name": "ООО УК", "type": "LEGAL"},
    ]
    founders = [
        {"inn": PERSON, "fio": FIO, "type": "PHYSICAL", "share": {"type": "DECIMAL", "value": 0.125}},
        {"inn": HOLDER, "ogrn": "1055000000001", "name": "ООО УК", "type": "LEGAL", "share": {"type": "PERCENT", "value": 33.33}},
        {"name": "МУНИЦИПАЛЬНОЕ ОБРАЗОВАНИЕ ГОРОД ЭНСК", "type": "LEGAL", "share": None},
    ]
    rows, sink = taken(answer(party(managers=managers, founders=founders)))
    assert sink.taken == {"organisations": 1, "directors": 1, "managing": 1, "owners": 2, "other_owners": 1} and not sink.notes
    company, ties = rows["company"][0], rows["registry_tie"]
    assert (company["extract_date"], company["registered_on"], company["region"]) == (
        dt.date(2025, 9, 16),
        dt.date(2018, 8, 14),
        "77",
    )
    assert (company["legal_form_code"], company["capital"], company["address"]) == (
        "12300",
        Decimal("10000.0000"),
        "101000, г Москва, ул Птичья, д 1",
    )
    assert "owners_given" not in company and "partial" not in ties[0]
    assert [tie.get("share") for tie in ties] == [None, None, "1/8", "3333/10000", None]
    assert [tie["holder_kind"] for tie in ties] == ["person", "organisation", "person", "organisation", "public"]
    assert (ties[0]["since"], ties[0]["inn"], ties[0]["gender"], ties[0]["name_key"]) == (
        dt.date(2019, 3, 5),
        PERSON,
        "f",
        "ЗИМОРОДКОВА АЛЕНА ПЕТРОВНА",
    )
    assert ties[3]["locator"] == "ОГРН 1187800000001/founders[2]"


def test_null_is_not_given_and_an_empty_list_is() -> None:
    closed, sink = taken(answer(party(founders=None, managers=None, management={"name": "Чиж Яков Фомич", "post": "Директор"})))
    assert (closed["company"][0]["owners_given"], closed["company"][0]["directors_given"]) == (False, False)
    assert closed["registry_tie"][0]["name_key"] == "ЧИЖ ЯКОВ ФОМИЧ" and closed["registry_tie"][0]["partial"] is True
    assert sink.notes == ["dadata_closed|1"]
    told, _ = taken(answer(party(founders=[], managers=[])))
    assert "owners_given" not in told["company"][0]


def test_a_liquidated_company_and_a_branch_and_a_proprietor() -> None:
    ended = party(state={"status": "LIQUIDATED", "actuality_date": DAY, "liquidation_date": DAY})
    person = {
        "inn": PERSON,
        "ogrn": "318500000000001",
        "type": "INDIVIDUAL",
        "ogrn_date": DAY,
        "fio": FIO,
        "state": {"status": "LIQUIDATED", "actuality_date": DAY, "liquidation_date": DAY},
    }
    rows, sink = taken(answer(ended, party(branch_type="BRANCH"), person))
    assert rows["company"][0]["ended_on"] == dt.date(2025, 9, 16) and rows["company"][0]["status"] == "Ликвидировано"
    assert sink.taken == {"organisations": 1, "proprietors": 1} and "dadata_branches|1" in sink.notes
    assert (rows["proprietor"][0]["ended_on"], rows["proprietor"][0]["inn"]) == (dt.date(2025, 9, 16), PERSON)


@given(st.dates(dt.date(1900, 1, 2), dt.date(2100, 12, 30)), st.sampled_from([0, 3, 4]))
def test_midnight_of_greenwich_and_of_moscow_are_the_same_day(day: dt.date, ahead: int) -> None:
    seconds = (day - dt.date(1970, 1, 1)).days * 86_400 - ahead * 3_600
    assert day_of_milliseconds({"d": seconds * 1_000}, "d") == day.isoformat()


@pytest.mark.parametrize("value", [None, True, "1", 10**30, -(10**30), [], {}, Decimal("1e35")])
def test_what_is_no_day_is_unknown(value: Any) -> None:
    assert day_of_milliseconds({"d": value}, "d") is None


def test_search_rows_tell_what_they_tell() -> None:
    rows, sink = taken(
        {
            "rows": [
                {
                    "k": "ul",
                    "n": 'АКЦИОНЕРНОЕ ОБЩЕСТВО "ЧИЖ"',
                    "c": 'АО "ЧИЖ"',
                    "o": "1187800000001",
                    "i": COMPANY,
                    "p": "770101001",
                    "g": "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР: Чиж Яков Фомич",
                    "r": "14.08.2018",
                    "e": "01.02.2024",
                    "rn": "Г.Санкт-Петербург",
                },
                {"k": "ul", "n": "ООО УК", "o": "1187800000002", "i": HOLDER, "g": 'УПРАВЛЯЮЩАЯ ОРГАНИЗАЦИЯ: ООО "УПРАВДОМ"'},
                {
                    "k": "fl",
                    "n": "ЗИМОРОДКОВА АЛЁНА ПЕТРОВНА",
                    "o": "318500000000001",
                    "i": PERSON,
                    "r": "16.09.2018",
                    "e": "17.09.2024",
                },
                {"k": "ul", "n": "БЕЗ НОМЕРА"},
            ]
        }
    )
    company, other = rows["company"]
    assert (company["ended_on"], company["region"], company["legal_form_code"]) == (dt.date(2024, 2, 1), "78", "12200")
    assert company["extract_date"] is None and company["owners_given"] is False and other["directors_given"] is False
    director, managing = rows["registry_tie"]
    assert (director["name_key"], director["position"], director["kind"]) == (
        "ЧИЖ ЯКОВ ФОМИЧ",
        "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР",
        "director",
    )
    assert (managing["kind"], managing["holder_name"]) == ("managing", 'ООО "УПРАВДОМ"')
    assert rows["proprietor"][0]["ended_on"] == dt.date(2024, 9, 17) and rows["proprietor"][0]["surname"] == "ЗИМОРОДКОВА"
    assert sink.notes == ["search_without_owners|2"] and [one.reason for one in sink.rejects] == ["search_row_unknown"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"t": "0A1B", "captchaRequired": False}, "search_ticket"),
        ({"rows": []}, "search_empty"),
        ({"suggestions": []}, "dadata_no_party"),
        ({"suggestions": [{"value": "г Москва", "unrestricted_value": "г Москва", "data": {"fias_id": "1"}}]}, "dadata_no_party"),
        ({"data": {"ОГРН": "1187800000001", "НаимСокр": "ООО", "Учред": {}}, "meta": {"status": "ok"}}, "json_other_service"),
        ('{"suggestions": [', "json_broken"),
        ('{"suggestions":' + "[" * 100_000, "json_too_deep"),
        ('{"suggestions": [{"data": {"ogrn": "1", "ogrn": "2"}}]}', None),
    ],
)
def test_what_is_no_record_is_refused_by_name(data: Any, reason: str | None) -> None:
    if reason is not None:
        assert refused(data) == reason
    else:
        _, sink = taken(data)
        assert [one.reason for one in sink.rejects] == ["json_duplicate_key"]


def test_what_stands_before_a_fault_is_taken_and_the_fault_told_with_its_line() -> None:
    rows, sink = taken(dumped(ONE) + "\n" + dumped(TWO)[:-40])
    assert len(rows["company"]) == 1
    assert [(one.reason, one.row) for one in sink.rejects] == [("json_broken", 2)]


def test_a_large_file_is_read_line_by_line_and_a_large_document_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "LARGEST", 4_000)
    lines = "\n".join(dumped(answer(party(f"11878000{number:05}"))) for number in range(20))
    assert len(taken(lines)[0]["company"]) == 20
    assert refused(json.dumps(answer(*[party()] * 20), indent=1)) == "json_too_large"


def test_numbers_without_end_and_signs_without_letters_harm_nothing() -> None:
    odd = dumped(answer(party(kpp=None))).replace('"capital": {"value": 10000}', '"capital": {"value": NaN}')
    odd = odd.replace('"value": "x"', '"value": ' + "9" * 100_000).replace("ЗИМОРОДОК", "\\ud800\\u0000ЗИМОРОДОК")
    row = taken(odd)[0]["company"][0]
    assert row["capital"] is None and "ЗИМОРОДОК" in row["full_name"] and row["full_name"].encode()
    assert taken(odd.replace("NaN", "1e999999"))[0]["company"][0]["capital"] is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "data",
                        "ogrn",
                        "inn",
                        "state",
                        "founders",
                        "managers",
                        "fio",
                        "share",
                        "type",
                        "name",
                        "address",
                        "rows",
                        "o",
                        "g",
                    ]
                ),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_any_value_in_any_place_raises_nothing_else(value: Any) -> None:
    data = {"ogrn": "1", **(value if isinstance(value, dict) else {"founders": value})}
    assert refused({"suggestions": [{"data": data}]}) in (None, "dadata_no_party")
    assert refused({"rows": [{"k": "ul", "o": "1187800000001", "g": value, "n": value}], "t": value}) is None


def test_documents_keep_fractions_exact() -> None:
    found = list(documents(InputFile("x", data=b'{"a": 0.1} [33.330]'), Sink(lambda table, rows: None)))
    assert found == [({"a": Decimal("0.1")}, 1), ([Decimal("33.330")], 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ОБЛАСТЬ БРЯНСКАЯ", "32"),
        ("г Москва", "77"),
        ("Московская обл", "50"),
        ("Г.Санкт-Петербург", "78"),
        ("Респ Алтай", "04"),
        ("Алтайский край", "22"),
        ("Ямало-Ненецкий АО", "89"),
        ("Ненецкий АО", "83"),
        ("Саха /Якутия/ Респ", "14"),
        ("Сахалинская обл", "65"),
        ("Ханты-Мансийский Автономный округ - Югра", "86"),
        ("Кемеровская область - Кузбасс", "42"),
        ("УЛ ЛЕНИНА", None),
        (None, None),
        ("Чувашская Республика - Чувашия", "21"),
        ("Новгородская обл", "53"),
        ("Нижегородская обл", "52"),
    ],
)
def test_regions_are_known_by_name(text: str | None, code: str | None) -> None:
    assert region_code(text) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ('ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "МУНИЦИПАЛЬНОЕ УЧРЕЖДЕНИЕ"', "12300"),
        ('Публичное акционерное общество "Чиж"', "12247"),
        ('ЗАКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО "ЧИЖ"', "12200"),
        ("МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ ОБЩЕОБРАЗОВАТЕЛЬНОЕ УЧРЕЖДЕНИЕ ШКОЛА № 9", "75000"),
        ('МУНИЦИПАЛЬНОЕ УНИТАРНОЕ ПРЕДПРИЯТИЕ "ВОДОКАНАЛ"', "65000"),
        ('ТОРГОВЫЙ ДОМ "ЧИЖ"', None),
        (None, None),
    ],
)
def test_a_legal_form_is_told_by_the_name_only_where_it_is_sure(name: str | None, code: str | None) -> None:
    found = legal_form(name)
    assert (found[0] if found else None) == code


def test_a_russian_day() -> None:
    assert [day_of_text(one) for one in ("14.08.2018", "2018-08-14", "31.02.2018", "", None)] == [
        "2018-08-14",
        "2018-08-14",
        None,
        None,
        None,
    ]
