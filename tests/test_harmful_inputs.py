"""What is broken or means harm ends in one plain sentence; what was good is found all the same, in bounded memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "ingest"))
from harmful import HARMFUL

from affil.ingest.values.readable import readable_name
from affil.settings import filled_toml
from affil.words import Words

DISTRICT = Path(__file__).parents[1] / "sample_data" / "district"
MOST_MB = 500
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}

# The program, and after it the most memory its process ever held, told on stderr by the system itself.
MEASURED = """
import atexit, re, sys
from affil.cli import main
atexit.register(lambda: print(re.search(r"VmHWM:.*", open("/proc/self/status").read())[0], file=sys.stderr))
sys.argv[0] = "affil"
main()
"""
Screened = tuple[Path, subprocess.CompletedProcess[str]]


def affil(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    command = [sys.executable, "-c", MEASURED, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, check=False)


def workspace(folder: Path) -> Path:
    """A workspace with the sample district in its inbox, set up as its demonstration is."""
    assert affil("init", str(folder)).returncode == 0
    values = tomllib.loads((DISTRICT / "settings.toml").read_text(encoding="utf-8"))
    (folder / "affil.toml").write_text(filled_toml("ru", values), encoding="utf-8")
    shutil.copytree(DISTRICT / "inbox", folder / "inbox", dirs_exist_ok=True)
    return folder


def findings(folder: Path) -> list[object]:
    """The findings of the newest run."""
    newest = (folder / "reports/latest").read_text(encoding="utf-8").strip()
    content: list[object] = json.loads((folder / "reports" / newest / "findings.json").read_text(encoding="utf-8"))["findings"]
    return content


@pytest.fixture(scope="module")
def beside_good_files(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    """A workspace with all harmful files beside the good ones, and how its screen ended."""
    harmed = workspace(tmp_path_factory.mktemp("harmed"))
    for name, make in HARMFUL.items():
        (harmed / "inbox" / name).write_bytes(make())
    (harmed / "inbox/loop").symlink_to(harmed / "inbox", target_is_directory=True)
    return harmed, affil("screen", "-w", str(harmed))


def test_a_screen_beside_harmful_files_ends_without_a_traceback(beside_good_files: Screened) -> None:
    _, ended = beside_good_files
    assert ended.returncode == 0, ended.stderr[-2_000:]
    assert "Traceback" not in ended.stderr and "Error:" not in ended.stderr
    assert "\x1b" not in ended.stderr and "\u202e" not in ended.stderr


def test_findings_of_good_files_are_those_a_person_read(beside_good_files: Screened) -> None:
    harmed, _ = beside_good_files
    assert findings(harmed) == json.loads((DISTRICT / "expected_findings.json").read_text(encoding="utf-8"))


def test_memory_is_bounded(beside_good_files: Screened) -> None:
    told = re.search(r"VmHWM:\s+(\d+) kB", beside_good_files[1].stderr)
    assert told is not None
    assert int(told[1]) / 1024 <= MOST_MB


def test_each_harmful_file_is_told_with_a_reason_people_can_read(
    beside_good_files: Screened,
) -> None:
    harmed, _ = beside_good_files
    ended = affil("load", "--json", "-w", str(harmed))
    told = {one["file"]: one for one in json.loads(ended.stdout)["files"]}
    silent = {name for name in map(readable_name, HARMFUL) if not any(f"{file}!".startswith(f"inbox/{name}!") for file in told)}
    assert not silent
    raw = (harmed / "reports" / (harmed / "reports/latest").read_text().strip() / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "reader_failed" not in raw and Words("ru")("rejects.reader_failed.reason", why="").strip(" .:") not in raw


def test_the_changelog_says_no_more_harmful_files_than_there_are() -> None:
    changes = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "more than fifty harmful files beside good ones" in changes
    assert len(HARMFUL) > 50
