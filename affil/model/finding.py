"""What a run found, could not determine and covered, as plain values; documents are made of these and of nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

PRIORITIES = ("first", "high", "normal", "low", "info")  # strongest first
GRADES = ("P", "A", "B", "C", "D")  # strongest first
CONTROLS = (  # strongest first, CONTRACT 4
    "sole-proprietor", "director", "manager", "owner", "indirect-owner", "small-share", "group", "employee", "contact",
)  # fmt: skip

# Reasons that hold for nearly every supplier (extracts are downloaded after the purchases): sums tell them last.
ALMOST_ALWAYS = frozenset({"left_before_extract"})


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


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one official was checked. `result`: full, limited, none; `reasons` and `remedies` are catalogue keys.

    `groups` tells for each group of kin (spouse, child, parent, sibling, spouse.parent, spouse.sibling, spouse.child,
    child.spouse) whether it was declared: `yes`, `none` (declared that there is nobody) or `no` (not declared).
    """

    employee: Employee
    result: str
    questionnaire_date: dt.date | None
    groups: dict[str, str]
    relatives: int
    relatives_with_inn: int
    organisations: int
    contracts: int
    reasons: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    dismissed: dt.date | None = None  # from this post; None: not, or not known


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Somebody or something that could not be checked. `kind`: official, relative, supplier, participant, holder, contact."""

    kind: str
    name: str
    inn: str | None
    reason: str  # catalogue key under `undetermined`; its table has reason, affects, remedy, where
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RejectRow:
    """A row or value not taken, with the file it stands in."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    reason: str
    params: dict[str, str]
    row_taken: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A file that was loaded."""

    file: str
    sha256: str
    kind: str
    taken: dict[str, int]
    rejected: int
    notes: tuple[str, ...]
    dated: tuple[dt.date | None, dt.date | None] = (None, None)  # first and last day its records speak of


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What documents say about a rule, in both languages (`{"ru": …, "en": …}`)."""

    id: str
    sha256: str
    title: dict[str, str]
    explanation: dict[str, str]
    bases: tuple[str, ...]
    about: str
    clarify: dict[str, str]
    action_official: dict[str, str]
    action_participant: dict[str, str]
    false_positives: dict[str, str]


@dataclass(frozen=True, slots=True)
class OftenRule:
    """A rule that found something in `purchases` of the `screened` ones, more than the share `most` it expects."""

    rule: str
    purchases: int
    screened: int
    most: float


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer whose purchases are to be checked; `handed_in`: contracts loaded of the period, 0 where none is."""

    inn: str
    name: str | None
    handed_in: int


@dataclass(frozen=True, slots=True)
class Money:
    """How many contracts, and what they cost together in roubles; `unpriced` of them tell no price."""

    contracts: int = 0
    price: Decimal = Decimal(0)
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """What was compared. Officials are counted in `Run.coverage`; here is the rest, of the run's period where there is one.

    `companies`, `proprietors`: organisations and entrepreneurs whose extract is loaded, whatever the period; `searches`:
    entries in the journal of searches in open services.
    """

    relatives: int = 0
    members: int = 0  # persons on commissions
    unlinked_members: int = 0  # of them none of the officials
    suppliers: int = 0
    participants: int = 0  # in procedures; a winner is both
    procedures: int = 0
    all: Money = Money()
    national: Money = Money()  # of national projects
    small: Money = Money()  # ст. 93 ч. 1 п. 4, 5 of 44-ФЗ
    customers: tuple[Customer, ...] = ()
    companies: int = 0
    proprietors: int = 0
    extracts: tuple[dt.date | None, dt.date | None] = (None, None)
    searches: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Against an earlier run, in ties (an official and a supplier, or other two): new, gone, changed, reopened."""

    run: str
    new: int
    gone: int
    changed: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near somebody is to the subject of a case. `way`: official (it is about him), path (he is on it), kin (of the official
    or of one on the path), supplier (he is its `control`), supplier_kin (his kin is), superior, subordinate (of the official).

    `whom` is the person or organisation he is near to, `chain` what that person, or who stands behind the firm, is to him.
    """

    way: str
    whom: str = ""
    chain: str = ""
    control: str = ""


@dataclass(frozen=True, slots=True)
class Involved:
    """A person of the letterhead who is near the subject of a case. `role`: addressee, addressee_if_involved, executor, head."""

    role: str
    tie: str
    near: Nearness


@dataclass(frozen=True, slots=True)
class UnfairListed:
    """A supplier or bidder who stood in РНП on the day of a purchase; `number`: of the purchase, `entry`: of the register."""

    inn: str
    name: str
    number: str
    event_date: dt.date
    entry: str
    since: dt.date
    until: dt.date
    file: str
    locator: str


@dataclass(frozen=True, slots=True)
class Run:
    """All a run has to say; `started` is the only clock, and nothing that must be reproducible reads it."""

    id: str
    version: str
    started: dt.datetime
    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    undetermined: tuple[Undetermined, ...]
    rejects: tuple[RejectRow, ...]
    sources: tuple[SourceRow, ...]
    rules: dict[str, RuleInfo]
    settings: dict[str, object]
    counts: dict[str, int]
    period: tuple[dt.date | None, dt.date | None]
    as_of: dt.date
    often: tuple[OftenRule, ...] = ()
    volume: Volume = Volume()
    changes: Changes | None = None  # None: there is no earlier run
    rules_date: dt.date | None = None  # the edition of the shipped rules
    own_rules: int = 0  # rules of the workspace itself
    unfair: tuple[UnfairListed, ...] = ()
    involved: tuple[Involved, ...] = ()
    courses: Mapping[str, Any] = field(
        default_factory=dict
    )  # by tie: affil/decisions/course.py; a later stage's, so no type here
    changed: Mapping[str, Any] = field(default_factory=dict)  # by id of a reopened finding: Changes of affil/review/changed.py
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)  # of the logs when it was made: number and hash of the last
    pseudonym_key: str = field(default="", repr=False)  # secret of the workspace: into no document, log or message
