"""The answer on one person, put together from the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from affil.answers.coverage import coverage
from affil.kinship.table import make_kin_words
from affil.model.run import Coverage
from affil.person.answer import SELF, Lead, PersonAnswer, Subject
from affil.person.kin import chains_of, colleagues, relative_rows, relatives
from affil.person.likeness import likenesses
from affil.person.participation import Who, participations
from affil.person.purchases import compared, customers_of, founders_of, touched
from affil.person.questions import asks, questions, result
from affil.person.searched import notices, searches
from affil.procurement.posts import make_posts
from affil.procurement.purchases import make_purchases
from affil.resolve.parties import make_parties
from affil.store.store import Store

Row = dict[str, Any]


def prepare(store: Store, default_customer: str | None) -> None:
    """The temporary tables an answer needs, for who has not made a screen: mention, party, purchase, service, institution_of …"""
    make_parties(store)
    make_purchases(store, default_customer, None, None)
    make_posts(store)
    make_kin_words(store)


def person_answer(
    store: Store,
    subject: Subject,
    leads: Sequence[Lead],
    home_region: str | None,
    stale_months: int,
    on: dt.date,
    run: str | None,
) -> PersonAnswer:
    """The answer as of the day `on`. `leads`: the cases of `run` he is one side of. Needs the tables of `prepare`, or of a screen.
    `home_region`: two digits, None takes that of the employers; `stale_months`: after which a questionnaire is old.

    Participation is that of the person and of those his own questionnaires name; kin that only other questionnaires tell of are
    in the cases.
    """
    rows = relative_rows(store, subject)
    people = _people(subject, rows)
    customers = customers_of(store, subject)
    serve = sorted({*(inn for inn, _ in customers), *founders_of(store, subject)})
    alike = likenesses(store, [one.party for one in people], serve, home_region)
    found = participations(store, subject, people, alike)
    there = compared(store, subject, customers)
    bought = touched(store, found)
    serving = colleagues(store, subject, rows, {row["behind"]: row for row in alike}, serve)
    covered = _coverage(store, subject, on, stale_months)
    asked = questions(subject, leads, found, bought, serving, on)
    outcome, why = result(asked, covered, there)
    shown = frozenset().union(*(lead.names for lead in leads))
    return PersonAnswer(
        subject, _groups(covered), relatives(rows, found, shown, on), serving, searches(store, subject, rows), notices(store, subject),
        there, found, bought, asked, outcome, why, tuple(dict.fromkeys(reason for one in covered for reason in one.reasons)), on, run,
        tuple(sorted(lead.case for lead in leads if not asks(lead))),
    )  # fmt: skip


def _people(subject: Subject, rows: Iterable[Row]) -> list[Who]:
    """The person and everybody living whom his questionnaires name, each once."""
    found = {subject.party: Who(subject.party, subject.name, SELF, (SELF,), None, subject.gender)}
    for row in rows:
        if row["fact"] == "person":
            who = Who(row["party"], row["name"] or "", row["relationship"] or "", chains_of(row), row["employer"], row["gender"])
            found.setdefault(row["party"], who)
    return list(found.values())


def _coverage(store: Store, subject: Subject, on: dt.date, months: int) -> list[Coverage]:
    return coverage(store, on, months, [post.key for post in subject.posts])


def _groups(covered: Iterable[Coverage]) -> dict[str, str]:
    """For each group of kin the best that any of his questionnaires says: yes, none, no."""
    best: dict[str, str] = {}
    for one in covered:
        for group, told in one.groups.items():
            best[group] = min(best.get(group, told), told, key=("yes", "none", "no").index)
    return best
