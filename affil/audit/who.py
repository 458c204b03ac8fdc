"""Who is at work: the name that goes into the log and stands as author of decisions (OFFICER 7)."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Mapping

from affil.audit.entry import ACCOUNT
from affil.audit.log import LONGEST_WHO

VARIABLE = "AFFIL_WHO"
LEAST_LETTERS = 2


def who_works(
    configured: str | None, each_time: bool, ask: Callable[[str | None], str | None] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> str:  # fmt: skip
    """The name from the environment, else from the settings, else as answered, else that of the account, marked `account:`.

    `ask` is None where nobody can be asked; it is called with the configured name, if at all: with `each_time` set the name
    in the settings is only what Enter stands for, as several people share the account.
    """
    if named := name_line(environment.get(VARIABLE)):
        return named
    known = name_line(configured)
    if ask is not None and (each_time or known is None):
        known = name_line(ask(known)) or known
    return known or account()


def account() -> str:
    """The account of the system, marked as one: it tells who worked only where nobody else uses it."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such entry: what is raised differs by version and system
        name = ""
    return ACCOUNT + (" ".join(name.split()) or "?")


def name_line(text: str | None) -> str | None:
    """A name as one printable line; None where it is none. What is marked as an account must not be passed for a name."""
    told = " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())[:LONGEST_WHO]
    return told if sum(sign.isalpha() for sign in told) >= LEAST_LETTERS and not told.startswith(ACCOUNT) else None
