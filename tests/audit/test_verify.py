"""`affil verify`: a folder that is not what was written, a run that can be made anew, and what is said where it cannot."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from in_process import affil
from worklog import CUSTOMER, value, workspace
from worlds import table

from affil import __version__
from affil.audit.log import record
from affil.shipped import shipped
from affil.store.store import Store
from affil.verified import batches

EQUAL, OTHER, NOT_REPEATABLE, USAGE = 0, 1, 5, 2
LATER = {"employee_id": "00731", "relationship": "жена", "name": "Юшкова Вера Павловна"}


pytestmark = pytest.mark.usefixtures("named")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, named: None) -> Path:
    """A run over inputs of two loads; a decision and another file came after it."""
    root = workspace(tmp_path_factory.mktemp("verify") / "Округ")
    w = ("-w", str(root))
    assert affil("load", *w).code == 0
    again = {"employee_id": "00731", "relationship": "сестра", "name": "Юшкова Марфа Ильинична", "birth_date": "1981-05-06"}
    table(root / "inbox" / "Анкета позже.csv", [again, LATER])  # neither questionnaire has a date: the later load counts
    assert affil("screen", *w, "--from", "2025-01-01", "--as-of", "2025-06-01").code == 0
    [pair, *_] = value("match", "list", *w)["pairs"]
    assert affil("match", "decide", pair["id"], "different", "--why", "другое лицо", *w).code == 0
    table(root / "inbox" / "Ещё.csv", [{**LATER, "relationship": "тёща", "name": "Павлова Анна Петровна"}])
    assert affil("load", *w).code == 0
    return root


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "Округ"))


def run_of(place: Path) -> Path:
    return place / "reports" / (place / "reports" / "latest").read_text(encoding="utf-8").strip()


def told(place: Path, *more: str) -> tuple[int, dict[str, Any]]:
    said = affil("verify", "-w", str(place), "--json", *more)
    return said.code, json.loads(said.out)


def test_a_run_is_repeated_though_decisions_files_and_settings_came_after_it(made: Path) -> None:
    settings = made / "affil.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("headcount = 0", "headcount = 40"), encoding="utf-8")
    try:
        code, answer = told(made)
    finally:
        settings.write_text(before, encoding="utf-8")
    assert (code, answer["state"], answer["manifest"], answer["logs_cut"]) == (EQUAL, "equal", "logged", [])
    assert answer["repeat"]["run"] == answer["run"] and answer["repeat"]["settings_changed"] == ["plan"]
    assert json.loads((run_of(made) / "findings.json").read_bytes())["findings"], "an empty list would prove little"


def test_the_order_of_loads_matters_to_this_run(made: Path) -> None:
    """Else the test above would pass whatever batches are made of the inputs."""
    with Store.open(made / "affil.duckdb") as store:
        assert sorted(batches(store).values()) == [1, 1, 1, 1, 1, 2, 3]
        rows = store.sql("SELECT count(*), count(superseded_by) FROM relative").fetchone()
    assert rows is not None and rows[1] > 0


@pytest.mark.parametrize("name", ["findings.json", "findings.xlsx", "report.html", "memo.docx", "pseudonymised/findings.csv"])
def test_a_file_that_was_changed_is_named(place: Path, name: str) -> None:
    file = run_of(place) / name
    if not file.is_file():
        file = next(path for path in (run_of(place) / name.partition("/")[0]).iterdir())
        name = file.relative_to(run_of(place)).as_posix()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, answer = told(place, "--no-repeat")
    assert (code, answer["files"]["changed"], answer["files"]["missing"], answer["files"]["surplus"]) == (OTHER, [name], [], [])


def test_missing_and_surplus_files_and_links_are_named(place: Path, tmp_path: Path) -> None:
    folder = run_of(place)
    (folder / "memo.docx").unlink()
    (folder / "memo 2.docx").write_bytes(b"x")
    (folder / "~$findings.xlsx").write_bytes(b"left by Excel")
    content = (folder / "findings.csv").read_bytes()
    (folder / "findings.csv").unlink()
    (tmp_path / "elsewhere.csv").write_bytes(content)
    (folder / "findings.csv").symlink_to(tmp_path / "elsewhere.csv")
    code, answer = told(place, "--no-repeat")
    assert code == OTHER
    assert (answer["files"]["missing"], answer["files"]["surplus"], answer["files"]["changed"]) == (
        ["memo.docx"], ["memo 2.docx"], ["findings.csv"],
    )  # fmt: skip
    said = affil("verify", "-w", str(place), "--no-repeat").out
    assert "нет файла: memo.docx" in said and "лишний, прогоном не записан: memo 2.docx" in said


def test_a_manifest_made_anew_to_fit_a_changed_file_is_told_by_the_log(place: Path) -> None:
    folder = run_of(place)
    findings = folder / "findings.json"
    findings.write_bytes(re.sub(rb'"priority": "\w+"', b'"priority": "unheard-of"', findings.read_bytes()))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"]["findings.json"] = hashlib.sha256(findings.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, answer = told(place)
    assert (code, answer["manifest"], answer["files"]["changed"]) == (OTHER, "other", [])
    assert answer["repeat"]["state"] == "different" and answer["repeat"]["changed"]
    assert "её заменили после прогона" in affil("verify", "-w", str(place), "--no-repeat").out


def test_a_run_emptied_by_a_purge_is_told_as_such(place: Path) -> None:
    folder = run_of(place)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.name == "manifest.json" or path.unlink()
    assert told(place, folder.name, "--no-repeat")[1]["state"] == "different", "nobody says that it was destroyed by its term"
    manifest = f"sha256:{hashlib.sha256((folder / 'manifest.json').read_bytes()).hexdigest()}"
    with Store.open(place / "affil.duckdb") as store:
        emptied = [{"run": "R-0a1b2c3d", "folder": folder.name, "manifest": manifest}]
        record(store, "Берёзова А. Л.", "purge", {"done": True, "runs": 1, "emptied": emptied}, dt.datetime(2026, 3, 2, 12, 0))
    code, answer = told(place, folder.name)
    assert (code, answer["state"], answer["emptied"]["on"], answer["manifest"]) == (
        NOT_REPEATABLE,
        "emptied",
        "2026-03-02",
        "logged",
    )
    said = affil("verify", folder.name, "-w", str(place))
    assert said.code == NOT_REPEATABLE and "Прогон очищен 02.03.2026" in said.out and "нет файла" not in said.out
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b" ")
    assert told(place, folder.name)[1]["state"] == "different"


def test_inputs_that_are_gone_are_named_and_may_be_given(place: Path, tmp_path: Path) -> None:
    (place / "inbox" / "Анкета.csv").rename(tmp_path / "архив.csv")
    code, answer = told(place)
    assert (code, answer["state"]) == (NOT_REPEATABLE, "impossible")
    assert answer["repeat"]["reasons"] == [{"reason": "inputs", "files": ["inbox/Анкета.csv"]}]
    assert "inbox/Анкета.csv" in affil("verify", "-w", str(place)).out
    (place / "affil.toml").write_text("[plan]\nheadcount = 40\n", encoding="utf-8")
    said = affil("verify", run_of(place).name, "-w", str(place), "--inputs", str(tmp_path / "архив.csv"))
    assert said.code == EQUAL and "findings.json совпал байт в байт" in said.out and "изменены: plan" in said.out
    assert affil("verify", "-w", str(place), "--inputs", str(tmp_path / "нет")).code == OTHER


def test_rules_that_are_other_ones_now_are_named(place: Path) -> None:
    rule = shipped("rules") / "commission" / "article31-tie.yml"
    (place / "rules" / "commission").mkdir(parents=True)
    for file in rule.parent.glob(f"{rule.stem}*"):
        shutil.copy(file, place / "rules" / "commission")
    changed = place / "rules" / "commission" / rule.name
    changed.write_text(
        rule.read_text(encoding="utf-8").replace("Обстоятельства ст. 31", "Обстоятельство ст. 31"), encoding="utf-8"
    )
    code, answer = told(place)
    assert code == NOT_REPEATABLE and [one["reason"] for one in answer["repeat"]["reasons"]] == ["rules"]
    assert answer["repeat"]["reasons"][0]["rules"] == ["article31-tie"]


def test_a_decision_log_that_cannot_be_trusted_repeats_nothing(place: Path) -> None:
    with Store.open(place / "affil.duckdb") as store:
        store.sql("UPDATE decision SET why = 'иначе'")
    code, answer = told(place)
    assert (code, answer["repeat"]["state"]) == (NOT_REPEATABLE, "impossible")
    assert "журнал" in answer["repeat"]["reasons"][0]["why"]


def test_a_run_of_another_version_that_finds_other_things_proves_nothing(place: Path) -> None:
    folder = run_of(place)
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"version": "0.0.1", "run": "R-0000000000000000"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with Store.open(place / "affil.duckdb") as store:
        store.sql("DELETE FROM audit WHERE command = 'written'")
    _, answer = told(place)
    assert answer["repeat"]["reasons"] == [{"reason": "version", "then": "0.0.1", "now": __version__}]


def test_a_folder_without_a_manifest_and_no_run_are_told(place: Path) -> None:
    (run_of(place) / "manifest.json").write_text("[]", encoding="utf-8")
    said = affil("verify", "-w", str(place))
    assert said.code == OTHER and "manifest.json" in said.err and len(said.err.splitlines()) == 1
    assert affil("verify", "R-ffffffff", "-w", str(place)).code == USAGE


def test_a_folder_without_a_store_is_still_compared_with_its_manifest(place: Path) -> None:
    (place / "affil.duckdb").unlink()
    code, answer = told(place, "--no-repeat")
    assert (code, answer["manifest"]) == (EQUAL, "unknown")
    assert answer["files"]["changed"] == []
    assert CUSTOMER in (run_of(place) / "findings.json").read_text(encoding="utf-8")
