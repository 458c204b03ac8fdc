"""Candidate rows into evidence paths: every step with its file, place and dates, hop by hop as the rule's path goes."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from affil.control.contacts import contact_keys
from affil.control.control import Control
from affil.control.intervals import Period, may_cover
from affil.control.related import Relation
from affil.kinship.chains import inverse
from affil.kinship.compose import Kin
from affil.model.finding import CONTROLS, GRADES, EvidencePath, Resemblance, Step
from affil.rules.records import Joint, Records, Ties
from affil.rules.rule import Rule
from affil.rules.walk import Walk

Row = dict[str, Any]

OWNERS = ("owner", "indirect-owner", "small-share")

# A place of work known by name only: the supplier of that name. Names of firms repeat across the country.
BY_NAME_CONFIDENCE = 0.85
REGISTER = "ЕГРЮЛ"
UNFAIR = "unfair-register"  # РНП lists founders and members of the bodies together
JOURNAL = {"interest": "declares", "obligation": "obligation", "gift": "gift"}  # what is no notice of work


class Paths:
    """Makes paths. `names` gives a company's or supplier's name by party, `customers` a customer's by ИНН."""

    def __init__(self, records: Records, ties: Ties, names: dict[str, str], customers: dict[str, str]) -> None:
        self.records, self.ties, self.names, self.customers = records, ties, names, customers
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
                    self._control_steps(walk, chain, control, row)
                    self._named_only(walk, chain, control, purchase)
            elif hop.name == "related":
                self._related_steps(walk, self.ties.relations[row["related_id"]], bool(kin))
            elif hop.name == "subordinate":
                walk.steps.append(self._institution(row))
            elif hop.name == "reports_to":
                self._chief_steps(walk, row)
        if row.get("fact"):
            walk.steps.append(self._fact(row, rule))
        for one in (rival, purchase):
            if one and one["by_name"] and not _own_application(control, one):
                walk.weaken(_named_joint(one), ("name", one["supplier"]))
        reached = frozenset(end for step in walk.steps for end in (step.origin_id, step.target_id))
        walk.steps += self._ends(row, purchase, rival, reached)
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

    def _control_steps(self, walk: Walk, chain: tuple[str, ...], control: Control, row: Row) -> None:
        walk.back_to_person()
        first = chain[0]
        if first in self.records.journals:
            self._journal_step(walk, first, control)
            return
        walk.join(
            first, self.records.identities.get((row["declared"], row["behind"])) if row["declared"] != row["behind"] else None
        )
        if control.kind == "contact":
            self._contact_steps(walk, str(control.means), chain[0], chain[1], control.company)
        elif control.kind == "sole-proprietor":
            registered = self.records.proprietors.get(first)
            walk.to("sole-proprietor", "supplier:" + control.company, self.names[control.company],
                            self.records.source(registered or self.records.mentions[first]),
                            dates=(control.period.valid_from, control.period.valid_to) if registered else (None, None), kind="person")  # fmt: skip
        elif control.means:
            self._post_step(walk, first, control)
        else:
            self._registry_steps(walk, chain, control)

    def _named_only(self, walk: Walk, chain: tuple[str, ...], control: Control, purchase: Row | None) -> None:
        """An application of a bidder without an ИНН is one of this organisation by its name only, save in that very purchase."""
        for evidence in chain:
            told = self.records.disclosed.get(evidence) or self.records.bidders.get(evidence)
            if told and told["name_grade"] not in (None, "A") and not _own_application(control, purchase):
                walk.named_only(_named_joint(told), ("name", control.company))

    def _post_step(self, walk: Walk, mention: str, control: Control) -> None:
        """A place of work a questionnaire names, or a post the officer's own list does."""
        record = self.records.relatives.get(mention) or self.records.mentions[mention]
        if control.kind == "employee" and control.company.removeprefix("inn:") not in (record.get("employer") or ""):
            walk.weaken(Joint("C", BY_NAME_CONFIDENCE, "company"), (mention, control.company))
        walk.to(control.kind, control.company, self.names.get(control.company, control.company), self.records.source(record),
                        dates=(control.period.valid_from, control.period.valid_to), detail=record.get("position") or "")  # fmt: skip

    def _journal_step(self, walk: Walk, evidence: str, control: Control) -> None:
        """What a notice or a declaration tells; no registry stands behind it."""
        record = self.records.journals[evidence]
        relation = JOURNAL.get(str(control.means), "notice-of-work")
        detail = f"{control.share.numerator}/{control.share.denominator}" if control.share is not None else ""
        walk.to(relation, control.company, self.names.get(control.company, control.company), self.records.source(record),
                (control.period.valid_from, control.period.valid_to), _percent(detail) if detail else record["detail"] or "")  # fmt: skip

    def _registry_steps(self, walk: Walk, chain: tuple[str, ...], control: Control) -> None:
        for evidence in chain:
            tie = self.records.ties.get(evidence) or self.records.disclosed[evidence]
            inn = tie.get("company_inn") or tie.get("participant_inn")
            company = "inn:" + inn if inn else str(tie.get("named_party") or f"firm:{tie['participant_key']}")
            relation = UNFAIR if tie.get("basis") else "manager" if tie["kind"] == "managing" else tie["kind"]
            share = tie.get("share")
            walk.to(relation, company, self.names.get(company, company), self.records.source(tie),
                            dates=(tie.get("since"), control.period.valid_to if evidence == chain[-1] else None),
                            last_seen=_last_seen(control.period) if evidence == chain[-1] else None,
                            detail=_percent(share) if share and tie["kind"] == "owner" else (tie.get("position") or ""))  # fmt: skip

    def _contact_steps(self, walk: Walk, means: str, one: str, other: str, company: str) -> None:
        """To what two records have in common, and from there to the organisation. Its text is not repeated: personal data."""
        near, far = self._record(one), self._record(other)
        keys = set(contact_keys(means, far[means]))
        key = min(keys & set(contact_keys(means, near.get(means))) or keys)  # a mention has no address, and an address is one
        walk.to(means, f"{means}:{key}", "…", self.records.source(near), kind="contact")
        walk.to(means, company, self.names.get(company, company), self.records.source(far))

    def _record(self, evidence: str) -> Row:
        found: Row = (
            self.records.bidders.get(evidence) or self.records.companies.get(evidence) or self.records.relatives.get(evidence)
            or self.records.mentions[evidence]
        )  # fmt: skip
        return found

    def _related_steps(self, walk: Walk, relation: Relation, from_official: bool) -> None:
        """From one organisation to the other, over the person, owner or contact they have in common."""
        if not from_official:
            walk.stand(relation.one, self.names.get(relation.one, relation.one))
        name = self.names.get(relation.other, relation.other)
        if relation.link in ("address", "phone", "email"):
            self._contact_steps(walk, relation.link, relation.evidence[0], relation.evidence[1], relation.other)
            return
        ties = [self.records.ties[evidence] for evidence in relation.evidence]
        if len(ties) == 1:
            owns = relation.holder == relation.one
            walk.to(
                "owner" if owns else "has-owner",
                relation.other,
                name,
                self.records.source(ties[0]),
                dates=(ties[0]["since"], None),
            )
            return
        self._common_holder(walk, relation, ties)

    def _common_holder(self, walk: Walk, relation: Relation, ties: list[Row]) -> None:
        near, far = relation.evidence
        person = ties[0]["holder_kind"] == "person"
        holder = near if person else relation.holder
        shown = (ties[0]["name"] or "") if person else self.names.get(relation.holder, ties[0]["holder_name"] or relation.holder)
        walk.to(f"has-{_role(ties[0])}", holder, shown, self.records.source(ties[0]), dates=(ties[0]["since"], None),
                kind="person" if person else "organisation")  # fmt: skip
        if person:
            walk.join(far)
        walk.to(_role(ties[1]), relation.other, self.names.get(relation.other, relation.other), self.records.source(ties[1]),
                dates=(ties[1]["since"], None))  # fmt: skip

    def _institution(self, row: Row) -> Step:
        record = self.records.institutions[row["institution"]]
        parent = record["parent_inn"]
        return Step(
            self.names.get(row["institution"]) or row["institution"], "subordinate", str(self.customers.get(parent) or parent),
            self.records.source(record), origin_kind="organisation", target_kind="organisation",
            origin_id=row["institution"], target_id="customer:" + parent,
        )  # fmt: skip

    def _chief_steps(self, walk: Walk, row: Row) -> None:
        """The kin is the chief: a record of him as an official, and whom the other's row names as his superior."""
        walk.join("official|" + row["chief"])
        official, chief = (self.records.mentions["official|" + row[key]] for key in ("official_key", "chief"))
        ends = {"origin_id": "official|" + row["official_key"], "target_id": "official|" + row["chief"]}
        walk.steps.append(Step(official["name"], "reports_to", chief["name"], self.records.source(official), **ends))

    def _fact(self, row: Row, rule: Rule) -> Step:
        """What the registry says of the supplier itself."""
        record, asked = self.records.companies[row["fact"]], rule.suppliers
        supplier = "inn:" + record["inn"]
        relation = "shared-person" if asked.shared_person else "shared-address" if asked.shared_address else "registration"
        detail = "" if relation == "registration" else str(row["spread"])
        return Step(
            self.names.get(supplier, supplier), relation, REGISTER, self.records.source(record), record["registered_on"], record["ended_on"],
            origin_kind="organisation", target_kind="organisation", detail=detail, origin_id=supplier, target_id="registry",
        )  # fmt: skip

    def _ends(self, row: Row, purchase: Row | None, rival: Row | None, reached: frozenset[str]) -> Iterator[Step]:
        if rival:
            yield self._supply(rival, reached)
        if purchase:
            yield self._supply(purchase, reached)
        if row.get("service_kind") and not row.get("chief"):
            yield self._service(row, purchase)

    def _supply(self, purchase: Row, reached: frozenset[str]) -> Step:
        """The purchase; from an entrepreneur a path has come to as to a firm (a notice, a director in an application) it goes on."""
        party = purchase["supplier"]
        kind = "person" if purchase["supplier_kind"] == "person" else "organisation"
        relation = (
            "subcontractor"
            if purchase["role"] == "subcontractor"
            else "supplier"
            if purchase["event"] == "award"
            else "participant"
        )
        day = purchase["event_date"]
        return Step(
            self.names[purchase["supplier"]], relation, label(purchase), self.records.source(purchase), day, day,
            confidence=purchase["name_probability"] if purchase["by_name"] else 1.0, origin_kind=kind, target_kind="purchase",
            origin_id=party if party in reached else supplier_node(party, kind), target_id=f"purchase|{purchase['source_id']}|{purchase['locator']}",
            resemblance=_of_name(purchase) if purchase["by_name"] else None,
        )  # fmt: skip

    def _service(self, row: Row, purchase: Row | None) -> Step:
        official = self.records.mentions["official|" + row["official_key"]]
        relation = {"employment": "service", "seat": "commission member", "manager": "contract manager", "duty": "duty"}[
            row["service_kind"]
        ]
        if "own" in row:
            customer = row["own"].removeprefix("customer:")
        else:
            customer = purchase["customer_inn"] if purchase else self.records.institutions[row["institution"]]["parent_inn"]
        name = self.customers.get(customer or "") or customer or (label(purchase) if purchase else "")
        return Step(
            official["name"], relation, name, self.records.source(row), row["served_from"], row["served_to"], target_kind="organisation",
            detail=row["detail"] or "", origin_id="official|" + row["official_key"], target_id="customer:" + (customer or ""),
        )  # fmt: skip


def _named_joint(row: Row) -> Joint:
    """How sure it is that an organisation named without an ИНН is the loaded one."""
    return Joint(row["name_grade"], row["name_probability"], "company", resemblance=_of_name(row))


def _of_name(row: Row) -> Resemblance:
    return Resemblance(tuple(json.loads(row["name_evidence"] or "[]")))


def _own_application(control: Control | None, purchase: Row | None) -> bool:
    """Whether the tie is told by the application to this very purchase: then it does not matter who else bears the bidder's name."""
    if not control or not purchase:
        return False
    place = f"{purchase['source_id']}|{purchase['locator']}"
    return any(
        evidence in (f"bidder|{place}", f"awarded|{place}") or evidence.startswith(f"disclosed|{place}|")
        for chain in control.chains
        for evidence in chain
    )


def _role(tie: Row) -> str:
    return "owner" if tie["kind"] == "owner" else "director"


def supplier_node(supplier: str, kind: str) -> str:
    """The node of the evidence graph for a supplier."""
    return "supplier:" + supplier if kind == "person" else supplier


def label(purchase: Row) -> str:
    """How a purchase is named in a path: number of the contract, else of the procedure, else customer and day."""
    number = purchase["contract_number"] if purchase["event"] == "award" else None
    return (
        number
        or purchase["procedure_number"]
        or " ".join(str(part) for part in (purchase["customer_inn"], purchase["event_date"]) if part)
    )


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


def _percent(share: str) -> str:
    numerator, denominator = share.split("/")
    value = int(numerator) * 100 / int(denominator)
    return f"{value:.4f}".rstrip("0").rstrip(".") + " %"


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


def _last_seen(period: Period) -> dt.date | None:
    """The last day a source shows the tie, where all that is known of its end is that it came later, and by `valid_to`."""
    seen, end = period.known_until, period.valid_to
    return seen if seen is not None and end is not None and seen < end else None
