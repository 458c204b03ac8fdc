"""A lead and its ends, its purchases and the paths that lead there, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

PRIORITIES = ("first", "high", "normal", "low", "info")  # strongest first
GRADES = ("P", "A", "B", "C", "D")  # strongest first
CONTROLS = (  # strongest first, CONTRACT 4
    "sole-proprietor", "director", "manager", "owner", "indirect-owner", "small-share", "group", "employee", "contact",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a record stands: the file below the workspace, and sheet and row, ОГРН and element, or line."""

    file: str
    locator: str


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Why a supposed identity is supposed: `evidence` are lines {"key", "bits", "params"} of affil/identity/lines.py, `expected`
    others who bear the name in the region, `seen` persons of the loaded registry who bear it; both None of an organisation, whose
    lines are those of affil/resolve/firms.py."""

    evidence: tuple[dict[str, Any], ...]
    expected: float | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided on the two ends of a step: entry of the log, `same` or `unsure`, by whom, which day, by what."""

    entry: int
    verdict: str
    by: str
    on: dt.date
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One tie of a path: `origin` is the director, owner, supplier … of `target`; kin is told the other way round.

    `relation` of a kin step is a chain seen from `origin`: what `target` is to it (official, `spouse.sibling`, the wife's
    brother), so a path runs official → relative → organisation → purchase. Otherwise `relation` is `same_as`, `name-pattern`,
    `sole-proprietor`, `director`, `manager`, `owner`, `supplier`, `participant`, `customer`, `service` or a procurement role.
    Kinds are `person`, `organisation`, `purchase`; documents draw them as different shapes. `detail` is a text
    shown beside the relation: a share, a post, a role. Dates are inclusive; None is unknown or open.
    """

    origin: str
    relation: str
    target: str
    source: Source
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    confidence: float = 1.0
    origin_kind: str = "person"
    target_kind: str = "person"
    detail: str = ""
    origin_id: str = ""  # node of the evidence graph; never printed
    target_id: str = ""
    resemblance: Resemblance | None = field(default=None, compare=False)
    last_seen: dt.date | None = field(default=None, compare=False)  # where the tie ended between this day and `valid_to`
    decided: Decided | None = None  # of a `same_as`; findings.json tells the entry by the pair's id, the same in every store


@dataclass(frozen=True, slots=True)
class Employee:
    """The official of a finding, in one post."""

    key: str
    employee_id: str | None
    employer_inn: str | None
    employer: str | None
    name: str
    inn: str | None
    status: str | None
    procurement_role: str | None
    position: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or participant: `key` is its ИНН, or its comparable name where no ИНН is known."""

    key: str
    inn: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Contract:
    """A concluded purchase."""

    number: str | None
    signed_on: dt.date | None
    customer_inn: str | None
    customer: str | None
    price: Decimal | None
    ground: str | None
    method: str | None = None
    organizer_inn: str | None = None
    procedure_number: str | None = None
    national_project: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A bid in a procurement procedure."""

    number: str
    applied_on: dt.date | None
    customer_inn: str | None
    won: bool | None


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """One way from the official to the purchase, with what was taken for granted (`assumed`: catalogue keys).

    `kinship` is None where no official is on it, and where surname and patronymic alone speak for kin; `control` is None
    where no organisation is on it.
    """

    steps: tuple[Step, ...]
    kinship: str | None
    control: str | None
    share: Fraction | None
    confidence: float
    identity_grade: str
    in_force: bool | str  # True, False or "during_performance"
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherParty:
    """The other end of a finding that has no supplier or no official: another official, an institution, another bidder."""

    key: str
    kind: str  # person or organisation
    name: str
    inn: str | None
    employee_id: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A lead: this official, this supplier, this purchase, by this rule. Never a verdict (CONTRACT 4).

    Kin in subordination have no supplier but an `other_party`; suppliers alone no `employee`. `contracts` holds all of them where
    a finding is over several, and is empty otherwise.
    """

    id: str
    tie: str
    rule: str
    priority: str
    about: str
    employee: Employee | None
    supplier: Party | None
    contract: Contract | None
    procedure: Procedure | None
    path: EvidencePath
    other_paths: tuple[EvidencePath, ...]
    kinship_alternatives: tuple[str, ...]
    circles: dict[str, str]
    bases: tuple[str, ...]
    relative: str | None = None  # name of the relative the path goes through, None for the official himself
    relationship: str | None = None  # the word the questionnaire uses for him
    name_only: bool = False  # grade D below 0.5: stands on «Совпадения только ФИО»
    status: str = "open"
    other_party: OtherParty | None = None
    contracts: tuple[Contract, ...] = ()
    if_confirmed: str = (
        ""  # the priority, were the identities on the path confirmed by a document; empty where that is no question
    )

    @property
    def ends(self) -> tuple[Employee | Party | OtherParty, Party | OtherParty]:
        """Whom the finding joins: the official if there is one, else a supplier; and the supplier, else the other party."""
        far = self.supplier if self.employee and self.supplier else self.other_party or self.supplier
        near = self.employee or self.supplier
        if near is None or far is None:
            raise ValueError(f"finding {self.id} joins nobody")
        return near, far
