"""All a run has to say: its findings, how far it looked, what it could not determine and what was loaded, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from affil.model.finding import Employee, Finding

# Reasons that hold for nearly every supplier (extracts are downloaded after the purchases): sums tell them last.
ALMOST_ALWAYS = frozenset({"left_before_extract"})


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
    outcomes: dict[str, int] | None = None  # what came of cases, by affil/answers/outcomes.yml; None: the period is no quarter
    involved: tuple[Involved, ...] = ()
    courses: Mapping[str, Any] = field(
        default_factory=dict
    )  # by tie: affil/decisions/course.py; a later stage's, so no type here
    changed: Mapping[str, Any] = field(default_factory=dict)  # by id of a reopened finding: Changes of affil/review/changed.py
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)  # of the logs when it was made: number and hash of the last
    pseudonym_key: str = field(default="", repr=False)  # secret of the workspace: into no document, log or message
