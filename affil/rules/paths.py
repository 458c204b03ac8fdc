"""Candidate rows into evidence paths: every step with its file, place and dates, hop by hop as the rule's path goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from affil.control.control import Control
from affil.control.intervals import may_cover
from affil.kinship.chains import inverse
from affil.kinship.compose import Kin
from affil.model.finding import CONTROLS, GRADES, EvidencePath, Step
from affil.rules.by_name import named_joint, own_application
from affil.rules.control_steps import ControlSteps
from affil.rules.end_steps import EndSteps
from affil.rules.records import Records, Ties
from affil.rules.rule import Rule
from affil.rules.walk import Walk

Row = dict[str, Any]

OWNERS = ("owner", "indirect-owner", "small-share")


class Paths:
    """Makes paths. `names` gives a company's or supplier's name by party, `customers` a customer's by ИНН."""

    def __init__(self, records: Records, ties: Ties, names: dict[str, str], customers: dict[str, str]) -> None:
        self.records, self.ties = records, ties
        self.control_steps, self.end_steps = ControlSteps(records, names), EndSteps(records, names, customers)
        self._held: dict[tuple[str, str], list[Control]] = defaultdict(list)
        for control in ties.controls:
            if control.kind in OWNERS:
                self._held[control.person, control.company].append(control)

    def shares(self, person: str, purchase: Row) -> list[Fraction]:
        """The effective shares of the supplier known to be his on the day of the purchase, or on any it may have been."""
        days = purchase["event_from"], purchase["event_to"]
        held = self._held.get((person, purchase["supplier"]), [])
        return [c.share for c in held if c.share is not None and may_cover(c.period, *days).answer != "no"]

    def path(self, row: Row, purchase: Row | None, rule: Rule, rival: Row | None = None) -> EvidencePath:
        """The path of one candidate row, ending at its purchase if it has one."""
        walk = Walk(self.records)
        kin = self.ties.kin[row["kin_id"]] if row.get("kin_id") is not None else None
        control = self.ties.controls[row["control_id"]] if row.get("control_id") is not None else None
        for hop in rule.path:
            if hop.name == "kin" and kin:
                walk.start("official|" + row["official_key"])
                self._kin_steps(walk, kin)
            elif hop.name == "name_pattern":
                self._name_pattern_step(walk, row, control)
            elif hop.name == "control" and control:
                for chain in control.chains:
                    self.control_steps.along(walk, chain, control, row, purchase)
            elif hop.name == "related":
                self.control_steps.over(walk, self.ties.relations[row["related_id"]], bool(kin))
            elif hop.name == "subordinate":
                walk.steps.append(self.end_steps.institution(row))
            elif hop.name == "reports_to":
                self._chief_steps(walk, row)
        if row.get("fact"):
            walk.steps.append(self.end_steps.fact(row, rule))
        for one in (rival, purchase):
            if one and one["by_name"] and not own_application(control, one):
                walk.weaken(named_joint(one), ("name", one["supplier"]))
        reached = frozenset(end for step in walk.steps for end in (step.origin_id, step.target_id))
        walk.steps += self.end_steps.at(row, purchase, rival, reached)
        return self._told(walk, row, purchase, rule, kin, control)

    def _told(
        self, walk: Walk, row: Row, purchase: Row | None, rule: Rule, kin: Kin | None, control: Control | None
    ) -> EvidencePath:
        assumed = set(control.assumed) if control else set()
        if control and purchase and rule.time in ("in-force", "ended-since"):
            assumed |= set(may_cover(control.period, purchase["event_from"], purchase["event_to"]).assumed)
        if kin and any(self.records.relatives[evidence]["decided"] for evidence, _ in kin.hops):
            assumed.add("kin_word_decided")
        related = "related_id" in row and control is not None
        former = rule.officials.former_months is not None
        return EvidencePath(
            steps=tuple(walk.steps), kinship=kin.chain if kin else None, control="group" if related else control.kind if control else None,
            share=control.share if control and not related else None, confidence=round(walk.confidence, 4), identity_grade=walk.grade,
            in_force=False if former else in_force(kin, control, purchase, rule.time),
            assumed=tuple(sorted(assumed | set(_assumptions(row, purchase, kin)))),
        )  # fmt: skip

    def _kin_steps(self, walk: Walk, kin: Kin) -> None:
        for number, (evidence, backwards) in enumerate(kin.hops):
            relative = self.records.relatives[evidence]
            owner = "official|" + self.records.mentions[evidence]["owner"]
            start, end = (evidence, owner) if backwards else (owner, evidence)
            walk.join(start)
            declared = relative["chains"].split("|")[0]
            chain = kin.chain if len(kin.hops) == 1 else inverse(declared) if backwards else declared
            walk.go(
                chain,
                end,
                self.records.source(relative),
                detail=relative["relationship"] or "",
                dates=(kin.valid_from, kin.valid_to) if number == 0 else (None, None),
            )

    def _name_pattern_step(self, walk: Walk, row: Row, control: Control | None) -> None:
        """To a record of the person of that surname and patronymic: the one his control begins at, where it has the same name."""
        pattern = self.records.patterns[row["official_key"], row["pattern"]]
        begins = control.chains[0][0] if control else row["pattern"]
        named = self.records.mentions
        same = begins in named and named[begins]["name_key"] == named[row["pattern"]]["name_key"]
        walk.start("official|" + row["official_key"])
        detail = f"{pattern['readings']} {pattern['surname_bearers']:.0f} {pattern['bearers']:.1f}"
        walk.suppose("name-pattern", begins if same else row["pattern"], pattern["probability"], detail)

    def _chief_steps(self, walk: Walk, row: Row) -> None:
        """The kin is the chief: a record of him as an official, and whom the other's row names as his superior."""
        walk.join("official|" + row["chief"])
        official, chief = (self.records.mentions["official|" + row[key]] for key in ("official_key", "chief"))
        ends = {"origin_id": "official|" + row["official_key"], "target_id": "official|" + row["chief"]}
        walk.steps.append(Step(official["name"], "reports_to", chief["name"], self.records.source(official), **ends))


def in_force(kin: Kin | None, control: Control | None, purchase: Row | None, time: str) -> bool | str:
    """CONTRACT 4: true, false, or "during_performance" where the tie began after signing and not after a known end of the contract.

    It began when both of its parts held: a marriage after signing counts as a post taken after signing does.
    """
    if time in ("in-force", "ended-since") or control is None or purchase is None:
        return True
    begun = max((day for day in (kin and kin.valid_from, control.period.valid_from) if day), default=None)
    ends = purchase["ends_on"]
    if time == "began-after" and purchase["event"] == "award" and begun and ends and begun <= ends:
        return "during_performance"
    return False


def _assumptions(row: Row, purchase: Row | None, kin: Kin | None) -> Iterator[str]:
    if purchase and purchase["event_date"] is None:
        yield "event_date_unknown"
    if purchase and purchase["by_name"]:
        yield "supplier_by_name"
    if purchase and purchase["customer_by"]:
        yield purchase["customer_by"]
    if row.get("employer_by"):
        yield row["employer_by"]
    if "served_from" in row and row["served_from"] is None and row["service_kind"] not in ("manager", "duty"):
        yield "service_start_unknown"
    if kin and kin.alternatives:
        yield "kin_word_ambiguous"
    if kin and "(former)" in kin.chain and kin.valid_from is None:
        yield "marriage_dates_unknown"


def better(path: EvidencePath) -> tuple[Any, ...]:
    """Sort key of paths between the same ends: the surer identity, the stronger control, the more probable, the shorter, the earlier.

    Of suppositions (grade D) the more probable goes before the stronger control; certain merges differ too little for that.
    What is left is told apart by its whole text, so that the order of rows never decides.
    """
    steps = tuple((s.origin, s.relation, s.target, s.source) for s in path.steps)
    dates = tuple((str(s.valid_from or ""), str(s.valid_to or "9999")) for s in path.steps)
    return (
        GRADES.index(path.identity_grade),
        -path.confidence if path.identity_grade == "D" else 0.0,
        CONTROLS.index(path.control) if path.control else len(CONTROLS),
        -path.confidence,
        len(path.steps),
        path.kinship or "",
        steps,
        dates,
        repr(path),
    )
