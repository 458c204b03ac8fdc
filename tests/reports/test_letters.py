"""Who gets which letter, counted by hand; and that a letter to an official names nobody whom he did not name himself."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from avoided import avoided_words
from fake_run import finding, hostile_run, official, run
from letter_text import body, everything
from letter_world import AS_OF, ELM, OFFICE, SCHOOL, world
from worlds import loaded, screened, table

from affil.answers.completeness import Lists
from affil.answers.correspondence import Bought, Facts, Unidentified, facts_of, own_statements
from affil.model.finding import Source
from affil.model.run import Customer, Run, Undetermined
from affil.pipeline import Scope
from affil.reports.letters.all_letters import letter_files, letters_of
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("small_worlds")

SAMPLE = Path(__file__).parents[2] / "sample_data" / "district"
RU = Words("ru")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Facts]:
    return world(tmp_path_factory.mktemp("letters"))


@pytest.fixture(scope="module")
def texts(made: tuple[Run, Facts]) -> dict[str, str]:
    files = letter_files(made[0], letters_of(*made, RU), RU)
    return {name: body(content) for name, content in files.items() if name.endswith(".docx")}


def test_each_letter_goes_to_whom_it_concerns_and_no_file_is_named_after_a_person(texts: dict[str, str]) -> None:
    """By hand: three departments owe papers; one office without a list; officials 1, 2, 3 have a case; Вяз lacks an extract;
    at the school official 7 and the brother of official 2 have no identity."""
    assert list(texts) == [
        f"A-001-{SCHOOL}.docx", f"A-002-{SCHOOL}.docx", f"A-003-{OFFICE}.docx", f"B-001-{OFFICE}.docx",
        "V-001-3.docx", "V-002-1.docx", "V-003-2.docx", "G-001.docx", f"G-002-{SCHOOL}.docx",
    ]  # fmt: skip


def test_letter_a_says_who_since_when_and_which_groups_and_leaves_out_who_owes_nothing_or_has_left(texts: dict[str, str]) -> None:
    buying = texts[f"A-002-{SCHOOL}.docx"]
    assert "Руководителю структурного подразделения: Отдел закупок" in buying
    assert (
        "Громов Пётр Ильич\n1\nначальник отдела\n01.02.2024\nанкета старше 12 мес.: обновить; не заполнены группы: дети; родители"
        in buying
    )
    assert "прошу до 20.04.2026" in buying and "указать «нет»" in buying and "в закрытом виде; копий не оставлять" in buying
    others = texts[f"A-001-{SCHOOL}.docx"]
    assert "Новый Лев Львович\n7\n\n\nанкеты нет" in others and "Берёзкин Яков Юрьевич" in others
    assert not [name for name in ("Полный", "Ушедший") if any(name in text for text in texts.values())]


def test_letter_a_prints_the_legal_basis_and_a_blank_where_there_is_none(texts: dict[str, str]) -> None:
    basis = [line for line in texts[f"A-002-{SCHOOL}.docx"].splitlines() if line.startswith("— ")]
    assert basis == [
        "— муниципальный служащий: о самом лице — 152-ФЗ ст. 6 ч. 1 п. 2; 25-ФЗ ст. 15.2, 29; о родственниках и свойственниках — "
        "152-ФЗ ст. 6 ч. 1 п. 2, ст. 18 ч. 3–4; 25-ФЗ ст. 15.2",
        "— работник учреждения: о самом лице — ______________ (заполняет юрист); о родственниках и свойственниках — "
        "______________ (заполняет юрист)",
    ]  # fmt: skip


def test_letter_b_asks_for_the_quarter_with_the_columns(texts: dict[str, str]) -> None:
    text = texts[f"B-001-{OFFICE}.docx"]
    assert "заказчика: Управление" in text and "за I квартал 2026 года" in text and "«нулевой» перечень" in text
    assert "Контрагент\nИНН\n№ и дата\nПредмет\nСумма, руб.\nОснование\nНацпроект\nИзвещение\nИсполнение по" in text


def test_letter_v_names_what_the_register_and_his_own_questionnaire_show(texts: dict[str, str]) -> None:
    text = texts["V-002-1.docx"]
    assert "(жена — Громова Анна Юрьевна), — руководитель, с 06.05.2019\n№ К-1 от 05.01.2026" in text
    assert "ст. 11 Федерального закона от 25.12.2008 № 273-ФЗ. Письмо не является сообщением о нарушении." in text
    assert "Прошу до 20.04.2026 сообщить" in text


def test_a_name_only_and_a_tie_from_anothers_questionnaire_are_asked_about_without_naming_anybody(
    made: tuple[Run, Facts],
) -> None:
    """2: brother without any identity. 3: his wife's brother is known from the brother's questionnaire only."""
    run_, facts = made
    files = letter_files(run_, letters_of(run_, facts, RU), RU)
    for name, hidden in (
        ("V-003-2.docx", ("ясень", "звездоч", "к-2")),
        ("V-001-3.docx", ("дуб", "ракитин", "глеб", "к-3", "ольга")),
    ):
        seen = everything(files[name])
        assert "связаны ли вы или ваши родственники" in seen
        assert not [word for word in hidden if word in seen], name
    assert "клён" in everything(files["V-002-1.docx"]), "the search finds a firm where one is named"


def test_letters_g_ask_for_extracts_and_for_persons_of_those_in_office(texts: dict[str, str]) -> None:
    assert (
        f"1\n{ELM}\nООО «Вяз»\nвыписки нет: не видно, кто руководит и владеет\nна день получения; закупка 05.04.2026"
        in texts["G-001.docx"]
    )
    persons = texts[f"G-002-{SCHOOL}.docx"]
    assert "Звездочётов Аполлинарий Евграфович\nбрат, по анкете должностного лица: Лаптев Олег Ильич" in persons
    assert "Новый Лев Львович\nдолжностное лицо" in persons and "Ушедшая" not in persons


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_have_the_same_bytes_twice_no_avoided_word_and_the_disclaimer_once(made: tuple[Run, Facts], lang: str) -> None:
    words = Words(lang)
    once, twice = (letter_files(made[0], letters_of(*made, words), words) for _ in range(2))
    assert once == twice and len(once) == 10
    for name, content in once.items():
        if name.endswith(".docx"):
            text = body(content)
            assert avoided_words(text) == [], name
            assert text.count(words("reports.disclaimer")) == 1, name


def test_the_list_of_letters_says_which_file_is_whose(made: tuple[Run, Facts]) -> None:
    files = letter_files(made[0], letters_of(*made, RU), RU)
    rows = list(csv.DictReader(io.StringIO(files["letters.csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row["Файл"] for row in rows} == set(files) - {"letters.csv"}
    (mine,) = [row for row in rows if row["Файл"] == "V-002-1.docx"]
    assert mine["Кому"].startswith("Должностное лицо: Громов Пётр Ильич") and mine["Ответ до"] == "20.04.2026"
    assert mine["Коды связей"] == next(one.tie for one in made[0].findings if one.employee and one.employee.employee_id == "1")


def test_in_the_sample_district_no_letter_names_a_person_of_anothers_questionnaire() -> None:
    """By another reader: of all people in the lists only the addressee and those of his own rows may stand in his letter."""
    with Store.open(None) as store:
        loaded(store, SAMPLE)
        run_ = screened(store, Scope(as_of=dt.date(2026, 3, 15)))
        letters = letters_of(run_, facts_of(store, run_), RU)
    staff, kin = (_rows(SAMPLE / "inbox" / path) for path in ("Кадры/Должностные лица.xlsx", "Анкеты/Родственники.xlsx"))
    letters = [(name, letter) for name, letter in letters if letter.kind == "V"]
    files = letter_files(run_, letters, RU)
    people = {row["Фамилия, имя, отчество"] for row in staff} | {row["ФИО родственника"] for row in kin}
    people = {name for name in people if name.count(" ") == 2}
    assert len(people) > 200
    named = 0
    for name, letter in letters:
        addressee = letter.to.split("\n")[0].partition(": ")[2]
        own = {row["ФИО родственника"] for row in kin if row["ФИО служащего"] == addressee} | {addressee}
        text = everything(files[name])
        named += any(one.casefold() in text for one in own - {addressee})
        assert not [one for one in people - own if one and one.casefold() in text], name
    assert named > 10, "letters do name the relatives whom the addressee named himself"


def _rows(path: Path) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[str(value or "").strip() for value in row] for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if any("ФИО" in cell or "Фамилия" in cell for cell in row))
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :]]


def facts(**more: object) -> Facts:
    return replace(Facts(), **more)  # type: ignore[arg-type]


def plain(**more: object) -> Run:
    return run(**{"settings": default_settings().as_values(), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "dismissed", "said"),
    [
        ("municipal servant", None, "ст. 11 Федерального закона от 25.12.2008 № 273-ФЗ. Письмо"),
        ("worker", None, "в той мере, в какой она распространяется"),
        (None, None, "в той мере, в какой она распространяется"),
        ("former servant", None, "даётся по его желанию"),
        ("municipal servant", dt.date(2026, 1, 1), "даются по его желанию"),
    ],
)
def test_article_11_is_named_as_it_binds_the_addressee(status: str | None, dismissed: dt.date | None, said: str) -> None:
    who = official(1, status=status)
    covered = [replace(row, employee=who, dismissed=dismissed) for row in plain().coverage[:1]]
    run_ = plain(found=(finding(1, who),), coverage=tuple(covered))
    (text,) = [
        body(content) for name, content in letter_files(run_, letters_of(run_, facts(), RU), RU).items() if name.startswith("V")
    ]
    assert said.replace("даётся", "даются") in text


def test_cases_of_names_only_and_reviewed_ones_are_no_reason_to_write() -> None:
    names, done = replace(finding(1), name_only=True), replace(finding(2), status="reviewed")
    for found in ((names,), (done,), ()):
        run_ = plain(found=found, coverage=(), undetermined=())
        assert letters_of(run_, facts(), RU) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_names_are_text_and_file_names_stay_plain(lang: str) -> None:
    text = "../<w:t>&\x00\u202e=1+1 " + "Ы" * 10_000
    hostile = hostile_run(text)
    who = replace(hostile.findings[0].employee, employee_id=text, employer_inn=None, status=text)  # type: ignore[type-var]
    found = tuple(replace(one, employee=who, name_only=False) for one in hostile.findings)
    covered = tuple(replace(row, employee=who, reasons=("no_identity", "no_questionnaire")) for row in hostile.coverage[:1])
    missing = Undetermined("supplier", text, None, "no_inn_supplier")
    run_ = replace(
        plain(), findings=found, coverage=covered, undetermined=(missing,),
        settings={**default_settings().as_values(), "organisation": {"name": text}},
    )  # fmt: skip
    told = facts(
        unidentified=(Unidentified(who.key, text, text),), bought={text: Bought(None, None, (text,))},
        lists=Lists(AS_OF, AS_OF, (Customer(text, text, 0),)),
    )  # fmt: skip
    words = Words(lang)
    files = letter_files(run_, letters_of(run_, told, words), words)
    assert sorted(files) == ["A-001.docx", "B-001.docx", "G-001.docx", "G-002.docx", "V-001.docx", "letters.csv"]
    for name, content in files.items():
        if name.endswith(".docx"):
            assert "../<w:t>&=1+1" in body(content), name
            assert "\u202e" not in body(content)


def test_a_row_that_was_anothers_in_an_earlier_file_is_nobodys_own_statement(tmp_path: Path) -> None:
    """The same file name, the same row: first a relative of official 1, then of official 2."""
    people = [
        {"employee_id": n, "name": name, "employer_inn": SCHOOL}
        for n, name in (("1", "Громов Пётр Ильич"), ("2", "Лаптев Олег Ильич"))
    ]
    table(tmp_path / "inbox" / "officials.csv", people)
    for number, day in (("1", "01.02.2025"), ("2", "01.02.2026")):
        row = {"employee_id": number, "relationship": "брат", "name": f"Звёздов Ян Лукич{number}", "questionnaire_date": day}
        table(tmp_path / "inbox" / "kin.csv", [{**row, "employer_inn": SCHOOL}])
        with Store.open(tmp_path / "store.duckdb") as store:
            loaded(store, tmp_path)
            own = own_statements(store)
        assert (Source("inbox/kin.csv", "R2") in own.get(f"{SCHOOL}|{number}", ())) is (number == "1")
