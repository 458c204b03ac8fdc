"""Whose data an act of destruction tells of, and which kinds of data; asked of the store while it still has them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from affil.commands.purge_plan import Plan
    from affil.reports.word.destruction import Destroyed
    from affil.retention.terms import Term
    from affil.settings import Settings
    from affil.store.store import Store
    from affil.words import Words


def subjects_of(store: Store, plan: Plan, settings: Settings, words: Words) -> tuple[Destroyed, ...]:
    """A subject an official with the relatives he named, then relatives of nobody known, each by name."""
    subjects = [_subject(store, one, plan.why[one.key], words) for one in plan.people]
    return (*subjects, *_orphans(store, plan, settings, words))


def _subject(store: Store, one: Term, why: str, words: Words) -> Destroyed:
    from affil.reports.word.destruction import Destroyed, Kinsman, categories_of, post_text
    from affil.retention.destroyed import told_of
    from affil.retention.purge import what_would_go

    told = told_of(one.name, what_would_go(store, [one]))
    where = post_text(one.employee_id, one.employer, words)
    kin = tuple(
        Kinsman(kin.name, kin.relationship, categories_of(kin.columns, words), _codes(store, kin.references)) for kin in told.kin
    )
    return Destroyed(one.name, where, _codes(store, told.own.references), categories_of(told.own.columns, words), why, kin)


def _orphans(store: Store, plan: Plan, settings: Settings, words: Words) -> list[Destroyed]:
    from affil.reports.word.destruction import Destroyed, categories_of
    from affil.retention.destroyed import orphans_told

    why = words("retention.act.why_orphans", days=settings.retention.relative_days)
    return [
        Destroyed(
            one.name,
            words("retention.act.kin_alone", degree=one.relationship or words("retention.act.no_degree")),
            _codes(store, one.references),
            categories_of(one.columns, words),
            why,
        )
        for one in (orphans_told(store, plan.orphans) if plan.orphans else ())
    ]


def _codes(store: Store, references: Collection[str]) -> str:
    from affil.audit.numbers import numbers_of

    return ", ".join(numbers_of(store, references)) if references else ""
