"""The pre-check for machines: stable keys in English."""

from __future__ import annotations

from typing import Any

from affil.ingest.tables.request import UNNUMBERED
from affil.model.finding import Finding
from affil.precheck.bidders import Bidder
from affil.precheck.doubts import Doubt
from affil.precheck.pairs import Pair, Precheck
from affil.precheck.seats import Seat
from affil.reports.precheck.phrases import FULL, OF_PERSONS, doubt_text
from affil.words import Words


def precheck_json(found: Precheck, sheet: str, exit_code: int, words: Words) -> dict[str, Any]:
    """The answer of `affil precheck --json`."""
    return {**precheck_value(found, sheet, words), "exit": exit_code}


def precheck_value(found: Precheck, sheet: str, words: Words) -> dict[str, Any]:
    """All a sheet tells; for the secretary pairs carry no finding, rule, position or kin."""
    asked = found.asked
    purchase = ("subject", "price", "method", "ground", "notice_on")
    return {
        "procedure": None if asked.number == UNNUMBERED else asked.number,
        "customer": {"inn": asked.customer_inn, "name": asked.customer},
        "organiser": {"inn": asked.organizer_inn, "name": asked.organizer},
        "stage": asked.stage,
        "purchase": {field: getattr(asked, field) for field in purchase},
        "sheet": sheet,
        "made": found.made.isoformat(timespec="seconds"),
        "version": found.version,
        "data": found.run,
        "commission_by": found.seats.level,
        "roles_not_determined": list(found.seats.missing),
        "officials": [_official(seat) for seat in found.seats.rows],
        "participants": [_participant(bidder) for bidder in found.bidders],
        "pairs": [_pair(pair, found, sheet, words) for pair in found.pairs],
        "totals": found.totals,
    }


def _official(seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.key,
        "name": seat.name,
        "employee_id": seat.employee.employee_id if seat.employee else None,
        "known": seat.known,
        "roles": [{"role": r.kind, "by": r.by, "detail": r.detail, "from": r.since, "to": r.until} for r in seat.roles],
    }


def _participant(bidder: Bidder) -> dict[str, Any]:
    fields = ("inn", "name", "applied_on", "seen_by", "extract_on")
    return {"id": bidder.key, **{field: getattr(bidder, field) for field in fields}}


def _pair(pair: Pair, found: Precheck, sheet: str, words: Words) -> dict[str, Any]:
    told: dict[str, Any] = {
        "official": pair.official,
        "participant": pair.participant,
        "answer": pair.answer,
        "number": pair.number or None,
        "reasons": [_doubt(doubt, sheet, words) for doubt in pair.reasons],
        "limits": [_doubt(doubt, sheet, words) for doubt in pair.limits],
    }
    if sheet == FULL:
        told["about"] = list(pair.about)
        told["findings"] = [_finding(finding, found) for finding in pair.findings]
        told["hints"] = [_finding(finding, found) for finding in pair.hints]
    return told


def _doubt(doubt: Doubt, sheet: str, words: Words) -> dict[str, str]:
    side = "official" if doubt.reason in OF_PERSONS else "participant"
    return {"reason": doubt.reason, "side": side, "text": doubt_text(doubt, sheet, words)}


def _finding(finding: Finding, found: Precheck) -> dict[str, Any]:
    fields = ("id", "tie", "rule", "about", "priority")
    return {
        **{field: getattr(finding, field) for field in fields},
        "bases": list(finding.bases),
        "assumed": list(finding.path.assumed),
        "kinship": finding.path.kinship,
        "control": finding.path.control,
        "identity_grade": finding.path.identity_grade,
        "as_if_won": finding.rule in found.as_if_won,
    }
