"""What is new, gone, changed and reopened against an earlier run, in ties: what a person decides on (CONTRACT 4)."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from affil.model.finding import Finding
from affil.model.run import Changes, Run
from affil.reports.findings_json import finding_value

# What makes a known tie another one; a confidence that moves with the frequencies of names does not.
TELLING = ("priority", "identity_grade", "kinship", "control", "share", "in_force", "circles")
HALF = 0.5  # below it a name alone is no information on a tie (CONTRACT 4)

Told = dict[str, Any]


def changes_since(folder: Path | None, run: Run) -> Changes | None:
    """The ties of `run` against those of the run in `folder`; None where there is none, or its findings cannot be read."""
    if folder is None:
        return None
    try:
        before = json.loads((folder / "findings.json").read_bytes())
        return changes(before["run"], before["findings"], run.findings)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def changes(earlier: str, before: list[Told], findings: tuple[Finding, ...]) -> Changes:
    """Ties counted; matches of nothing but a name are left out on both sides.

    A tie has changed where a finding of it is told otherwise, or another rule or purchase joined or left it.
    """
    old, new = _ties(before), _ties([finding_value(finding) for finding in findings])
    both = old.keys() & new.keys()
    return Changes(
        earlier, len(new.keys() - both), len(old.keys() - both), sum(old[tie] != new[tie] for tie in both),
        sum(any(told[-1] == "reopened" for told in new[tie].values()) for tie in new),
    )  # fmt: skip


def _ties(findings: list[Told]) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each tie its findings, and of each what tells it."""
    ties: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for finding in findings:
        if finding["identity_grade"] != "D" or finding["confidence"] >= HALF:
            told = [json.dumps(finding[key], sort_keys=True) for key in TELLING]
            ties[finding["tie"]][finding["id"]] = (*told, finding["status"])
    return ties
