"""Every fault of the rule files and their cases, told before anything is screened: `affil rules check`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from affil.ingest.vocabulary.vocabulary import vocabulary
from affil.kinship.circles import circle_ids, group_ids
from affil.rules.conditions import Basis
from affil.rules.faults import Fault, Misfit, known_and_nearest, misfit_fault, schema_faults
from affil.rules.hops import NAMES, Kin
from affil.rules.lint_cases import case_faults
from affil.rules.rule import STABLE_TEXTS, RuleForm, Text, misfits, rule_files, yaml_of

# What stands in for a part that is wrong, so that the other parts can be looked at all the same.
_STANDS_IN: dict[str, Any] = {
    "id": "stands-in", "title": {"ru": "-", "en": "-"}, "about": "official", "priority": {"base": "low"}, "bases": [{"id": "-"}],
}  # fmt: skip
_HOP_STANDS_IN: dict[str, dict[str, Any]] = {
    **{name: {} for name in NAMES}, "kin": {"groups": ["self"]}, "name_pattern": {"surname_bearers": 1, "bearers": 1},
    "control": {"kinds": ["owner"]}, "related": {"by": ["person"]},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linted:
    """What was looked at and what was wrong, notes apart; all of them in the order of files and keys."""

    files: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def lint(*folders: Path) -> Linted:
    """Look through the rule files below the folders, of which a later one is the user's own and overrides."""
    known = {path.stem for folder in folders for path in rule_files(folder)}
    told: list[Fault] = []
    seen: set[str] = set()
    for folder in folders:
        here = rule_files(folder)
        told += [fault for path in here for fault in _file_faults(path, folder, known)]
        told += _name_faults(here, folder, seen)
        told += _stray_files(folder, {path.stem for path in here} | known)
        seen |= {path.stem for path in here}
    told = sorted(dict.fromkeys(told), key=lambda fault: (fault.file, _natural(fault.key), fault.kind, fault.found))
    number = sum(len(rule_files(folder)) for folder in folders)
    return Linted(number, tuple(f for f in told if not f.note), tuple(f for f in told if f.note))


def _natural(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in key.split(".")]


def _file_faults(path: Path, folder: Path, known: Iterable[str]) -> Iterator[Fault]:
    file = path.relative_to(folder).as_posix()
    data = yaml_of(path, file)
    if isinstance(data, Fault):
        yield data
        return
    form, wrong, faults = _form(data, file)
    yield from faults
    if form is None:
        return
    yield from (misfit_fault(misfit, file) for misfit in misfits(form) if not wrong.intersection(misfit.parts))
    yield from (fault for fault in _meaning_faults(form, path, file, known) if fault.key.split(".")[0] not in wrong)
    if form.status == "draft":
        yield from (Fault(file, key, "missing_in_draft", note=True) for key in STABLE_TEXTS if getattr(form, key) is None)
    yield from case_faults(path, file, draft=form.status == "draft")


def _form(data: Any, file: str) -> tuple[RuleForm | None, set[str], list[Fault]]:
    """The rule with its wrong parts replaced, the keys of these parts, and what was wrong in them."""
    try:
        return RuleForm.model_validate(data), set(), []
    except ValidationError as error:
        faults = list(schema_faults(error, file, RuleForm))
        wrong = {str(one["loc"][0]) for one in error.errors() if one["loc"]}
    if not isinstance(data, dict):
        return None, wrong, faults
    kept = {key: value for key, value in data.items() if key in RuleForm.model_fields and key not in wrong}
    path = _mended(data.get("path")) if "path" in wrong else None
    if path:
        kept["path"] = path
        wrong.discard("path")
    return RuleForm.model_validate({**_STANDS_IN, **kept}), wrong, faults


def _mended(path: Any) -> list[Any] | None:
    """A path whose hops are known by name, each with contents that are right; None where their names are not."""
    named = (
        [next(iter(hop)) if isinstance(hop, dict) and len(hop) == 1 else None for hop in path] if isinstance(path, list) else []
    )
    return [{name: _HOP_STANDS_IN[str(name)]} for name in named] if named and all(name in NAMES for name in named) else None


def _meaning_faults(form: RuleForm, path: Path, file: str, known: Iterable[str]) -> Iterator[Fault]:
    if form.id != path.stem:
        yield misfit_fault(Misfit("id_is_name", "id", name=path.stem), file, found=form.id)
    kin = [(n, hop.value) for n, hop in enumerate(form.path) if isinstance(hop.value, Kin)]
    yield from (fault for n, hop in kin for fault in _unknown(file, f"path.{n}.kin.groups", hop.groups, group_ids()))
    yield from (
        fault for n, hop in kin for fault in _unknown(file, f"path.{n}.kin.circle", [hop.circle or ""], ("", *circle_ids()))
    )
    yield from _unknown(file, "roles", form.roles, _values("procurement_role"))
    yield from _unknown(file, "officials.statuses", form.officials.statuses, _values("status"))
    yield from _unknown(file, "series.of", form.series.of if form.series else (), sorted(set(known) - {path.stem}))
    yield from (fault for n, basis in enumerate(form.bases) for fault in _date_faults(file, f"bases.{n}", basis))
    for key, text in texts_of(form):
        for lang, said in text.both().items():
            yield from _text_faults(file, f"{key}.{lang}", said)


def _unknown(file: str, key: str, given: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for one in given:
        if one not in known:
            yield Fault(file, key, "unknown_name", one, known_and_nearest(one, [each for each in known if each]))


def _values(field: str) -> tuple[str, ...]:
    return tuple(sorted(set(vocabulary().values[field].values())))


def _date_faults(file: str, key: str, basis: Basis) -> Iterator[Fault]:
    if basis.since and basis.until and basis.since > basis.until:
        yield Fault(file, key, "dates_reversed", f"since {basis.since}, until {basis.until}")


def texts_of(form: RuleForm) -> list[tuple[str, Text]]:
    """Every text of a rule with its key; those left out are not among them."""
    actions = form.actions
    told = [("title", form.title), ("explanation", form.explanation), ("clarify", form.clarify)]
    told += [("actions.official", actions.official), ("actions.participant", actions.participant)] if actions else []
    told.append(("false_positives", form.false_positives))
    return [(key, text) for key, text in told if text]


def _text_faults(file: str, key: str, said: str) -> Iterator[Fault]:
    if not said.strip():
        yield Fault(file, key, "not_empty", repr(said))
    for pattern, instead in _avoided():
        for match in dict.fromkeys(found[0] for found in pattern.finditer(said)):
            yield Fault(file, key, "accusing", match, (("instead", instead),))


@cache
def _avoided() -> tuple[tuple[re.Pattern[str], str], ...]:
    with (Path(__file__).parent / "avoided.toml").open("rb") as data:
        return tuple((re.compile(word["pattern"], re.IGNORECASE), word["instead"]) for word in tomllib.load(data)["word"])


def _name_faults(here: list[Path], folder: Path, seen: set[str]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path in here:
        file, other = path.relative_to(folder).as_posix(), first.setdefault(path.stem, path)
        if other != path:
            yield Fault(file, "id", "id_twice", path.stem, (("other", other.relative_to(folder).as_posix()),))
        if path.stem in seen:
            yield Fault(file, "id", "overrides", path.stem, note=True)


def _stray_files(folder: Path, rules: set[str]) -> Iterator[Fault]:
    for path in sorted(folder.rglob("*.y*ml")) if folder.is_dir() else []:
        file = path.relative_to(folder).as_posix()
        if path.suffix != ".yml":
            yield Fault(file, "", "not_yml", path.suffix)
        elif path.name.endswith(".cases.yml") and path.name.removesuffix(".cases.yml") not in rules:
            yield Fault(file, "", "cases_of_nothing", path.name)
