"""Small worlds for the course of a case: what the files say on one day and on a later one, and what people wrote in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from affil.decisions.course import Course, courses_of
from affil.decisions.entry import Entry
from affil.decisions.log import append, salted
from affil.model.finding import Finding
from affil.model.run import Run
from affil.pipeline import Scope, rules_of, screen
from affil.resolve.link import link
from affil.review.basis import extracts_in
from affil.review.recorded import Act, entries_of, event_for, fault_in
from affil.review.status import Standing, standing_of
from affil.rules.cases import Case, fill, number
from affil.rules.rule import Catalogue
from affil.settings import Settings, default_settings
from affil.store.store import Store

Row = dict[str, Any]
RULES = ("in-law-supplier", "close-kin-supplier", "spouse-supplier", "self-director-supplier", "self-founder-supplier")
SETTINGS = default_settings()
BY, DAY = "Петрова Анна Борисовна", dt.date(2026, 3, 2)
CUSTOMER, FIRM = number("org 1"), number("org 20")


def contract(name: str, signed: str = "2025-03-04", **more: Any) -> Row:
    return {"contract_number": name, "signed_on": signed, "customer_inn": "org 1", "supplier": "ООО «Вереск»",
            "supplier_inn": "org 20", "price": 250000, "ground": "п. 4 ч. 1 ст. 93"} | more  # fmt: skip


def firm(extract: str = "2025-06-01", **more: Any) -> Row:
    """The mother-in-law is its director."""
    return {
        "name": "ООО «Вереск»", "inn": "org 20", "extract": dt.date.fromisoformat(extract),
        "directors": [{"name": "Рябова Софья Ефимовна", "inn": "person 20", "since": dt.date(2018, 5, 14)}],
        "owners": [{"name": "Нечаев Родион Фокич", "inn": "person 90", "share": "1/1", "since": dt.date(2018, 5, 14)}],
    } | more  # fmt: skip


def world(contracts: Sequence[Row] = (), companies: Sequence[Row] = (), **more: Any) -> Case:
    """An official whose wife's mother runs a supplier."""
    rows: dict[str, Any] = {
        "officials": [{"employee_id": "101", "name": "Верещагин Платон Савельевич", "employer_inn": "org 1", "inn": "person 1"}],
        "relatives": [{"employee_id": "101", "relationship": "тёща", "name": "Рябова Софья Ефимовна", "inn": "person 20"}],
        "contracts": list(contracts) or [contract("К-1")], "companies": list(companies) or [firm()],
    }  # fmt: skip
    return Case(name="world", kind="positive", why="of a test", **rows | more)


@cache
def few_rules() -> Catalogue:
    """The rules these worlds are about, read once."""
    known = rules_of(None)
    return replace(known, rules={name: rule for name, rule in known.rules.items() if name in RULES})


@contextmanager
def opened(case: Case, log: Sequence[Entry] = ()) -> Iterator[Store]:
    """A store with what the files of one day say, and a log."""
    with Store.open(None) as store:
        fill(store, case)
        link(store)
        append(store, log)
        yield store


def run_of(store: Store, settings: Settings | None = None) -> Run:
    return screen(store, few_rules(), settings or SETTINGS, Scope(as_of=DAY))


@dataclass(frozen=True)
class Seen:
    """What a run finds on a world, with no log."""

    findings: tuple[Finding, ...]
    extracts: dict[str, dt.date]


_SEEN: dict[str, Seen] = {}


def seen(case: Case) -> Seen:
    """Asked of each world once: what the log adds needs no store."""
    key = repr(case)
    if key not in _SEEN:
        with opened(case) as store:
            _SEEN[key] = Seen(run_of(store).findings, extracts_in(store))
    return _SEEN[key]


def acted(case: Case, kind: str, outcome: str | None = None, settings: Settings | None = None, **more: Any) -> list[Entry]:
    """The entries of an act on the only tie of a world as it was then."""
    told = {"by": BY, "on": DAY, "why": "сверено", "documents": ("справка № 1",), "number": "7", "assessed_by": "юрист"} | more
    at = told.pop("at", dt.datetime.combine(told["on"], dt.time(12)))
    world, settings, act = seen(case), settings or SETTINGS, Act(kind, outcome=outcome, **told)
    [_] = {finding.tie for finding in world.findings}
    assert fault_in(act, world.findings, settings, told["on"]) is None
    return [salted(entry) for entry in entries_of(event_for(act, world.findings, world.extracts, settings, at))]


def standings(log: Sequence[Entry], case: Case, settings: Settings | None = None) -> list[tuple[Finding, Standing]]:
    """How every finding of a world stands by a log."""
    world, courses = seen(case), courses_of(log)
    reviewers = settings.review.agreeing if settings else None
    none = Course("")
    return [(one, standing_of(one, courses.get(one.tie, none), world.extracts, reviewers)) for one in world.findings]


def statuses(log: Sequence[Entry], case: Case, settings: Settings | None = None) -> dict[str, str]:
    """Status by number of the contract; all findings of a purchase have one."""
    told: dict[str, set[str]] = {}
    for finding, standing in standings(log, case, settings):
        assert finding.contract
        told.setdefault(str(finding.contract.number), set()).add(standing.status)
    assert all(len(one) == 1 for one in told.values()), told
    return {name: one.pop() for name, one in sorted(told.items())}
