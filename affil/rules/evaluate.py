"""Rules over the derived tables into findings: one for each rule, official, supplier and purchase."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import Any

from affil.control.table import Behind
from affil.kinship.compose import Kin
from affil.model.finding import Contract, Employee, EvidencePath, Finding, Party, Procedure
from affil.rules.compile import compile_rule
from affil.rules.evidence import OWNERS, Paths, Records, better
from affil.rules.priority import concerns, priority
from affil.rules.rule import Catalogue, Rule
from affil.store.store import Store

Row = dict[str, Any]
Key = tuple[str, str, str]  # rule, official, purchase

MOST_OTHER_PATHS = 20


def evaluate(store: Store, catalogue: Catalogue, kin: list[Kin], behind: Behind) -> list[Finding]:
    """All findings of all rules, sorted by rule, official, supplier and purchase."""
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE who AS
        SELECT declared, behind, probability FROM identity
        UNION ALL SELECT DISTINCT person, person, 1.0 FROM control""")
    candidates = [{"rule": rule.id, **row} for rule in catalogue.rules.values() for row in store.rows(*compile_rule(rule))]
    records = Records(store, candidates, kin, behind.controls)
    people = {row["official_key"]: row for row in store.rows("SELECT * FROM official_in_force")}
    purchases = {row["purchase"]: row for row in store.rows("SELECT * FROM purchase")}
    names = supplier_names(store, purchases)
    customers = customer_names(store)
    for purchase in purchases.values():
        purchase["customer"] = purchase["customer"] or customers.get(purchase["customer_inn"] or "")
    paths = Paths(records, kin, behind.controls, names, customers)
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in candidates:
        groups[row["rule"], row["official_key"], row["purchase"]].append(row)
    findings = [
        finding
        for (rule_id, official, purchase), rows in groups.items()
        if (finding := _finding(catalogue.rules[rule_id], people[official], purchases[purchase], rows, paths, kin, names))
    ]
    return sorted(_without_doubles(sorted(findings, key=sort_key)), key=sort_key)


def sort_key(finding: Finding) -> tuple[str, ...]:
    """The order of findings in every machine output; depends on parties and purchases alone."""
    contract, procedure = finding.contract, finding.procedure
    return (
        finding.rule, finding.employee.employer_inn or "", finding.employee.key, finding.supplier.key,
        (contract.number or "") if contract else "", procedure.number if procedure else "", finding.id,
    )  # fmt: skip


def _finding(
    rule: Rule, person: Row, purchase: Row, rows: list[Row], paths: Paths, kin: list[Kin], names: dict[str, str]
) -> Finding | None:
    if not concerns(rule.purchases, purchase):
        return None
    rows = _best_service(rows)
    built = sorted(((paths.path(row, purchase, rule.time), row) for row in rows), key=_by_path)
    built = [(path, row) for path, row in built if path.identity_grade <= rule.lowest_grade or path.identity_grade == "P"]
    if not built:
        return None
    path, row = built[0]
    path = _with_share(path, row, built, paths.shares(row["behind"], purchase))
    others = tuple(dict.fromkeys(other for other, _ in built[1:] if other.steps != path.steps))[:MOST_OTHER_PATHS]
    who = kin[row["kin_id"]]
    employee = _employee(person, row["role"])
    supplier = _supplier(purchase, names)
    last = who.hops[-1] if who.hops else None
    relative = paths.records.mentions[last[0]] if last and not last[1] else None
    return Finding(
        id="F-" + digest(rule.id, employee.key, supplier.key, purchase["purchase"]),
        tie="T-" + digest(employee.key, supplier.key),
        rule=rule.id,
        priority=priority(rule, path, row["role"], who.circles, purchase),
        about=rule.about,
        employee=employee,
        supplier=supplier,
        contract=_contract(purchase),
        procedure=_procedure(purchase),
        path=path,
        other_paths=others,
        kinship_alternatives=who.alternatives,
        circles=dict(who.circles),
        bases=_bases(rule, purchase),
        relative=relative["name"] if relative else None if who.chain == "self" else _last_person(path),
        relationship=paths.records.relatives[last[0]]["relationship"] if relative and last and len(who.hops) == 1 else None,
        name_only=path.identity_grade == "D" and path.confidence < 0.5,
    )


def _by_path(built: tuple[EvidencePath, Row]) -> tuple[Any, ...]:
    path, row = built
    return (*better(path), row["kin_id"], row["control_id"])


def _best_service(rows: list[Row]) -> list[Row]:
    """One row for each kin, control and identity: the seat before the management of the contract, that before employment."""
    order = {"seat": 0, "manager": 1, "employment": 2}
    best: dict[tuple[Any, ...], Row] = {}
    for row in sorted(rows, key=lambda r: (order[r["service_kind"]], r["role"] or "~", r["source_id"], r["locator"])):
        best.setdefault((row["kin_id"], row["control_id"], row["declared"], row["behind"]), row)
    return list(best.values())


def _with_share(path: EvidencePath, row: Row, built: list[tuple[EvidencePath, Row]], held: list[Fraction]) -> EvidencePath:
    """A director who also owns: the share is told beside the stronger control, also by a rule that asks for directors only."""
    if path.control in OWNERS:
        return path
    told = [p.share for p, r in built if (r["kin_id"], r["behind"]) == (row["kin_id"], row["behind"]) and p.control in OWNERS]
    return replace(path, share=max((share for share in (*told, *held) if share is not None), default=path.share))


def _last_person(path: EvidencePath) -> str | None:
    people = [step.target for step in path.steps if step.target_kind == "person" and step.relation != "same_as"]
    return people[-1] if people else None


def digest(*parts: str) -> str:
    """Twelve hex digits that depend on the parts alone."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _employee(person: Row, role: str | None) -> Employee:
    return Employee(
        key=person["official_key"], employee_id=person["employee_id"], employer_inn=person["employer_inn"], employer=person["employer"],
        name=person["name"], inn=person["inn"], status=person["status"], procurement_role=role or person["procurement_role"],
        position=person["position"], department=person["department"],
    )  # fmt: skip


def _supplier(purchase: Row, names: dict[str, str]) -> Party:
    party = purchase["supplier"]
    inn = party.removeprefix("inn:") if party.startswith("inn:") else None
    return Party(inn or party, inn, names[party])


def _contract(purchase: Row) -> Contract | None:
    if purchase["event"] != "award":
        return None
    return Contract(
        purchase["contract_number"], purchase["event_date"], purchase["customer_inn"], purchase["customer"], purchase["price"], purchase["ground"],
        purchase["method"], purchase["organizer_inn"], purchase["procedure_number"], purchase["national_project"], purchase["subject"],
    )  # fmt: skip


def _procedure(purchase: Row) -> Procedure | None:
    if purchase["event"] != "bid":
        return None
    return Procedure(purchase["procedure_number"], purchase["event_date"], purchase["customer_inn"], purchase["won"])


def _bases(rule: Rule, purchase: Row) -> tuple[str, ...]:
    day = purchase["notice_on"] or purchase["event_date"]
    return tuple(basis.id for basis in rule.bases if day is None or ((basis.since or day) <= day <= (basis.until or day)))


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """A winning bid and the contract it led to are one purchase: the bid's finding takes the contract, the other goes.

    Of several contracts of one procedure (lots) it takes the first, so `findings` come sorted; the others stay.
    """
    awards = {
        (f.rule, f.employee.key, f.supplier.key, f.contract.procedure_number): f
        for f in reversed(findings) if f.contract and f.contract.procedure_number
    }  # fmt: skip
    merged, gone = [], set()
    for finding in findings:
        award = finding.procedure and awards.get(
            (finding.rule, finding.employee.key, finding.supplier.key, finding.procedure.number)
        )
        if award:
            gone.add(award.id)
            finding = replace(finding, contract=award.contract)
        merged.append(finding)
    return [finding for finding in merged if finding.id not in gone]


def supplier_names(store: Store, purchases: dict[str, Row]) -> dict[str, str]:
    """A name for every supplier and every company on the way to one: the registry's, else the one in the contract."""
    names: dict[str, str] = {}
    for purchase in sorted(purchases.values(), key=lambda row: row["purchase"]):
        name = purchase["supplier_name"] or purchase["supplier_inn"] or purchase["supplier"]
        names[purchase["supplier"]] = min(names.get(purchase["supplier"], name), name)
    for inn, name in store.sql("""
        SELECT inn, arg_max(coalesce(short_name, full_name), (extract_date, source_id)) FROM company
        WHERE inn IS NOT NULL AND coalesce(short_name, full_name) IS NOT NULL GROUP BY inn""").fetchall():
        names["inn:" + inn] = name
    return names


def customer_names(store: Store) -> dict[str, str]:
    """A name for every customer's ИНН: as contracts write it, else as officials' rows, the officer's list or the registry do."""
    rows = store.sql("""
        SELECT inn, arg_min(name, (rank, name)) FROM (
            SELECT customer_inn AS inn, customer AS name, 1 AS rank FROM contract_in_force
            UNION ALL SELECT employer_inn, employer, 2 FROM official_in_force
            UNION ALL SELECT inn, name, 3 FROM institution_in_force
            UNION ALL SELECT inn, coalesce(short_name, full_name), 4 FROM company WHERE inn IN (SELECT customer_inn FROM purchase))
        WHERE inn IS NOT NULL AND name IS NOT NULL GROUP BY inn""").fetchall()
    return {str(inn): str(name) for inn, name in rows}
