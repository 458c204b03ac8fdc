"""The hops a rule's path is made of: each leads from one kind of thing to another, over one derived table (DESIGN 5)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from affil.rules.faults import Misfit

ControlKind = Literal[
    "sole-proprietor", "director", "manager", "owner", "indirect-owner", "small-share", "employee", "contact",
]  # fmt: skip
Means = Literal[
    "address", "phone", "email", "questionnaire", "notice", "consent", "refusal", "undecided", "interest", "obligation", "gift",
]  # fmt: skip
Link = Literal["person", "organisation", "majority", "address", "phone", "email"]


class Strict(BaseModel):
    """A part of a rule file: a key nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Kin(Strict):
    """From the official to himself or his kin: by groups of kin, or by the circle of a statute (both in kinship/circles.yml).

    `composed`: only kin that no row of his own questionnaire declares, seen through the questionnaires of others.
    """

    starts: ClassVar[str] = "official"
    ends: ClassVar[str] = "person"

    groups: tuple[str, ...] = ()
    circle: str | None = None
    composed: bool = False

    @model_validator(mode="after")
    def _one_of(self) -> Kin:
        if bool(self.groups) == bool(self.circle):
            raise Misfit("groups_or_circle")
        return self


class NamePattern(Strict):
    """From the official to a person of his surname whose patronymic fits near kin, and whom no questionnaire makes his kin.

    Most such pairs are chance. `surname_bearers` and `bearers`: at most so many people of the region are expected to bear the surname,
    and the surname with that patronymic (of a father: with that given name).
    """

    starts: ClassVar[str] = "official"
    ends: ClassVar[str] = "person"

    surname_bearers: float = Field(gt=0)
    bearers: float = Field(gt=0)


class Control(Strict):
    """From a person to the organisation he controls or has to do with, by kinds of control (CONTRACT 4).

    `means` narrows ties that no registry shows to what tells of them: `consent`, `refusal` and `undecided` are a new employer's
    notice of a former servant, by the commission's decision. `not_in_declaration`: shares that the official's declared interests leave
    out, of officials some are loaded of, on the day they speak of. `over` is a share that owners must exceed, as `1/2` or `0.1`.
    """

    starts: ClassVar[str] = "person"
    ends: ClassVar[str] = "organisation"

    kinds: tuple[ControlKind, ...] = Field(min_length=1)
    means: tuple[Means, ...] = ()
    not_in_declaration: bool = False
    over: str | None = None

    @field_validator("over", mode="before")
    @classmethod
    def _fraction(cls, value: object) -> str | None:
        if value is None:
            return None
        try:
            share = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            raise Misfit("share") from None
        if not 0 <= share < 1:
            raise Misfit("share")
        return str(share)


class Related(Strict):
    """From an organisation to another.

    `person`: the same person directs or owns both; `organisation`: the same organisation owns both; `majority`: one and the same
    runs or owns more than half of either, or one owns more than half of the other (135-ФЗ ст. 9 ч. 1); `address`, `phone`, `email`:
    the same, to the flat.
    """

    starts: ClassVar[str] = "organisation"
    ends: ClassVar[str] = "organisation"

    by: tuple[Link, ...] = Field(min_length=1)


class Supplies(Strict):
    """From the organisation to the purchase: winner of a contract, any bidder, subcontractor."""

    starts: ClassVar[str] = "organisation"
    ends: ClassVar[str] = "purchase"

    roles: tuple[Literal["winner", "bidder", "subcontractor"], ...] = ("winner",)


class Rivals(Strict):
    """After `related`: both organisations bid in one procedure."""

    starts: ClassVar[str] = "organisation"
    ends: ClassVar[str] = "purchase"


class Exchange(Strict):
    """After `supplies`: the purchase is another customer's, and the kin of an official there supplies the first official's own."""

    starts: ClassVar[str] = "purchase"
    ends: ClassVar[str] = "exchange"


class Subordinate(Strict):
    """From an organisation to the official's employer: it is an institution of his (table organisations, parent_inn)."""

    starts: ClassVar[str] = "organisation"
    ends: ClassVar[str] = "employer"


class ReportsTo(Strict):
    """From a person who is an official himself: the first official reports to him (officials, reports_to).

    `statuses`: what the superior must be, in the words of CONTRACT 3; none = anybody.
    """

    starts: ClassVar[str] = "person"
    ends: ClassVar[str] = "official"

    statuses: tuple[str, ...] = ()


AnyHop = Kin | NamePattern | Control | Related | Supplies | Rivals | Exchange | Subordinate | ReportsTo
NAMES = ("kin", "name_pattern", "control", "related", "supplies", "rivals", "exchange", "subordinate", "reports_to")


class Hop(Strict):
    """One hop of the path; exactly one of its keys."""

    kin: Kin | None = None
    name_pattern: NamePattern | None = None
    control: Control | None = None
    related: Related | None = None
    supplies: Supplies | None = None
    rivals: Rivals | None = None
    exchange: Exchange | None = None
    subordinate: Subordinate | None = None
    reports_to: ReportsTo | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Hop:
        if sum(getattr(self, name) is not None for name in NAMES) != 1:
            raise Misfit("one_hop", hops=", ".join(NAMES))
        return self

    @property
    def name(self) -> str:
        """Which hop it is."""
        return next(name for name in NAMES if getattr(self, name) is not None)

    @property
    def value(self) -> AnyHop:
        """The hop itself."""
        found: AnyHop = getattr(self, self.name)
        return found


def fault_of(path: tuple[Hop, ...]) -> Misfit | None:
    """Why hops do not make a path, None where they do: it starts at an official or an organisation, each hop begins where the one
    before it ended, none comes twice, and it ends at a purchase, at another official or at the official's employer."""
    names = [hop.name for hop in path]
    whole = " → ".join(names)
    if len(set(names)) < len(names):
        return Misfit("hop_twice", "path", ("path",), path=whole)
    for one, other in pairwise(path):
        if one.value.ends != other.value.starts:
            return Misfit(
                "hop_follows", "path", ("path",), path=whole, one=one.name, ends=one.value.ends, other=other.name, starts=other.value.starts
            )  # fmt: skip
    if path[0].value.starts not in ("official", "organisation"):
        return Misfit("first_hop", "path", ("path",), path=whole)
    if path[-1].value.ends not in ("purchase", "official", "employer", "exchange"):
        return Misfit("last_hop", "path", ("path",), path=whole)
    if "rivals" in names and names != ["related", "rivals"]:
        return Misfit("rivals", "path", ("path",), path=whole)
    if "name_pattern" in names and names != ["name_pattern", "control", "supplies"]:
        return Misfit("name_pattern", "path", ("path",), path=whole)
    return None
