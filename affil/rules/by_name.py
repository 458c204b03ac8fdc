"""Organisations that stand in an application or a contract by their name only."""

from __future__ import annotations

import json
from typing import Any

from affil.control.control import Control
from affil.model.finding import Resemblance
from affil.rules.records import Joint

Row = dict[str, Any]


def named_joint(row: Row) -> Joint:
    """How sure it is that an organisation named without an ИНН is the loaded one."""
    return Joint(row["name_grade"], row["name_probability"], "company", resemblance=of_name(row))


def of_name(row: Row) -> Resemblance:
    """Why the name is taken for that of the loaded organisation."""
    return Resemblance(tuple(json.loads(row["name_evidence"] or "[]")))


def own_application(control: Control | None, purchase: Row | None) -> bool:
    """Whether the tie is told by the application to this very purchase: then it does not matter who else bears the bidder's name."""
    if not control or not purchase:
        return False
    place = f"{purchase['source_id']}|{purchase['locator']}"
    return any(
        evidence in (f"bidder|{place}", f"awarded|{place}") or evidence.startswith(f"disclosed|{place}|")
        for chain in control.chains
        for evidence in chain
    )
