"""Two runs side by side, tie by tie: new, gone, changed and in what, reopened, decisions that no longer cover (CONTRACT 2)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from affil.model.finding import PRIORITIES

# What makes a known tie another one; a confidence that moves with the frequencies of names does not.
TELLING = ("priority", "identity_grade", "kinship", "control", "share", "in_force", "circles")
STATUS = "status"
FINDINGS = "findings"
HALF = 0.5  # below it a name alone is no information on a tie (CONTRACT 4)
CLOSED, REOPENED, OPEN = "closed", "reopened", "open"

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TieTold:
    """A tie as a run tells it: `near` and `far` are its two sides as shown, `priority` its strongest, `statuses` of its findings.

    `purchases`: contracts, of a tie without any the bids. `changed` names what is told otherwise than in the earlier run: of
    `TELLING`, `status`, or `findings` where a rule or a purchase joined or left it.
    """

    tie: str
    near: str
    far: str
    priority: str
    purchases: int
    statuses: tuple[str, ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """Ties by what became of them, the strongest first. One that was reopened or is in `expired` has changed too.

    `expired`: closed in the earlier run, and a purchase stands under it now which that decision does not cover.
    """

    new: tuple[TieTold, ...] = ()
    gone: tuple[TieTold, ...] = ()
    changed: tuple[TieTold, ...] = ()
    reopened: tuple[TieTold, ...] = ()
    expired: tuple[TieTold, ...] = ()
    same: int = 0

    @property
    def ties(self) -> frozenset[str]:
        """All that are named."""
        return frozenset(one.tie for one in (*self.new, *self.gone, *self.changed, *self.reopened, *self.expired))


def delta(before: Iterable[Told], after: Iterable[Told]) -> Delta:
    """What became of every tie from one run's findings (`findings.json`) to another's; bare matches of a name are left out.

    Raises `KeyError` or `TypeError` where these are no findings.
    """
    old, new = _by_tie(before), _by_tie(after)
    both = [tie for tie in new if tie in old]
    differing = {tie: differs for tie in both if (differs := _differs(old[tie], new[tie]))}
    reopened = [tie for tie in new if any(one[STATUS] == REOPENED for one in new[tie])]
    expired = [tie for tie in both if _is_closed(old[tie]) and any(one[STATUS] == OPEN for one in new[tie])]
    return Delta(
        new=_told(new, (tie for tie in new if tie not in old)),
        gone=_told(old, (tie for tie in old if tie not in new)),
        changed=_told(new, differing, differing),
        reopened=_told(new, reopened, differing),
        expired=_told(new, expired, differing),
        same=len(both) - len(differing),
    )


def _by_tie(findings: Iterable[Told]) -> dict[str, list[Told]]:
    ties: dict[str, list[Told]] = defaultdict(list)
    for finding in findings:
        if finding["identity_grade"] != "D" or finding["confidence"] >= HALF:
            ties[finding["tie"]].append(finding)
    return ties


def _differs(old: list[Told], new: list[Told]) -> tuple[str, ...]:
    """What of a tie is told otherwise, in the order of `TELLING`."""
    before, after = ({one["id"]: one for one in findings} for findings in (old, new))
    both = before.keys() & after.keys()
    found = {key for key in (*TELLING, STATUS) for name in both if _text(before[name], key) != _text(after[name], key)}
    if before.keys() != after.keys():
        found.add(FINDINGS)
    return tuple(key for key in (*TELLING, STATUS, FINDINGS) if key in found)


def _text(finding: Told, key: str) -> str:
    return json.dumps(finding[key], sort_keys=True)


def _is_closed(findings: list[Told]) -> bool:
    return all(one[STATUS] == CLOSED for one in findings)


def _told(
    ties: Mapping[str, list[Told]], chosen: Iterable[str], differing: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[TieTold, ...]:
    found = [_tie(ties[tie], (differing or {}).get(tie, ())) for tie in chosen]
    return tuple(sorted(found, key=lambda one: (PRIORITIES.index(one.priority), one.near, one.far, one.tie)))


def _tie(findings: list[Told], changed: tuple[str, ...]) -> TieTold:
    strongest = min(findings, key=lambda one: (PRIORITIES.index(one["priority"]), one["id"]))
    sides = [side for side in (strongest["employee"], strongest["supplier"], strongest.get("other_party")) if side]
    near, far = [*(side["name"] or side.get("inn") or "" for side in sides), "", ""][:2]
    # a winner's bid is the same purchase as his contract
    bids = {_text(one, "procedure") for one in findings if one["contract"] is None and one["procedure"]}
    bought = {_text(one, "contract") for one in findings if one["contract"]} or bids
    statuses = tuple(sorted({one[STATUS] for one in findings}))
    return TieTold(strongest["tie"], near, far, strongest["priority"], len(bought), statuses, changed)
