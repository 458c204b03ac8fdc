"""The shipped district: what must be found is found, what must not is not, and every finding is as it was read once.

`expected_ties.json` was worked out by hand with the district; `expected_findings.json` is what the program said when a person
read it. After a change that is meant to alter findings, read the difference and write it anew: `python tests/test_district.py`.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, screened

from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.reports.phrases import force_text, step_sentence
from affil.settings import Settings, filled_toml
from affil.store.store import Store
from affil.words import Words

DISTRICT = Path(__file__).parents[1] / "sample_data" / "district"
TIES = json.loads((DISTRICT / "expected_ties.json").read_text(encoding="utf-8"))
EXPECTED = DISTRICT / "expected_findings.json"

Found = dict[str, Any]


def district_settings() -> Settings:
    """As the demonstration has them."""
    values = tomllib.loads((DISTRICT / "settings.toml").read_text(encoding="utf-8"))
    return Settings.model_validate(tomllib.loads(filled_toml("ru", values)))


def district_run() -> Run:
    settings = district_settings()
    with Store.open(None) as store:
        loaded(store, DISTRICT, settings=settings)
        return screened(store, settings=settings)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    yield district_run()


@pytest.fixture(scope="module")
def found(run: Run) -> list[Found]:
    return json.loads(findings_json(run))["findings"]


def name_of(tie: dict[str, Any]) -> str:
    return f"{tie['rule']}-{tie['employee_id']}-{tie['supplier_inn']}"


def of_pair(found: list[Found], tie: dict[str, Any]) -> list[Found]:
    return [
        one
        for one in found
        if one["employee"]
        and one["supplier"]  # rules about kin in service have no supplier
        and one["employee"]["employee_id"] == tie["employee_id"]
        and one["employee"]["employer_inn"] == tie["employer_inn"]
        and one["supplier"]["inn"] == tie["supplier_inn"]
    ]


@pytest.mark.parametrize("tie", TIES["must_find"], ids=name_of)
def test_a_planted_tie_is_found_as_it_is(found: list[Found], tie: dict[str, Any]) -> None:
    mine = [
        one
        for one in of_pair(found, tie)
        if one["rule"] == tie["rule"]
        and (tie["contract"] is None or (one["contract"] or {}).get("number") == tie["contract"])
        and (tie["procedure"] is None or (one["procedure"] or {}).get("number") == tie["procedure"])
    ]
    assert len(mine) == 1
    keys = ("kinship", "control", "identity_grade", "in_force")
    assert {key: mine[0][key] for key in keys} == {key: tie[key] for key in keys}
    if tie["share"]:
        assert mine[0]["share"] == pytest.approx(float(Fraction(tie["share"])), abs=1e-6)


@pytest.mark.parametrize("tie", TIES["must_not_find"], ids=name_of)
def test_a_near_miss_is_not_found(found: list[Found], tie: dict[str, Any]) -> None:
    wrong = [
        one["rule"]
        for one in of_pair(found, tie)
        if tie["rule"] in ("*", one["rule"]) and one["confidence"] >= tie.get("harmless_below_confidence", 0)
    ]
    assert wrong == [], tie["why"]


def test_findings_are_those_a_person_read(found: list[Found]) -> None:
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_the_three_answers_add_up(run: Run) -> None:
    assert {one.employee.name for one in run.coverage if one.result == "none"} == {
        one["employee"] for one in TIES["no_questionnaire"]
    }
    unseen = {one["supplier_inn"] for one in TIES["no_extract"]}
    assert {one.inn for one in run.undetermined if one.reason == "no_extract"} == unseen - {None}
    assert {one.reason for one in run.undetermined if one.kind == "supplier" and one.inn is None} == {"no_inn_supplier"}
    assert len(run.rejects) == len(TIES["rejects"])


def test_an_end_nobody_saw_is_told_by_the_extracts_around_it_and_not_as_a_day(run: Run) -> None:
    """ООО «Горизонт-Строй»: a director still stands in the extract of 12.11.2024, his successor was recorded on 27.01.2025."""
    words = Words("ru")
    (finding,) = [one for one in run.findings if one.supplier and "ГОРИЗОНТ-СТРОЙ" in one.supplier.name.upper()][:1]
    told = " ".join(step_sentence(step, finding, words) for step in finding.path.steps)
    assert "(ещё указана) и 28.01.2025 (уже не указана)" in told and "по 27.01.2025" not in told
    assert force_text(finding, words) == "прекращена не позднее 27.01.2025 (до закупки), точный день не известен"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    text = json.dumps(json.loads(findings_json(district_run()))["findings"], ensure_ascii=False, indent=1)
    EXPECTED.write_text(text + "\n", encoding="utf-8", newline="\n")
