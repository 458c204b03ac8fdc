"""What stands at the foot of every page of a run's documents: run, version, edition of the rules, checksum."""

from __future__ import annotations

import hashlib

from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.reports.word.paper import Imprint


def imprint_of(run: Run, findings: bytes | None = None) -> Imprint:
    """The imprint of a run; the checksum is of `findings.json`, whose bytes may be given where they are made already."""
    machine_copy = findings_json(run) if findings is None else findings
    return Imprint(run.id, run.version, run.rules_date, hashlib.sha256(machine_copy).hexdigest(), run.started)
