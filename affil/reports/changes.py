"""How many ties are new, gone, changed and reopened against the run before: what a run's own documents tell (CONTRACT 4)."""

from __future__ import annotations

import json
from pathlib import Path

from affil.model.run import Changes, Run
from affil.reports.delta import delta
from affil.reports.findings_json import finding_value


def changes_since(folder: Path | None, run: Run) -> Changes | None:
    """The ties of `run` against those of the run in `folder`; None where there is none, or its findings cannot be read."""
    if folder is None:
        return None
    try:
        before = json.loads((folder / "findings.json").read_bytes())
        found = delta(before["findings"], [finding_value(one) for one in run.findings])
        return Changes(before["run"], len(found.new), len(found.gone), len(found.changed), len(found.reopened))
    except (OSError, ValueError, KeyError, TypeError):
        return None
