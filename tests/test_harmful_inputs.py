"""What is broken or means harm ends in one plain sentence; what was good is found all the same, in bounded memory."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "ingest"))
from harmful import HARMFUL

from affil.ingest.values.readable import readable_name
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
Screened = tuple[Path, Path, subprocess.CompletedProcess[str]]


def affil(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    command = [sys.executable, "-c", MEASURED, *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, check=False)


def workspace(folder: Path) -> Path:
    """A workspace with the sample district in its inbox."""
    assert affil("init", str(folder)).returncode == 0
    shutil.copytree(DISTRICT / "inbox", folder / "inbox", dirs_exist_ok=True)
    return folder


def findings(folder: Path) -> list[object]:
    """The findings of the newest run."""
    newest = (folder / "reports/latest").read_text(encoding="utf-8").strip()
    content: list[object] = json.loads((folder / "reports" / newest / "findings.json").read_text(encoding="utf-8"))["findings"]
    return content


@pytest.fixture(scope="module")
def beside_good_files(tmp_path_factory: pytest.TempPathFactory) -> Screened:
    """Two workspaces with the same good files, the second with all harmful ones beside them, and how its screen ended."""
    quiet, harmed = (workspace(tmp_path_factory.mktemp(name)) for name in ("quiet", "harmed"))
    for name, make in HARMFUL.items():
        (harmed / "inbox" / name).write_bytes(make())
    (harmed / "inbox/loop").symlink_to(harmed / "inbox", target_is_directory=True)
    assert affil("screen", "-w", str(quiet)).returncode == 0
    return quiet, harmed, affil("screen", "-w", str(harmed))


def test_a_screen_beside_harmful_files_ends_without_a_traceback(
    beside_good_files: Screened,
) -> None:
    *_, ended = beside_good_files
    assert ended.returncode == 0, ended.stderr[-2_000:]
    assert "Traceback" not in ended.stderr and "Error:" not in ended.stderr
    assert "\x1b" not in ended.stderr and "\u202e" not in ended.stderr


def test_findings_of_good_files_are_the_same(beside_good_files: Screened) -> None:
    quiet, harmed, _ = beside_good_files
    assert findings(harmed) == findings(quiet)


def test_memory_is_bounded(beside_good_files: Screened) -> None:
    told = re.search(r"VmHWM:\s+(\d+) kB", beside_good_files[2].stderr)
    assert told is not None
    assert int(told[1]) / 1024 <= MOST_MB


def test_each_harmful_file_is_told_with_a_reason_people_can_read(
    beside_good_files: Screened,
) -> None:
    _, harmed, _ = beside_good_files
    ended = affil("load", "--json", "-w", str(harmed))
    told = {one["file"]: one for one in json.loads(ended.stdout)["files"]}
    names = {readable_name(name) for name in HARMFUL}
    assert [
        name for name in names if not any(file == f"inbox/{name}" or file.startswith(f"inbox/{name}!") for file in told)
    ] == []
    raw = (harmed / "reports" / (harmed / "reports/latest").read_text().strip() / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "reader_failed" not in raw and Words("ru")("rejects.reader_failed.reason", why="").strip(" .:") not in raw
