"""The figures of the quarter's information to the region, each from one run over a period (OFFICER 3.6).

Everything in it can be counted again from that run's folder (`affil screen --from --to --as-of`), the decision log and the access
log: it is told in numbers only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from affil.answers.completeness import in_office, stale
from affil.answers.institutions import institutions
from affil.answers.outcomes import outcomes
from affil.answers.volume import is_national
from affil.audit.entry import Entry as Looked
from affil.decisions.entry import Entry
from affil.model.finding import Finding
from affil.model.run import Coverage, Run
from affil.store.store import Store

if TYPE_CHECKING:
    from affil.settings import Plan

SERVANT, HEAD, MEMBER = "municipal servant", "head of institution", "commission member"
HALF = 0.5  # a match of nothing but a name below it is no information on a tie (CONTRACT 4)

Numbers = dict[str, int | Decimal | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period and those of them about national projects, by the names of affil/words, quarter.toml; roubles are
    Decimal, what the program cannot know is None."""

    since: dt.date
    until: dt.date
    run: str
    all: Numbers
    national: Numbers


def figures(
    store: Store, run: Run, plan: Plan, known: Collection[str] | None, log: Iterable[Entry], looked: Iterable[Looked]
) -> Figures:  # fmt: skip
    """The figures of a run over a period with both ends, read right after it was made.

    `known`: the ties of an earlier run, which are not new; None where there is none. `log` is the decision log, `looked` the access
    log, both whole.
    """
    since, until = run.period
    if since is None or until is None:
        raise ValueError("a run over a period with both ends was expected")
    ties = _ties(run.findings)
    national = {tie: found for tie, found in ties.items() if any(_is_national(one) for one in found)}
    numbers: Numbers = {
        **_people(run),
        **_papers(run, since, until),
        **_institutions(store, run, plan),
        **_volume(store, run),
        "ties": len(ties),
        "new": None if known is None else len(ties.keys() - set(known)),
        "undetermined": len(run.undetermined),
        "names_only": len({one.tie for one in run.findings} - ties.keys()),
        **_states(ties),
        **outcomes(log, (since, until)),
        **_prechecks(looked, since, until),
    }
    money = run.volume.national
    of_national: Numbers = {
        "contracts": money.contracts, "price": money.price, "ties": len(national),
        "new": None if known is None else len(national.keys() - set(known)),
        **_states(national), **outcomes(log, (since, until), national),
    }  # fmt: skip
    return Figures(since, until, run.id, numbers, of_national)


def is_name_only(finding: Finding) -> bool:
    """A match of a full name and nothing else, too weak to be told as information on a tie."""
    return finding.path.identity_grade == "D" and finding.path.confidence < HALF


def _ties(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    ties: dict[str, list[Finding]] = {}
    for finding in found:
        if not is_name_only(finding):
            ties.setdefault(finding.tie, []).append(finding)
    return ties


def _is_national(finding: Finding) -> bool:
    return finding.contract is not None and is_national(finding.contract.national_project)


def _people(run: Run) -> Numbers:
    """Officials in office on the day the run looks from, and how many of them were compared."""
    staff = in_office(run.coverage, run.as_of)
    groups = {
        "officials": staff,
        "servants": [row for row in staff if row.employee.status == SERVANT],
        "heads": [row for row in staff if row.employee.status == HEAD],
        "members": [row for row in staff if row.employee.procurement_role == MEMBER],
    }
    numbers: Numbers = {}
    for name, rows in groups.items():
        numbers[name], numbers[f"{name}_checked"] = len(rows), sum(row.result != "none" for row in rows)
    numbers["unlinked_members"] = run.volume.unlinked_members
    return numbers


def _papers(run: Run, since: dt.date, until: dt.date) -> Numbers:
    """Questionnaires of the period, those overdue at its end, and customers who handed in their lists."""
    staff = in_office(run.coverage, run.as_of)
    late = {id(row) for row in stale(run)}
    handed: Numbers = {
        "customers": len(run.volume.customers),
        "handed_in": sum(one.handed_in > 0 for one in run.volume.customers),
    }
    return {
        "renewed": sum(_is_within(row, since, until) for row in staff),
        "overdue": sum(id(row) in late for row in staff),
        **handed,
    }


def _is_within(row: Coverage, since: dt.date, until: dt.date) -> bool:
    return row.questionnaire_date is not None and since <= row.questionnaire_date <= until


def _institutions(store: Store, run: Run, plan: Plan) -> Numbers:
    found = institutions(store, run, plan)
    return {"institutions": len(found.all), "institutions_covered": found.covered, "institutions_norm": found.norm}


def _volume(store: Store, run: Run) -> Numbers:
    """Suppliers; bidders who won nothing of what they bid for; contracts and roubles, small purchases apart."""
    [(losers,)] = store.sql("""
        SELECT count(DISTINCT supplier) FROM purchase WHERE event = 'bid' AND supplier NOT IN (
            SELECT supplier FROM purchase WHERE won AND supplier IS NOT NULL)""").fetchall()
    volume = run.volume
    return {
        "suppliers": volume.suppliers, "losers": losers,
        "contracts": volume.all.contracts, "price": volume.all.price, "unpriced": volume.all.unpriced,
        "small": volume.small.contracts, "small_price": volume.small.price,
    }  # fmt: skip


def _states(ties: Mapping[str, list[Finding]]) -> Numbers:
    """Cases by how far they have come: all findings of one closed, none begun, or anything between."""
    statuses = [{one.status for one in found} for found in ties.values()]
    done, untouched = sum(one == {"closed"} for one in statuses), sum(one == {"open"} for one in statuses)
    return {"closed": done, "open": untouched, "in_progress": len(statuses) - done - untouched}


def _prechecks(looked: Iterable[Looked], since: dt.date, until: dt.date) -> Numbers:
    """Pre-checks of procurements by the access log."""
    made: list[Mapping[str, Any]] = [
        entry.facts for entry in looked if entry.command == "precheck" and since <= entry.at.date() <= until
    ]
    done = [facts for facts in made if facts.get("result") != "failed"]
    return {
        "prechecks": len(done),
        "prechecks_to_decide": sum(bool(facts.get("findings")) for facts in done),
        "prechecks_open": sum(bool(facts.get("open")) for facts in done),
    }
