"""What a decision on a case rests on: the ways from the official to the supplier, and the purchases they were found in."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping

from affil.decisions.course import Basis, Known, Tie, Way
from affil.model.finding import Contract, EvidencePath, Finding, Step
from affil.store.store import Store

SERVED = "served"  # a finding about no purchase: kin in subordination, a declared interest
PROCEDURE = re.compile(r"\d{11,}")  # what the register of ЕИС numbers is one purchase wherever it is named
REGISTERED = re.compile(r"\d{19}")
SERVICE = ("service", "commission member", "contract manager", "duty")

Extracts = Mapping[str, dt.date]


def extracts_in(store: Store) -> dict[str, dt.date]:
    """The day of the newest extract loaded, by ИНН."""
    rows = store.sql("""
        SELECT inn, max(extract_date)
        FROM (SELECT inn, extract_date FROM company UNION ALL SELECT inn, extract_date FROM proprietor)
        WHERE inn IS NOT NULL AND extract_date IS NOT NULL GROUP BY inn""").fetchall()
    return dict(rows)


def basis_of(findings: Iterable[Finding], extracts: Extracts) -> Basis:
    """What is known of one tie now; `findings` are all of that tie, `extracts` as `extracts_in` gives them."""
    found = sorted(findings, key=lambda finding: finding.id)
    ways = sorted({way for finding in found for way in ways_of(finding)}, key=repr)
    place = {way: number for number, way in enumerate(ways)}
    known = {
        one.id: Known(tuple(sorted(place[way] for way in ways_of(one))), services_of(one), tuple(sorted(purchases_of(one))))
        for one in found
    }
    return Basis(tuple(ways), known, max((day for one in found if (day := extract_of(one, extracts))), default=None))


def extract_of(finding: Finding, extracts: Extracts) -> dt.date | None:
    """The day of the newest extract of the finding's supplier, None where none is loaded."""
    return extracts.get(finding.supplier.inn) if finding.supplier and finding.supplier.inn else None


def ways_of(finding: Finding) -> frozenset[Way]:
    """Every way the finding has, without its purchase and the official's service: what is the same in the next purchase."""
    return frozenset(_way(path) for path in (finding.path, *finding.other_paths))


def services_of(finding: Finding) -> tuple[str, ...]:
    """In which roles, and for which customers, the official served in that purchase."""
    steps = (step for path in (finding.path, *finding.other_paths) for step in path.steps)
    return tuple(sorted({f"{step.relation} {step.target_id}" for step in steps if step.relation in SERVICE}))


def _way(path: EvidencePath) -> Way:
    ties = tuple(_tie(step) for step in path.steps if step.relation not in SERVICE and not _touches_purchase(step))
    share = f"{path.share.numerator}/{path.share.denominator}" if path.share is not None else ""
    return Way(ties, path.kinship or "", path.control or "", share)


def _touches_purchase(step: Step) -> bool:
    return "purchase" in (step.origin_kind, step.target_kind)


def _tie(step: Step) -> Tie:
    """Ids of records change with every file: an official is called by his key, a firm by its ИНН, a person by his name."""
    ends = _called(step.origin_kind, step.origin_id, step.origin), _called(step.target_kind, step.target_id, step.target)
    share = step.detail if step.relation == "owner" else ""
    return Tie(step.relation, *ends, step.origin, step.target, step.valid_from, step.valid_to, share)


def _called(kind: str, node: str, name: str) -> str:
    if kind == "contact":
        return kind + ":" + hashlib.sha256(node.encode()).hexdigest()[:12]  # a phone or an address is not written down once more
    if node.startswith("official|") or kind != "person":
        return node
    return "person:" + " ".join(name.casefold().replace("ё", "е").split())


def purchases_of(finding: Finding) -> frozenset[str]:
    """Keys of the purchases the finding is about, a contract beside its procedure; `served` where it is about none."""
    return frozenset(key for keys in each_purchase(finding) for key in keys)


def each_purchase(finding: Finding) -> list[frozenset[str]]:
    """For every purchase of the finding the keys it goes by."""
    contracts = finding.contracts or ((finding.contract,) if finding.contract else ())
    bid = {f"procedure:{finding.procedure.number}"} if finding.procedure else set()
    if not contracts:
        return [frozenset(bid or {SERVED})]
    return [frozenset(contract_keys(contract) | (bid if len(contracts) == 1 else set())) for contract in contracts]


def contract_keys(contract: Contract) -> set[str]:
    """Numbers that customers give repeat every year: there the customer and the day belong to the key."""
    number = contract.number or ""
    if REGISTERED.fullmatch(number):
        keys = {f"contract:{number}"}
    else:
        named = (number, contract.customer_inn or contract.customer, contract.signed_on, "" if number else contract.price)
        keys = {"contract:" + "|".join("" if value is None else str(value) for value in named)}
    procedure = contract.procedure_number or ""
    return keys | ({f"procedure:{procedure}"} if PROCEDURE.fullmatch(procedure) else set())


def are_known(finding: Finding, known: Collection[str]) -> bool:
    """True where every purchase of the finding is one of `known`."""
    return all(keys & set(known) for keys in each_purchase(finding))
