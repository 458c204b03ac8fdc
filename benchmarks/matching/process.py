"""A command in a process of its own: its seconds, and the peak memory of it and all its children together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Took:
    """Wall seconds; megabytes are None where the system has no /proc."""

    seconds: float
    megabytes: float | None


def run(command: list[str], log: Path, modules: Path | None = None) -> Took:
    """Run to the end, with `modules` first on PYTHONPATH; stops with the last words of its log if it fails."""
    path = os.pathsep.join(str(part) for part in (modules, Path.cwd(), os.environ.get("PYTHONPATH")) if part)
    started = time.perf_counter()
    with log.open("wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": path})
        peak: list[float] = []
        watch = threading.Thread(target=_watch, args=(child, peak), daemon=True)
        watch.start()
        code = child.wait()
    seconds = time.perf_counter() - started
    watch.join()
    if code:
        tail = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise SystemExit(f"{' '.join(command)}\nended with {code}:\n{tail}")
    return Took(seconds, max(peak) if peak else None)


def _watch(child: subprocess.Popen[bytes], peak: list[float]) -> None:
    if not sys.platform.startswith("linux"):
        return
    page = 4096 / 2**20
    while child.poll() is None:
        peak.append(sum(_resident(one) for one in _tree(child.pid)) * page)
        time.sleep(EVERY)


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0  # it has ended


def _tree(process: int) -> list[int]:
    found, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        except OSError:
            continue  # it has ended
    return found
