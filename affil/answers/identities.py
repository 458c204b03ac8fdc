"""Which identities the findings rest on: pairs of persons, what a decision on them would touch, and what was decided."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from affil.decisions.entry import IDENTITY, Entry, subject_of
from affil.decisions.log import effective, of_kind
from affil.decisions.references import kind_of
from affil.model.finding import PRIORITIES, Finding, Source
from affil.store.store import Store

Row = dict[str, Any]
UNDECIDED, DORMANT = "undecided", "dormant"

_CALLED_BY = {"official": ("official", "inn", "born"), "relative": ("kin", "inn", "born")}
_OF_REGISTRY = ("inn", "name")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a person: `role` is a key of `match.role`, `word` the questionnaire's word or a post, `of` whose or of what."""

    mention: str
    role: str
    name: str
    word: str | None
    of: str | None
    inn: str | None
    birth_date: dt.date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Person:
    """One side of a pair. Nothing but `name` and `shown` where no loaded record is his any more."""

    name: str
    references: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the two may be one: as the table `identity` has it; of a merge only grade and agreement are known."""

    probability: float
    grade: str
    agreement: str
    expected_holders: float | None = None
    seen_holders: int | None = None
    lines: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons who are or may be one. `state`: undecided, same, different, unsure, dormant. `together`: one party now."""

    id: str
    one: Person
    other: Person
    state: str
    together: bool = False
    evidence: Evidence | None = None
    findings: tuple[Finding, ...] = ()
    entries: tuple[Entry, ...] = field(default=())

    @property
    def cases(self) -> int:
        """How many (official, supplier) the findings over this identity concern."""
        return len({finding.tie for finding in self.findings})

    @property
    def purchases(self) -> int:
        """In how many purchases."""
        return len({purchase for finding in self.findings for purchase in _purchases(finding)})

    @property
    def priority(self) -> str:
        """The strongest priority of these findings, empty where there are none."""
        return min((finding.priority for finding in self.findings), key=PRIORITIES.index, default="")

    @property
    def if_same(self) -> str:
        """The strongest priority they would have, were the two surely one person."""
        return min((finding.if_confirmed or finding.priority for finding in self.findings), key=PRIORITIES.index, default="")

    @property
    def weight(self) -> tuple[object, ...]:
        """Sort key: what a decision would touch, then how open the question is."""
        return -self.cases, -self.purchases, abs((self.evidence.probability if self.evidence else 1.0) - 0.5), self.id


def _purchases(finding: Finding) -> Iterable[tuple[object, ...]]:
    bought = finding.contracts or ((finding.contract,) if finding.contract else ())
    supplier = finding.supplier.key if finding.supplier else ""
    if not bought and finding.procedure:
        yield supplier, finding.procedure.number
    for one in bought:
        yield supplier, one.customer_inn, one.number, one.signed_on, one.price


def pairs(store: Store, findings: Collection[Finding], log: Sequence[Entry]) -> list[Pair]:
    """Every identity on the findings' paths, and every pair that was decided on; what a decision would touch most comes first.

    Needs the temporary tables of a screen, in the same session: mention, party, identity, judged, and the view reference.
    """
    met = _met(store, findings)
    mentions = _Mentions(store, met)
    found: dict[str, Pair] = {}
    for (one, other), through in met.items():
        pair = mentions.pair(one, other)
        known = found.get(pair.id)
        found[pair.id] = replace(
            known or pair, findings=tuple({f.id: f for f in (*(known.findings if known else ()), *through)}.values())
        )
    return sorted(_with_decisions(store, found, log), key=lambda pair: pair.weight)


def _met(store: Store, findings: Collection[Finding]) -> dict[tuple[str, str], list[Finding]]:
    """The findings by the two mentions their identity is on: of a supposition the two that were compared best."""
    steps = [(f, step) for f in findings for step in f.path.steps if step.relation == "same_as"]
    store.temporary("stepped", {"mention": "VARCHAR"}, sorted({(end,) for _, s in steps for end in (s.origin_id, s.target_id)}))
    party = dict(store.sql("SELECT mention, party FROM party SEMI JOIN stepped USING (mention)").fetchall())
    best = {
        (row["declared"], row["behind"]): (row["declared_mention"], row["behind_mention"]) for row in store.rows("FROM identity")
    }
    met: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding, step in steps:
        ends = step.origin_id, step.target_id
        met[best.get((party[ends[0]], party[ends[1]]), ends)].append(finding)
    return met


class _Mentions:
    """What is known of the mentions and of their parties."""

    def __init__(self, store: Store, met: Collection[tuple[str, str]]) -> None:
        store.temporary("asked_of", {"mention": "VARCHAR"}, sorted({(end,) for ends in met for end in ends}))
        store.script(Path(__file__).with_suffix(".sql"))
        self.party: dict[str, str] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        for mention, party in store.sql("SELECT mention, party FROM described ORDER BY ALL").fetchall():
            self.party[mention] = party
            self.members[party].append(mention)
        self.records = {row["mention"]: _record(row) for row in store.rows("FROM described ORDER BY ALL")}
        self.identity = {(row["declared"], row["behind"]): row for row in store.rows("FROM identity")}
        self.called: dict[str, set[str]] = defaultdict(set)
        self.bearers: dict[str, set[str]] = defaultdict(set)
        for reference, mention, party in store.sql("SELECT reference, mention, party FROM borne ORDER BY ALL").fetchall():
            self.called[mention].add(reference)
            self.bearers[reference].add(party)

    def pair(self, one: str, other: str) -> Pair:
        """The pair as it stands in the present data."""
        together = self.party[one] == self.party[other]
        id_ = subject_of(self._handle(one), self._handle(other))
        row = self.identity.get((self.party[one], self.party[other]))
        return Pair(
            id_, self._person(one, other, together), self._person(other, one, together), UNDECIDED, together, _evidence(row)
        )

    def _handle(self, mention: str) -> str:
        """What the mention is called by in the id of a pair: the most lasting reference that is nobody else's, else all of them."""
        own = sorted(ref for ref in self.called[mention] if len(self.bearers[ref]) == 1)
        for kind in _CALLED_BY.get(mention.partition("|")[0], _OF_REGISTRY):
            if fitting := [ref for ref in own if kind_of(ref) == kind]:
                return fitting[0]
        return " ".join(sorted(self.called[mention])) or mention

    def _person(self, mention: str, other: str, together: bool) -> Person:
        """All his records; of two that are one party now, his own and the references that are not the other's too."""
        mine = [mention] if together else self.members[self.party[mention]]
        known = {ref for one in mine for ref in self.called[one]}
        known -= self.called[other] if together else {ref for ref in known if len(self.bearers[ref]) > 1}
        records = sorted((self.records[one] for one in mine), key=lambda r: (r.mention != mention, r.role, r.of or "", r.source))
        return Person(self.records[mention].name, tuple(sorted(known)), tuple(records))


def _record(row: Row) -> Record:
    return Record(
        row["mention"], row["role"], row["name"] or row["inn"] or "", row["word"], row["whose"], row["inn"], row["birth_date"],
        Source(row["file"], row["locator"]),
    )  # fmt: skip


def _evidence(row: Row | None) -> Evidence | None:
    if row is None:
        return None
    lines = tuple(json.loads(row["evidence"])) if row.get("evidence") else ()
    return Evidence(row["probability"], row["grade"], row["agreement"], row["expected_holders"], row["seen_holders"], lines)


def _with_decisions(store: Store, found: dict[str, Pair], log: Sequence[Entry]) -> list[Pair]:
    met = {(number, side) for number, side in store.sql("SELECT DISTINCT number, side FROM judged").fetchall()}
    history: dict[str, list[Entry]] = defaultdict(list)
    for entry in of_kind(log, IDENTITY):
        history[entry.subject].append(entry)
    in_force = {entry.subject: entry for entry in effective(log)}
    told = {id_: replace(pair, entries=tuple(history[id_])) for id_, pair in found.items()}
    for id_, entries in history.items():
        sides = next((entry.sides for entry in reversed(entries) if entry.sides), ())
        if id_ not in told and len(sides) == 2:
            one, other = (Person(side.name, side.references, shown=side.shown) for side in sides)
            told[id_] = Pair(id_, one, other, UNDECIDED, entries=tuple(entries))
    for id_, entry in in_force.items():
        awake = {(entry.number, 0), (entry.number, 1)} <= met
        told[id_] = replace(told[id_], state=entry.verdict if awake else DORMANT)
    return list(told.values())
