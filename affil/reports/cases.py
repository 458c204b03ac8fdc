"""What people read is grouped: a case is an official and a supplier, numbered the same in every document (CONTRACT 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from affil.model.finding import GRADES, PRIORITIES, Contract, Employee, EvidencePath, Finding, OtherParty, Party, Procedure, Step

PurchaseKey = tuple[str, ...]
Way = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Purchase:
    """One contract or procedure of a case with the findings about it, strongest first."""

    key: PurchaseKey
    contract: Contract | None
    procedure: Procedure | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A way from the official to the supplier that several purchases may share; `finding` is the strongest that has it."""

    path: EvidencePath
    finding: Finding
    purchases: int


@dataclass(frozen=True, slots=True)
class Case:
    """One official and one supplier, or two officials, an official and an institution, two suppliers (`near`, `far`).

    `name_only` where nothing but full names joins them.
    """

    number: int
    near: Employee | Party | OtherParty
    far: Party | OtherParty
    priority: str
    name_only: bool
    findings: tuple[Finding, ...]
    purchases: tuple[Purchase, ...]

    @property
    def purchase_count(self) -> int:
        """How many contracts and procedures the case is about; none where it is a relation in service."""
        return sum(purchase.contract is not None or purchase.procedure is not None for purchase in self.purchases)

    @property
    def official(self) -> Employee | None:
        """The official the case is about, None for suppliers alone."""
        return self.near if isinstance(self.near, Employee) else None


def cases_of(findings: Iterable[Finding]) -> tuple[Case, ...]:
    """Cases in order of priority, of one priority the reopened first, then official, then supplier, numbered from 1.

    The order of `findings` plays no part.
    """
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        near, far = finding.ends
        groups[near.key, far.key].append(finding)
    ordered = sorted((sorted(group, key=strength) for group in groups.values()), key=_case_order)
    return tuple(_case(number, group) for number, group in enumerate(ordered, start=1))


def strength(finding: Finding) -> tuple[int, float, int, str, str]:
    """Sort key: priority, confidence, identity grade, rule, id; the strongest first."""
    return (
        PRIORITIES.index(finding.priority),
        -finding.path.confidence,
        GRADES.index(finding.path.identity_grade),
        finding.rule,
        finding.id,
    )


def _case_order(group: list[Finding]) -> tuple[int, bool, bool, str, str, str, str]:
    first = group[0]
    name_only = all(finding.name_only for finding in group)
    rank = PRIORITIES.index(first.priority)
    near, far = first.ends
    settled = all(finding.status != "reopened" for finding in group)
    return rank, name_only, settled, near.name, near.key, far.name, far.key


def _case(number: int, group: list[Finding]) -> Case:
    first = group[0]
    name_only = all(finding.name_only for finding in group)
    return Case(number, *first.ends, first.priority, name_only, tuple(group), _purchases(group))


def _purchases(group: list[Finding]) -> tuple[Purchase, ...]:
    found: dict[PurchaseKey, list[Finding]] = defaultdict(list)
    for finding in group:
        found[purchase_key(finding)].append(finding)
    return tuple(Purchase(key, items[0].contract, items[0].procedure, tuple(items)) for key, items in sorted(found.items()))


def purchase_key(finding: Finding) -> PurchaseKey:
    """What tells one purchase from another, dates first so that purchases sort by time; a contract wins over its procedure."""
    if finding.contract is not None:
        of = finding.contract
        texts = (of.signed_on, of.number, of.customer_inn, of.price, of.subject, of.procedure_number, of.organizer_inn)
        return tuple("" if value is None else str(value) for value in texts)
    if finding.procedure is not None:
        bid = finding.procedure
        return tuple("" if value is None else str(value) for value in (bid.applied_on, bid.number, bid.customer_inn))
    return ("",)


def drawn_paths(case: Case) -> tuple[DrawnPath, ...]:
    """Different ways of a case, strongest first; ways that differ only in the purchase are one."""
    first: dict[Way, tuple[EvidencePath, Finding]] = {}
    purchases: dict[Way, set[PurchaseKey]] = defaultdict(set)
    for finding in case.findings:
        for path in (finding.path, *finding.other_paths):
            way = way_of(path)
            first.setdefault(way, (path, finding))
            purchases[way].add(purchase_key(finding))
    return tuple(DrawnPath(path, finding, len(purchases[way])) for way, (path, finding) in first.items())


def way_of(path: EvidencePath) -> Way:
    """What is the same in two paths that differ only in the purchase."""
    return tuple(_tie(step) for step in path.steps if not touches_purchase(step))


def _tie(step: Step) -> tuple[object, ...]:
    """What makes a step the same tie whatever its purchase: a customer may be spelled in as many ways as he has contracts."""
    ends = step.origin_id or step.origin, step.target_id or step.target
    return *ends, step.relation, step.valid_from, step.valid_to, step.confidence


def touches_purchase(step: Step) -> bool:
    """True where one end of a step is a contract or a procedure."""
    return "purchase" in (step.origin_kind, step.target_kind)
