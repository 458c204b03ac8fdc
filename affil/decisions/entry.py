"""An entry of the decision log: what was decided on whom, by whom, when, why and on which documents.

`kind` says what the decision is about. An `identity` is on two persons: one of `VERDICTS`, or `undo` of an earlier entry. A
`case` is an event in the course of a case (course.py). A `purge` names entries whose content was destroyed (log.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SAME, DIFFERENT, UNSURE, UNDO = "same", "different", "unsure", "undo"
VERDICTS = (SAME, DIFFERENT, UNSURE)
IDENTITY, CASE, PURGE = "identity", "case", "purge"
PURGED = "purged"
"""The verdict of an entry whose content was destroyed; its place and digest stay, so that the chain still holds."""
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

    `subject` is the id of what was decided on: of a pair (`M-` and hex digits), of a tie (`T-…`). `undoes` is the `digest` of the
    entry taken back: unlike a number it is the same in every store. `on` is the day of the decision, `recorded_at` when it was
    written down. `facts` is what entries of this kind have beside what all have, `sides` that of an identity. `salt` is drawn
    when the entry is written: without it nobody can try names against the digest of a destroyed entry. `stored` is the digest
    as the store has it, empty until the entry is written.
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
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    salt: str = ""
    stored: str = ""

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
    def body(self) -> dict[str, Any]:
        """What entries of this kind have beside what all have."""
        if self.undoes is not None:
            return {"undoes": self.undoes}
        if self.kind != IDENTITY:
            return dict(self.facts)
        return {"sides": [{"references": list(s.references), "name": s.name, "shown": s.shown} for s in self.sides]}

    @property
    def digest(self) -> str:
        """The entry's name in every store: as it is kept, else as it is worked out."""
        return self.stored or self.worked_out

    @property
    def worked_out(self) -> str:
        """SHA-256 of the salt and the text; of the text alone where there is no salt."""
        return sha256(f"{self.salt}\n{self.text}" if self.salt else self.text)

    @property
    def is_whole(self) -> bool:
        """True where the text is the one its digest was made of; a purged entry says nothing any more."""
        if self.verdict == PURGED:
            return not any((self.subject, self.sides, self.undoes, self.by, self.why, self.documents, self.facts, self.salt))
        return self.digest == self.worked_out

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
