"""What a finished run's folder still tells while the store is held: its documents, and its findings as far as they were written.

Nothing in it is taken on trust: each file must be what was written (SHA-256 of the manifest).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from affil.errors import InputError
from affil.model.finding import Contract, Employee, EvidencePath, Finding, OtherParty, Party, Procedure, Resemblance, Source, Step
from affil.model.run import RuleInfo, Run
from affil.words import Words

Value = dict[str, Any]


def documents_then(folder: Path, words: Words) -> dict[str, bytes]:
    """The documents of the run, by name, as they were written; `InputError` where one is not."""
    try:
        hashes: dict[str, str] = json.loads((folder / "manifest.json").read_bytes())["files"]
        found = {name: (folder / name).read_bytes() for name in hashes}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(words("cli.report.no_manifest", file=folder / "manifest.json")) from error
    for name, content in found.items():
        if hashlib.sha256(content).hexdigest() != hashes[name]:
            raise InputError(words("store.then.altered", file=folder / name))
    return found


def run_then(folder: Path, rules: dict[str, RuleInfo], words: Words) -> tuple[Run, list[Value]]:
    """The run with its findings and nothing else, and the findings as `findings.json` has them.

    What that file does not tell is missing: posts, the evidence of supposed identities, words of questionnaires.
    """
    try:
        told = json.loads(documents_then(folder, words)["findings.json"])
        manifest = json.loads((folder / "manifest.json").read_bytes())
        findings = tuple(finding_of(value) for value in told["findings"])
        run = Run(
            id=told["run"], version=manifest["version"], started=dt.datetime.fromisoformat(manifest["times"]["started"]),
            findings=findings, coverage=(), undetermined=(), rejects=(), sources=(), rules=rules, settings={}, counts={},
            period=(None, None), as_of=dt.date.fromisoformat(manifest["as_of"]),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, OSError) as error:
        raise InputError(words("store.then.altered", file=folder / "findings.json")) from error
    return run, told["findings"]


def finding_of(value: Value) -> Finding:
    """A finding as far as its machine copy tells it; what raises `KeyError`, `ValueError` or `TypeError` is none."""
    return Finding(
        id=value["id"], tie=value["tie"], rule=value["rule"], priority=value["priority"], about=value["about"],
        employee=_employee(value["employee"]), supplier=_party(value["supplier"]), contract=_contract(value["contract"]),
        procedure=_procedure(value["procedure"]), path=_path(value), other_paths=tuple(map(_path, value["other_paths"])),
        kinship_alternatives=tuple(value["kinship_alternatives"]), circles=dict(value["circles"]), bases=tuple(value["bases"]),
        status=value["status"], other_party=_other(value.get("other_party")),
        contracts=tuple(one for one in map(_contract, value.get("contracts", ())) if one),
    )  # fmt: skip


def _path(value: Value) -> EvidencePath:
    share = None if value["share"] is None else Fraction(str(value["share"]))
    return EvidencePath(
        tuple(map(_step, value["path"])), value["kinship"], value["control"], share, value["confidence"], value["identity_grade"],
        value["in_force"], tuple(value["assumed"]),
    )  # fmt: skip


def _step(value: Value) -> Step:
    source = Source(value["source"]["file"], value["source"]["locator"])
    days = _day(value["valid_from"]), _day(value["valid_to"])
    supposed = Resemblance(()) if value["confidence"] < 1 else None  # told as what it is, though not by what
    return Step(
        value["from"], value["relation"], value["to"], source, *days, confidence=value["confidence"], resemblance=supposed
    )


def _employee(value: Value | None) -> Employee | None:
    if value is None:
        return None
    told = (value[key] for key in ("name", "inn", "status", "procurement_role"))
    return Employee("", value["employee_id"], value["employer_inn"], None, *told)


def _party(value: Value | None) -> Party | None:
    return None if value is None else Party(value["inn"] or value["name"], value["inn"], value["name"])


def _other(value: Value | None) -> OtherParty | None:
    return None if value is None else OtherParty("", value["kind"], value["name"], value["inn"], value["employee_id"])


def _contract(value: Value | None) -> Contract | None:
    if value is None:
        return None
    price = None if value["price"] is None else Decimal(str(value["price"]))
    return Contract(value["number"], _day(value["signed_on"]), value["customer_inn"], None, price, value["ground"])


def _procedure(value: Value | None) -> Procedure | None:
    if value is None:
        return None
    return Procedure(value["number"], _day(value["applied_on"]), value["customer_inn"], value["won"])


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
