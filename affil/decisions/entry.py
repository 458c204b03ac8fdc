"""An entry of the decision log: what was decided on whom, by whom, when, why and on which documents.

`kind` says what the decision is about. An `identity` is on two persons: one of `VERDICTS`, or `undo` of an earlier entry.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

SAME, DIFFERENT, UNSURE, UNDO = "same", "different", "unsure", "undo"
VERDICTS = (SAME, DIFFERENT, UNSURE)
IDENTITY = "identity"
SUBJECT_DIGITS, SHOWN_DIGITS = 16, 8
BEGINNING = "0" * 64
"""What stands for the hash of the entry before the first."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two persons: the references he is known by in files (affil/decisions/references.py), and how he was shown."""

    references: tuple[str, ...]
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `number` is its place in this store's log, from 1; `previous` and `hash` chain it, empty until it is written.

    `subject` is the id of the pair (`M-` and hex digits). `undoes` is the `digest` of the entry taken back: unlike a number it is
    the same in every store. `on` is the day of the decision, `recorded_at` when it was written down.
    """

    verdict: str
    subject: str
    sides: tuple[Side, ...]
    undoes: str | None
    by: str
    on: dt.date
    why: str
    documents: tuple[str, ...]
    recorded_at: dt.datetime
    kind: str = IDENTITY
    number: int = 0
    previous: str = ""
    hash: str = ""

    @property
    def text(self) -> str:
        """The entry without its place in a log, always written alike; what is hashed."""
        return json.dumps(
            {
                "kind": self.kind, "verdict": self.verdict, "subject": self.subject, "body": self.body, "by": self.by,
                "on": self.on.isoformat(), "why": self.why, "documents": list(self.documents),
                "recorded_at": self.recorded_at.isoformat(),
            },
            ensure_ascii=False, sort_keys=True,
        )  # fmt: skip

    @property
    def body(self) -> dict[str, object]:
        """What entries of this kind have beside what all have."""
        if self.undoes is not None:
            return {"undoes": self.undoes}
        return {"sides": [{"references": list(s.references), "name": s.name, "shown": s.shown} for s in self.sides]}

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the entry's name in every store."""
        return sha256(self.text)

    def chained(self, previous: str) -> str:
        """The hash this entry has after one whose hash is `previous`."""
        return sha256(f"{previous}\n{self.digest}")


def sha256(text: str) -> str:
    """Hex SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def subject_of(one: str, other: str) -> str:
    """The id of a pair of persons by the reference each is called by; the same whichever comes first."""
    return "M-" + sha256("\n".join(sorted((one, other))))[:SUBJECT_DIGITS]


def shown_id(subject: str) -> str:
    """The id as people read and type it; any beginning that fits one pair only is taken."""
    return subject[: 2 + SHOWN_DIGITS]
