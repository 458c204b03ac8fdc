"""Who has the store open and since when: a small file beside it, for the message of whoever comes second.

The lock is DuckDB's own; this file only tells. One that a process left behind when it was killed is known by its number.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from affil.store.replaced import put_in_place

MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the store open; `since` is its local time, ISO to the second."""

    operator: str
    host: str
    pid: int
    command: str
    since: str


def holder_file(store: Path) -> Path:
    """Where the file is."""
    return store.with_name(f".{store.name}.held")


@contextmanager
def held(store: Path, command: str) -> Iterator[None]:
    """Inside it the file tells of this process; where it cannot be written, nobody is told and nothing fails."""
    file = holder_file(store)
    mine = Holder(_operator(), socket.gethostname(), os.getpid(), command, dt.datetime.now().isoformat(timespec="seconds"))
    with contextlib.suppress(OSError):
        for draft in file.parent.glob(f"{file.name}-*"):  # of who was killed there; whose was not goes without word of him
            draft.unlink(missing_ok=True)
        _write(file, json.dumps(asdict(mine), ensure_ascii=False))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def holder_of(store: Path) -> Holder | None:
    """Who has the store open; None where nobody left word, or who did is no more."""
    try:
        with holder_file(store).open("rb") as stream:
            told = json.loads(stream.read(MOST_BYTES))
        texts = str(told["operator"]), str(told["host"])
        found = Holder(*texts, pid=int(told["pid"]), command=str(told["command"]), since=str(told["since"]))
        dt.datetime.fromisoformat(found.since)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.host != socket.gethostname() or _is_running(found.pid) else None


def _write(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}-{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    put_in_place(draft, file)


def _operator() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment, no table of users
        return "?"


def _is_running(pid: int) -> bool:
    if pid <= 0:
        return False
    if sys.platform == "win32":  # os.kill of Windows would send it a signal
        import ctypes

        process = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # only to ask of it
        ctypes.windll.kernel32.CloseHandle(process)
        return bool(process)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
