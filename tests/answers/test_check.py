"""What `check` and `not_determinable.csv` tell: remarks of readers, commission members nobody compared, days no extract shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from worlds import loaded, screened, table

from affil.answers.check import check_json, check_text
from affil.model.run import Run, Undetermined
from affil.pipeline import Scope
from affil.reports.coverage_csv import coverage_csv
from affil.reports.explain import summary
from affil.resolve.link import link
from affil.rules.cases import Case, fill, number
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, SUPPLIER = "4200000012", "4200000020"
HOUSE = "650000, г. Заозёрный, ул. Садовая, д. 5, оф. 1"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def told(run: Run, *reasons: str) -> list[Undetermined]:
    return [one for one in run.undetermined if one.reason in reasons]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    table(tmp_path / "inbox" / "officials.csv", [{"employee_id": "1", "name": "Громов Пётр Ильич", "employer_inn": CUSTOMER}])
    days = ("2025-03-01", "2025-06-01", "2025-09-01")
    contracts = [
        {"contract_number": day, "signed_on": day, "customer_inn": CUSTOMER, "supplier_inn": SUPPLIER, "supplier": "ООО «Клён»"}
        for day in days
    ]
    table(tmp_path / "inbox" / "contracts.csv", contracts)
    return tmp_path


def extracts(store: Store, *days: str) -> None:
    store.append("company", [{"locator": day, "inn": SUPPLIER, "extract_date": dt.date.fromisoformat(day)} for day in days])


def test_a_commission_member_who_is_no_official_is_told_once_however_many_seats(store: Store, inbox: Path) -> None:
    seats = [
        {"member": name, "customer_inn": CUSTOMER, "from": day}
        for name, day in (
            ("Громов Пётр Ильич", "01.01.2025"),
            ("Чужов Фома Лукич", "01.01.2025"),
            ("ЧУЖОВ ФОМА ЛУКИЧ", "01.01.2026"),
        )
    ]
    table(inbox / "inbox" / "seats.csv", seats)
    loaded(store, inbox)
    found = told(screened(store), "seat_not_linked")
    assert [(one.kind, one.name.casefold()) for one in found] == [("official", "чужов фома лукич")]


def test_such_a_member_is_named_in_check_and_stands_in_coverage_as_not_compared(store: Store, inbox: Path) -> None:
    table(inbox / "inbox" / "seats.csv", [{"member": "Чужов Фома Лукич", "customer_inn": CUSTOMER}])
    loaded(store, inbox)
    run = screened(store)
    assert check_json(run, Words("ru"))["unlinked_members"] == ["Чужов Фома Лукич"]
    lines = check_text(run, Words("ru")).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Члены комиссий, которых нет среди должностных лиц"))
    assert lines[at].endswith(": 1") and lines[at + 1] == "  Чужов Фома Лукич"
    (row,) = [one for one in csv.DictReader(io.StringIO(coverage_csv(run, Words("ru")).decode("utf-8-sig")), delimiter=";")
              if one["ФИО"] == "Чужов Фома Лукич"]  # fmt: skip
    assert row["Итог"] == Words("ru")("coverage.result.none")
    assert "Член комиссии не сопоставлен" in row["Причина ограничения"] and "таблицу должностных лиц" in row["Что сделать"]
    assert "из 2" in summary(run, Words("ru"), None).splitlines()[0]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2025-01-01",), [("old_extract", "3")]),
        (("2026-01-01",), [("left_before_extract", "3")]),
        (("2025-06-01",), [("left_before_extract", "1"), ("old_extract", "1")]),
        (("2025-01-01", "2026-01-01"), []),
        ((), []),
    ],
)
def test_purchases_outside_the_days_of_the_extracts_are_one_counted_line_a_supplier(
    store: Store, inbox: Path, days: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    loaded(store, inbox)
    extracts(store, *days)
    found = told(screened(store), "old_extract", "left_before_extract")
    assert [(one.reason, one.params["number"], one.inn) for one in found] == [(*one, SUPPLIER) for one in expected]


def test_an_unknown_ground_is_told_where_a_tie_makes_it_matter_and_nowhere_else(store: Store) -> None:
    """44-ФЗ ст. 31 ч. 1, ст. 93: the head's own firm; of the other firm nobody asks on what ground it was bought from."""
    head = {"employee_id": "1", "name": "Громов Пётр Ильич", "inn": "person 1", "employer_inn": "org 1"}
    contract = {"signed_on": "2025-03-01", "customer_inn": "org 1"}
    own, other = ({"supplier_inn": inn, "supplier": name} for inn, name in (("org 2", "ООО «Клён»"), ("org 3", "ООО «Ясень»")))
    rows = [{**contract, **own, "contract_number": f"К-{n:02}"} for n in range(12)]
    rows.append({**contract, **own, "contract_number": "К-А", "method": "Электронный аукцион"})
    rows.append({**contract, **other, "contract_number": "Я-1"})
    directors = [{"name": "Громов Пётр Ильич", "inn": "person 1"}]
    firms = [{"name": "ООО «Клён»", "inn": "org 2", "directors": directors}, {"name": "ООО «Ясень»", "inn": "org 3"}]
    officials = [{**head, "procurement_role": "head of customer"}]
    fill(store, Case(name="ground", kind="positive", why="", officials=officials, contracts=rows, companies=firms))
    link(store)
    found = told(screened(store), "no_ground")
    assert [(one.kind, one.inn, one.params) for one in found] == [
        ("supplier", number("org 2"), {"number": "12", "contracts": ", ".join(f"К-{n:02}" for n in range(10)) + "…"})
    ]


def test_dates_that_have_not_come_yet_are_told_and_change_no_finding(store: Store, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    official = {"employee_id": "1", "name": "Громов Пётр Ильич", "employer_inn": CUSTOMER, "birth_date": "04.05.2031"}
    table(inbox / "officials.csv", [{**official, "hired": "01.02.2030", "questionnaire_date": "01.03.2030"}])
    kin = {"employee_id": "1", "relationship": "сын", "name": "Громов Фома Петрович"}
    table(inbox / "relatives.csv", [{**kin, "birth_date": "07.07.2032", "questionnaire_date": "01.03.2030"}])
    days = {"К-1": "2030-01-31", "К-2": "2025-01-31", "К-3": "2030-02-01"}
    contracts = [
        {"contract_number": n, "signed_on": day, "ends_on": "2031-01-01", "customer_inn": CUSTOMER, "supplier_inn": SUPPLIER,
         "supplier": "ООО «Клён»"}
        for n, day in days.items()
    ]  # fmt: skip
    table(inbox / "contracts.csv", contracts)
    bid = {"procedure_number": "П-1", "participant_inn": SUPPLIER, "participant": "ООО «Клён»", "customer_inn": CUSTOMER}
    table(inbox / "bids.csv", [{**bid, "applied_on": "2030-01-31"}])
    loaded(store, tmp_path)
    reasons = ("future_birth", "future_service", "future_questionnaire", "future_event")
    found = told(screened(store, Scope(as_of=dt.date(2030, 1, 30))), *reasons)
    assert [(one.kind, one.reason, *one.params.values()) for one in found] == [
        ("official", "future_birth", "04.05.2031"),
        ("official", "future_questionnaire"),
        ("official", "future_service", "01.02.2030"),
        ("participant", "future_event", "1", "П-1"),
        ("relative", "future_birth", "07.07.2032"),
        ("supplier", "future_event", "2", "К-1, К-3"),
    ]
    later = screened(store, Scope(as_of=dt.date(2033, 1, 1)))
    assert told(later, *reasons) == []
    assert later.findings == screened(store, Scope(as_of=dt.date(2030, 1, 30))).findings


def test_what_holds_for_nearly_every_supplier_stands_last_in_the_sums(store: Store, inbox: Path) -> None:
    loaded(store, inbox)
    extracts(store, "2026-01-01")
    run = screened(store)
    for lang in LANGUAGES:
        words = Words(lang)
        low = str(words.raw("undetermined.left_before_extract.short"))
        assert low in check_text(run, words).splitlines()[-1]
        assert low not in summary(run, words, None).split("; ")[0]


def test_check_shows_what_the_reader_left_out_or_put_right(store: Store, inbox: Path) -> None:
    table(inbox / "inbox" / "seats.csv", [{"member": "Громов Пётр Ильич", "customer_inn": CUSTOMER, "Паспорт": "1"}])
    broken = (
        f'<ЕГРЮЛ><СвЮЛ ОГРН="1" ИНН="{SUPPLIER}" ДатаВып="2025-01-01"><СвНаимЮЛ НаимЮЛПолн="ООО "Клён" & Ко"/></СвЮЛ></ЕГРЮЛ>'
    )
    (inbox / "inbox" / "extract.xml").write_text(broken, encoding="utf-8")
    loaded(store, inbox)
    run = screened(store)
    notes = {one["file"]: one["text"] for one in check_json(run, Words("ru"))["notes"]}
    assert notes["inbox/seats.csv"].endswith("Паспорт")
    assert "после исправления" in notes["inbox/extract.xml"] and notes["inbox/extract.xml"].endswith(": 1")
    text = check_text(run, Words("ru"))
    assert all(f"{file}: {note}" in text for file, note in notes.items())


def test_a_place_is_told_as_a_person_says_it(store: Store, inbox: Path) -> None:
    table(inbox / "inbox" / "seats.csv", [{"member": "Чужов Фома Лукич", "customer_inn": CUSTOMER}])
    loaded(store, inbox)
    text = check_text(screened(store), Words("ru"))
    assert "inbox/seats.csv, строка 2, столбец «ФИО члена комиссии», значение «Чужов Фома Лукич»:" in text


def test_what_too_many_share_joins_nobody_and_is_told_once_with_its_number(store: Store, inbox: Path) -> None:
    """A phone of six bidders, the official's own too; a stranger who runs 21 suppliers; a share nobody knows, of two owners.

    The owners are the official's uncles; of a stranger's share nobody asks.
    """
    firms = [number(f"org {n}") for n in range(10, 31)]
    table(
        inbox / "inbox" / "officials.csv",
        [
            {
                "employee_id": "1",
                "name": "Громов Пётр Ильич",
                "employer_inn": CUSTOMER,
                "phone": "+7 923 000-11-22",
                "address": HOUSE,
            }
        ],
    )
    kin = [("дядя", "Чужов Ян Лукич", number("person 2")), ("брат матери", "Чужов Пётр Лукич", number("person 3"))]
    columns = ("relationship", "name", "inn")
    table(inbox / "inbox" / "relatives.csv", [{"employee_id": "1", **dict(zip(columns, row, strict=True))} for row in kin])
    contracts = [
        {"contract_number": f"К-{inn}", "signed_on": "2025-03-01", "customer_inn": CUSTOMER, "supplier": inn} for inn in firms
    ]
    table(inbox / "inbox" / "more.csv", [{**row, "supplier_inn": row["supplier"]} for row in contracts])
    bids = [
        {
            "procedure_number": f"01423{n:014d}",
            "participant_inn": inn,
            "participant": "ООО",
            "phone": "9230001122",
            "address": HOUSE,
        }
        for n, inn in enumerate(firms[:6])
    ]
    table(inbox / "inbox" / "bids.csv", bids)
    person = '<{0}><СвФЛ Фамилия="ЧУЖОВ" Имя="{1}" Отчество="ЛУКИЧ" ИННФЛ="{2}"/></{0}>'
    owners = "".join(person.format("УчрФЛ", *one) for one in (("ЯН", number("person 2")), ("ПЁТР", number("person 3"))))
    runs = person.format("СведДолжнФЛ", "ФОМА", number("person 1"))
    extracts = [
        f'<СвЮЛ ОГРН="{n}" ИНН="{inn}" ДатаВып="2025-03-01"><СвНаимЮЛ НаимЮЛПолн="ООО {n}"/>{runs}'
        f"<СвУчредит>{'' if n else owners}</СвУчредит></СвЮЛ>"
        for n, inn in enumerate(firms)
    ]
    (inbox / "inbox" / "extracts.xml").write_text(f"<ЕГРЮЛ>{''.join(extracts)}</ЕГРЮЛ>", encoding="utf-8")
    loaded(store, inbox)
    run = screened(store)
    found = told(run, "crowded_contact", "crowded_holder", "share_unknown")
    assert [(one.kind, one.name, one.params.get("number")) for one in found] == [
        ("contact", "9230001122", "7"),
        ("contact", "садовая, 5, 1", "7"),
        ("holder", "ЧУЖОВ ФОМА ЛУКИЧ", "21"),
        ("supplier", "ООО 0", None),
    ]
    assert not [one for one in run.findings if one.path.control == "contact"]
