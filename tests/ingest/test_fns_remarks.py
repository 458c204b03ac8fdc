"""What an extract says of its own entries, from the XML to what a run cannot determine and to how long a tie held."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from stdnum.ru import inn as check_digits
from worlds import loaded, screened, table

from affil.control.table import with_one_head
from affil.ingest.inputs import InputFile
from affil.ingest.registry.fns import RegistryReader
from affil.model.records import Sink
from affil.model.run import Run
from affil.store.store import Store
from affil.words import LANGUAGES, Words

# ruff: noqa: E501 — the long lines are XML
pytestmark = pytest.mark.usefixtures("stores_used_again")


def company_inn(start: str) -> str:
    return start + check_digits.calc_company_check_digit(start)


def person_inn(start: str) -> str:
    return start + check_digits.calc_personal_check_digits(start)


FIRM, BANK, SCHOOL = company_inn("420000003"), company_inn("420000004"), company_inn("420000001")
OFFICIAL, TRUSTEE = person_inn("4200000007"), person_inn("4200000009")
HIDDEN = '<ОгрДосСв ОгрДосСв="1"><ГРНДата ГРН="1" ДатаЗаписи="2024-02-03"/></ОгрДосСв>'
MARK = '<ГРНДата ГРН="1" ДатаЗаписи="2024-02-03"/>'
FIRST = '<ГРНДатаПерв ГРН="1" ДатаЗаписи="{}"/>'


def person(name: str = "ЧИЖ ПЁТР ИЛЬИЧ", inn: str = OFFICIAL) -> str:
    last, first, middle = name.split()
    return f'<СвФЛ Фамилия="{last}" Имя="{first}" Отчество="{middle}" ИННФЛ="{inn}"/>'


def firm(body: str, day: str = "2025-11-05") -> str:
    return (
        f'<СвЮЛ ДатаВып="{day}" ОГРН="1184200000001" ИНН="{FIRM}" КодОПФ="12300" ПолнНаимОПФ="Общества с ограниченной ответственностью">'
        f'<СвНаимЮЛ НаимЮЛПолн="ООО ЧИЖ"/><СвУстКап СумКап="10000"/>{body}</СвЮЛ>'
    )


def owner(inside: str = "", who: str = "", since: str = "2019-03-05") -> str:
    share = "<ДоляУстКап НоминСтоим='5000'/>"
    return f"<СвУчредит><УчрФЛ>{FIRST.format(since)}{who or person()}{share}{inside}</УчрФЛ></СвУчредит>"


def director(inside: str = "", who: str = "", since: str = "2019-03-05") -> str:
    return f"<СведДолжнФЛ>{FIRST.format(since)}{who or person()}{inside}</СведДолжнФЛ>"


def rows(text: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    sink = Sink(lambda name, batch: found.setdefault(name, []).extend(batch))
    RegistryReader("egrul").read(InputFile("x.xml", data=text.encode()), sink)
    sink.close()
    return found


def remarks(body: str) -> list[tuple[Any, ...]]:
    keys = ("kind", "about", "of_whom", "holder_name", "text", "share", "valid_from", "valid_to")
    return [tuple(row.get(key) for key in keys) for row in rows(firm(body)).get("registry_remark", [])]


DAY = dt.date(2024, 2, 3)
NAME = "ЧИЖ ПЁТР ИЛЬИЧ"
BANK_NAMES = f'ИНН="{BANK}" НаимЮЛПолн="БАНК СОЙКА"'
CASES = {
    "director untrue": (director(f'<СвНедДанДолжнФЛ ПризнНедДанДолжнФЛ="2" ТекстНедДанДолжнФЛ="недостоверны">{MARK}</СвНедДанДолжнФЛ>'),
                        ("untrue", "СведДолжнФЛ", NAME, None, "недостоверны", None, DAY, None)),
    "owner untrue": (owner(f'<СвНедДанУчр ПризнНедДанУчр="1" ТекстНедДанУчр="нет">{MARK}</СвНедДанУчр>'),
                     ("untrue", "УчрФЛ", NAME, None, "нет", None, DAY, None)),
    "address untrue": (f'<СвАдресЮЛ><СвНедАдресЮЛ ПризнНедАдресЮЛ="2" ТекстНедАдресЮЛ="не там">{MARK}</СвНедАдресЮЛ></СвАдресЮЛ>',
                       ("untrue", "СвАдресЮЛ", None, None, "не там", None, DAY, None)),
    "disqualified": (director('<СвДискв ДатаНачДискв="2024-01-02" ДатаОкончДискв="2026-01-02" ДатаРеш="2023-12-01"/>'),
                     ("disqualified", "СведДолжнФЛ", NAME, None, None, None, dt.date(2024, 1, 2), dt.date(2026, 1, 2))),
    "trust of a person": (owner(f"<СвДовУпрФЛ>{person('ДРОЗД ИВАН ЛЬВОВИЧ', TRUSTEE)}</СвДовУпрФЛ>"),
                          ("trust", "УчрФЛ", NAME, "ДРОЗД ИВАН ЛЬВОВИЧ", None, None, None, None)),
    "trust of a firm": (owner(f"<СвДовУпрЮЛ><НаимИННДовУпр {BANK_NAMES}/></СвДовУпрЮЛ>"),
                        ("trust", "УчрФЛ", NAME, "БАНК СОЙКА", None, None, None, None)),
    "inheritance": (owner(f"<ЛицоУпрНасл ДатаОткрНасл='2024-05-06'>{person('ДРОЗД ИВАН ЛЬВОВИЧ', TRUSTEE)}</ЛицоУпрНасл>"),
                    ("inherited", "УчрФЛ", NAME, "ДРОЗД ИВАН ЛЬВОВИЧ", None, None, dt.date(2024, 5, 6), None)),
    "inheritance in trust of a firm": (owner(f"<СвДовУпрЮЛ ДатаОткрНасл='2024-05-06'><НаимИННДовУпр {BANK_NAMES}/></СвДовУпрЮЛ>"),
                                       ("inherited", "УчрФЛ", NAME, "БАНК СОЙКА", None, None, dt.date(2024, 5, 6), None)),
    "pledge": (owner(f'<СвОбрем ВидОбрем="ЗАЛОГ"><СвЗалогДержЮЛ><НаимИННЮЛ {BANK_NAMES}/></СвЗалогДержЮЛ></СвОбрем>'),
               ("pledged", "УчрФЛ", NAME, "БАНК СОЙКА", "ЗАЛОГ", None, None, None)),
    "own share": ('<СвДоляООО НоминСтоим="2500"/>', ("own_share", "СвДоляООО", None, None, None, "1/4", None, None)),
    "own share hidden": (f"<СвДоляООО>{HIDDEN}</СвДоляООО>", ("hidden", "СвДоляООО", None, None, None, None, None, None)),
    "status hidden": (f"<СвСтатус>{HIDDEN}</СвСтатус>", ("hidden", "СвСтатус", None, None, None, None, None, None)),
    "branch hidden": (f"<СвПодразд><СвФилиал>{HIDDEN}</СвФилиал></СвПодразд>", ("hidden", "СвФилиал", None, None, None, None, None, None)),
    "exclusion": ('<СвСтатус><СвРешИсклЮЛ ДатаРеш="2024-02-03" НомерРеш="17"/></СвСтатус>',
                  ("exclusion", "СвСтатус", None, None, "17", None, DAY, None)),
    "ended": ('<СвПрекрЮЛ ДатаПрекрЮЛ="2024-02-03"><СпПрекрЮЛ НаимСпПрекрЮЛ="Ликвидация"/></СвПрекрЮЛ>',
              ("ended", "СвПрекрЮЛ", None, None, "Ликвидация", None, DAY, None)),
    "jointly": ('<СвПолном ВидПолном="1"/>', ("jointly", "СвПолном", None, None, None, None, None, None)),
    "registrar": (f"<СвДержРеестрАО><ДержРеестрАО {BANK_NAMES}/></СвДержРеестрАО>",
                  ("registrar", "СвДержРеестрАО", None, "БАНК СОЙКА", None, None, None, None)),
    "reorganisation": (f'<СвРеорг><СвСтатус НаимСтатусЮЛ="Слияние"/><СвРеоргЮЛ {BANK_NAMES}/></СвРеорг>',
                       ("reorganisation", "СвРеорг", None, "БАНК СОЙКА", "Слияние", None, None, None)),
    "farm": (f'<СвКФХПредш ОГРНИП="304420000000001">{person()}</СвКФХПредш>',
             ("farm", "СвКФХПредш", None, NAME, "304420000000001", None, None, None)),
    "fund": (f'<СвУчредит><УчрПИФ><СвНаимПИФ НаимПИФ="ПИФ"/><СвУпрКомпПИФ><УпрКомпПиф {BANK_NAMES}/></СвУпрКомпПИФ></УчрПИФ></СвУчредит>',
             ("fund_manager", "УчрПИФ", "ПИФ", "БАНК СОЙКА", None, None, None, None)),
    "partner": (f'<СвУчредит><УчрДогИнвТов><ИнПрДогИнвТов НаимДог="ДОГОВОР"/><СвУпТовЮЛ {BANK_NAMES}/></УчрДогИнвТов></СвУчредит>',
                ("partner", "УчрДогИнвТов", "ДОГОВОР", "БАНК СОЙКА", None, None, None, None)),
    "body of power": (f'<СвУчредит><УчрРФСубМО><ВидНаимУчр НаимМО="ОКРУГ"/><СвФЛОсущПр>{person()}</СвФЛОсущПр></УчрРФСубМО></СвУчредит>',
                      ("body", "УчрРФСубМО", "ОКРУГ", NAME, None, None, None, None)),
    "foreign": ('<СвУчредит><УчрЮЛИн><СвНаимЮЛПолнИн НаимПолн="JAY LTD"/><СвРегИн ОКСМ="196" НаимСтран="Кипр" РегНомер="HE 1"/></УчрЮЛИн></СвУчредит>',
                ("foreign", "УчрЮЛИн", "JAY LTD", None, "Кипр; HE 1", None, None, None)),
    "before 2002": (f'<СвУчредит><УчрЮЛРос><НаимИННЮЛ {BANK_NAMES}/><СвРегСтарые РегНом="5" ДатаРег="1999-01-02"/></УчрЮЛРос></СвУчредит>',
                    ("registered_before_2002", "УчрЮЛРос", "БАНК СОЙКА", None, "5", None, dt.date(1999, 1, 2), None)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_remark_is_kept(case: str) -> None:
    body, expected = CASES[case]
    assert remarks(body) == [expected]


@pytest.mark.parametrize("tag", ["СведДолжнФЛ", "СвУпрОрг"])
def test_a_hidden_head_is_a_restricted_tie(tag: str) -> None:
    (tie,) = rows(firm(f"<{tag}>{HIDDEN}</{tag}>"))["registry_tie"]
    assert tie["restricted"] and tie.get("name") is None and tie.get("holder_name") is None


@pytest.mark.parametrize("tag", ["УчрФЛ", "УчрЮЛРос", "УчрЮЛИн", "УчрРФСубМО", "УчрПИФ", "УчрДогИнвТов"])
def test_a_hidden_owner_of_any_kind_is_a_restricted_tie(tag: str) -> None:
    (tie,) = rows(firm(f"<СвУчредит><{tag}>{HIDDEN}</{tag}></СвУчредит>"))["registry_tie"]
    assert tie["restricted"] and tie["kind"] == "owner"


def test_who_acts_for_a_foreign_manager_runs_the_company() -> None:
    """ПредИнЮЛ of format 4.05: counted with the managing organisation, and a person at the head all the same."""
    body = f'<СвУпрОрг>{FIRST.format("2019-03-05")}<СвРегИн НаимСтран="Кипр"/><ПредИнЮЛ>{person()}</ПредИнЮЛ></СвУпрОрг>'
    managing, acting = rows(firm(body))["registry_tie"]
    assert (managing["kind"], managing["holder_kind"]) == ("managing", "foreign")
    assert (acting["kind"], acting["inn"], acting["name_key"], acting["since"]) == (
        "director",
        OFFICIAL,
        "ЧИЖ ПЕТР ИЛЬИЧ",
        dt.date(2019, 3, 5),
    )


@pytest.mark.parametrize("inside", ["<ФИОРус {}/>", "<ФИОЛат {}/>"])
def test_a_name_is_found_in_the_element_of_the_person_too(inside: str) -> None:
    name = inside.format('Фамилия="ЧИЖ" Имя="ПЁТР"')
    (tie,) = rows(firm(f"<СведДолжнФЛ><СвФЛ>{name}</СвФЛ></СведДолжнФЛ>"))["registry_tie"]
    assert tie["name"] == "ЧИЖ ПЁТР"


def run_over(folder: Path, *extracts: str, days: tuple[str, ...] = ("2025-03-04",)) -> Run:
    """The official Чиж, his school, and its contracts with the firm of the extracts, signed on these days."""
    inbox = folder / "inbox"
    table(inbox / "officials.csv", [{"employee_id": "1", "name": "Чиж Пётр Ильич", "employer_inn": SCHOOL, "inn": OFFICIAL}])
    contract = {"customer_inn": SCHOOL, "supplier_inn": FIRM, "supplier": "ООО «Чиж»"}
    table(inbox / "contracts.csv", [{**contract, "contract_number": f"№ {day}", "signed_on": day} for day in days])
    for number, extract in enumerate(extracts):
        (inbox / f"{number}.xml").write_text(extract, encoding="utf-8")
    with Store.open(None) as store:
        loaded(store, folder)
        return screened(store)


def days_in_force(run: Run, kind: str) -> set[str]:
    """The days of the contracts on which the official is found to have had this over the firm."""
    found = [one for one in run.findings if one.path.control == kind and one.path.in_force is True]
    return {f"{contract.signed_on:%Y-%m-%d}" for one in found for contract in (one.contract, *one.contracts) if contract}


def test_what_remarks_leave_open_is_said_and_no_more(tmp_path: Path) -> None:
    """An untrue address, the company's own share, a registrar and a hidden status open no question of who stands behind it."""
    run = run_over(tmp_path, firm("".join(body for body, _ in CASES.values())))
    asked = {"registry_untrue", "share_in_trust", "share_inherited", "share_pledged", "head_disqualified", "restricted_part"}
    told = [one for one in run.undetermined if one.reason in asked]
    assert sorted(one.reason for one in told) == sorted([*asked, "share_in_trust", "share_inherited"])
    assert {(one.kind, one.inn) for one in told} == {("supplier", FIRM)}
    for one in told:
        for lang in LANGUAGES:
            text = Words(lang)(f"undetermined.{one.reason}.reason", **one.params)
            assert "{" not in text and (one.params["whom"] in text or one.reason == "restricted_part")


def test_a_hidden_director_is_said_and_no_tie(tmp_path: Path) -> None:
    run = run_over(tmp_path, firm(f"<СведДолжнФЛ>{HIDDEN}</СведДолжнФЛ>"))
    assert "restricted" in {one.reason for one in run.undetermined}
    assert not run.findings


def test_an_owner_holds_until_the_day_he_died(tmp_path: Path) -> None:
    """ГК ст. 1113, 1114: the inheritance opens on the day of death."""
    run = run_over(tmp_path, firm(CASES["inheritance"][0]), days=("2024-05-06", "2024-05-07"))
    assert days_in_force(run, "owner") == {"2024-05-06"}


OTHER = person("ДРОЗД ИВАН ЛЬВОВИЧ", TRUSTEE)
OLD, NEW = firm(director(), "2023-01-01"), firm(director(who=OTHER, since="2023-06-01"), "2024-01-01")
DAYS = ("2022-12-31", "2023-06-01", "2023-06-02", "2023-11-30", "2024-01-01")


def test_a_new_sole_director_ends_the_former_one(tmp_path: Path) -> None:
    """Between the extracts of January 2023 and January 2024 the office went to another on 1 June (14-ФЗ ст. 40).

    The same extracts in two files each are the same extracts.
    """
    run = run_over(tmp_path, OLD, NEW, f"<EGRUL>{OLD}</EGRUL>", f"<EGRUL>{NEW}</EGRUL>", days=DAYS)
    assert days_in_force(run, "director") == {"2022-12-31", "2023-06-01"}


def test_with_several_at_the_head_the_former_one_may_have_stayed(tmp_path: Path) -> None:
    powers = firm(director(who=OTHER, since="2023-06-01") + '<СвПолном ВидПолном="2"/>', "2024-01-01")
    assert days_in_force(run_over(tmp_path, OLD, powers, days=DAYS), "director") == set(DAYS[:4])


TWO = director() + director(who=person("СОЙКА ОЛЕГ ЛЬВОВИЧ", person_inn("4200000011")))


@pytest.mark.parametrize(
    ("body", "alone"),
    [
        (director(), True), (director() + '<СвПолном ВидПолном="1"/>', False), (TWO, False), ("", False),
        (director() + f"<СведДолжнФЛ>{HIDDEN}</СведДолжнФЛ>", False),
        (f'<СвУпрОрг><НаимИННЮЛ {BANK_NAMES}/></СвУпрОрг>', True), (owner(), False),
    ],
)  # fmt: skip
def test_an_extract_shows_one_head(body: str, alone: bool) -> None:
    with Store.open(None) as store:
        for name, found in rows(firm(body)).items():
            store.append(name, [{"source_id": source, **row} for source in ("a", "b") for row in found])
        store.sql("CREATE TEMPORARY TABLE walked AS SELECT inn FROM company")
        assert with_one_head(store) == ({f"inn:{FIRM}": {dt.date(2025, 11, 5)}} if alone else {})
