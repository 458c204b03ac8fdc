"""What leaves an answer open, and what only limits it.

The line between the two. An answer is open («cannot say») where one side of the pair cannot be compared at all or whom the law asks for
first is not seen: no extract and no owner disclosed, shareholders nobody publishes, hidden persons, no ИНН; no word of the near kin
of an official. It is limited where it was compared and something at the edge was not: a group of kin his questionnaire leaves out, its age, an
extract older than the application, shares of 10 to 25 % behind an application, a remark of the registry on its own entry. Nearly every questionnaire leaves a group out (the form in force
until 2024 asks for none of the spouse's parents), so limits as open answers would make every sheet say «cannot say» for ever and nobody would read
the few that matter; they stand beside the answer instead, and members' statements cover them. An owner whose share nobody knows is no open
answer either: were he kin, that would be a finding, whatever the share.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from affil.model.run import Coverage, Undetermined
from affil.precheck.bidders import Bidder
from affil.precheck.seats import Seat
from affil.store.store import Store


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason of words/precheck.toml, with what fills its text."""

    reason: str
    params: tuple[tuple[str, str], ...] = ()


Told = dict[str, list[Doubt]]  # by official or by bidder

# Of what a run cannot determine about suppliers: what leaves the answer open, and what limits it.
_OPEN = {
    "joint_stock": "joint_stock", "restricted": "hidden", "no_owners": "no_owners", "owners_not_given": "owners_not_given",
    "no_inn_supplier": "no_inn", "inn_by_name": "no_inn",
    "name_of_several": "no_inn", "name_is_near": "no_inn", "too_many_owners": "too_many_owners",
}  # fmt: skip
_LIMITING = {
    "share_unknown": "share_unknown", "loop_of_owners": "loop_of_owners",
    "predecessor_no_extract": "succession", "predecessor_not_compared": "succession", "successor_no_extract": "succession",
    "successor_not_compared": "succession", "crowded_employer": "crowded",
}  # fmt: skip
# Remarks of the registry on its own entries (affil/answers/remarks.py): who stands behind the bidder is told and was compared; that
# he may not be the one, or that another uses his share (ГК ст. 1012, 358.15), stands beside the answer. So for owners of the bidder.
_REMARKS = frozenset(
    {"registry_untrue", "share_in_trust", "share_inherited", "share_pledged", "head_disqualified", "restricted_part"}
)
NEAR = ("spouse", "child", "parent", "sibling")  # the groups of kin that every form of questionnaire asks for
FRESH = dt.timedelta(
    days=30
)  # an extract so near to the application shows who stands behind the participant; farther ones say so
_HOLDER_OPEN = frozenset(
    {"no_extract", "joint_stock", "restricted", "no_owners", "owners_not_given", "unseen_owner", "too_many_owners"}
)
_OF_QUESTIONNAIRES = frozenset({"stale_questionnaire", "future_questionnaire", "no_identity"})


def of_bidders(store: Store, bidders: Collection[Bidder], unseen: Iterable[Undetermined], today: dt.date) -> tuple[Told, Told]:
    """(open, limiting) reasons of each bidder, by its key; a bid without a day is of `today`."""
    found = list(unseen)
    told: dict[str, list[Undetermined]] = defaultdict(list)
    for one in found:
        if one.kind in ("supplier", "participant", "holder"):
            told[one.inn or one.name].append(one)
    holders = _holders(store)
    opened = {bidder.key: _unique(_open(bidder, told, holders)) for bidder in bidders}
    limited = {bidder.key: _unique(_limiting(bidder, told, holders, today)) for bidder in bidders}
    return opened, limited


def of_officials(seats: Iterable[Seat], coverage: Iterable[Coverage]) -> tuple[Told, Told]:
    """(open, limiting) reasons of each official, by his key."""
    covered = {row.employee.key: row for row in coverage}
    opened: Told = {}
    limited: Told = {}
    for seat in seats:
        row = covered.get(seat.key)
        if not seat.known or row is None:
            opened[seat.key], limited[seat.key] = [Doubt("not_in_list")], []
            continue
        limits = list(_of_official(row))
        opened[seat.key] = (
            [Doubt("no_questionnaire")] if row.result == "none" else [one for one in limits if _none_near(one, row)]
        )
        limited[seat.key] = [one for one in limits if one not in opened[seat.key]]
    return opened, limited


def _none_near(doubt: Doubt, row: Coverage) -> bool:
    """Whether the gap is all the kin every form asks for: in-laws listed apart are no questionnaire."""
    return doubt.reason == "groups_missing" and all(row.groups[group] == "no" for group in NEAR)


def _of_official(row: Coverage) -> Iterator[Doubt]:
    for reason in row.reasons:
        if reason.startswith("groups_"):
            yield Doubt("groups_missing", (("groups", ",".join(group for group, told in row.groups.items() if told == "no")),))
        elif reason in _OF_QUESTIONNAIRES:
            yield Doubt(reason)


def _open(bidder: Bidder, told: dict[str, list[Undetermined]], holders: dict[str, list[tuple[str, str]]]) -> Iterator[Doubt]:
    mine = {one.reason for one in _of(bidder, told)}
    if bidder.seen_by == "nothing" and not mine & _OPEN.keys():
        yield Doubt("no_extract")
    if bidder.seen_by == "application":
        yield from (Doubt(f"{part}_not_disclosed") for part in ("director", "owners") if part not in bidder.disclosed)
    if bidder.joint_stock or "joint_stock" in mine:
        yield Doubt("joint_stock")
    yield from (Doubt(_OPEN[reason]) for reason in sorted(mine & _OPEN.keys()) if reason != "joint_stock")
    for key, name in holders.get(bidder.key, []):
        if any(one.reason in _HOLDER_OPEN for one in told.get(key, [])):
            yield Doubt("holder_unseen", (("holder", name),))


def _limiting(
    bidder: Bidder, told: dict[str, list[Undetermined]], holders: dict[str, list[tuple[str, str]]], today: dt.date
) -> Iterator[Doubt]:
    applied = bidder.applied_on or today
    if bidder.seen_by == "extract" and bidder.extract_on and applied - bidder.extract_on > FRESH:
        yield Doubt("old_extract")
    if bidder.seen_by == "extract" and bidder.first_extract_on and bidder.first_extract_on - applied > FRESH:
        yield Doubt("left_before_extract")
    if bidder.seen_by == "application":
        yield Doubt("application")
    if bidder.applied_on is None:
        yield Doubt("undated")
    for one in _of(bidder, told):
        if one.reason in _LIMITING:
            yield Doubt(_LIMITING[one.reason])
    behind = [one for key, _ in holders.get(bidder.key, []) for one in told.get(key, [])]
    yield from (Doubt(one.reason) for one in [*_of(bidder, told), *behind] if one.reason in _REMARKS)


def _of(bidder: Bidder, told: dict[str, list[Undetermined]]) -> list[Undetermined]:
    return told.get(bidder.key, []) + (told.get(bidder.name, []) if bidder.inn is None else [])


def _holders(store: Store) -> dict[str, list[tuple[str, str]]]:
    """Organisations that hold a bidder, directly or further up: (ИНН or name, name), by the bidder's ИНН."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for target, inn, name in (
        store.sql("""
        SELECT DISTINCT a.target, t.holder_inn, t.holder_name FROM above a JOIN registry_tie t ON t.company_inn = a.inn
        WHERE t.holder_kind IN ('organisation', 'foreign', 'fund') AND t.kind IN ('owner', 'managing') ORDER BY ALL""").fetchall()
    ):
        found[target].append((inn or name or "", name or inn or ""))
    return found


def _unique(found: Iterable[Doubt]) -> list[Doubt]:
    return sorted(set(found), key=lambda one: (one.reason, one.params))
