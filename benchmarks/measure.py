"""The product as a stranger meets it: a command in a fresh workspace, and what it leaves behind."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Ran:
    """One command: exit code, wall seconds, peak memory in MB, and what it printed on stderr."""

    code: int
    seconds: float
    megabytes: float
    errors: str


def product() -> list[str]:
    """How to call the product: the installed command beside this Python, else the module."""
    for name in ("affil", "affil.exe"):
        script = Path(sys.executable).parent / name
        if script.exists():
            return [str(script)]
    if importlib.util.find_spec("affil.__main__"):
        return [sys.executable, "-m", "affil"]
    return [sys.executable, "-c", "from affil.cli import main; main()"]


def run(command: list[str], log: Path) -> Ran:
    """Run a command to its end; its output goes to files beside `log`."""
    started = time.perf_counter()
    with log.with_suffix(".out").open("wb") as out, log.with_suffix(".err").open("wb") as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    text = log.with_suffix(".err").read_text(encoding="utf-8", errors="replace")
    return Ran(child.returncode, seconds, usage.ru_maxrss / 1024, text)


def workspace(folder: Path, inbox: Path) -> None:
    """`affil init` in the folder, a legal basis for workers and their kin, and the district's files in its inbox."""
    made = run([*product(), "init", str(folder)], folder.parent / f"{folder.name}.init")
    if made.code:
        raise SystemExit(f"affil init ended with {made.code}:\n{made.errors}")
    settings = folder / "affil.toml"
    text = settings.read_text(encoding="utf-8")
    # Without a legal basis the kin of workers are not taken, and the planted ties behind them are not there to be found.
    settings.write_text(text.replace('"worker" = ""', '"worker" = "согласие"'), encoding="utf-8")
    shutil.copytree(inbox, folder / "inbox", dirs_exist_ok=True)


def findings(folder: Path) -> list[dict[str, Any]]:
    """The findings of the newest run of the workspace."""
    latest = folder / "reports" / "latest"
    if latest.is_file():
        run_folder = folder / "reports" / latest.read_text(encoding="utf-8").strip()
    else:
        run_folder = max((one.parent for one in (folder / "reports").glob("*/findings.json")), default=folder / "reports")
    listed: list[dict[str, Any]] = json.loads((run_folder / "findings.json").read_text(encoding="utf-8"))["findings"]
    return listed
