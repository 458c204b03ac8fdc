"""The stages of a pre-check: those of a run over the bids of one procurement, and one answer for each pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from affil import __version__
from affil.answers.coverage import coverage
from affil.answers.suppliers import of_suppliers
from affil.decisions.log import deciding_values, effective, read_log
from affil.model.finding import Finding
from affil.precheck.asked import Asked
from affil.precheck.bidders import bidders_of
from affil.precheck.doubts import of_bidders, of_officials
from affil.precheck.pairs import Precheck, dates_of, pairs_of
from affil.precheck.prospect import as_if_won, bid_rules, spoken_first
from affil.precheck.seats import seats_of
from affil.rules.evaluate import evaluate
from affil.rules.rule import Catalogue
from affil.settings import Settings
from affil.store.outline import run_id
from affil.store.store import Store
from affil.ties import Scope, ties_of


def precheck(
    store: Store, catalogue: Catalogue, settings: Settings, asked: Asked, now: dt.datetime, not_taken: int = 0
) -> Precheck:
    """The officials and the commission of one procurement against its participants; nothing lasting is written.

    The rules about bidders speak first. Where they say nothing of a pair, those about winners are asked as if the bidder won. A
    bid without a date is taken as made on the day of the question: who stands behind the bidder now is what is asked.
    """
    today = now.date()
    own, others = bid_rules(catalogue), as_if_won(catalogue)
    rules = replace(catalogue, rules=dict(sorted((own.rules | others.rules).items())))
    ties = ties_of(store, rules, settings, Scope(procedure=asked.number, as_of=today))
    findings = evaluate(store, rules, ties.kin, ties.behind)
    _verify(store, findings)
    bidders = bidders_of(store)
    applied = [bidder.applied_on or today for bidder in bidders]
    seats = seats_of(store, asked, (min(applied), max(applied)))
    covered = coverage(store, today, settings.thresholds.stale_questionnaire_months)
    officials = of_officials(seats.rows, covered)
    suppliers = of_bidders(store, bidders, of_suppliers(store, ties.behind), today)
    opened, limited = (officials[0], suppliers[0]), (officials[1], suppliers[1])
    decided = deciding_values(effective(read_log(store)))
    return Precheck(
        asked=asked, made=now, version=__version__,
        run=run_id(store, catalogue.hashes, settings.deciding_values(), None, None, decided),
        seats=seats, bidders=tuple(bidders),
        pairs=pairs_of(seats.rows, bidders, spoken_first(findings, own), opened, limited),
        dates=dates_of(seats.rows, bidders, covered), rules={one: catalogue.info(one) for one in rules.rules},
        as_if_won=frozenset(others.rules), rules_date=catalogue.edition, not_taken=not_taken,
    )  # fmt: skip


def _verify(store: Store, findings: Collection[Finding]) -> None:
    """Every path is walked again on the raw records; where there is none, the library of graphs is not even read."""
    if findings:
        from affil.graph.evidence import verify

        verify(store, findings)
