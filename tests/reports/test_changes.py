"""New, gone, changed, reopened: each planted once between two runs, in ties and not in findings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from fake_run import contract, finding, official, party
from fake_run import run as fake

from affil.model.run import Changes
from affil.reports.changes import changes_since
from affil.reports.findings_json import findings_json


def told(tmp_path: Path, before: tuple, after: tuple) -> Changes | None:
    run = fake()
    (tmp_path / "findings.json").write_bytes(findings_json(replace(run, id="R-before", findings=before)))
    return changes_since(tmp_path, replace(run, findings=after))


def test_each_kind_of_change_is_counted_once(tmp_path: Path) -> None:
    firms = [party(number, f"ООО «Вереск {number}»") for number in range(1, 8)]
    same, gone, other, again, more = (finding(number, official(number), firms[number]) for number in range(1, 6))
    late = finding(6, official(6), firms[6])
    second = finding(7, official(5), firms[5], bought=contract(70))
    before = (same, gone, other, again, more)
    after = (same, replace(other, priority="low"), replace(again, status="reopened"), more, second, late)
    # The second contract under a known tie changes the tie; it is no new one. What is reopened is changed too.
    assert told(tmp_path, before, after) == Changes("R-before", new=1, gone=1, changed=3, reopened=1)


def test_a_match_of_nothing_but_the_name_is_no_tie(tmp_path: Path) -> None:
    namesake = finding(1, same_as=0.2)
    assert told(tmp_path, (), (namesake,)) == Changes("R-before", 0, 0, 0, 0)
    assert told(tmp_path, (namesake,), (finding(1, same_as=0.8),)) == Changes("R-before", 1, 0, 0, 0)


def test_what_is_no_run_is_no_earlier_run(tmp_path: Path) -> None:
    assert changes_since(None, fake()) is None
    assert changes_since(tmp_path, fake()) is None
    (tmp_path / "findings.json").write_text(json.dumps({"run": "R-x", "findings": [{"tie": 1}]}), encoding="utf-8")
    assert changes_since(tmp_path, fake()) is None
