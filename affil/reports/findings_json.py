"""`findings.json`: the machine copy of every finding, in the shape and order of keys of CONTRACT 4."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from affil.model.finding import Contract, Employee, EvidencePath, Finding, Procedure, Step
from affil.model.run import Run
from affil.reports.phrases import circle_items

CONFIDENCE_DIGITS = 4
SHARE_DIGITS = 6


def findings_json(run: Run) -> bytes:
    """UTF-8 JSON of all findings, sorted by id, no clock in it: equal runs give equal bytes.

    Shares are parts of 1 rounded to six digits (35 % is 0.35), confidences are rounded to four, prices are roubles.
    """
    findings = sorted((finding_value(finding) for finding in run.findings), key=lambda shape: (shape["id"], json.dumps(shape)))
    return json_bytes({"run": run.id, "findings": findings})


def json_bytes(value: object) -> bytes:
    """JSON as every file of a run folder has it: readable Cyrillic, one space of indent, a newline at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def finding_value(finding: Finding) -> dict[str, Any]:
    """One finding in the shape of CONTRACT 4, as plain values in the order of its keys."""
    path = finding.path
    shape = {
        "id": finding.id,
        "tie": finding.tie,
        "rule": finding.rule,
        "priority": finding.priority,
        "confidence": _confidence(path.confidence),
        "identity_grade": path.identity_grade,
        "employee": _employee(finding.employee),
        "supplier": {"inn": finding.supplier.inn, "name": finding.supplier.name} if finding.supplier else None,
        "contract": _contract(finding.contract),
        "procedure": _procedure(finding.procedure),
        "kinship": path.kinship,
        "kinship_alternatives": list(finding.kinship_alternatives),
        "control": path.control,
        "share": _share(path.share),
        "in_force": path.in_force,
        "assumed": list(path.assumed),
        "circles": dict(circle_items(finding.circles)),
        "bases": list(finding.bases),
        "about": finding.about,
        "path": [_step(step) for step in path.steps],
        "other_paths": [_other(other) for other in finding.other_paths],
        "status": finding.status,
    }
    other = finding.other_party
    if other:
        shape["other_party"] = {"kind": other.kind, "inn": other.inn, "name": other.name, "employee_id": other.employee_id}
    if finding.contracts:
        shape["contracts"] = [_contract(contract) for contract in finding.contracts]
    return shape


def _other(path: EvidencePath) -> dict[str, Any]:
    return {
        "kinship": path.kinship,
        "control": path.control,
        "share": _share(path.share),
        "confidence": _confidence(path.confidence),
        "identity_grade": path.identity_grade,
        "in_force": path.in_force,
        "assumed": list(path.assumed),
        "path": [_step(step) for step in path.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "from": step.origin,
        "relation": step.relation,
        "to": step.target,
        "valid_from": _date(step.valid_from),
        "valid_to": _date(step.valid_to),
        "confidence": _confidence(step.confidence),
        "source": {"file": step.source.file, "locator": step.source.locator},
    }


def _employee(employee: Employee | None) -> dict[str, Any] | None:
    if employee is None:
        return None
    keys = ("employee_id", "employer_inn", "name", "inn", "status", "procurement_role")
    return {key: getattr(employee, key) for key in keys}


def _contract(contract: Contract | None) -> dict[str, Any] | None:
    if contract is None:
        return None
    return {
        "number": contract.number,
        "signed_on": _date(contract.signed_on),
        "customer_inn": contract.customer_inn,
        "price": _price(contract.price),
        "ground": contract.ground,
    }


def _procedure(procedure: Procedure | None) -> dict[str, Any] | None:
    if procedure is None:
        return None
    return {
        "number": procedure.number,
        "applied_on": _date(procedure.applied_on),
        "customer_inn": procedure.customer_inn,
        "won": procedure.won,
    }


def _date(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _price(price: Decimal | None) -> float | None:
    return None if price is None else float(price)


def _share(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), SHARE_DIGITS)


def _confidence(confidence: float) -> float:
    return round(float(confidence), CONFIDENCE_DIGITS)
