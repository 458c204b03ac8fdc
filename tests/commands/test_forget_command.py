"""`affil forget`: what would go is told, a yes takes it back, and what still lies in the inbox stays out until it is named."""

from __future__ import annotations

import builtins
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worlds import table

from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("small_worlds")

OFFICIALS = [{"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": "4200000012"}]
KIN = [{"employee_id": "12", "relationship": "брат", "name": "Громов Олег Ильич"}]
CORRECTED = [{"employee_id": "12", "relationship": "брат", "name": "Громов Игорь Ильич"}]


@pytest.fixture
def space(tmp_path: Path, affil: Callable[..., Any]) -> Path:
    affil("init", str(tmp_path / "w"))
    inbox = tmp_path / "w" / "inbox"
    table(inbox / "Кадры" / "o.csv", OFFICIALS)
    table(inbox / "kin.csv", KIN)
    affil("load", "-w", str(tmp_path / "w"))
    return tmp_path / "w"


def rows(space: Path, statement: str) -> list[Any]:
    with Store.open(space / "affil.duckdb") as store:
        return store.sql(statement).fetchall()


def test_what_would_go_is_told_and_nothing_is_done_without_a_yes(
    space: Path, affil: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    said = affil("forget", "inbox/Кадры/o.csv", "-w", str(space))
    assert said.code == 2 and "--yes" in said.err
    assert "должностные лица: записей 1" in said.out
    assert "сведений больше не останется: 1 (Громов Пётр Ильич)" in said.out
    assert "останутся без своего служащего: 1" in said.out
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    for answer in ("нет", "", "yep"):
        monkeypatch.setattr(builtins, "input", lambda prompt, answer=answer: answer)
        assert "Ничего не изменено" in affil("forget", "inbox/Кадры/o.csv", "-w", str(space)).err
    assert rows(space, "SELECT count(*) FROM official") == [(1,)]
    monkeypatch.setattr(builtins, "input", lambda prompt: "Да")
    assert affil("forget", "inbox/Кадры/o.csv", "-w", str(space)).code == 0
    assert rows(space, "SELECT count(*) FROM official") == [(0,)]
    assert rows(space, "SELECT link_problem FROM relative") == [("official_not_found",)]


@pytest.mark.parametrize(
    "name", ["inbox/Кадры/o.csv", "inbox\\Кадры\\o.csv", "inbox/Кадры", "Кадры/o.csv", "o.csv", "SHA", "sha"]
)
def test_a_source_goes_by_any_of_its_names(
    name: str, space: Path, affil: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(space / "inbox")
    if name.casefold() == "sha":
        digest = hashlib.sha256((space / "inbox" / "Кадры" / "o.csv").read_bytes()).hexdigest()
        name = digest if name == "sha" else digest[:8].upper()
    gone = json.loads(affil("forget", name, "--yes", "--json", "-w", str(space)).out)
    assert gone["forgotten"] and [one["file"] for one in gone["files"]] == ["inbox/Кадры/o.csv"]
    assert gone["rows"] == {"official": 1}


def test_a_forgotten_file_in_the_inbox_is_passed_over_until_it_is_named(space: Path, affil: Callable[..., Any]) -> None:
    affil("forget", "inbox/kin.csv", "--yes", "-w", str(space))
    table(space / "inbox" / "copy.csv", KIN)
    for _ in range(2):
        listed = json.loads(affil("load", "--json", "-w", str(space)).out)["files"]
        assert {one["file"]: one.get("why") for one in listed} == {
            "inbox/Кадры/o.csv": None, "inbox/kin.csv": "forgotten", "inbox/copy.csv": "forgotten",
        }  # fmt: skip
    assert "inbox/kin.csv: пропущен" in affil("load", "-w", str(space)).err
    assert rows(space, "SELECT count(*) FROM relative") == [(0,)]
    assert affil("load", str(space / "inbox" / "kin.csv"), "-w", str(space)).code == 0
    assert rows(space, "SELECT count(official_key) FROM relative") == [(1,)]
    assert rows(space, "SELECT count(*) FROM forgotten") == [(0,)]
    assert json.loads(affil("load", "--json", "-w", str(space)).out)["files"][1]["skipped"]


def test_the_older_questionnaire_is_in_force_again(space: Path, affil: Callable[..., Any]) -> None:
    table(space / "inbox" / "kin.csv", CORRECTED)
    affil("load", "-w", str(space))
    assert rows(space, "SELECT name FROM relative_in_force") == [("Громов Игорь Ильич",)]
    digest = hashlib.sha256((space / "inbox" / "kin.csv").read_bytes()).hexdigest()
    gone = json.loads(affil("forget", digest, "--json", "-w", str(space)).out)
    assert (gone["forgotten"], gone["restored"], gone["officials"]) == (False, 1, [])
    affil("forget", digest, "--yes", "-w", str(space))
    assert rows(space, "SELECT name FROM relative_in_force") == [("Громов Олег Ильич",)]


def test_an_archive_goes_as_a_whole_and_one_of_its_files_alone(space: Path, affil: Callable[..., Any], tmp_path: Path) -> None:
    with zipfile.ZipFile(space / "inbox" / "a.zip", "w") as target:
        for number in "34":
            official = [{"employee_id": number, "name": f"Лаптев {'И' * int(number)}ван Ильич", "employer_inn": "4200000012"}]
            target.write(table(tmp_path / "one.csv", official), f"{number}.csv")
    affil("load", "-w", str(space))
    one = json.loads(affil("forget", "inbox/a.zip!3.csv", "--json", "-w", str(space)).out)
    assert [file["file"] for file in one["files"]] == ["inbox/a.zip!3.csv"]
    affil("forget", "inbox/a.zip", "--yes", "-w", str(space))
    assert rows(space, "SELECT name FROM official") == [("Громов Пётр Ильич",)]
    affil("load", str(space / "inbox" / "a.zip"), "-w", str(space))
    assert rows(space, "SELECT count(*) FROM official") == [(3,)], "named as a whole, it is loaded again"


def test_nothing_loaded_and_an_unknown_name_are_one_line(space: Path, tmp_path: Path, affil: Callable[..., Any]) -> None:
    affil("init", str(tmp_path / "empty"))
    said = affil("forget", "inbox/kin.csv", "--yes", "-w", str(tmp_path / "empty"))
    assert (said.code, said.err.count("\n")) == (2, 1) and "ещё ничего не загружено" in said.err
    said = affil("forget", "kin", "--yes", "-w", str(space))
    assert (said.code, said.err.count("\n")) == (2, 1) and "inbox/kin.csv" in said.err


def test_all_of_it_can_go_and_come_back(space: Path, affil: Callable[..., Any]) -> None:
    affil("forget", "inbox", "--yes", "-w", str(space))
    assert rows(
        space, "SELECT (SELECT count(*) FROM source), (SELECT count(*) FROM official), (SELECT count(*) FROM relative)"
    ) == [(0, 0, 0)]
    assert affil("screen", "-w", str(space)).code == 0
    affil("load", *(str(path) for path in (space / "inbox").rglob("*.csv")), "-w", str(space))
    assert rows(space, "SELECT count(official_key) FROM relative") == [(1,)]


def test_decisions_on_a_person_of_the_file_are_told_and_stay(space: Path, affil: Callable[..., Any]) -> None:
    import datetime as dt

    from affil.decisions.entry import SAME, Entry, Side
    from affil.decisions.log import append, read_log

    sides = (Side(("official:4200000012|12|ПЕТР ИЛЬИЧ",), "Громов Пётр Ильич", ""), Side(("inn:420000000100",), "Громов", ""))
    entry = Entry(
        SAME, "M-0123456789abcdef", sides, None, "Петрова А. Б.", dt.date(2026, 1, 1), "сверено", (), dt.datetime(2026, 1, 1)
    )
    with Store.open(space / "affil.duckdb") as store, store.transaction():
        append(store, [entry])
    said = affil("forget", "o.csv", "--yes", "-w", str(space))
    assert "остаются в журнале, номера: 1" in said.out
    with Store.open(space / "affil.duckdb") as store:
        assert len(read_log(store)) == 1
    assert "журнале" not in affil("forget", "kin.csv", "--yes", "-w", str(space)).out
