"""The events a case can have, as `events.yml` says: which question each answers, what it makes of the case and for how long."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from affil.plain_yaml import plain_yaml

OPEN, IN_PROGRESS, CLOSED, REOPENED = "open", "in progress", "closed", "reopened"
FOREVER, PURCHASE, UNTIL_EXTRACT, UNTIL_CHANGE = "forever", "purchase", "until_extract", "until_change"
QUESTIONS = ("identity", "tie", "assessment", "measure")
SEEN = "seen"

Covers = Literal["forever", "purchase", "until_extract", "until_change"]
Required = Literal["outcome", "number", "documents", "why", "assessed_by"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Outcome(_Strict):
    """One answer an event can give."""

    status: Literal["in progress", "closed"] | None = None
    covers: Covers | None = None
    required: tuple[Required, ...] = ()


class EventKind(_Strict):
    """One kind of event."""

    question: Literal["identity", "tie", "assessment", "measure", "course"]
    status: Literal["in progress", "closed"] | None = None
    covers: Covers | None = None
    required: tuple[Required, ...] = ()
    due: Literal["case_days", "reply_days"] | None = None
    settles: tuple[str, ...] = ()
    outcomes: dict[str, Outcome] = {}

    @model_validator(mode="after")
    def _told(self) -> EventKind:
        for name in self.outcomes or {"": Outcome()}:
            if (self.status_of(name) == CLOSED) != (self.covers_of(name) is not None):
                raise ValueError(f"{name}: what closes a case says for how long, nothing else does")
        if bool(self.outcomes) != ("outcome" in self.required):
            raise ValueError("an event with outcomes requires one")
        return self

    def status_of(self, outcome: str | None) -> str | None:
        """What the event makes of the case: `in progress`, `closed`, None where it changes nothing."""
        return self._outcome(outcome).status or self.status

    def covers_of(self, outcome: str | None) -> str | None:
        """What it covers, None where it closes nothing."""
        return self._outcome(outcome).covers or self.covers

    def required_of(self, outcome: str | None) -> tuple[str, ...]:
        """What must be told with it."""
        return (*self.required, *self._outcome(outcome).required)

    def _outcome(self, outcome: str | None) -> Outcome:
        return self.outcomes.get(outcome or "", Outcome())


class _Events(_Strict):
    events: dict[str, EventKind]


@cache
def event_kinds() -> dict[str, EventKind]:
    """Every kind of event by its name, in the order a case usually goes."""
    text = (Path(__file__).parent / "events.yml").read_text(encoding="utf-8")
    told = _Events.model_validate({"events": plain_yaml(text)}).events
    unknown = sorted({name for kind in told.values() for name in kind.settles} - told.keys())
    if unknown:
        raise ValueError(f"events.yml: settles {', '.join(unknown)}: no such event")
    return told
