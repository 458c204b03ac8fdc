"""`affil export`: beside the run and never into it, for the owner only, logged without names."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from worlds import table

pytestmark = pytest.mark.usefixtures("small_worlds")

Affil = Callable[..., Any]
HIS = "Зверобоев Тимур Олегович"
EMPLOYER, SUPPLIER = "4299618729", "429919837980"


@pytest.fixture
def place(affil: Affil, tmp_path: Path) -> Path:
    folder = tmp_path / "округ"
    affil("init", str(folder))
    who = {"employee_id": "1", "name": HIS, "employer_inn": EMPLOYER, "status": "municipal servant"}
    table(folder / "inbox" / "служащие.csv", [who])
    table(
        folder / "inbox" / "родственники.csv",
        [{"employee_id": "1", "relationship": "сын", "name": "Зверобоев Лев Тимурович", "inn": SUPPLIER}],
    )
    bought = {
        "contract_number": "К-1",
        "customer_inn": EMPLOYER,
        "supplier_inn": SUPPLIER,
        "supplier": "ИП Зверобоев Л.Т.",
        "signed_on": "01.02.2025",
    }
    table(folder / "inbox" / "контракты.csv", [bought])
    assert affil("screen", "-w", str(folder)).code == 0
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_it_stands_beside_the_run_for_its_owner_and_is_logged(affil: Affil, place: Path, tmp_path: Path) -> None:
    before, run = tree(place / "reports"), (place / "reports/latest").read_text().strip()
    said = affil("export", "--format", "ftm", "--json", "-w", str(place))
    told, folder = json.loads(said.out), place / "exports" / f"{run}-ftm"
    assert (told["path"], told["files"], told["people"]) == (str(folder), ["entities.ftm.json"], 2) and told["run"].startswith(
        "R-"
    )
    assert "персональные данные" in said.err and "Зверобоев" not in said.err
    file = tmp_path / "связи.jsonl"
    again = affil("export", "latest", "--format", "ftm", "--out", str(file), "-w", str(place))
    assert (again.code, again.out, str(file) in again.err) == (0, "", True)
    assert file.read_bytes() == (folder / "entities.ftm.json").read_bytes(), "the same run gives the same bytes"
    tables = tmp_path / "таблицы"
    assert affil("export", "--format", "parquet", "--out", str(tables), "-w", str(place)).code == 0
    with duckdb.connect() as reader:
        assert reader.execute(f"SELECT name FROM '{tables}/officials.parquet'").fetchall() == [(HIS,)]
    if os.name == "posix":
        made = (folder.parent, folder, *folder.iterdir(), file, tables, *tables.iterdir())
        assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700, 0o600}
    assert tree(place / "reports") == before and not list(place.glob(".writing*"))
    logged = affil("audit", "show", "--json", "-w", str(place)).out
    entries = [one for one in json.loads(logged)["entries"] if one["command"] == "export"]
    assert [one["body"]["formats"] for one in entries] == [["ftm"], ["ftm"], ["parquet"]]
    assert {one["body"]["people"] for one in entries} == {2} and "Зверобоев" not in logged


def test_what_is_not_done_is_told_in_one_line_and_leaves_nothing(affil: Affil, place: Path, tmp_path: Path) -> None:
    (tmp_path / "есть.json").write_text("{}", encoding="utf-8")
    before = tree(tmp_path)
    for arguments, told in (
        ((), "ftm, gexf, graphml, parquet"),
        (("--format", "xml", "--lang", "en"), "Form xml is unknown"),
        (("--format", "ftm", "R-0123456789abcdef"), "R-0123456789abcdef"),
        (("--format", "ftm", "--out", str(place / "inbox" / "x")), "inbox"),
        (("--format", "ftm", "--out", str(place / "reports" / "x.json")), "reports"),
        (("--format", "ftm", "--out", str(tmp_path / "есть.json")), "есть.json"),
        (("--format", "parquet", "--out", str(place)), "округ"),
    ):
        said = affil("export", *arguments, "-w", str(place))
        assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1), arguments
        assert told in said.err
    after = tree(tmp_path)
    assert {name for name in after if "duckdb" not in name} == {name for name in before if "duckdb" not in name}
    table(place / "inbox" / "ещё.csv", [{"employee_id": "2", "name": "Ковылин Пётр Ильич", "employer_inn": EMPLOYER}])
    affil("load", "-w", str(place))
    changed = affil("export", "--format", "ftm", "-w", str(place))
    assert (changed.code, "изменились" in changed.err) == (2, True) and not (place / "exports").exists()
