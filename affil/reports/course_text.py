"""The course of a case in words: what changed, why somebody may not review, what is wrong with an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from pathlib import PurePath

from affil.decisions.course import Event, Tie
from affil.kinship.naming import kin_name
from affil.model.finding import Source, Step
from affil.model.run import Nearness
from affil.reports.phrases import gender_of, label, step_sentence
from affil.reports.values import date_text, percent_text
from affil.review.changed import Change
from affil.review.recorded import Fault
from affil.words import Words

_NOWHERE = Source(str(PurePath()), "")
_SELF = "self"


def outcome_text(event: Event, words: Words) -> str:
    """The answer an event gives, empty where it gives none."""
    return words(f"course.outcome.{event.kind}.{event.outcome}") if event.outcome else ""


def change_text(change: Change, words: Words) -> str:
    """One change in a sentence."""
    before, after = (_value(change.what, text, words) for text in (change.before, change.after))
    tie = tie_text(change.tie, words) if change.tie else ""
    return words(f"course.changed.{change.what}", tie=tie, before=before, after=after)


def tie_text(tie: Tie, words: Words) -> str:
    """A step of a way in words, without its days."""
    return step_sentence(Step(tie.origin_name, tie.relation, tie.target_name, _NOWHERE, detail=tie.detail), None, words)


def _value(what: str, text: str, words: Words) -> str:
    parts = [part for part in text.split("; ") if part]
    told = {"dates": _days, "extract": _day, "control": _control, "kinship": _kin, "share_held": _share}.get(what)
    shown = [told(part, words) for part in parts] if told else parts
    return ", ".join(shown) or words("course.changed.unknown")


def _days(text: str, words: Words) -> str:
    first, _, last = text.partition("/")
    return f"{_day(first, words)} — {_day(last, words)}"


def _day(text: str, words: Words) -> str:
    return date_text(dt.date.fromisoformat(text)) if text else "…"


def _control(text: str, words: Words) -> str:
    return label(words, "reports.control", text)


def _kin(text: str, words: Words) -> str:
    return kin_name(text, None, None, words)


def _share(text: str, words: Words) -> str:
    return percent_text(Fraction(text)) + " %"


def near_text(near: Nearness, words: Words) -> str:
    """Why a person may not look into a case, without the person's name."""
    chain = kin_name(near.chain, gender_of(near.whom), None, words) if near.chain and near.chain != _SELF else ""
    return words(f"course.near.{near.way}", whom=near.whom, chain=chain, control=label(words, "reports.control", near.control))


def fault_text(fault: Fault, words: Words) -> str:
    """Why an act cannot be written down."""
    params = dict(fault.params)
    if "field" in params:
        params["field"] = words(f"course.field.{params['field']}")
    if "day" in params:
        params["day"] = date_text(dt.date.fromisoformat(params["day"]))
    return words(f"course.fault.{fault.key}", **params)


def changes_text(changes: Iterable[Change], words: Words) -> str:
    """All changes, a line each, each once."""
    return "\n".join(dict.fromkeys(change_text(change, words) for change in changes))
