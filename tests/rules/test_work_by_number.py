"""A place of work told by its ИНН alone: that of a supplier, or of an institution of the officials' own (273-ФЗ ст. 10)."""

from __future__ import annotations

import pytest
from random_worlds import number, person, placed
from test_oracle import contract, relative, screened, small_world

pytestmark = pytest.mark.usefixtures("small_worlds")

FIRM, SCHOOL, ELSEWHERE = (number(f"org {n}") for n in (10, 11, 12))


def test_whose_employee_a_relative_is() -> None:
    kin = [relative(1, "сестра", "sibling"), relative(2, "дочь", "child"), relative(3, "мать", "parent")]
    rows = [
        {**row, "employer": f"ИНН {inn}", "position": "бухгалтер"}
        for row, inn in zip(kin, (FIRM, SCHOOL, ELSEWHERE), strict=True)
    ]
    world = small_world(relative=rows, contract=[contract()])
    world["official"] = [{**row, "position": "специалист"} for row in world["official"]]
    world |= placed({"institution": [{"inn": SCHOOL, "name": "МБОУ Школа 5", "parent_inn": number("org 1")}]})
    found = {finding.rule: finding for finding in screened(world).findings}
    assert {rule: finding.relative for rule, finding in found.items()} == {
        "kin-employed-by-supplier": person(1)["name"],
        "kin-admin-vs-institution": person(2)["name"],
    }
    told = {(step.relation, step.origin_kind, step.target_kind, step.detail) for one in found.values() for step in one.path.steps}
    assert {
        ("employee", "person", "organisation", "бухгалтер"),
        ("subordinate", "organisation", "organisation", ""),
        ("supplier", "organisation", "purchase", ""),
        ("service", "person", "organisation", "специалист"),
    } <= told
