"""`findings.json` has the shape of CONTRACT 4, is sorted, and holds no clock."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction

import fake_run

from affil.reports.findings_json import findings_json

KEYS = [  # CONTRACT 4, with other_paths beside path
    "id", "tie", "rule", "priority", "confidence", "identity_grade", "employee", "supplier", "contract", "procedure",
    "kinship", "kinship_alternatives", "control", "share", "in_force", "assumed", "circles", "bases", "about", "path",
    "other_paths", "status",
]  # fmt: skip


def test_keys_stand_in_the_order_of_the_contract() -> None:
    shape = json.loads(findings_json(fake_run.run()))
    assert list(shape) == ["run", "findings"]
    for found in shape["findings"]:
        assert list(found) == KEYS
        assert list(found["employee"]) == ["employee_id", "employer_inn", "name", "inn", "status", "procurement_role"]
        assert list(found["supplier"]) == ["inn", "name"]
        for step in found["path"]:
            assert list(step) == ["from", "relation", "to", "valid_from", "valid_to", "confidence", "source"]
            assert list(step["source"]) == ["file", "locator"]


def test_values_are_those_of_the_findings() -> None:
    shape = json.loads(findings_json(fake_run.run()))
    by_id = {found["id"]: found for found in shape["findings"]}
    own, lost = by_id["F-000000000006"], by_id["F-000000000010"]
    assert own["share"] == 0.35
    assert own["contract"] == {
        "number": "0142300001225000006", "signed_on": "2025-03-04", "customer_inn": "4299000109", "price": 1234567.8,
        "ground": "п. 4 ч. 1 ст. 93",
    }  # fmt: skip
    assert own["other_paths"][0]["kinship"] == "sibling"
    assert own["other_paths"][0]["assumed"] == ["start_unknown"]
    assert list(own["circles"]) == ["44-ФЗ ст. 31 ч. 1 п. 9", "273-ФЗ ст. 10"]
    assert lost["contract"] is None
    assert lost["procedure"] == {
        "number": "0142300001225000077", "applied_on": "2025-02-18", "customer_inn": "4299000109", "won": False,
    }  # fmt: skip
    assert by_id["F-000000000009"]["in_force"] == "during_performance"


def test_numbers_are_rounded_as_documented() -> None:
    found = fake_run.finding(1, share=Fraction(1, 3), confidence=0.123456)
    shape = json.loads(findings_json(fake_run.run((found,))))["findings"][0]
    assert (shape["share"], shape["confidence"]) == (0.333333, 0.1235)


def test_order_of_findings_and_the_clock_change_no_byte() -> None:
    run = fake_run.run()
    other = replace(run, findings=tuple(reversed(run.findings)), started=dt.datetime(2030, 1, 1), as_of=dt.date(2030, 1, 1))
    assert findings_json(run) == findings_json(other)
    assert findings_json(run).endswith(b"}\n")
    assert "Берестова".encode() in findings_json(run)
