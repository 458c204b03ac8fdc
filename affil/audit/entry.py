"""An entry of the log: when, who, which command, and what of it may be told for ever."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from affil.decisions.entry import sha256

ACCOUNT = "account:"
"""How `who` begins where nobody gave a name: the name of the account of the system follows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `number` is its place in the log, from 1; `previous` and `hash` chain it. `body` is the JSON text as stored."""

    number: int
    at: dt.datetime
    who: str
    command: str
    body: str
    previous: str
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        """The body read; empty where it is no JSON object any more."""
        try:
            read = json.loads(self.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def chained(self, previous: str) -> str:
        """The hash this entry has at its place after one whose hash is `previous`."""
        return sha256(
            json.dumps([previous, self.number, self.at.isoformat(), self.who, self.command, self.body], ensure_ascii=False)
        )
