"""Runs `affil` in processes of its own, forked from one that has imported all, and kills them when told: kill -9 and no less.

Read from stdin, a JSON line each: {"argv": [...], "after": seconds or null}. Answers a line: the exit code, or -9.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time

MODULES = (
    "affil.cli",
    "affil.pipeline",
    "affil.store.store",
    "affil.store.encrypt",
    "affil.reports.documents",
    "pandas",
    "pyarrow",
)


def child(argv: list[str]) -> None:
    """One command, as if typed; it speaks to nobody."""
    from affil import cli

    nobody = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nobody, stream)
    sys.argv = ["affil", *argv]
    try:
        cli.main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    sys.stdout.flush()
    os._exit(code)


def run(argv: list[str], after: float | None) -> int:
    """The exit code, -9 where it was killed."""
    pid = os.fork()
    if pid == 0:
        child(argv)
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(run(asked["argv"], asked["after"]), flush=True)


if __name__ == "__main__":
    main()
