"""What the report on one person says, as plain values; text, JSON and DOCX are made of these and of nothing else (OFFICER 3.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from affil.model.finding import Source

NONE_FOUND, CLARIFY, UNDETERMINED = "none_found", "clarify", "undetermined"

SELF = "self"
DECLARED, IN_QUESTIONNAIRE, NOT_STATED, NOT_LOADED = "declared", "questionnaire", "not_stated", "not_loaded"


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the person, or the one he is a candidate for."""

    key: str
    employee_id: str | None
    employer_inn: str | None
    employer: str | None
    status: str | None
    position: str | None
    department: str | None
    procurement_role: str | None
    hired: dt.date | None
    dismissed: dt.date | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the report is on. `party` is internal; `posts` in the order of employers."""

    party: str
    name: str
    former_surnames: tuple[str, ...]
    birth_date: dt.date | None
    inn: str | None
    gender: str | None
    questionnaire_date: dt.date | None
    posts: tuple[Post, ...]
    candidate: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """One person his questionnaire names. `chains` are the readings of `relationship`, best first; none where it is not understood.

    `compared`: `inn`, `name` (no ИНН: registries show no birth dates) or `no` (surname or given name unknown, or dead); `grade` of
    the best participation found, None where none was. `name` is None of a minor whom no finding goes over (OFFICER 7).
    """

    party: str
    relationship: str
    chains: tuple[str, ...]
    name: str | None
    gender: str | None
    birth_date: dt.date | None
    has_inn: bool
    fact: str
    circles: dict[str, str]
    compared: str
    grade: str | None
    minor: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Colleague:
    """A relative who serves the same employer or an institution under it. `grade` None: he is named by his own questionnaire."""

    name: str
    relationship: str
    chains: tuple[str, ...]
    position: str | None
    department: str | None
    employer: str | None
    employer_inn: str | None
    grade: str
    name_only: bool
    told_by_other: bool  # the other official's questionnaire names the person, not his own
    source: Source
    gender: str | None = None  # of whom the questionnaire names


@dataclass(frozen=True, slots=True)
class Searched:
    """One entry of the journal of searches. `kind`: registry (all of ЕГРЮЛ or ЕГРИП), disqualified, trust, other."""

    who: str
    own: bool  # the person himself was searched
    by: str | None
    service: str
    kind: str
    on: dt.date | None
    result: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """One entry of the journal of notices to the employer's representative."""

    kind: str | None
    kind_text: str | None
    number: str | None
    on: dt.date | None
    organisation: str | None
    organisation_inn: str | None
    decision: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Compared:
    """What there was to compare with: organisations and entrepreneurs with a loaded extract, first and last day of each, purchases."""

    companies: int
    proprietors: int
    company_days: tuple[dt.date | None, dt.date | None]
    proprietor_days: tuple[dt.date | None, dt.date | None]
    customers: tuple[tuple[str, str | None], ...]  # ИНН and name of the employers and of the institutions under them
    purchases: int  # contracts and bids of these customers, and those he serves in any other way


@dataclass(frozen=True, slots=True)
class Participation:
    """One person in one organisation in one way, over one stretch of time; bounds inclusive, None = unknown or open.

    `kind` is a control of CONTRACT 4, or `declared` where only a declaration tells of it. `grade` and `probability` are of the
    identity; `name_only` where nothing but a full name speaks for it, and less than evenly (CONTRACT 4).
    """

    party: str
    who: str
    relationship: str  # as the questionnaire has it; `self` of the person himself
    chains: tuple[str, ...]
    organisation: str
    name: str
    inn: str | None
    kind: str
    share: Fraction | None
    since: dt.date | None
    until: dt.date | None
    seen: dt.date | None  # the last day a source shows it
    stated: str
    grade: str
    probability: float
    name_only: bool
    source: Source
    assumed: tuple[str, ...] = ()
    gender: str | None = None

    @property
    def own(self) -> bool:
        """True of the person himself."""
        return self.relationship == SELF


@dataclass(frozen=True, slots=True)
class Touched:
    """A purchase of the employer or of an institution under it in which an organisation of `Participation` is a supplier or bidder.

    `force`: yes, ended, begun, during_performance, unknown; `force_day` of ended and begun.
    """

    event: str  # award or bid
    role: str  # winner, bidder or subcontractor
    number: str | None
    procedure_number: str | None
    on: dt.date | None
    price: Decimal | None
    customer_inn: str | None
    customer: str | None
    organisation: str
    supplier: str
    supplier_inn: str | None
    who: str
    relationship: str
    kinds: tuple[str, ...]
    force: str
    force_day: dt.date | None
    name_only: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Lead:
    """A case of a run in which the person is one side: its number there, its findings, and what is told of it."""

    case: int
    findings: tuple[str, ...]
    rules: tuple[str, ...]
    titles: tuple[str, ...]
    priority: str
    grade: str
    name_only: bool
    other: str
    other_inn: str | None
    relative: str | None
    kinship: str | None
    purchases: int
    names: frozenset[str] = frozenset()  # everybody its paths go over


@dataclass(frozen=True, slots=True)
class Question:
    """Something to clarify, never a conclusion. `kind`: case, own, purchases, not_stated, colleague; `params` fill its text."""

    number: int
    kind: str
    priority: str
    case: int | None = None
    findings: tuple[str, ...] = ()
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """All the report says. `result`: none_found, clarify (`questions` are not empty) or undetermined (`undetermined` says why).

    `limits` are reasons of `coverage.csv` that hold for him, told whatever the result is. `run` names the run whose findings and
    case numbers are told, None of a candidate, to whom the rules do not apply yet.
    """

    subject: Subject
    groups: dict[str, str]
    relatives: tuple[Relative, ...]
    colleagues: tuple[Colleague, ...]
    searches: tuple[Searched, ...]
    notices: tuple[Notice, ...]
    compared: Compared
    participations: tuple[Participation, ...]
    touched: tuple[Touched, ...]
    questions: tuple[Question, ...]
    result: str
    undetermined: tuple[str, ...]
    limits: tuple[str, ...]
    on: dt.date
    run: str | None = None
    weak_cases: tuple[int, ...] = ()  # cases of the run that rest on a full name alone or are told for information

    @property
    def certain(self) -> tuple[Participation, ...]:
        """Participations that are told in the table; the others rest on a full name alone."""
        return tuple(one for one in self.participations if not one.name_only)

    @property
    def name_only(self) -> tuple[Participation, ...]:
        """Those of which nothing but a full name speaks, and less than evenly."""
        return tuple(one for one in self.participations if one.name_only)

    @property
    def registry_search(self) -> dt.date | None:
        """The newest day on which the journal says he was searched in all of ЕГРЮЛ or ЕГРИП."""
        days = [one.on for one in self.searches if one.own and one.kind == "registry" and one.on]
        return max(days, default=None)
