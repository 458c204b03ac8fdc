"""The shape of a rule file, and the catalogue of rules: strict, so that a misspelt key is told and not passed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from affil.errors import RuleError
from affil.model.finding import RuleInfo
from affil.rules.conditions import Basis, Officials, Priorities, Purchases, Series, Suppliers
from affil.rules.hops import AnyHop, Hop, Strict, fault_of

Time = Literal["in-force", "ended-before", "began-after", "ended-since", "ended-before-hire"]
_WINDOWED = ("ended-before", "began-after", "ended-since", "ended-before-hire")


class Text(Strict):
    """One text in both languages."""

    ru: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def both(self) -> dict[str, str]:
        """The text by language."""
        return {"ru": self.ru, "en": self.en}


class Actions(Strict):
    """What may be done next, for the official and for the bidder apart."""

    official: Text
    participant: Text


class Rule(Strict):
    """One rule file: a path, or a series over what other rules found.

    `roles`: which roles in the purchase the official must have, none = any who serves the customer. `time`: in-force, the tie
    held on the day of the event; ended-before and began-after, it did not, within `window_months`; ended-since, it held and ended
    within them; ended-before-hire, it ended within them before he took the post. `most`: the share of purchases above which a rule
    that fires says so itself. `bases` may be empty where no official is on the path: a sign of risk is no matter of a norm.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    status: Literal["stable", "draft"] = "stable"
    title: Text
    explanation: Text
    about: Literal["official", "participant"]
    events: tuple[Literal["award", "bid"], ...] = ()
    roles: tuple[str, ...] = ()
    path: tuple[Hop, ...] = ()
    series: Series | None = None
    time: Time = "in-force"
    window_months: int | None = Field(default=None, ge=1, le=120)
    officials: Officials = Officials()
    suppliers: Suppliers = Suppliers()
    purchases: Purchases = Purchases()
    lowest_grade: Literal["P", "A", "B", "C", "D"] = "D"
    most: float = Field(default=0.2, gt=0, le=1)
    priority: Priorities
    bases: tuple[Basis, ...] = ()
    clarify: Text
    actions: Actions
    false_positives: Text
    references: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        if bool(self.path) == (self.series is not None):
            raise ValueError("give either path or series")
        fault = fault_of(self.path) if self.path else None
        if fault:
            raise ValueError(fault)
        if (self.time in _WINDOWED) != (self.window_months is not None):
            raise ValueError(f"window_months belongs to time: {', '.join(_WINDOWED)}, and to those only")
        bought = self.series is not None or self.path[-1].value.ends in ("purchase", "exchange")
        if bought != bool(self.events):
            raise ValueError("events: award or bid, where the path ends at a purchase, and there only")
        if not self.bases and (self.series is not None or self.hop("kin")):
            raise ValueError("bases: at least one norm; only a rule about organisations alone may have none")
        return self

    def hop(self, name: str) -> AnyHop | None:
        """The hop of that name, None where the path has none."""
        return next((hop.value for hop in self.path if hop.name == name), None)


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
