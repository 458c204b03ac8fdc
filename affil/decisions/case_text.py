"""An event of a case as a block of the text file, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from affil.decisions.course import COURSE_TIE, event_of, missing_in
from affil.decisions.entry import CASE, UNDO, Entry
from affil.decisions.events import CLOSED, Covers
from affil.decisions.text_fields import Day, PlainText, Strict, Text, Written, listed, quoted

MOST_PURCHASES = 10_000
_TEXTS = ("paper", "official", "supplier", "assessed_by")
_KEYS = {"paper": "number"}  # in a block `number` is the entry's
_Iso = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
_Tie = tuple[Text, Text, Text, PlainText, PlainText, _Iso | None, _Iso | None, PlainText]


class _Way(Strict):
    kinship: PlainText
    control: PlainText
    share: PlainText
    ties: list[Annotated[_Tie, Field(strict=False)]]


class _Known(Strict):
    ways: list[Annotated[int, Field(ge=0)]]
    services: list[PlainText]
    purchases: list[PlainText]


class _Basis(Strict):
    ways: list[_Way]
    findings: dict[Annotated[str, Field(pattern="^F-[0-9a-f]{12}$")], _Known]
    extract: _Iso | None


class CaseBlock(Written):
    """An event, or the undo of one. `basis` is JSON: what the event rests on, as the program wrote it."""

    kind: Literal["case"]
    verdict: Text
    subject: Annotated[str, Field(pattern=COURSE_TIE)]
    why: PlainText = ""
    outcome: Text | None = None
    paper: PlainText = ""
    due: Day | None = None
    covers: Covers | None = None
    purchases: Annotated[list[Text], Field(max_length=MOST_PURCHASES, default_factory=list)]
    official: PlainText = ""
    supplier: PlainText = ""
    assessed_by: PlainText = ""
    identity: int | None = None
    basis: str = ""

    @model_validator(mode="after")
    def _whole(self) -> CaseBlock:
        if self.recorded_at.tzinfo is not None or (self.verdict == UNDO) != (self.undoes is not None):
            raise ValueError("undoes")
        if self.verdict == UNDO:
            return self
        event = event_of(self.entry())
        missing = missing_in(event)
        if missing or (event.status == CLOSED) != (self.covers is not None):
            raise ValueError(missing[0] if missing else "covers")
        for way in event.basis.findings.values():
            if any(place >= len(event.basis.ways) for place in way.ways):
                raise ValueError("basis")
        return self

    def entry(self, undoes: str | None = None, identity: str | None = None) -> Entry:
        """The entry the block tells; `undoes` and `identity` are the digests of those it names by number."""
        told: dict[str, Any] = {_KEYS.get(key, key): getattr(self, key) for key in _TEXTS}
        told |= {
            "outcome": self.outcome, "due": self.due.isoformat() if self.due else None, "covers": self.covers,
            "purchases": self.purchases, "basis": _basis(self.basis),
            "identity": identity or "",
        }  # fmt: skip
        return Entry(
            self.verdict, self.subject, (), undoes, self.by, self.on, self.why, tuple(self.documents), self.recorded_at, CASE,
            facts={} if self.verdict == UNDO else told, salt=self.salt,
        )  # fmt: skip


def _basis(text: str) -> dict[str, Any]:
    """The basis as the log keeps it; `ValueError` where it is none."""
    try:
        value = json.loads(text or '{"ways": [], "findings": {}, "extract": null}')
        told = _Basis.model_validate(value).model_dump(mode="json")
        for day in [told["extract"], *(day for way in told["ways"] for tie in way["ties"] for day in tie[5:7])]:
            dt.date.fromisoformat(day or "2000-01-01")
    except (ValidationError, ValueError, RecursionError, TypeError):
        raise ValueError("basis") from None
    return told


def case_lines(entry: Entry, numbers: Mapping[str, int]) -> Iterator[str]:
    """The lines of an event beside those every block has, none for an undo; `numbers` of entries by digest."""
    if entry.verdict == UNDO:
        return
    facts = entry.facts
    if facts["outcome"]:
        yield f"outcome = {quoted(facts['outcome'])}"
    yield from (f"{key} = {quoted(facts[_KEYS.get(key, key)])}" for key in _TEXTS if facts[_KEYS.get(key, key)])
    if facts["identity"] in numbers:
        yield f"identity = {numbers[facts['identity']]}"
    if facts["due"]:
        yield f"due = {facts['due']}"
    if facts["covers"]:
        yield f"covers = {quoted(facts['covers'])}"
    yield from listed("purchases", facts["purchases"])
    yield f"basis = {quoted(json.dumps(facts['basis'], ensure_ascii=False, sort_keys=True))}"
