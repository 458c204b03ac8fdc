"""`affil report`: the same bytes as in the run's folder, beside it, and never for another run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from affil.workspace import open_workspace

pytestmark = pytest.mark.usefixtures("small_worlds")

Affil = Callable[..., Any]
OFFICIALS = "name;employee_id;employer_inn;status\nЮшков Пётр Ильич;1;4299618729;municipal servant\n"


@pytest.fixture
def place(affil: Affil, tmp_path: Path) -> Path:
    folder = tmp_path / "округ"
    affil("init", str(folder))
    (folder / "inbox" / "служащие.csv").write_text(OFFICIALS, encoding="utf-8")
    assert affil("screen", "-w", str(folder)).code == 0
    return folder


def test_the_documents_are_those_of_the_run_byte_by_byte(affil: Affil, place: Path) -> None:
    run = open_workspace(place).latest_run()
    assert run is not None
    said = json.loads(affil("report", "-w", str(place), "--json").out)
    again = Path(said["folder"])
    assert again.parent == run.parent and again != run
    names = sorted(str(file.relative_to(run)) for file in run.rglob("*") if file.is_file() and file.name != "manifest.json")
    assert names and said["files"] == names
    for name in names:
        assert (again / name).read_bytes() == (run / name).read_bytes(), name
    assert open_workspace(place).runs() == [run.name], "what is written again is no run"


def test_chosen_formats_and_another_language(affil: Affil, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    affil("report", "latest", "--format", "csv", "--lang", "en", "--out", str(out), "-w", str(place))
    assert {file.suffix for file in out.iterdir()} == {".csv"}
    assert "Employee ID;" in (out / "coverage.csv").read_text(encoding="utf-8-sig").splitlines()[0]


def test_what_cannot_be_written_again_is_told(affil: Affil, place: Path, tmp_path: Path) -> None:
    run = open_workspace(place).latest_run()
    assert run is not None
    where = ("-w", str(place))
    for arguments, told in (
        (("report", "--format", "pdf"), "pdf"),
        (("report", "R-0123456789abcdef"), "R-0123456789abcdef"),
        (("report", "--out", str(run)), str(run)),
        (("report", "--out", str(run / "inner")), "не изменяется"),
    ):
        said = affil(*arguments, *where)
        assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
        assert told in said.err
    (place / "inbox" / "ещё.csv").write_text(OFFICIALS.replace("Пётр", "Олег").replace(";1;", ";2;"), encoding="utf-8")
    affil("load", *where)
    changed = affil("report", *where)
    assert (changed.code, "изменились" in changed.err) == (2, True)
