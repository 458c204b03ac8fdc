"""Watches a Python process for connections: each attempt is refused and written to a file, which a swallowed error cannot undo.

Only the standard library: children read this before anything else (sitecustomize.py beside it).
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

TOLD_IN = "AFFIL_TEST_CONNECTIONS"
FOLDER = Path(__file__).parent
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
SENDS = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
WATCHED: list[int] = []  # a hook cannot be taken out again
NETWORK = (socket.AF_INET, socket.AF_INET6)


class ConnectionOpenedError(AssertionError):
    """A connection, a listening socket or the look-up of a name: the program works offline."""


def watch(file: str) -> None:
    """Refuse every connection of this process, and of every Python it starts, from now on, and write it to `file`.

    Sockets within the machine (AF_UNIX) are free. Called again, as by a worker of xdist that was watched as a child before it
    read this, it names another file.
    """
    os.environ[TOLD_IN] = file
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if str(FOLDER) not in known:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(FOLDER), *(one for one in known if one)])
    if not WATCHED:
        WATCHED.append(os.getpid())
        sys.addaudithook(_hook)


def _hook(event: str, args: Sequence[object]) -> None:
    if event in LOOKUPS or (event in SENDS and getattr(args[0], "family", None) in NETWORK):
        said = f"{event} {args[-1] if event in SENDS else args[0]} in {' '.join(sys.argv[:3])}"
        with open(os.environ[TOLD_IN], "a", encoding="utf-8", errors="replace") as told:
            told.write(said.replace("\n", " ") + "\n")
        raise ConnectionOpenedError(said)


def taken(file: str) -> list[str]:
    """What was tried since it was last asked, by this process and its children; nobody else asks of this file."""
    with open(file, "r+", encoding="utf-8", errors="replace") as told:
        tried = told.read().splitlines()
        told.truncate(0)
    return tried
