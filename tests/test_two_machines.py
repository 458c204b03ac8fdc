"""The demonstration on two machines that differ in all that should not matter: the documents are the same byte for byte.

What may differ, and is named here: the name of the run's folder and the time of the run, where they are told (report.html,
findings.xlsx, memo.docx, manifest.json: made equal by one clock for both); and `pseudonymised/`, whose pseudonyms are made with a
random secret of each workspace. `manifest.json` tells the hashes of all files and the heads of the logs, so it differs in those.
One of the two runs under a filter of system calls that ends it at the first socket of the network (guard/call_filter.py).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from call_filter import FILTER, NO_FILTERS, can_filter_here

CLOCK = """
import datetime, os, sys
class Frozen(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls(2026, 3, 1, 14, 5, 9)
import affil.pipeline
affil.pipeline.dt = type("dt", (), {**vars(datetime), "datetime": Frozen})
sys.argv[0] = "affil"
from affil.cli import main
main()
"""
PROCESSORS = "import os\nif hasattr(os, 'sched_setaffinity'): os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])\n"
FIRST = {
    "TZ": "Asia/Novosibirsk",
    "LANG": "ru_RU.UTF-8",
    "PYTHONHASHSEED": "1",
    "USER": "berezova",
    "LOGNAME": "berezova",
    "PYTHONUTF8": "1",
}
SECOND = {
    "TZ": "America/St_Johns",
    "LANG": "C",
    "LC_ALL": "C",
    "PYTHONHASHSEED": "4242",
    "USER": "root",
    "LOGNAME": "root",
    "PYTHONUTF8": "1",
}


def demonstrated(folder: Path, code: str, environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    """`affil demo` in `folder`, with an environment of its own."""
    folder.mkdir(parents=True)
    other = {name: text for name, text in os.environ.items() if name not in {*FIRST, *SECOND, "LC_MESSAGES"}}
    command = [sys.executable, "-c", code + CLOCK, "demo", *arguments, "--lang", "ru"]
    return subprocess.Popen(
        command,
        cwd=folder,
        env={**other, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The run folders of both machines."""
    one, other = tmp_path_factory.mktemp("one") / "Раб. стол", tmp_path_factory.mktemp("b") / "x"
    filtered = FILTER if can_filter_here() else ""
    runs = [demonstrated(one, filtered, FIRST, "Округ № 1"), demonstrated(other, PROCESSORS, SECOND, str(other / "d"))]
    for run in runs:
        _, errors = run.communicate()
        if run.returncode == NO_FILTERS:
            pytest.skip("this system allows no filters of system calls")
        assert run.returncode == 0, errors[-3000:]
    return tuple(next(one for one in (root / "reports").iterdir() if one.is_dir()) for root in (one / "Округ № 1", other / "d"))  # type: ignore[return-value]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_documents_are_the_same_bytes(two: tuple[Path, Path]) -> None:
    one, other = (contents(folder) for folder in two)
    assert one.keys() == other.keys()
    differing = {name for name in one if one[name] != other[name]}
    assert {name.partition("/")[0] for name in differing} <= {"manifest.json", "pseudonymised"}
    assert {
        "findings.json",
        "findings.csv",
        "findings.xlsx",
        "report.html",
        "memo.docx",
        "coverage.csv",
    } <= one.keys() - differing
    assert len(json.loads(one["findings.json"])["findings"]) > 50


def test_the_manifests_differ_in_what_they_must(two: tuple[Path, Path]) -> None:
    one, other = (json.loads((folder / "manifest.json").read_bytes()) for folder in two)
    for manifest in (one, other):
        logs = manifest["times"].pop("logs")
        assert logs["audit"]["number"] == 1
        manifest["files"] = {name: digest for name, digest in manifest["files"].items() if not name.startswith("pseudonymised/")}
    assert one == other


def test_the_pseudonyms_are_of_each_workspace(two: tuple[Path, Path]) -> None:
    """Else the exception above would hide nothing and should go."""
    one, other = (contents(folder) for folder in two)
    assert any(one[name] != other[name] for name in one if name.startswith("pseudonymised/"))
