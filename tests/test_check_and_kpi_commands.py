"""`affil check --letters` and `affil kpi` from outside: what is written, where, for whose eyes, and the exit codes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import Said
from worlds import table

pytestmark = pytest.mark.usefixtures("small_worlds")

DONE, FAILED, USAGE, BELOW_PLAN, UNDETERMINED = 0, 1, 2, 4, 5
SCHOOL = "4200000012"
Affil = Callable[..., Said]


@pytest.fixture
def place(affil: Affil, tmp_path: Path) -> Path:
    """A workspace with one official without a questionnaire and a customer without contracts."""
    place = tmp_path / "Округ"
    affil("init", str(place))
    official = {"employee_id": "1", "name": "Громов Пётр Ильич", "employer_inn": SCHOOL, "employer": "Школа № 7"}
    table(place / "inbox" / "officials.csv", [official])
    affil("load", "-w", str(place))
    return place


def test_letters_are_written_for_their_owner_only_and_never_over_others(affil: Affil, place: Path) -> None:
    told = [json.loads(affil("check", "--letters", "--json", "-w", str(place)).out)["letters"] for _ in range(2)]
    folders = [Path(one["folder"]) for one in told]
    assert len(set(folders)) == 2 and {folder.parent for folder in folders} == {place / "letters"}
    for folder, one in zip(folders, told, strict=True):
        assert sorted(path.name for path in folder.iterdir()) == sorted(["letters.csv", *(file["file"] for file in one["files"])])
        assert not [path for path in (folder, *folder.iterdir()) if os.name != "nt" and path.stat().st_mode & 0o077]
    assert [(file["letter"], file["organisation_inn"]) for file in told[0]["files"]] == [
        ("A", SCHOOL),
        ("B", SCHOOL),
        ("G", SCHOOL),
    ]


def test_letters_go_where_they_are_asked_to_and_it_is_said_on_stderr(affil: Affil, place: Path, tmp_path: Path) -> None:
    said = affil("check", "--letters", "--out", str(tmp_path / "Письма"), "-w", str(place))
    (folder,) = (tmp_path / "Письма").iterdir()
    assert said.code == UNDETERMINED
    assert str(folder) in said.err and str(folder) not in said.out and "Писем: 3" in said.err
    assert not (place / "letters").exists()


def test_check_without_letters_writes_nothing(affil: Affil, place: Path) -> None:
    before = sorted(path.name for path in place.iterdir())
    said = affil("check", "-w", str(place))
    assert (said.code, sorted(path.name for path in place.iterdir())) == (UNDETERMINED, before)
    assert "letters" not in json.loads(affil("check", "--json", "-w", str(place)).out)


def test_no_letter_no_folder(affil: Affil, tmp_path: Path) -> None:
    affil("init", str(tmp_path / "empty"))
    said = affil("check", "--letters", "-w", str(tmp_path / "empty"))
    assert (said.code, (tmp_path / "empty" / "letters").exists()) == (DONE, False)
    assert "Писем нет" in said.err


def test_letters_never_go_into_the_inbox_and_out_needs_letters(affil: Affil, place: Path) -> None:
    for arguments in (("--letters", "--out", str(place / "inbox" / "x")), ("--out", str(place / "x"))):
        said = affil("check", *arguments, "-w", str(place))
        assert (said.code, said.out, len(said.err.splitlines())) == (USAGE, "", 1)
    assert sorted(path.name for path in (place / "inbox").iterdir()) == ["officials.csv"]


def test_a_place_that_cannot_be_written_is_told_in_one_line(affil: Affil, place: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = affil("check", "--letters", "--out", str(tmp_path / "file"), "-w", str(place))
    assert (said.code, len(said.err.splitlines())) == (FAILED, 1)


def test_kpi_is_4_below_the_plan_and_0_where_there_is_no_headcount_to_compare_with(affil: Affil, place: Path) -> None:
    where = ("-w", str(place), "--as-of", "2026-04-10")
    assert affil("kpi", *where).code == DONE
    assert json.loads(affil("kpi", "--json", *where).out)["share"] is None
    below = affil("kpi", "--json", "--headcount", "1", *where)
    assert (below.code, json.loads(below.out)["below_plan"]) == (BELOW_PLAN, True)
    assert (
        affil("kpi", "--headcount", "1", "-w", str(place), "--as-of", "2026-01-10").code == DONE
    )  # the plan of January is nought
    settings = place / "affil.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("headcount = 0", "headcount = 5"), encoding="utf-8")
    chart = place / "kpi.svg"
    said = affil("kpi", "--svg", str(chart), *where)
    assert (said.code, "0 из 5" in said.out, str(chart) in said.err) == (BELOW_PLAN, True, True)
    assert chart.read_text(encoding="utf-8").startswith("<?xml")


def test_a_chart_is_of_officials_and_never_in_the_inbox(affil: Affil, place: Path) -> None:
    for arguments in (("--institutions", "--svg", str(place / "kpi.svg")), ("--svg", str(place / "inbox" / "kpi.svg"))):
        said = affil("kpi", *arguments, "-w", str(place))
        assert (said.code, said.out, len(said.err.splitlines())) == (USAGE, "", 1)
    assert not list(place.rglob("kpi.svg"))


def test_without_institutions_nothing_is_below_a_norm(affil: Affil, place: Path) -> None:
    said = affil("kpi", "--institutions", "--json", "-w", str(place))
    told = json.loads(said.out)
    assert (said.code, told["all"], told["covered"], told["below_norm"]) == (DONE, 0, 0, False)
