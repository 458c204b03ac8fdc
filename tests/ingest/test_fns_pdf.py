"""PDF extracts: the same rows as the XML of the same record, in both layouts, over pages and lines; everything else refused."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_files import Sheet
from registry_cast import Company, Firm, Holder, Person, company_pdf, company_rows, company_sheets, company_xml
from stdnum.ru import inn as check_digits

from affil.ingest.formats import pdf_worker
from affil.ingest.formats.pdf_text import Page
from affil.ingest.inputs import InputFile
from affil.ingest.registry import fns_pdf
from affil.ingest.registry.fns import RegistryReader
from affil.ingest.registry.fns_pdf import PdfExtractReader
from affil.model.records import Sink

SAMPLES = Path(os.environ.get("AFFIL_SAMPLES") or Path(__file__).resolve().parents[3] / "shared/samples")
Rows = dict[str, list[dict[str, Any]]]


def person_inn(start: str) -> str:
    return start + check_digits.calc_personal_check_digits(start)


def company_inn(start: str) -> str:
    return start + check_digits.calc_company_check_digit(start)


PERSON, OTHER = person_inn("7701234567"), person_inn("5001234567")
COMPANY, HOLDER = company_inn("770123456"), company_inn("500123456")
LONG_NAME = 'АКЦИОНЕРНОЕ ОБЩЕСТВО "НАУЧНО-ПРОИЗВОДСТВЕННОЕ ОБЪЕДИНЕНИЕ - ХОЛДИНГ"'
WHOLE = Company(
    "1187800000001", COMPANY, email="zimorodok@example.ru", capital="10000",
    runs=(
        Holder(Person("ЗИМОРОДКОВА-ВОДОЛАЗСКАЯ", "АЛЁНА", "ФАРМАН КЫЗЫ", PERSON, "f"), position="ГЕНЕРАЛЬНЫЙ ДИРЕКТОР"),
        Holder(Person("ЧИЖ", "ПЁТР", None, OTHER), position="ДИРЕКТОР", untrue="сведения недостоверны (заявление лица)"),
        Holder(Firm('ООО "УПРАВЛЯЮЩАЯ КОМПАНИЯ"', "1055000000001", HOLDER)),
    ),
    owns=(
        Holder(Person(inn=OTHER), nominal="3333.33", fraction=(1, 3)),
        Holder(Firm(LONG_NAME, "1055000000001", HOLDER), nominal="3000", percent="30"),
        Holder(Firm("KINGFISHER LIMITED", country="КИПР"), nominal="1000", percent="10", since=None),
        Holder(Firm("ЖИРЯТИНСКИЙ РАЙОН", public=True), nominal="1000", percent="10"),
        Holder(Person("СОКОЛ", "ИННА", "ИЛЬИНИЧНА", PERSON), nominal="1000"),
    ),
    before=(Firm('ЗАО "СНЕГИРЬ"', "1027700000001", company_inn("770765432")), Firm('ООО "ДРОЗД"', "1027700000002")),
    after=(Firm('ООО "ФИЛИН"', "1257700000002", HOLDER),),
    state="Находится в процессе реорганизации в форме присоединения к нему других юридических лиц",
)  # fmt: skip


def taken(reader: Any, data: bytes, name: str = "inbox/x.pdf") -> tuple[Rows, Sink]:
    rows: Rows = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    file = InputFile(name, data=data)
    assert reader.look(file).mine
    reader.read(file, sink)
    sink.close()
    return rows, sink


def without_places(rows: Rows) -> Rows:
    return {
        table: [{key: value for key, value in row.items() if key != "locator"} for row in found] for table, found in rows.items()
    }


def xml_rows(one: Company) -> tuple[Rows, Sink]:
    return taken(RegistryReader("egrul"), company_xml(one).encode())


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same reading without a process of its own, for many documents."""

    def pages(file: InputFile) -> Iterator[Page]:
        with file.open() as stream:
            for one in pdf_worker.pages(stream.read()):
                rows = tuple(tuple(tuple(cell) for cell in row) for row in one["rows"])
                yield Page(one["page"], one["count"], tuple(one["loose"]), rows, one["images"])

    monkeypatch.setattr(fns_pdf, "pdf_pages", pages)


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("old", [False, True])
def test_a_pdf_gives_the_rows_of_the_xml_of_the_same_record(old: bool, split: bool) -> None:
    rows, sink = taken(PdfExtractReader(), company_pdf(WHOLE, old, split))
    expected, by_xml = xml_rows(WHOLE)
    assert without_places(rows) == without_places(expected)
    assert sink.taken == by_xml.taken == {"organisations": 1, "directors": 2, "managing": 1, "owners": 4, "other_owners": 1}
    assert not sink.rejects and not sink.notes


def test_places_name_page_and_item() -> None:
    rows, _ = taken(PdfExtractReader(), company_pdf(WHOLE))
    numbered = [row for row in company_rows(WHOLE, False) if not row.title and not row.count]
    first = [place for place, row in enumerate(numbered, 1) if row.label.endswith("сведений о данном лице")]
    places = [row["locator"] for row in rows["registry_tie"]]
    drawn = [place for place, sheet in enumerate(company_sheets(WHOLE), 1) if _shows_number(sheet, first[0])]
    assert places[0] == f"ОГРН 1187800000001/стр. {drawn[0]}, п. {first[0]}"
    assert len(set(places)) == 8 and places[1].endswith(f"п. {first[1]}")
    assert rows["company"][0]["locator"] == "ОГРН 1187800000001"


def _shows_number(sheet: Sheet, number: int) -> bool:
    return any(op.startswith("BT /F1 10 Tf 59.0 ") and f"<{str(number).encode('utf-16-be').hex()}>" in op for op in sheet.ops)


NAMES = st.text(alphabet="АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", min_size=1, max_size=14)
SURNAMES = st.lists(NAMES, min_size=1, max_size=3).map("-".join)
DAYS = st.dates(dt.date(2002, 7, 1), dt.date(2025, 12, 31))
PERSONS = st.builds(
    Person, SURNAMES, NAMES, st.none() | st.lists(NAMES, min_size=1, max_size=2).map(" ".join),
    st.sampled_from([None, PERSON, OTHER]), st.sampled_from([None, "m", "f"]),
)  # fmt: skip
FIRMS = st.builds(
    Firm, st.lists(NAMES, min_size=1, max_size=9).map(lambda words: f'ООО "{" ".join(words)}"'),
    st.just("1055000000001"), st.sampled_from([None, HOLDER]),
)  # fmt: skip
SHARES = st.fixed_dictionaries(
    {"nominal": st.integers(1, 10**7).map(str)},
    optional={
        "percent": st.integers(1, 10_000).map(lambda n: f"{n / 100:g}"),
        "fraction": st.tuples(st.integers(1, 9), st.integers(9, 99)),
    },
)  # fmt: skip
OWNERS = st.builds(lambda who, since, share: Holder(who, since, **share), PERSONS | FIRMS, st.none() | DAYS, SHARES)
RUNNERS = st.builds(
    lambda who, since: Holder(who, since, position="ДИРЕКТОР" if isinstance(who, Person) else ""), PERSONS | FIRMS, DAYS
)
COMPANIES = st.builds(
    Company, st.just("1187800000001"), st.just(COMPANY), day=DAYS, registered=DAYS, ended=st.none() | DAYS,
    capital=st.integers(1, 10**9).map(str), runs=st.lists(RUNNERS, max_size=4).map(tuple),
    owns=st.lists(OWNERS, max_size=12).map(tuple), before=st.lists(FIRMS, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COMPANIES, st.booleans(), st.booleans())
def test_any_record_is_the_same_from_pdf_and_xml(in_process: None, one: Company, old: bool, split: bool) -> None:
    rows, sink = taken(PdfExtractReader(), company_pdf(one, old, split))
    expected, by_xml = xml_rows(one)
    assert without_places(rows) == without_places(expected)
    assert sink.taken == by_xml.taken
