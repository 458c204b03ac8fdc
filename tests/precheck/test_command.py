"""`affil precheck` from outside: three ways to ask, exit codes, both sheets, and a store that stays as it was."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from asking import CHAIR, CUSTOMER, KIN, MEMBER, NAMES, NUMBERS, district, workspace
from worlds import kept, table

from affil.rules.cases import number
from affil.store.store import Store
from affil.workspace import Workspace, init_workspace

NOTHING, FAILED, USAGE, TO_DECIDE, UNDETERMINED = 0, 1, 2, 3, 5
_KIN_WORDS = r"тест[ья]|отец|супруг|\bжен[аыеу]?\b|родств|родител|свойств|внук|\bбрат|сестр|степен|директор|\bдол[яи]\b|\bпуть"
_MACHINE_WORDS = r"spouse|parent|sibling|\bchild|\bkin\b|in-law|director|owner|article\d|F-[0-9a-f]{6}"
pytestmark = pytest.mark.usefixtures("small_worlds")
SECRET = re.compile("|".join([*(name for name, _ in KIN.values()), _KIN_WORDS, _MACHINE_WORDS]), re.IGNORECASE)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("precheck") / "Округ", district())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A new procurement: the father-in-law's company and a stranger's; the chairman and a member nobody knows."""
    folder = tmp_path_factory.mktemp("given")
    rows = [
        {"participant": "ООО «Ромашка 20»", "participant_inn": number("org 20")},
        {"participant": "ООО «Ромашка 23»", "participant_inn": number("org 23")},
    ]
    members = [{"member": NAMES[CHAIR], "role": "председатель"}, {"member": "Неведомский Фома Лукич", "role": "член комиссии"}]
    return table(folder / "участники.csv", rows), table(folder / "комиссия.csv", members)


@pytest.mark.parametrize(
    ("name", "code"),
    [("clean", NOTHING), ("father-in-law", TO_DECIDE), ("joint-stock", UNDETERMINED), ("brother runs АО", TO_DECIDE)],
)
def test_the_exit_code_says_what_is_left_to_do(affil: Any, place: Workspace, name: str, code: int) -> None:
    said = affil("precheck", "-w", str(place.root), "--procedure", NUMBERS[name], "--json")
    assert said.code == code == json.loads(said.out)["exit"]
    assert said.err == ""


def test_fail_on_moves_the_threshold(affil: Any, place: Workspace) -> None:
    asked = ("precheck", "-w", str(place.root), "--procedure", NUMBERS["cousin"], "--json")
    assert affil(*asked, "--fail-on", "high").code == NOTHING
    assert affil(*asked, "--fail-on", "normal").code == TO_DECIDE


def test_an_unknown_procurement_says_what_is_loaded_and_how_else_to_ask(affil: Any, place: Workspace) -> None:
    said = affil("precheck", "-w", str(place.root), "--procedure", "7")
    assert (said.code, said.out) == (USAGE, "")
    assert f"загружено: {len(NUMBERS)}" in said.err
    assert "--participants" in said.err and "--request" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--commission", "x.csv"), ("--customer", "4200000012"), ("--procedure", "1", "--customer", "4200000012"),
        ("--request", "x.xlsx", "--procedure", "1"), ("--participants", "x.csv", "--customer", "4200000013"),
        ("--procedure", "1", "--sheet", "all"),
        ("--procedure", "1", "--stage", "later"), ("--procedure", "1", "--fail-on", "urgent"),
    ],
)  # fmt: skip
def test_wrong_usage_is_2_and_one_line(affil: Any, place: Workspace, arguments: tuple[str, ...]) -> None:
    said = affil("precheck", "-w", str(place.root), *arguments)
    assert (said.code, said.out, len(said.err.splitlines())) == (USAGE, "", 1)


def test_two_files_are_compared_with_the_store_and_leave_it_as_it_was(
    affil: Any, place: Workspace, files: tuple[Path, Path]
) -> None:
    before = kept(place.store)
    asked = ("--participants", str(files[0]), "--commission", str(files[1]), "--customer", number(CUSTOMER), "--json")
    said = affil("precheck", "-w", str(place.root), *asked)
    assert kept(place.store) == before
    told = json.loads(said.out)
    answers = {(one["official"][-3:], one["participant"]): one["answer"] for one in told["pairs"]}
    assert said.code == TO_DECIDE
    assert answers[CHAIR, number("org 20")] == "to_decide"
    assert answers[CHAIR, number("org 23")] == "none_in_data"
    stranger = next(one for one in told["officials"] if one["name"].startswith("Неведомский"))
    assert not stranger["known"]
    of_stranger = [one for one in told["pairs"] if one["official"] == stranger["id"]]
    assert {(one["answer"], one["reasons"][0]["reason"]) for one in of_stranger} == {("undetermined", "not_in_list")}
    assert told["commission_by"] == "procedure"
    assert not [one for one in told["officials"] if one["name"] == NAMES[MEMBER]], "the file names the commission"
    assert next(iter(place.root.glob("prechecks/*")), None) is None, "JSON writes no document"


def test_two_files_without_a_workspace_cannot_say_and_leave_nothing(
    affil: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[Path, Path]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = affil("precheck", "--participants", str(files[0]), "--commission", str(files[1]), "--customer", number(CUSTOMER))
    assert said.code == UNDETERMINED
    assert "ОПРЕДЕЛИТЬ НЕЛЬЗЯ — 4" in said.out and "Документ не записан" in said.err
    assert not list(tmp_path.iterdir())


def test_a_file_of_several_procurements_asks_which(affil: Any, place: Workspace, tmp_path: Path) -> None:
    several = table(tmp_path / "p.csv", [{"procedure_number": n, "participant_inn": number("org 23")} for n in ("901", "902")])
    asked = ("precheck", "-w", str(place.root), "--participants", str(several), "--customer", number(CUSTOMER), "--json")
    assert (affil(*asked).code, "901, 902" in affil(*asked).err) == (USAGE, True)
    assert json.loads(affil(*asked, "--procedure", "902").out)["procedure"] == "902"


def test_a_file_stands_for_all_participants_of_a_procurement_that_is_loaded(affil: Any, place: Workspace, tmp_path: Path) -> None:
    given = table(tmp_path / "p.csv", [{"procedure_number": NUMBERS["several"], "participant_inn": number("org 21")}])
    said = affil("precheck", "-w", str(place.root), "--participants", str(given), "--customer", number(CUSTOMER), "--json")
    assert [one["inn"] for one in json.loads(said.out)["participants"]] == [number("org 21")]
    again = affil("precheck", "-w", str(place.root), "--procedure", NUMBERS["several"], "--json")
    assert len(json.loads(again.out)["participants"]) == 4


def _request(folder: Path, form: Path) -> Path:
    """The form as a secretary fills it in."""
    book = openpyxl.load_workbook(form)
    told = {
        "Номер закупки": "0142300000126000999", "Предмет закупки": "Ремонт кровли", "НМЦК, руб.": "1 234 567,80",
        "Способ закупки": "Электронный аукцион",
        "ИНН заказчика": number(CUSTOMER), "Этап": "после поступления заявок", "Дата извещения": "20.02.2026",
    }  # fmt: skip
    for row in book["Закупка"].iter_rows(max_col=2):
        if row[0].value in told:
            row[1].value = told[row[0].value]
    for sheet, values in (
        ("Участники", {"Участник": "ООО «Ромашка 21»", "ИНН участника": number("org 21"), "Дата подачи заявки": "02.03.2026"}),
        ("Комиссия", {"ФИО члена комиссии": NAMES[CHAIR], "Роль в комиссии": "председатель"}),
    ):
        headings = {cell.value: cell.column for cell in book[sheet][1]}
        for heading, value in {"№ п/п": "1", **values}.items():
            book[sheet].cell(row=3, column=headings[heading], value=value)
    book.save(folder / "запрос.xlsx")
    return folder / "запрос.xlsx"


@pytest.fixture(scope="module")
def request_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("request")
    forms = init_workspace(folder / "new", "ru").templates
    return _request(folder, forms / "Запрос на предварительную проверку.xlsx")


def test_a_filled_form_is_answered_and_kept_nowhere(affil: Any, place: Workspace, request_file: Path) -> None:
    before = kept(place.store)
    said = affil("precheck", "-w", str(place.root), "--request", str(request_file), "--json")
    assert kept(place.store) == before
    told = json.loads(said.out)
    assert (said.code, told["procedure"], told["stage"]) == (TO_DECIDE, "0142300000126000999", "applications")
    assert told["purchase"] == {
        "subject": "Ремонт кровли",
        "price": "1234567.80",
        "method": "Электронный аукцион",
        "ground": None,
        "notice_on": "2026-02-20",
    }
    assert told["customer"] == {"inn": number(CUSTOMER), "name": "МБОУ «Школа»"}
    decided = [one for one in told["pairs"] if one["answer"] == "to_decide"]
    assert [one["about"] for one in decided] == [["participant"]], "a grandson: about the participant"


def test_a_form_in_the_inbox_is_told_and_not_loaded(affil: Any, tmp_path: Path, request_file: Path) -> None:
    new = init_workspace(tmp_path / "w", "ru")
    (new.inbox / "запрос.xlsx").write_bytes(request_file.read_bytes())
    said = affil("load", "-w", str(new.root), "--json")
    (one,) = json.loads(said.out)["files"]
    assert (said.code, one["kind"], one["taken"], one["rejected"]) == (0, "request", {}, 0)
    with Store.open(new.store) as store:
        assert store.sql("SELECT (SELECT count(*) FROM participant), (SELECT count(*) FROM commission_seat)").fetchone() == (0, 0)


def test_what_is_no_form_is_said_in_words(affil: Any, place: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "x.xlsx")
    said = affil("precheck", "-w", str(place.root), "--request", str(tmp_path / "x.xlsx"))
    assert (said.code, "templates" in said.err, len(said.err.splitlines())) == (FAILED, True, 1)


def _document_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return " ".join(
            re.sub(r"<[^>]+>", " ", archive.read(name).decode()) for name in archive.namelist() if name.endswith(".xml")
        )


def test_the_secretary_learns_of_no_relative_degree_or_path(affil: Any, place: Workspace, tmp_path: Path) -> None:
    asked = ("precheck", "-w", str(place.root), "--procedure", NUMBERS["several"])
    full = affil(*asked, "--out", str(tmp_path / "full.docx"))
    document = _document_text(tmp_path / "full.docx")
    assert all({"Рябов Остап Маркович", "тесть"} <= set(SECRET.findall(text)) for text in (full.out, document)), (
        "it would find them"
    )
    short = affil(*asked, "--sheet", "secretary", "--out", str(tmp_path / "short.docx"))
    as_json = affil(*asked, "--sheet", "secretary", "--json")
    for text in (short.out, as_json.out, _document_text(tmp_path / "short.docx")):
        assert not SECRET.findall(text)
        assert "№ 1" in text or '"number": 1' in text
    assert "обратитесь в отдел" in short.out
    assert full.code == short.code == as_json.code == TO_DECIDE


def test_a_document_is_written_beside_the_others_for_its_owner_only_and_never_over_one(
    affil: Any, place: Workspace, tmp_path: Path
) -> None:
    asked = ("precheck", "-w", str(place.root), "--procedure", NUMBERS["clean"])
    said = affil(*asked)
    (written,) = sorted((place.root / "prechecks").iterdir())
    assert str(written) in said.err and written.name.startswith(NUMBERS["clean"])
    assert written.stat().st_mode & 0o777 == 0o600
    there = tmp_path / "there.docx"
    there.write_bytes(b"x")
    assert affil(*asked, "--out", str(there)).code == USAGE
    assert there.read_bytes() == b"x"


def test_it_answers_in_english(affil: Any, place: Workspace) -> None:
    said = affil("precheck", "-w", str(place.root), "--procedure", NUMBERS["several"], "--lang", "en", "--json")
    assert "joint-stock company" in said.out
    text = affil("precheck", "-w", str(place.root), "--procedure", NUMBERS["several"], "--lang", "en").out
    assert "A decision is needed before bids are considered" in text


def test_a_folder_in_place_of_a_file_is_no_defect_of_the_program(affil: Any, place: Workspace, tmp_path: Path) -> None:
    for option in ("--request", "--participants"):
        said = affil("precheck", "-w", str(place.root), option, str(tmp_path))
        assert (said.code, said.out, len(said.err.splitlines())) == (1, "", 1)
        assert str(tmp_path) in said.err and "IsADirectoryError" not in said.err
