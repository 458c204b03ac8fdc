"""The shape of a rule file, and the catalogue of rules: strict, so that a misspelt key is told and not passed over."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from affil.errors import RuleError
from affil.model.finding import RuleInfo

Priority = Literal["first", "high", "normal", "low", "info"]
Kind = Literal["sole-proprietor", "director", "manager", "owner", "indirect-owner", "small-share"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """One text in both languages."""

    ru: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def both(self) -> dict[str, str]:
        """The text by language."""
        return {"ru": self.ru, "en": self.en}


class Kin(_Strict):
    """From the official to himself or his kin: by groups of kin, or by the circle of a statute (both in kinship/circles.yml)."""

    groups: tuple[str, ...] = ()
    circle: str | None = None

    @model_validator(mode="after")
    def _one_of(self) -> Kin:
        if bool(self.groups) == bool(self.circle):
            raise ValueError("give either groups or circle")
        return self


class Control(_Strict):
    """From a person to the organisation he controls, by kinds of control (CONTRACT 4)."""

    kinds: tuple[Kind, ...] = Field(min_length=1)


class Supplies(_Strict):
    """From the organisation to the purchase, as winner of a contract or as any bidder."""

    roles: tuple[Literal["winner", "bidder"], ...] = ("winner",)


class Purchases(_Strict):
    """Which purchases the rule is about; one of which method and ground do not tell is kept, and its ground is to be clarified.

    `article31`: only those for which 44-ФЗ ст. 31 ч. 1 п. 9 can hold. `competitive`: only those a commission decides, so none from
    a single supplier (ст. 39 ч. 1, ст. 93).
    """

    article31: bool = False
    competitive: bool = False


class Hop(_Strict):
    """One hop of the path; exactly one of the three."""

    kin: Kin | None = None
    control: Control | None = None
    supplies: Supplies | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Hop:
        if sum(hop is not None for hop in (self.kin, self.control, self.supplies)) != 1:
            raise ValueError("a hop is exactly one of kin, control, supplies")
        return self

    @property
    def name(self) -> str:
        """Which hop it is."""
        return "kin" if self.kin else "control" if self.control else "supplies"


class Basis(_Strict):
    """A norm, by the day of the event: `until` is its last day."""

    id: str
    since: dt.date | None = None
    until: dt.date | None = None


class Priorities(_Strict):
    """What the finding is worth at first sight: `base`; `role` where the official has a role in procurement; `article31` where
    44-ФЗ ст. 31 ч. 1 п. 9 can hold: its post, its circle, its kind of control, its kind of purchase, a notice since 01.07.2022;
    `small_share` is the most a share not above 10 % is worth (44-ФЗ ст. 39 ч. 6 п. 3 asks for no size)."""

    base: Priority
    role: Priority | None = None
    article31: Priority | None = None
    small_share: Priority = "normal"


class Actions(_Strict):
    """What may be done next, for the official and for the bidder apart."""

    official: Text
    participant: Text


class Rule(_Strict):
    """One rule file. `roles`: which roles in the purchase the official must have, none = any who serves the customer."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    status: Literal["stable", "draft"] = "stable"
    title: Text
    explanation: Text
    about: Literal["official", "participant"]
    events: tuple[Literal["award", "bid"], ...] = Field(min_length=1)
    roles: tuple[str, ...] = ()
    path: tuple[Hop, ...]
    time: Literal["in-force", "ended-before", "began-after"] = "in-force"
    window_months: int | None = Field(default=None, ge=1, le=120)
    purchases: Purchases = Purchases()
    lowest_grade: Literal["P", "A", "B", "C", "D"] = "D"
    priority: Priorities
    bases: tuple[Basis, ...] = Field(min_length=1)
    clarify: Text
    actions: Actions
    false_positives: Text
    references: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _path_fits(self) -> Rule:
        names = [hop.name for hop in self.path]
        if names != ["kin", "control", "supplies"]:
            raise ValueError(f"path {' → '.join(names)}: expected kin → control → supplies")
        if (self.time != "in-force") != (self.window_months is not None):
            raise ValueError("window_months belongs to time: ended-before or began-after, and to those only")
        return self


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by id, and the SHA-256 of each file's meaning (its parsed content, not its bytes: comments may change)."""

    rules: dict[str, Rule]
    hashes: dict[str, str]
    families: dict[str, str]

    def info(self, rule_id: str) -> RuleInfo:
        """What documents say about a rule."""
        rule = self.rules[rule_id]
        return RuleInfo(
            rule.id, self.hashes[rule_id], rule.title.both(), rule.explanation.both(), tuple(basis.id for basis in rule.bases), rule.about,
            rule.clarify.both(), rule.actions.official.both(), rule.actions.participant.both(), rule.false_positives.both(),
        )  # fmt: skip


def load_rules(*folders: Path) -> Catalogue:
    """All rules under the folders; a later folder overrides a rule of the same id. Raises `RuleError` with file and key."""
    rules: dict[str, Rule] = {}
    hashes, families = {}, {}
    for folder in folders:
        for path in sorted(folder.rglob("*.yml")) if folder.is_dir() else []:
            if path.name.endswith(".cases.yml"):
                continue
            rule = read_rule(path)
            rules[rule.id] = rule
            hashes[rule.id] = hashlib.sha256(rule.model_dump_json().encode()).hexdigest()
            families[rule.id] = path.parent.name
    return Catalogue(dict(sorted(rules.items())), hashes, families)


def read_rule(path: Path) -> Rule:
    """The rule of one file. Raises `RuleError`: which file, which key, what was found and expected."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(f"{path.name}: not readable as YAML ({error}); compare it with a rule that works") from error
    try:
        rule = Rule.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise RuleError(f"{path.name}: {key}: {first['msg']} (found: {str(first.get('input'))[:80]})") from error
    if rule.id != path.stem:
        raise RuleError(f"{path.name}: id: found {rule.id}, expected {path.stem}, the name of the file")
    return rule
