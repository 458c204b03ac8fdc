"""The cases of a run in which one person is a side, from `findings.json` of its folder or from the run itself."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from affil.kinship.chains import SELF
from affil.model.finding import PRIORITIES
from affil.model.run import Run
from affil.person.answer import Lead, Subject
from affil.reports.cases import cases_of
from affil.reports.findings_json import finding_value
from affil.reports.phrases import is_kin

Value = dict[str, Any]
Told = tuple[int, Value]  # number of the case, the finding in the shape of CONTRACT 4
CASE, EMPLOYEE_ID, TIE = 0, 3, -2  # columns of findings.csv (OFFICER 3.1)
HALF = 0.5


def told_in_folder(folder: Path, run: str, version: str) -> list[Told] | None:
    """All findings of the run folder with their case numbers; None unless it is of `run`, over all purchases, made by this
    `version`, and its two files are what was written (SHA-256 of the manifest). Nothing in it is taken on trust otherwise."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        if (manifest["run"], manifest["version"], manifest["period"]) != (run, version, [None, None]):
            return None
        files = {name: (folder / name).read_bytes() for name in ("findings.json", "findings.csv")}
        if any(hashlib.sha256(content).hexdigest() != manifest["files"][name] for name, content in files.items()):
            return None
        rows = list(csv.reader(files["findings.csv"].decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))[1:]
        numbers = {(row[TIE], row[EMPLOYEE_ID].lstrip("'")): int(row[CASE]) for row in rows if row}
        values = json.loads(files["findings.json"])["findings"]
        return [(numbers[value["tie"], (value["employee"] or {}).get("employee_id") or ""], value) for value in values]
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None


def told_in_run(run: Run) -> list[Told]:
    """The same of a run that has just been made."""
    return [(case.number, finding_value(finding)) for case in cases_of(run.findings) for finding in case.findings]


def leads(told: Iterable[Told], subject: Subject, title: Callable[[str], str]) -> tuple[Lead, ...]:
    """The cases one side of which the person is, by number. `title`: of a rule, in the language of the document."""
    cases: dict[int, list[Value]] = defaultdict(list)
    for case, value in told:
        if _is_side(value, subject):
            cases[case].append(value)
    return tuple(_lead(case, values, subject, title) for case, values in sorted(cases.items()))


def _is_side(value: Value, subject: Subject) -> bool:
    return _is_employee(value, subject) or _is_other(value, subject)


def _is_employee(value: Value, subject: Subject) -> bool:
    who = value["employee"]
    posts = {(post.employee_id, post.employer_inn) for post in subject.posts}
    return who is not None and (who["employee_id"], who["employer_inn"]) in posts and _same_person(who, subject)


def _is_other(value: Value, subject: Subject) -> bool:
    who = value.get("other_party")
    if who is None or who["kind"] != "person" or not _same_person(who, subject):
        return False
    return who["employee_id"] in {post.employee_id for post in subject.posts}


def _same_person(who: Value, subject: Subject) -> bool:
    return who["name"] == subject.name or (who["inn"] is not None and who["inn"] == subject.inn)


def _lead(case: int, values: Sequence[Value], subject: Subject, title: Callable[[str], str]) -> Lead:
    ordered = sorted(values, key=lambda one: (PRIORITIES.index(one["priority"]), -one["confidence"], one["rule"], one["id"]))
    first = ordered[0]
    rules = tuple(dict.fromkeys(one["rule"] for one in ordered))
    as_employee = _is_employee(first, subject)
    other = (first["supplier"] or first.get("other_party")) if as_employee else first["employee"]
    kin = next((step["to"] for step in first["path"] if is_kin(step["relation"])), None)
    return Lead(
        case, tuple(sorted(one["id"] for one in values)), rules, tuple(title(rule) for rule in rules), first["priority"],
        first["identity_grade"], all(one["identity_grade"] == "D" and one["confidence"] < HALF for one in values),
        other["name"] if other else "", other["inn"] if other else None, None if first["kinship"] in (None, SELF) else kin,
        first["kinship"], len({_purchase(one) for one in values} - {None}), _names(values),
    )  # fmt: skip


def _purchase(value: Value) -> object:
    bought = value["contract"] or value["procedure"]
    return None if bought is None else json.dumps(bought, sort_keys=True)


def _names(values: Iterable[Value]) -> frozenset[str]:
    steps = [step for one in values for path in (one, *one["other_paths"]) for step in path["path"]]
    return frozenset(name for step in steps for name in (step["from"], step["to"]))
