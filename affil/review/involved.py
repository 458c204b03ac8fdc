"""Which cases are about a person of the letterhead himself, by the graph: the memo is then for another (OFFICER 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from affil.language.named import is_named
from affil.model.finding import Finding
from affil.model.run import Involved
from affil.review.near import Surroundings, kin_of, persons_named
from affil.settings import Settings
from affil.store.store import Store

ROLES = ("addressee", "addressee_if_involved", "executor", "head")
HIS_OWN = ("official", "path", "kin", "supplier", "supplier_kin")
"""A superior is whom a memo is for: that he is one makes the case not his own."""


def involved_in(store: Store, findings: Iterable[Finding], settings: Settings) -> tuple[Involved, ...]:
    """For each person the settings name in a letterhead the ties he is too near to. Needs the temporary tables of a screen."""
    cases: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if not finding.name_only:
            cases[finding.tie].append(finding)
    told = {role: getattr(settings.documents, role) for role in ROLES} if cases else {}
    people = {role: persons_named(store, partial(is_named, text=text)) for role, text in told.items() if text}
    kin = kin_of(store, {party for of_role in people.values() for person in of_role for party in person.parties})
    found = set[Involved]()
    for role, of_role in people.items():
        for person in of_role:
            around = Surroundings(store, person, kin)
            around.learn([finding for of_tie in cases.values() for finding in of_tie])
            near = ((tie, around.near(of_tie)) for tie, of_tie in cases.items())
            found |= {Involved(role, tie, how) for tie, how in near if how and how.way in HIS_OWN}
    return tuple(sorted(found, key=repr))
