"""`affil person` as an officer meets it: exit codes, the two ways to the cases, the document, a candidate who leaves no trace."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from in_process import Said
from lxml import etree
from worlds import kept, table

from affil.demo import make_demo
from affil.errors import AffilError
from affil.person.candidate import take_candidate
from affil.pipeline import Scope, load, rules_of, screen, write
from affil.rules.cases import number
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("small_worlds")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DONE, USAGE, TO_DECIDE, UNDETERMINED = 0, 2, 3, 5
ADMINISTRATION = "4299618729"
BROTHER, BROTHER_BORN = (
    "Чернов Марат Ильдарович",
    "1985-10-09",
)  # director of a supplier of the district, kin of an official there
CANDIDATE = "Елисеев Платон Гордеевич"

Affil = Callable[..., Said]


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped district, loaded and screened."""
    place = make_demo(tmp_path_factory.mktemp("person") / "Округ", "ru")
    with Store.open(place.store) as store:
        load(store, place, [place.inbox], place.settings())
        write(screen(store, rules_of(place), place.settings(), Scope()), place, "ru")
    return place.root


def asked(affil: Affil, place: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    said = affil("person", "-w", str(place), *arguments, "--json")
    return said.code, json.loads(said.out) if said.out else {"said": said.err}


def paragraphs(document: Path) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in root.iter(f"{W}p")]


def candidate(folder: Path, **changed: object) -> Path:
    """A workbook of two sheets, as an officer would make it of the forms."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Должностные лица"
    sheet.append(
        ["Фамилия, имя, отчество", "Дата рождения", "Категория лица", "Должность", "ИНН организации", "Дата заполнения анкеты"]
    )
    row = {
        "name": CANDIDATE,
        "born": "12.03.1990",
        "status": "кандидат",
        "post": "Специалист",
        "employer": ADMINISTRATION,
        **changed,
    }
    sheet.append([*(row[key] for key in ("name", "born", "status", "post", "employer")), "10.11.2026"])
    kin = book.create_sheet("Родственники")
    kin.append(["ФИО служащего", "Степень родства", "ФИО родственника", "Дата рождения"])
    kin.append([row["name"], "брат", BROTHER, "09.10.1985"])
    file = folder / "Кандидат.xlsx"
    book.save(file)
    return file


def test_exit_codes_say_which_of_the_results(affil: Affil, district: Path) -> None:
    of = ("--employer", ADMINISTRATION)
    code, found = asked(affil, district, "00012", *of)
    assert (code, found["result"]) == (TO_DECIDE, "clarify")
    assert asked(affil, district, "12", *of, "--fail-on", "first")[0] == DONE  # of priority normal
    code, calm = asked(affil, district, "00022", *of)
    assert (code, calm["result"]) == (DONE, "none_found")
    code, silent = asked(affil, district, "00028", *of)
    assert (code, silent["result"], silent["undetermined"]) == (UNDETERMINED, "undetermined", ["no_questionnaire"])


def test_the_cases_of_the_newest_run_are_those_of_a_run_made_now(
    affil: Affil, district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "Округ"
    shutil.copytree(district, other)
    (run,) = [one for one in (other / "reports").iterdir() if one.is_dir()]
    findings = run / "findings.json"
    findings.write_bytes(findings.read_bytes().replace(b'"normal"', b'"first"', 1))  # no longer what was written: not believed
    slow = asked(affil, other, "00018", "--employer", ADMINISTRATION)
    monkeypatch.setattr("affil.pipeline.screen", None)  # the newest run is good: none is made
    fast = asked(affil, district, "00018", "--employer", ADMINISTRATION)
    assert slow == fast and fast[0] == TO_DECIDE
    assert [one["kind"] for one in fast[1]["questions"]][:2] == ["case", "case"]
    told = (district / "reports" / run.name / "findings.csv").read_text("utf-8-sig").splitlines()
    for question in fast[1]["questions"]:
        if question["case"]:
            assert any(line.startswith(f"{question['case']};") and "'00018;" in line for line in told)


def test_a_supposition_is_as_probable_as_in_the_findings(affil: Affil, district: Path) -> None:
    (run,) = [one for one in (district / "reports").iterdir() if one.is_dir()]
    findings = json.loads((run / "findings.json").read_bytes())["findings"]
    for official in ("00020",):
        of = [
            one
            for one in findings
            if one["employee"] and one["employee"]["employee_id"] == official and one["identity_grade"] == "D"
        ]
        told = asked(affil, district, official, "--employer", ADMINISTRATION)[1]["participations"]
        assert of
        for one in of:
            found = {(part["identity_grade"], part["confidence"]) for part in told if part["inn"] == one["supplier"]["inn"]}
            assert found == {("D", one["confidence"])}


def test_a_number_of_two_is_wrong_usage_and_lists_both(affil: Affil, district: Path) -> None:
    said = affil("person", "-w", str(district), "00012")
    assert said.code == USAGE and not said.out
    assert all(
        text in said.err for text in ("Лагутин Степан Артурович", "Отдел благоустройства", "Наумова Зоя Денисовна", "4299018591")
    )


@pytest.mark.parametrize(
    "arguments",
    [(), ("00012", "--candidate", "x.xlsx"), ("00012", "--employer", "123"), ("00012", "--fail-on", "urgent")],
)
def test_wrong_usage_is_told_in_a_line(affil: Affil, district: Path, arguments: tuple[str, ...]) -> None:
    said = affil("person", "-w", str(district), *arguments)
    assert said.code == USAGE and said.err.startswith("Не выполнено: ") and not said.out


def test_the_document_is_private_never_overwritten_and_named_without_a_name(affil: Affil, district: Path, tmp_path: Path) -> None:
    for _ in range(2):
        said = affil("person", "-w", str(district), "00012", "--employer", ADMINISTRATION, "--out", str(tmp_path / "out"))
        assert said.code == TO_DECIDE and "Лагутин" in said.out
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 2 and all(file.name.startswith("00012_20") and file.suffix == ".docx" for file in files)
    if os.name == "posix":
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    told = paragraphs(files[0])
    assert "ОТЧЕТ О ПРОВЕРКЕ ФИЗИЧЕСКОГО ЛИЦА № ____" in told
    assert [text.split(". ")[0] for text in told if text[:2].rstrip(".").isdigit() and ". " in text[:4]] == [
        str(n) for n in range(1, 11)
    ]
    assert sum(text.startswith("Документ подготовлен по результатам") for text in told) == 1
    assert "Требуется уточнение: №№ 1." in told


def test_a_candidate_is_compared_and_leaves_no_trace(affil: Affil, district: Path, tmp_path: Path) -> None:
    file, store = candidate(tmp_path), district / "affil.duckdb"
    before = kept(store)
    said = affil("person", "-w", str(district), "--candidate", str(file), "--out", str(tmp_path))
    assert said.code == TO_DECIDE
    for name in (CANDIDATE, CANDIDATE.upper(), CANDIDATE.split()[0]):
        assert name.encode() not in store.read_bytes()
    assert kept(store) == before
    assert [path.name for path in district.glob("affil.duckdb*")] == ["affil.duckdb"]
    (document,) = tmp_path.glob("candidate_*.docx")
    told = paragraphs(document)
    assert any("31-М/25" in text for text in told)
    assert "Отчёт не является основанием отказа в приёме. Хранить 30 дней после решения, затем уничтожить." in told
    assert "Хранить 30 дней" in said.out


def test_a_candidate_of_another_customer_is_compared_with_its_purchases(affil: Affil, district: Path, tmp_path: Path) -> None:
    file = candidate(tmp_path, employer=None)
    code, told = asked(affil, district, "--candidate", str(file), "--employer", number("org 77"))
    assert (code, told["result"], told["undetermined"]) == (UNDETERMINED, "undetermined", ["no_purchases"])
    assert told["participations"][0]["who"] == BROTHER  # told, and of no purchase there
    assert told["run"] is None


def test_kin_in_the_service_a_candidate_enters_are_a_question(affil: Affil, district: Path, tmp_path: Path) -> None:
    file = tmp_path / "candidate.csv"
    row = {"official_name": CANDIDATE, "relationship": "сестра", "name": "Лагутин Степан Артурович", "birth_date": "05.10.1981"}
    table(file, [{**row, "relationship": "брат"}])
    code, told = asked(affil, district, "--candidate", str(file), "--employer", ADMINISTRATION)
    assert code == TO_DECIDE
    assert [(one["name"], one["identity_grade"]) for one in told["colleagues"]] == [("Лагутин Степан Артурович", "B")]
    assert [(one["kind"], one["who"]) for one in told["questions"]] == [("colleague", "Лагутин Степан Артурович")]


def test_a_candidate_can_be_compared_where_nothing_is_loaded(affil: Affil, tmp_path: Path) -> None:
    root = tmp_path / "Новый"
    affil("init", str(root))
    code, told = asked(affil, root, "--candidate", str(candidate(tmp_path)))
    assert (code, told["undetermined"]) == (UNDETERMINED, ["no_organisations", "no_purchases"])
    assert [one["name"] for one in told["relatives"]] == [BROTHER]


def test_a_candidate_file_that_does_not_do_is_told_what_is_wrong(tmp_path: Path) -> None:
    def told(file: Path, employer: str | None = None) -> str:
        with Store.open(None) as store, pytest.raises(AffilError) as error, store.undone():
            take_candidate(store, file, employer, None, Words("ru"))
        return f"{type(error.value).__name__}: {error.value}"

    assert told(candidate(tmp_path, employer=None)).startswith("UsageError: Кандидат.xlsx: не указано, к кому поступает кандидат")
    assert ADMINISTRATION in told(candidate(tmp_path), number("org 77"))
    two = [{"name": CANDIDATE, "status": "кандидат", "employer_inn": ADMINISTRATION, "position": "а"}]
    table(tmp_path / "two.csv", [*two, {**two[0], "name": "Щукина Ия Ким"}])
    assert "Щукина Ия Ким" in told(tmp_path / "two.csv")
    (tmp_path / "text.txt").write_text("привет", encoding="utf-8")
    assert told(tmp_path / "text.txt").startswith("InputError: ")
    assert told(tmp_path / "none.xlsx").startswith("InputError: ")
    table(
        tmp_path / "bought.csv",
        [{"supplier_inn": ADMINISTRATION, "signed_on": "2025-01-01", "contract_number": "1", "price": "1"}],
    )
    assert "кандидат не найден" in told(tmp_path / "bought.csv")


def test_a_row_of_somebody_else_in_a_candidates_file_is_not_his(tmp_path: Path) -> None:
    kin = {"official_name": CANDIDATE, "relationship": "брат", "name": BROTHER, "birth_date": "09.10.1985"}
    sheets = {
        "officials": [{"name": CANDIDATE, "status": "кандидат", "employer_inn": ADMINISTRATION}],
        "relatives": [kin, {**kin, "official_name": "Щукина Ия Ким", "name": "Щукин Ким Ли"}],
    }
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.append(list(rows[0]))
        for row in rows:
            page.append(list(row.values()))
    book.save(tmp_path / "candidate.xlsx")
    with Store.open(None) as store:
        with store.undone():
            taken = take_candidate(store, tmp_path / "candidate.xlsx", None, None, Words("ru"))
            assert store.sql("SELECT name, official_key FROM relative").fetchall() == [(BROTHER, taken.key)]
        assert store.sql("SELECT count(*) FROM relative").fetchall() == [(0,)]
    assert [one.value for one in taken.rejects] == ["Щукина Ия Ким"]


def test_what_was_not_taken_of_a_candidates_file_is_told_with_its_values(affil: Affil, district: Path, tmp_path: Path) -> None:
    row = {"name": "Иванов Пётр Ильич", "employer_inn": ADMINISTRATION, "inn": "111"}
    file = table(tmp_path / "candidate.csv", [row])
    said = affil("person", "-w", str(district), "--candidate", str(file), "--json")
    assert "111" in said.err and "3" in said.err.partition("111: ")[2] and "{" not in said.err
