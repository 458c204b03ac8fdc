"""The README opens with what the program prints, not with what it once printed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import Said

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def program(*arguments: str, folder: Path) -> str:
    """What `affil …` prints as a program of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "affil", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return run.stdout


def blocks() -> list[str]:
    return README.split("```")[1::2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the demonstration in `affil-demo`, and what it printed."""
    folder = tmp_path_factory.mktemp("readme")
    return folder, program("demo", "affil-demo", folder=folder)


def test_the_demo_prints_what_the_readme_shows(demo: tuple[Path, str]) -> None:
    folder, summary = demo
    shown = next(block for block in blocks() if "Проверено" in block)
    assert shown.strip() in summary
    path = next(block for block in blocks() if block.strip().startswith("Путь по шагам"))
    finding = README.split("affil explain -w affil-demo ")[1].split("`")[0]
    told = program("explain", "-w", "affil-demo", finding, folder=folder)
    assert path.strip() in told


def test_the_readme_names_the_two_commands_first() -> None:
    first = blocks()[0]
    assert [line.split("#")[0].strip() for line in first.strip().splitlines()] == ["make demo", "make test"]


def own_rule(workspace: Path) -> str:
    """Write the README's own rule and its cases into a workspace; its id."""
    files = [block.removeprefix("yaml\n") for block in blocks() if block.startswith("yaml\n# rules/")]
    for text in files:
        path = workspace / text.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rule = next(text for text in files if text.splitlines()[1].startswith("id: "))
    assert len(rule.splitlines()) <= 11, "a comment and ten lines"
    return rule.splitlines()[1].removeprefix("id: ")


def test_the_rule_of_ones_own_is_found_checked_tested_and_finds_something(
    demo: tuple[Path, str], tmp_path: Path, affil: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo[0] / "affil-demo", tmp_path / "district")
    rule = own_rule(tmp_path / "district")
    where = ("-w", "district")
    monkeypatch.chdir(tmp_path)

    def said(*arguments: str) -> str:
        ended = affil(*arguments)
        assert ended.code == 0, ended.err
        return ended.out

    assert rule in [one["id"] for one in json.loads(said("rules", "list", *where, "--json"))]
    checked = json.loads(said("rules", "check", *where, "--json"))
    assert checked["faults"] == []
    assert {(note["key"], note["kind"]) for note in checked["notes"]} == {
        (key, "missing_in_draft") for key in ("explanation", "clarify", "actions", "false_positives")
    }
    (tested,) = json.loads(said("rules", "test", rule, *where, "--json"))
    assert tested == {
        "rule": rule, "faults": [],
        "cases": {"positive": {"passed": 1, "number": 1}, "near-miss": {"passed": 1, "number": 1}},
    }  # fmt: skip
    folder = Path(json.loads(said("screen", *where, "--no-load", "--json"))["folder"])
    found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))["findings"]
    mine = [one for one in found if one["rule"] == rule]
    assert mine and {one["control"] for one in mine} <= {"director", "sole-proprietor"}
    explained = said("explain", mine[0]["id"], *where)
    assert "Близкий родственник служащего руководит поставщиком" in explained
