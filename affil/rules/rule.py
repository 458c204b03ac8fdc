"""The shape of a rule file, and the catalogue of rules: strict, so that a misspelt key is told and not passed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from affil.errors import RuleError
from affil.model.run import RuleInfo
from affil.plain_yaml import plain_yaml
from affil.rules.conditions import Basis, Officials, Priorities, Purchases, Series, Suppliers
from affil.rules.faults import Fault, Misfit, misfit_fault, schema_faults, shown
from affil.rules.hops import AnyHop, Hop, Strict, fault_of
from affil.words import Words

Time = Literal["in-force", "ended-before", "began-after", "ended-since", "ended-before-hire"]
STABLE_TEXTS = ("explanation", "clarify", "actions", "false_positives")
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


class RuleForm(Strict):
    """The keys of a rule file, each by itself: a path, or a series over what other rules found.

    A rule of `status: draft` may leave out `STABLE_TEXTS`; findings then say nothing in their place.
    `roles`: which roles in the purchase the official must have, none = any who serves the customer. `time`: in-force, the tie
    held on the day of the event; ended-before and began-after, it did not, within `window_months`; ended-since, it held and ended
    within them; ended-before-hire, it ended within them before he took the post. `most`: the share of purchases above which a rule
    that fires says so itself. `bases` may be empty where no official is on the path: a sign of risk is no matter of a norm.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    status: Literal["stable", "draft"] = "stable"
    title: Text
    explanation: Text | None = None
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
    clarify: Text | None = None
    actions: Actions | None = None
    false_positives: Text | None = None
    references: tuple[str, ...] = ()

    def hop(self, name: str) -> AnyHop | None:
        """The hop of that name, None where the path has none."""
        return next((hop.value for hop in self.path if hop.name == name), None)


class Rule(RuleForm):
    """One rule whose parts go together."""

    @model_validator(mode="after")
    def _fits(self) -> Rule:
        misfit = next(misfits(self), None)
        if misfit:
            raise misfit
        return self


def misfits(form: RuleForm) -> Iterator[Misfit]:
    """Everything that does not go together in a rule whose keys are right one by one."""
    if bool(form.path) == (form.series is not None):
        yield Misfit("path_or_series", "path", ("path", "series"))
    fault = fault_of(form.path) if form.path else None
    if fault:
        yield fault
    if (form.time in _WINDOWED) != (form.window_months is not None):
        yield Misfit("window", "window_months", ("time", "window_months"), times=", ".join(_WINDOWED))
    bought = form.series is not None or bool(form.path and form.path[-1].value.ends in ("purchase", "exchange"))
    if bought != bool(form.events):
        yield Misfit("events", "events", ("path", "series", "events"))
    if not form.bases and (form.series is not None or form.hop("kin") or form.hop("name_pattern")):
        yield Misfit("no_basis", "bases", ("bases", "path"))
    for key in STABLE_TEXTS if form.status == "stable" else ():
        if getattr(form, key) is None:
            yield Misfit("missing_for_stable", key, (key, "status"))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules by id, and the SHA-256 of each file's meaning (its parsed content, not its bytes: comments may change)."""

    rules: dict[str, Rule]
    hashes: dict[str, str]
    families: dict[str, str]
    edition: dt.date | None = None  # of the shipped rules: the day the texts of the law were last read for them
    own: int = 0  # rules of later folders

    def asks(self, hop: str) -> bool:
        """Whether a rule has such a hop."""
        return any(rule.hop(hop) for rule in self.rules.values())

    def info(self, rule_id: str) -> RuleInfo:
        """What documents say about a rule."""
        rule = self.rules[rule_id]
        actions = rule.actions
        return RuleInfo(
            rule.id, self.hashes[rule_id], rule.title.both(), _both(rule.explanation), tuple(basis.id for basis in rule.bases), rule.about,
            _both(rule.clarify), _both(actions.official if actions else None),
            _both(actions.participant if actions else None), _both(rule.false_positives),
        )  # fmt: skip


def _both(text: Text | None) -> dict[str, str]:
    return text.both() if text else {}


def load_rules(*folders: Path, lang: str = "ru") -> Catalogue:
    """All rules under the folders; a later folder overrides a rule of the same id.

    Raises `RuleError` with file and key, in `lang`.
    """
    rules: dict[str, Rule] = {}
    hashes, families = {}, {}
    for folder in folders:
        for path in rule_files(folder):
            rule = read_rule(path, lang)
            rules[rule.id] = rule
            hashes[rule.id] = hashlib.sha256(rule.model_dump_json().encode()).hexdigest()
            families[rule.id] = path.parent.name
    own = sum(len(rule_files(folder)) for folder in folders[1:])
    return Catalogue(dict(sorted(rules.items())), hashes, families, edition(folders[0]) if folders else None, own)


def edition(folder: Path) -> dt.date | None:
    """The date of the rules in a folder as its `edition.toml` tells it; None where there is no such file."""
    file = folder / "edition.toml"
    if not file.is_file():
        return None
    date = tomllib.loads(file.read_text(encoding="utf-8")).get("date")
    return date if isinstance(date, dt.date) else None


def content_hash(hashes: Mapping[str, str]) -> str:
    """SHA-256 over the meaning of all rules: what `edition.toml` holds, so that no rule changes without its date."""
    return hashlib.sha256("\n".join(f"{rule} {hashes[rule]}" for rule in sorted(hashes)).encode()).hexdigest()


def rule_files(folder: Path) -> list[Path]:
    """The rule files below a folder, in order; none where there is no such folder."""
    found = sorted(folder.rglob("*.yml")) if folder.is_dir() else []
    return [path for path in found if not path.name.endswith(".cases.yml")]


def read_rule(path: Path, lang: str = "ru") -> Rule:
    """The rule of one file. Raises `RuleError`: which file, which key, what was found and expected, and how many faults more."""
    words = Words(lang)
    data = yaml_of(path, path.name)
    faults = [data] if isinstance(data, Fault) else []
    try:
        rule = None if faults else Rule.model_validate(data)
    except ValidationError as error:
        rule, faults = None, list(schema_faults(error, path.name, Rule))
    if rule and rule.id != path.stem:
        faults = [misfit_fault(Misfit("id_is_name", "id", name=path.stem), path.name, found=rule.id)]
    if rule is None or faults:
        more = words("lint.more", number=len(faults) - 1) if len(faults) > 1 else ""
        raise RuleError(faults[0].line(words) + more)
    return rule


def yaml_of(path: Path, name: str) -> Any:
    """What the file says, or a `Fault` under the file's `name` where it is no YAML."""
    try:
        return plain_yaml(path.read_text(encoding="utf-8-sig"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = str(mark.line + 1) if mark else "?"
        return Fault(name, "", "yaml", str(getattr(error, "problem", None) or "?"), (("line", place),))
    except (UnicodeDecodeError, OSError) as error:
        return Fault(name, "", "unreadable", type(error).__name__)
    except (ValueError, RecursionError) as error:  # 30 February is a date to YAML and none to the calendar
        return Fault(name, "", "yaml", shown(error), (("line", "?"),))
