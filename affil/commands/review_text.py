"""Cases with their course in words and as plain values: `affil review`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from affil.commands.review_desk import Desk, Item
from affil.decisions.course import Event
from affil.decisions.events import CLOSED, REOPENED
from affil.model.finding import Employee
from affil.reports.case_rows import row_key
from affil.reports.cases import drawn_paths, touches_purchase
from affil.reports.course_text import change_text
from affil.reports.decided import event_parts, event_text
from affil.reports.phrases import control_text, force_text, grade_text, kinship_word, label, rule_title, step_sentence
from affil.reports.values import date_text, in_text, spaced_price
from affil.reports.word.case_advice import clarify_text
from affil.reports.word.case_text import circles_text, distinct, end_text
from affil.words import Words

WAYS_SHOWN, PURCHASES_SHOWN, EARLIER_SHOWN, SHORT_TIE = 2, 5, 6, 10


def case_lines(desk: Desk, item: Item, by: str, place: tuple[int, int] | None = None) -> Iterator[str]:
    """A case as a reviewer reads it on a terminal; `place` among the cases still to be looked into, and how many they are."""
    words, case = desk.words, item.case
    told = {"number": case.number, "priority": label(words, "reports.priority", case.priority), "tie": item.tie,
            "status": label(words, "reports.state", item.status)}  # fmt: skip
    yield words("review.case.line")
    if place is None:
        yield words("review.case.title_one", **told)
    else:
        yield words("review.case.title", place=place[0], all=place[1], **told)
    if case.name_only:
        yield words("review.case.name_only")
    yield words(f"review.case.{'official' if isinstance(case.near, Employee) else 'near'}", name=end_text(case.near, words))
    yield words("review.case.far", name=end_text(case.far, words))
    if item.status == REOPENED:
        yield words("review.case.changed")
        yield from (f"  — {change_text(change, words)}" for change in item.changes)
    yield from _subject(desk, item)
    yield from _course(desk, item, by)


def _subject(desk: Desk, item: Item) -> Iterator[str]:
    words, findings = desk.words, item.findings
    texts = {
        "signs": distinct(rule_title(desk.run, one, words) for one in findings),
        "grade": distinct(grade_text(one.path, words) for one in findings),
        "circles": distinct(circles_text(one, words) for one in findings),
        "clarify": clarify_text(desk.run, item.case, words),
    }
    yield words("review.case.signs", text=texts["signs"])
    yield from _ways(item, words)
    for key in ("grade", "circles"):
        if texts[key]:
            yield words(f"review.case.{key}", text=texts[key])
    yield from _purchases(item, words)
    if texts["clarify"]:
        yield words("review.case.clarify", text=texts["clarify"])


def _ways(item: Item, words: Words) -> Iterator[str]:
    """The strongest way step by step; of the next only the steps that are not told yet."""
    drawn, told = drawn_paths(item.case), dict[str, None]()
    for number, way in enumerate(drawn[:WAYS_SHOWN], start=1):
        yield words("review.case.ways") if number == 1 else words("review.case.way", number=number)
        steps = [step_sentence(step, way.finding, words) for step in way.path.steps if not touches_purchase(step)]
        yield from (f"  {place}. {text}" for place, text in enumerate(steps, start=1) if text not in told)
        told |= dict.fromkeys(steps)
        kin = ", ".join(text for text in (kinship_word(way.finding, way.path, words), control_text(way.path, words)) if text)
        yield from [f"  → {kin}"] if kin else []
    if len(drawn) > WAYS_SHOWN:
        yield words("review.case.more_ways", number=len(drawn) - WAYS_SHOWN)


def _purchases(item: Item, words: Words) -> Iterator[str]:
    if not item.case.purchase_count:
        return
    yield words("review.case.purchases", number=item.case.purchase_count)
    for purchase in item.case.purchases[:PURCHASES_SHOWN]:
        first, one, bid = purchase.findings[0], purchase.contract, purchase.procedure
        number, day = (one.number, one.signed_on) if one else (bid.number, bid.applied_on) if bid else (None, None)
        price = words("explain.price", price=in_text(spaced_price(one.price), words)) if one and one.price is not None else ""
        told = (number, date_text(day), price, force_text(first, words), label(words, "reports.state", first.status))
        yield words("review.case.purchase", text=", ".join(text for text in told if text))
    if len(item.case.purchases) > PURCHASES_SHOWN:
        yield words("review.case.more", number=len(item.case.purchases) - PURCHASES_SHOWN)


def _course(desk: Desk, item: Item, by: str) -> Iterator[str]:
    words, visible = desk.words, desk.visible(item.course, by)
    if visible.events:
        yield words("review.case.course")
        yield from (event_line(event, words) for event in visible.events)
    if len(visible.events) < len(item.course.events):
        yield words("review.case.blind")
    yield from _earlier(desk, item, by)
    steps = "; ".join(words(f"course.to_do.{step}") for step in item.left.steps)
    yield words("review.case.todo", text=steps) if steps else words("review.case.nothing_left")


def _earlier(desk: Desk, item: Item, by: str) -> Iterator[str]:
    words = desk.words
    shown = {entry.digest for course in desk.courses.values() for entry in desk.visible(course, by).events}
    events = [event for event in desk.same_people(item) if event.digest in shown][-EARLIER_SHOWN:]
    pairs = [pair for pair in desk.pairs_of(item) if pair.entries]
    if events or pairs:
        yield words("review.case.earlier")
    for event in events:
        yield words(
            "review.case.earlier_line",
            tie=event.tie[:SHORT_TIE],
            near=event.official,
            far=event.supplier,
            **event_parts(event, words),
        )
    for pair in pairs:
        last = pair.entries[-1]
        verdict = words(f"match.entry.{last.verdict}", number="") if last.verdict != "undo" else words("course.event.undo")
        yield words("review.case.earlier_pair", one=pair.one.name, other=pair.other.name, verdict=verdict,
                    on=date_text(last.on), by=last.by, why=last.why)  # fmt: skip


def event_line(event: Event, words: Words) -> str:
    """One event of a course in a line, with the number of its entry."""
    return words("review.case.event", number=event.entry, text=event_text(event, words))


def case_value(desk: Desk, item: Item, by: str = "") -> dict[str, Any]:
    """A case as `--json` gives it."""
    near, far = item.case.near, item.case.far
    course = desk.visible(item.course, by) if by else item.course
    seen, due = course.first_seen, item.left.due
    return {
        "tie": item.tie, "number": item.case.number,
        "keys": [row_key(one.findings[0], one) for one in item.case.purchases],
        "priority": item.case.priority,
        "status": item.status, "name_only": item.case.name_only,
        "near": {"name": near.name, "inn": near.inn, "employee_id": getattr(near, "employee_id", None)},
        "far": {"name": far.name, "inn": far.inn},
        "identity_grade": item.findings[0].path.identity_grade,
        "findings": [
            {"id": one.id, "rule": one.rule, "status": how.status, "waits": how.waits or None} for one, how in item.found
        ],
        "first_seen": {"on": seen.on, "by": seen.by} if seen else None,
        "events": [event_value(event) for event in course.events],
        "answers": {question: event.outcome for question, event in course.answers.items()},
        "changes": [change_text(change, desk.words) for change in item.changes],
        "to_do": list(item.left.steps),
        "due": {"event": due.kind, "day": due.due, "overdue": item.left.overdue} if due else None,
        "waits": item.waits or None,
    }  # fmt: skip


def event_value(event: Event) -> dict[str, Any]:
    """An event as `--json` gives it."""
    return {
        "entry": event.entry, "tie": event.tie, "event": event.kind, "question": event.of.question, "outcome": event.outcome,
        "on": event.on, "recorded_at": event.recorded_at.isoformat(), "by": event.by, "number": event.number or None,
        "due": event.due, "why": event.why or None, "documents": list(event.documents), "assessed_by": event.assessed_by or None,
        "covers": event.covers, "purchases": list(event.purchases),
    }  # fmt: skip


GROUPS = ("overdue", "soon", "disagreement", "second", "reopened", "unseen")


def due_groups(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The open cases by why they wait, each where it is most pressing; the nearest day first, then by priority."""
    groups: dict[str, list[Item]] = {name: [] for name in GROUPS}
    for item in items:
        if item.status != CLOSED and (name := _group(item)):
            groups[name].append(item)
    for name in ("overdue", "soon"):
        groups[name].sort(key=lambda item: (_day(item), item.case.number))
    return {name: found for name, found in groups.items() if found}


def _group(item: Item) -> str | None:
    if item.left.overdue:
        return "overdue"
    if item.waits:
        return item.waits
    if item.status == REOPENED:
        return "reopened"
    if item.is_unseen:
        return "unseen"
    return "soon" if item.left.due is not None else None


def _day(item: Item) -> dt.date:
    due = item.left.due
    return due.due if due is not None and due.due is not None else dt.date.max


def due_lines(items: Iterable[Item], day: dt.date, words: Words) -> Iterator[str]:
    """What waits on a day, group by group."""
    groups = due_groups(items)
    if not groups:
        yield words("review.due.none", day=date_text(day))
        return
    yield words("review.due.head", day=date_text(day), number=sum(map(len, groups.values())))
    for name, found in groups.items():
        yield f"{words(f'review.due.{name}')}: {len(found)}"
        yield from (_due_line(item, name, words) for item in found)


def _due_line(item: Item, group: str, words: Words) -> str:
    told = {"number": item.case.number, "tie": item.tie, "near": item.case.near.name, "far": item.case.far.name}
    if group in ("overdue", "soon") and item.left.due is not None:
        what = words(f"course.event.{item.left.due.kind}")
        return words("review.due.line", day=date_text(item.left.due.due), what=what, **told)
    return words("review.due.plain", **told)


def due_value(items: Sequence[Item], day: dt.date) -> dict[str, Any]:
    """The same as `--json` gives it."""
    groups = due_groups(items)
    waiting = [
        {
            "tie": item.tie, "number": item.case.number, "why": name, "near": item.case.near.name, "far": item.case.far.name,
            "priority": item.case.priority, "event": item.left.due.kind if item.left.due else None,
            "due": item.left.due.due if item.left.due else None, "to_do": list(item.left.steps),
        }
        for name, found in groups.items() for item in found
    ]  # fmt: skip
    return {"as_of": day, "counts": {name: len(found) for name, found in groups.items()}, "waiting": waiting}
