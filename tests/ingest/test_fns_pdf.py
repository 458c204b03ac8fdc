"""PDF extracts: the same rows as the XML of the same record, in both layouts, over pages and lines; everything else refused."""

from __future__ import annotations

import datetime as dt
import os
import time
import zlib
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pdf_files import Row, Sheet, document, extract_pages, pdf, stream
from real_samples import SAMPLES
from registry_cast import Company, Firm, Holder, Person, company_pdf, company_rows, company_sheets, company_xml, heading
from stdnum.ru import inn as check_digits

from affil.ingest.formats import pdf_worker
from affil.ingest.formats.pdf_text import Page
from affil.ingest.inputs import InputFile
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry import fns_pdf
from affil.ingest.registry.fns import RegistryReader
from affil.ingest.registry.fns_pdf import PdfExtractReader
from affil.model.records import Sink

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
        Holder(Person("СОКОЛ", "ИННА", "ИЛЬИНИЧНА", PERSON), nominal="1000", pledge=Firm("БАНК", "1055000000001", HOLDER)),
        Holder(Person("СЫЧ", "ЛЕВ"), nominal="100", heir=Person("СЫЧ", "АННА", None, PERSON), died=dt.date(2021, 5, 1)),
    ),
    before=(Firm('ЗАО "СНЕГИРЬ"', "1027700000001", company_inn("770765432")), Firm('ООО "ДРОЗД"', "1027700000002")),
    after=(Firm('ООО "ФИЛИН"', "1257700000002", HOLDER),),
    own_share="5", decided=("77-1", dt.date(2024, 3, 1)), merged=(Firm("ООО КАНЮК", "1027700000007", HOLDER), Firm("ООО ЛУНЬ")),
    registrar=Firm("АО РЕГИСТРАТОР", "1027700000009", HOLDER),
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

    def pages(file: InputFile) -> Generator[Page, None, None]:
        with file.open() as stream:
            for one in pdf_worker.told(stream.read()):
                if "refused" in one:
                    raise FileRefusedError(file.name, f"pdf_{one['refused']}")
                if "page" in one:
                    rows = tuple(tuple(tuple(cell) for cell in row) for row in one["rows"])
                    yield Page(one["page"], one["count"], tuple(one["loose"]), rows, one["images"])

    monkeypatch.setattr(fns_pdf, "pdf_pages", pages)


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("old", [False, True])
def test_a_pdf_gives_the_rows_of_the_xml_of_the_same_record(old: bool, split: bool) -> None:
    rows, sink = taken(PdfExtractReader(), company_pdf(WHOLE, old, split))
    expected, by_xml = xml_rows(WHOLE)
    assert without_places(rows) == without_places(expected)
    assert sink.taken == by_xml.taken == {"organisations": 1, "directors": 2, "managing": 1, "owners": 5, "other_owners": 1}
    assert not sink.rejects and not sink.notes


def test_places_name_page_and_item() -> None:
    rows, _ = taken(PdfExtractReader(), company_pdf(WHOLE))
    numbered = [row for row in company_rows(WHOLE, False) if not row.title and not row.count]
    first = [place for place, row in enumerate(numbered, 1) if row.label.endswith("сведений о данном лице")]
    places = [row["locator"] for row in rows["registry_tie"]]
    drawn = [place for place, sheet in enumerate(company_sheets(WHOLE), 1) if _shows_number(sheet, first[0])]
    assert places[0] == f"ОГРН 1187800000001/стр. {drawn[0]}, п. {first[0]}"
    assert len(set(places)) == 9 and places[1].endswith(f"п. {first[1]}")
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
        "pledge": PERSONS | FIRMS,
        "heir": PERSONS,
        "untrue": st.just("сведения недостоверны"),
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


@settings(
    max_examples=100 if os.environ.get("AFFIL_FUZZ") else 8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(COMPANIES, st.booleans(), st.booleans())
def test_any_record_is_the_same_from_pdf_and_xml(in_process: None, one: Company, old: bool, split: bool) -> None:
    rows, sink = taken(PdfExtractReader(), company_pdf(one, old, split))
    expected, by_xml = xml_rows(one)
    assert without_places(rows) == without_places(expected)
    assert sink.taken == by_xml.taken


def refusal(data: bytes) -> tuple[str, dict[str, str]]:
    """Why the file is refused; nothing of it is taken."""
    rows: Rows = {}
    sink = Sink(lambda table, found: rows.setdefault(table, []).extend(found))
    with pytest.raises(FileRefusedError) as refused:
        PdfExtractReader().read(InputFile("inbox/x.pdf", data=data), sink)
    sink.close()
    assert not rows and not sink.taken
    return refused.value.reject.reason, dict(refused.value.reject.params)


def page_of(*lines: str) -> bytes:
    sheet = Sheet()
    for place, line in enumerate(lines):
        sheet.text(60, 780 - 14 * place, line)
    return pdf([sheet])


@pytest.mark.parametrize(
    ("lines", "reason", "vendor"),
    [
        (("Отчёт Контур.Фокус", "ООО ЗИМОРОДОК, ИНН 7701234560"), "pdf_vendor", "Контур.Фокус"),
        (("Краткий отчёт", "Ссылка: https://www.rusprofile.ru/id/1"), "pdf_vendor", "Rusprofile"),
        (("СПАРК-Интерфакс. Отчёт по компании",), "pdf_vendor", "СПАРК"),
        (("Сведения сервиса checko.ru о компании",), "pdf_vendor", "Checko"),
        (("СБИС. Всё о компаниях и владельцах",), "pdf_vendor", "СБИС (Saby)"),
        (("За честный бизнес: карточка компании",), "pdf_vendor", "За честный бизнес"),
        (("Лист записи Единого государственного реестра", "Форма № Р50007"), "pdf_record_sheet", None),
        (("Справка об отсутствии запрашиваемой информации",), "pdf_no_record", None),
        (("Прозрачный бизнес. Сведения о юридическом лице из ЕГРЮЛ",), "pdf_screen", None),
        (("Муниципальный контракт № 7 на поставку угля",), "pdf_other", None),
        (("ВЫПИСКА", "из Единого государственного реестра юридических лиц", "без таблицы"), "pdf_layout", None),
        ((), "pdf_scan", None),
    ],
)
def test_other_documents_are_refused_by_name(in_process: None, lines: tuple[str, ...], reason: str, vendor: str | None) -> None:
    assert refusal(page_of(*lines)) == (reason, {"vendor": vendor} if vendor else {})


def test_a_company_called_as_a_vendor_is_an_extract_all_the_same(in_process: None) -> None:
    one = replace(WHOLE, full='ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "СБИС КОНТУР.ФОКУС"', email="info@rusprofile.ru")
    assert taken(PdfExtractReader(), company_pdf(one))[1].taken["organisations"] == 1


def test_a_copy_with_the_address_of_a_vendor_on_its_margin_is_refused(in_process: None) -> None:
    sheets = company_sheets(WHOLE)
    sheets[0].text(60, 20, "Ссылка на выписку: https://focus.kontur.ru/entity?query=1187800000001")
    assert refusal(pdf(sheets)) == ("pdf_vendor", {"vendor": "Контур.Фокус"})


def test_an_extract_without_its_last_pages_is_refused_whole(in_process: None) -> None:
    sheets = company_sheets(WHOLE, sheets=9)
    for kept in range(1, len(sheets)):
        assert refusal(pdf(sheets[:kept])) == ("pdf_cut", {})


def test_an_extract_without_a_page_in_the_middle_is_refused_whole(in_process: None) -> None:
    sheets = company_sheets(WHOLE)
    assert refusal(pdf([sheets[0], *sheets[2:]])) == ("pdf_cut", {})


def test_a_file_cut_anywhere_gives_all_or_nothing(in_process: None) -> None:
    data = company_pdf(WHOLE)
    whole = taken(PdfExtractReader(), data)[0]
    for part in range(1, 20):
        cut = data[: len(data) * part // 20]
        try:
            assert taken(PdfExtractReader(), cut)[0] == whole
        except FileRefusedError as error:
            assert error.reject.reason in ("pdf_broken", "pdf_cut", "pdf_scan", "pdf_layout")


def test_several_extracts_in_one_file_are_all_read(in_process: None) -> None:
    other = replace(WHOLE, ogrn="1187800000002", inn=HOLDER)
    both = [*company_sheets(WHOLE), *company_sheets(other, old=True)]
    rows, sink = taken(PdfExtractReader(), pdf(both))
    assert [row["inn"] for row in rows["company"]] == [COMPANY, HOLDER] and not sink.rejects
    rows, sink = taken(PdfExtractReader(), pdf(both[:-1]))
    assert [row["inn"] for row in rows["company"]] == [COMPANY] and [one.reason for one in sink.rejects] == ["pdf_cut"]


def test_an_unknown_part_among_the_owners_takes_no_owner_away_and_adds_none(in_process: None) -> None:
    rows = company_rows(replace(WHOLE, owns=WHOLE.owns[:2], own_share="", registrar=None, merged=(), before=(), after=()), False)
    end = next(place for place, row in enumerate(rows) if row.title.startswith("Сведения о видах"))
    known, unknown = Row(title="Сведения об обременении"), Row(title="Сведения о неведомом")
    person = [Row("Фамилия\nИмя", "ПУСТЕЛЬГА\nИРИНА"), Row("ИНН", PERSON)]
    for title in (known, unknown):
        first = next(place for place, row in enumerate(rows) if row.count == 2 and place > 20)
        for place in (first, end):
            longer = [*rows[:place], title, Row(count=1), *person, Row(count=2), *person, *rows[place:]]
            sheets = extract_pages(longer, heading(WHOLE), "Страница {} из {}")
            found, sink = taken(PdfExtractReader(), pdf(sheets))
            owners = [row for row in found["registry_tie"] if row["kind"] == "owner"]
            assert len(owners) == 2 or (title is unknown and place == first), "an unknown part in the middle is told"
            assert bool(sink.notes) == (title is unknown)


def bomb(objects: list[bytes]) -> bytes:
    return document([b"<< /Type /Catalog /Pages 2 0 R >>", *objects])


def drawing(content: bytes, more: bytes = b"") -> list[bytes]:
    return [
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << " + more + b" >> >>",
        content,
    ]


def form(content: bytes, calls: str = "") -> bytes:
    return stream(content, more=f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {calls} >> >> ")


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj()
    body = b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()
    return f"<< /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


WIDTHS = (
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >>"
    b" /W [0 4000000000 5] >>"
)
WIDE_FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
A_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 5 5] >>"
LETTER = b"BT /F 9 Tf <0001> Tj ET"
CALLS = [form(b"/A Do " * 30, f"/A {number + 1} 0 R") for number in range(5, 15)]
BOMBS = {
    "a stream of 300 MB": lambda: bomb(drawing(zeros(300))),
    "widths of 4,000 million letters": lambda: bomb([*drawing(stream(LETTER), b"/Font << /F 5 0 R >>"), WIDE_FONT, WIDTHS]),
    "forms that draw one another": lambda: bomb([*drawing(stream(b"/A Do"), b"/XObject << /A 5 0 R >>"), *CALLS, form(b"q Q")]),
    "10,000 pages": lambda: bomb([b"<< /Type /Pages /Kids [3 0 R] /Count 10000 >>", A_PAGE]),
    "a hundred thousand strokes": lambda: bomb(drawing(stream(b"0 0 m 9 9 l S " * 100_000))),
    "a password": lambda: document(
        [b"<< /Type /Catalog /Pages 2 0 R >>", *drawing(stream(b"q Q"))],
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<01> <01>]",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_means_harm_is_refused_soon(name: str) -> None:
    begun = time.monotonic()
    reason, _ = refusal(BOMBS[name]())
    assert reason == {"10,000 pages": "pdf_too_many_pages", "a password": "pdf_encrypted"}.get(name, "pdf_unsafe")
    assert time.monotonic() - begun < 30


def test_forms_that_draw_themselves_and_scripts_change_nothing() -> None:
    itself = [*drawing(stream(b"/A Do"), b"/XObject << /A 5 0 R >>"), form(b"/A Do", "/A 5 0 R")]
    assert refusal(bomb(itself))[0] == "pdf_scan"
    data = company_pdf(WHOLE)
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    script = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    assert taken(PdfExtractReader(), data.replace(catalogue, script))[0] == taken(PdfExtractReader(), data)[0]


@pytest.mark.skipif(not (SAMPLES / "egrul_pdf").exists(), reason="real extracts are not part of the repository")
@pytest.mark.parametrize("name", ["nalog_org.pdf", "nalog_pe.pdf"])
def test_rows_of_real_extracts_are_those_pdfplumber_sees(name: str) -> None:
    import pdfplumber

    data = (SAMPLES / "egrul_pdf" / name).read_bytes()
    ours = [[" ".join(cell) for cell in row] for page in pdf_worker.pages(data) for row in page["rows"]]
    with pdfplumber.open(SAMPLES / "egrul_pdf" / name) as real:
        tables = [row for page in real.pages for table in page.extract_tables() if len(table[0]) == 3 for row in table]
    theirs = [[(cell or "").replace("\n", " ") for cell in row if cell is not None] for row in tables]
    assert ours == [row for row in theirs if any(row)]


@pytest.mark.skipif(not (SAMPLES / "egrul_pdf").exists(), reason="real extracts are not part of the repository")
def test_real_extracts_are_read() -> None:
    rows, sink = taken(PdfExtractReader(), (SAMPLES / "egrul_pdf/nalog_org.pdf").read_bytes())
    assert sink.taken == {"organisations": 1, "directors": 1, "owners": 3} and not sink.rejects and not sink.notes
    assert [row.get("share") for row in rows["registry_tie"]] == [None, "51/100", "6/25", "1/4"]
    assert rows["company"][0]["extract_date"] == dt.date(2019, 2, 15) and rows["company"][0]["region"] == "32"
    rows, sink = taken(PdfExtractReader(), (SAMPLES / "egrul_pdf/nalog_pe.pdf").read_bytes())
    assert sink.taken == {"proprietors": 1} and rows["proprietor"][0]["registered_on"] == dt.date(2014, 4, 7)
