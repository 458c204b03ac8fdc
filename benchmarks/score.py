"""Findings held against the truth of a district. Reads two JSON documents and nothing of the product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Pair = tuple[str, str]  # employee_id, supplier ИНН
SURE = 0.9
IMPOSSIBLE = 0.01
WITH_INN = ("inn", "inn_typo")
RIGHT_GRADES = ("P", "A")


@dataclass(slots=True)
class Score:
    """Counts of one or more districts; figures are made of them at the end."""

    expected: list[Record] = field(default_factory=list)  # each: pair, event, situation, declared, kind, found, grade, confidence
    findings: list[Record] = field(default_factory=list)  # each: finding, right, strict (what is told wrongly), pair
    pairs: list[tuple[float, bool]] = field(default_factory=list)  # confidence and truth of pairs found without ИНН
    misses: list[Record] = field(default_factory=list)  # near misses said wrongly
    planted_misses: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Counts of another district on top."""
        self.expected += other.expected
        self.findings += other.findings
        self.pairs += other.pairs
        self.misses += other.misses
        self.planted_misses += other.planted_misses


def pair_of(finding: Record) -> Pair | None:
    """Official and supplier of a finding; None where it joins others (kin in subordination, bidders alone)."""
    employee, supplier = finding.get("employee"), finding.get("supplier")
    if not employee or not supplier or not supplier.get("inn"):
        return None
    return str(employee["employee_id"]), supplier["inn"]


def purchases_of(finding: Record) -> set[str]:
    """Numbers of contracts and procedures a finding speaks of."""
    contracts = [finding.get("contract"), *(finding.get("contracts") or [])]
    numbers = {one["number"] if isinstance(one, dict) else one for one in contracts if one}
    if finding.get("procedure"):
        numbers.add(finding["procedure"]["number"])
    return {str(one) for one in numbers if one}


def _meets(event: Record, numbers: set[str]) -> bool:
    return bool({event["contract"], event["procedure"]} & numbers)


def score(truth: Record, findings: list[Record]) -> Score:
    """Everything counted for one district."""
    result = Score()
    ties: dict[Pair, list[Record]] = defaultdict(list)
    for tie in truth["ties"]:
        ties[tie["employee_id"], tie["supplier_inn"]].append(tie)
    said: dict[Pair, list[Record]] = defaultdict(list)
    for finding in findings:
        pair = pair_of(finding)
        if pair is not None:
            said[pair].append(finding)
            right, told = _judged(finding, ties.get(pair, []))
            result.findings.append({"finding": finding, "right": right, "told": told, "pair": pair, "seed": truth["seed"]})
    kinds = {(one["employee_id"], one["supplier_inn"]): one["kind"] for one in truth["planted"]}
    result.expected = [one for tie in truth["ties"] for one in _expected(tie, said, kinds, truth["seed"])]
    result.pairs = [
        (max(one["confidence"] for one in listed), pair in ties)
        for pair, listed in sorted(said.items())
        if all(one["identity_grade"] not in RIGHT_GRADES for one in listed)
    ]
    for miss in truth["planted"]:
        if miss["expect"] != "found":
            result.planted_misses[miss["kind"]] += 1
            result.misses += _said_wrongly(miss, said, ties, truth["seed"])
    return result


def _judged(finding: Record, ties: list[Record]) -> tuple[bool, str]:
    """Whether the tie is true for this purchase, and what of a true tie is told wrongly (empty = nothing)."""
    numbers = purchases_of(finding)
    live = [(tie, event) for tie in ties for event in tie["events"] if _meets(event, numbers) and event["state"] != "far"]
    if not live:
        return False, "no tie" if not ties else "a tie, but not with this purchase or not near its date"
    best = min((_differences(finding, tie, event) for tie, event in live), key=len)
    return True, ", ".join(best)


def _differences(finding: Record, tie: Record, event: Record) -> list[str]:
    wrong = []
    readings = {finding["kinship"], *finding.get("kinship_alternatives", [])}
    if not readings & set(tie["chains"]):
        wrong.append(f"kinship {finding['kinship']}, true {'|'.join(tie['chains'])}")
    if finding["control"] != event["control"]:
        wrong.append(f"control {finding['control']}, true {event['control']}")
    if finding["in_force"] != event["in_force"]:
        wrong.append(f"in_force {finding['in_force']}, true {event['in_force']}")
    return wrong


def _expected(tie: Record, said: dict[Pair, list[Record]], kinds: dict[Pair, str], seed: int) -> Iterable[Record]:
    """The purchases on which this tie has to be found: declared kin (or himself) in a circle, real control, near its date."""
    pair = tie["employee_id"], tie["supplier_inn"]
    if tie["declared"] == "none" or not any(tie["circles"].values()) or not tie["registered"]:
        return
    for event in tie["events"]:
        slight = event["control"] == "small-share" and "self" not in tie["chains"]
        if event["state"] == "far" or slight or (event["role"] == "loser" and not event["judges"]):
            continue
        numbers = {one for one in (event["contract"], event["procedure"]) if one}
        hits = [one for one in said.get(pair, []) if purchases_of(one) & numbers and _kinship_fits(one, tie)]
        best = max(hits, key=lambda one: one["confidence"], default=None)
        yield {
            "pair": pair,
            "tie": tie,
            "event": event,
            "kind": kinds.get(pair, "by chance"),
            "found": best is not None,
            "seed": seed,
            "confidence": best["confidence"] if best else 0.0,
            "grades": {one["identity_grade"] for one in hits},
        }


def _kinship_fits(finding: Record, tie: Record) -> bool:
    return bool({finding["kinship"], *finding.get("kinship_alternatives", [])} & set(tie["chains"]))


def _said_wrongly(miss: Record, said: dict[Pair, list[Record]], ties: dict[Pair, list[Record]], seed: int) -> list[Record]:
    pair = miss["employee_id"], miss["supplier_inn"]
    numbers = {*miss["contracts"], *miss["procedures"]}
    wrong = []
    for finding in said.get(pair, []):
        right, _ = _judged(finding, ties.get(pair, []))
        reason = _reason(miss["expect"], finding, right) if purchases_of(finding) & numbers else None
        if reason:
            wrong.append({"miss": miss, "finding": finding, "reason": reason, "seed": seed})
    return wrong[:1]


def _reason(expect: str, finding: Record, right: bool) -> str | None:
    """Why this finding must not stand so; None if it may."""
    sure = f"{finding['rule']}, grade {finding['identity_grade']}, confidence {finding['confidence']:.3f}"
    if expect == "not-owner":
        return (
            f"told as {finding['control']}: {sure}"
            if finding["control"] not in ("small-share", "contact", "group", "employee")
            else None
        )
    if expect == "outside-circles":
        inside = [name for name, answer in finding["circles"].items() if answer == "yes"]
        return f"told to lie in {inside}: {sure}" if inside else None
    if right:
        return None
    if expect == "low":
        certain = finding["identity_grade"] in ("P", "A", "B") or finding["confidence"] >= SURE
        return f"a namesake told as certain: {sure}" if certain else None
    return f"must not be found: {sure}" if finding["confidence"] >= IMPOSSIBLE else None


def share(part: int, whole: int) -> float | None:
    """A ratio, None where there is nothing to divide by."""
    return part / whole if whole else None


def calibration(
    pairs: list[tuple[float, bool]], bins: int = 10
) -> tuple[float | None, float | None, list[tuple[int, float, float]]]:
    """Calibration error over equal bins, Brier skill against the base rate, the bins (number, mean confidence, right)."""
    if not pairs:
        return None, None, []
    boxes: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        boxes[min(int(confidence * bins), bins - 1)].append((confidence, right))
    table = [
        (len(box), sum(confidence for confidence, _ in box) / len(box), sum(right for _, right in box) / len(box))
        for _, box in sorted(boxes.items())
    ]
    error = sum(count * abs(mean - right) for count, mean, right in table) / len(pairs)
    base = sum(right for _, right in pairs) / len(pairs)
    brier = sum((confidence - right) ** 2 for confidence, right in pairs) / len(pairs)
    reference = base * (1 - base)
    return error, 1 - brier / reference if reference else None, table
