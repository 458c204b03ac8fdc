"""findings.csv and findings.xlsx opened by LibreOffice without a screen: what it shows is what findings.json says."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_run
import pytest
from python_calamine import CalamineWorkbook

from affil.model.run import Run
from affil.reports.findings_csv import findings_csv
from affil.reports.findings_json import findings_json
from affil.reports.workbook.book import findings_xlsx
from affil.words import Words

OFFICE = shutil.which("soffice")
RU = Words("ru")
AS_CSV = (
    "CSV:59,34,76,1,,1049,false,false"  # `;`, quotes, UTF-8, from line 1, Russian, nothing guessed: as in the import dialogue
)
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1049,false,false,true,false,false,-1"  # cells as they are shown

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not there")


def converted(folder: Path, file: Path, to: str, *more: str) -> None:
    """Have LibreOffice write `file` in another format into `folder`, with a profile of its own: others may be at work."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", *more, "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def run() -> Run:
    """The invented run with a name that begins like a formula and a long leading-zero number."""
    run = fake_run.run()
    first = run.findings[0]
    assert first.employee
    odd = replace(first.employee, name='=HYPERLINK("http://x.example";"a")', key="odd", position="+7 (000)", department="@A1")
    contract = fake_run.contract(999, ground="-1+2")
    return replace(run, findings=(*run.findings, fake_run.finding(99, odd, bought=contract, id="F-odd", tie="T-odd")))


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both tables as LibreOffice writes them again."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "table.csv").write_bytes(findings_csv(run, RU))
    (folder / "book.xlsx").write_bytes(findings_xlsx(run, RU))
    converted(folder, folder / "table.csv", "xlsx", f"--infilter={AS_CSV}")
    converted(folder, folder / "book.xlsx", ALL_SHEETS)
    yield folder


def from_csv(folder: Path) -> list[dict[str, Any]]:
    first, *others = CalamineWorkbook.from_path(folder / "table.xlsx").get_sheet_by_index(0).to_python()
    return [dict(zip(first, map(as_text, row), strict=True)) for row in others]


def as_text(value: object) -> str:
    """A cell's text; ten digits that became a number lost nothing."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).removeprefix("'")


def from_book(folder: Path, sheet: str) -> list[dict[str, Any]]:
    with (folder / f"book-{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def shown(found: dict[str, Any]) -> dict[str, str]:
    """What a row must show of a finding of the machine copy."""
    contract, bid = found["contract"], found["procedure"]
    told = {
        "Табельный №": found["employee"]["employee_id"],
        "Должностное лицо": found["employee"]["name"],
        "Контрагент (участник закупки)": found["supplier"]["name"],
        "ИНН контрагента": found["supplier"]["inn"],
        "Код связи": found["tie"],
    }
    if contract is None:
        return {**told, "№ закупки": bid["number"]}
    day = dt.date.fromisoformat(contract["signed_on"])
    return {
        **told,
        "№ контракта": contract["number"],
        "Дата контракта": f"{day:%d.%m.%Y}",
        "ИНН заказчика": contract["customer_inn"],
    }


def of(rows: list[dict[str, Any]], expected: dict[str, str]) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in expected.items())]


def test_the_csv_opened_by_an_office_program_shows_the_findings(folder: Path, run: Run) -> None:
    rows = from_csv(folder)
    findings = json.loads(findings_json(run))["findings"]
    assert len(rows) == len(findings) == 13
    for found in findings:
        (row,) = of(rows, shown(found))
        if found["contract"]:
            assert float(row["Цена контракта, руб."]) == found["contract"]["price"]
    (odd,) = [row for row in rows if row["Код связи"] == "T-odd"]
    assert (odd["Должность"], odd["Подразделение"]) == ("+7 (000)", "@A1")


def test_the_workbook_opened_by_an_office_program_shows_the_findings(folder: Path, run: Run) -> None:
    cases, namesakes = from_book(folder, "Возможные связи"), from_book(folder, "Совпадения только ФИО")
    findings = json.loads(findings_json(run))["findings"]
    assert len(cases) + len(namesakes) == len(findings)
    for found in findings:
        (row,) = of(cases + namesakes, shown(found))
        if found["contract"]:
            assert re.sub(r"\D", "", row["Цена контракта, руб."]) == f"{found['contract']['price']:.2f}".replace(".", "")
    (odd,) = [row for row in cases if row["Код связи"] == "T-odd"]
    assert (odd["Должность"], odd["Подразделение"]) == ("+7 (000)", "@A1")
    assert odd["Основание (способ) закупки"].startswith("-1+2")


def test_every_sheet_opens_with_as_many_rows_as_it_was_given(folder: Path, run: Run) -> None:
    steps = sum(
        len(path["path"])
        for found in json.loads(findings_json(run))["findings"]
        for path in ({"path": found["path"]}, *found["other_paths"])
    )
    numbers = {"Шаги и источники": steps, "Не определено": 5, "Охват": 60, "Ход рассмотрения": 9 * 2, "Источники": 32}
    assert {name: len(from_book(folder, name)) for name in numbers} == numbers
    assert {row["Дата анализа"] for row in from_book(folder, "Охват")} == {"01.03.2026"}
