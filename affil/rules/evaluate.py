"""Rules over the derived tables into findings: one for each rule, official, supplier and purchase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

from affil.control.related import relations
from affil.control.table import Behind
from affil.kinship.circles import membership
from affil.kinship.compose import Kin
from affil.model.finding import EvidencePath, Finding, OtherParty
from affil.rules.compile import compile_rule
from affil.rules.parts import (
    contract_of,
    customer_names,
    customer_party,
    digest,
    employee_of,
    procedure_of,
    supplier_names,
    supplier_of,
)
from affil.rules.paths import OWNERS, Paths, better
from affil.rules.possible import possible_rules
from affil.rules.priority import concerns, priority, purchase_law
from affil.rules.records import Records, Ties
from affil.rules.rule import Catalogue, Rule
from affil.rules.series import counted_purchases, series_findings
from affil.store.store import Store

Row = dict[str, Any]
Key = tuple[str, str, str, str]  # rule, official, purchase, other party

MOST_OTHER_PATHS = 20
DEALING = Path(__file__).with_name("dealing.sql")

# Rows that differ in none of these are one way, by several services of the official.
_WAY = (
    "kin_id", "control_id", "declared", "behind", "related_id", "other_kin", "other_control", "other_declared", "other_behind",
)  # fmt: skip


def evaluate(store: Store, catalogue: Catalogue, kin: list[Kin], behind: Behind) -> list[Finding]:
    """All findings of all rules, sorted by rule, official, supplier and purchase."""
    store.script(DEALING)
    paths_of = possible_rules(store, (rule for rule in catalogue.rules.values() if rule.path))
    candidates = [{"rule": rule.id, **row} for rule in paths_of for row in store.rows(*compile_rule(rule))]
    counted = counted_purchases(store, catalogue)
    if not candidates and not any(counted.values()):
        return []
    related = relations(store, (row["related_id"] for row in candidates if row.get("related_id") is not None))
    facts = _Facts(store, candidates, Ties(kin, behind.controls, related), chain(*counted.values()))
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in candidates:
        groups[_key(row)].append(row)
    found = [finding for key, rows in groups.items() if (finding := _finding(catalogue.rules[key[0]], rows, facts))]
    found = _without_doubles(sorted(found, key=sort_key))
    found += series_findings(store, catalogue, found, counted, facts.names)
    return sorted(found, key=sort_key)


class _Facts:
    """What findings are told with: officials, purchases, names, and the paths of candidate rows."""

    def __init__(self, store: Store, candidates: list[Row], ties: Ties, counted: Iterable[Row]) -> None:
        """`counted`: purchases beside those of the candidates, whose customers and suppliers are to be named too."""
        self.kin, self.controls = ties.kin, ties.controls
        _candidates(store, candidates)
        self.people = {row["official_key"]: row for row in store.rows(_PEOPLE)}
        self.purchases = {row["purchase"]: row for row in store.rows(_PURCHASES)}
        self.records = Records(store, candidates, ties)
        bought = [*self.purchases.values(), *counted]
        self.names = supplier_names(store, _organisations(candidates, ties, self.records, bought))
        customers = customer_names(store)
        self.names = {"inn:" + inn: name for inn, name in customers.items()} | self.names
        for purchase in bought:
            purchase["customer"] = purchase["customer"] or customers.get(purchase["customer_inn"] or "")
        self.paths = Paths(self.records, ties, self.names, customers)


_PEOPLE = "SELECT * FROM official_in_force SEMI JOIN candidate ON candidate.id = official_key"
_PURCHASES = """
    SELECT purchase.*, f.legal_form_code AS supplier_form
    FROM purchase SEMI JOIN candidate ON candidate.id = purchase LEFT JOIN company_fact f USING (supplier)"""


def _candidates(store: Store, rows: list[Row]) -> None:
    """Temporary table `candidate`: keys of the officials and purchases that the rows name."""
    columns = ("official_key", "other_official", "chief", "purchase", "rival", "other_purchase")
    store.temporary(
        "candidate", {"id": "VARCHAR"}, [(key,) for key in sorted({row[c] for row in rows for c in columns if row.get(c)})]
    )


def _organisations(rows: Iterable[Row], ties: Ties, records: Records, purchases: Iterable[Row]) -> set[str]:
    """Parties of the suppliers and companies that the paths of the rows lead over."""
    found = {purchase["supplier"] for purchase in purchases}
    for row in rows:
        found |= {row["institution"]} if row.get("institution") else set()
        found |= {ties.controls[row[key]].company for key in ("control_id", "other_control") if row.get(key) is not None}
        if row.get("related_id") is not None:
            relation = ties.relations[row["related_id"]]
            found |= {relation.one, relation.other, relation.holder}
    for tie in (*records.ties.values(), *records.companies.values(), *records.disclosed.values()):
        found |= {f"inn:{tie[key]}" for key in ("inn", "company_inn", "holder_inn", "participant_inn") if tie.get(key)}
        found |= {f"firm:{tie['participant_key']}"} if tie.get("participant_key") else set()
    return found


def sort_key(finding: Finding) -> tuple[str, ...]:
    """The order of findings in every machine output; depends on parties and purchases alone."""
    contract, procedure = finding.contract, finding.procedure
    near, far = finding.ends
    return (
        finding.rule, (finding.employee.employer_inn or "") if finding.employee else "", near.key, far.key,
        (contract.number or "") if contract else "", procedure.number if procedure else "", finding.id,
    )  # fmt: skip


def _key(row: Row) -> Key:
    """Rule, official, purchase and other party: one finding each."""
    other = row.get("rival") or row.get("chief") or row.get("institution") or ""
    return row["rule"], row.get("official_key") or "", row.get("purchase") or "", f"{row.get('other_official', '')}{other}"


def _finding(rule: Rule, rows: list[Row], facts: _Facts) -> Finding | None:
    purchase = facts.purchases.get(rows[0].get("purchase") or "")
    if purchase and not concerns(rule.purchases, purchase):
        return None
    built = _built(rule, _best_service(rows), purchase, facts)
    if not built:
        return None
    path, row = built[0]
    if purchase and path.control and "related_id" not in row:
        path = _with_share(path, row, built, facts.paths.shares(row["behind"], purchase))
    others = tuple(dict.fromkeys(other for other, _ in built[1:] if other.steps != path.steps))
    mirrored = sorted({path for _, other in built for path in _mirrored(rule, other, facts)}, key=better)[:1]
    # An exchange joins two suppliers: neither serves its own official.
    served = "official_key" in row and "other_official" not in row
    employee = employee_of(facts.people[row["official_key"]], row["role"]) if served else None
    supplier = supplier_of(purchase, facts.names) if purchase else None
    other_party = _other_party(row, purchase, facts)
    finding = Finding(
        id="", tie="", rule=rule.id, priority="", about=rule.about, employee=employee, supplier=supplier,
        contract=contract_of(purchase) if purchase else None, procedure=procedure_of(purchase) if purchase else None,
        path=path, other_paths=(*mirrored, *others)[:MOST_OTHER_PATHS], kinship_alternatives=(), circles={}, bases=_bases(rule, purchase),
        name_only=path.identity_grade == "D" and path.confidence < 0.5, other_party=other_party,
    )  # fmt: skip
    near, far = finding.ends
    what = row.get("purchase") or ""
    return replace(
        finding, id="F-" + digest(rule.id, near.key, far.key, what, *((row["other_official"],) if "other_official" in row else ())),
        tie="T-" + digest(near.key, far.key), **_told_of_kin(rule, row, path, purchase, facts),
    )  # fmt: skip


def _built(rule: Rule, rows: list[Row], purchase: Row | None, facts: _Facts) -> list[tuple[EvidencePath, Row]]:
    """The paths of the rows, best first, of identities the rule is content with."""
    rival = facts.purchases.get(rows[0].get("rival") or "")
    built = sorted(((facts.paths.path(row, purchase, rule, rival), row) for row in rows), key=_by_path)
    return [(path, row) for path, row in built if path.identity_grade <= rule.lowest_grade or path.identity_grade == "P"]


def _mirrored(rule: Rule, row: Row, facts: _Facts) -> tuple[EvidencePath, ...]:
    """The way back of an exchange: the other official's kin, who supplies the first one's customer."""
    if "other_official" not in row:
        return ()
    back = {"own": row["buyer"], **{key: row.get(key) for key in ("service_kind", "role", "employer_by")}}
    other = facts.people[row["other_official"]]
    back |= {
        "official_key": row["other_official"], "kin_id": row["other_kin"], "control_id": row["other_control"], "declared": row["other_declared"],
        "behind": row["other_behind"], "service_kind": "employment", "detail": other["position"], "served_from": other["hired"],
        "served_to": other["dismissed"], "source_id": other["source_id"], "locator": other["locator"],
    }  # fmt: skip
    return (facts.paths.path(back, facts.purchases[row["other_purchase"]], rule),)


def _other_party(row: Row, purchase: Row | None, facts: _Facts) -> OtherParty | None:
    """The other end where there is no supplier or no official."""
    if row.get("chief"):
        person = facts.people[row["chief"]]
        return OtherParty(row["chief"], "person", person["name"], person["inn"], person["employee_id"])
    rival_purchase = row.get("rival") or row.get("other_purchase")
    if rival_purchase:
        rival = supplier_of(facts.purchases[rival_purchase], facts.names)
        return OtherParty(rival.key, "organisation", rival.name, rival.inn)
    if row.get("institution"):
        inn = row["institution"].removeprefix("inn:")
        return OtherParty(inn, "organisation", facts.names.get(row["institution"], inn), inn)
    if "official_key" not in row and purchase:
        return customer_party(purchase)
    return None


def _told_of_kin(rule: Rule, row: Row, path: EvidencePath, purchase: Row | None, facts: _Facts) -> dict[str, Any]:
    """What a finding says of the kin on its path, and the priority that depends on it."""
    if row.get("pattern"):
        return {"priority": priority(rule, path, None, {}, purchase), "circles": membership(()), "relative": _last_person(path)}
    if row.get("kin_id") is None:
        return {"priority": priority(rule, path, None, {}, purchase)}
    who = facts.kin[row["kin_id"]]
    circles = membership(who.readings, purchase["notice_on"] or purchase["event_to"]) if purchase else membership(who.readings)
    control = facts.controls[row["control_id"]] if row.get("control_id") is not None else None
    last = who.hops[-1] if who.hops else None
    relative = facts.records.mentions[last[0]] if last and not last[1] else None
    word = facts.records.relatives[last[0]]["relationship"] if relative and last and len(who.hops) == 1 else None
    sure = replace(path, identity_grade="P", confidence=1.0)
    return {
        "priority": priority(rule, path, row["role"], circles, purchase, control),
        "if_confirmed": priority(rule, sure, row["role"], circles, purchase, control),
        "kinship_alternatives": who.alternatives,
        "circles": circles,
        "relative": relative["name"] if relative else None if who.chain == "self" else _last_person(path),
        "relationship": word,
    }


def _by_path(built: tuple[EvidencePath, Row]) -> tuple[Any, ...]:
    path, row = built
    return (*better(path), *(row.get(key) or 0 for key in ("kin_id", "control_id", "related_id")))


def _best_service(rows: list[Row]) -> list[Row]:
    """One row for each kin, control and identity: the seat before the management of the contract, that before employment."""
    order = {"seat": 0, "manager": 1, "duty": 2, "employment": 3}
    best: dict[tuple[Any, ...], Row] = {}
    if "service_kind" not in rows[0]:
        return rows
    for row in sorted(rows, key=lambda r: (order[r["service_kind"]], r["role"] or "~", r["source_id"], r["locator"])):
        best.setdefault(tuple(row.get(key) for key in _WAY), row)
    return list(best.values())


def _with_share(path: EvidencePath, row: Row, built: list[tuple[EvidencePath, Row]], held: list[Fraction]) -> EvidencePath:
    """A director who also owns: the share is told beside the stronger control, also by a rule that asks for directors only."""
    if path.control in OWNERS:
        return path
    told = [
        p.share for p, r in built if (r.get("kin_id"), r["behind"]) == (row.get("kin_id"), row["behind"]) and p.control in OWNERS
    ]
    return replace(path, share=max((share for share in (*told, *held) if share is not None), default=path.share))


def _last_person(path: EvidencePath) -> str | None:
    people = [step.target for step in path.steps if step.target_kind == "person" and step.relation != "same_as"]
    return people[-1] if people else None


def _bases(rule: Rule, purchase: Row | None) -> tuple[str, ...]:
    """The rule's norms that were, or may have been, in force for the purchase; of one law's norms only where it was made under that law."""
    announced = purchase["notice_on"] if purchase else None
    first, last = (announced or (purchase[end] if purchase else None) for end in ("event_from", "event_to"))
    law = (purchase_law(purchase) if purchase else None) or "44-ФЗ"
    return tuple(
        basis.id
        for basis in rule.bases
        if not (last and basis.since and last < basis.since)
        and not (first and basis.until and first > basis.until)
        and basis.law in (None, law)
    )


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """A winning bid and the contract it led to are one purchase: the bid's finding takes the contract, the other goes.

    Of several contracts of one procedure (lots) it takes the first, so `findings` come sorted; the others stay.
    """
    awards = {
        (f.rule, *(end.key for end in f.ends), f.contract.procedure_number): f
        for f in reversed(findings) if f.contract and f.contract.procedure_number
    }  # fmt: skip
    merged, gone = [], set()
    for finding in findings:
        award = finding.procedure and awards.get((finding.rule, *(end.key for end in finding.ends), finding.procedure.number))
        if award:
            gone.add(award.id)
            finding = replace(finding, contract=award.contract)
        merged.append(finding)
    return [finding for finding in merged if finding.id not in gone]
