"""E-mail addresses in comparable form: lower case, as many as a cell holds."""

from __future__ import annotations

import re

_MAILBOX = re.compile(r"[^\s,;<>]+@[^\s,;<>]+")


def emails(text: str) -> tuple[str, ...]:
    """The mailboxes in `text`, sorted."""
    return tuple(sorted(set(_MAILBOX.findall(text.lower()))))
