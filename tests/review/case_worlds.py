"""Small worlds for the course of a case: what the files say on one day and on a later one, and what people wrote in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from affil.decisions.entry import Entry
from affil.decisions.log import append
from affil.pipeline import Run, Scope, rules_of, screen
from affil.resolve.link import link
from affil.review.basis import extracts_in
from affil.review.recorded import Act, entries_of, event_for, fault_in
from affil.rules.cases import Case, fill, number
from affil.settings import Settings, default_settings
from affil.store.store import Store

Row = dict[str, Any]
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


@contextmanager
def opened(case: Case, log: Sequence[Entry] = ()) -> Iterator[Store]:
    """A store with what the files of one day say, and the log of the days before."""
    with Store.open(None) as store:
        fill(store, case)
        link(store)
        append(store, log)
        yield store


def run_of(store: Store, settings: Settings | None = None) -> Run:
    return screen(store, rules_of(None), settings or default_settings(), Scope(as_of=DAY))


def acted(store: Store, kind: str, outcome: str | None = None, settings: Settings | None = None, **more: Any) -> list[Entry]:
    """Write an act on the only tie there is, or on that of `supplier`."""
    told = {"by": BY, "on": DAY, "why": "сверено", "documents": ("справка № 1",), "number": "7", "assessed_by": "юрист"} | more
    at = told.pop("at", dt.datetime.combine(told["on"], dt.time(12)))
    found = run_of(store, settings).findings
    [_] = {finding.tie for finding in found}
    act = Act(kind, outcome=outcome, **told)
    settings = settings or default_settings()
    assert fault_in(act, found, settings, told["on"]) is None, fault_in(act, found, settings, told["on"])
    return append(store, entries_of(event_for(act, found, extracts_in(store), settings, at)))


def statuses(run: Run) -> dict[str, str]:
    """Status by number of the contract; one for all findings of a purchase."""
    told: dict[str, set[str]] = {}
    for finding in run.findings:
        name = finding.contract.number if finding.contract else finding.procedure.number if finding.procedure else "—"
        told.setdefault(str(name), set()).add(finding.status)
    assert all(len(one) == 1 for one in told.values()), told
    return {name: one.pop() for name, one in sorted(told.items())}
