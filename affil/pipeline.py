"""The one screen that runs the stages: files → records → store → who is who → ties → rules → evidence → documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from affil import __version__
from affil.answers.coverage import coverage
from affil.answers.undetermined import of_suppliers, undetermined
from affil.answers.volume import volume
from affil.control.behind import make_behind
from affil.control.table import Behind, make_control
from affil.decisions.log import deciding_values, effective, read_log
from affil.graph.evidence import verify
from affil.ingest.recognise import files_under
from affil.kinship.compose import Kin
from affil.kinship.table import make_declarations, make_kin
from affil.model.finding import Run
from affil.precheck.asked import Asked
from affil.precheck.bidders import bidders_of
from affil.precheck.doubts import of_bidders, of_officials
from affil.precheck.given import NOBODY_KNOWS
from affil.precheck.pairs import Precheck, dates_of, pairs_of
from affil.precheck.prospect import as_if_won, bid_rules, spoken_first
from affil.precheck.seats import seats_of
from affil.procurement.posts import make_posts
from affil.procurement.purchases import make_purchases
from affil.reports.changes import changes_since
from affil.reports.folder import write_run
from affil.resolve.decided import leave_out_the_judged
from affil.resolve.link import link
from affil.resolve.parties import make_parties
from affil.resolve.suppose import make_near_names, make_suppositions
from affil.rules.evaluate import evaluate
from affil.rules.often import often_rules
from affil.rules.rule import Catalogue, load_rules
from affil.settings import Settings
from affil.shipped import shipped
from affil.store.load import Loaded, load_files
from affil.store.outline import counts, is_unlinked, run_id, stored_rejects, stored_sources
from affil.store.store import Store
from affil.workspace import Workspace

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at: purchases with an event between two days, both inclusive, None = open; `as_of` changes no finding.

    `procedure`: the bids of this procurement alone.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    as_of: dt.date | None = None
    procedure: str | None = None


@dataclass(frozen=True, slots=True)
class _Ties:
    """What the ties of a run are told with, beside the temporary tables they stand in."""

    conflicts: list[dict[str, object]]
    kin: list[Kin]
    behind: Behind


def load(
    store: Store, workspace: Workspace, paths: Sequence[Path], settings: Settings,
    told: Callable[[Loaded], None] = lambda _: None, expected: Callable[[int], None] = lambda _: None,
) -> list[Loaded]:  # fmt: skip
    """Load files and folders into the store and tie the rows of questionnaires to their officials.

    `expected` hears how many files there are, `told` of each as it is done.
    """
    files = sorted(
        {file.name: file for path in paths for file in files_under(path, workspace.root)}.values(), key=lambda file: file.name
    )
    expected(len(files))
    loaded = load_files(store, files, dt.datetime.now(), told)
    link(store, only_customer(settings))  # also where all was loaded before: the settings may name the customer now
    return loaded


def screen(store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, told: Told = lambda _: None) -> Run:
    """Apply the rules to what the store holds; nothing lasting is written, save what a load that was cut short left undone."""
    started = dt.datetime.now()
    as_of = scope.as_of or started.date()
    ties = _ties(store, catalogue, settings, scope, told)
    told("rules")
    findings = evaluate(store, catalogue, ties.kin, ties.behind)
    told("evidence")
    verify(store, findings)
    covered = coverage(store, as_of, settings.thresholds.stale_questionnaire_months)
    places = settings.thresholds.cluster_places
    unknown = undetermined(store, covered, ties.behind, ties.conflicts, findings, catalogue, as_of, places)
    decisions = effective(read_log(store))
    return Run(
        id=run_id(store, catalogue.hashes, settings.deciding_values(), scope.since, scope.until, deciding_values(decisions)),
        version=__version__, started=started,
        findings=tuple(findings), coverage=tuple(covered),
        undetermined=tuple(unknown),
        rejects=tuple(stored_rejects(store)), sources=tuple(stored_sources(store)),
        rules={rule_id: catalogue.info(rule_id) for rule_id in catalogue.rules}, settings=settings.as_values(),
        counts=counts(store) | {"decisions": len(decisions)}, period=(scope.since, scope.until), as_of=as_of,
        often=often_rules(store, catalogue, findings), volume=volume(store, settings.purchases.customers),
        rules_date=catalogue.edition, own_rules=catalogue.own,
    )  # fmt: skip


def precheck(
    store: Store, catalogue: Catalogue, settings: Settings, asked: Asked, now: dt.datetime, not_taken: int = 0
) -> Precheck:
    """The officials and the commission of one procurement against its participants; nothing lasting is written.

    The rules about bidders speak first. Where they say nothing of a pair, those about winners are asked as if the bidder won. A bid
    without a date is taken as made on the day of the question: who stands behind the bidder now is what is asked.
    """
    today = now.date()
    own, others = bid_rules(catalogue), as_if_won(catalogue)
    rules = replace(catalogue, rules=dict(sorted((own.rules | others.rules).items())))
    ties = _ties(store, rules, settings, Scope(procedure=asked.number, as_of=today), lambda _: None)
    findings = evaluate(store, rules, ties.kin, ties.behind)
    verify(store, findings)
    bidders = bidders_of(store)
    applied = [bidder.applied_on or today for bidder in bidders]
    seats = seats_of(store, asked, (min(applied), max(applied)), NOBODY_KNOWS)
    covered = coverage(store, today, settings.thresholds.stale_questionnaire_months)
    officials, suppliers = of_officials(seats.rows, covered), of_bidders(store, bidders, of_suppliers(store, ties.behind), today)
    decided = deciding_values(effective(read_log(store)))
    pairs = pairs_of(seats.rows, bidders, spoken_first(findings, own), (officials[0], suppliers[0]), (officials[1], suppliers[1]))
    return Precheck(
        asked, now, __version__, run_id(store, catalogue.hashes, settings.deciding_values(), None, None, decided), seats, tuple(bidders), pairs,
        dates_of(seats.rows, bidders, covered), {one: catalogue.info(one) for one in rules.rules}, frozenset(others.rules), catalogue.edition, not_taken,
    )  # fmt: skip


def _ties(store: Store, catalogue: Catalogue, settings: Settings, scope: Scope, told: Told) -> _Ties:
    """Who is who, what was bought and who stands behind it: the temporary tables the rules join."""
    told("resolve")
    if is_unlinked(store):
        link(store, only_customer(settings))  # a load was cut short after its files and before this step
    conflicts = make_parties(store)
    make_purchases(store, only_customer(settings), scope.since, scope.until, scope.procedure, scope.as_of)
    told("ties")
    make_posts(store)
    make_declarations(store)
    hubs = make_behind(store)
    make_near_names(store)
    leave_out_the_judged(store)
    behind = make_control(store, hubs)
    kin = make_kin(store)
    make_suppositions(store, settings.organisation.region_code, catalogue.asks("name_pattern"))
    return _Ties(conflicts, kin, behind)


def write(run: Run, workspace: Workspace, lang: str) -> Path:
    """Write the run's folder, told against the newest one there is, and return it."""
    return write_run(replace(run, changes=changes_since(workspace.latest_run(), run)), workspace.reports, lang)


def rules_of(workspace: Workspace | None) -> Catalogue:
    """The shipped rules, with the workspace's own over them."""
    return load_rules(shipped("rules"), *([workspace.rules] if workspace else []), lang=workspace.lang if workspace else "ru")


def only_customer(settings: Settings) -> str | None:
    """The customer of rows that name none: the settings' only one, else None."""
    customers = settings.purchases.customers
    return customers[0] if len(customers) == 1 else None
