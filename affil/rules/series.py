"""Rules that count: several officials tied to one supplier, several small purchases of one subject, a series with one bid."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from affil.model.finding import Contract, EvidencePath, Finding, OtherParty, Party, Source, Step
from affil.rules.conditions import Series
from affil.rules.end_steps import label, supplier_node
from affil.rules.parts import contract_of, customer_party, digest
from affil.rules.priority import priority
from affil.rules.rule import Catalogue, Rule
from affil.store.store import Store

Row = dict[str, Any]

_GROUND = re.compile(r"п\.?\s*(\d+)")
_WORD = re.compile(r"[а-яёa-z]{4,}")
STEM = 6  # letters of a word that carry its meaning: «поставка бумаги», «поставку бумаги»


def series_findings(
    store: Store, catalogue: Catalogue, found: Sequence[Finding], purchases: dict[str, list[Row]], names: dict[str, str]
) -> list[Finding]:
    """The findings of the rules that have a `series`: over what the other rules found, and over `purchases` (`counted_purchases`)."""
    counted = _single_bids(store) if any(rule.series and rule.series.single_bid for rule in catalogue.rules.values()) else set()
    result: list[Finding] = []
    for rule in catalogue.rules.values():
        if rule.series and rule.series.of:
            result += _over_findings(rule, rule.series, found, counted)
        elif rule.series:
            result += _over_purchases(rule, purchases[rule.id], names, store)
    return result


def _single_bids(store: Store) -> set[str]:
    """Procedures of which exactly one participant is known."""
    rows = store.sql(
        "SELECT procedure_number FROM participant_in_force GROUP BY 1 HAVING count(DISTINCT coalesce(participant_inn, participant)) = 1"
    )
    return {str(row[0]) for row in rows.fetchall()}


def _over_findings(rule: Rule, series: Series, found: Sequence[Finding], single: set[str]) -> Iterator[Finding]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        if _counts(finding, series, single):
            groups["\x1f".join(_per(finding, series))].append(finding)
    for _, group in sorted(groups.items()):
        for run in _runs(group, series):
            if len({_counted(finding, series) for finding in run}) >= series.least:
                yield from _told(rule, series, run)


def _per(finding: Finding, series: Series) -> tuple[str, ...]:
    near, far = finding.ends
    return (far.key,) if series.per == "supplier" else (near.key, far.key)


def _counts(finding: Finding, series: Series, single: set[str]) -> bool:
    """Whether a finding is one to be counted: of an official and a supplier, in force, not by a name alone, of such a purchase."""
    if (
        finding.rule not in series.of
        or not (finding.supplier and finding.employee and finding.path.in_force)
        or finding.name_only
    ):
        return False
    contract, number = finding.contract, _procedure_number(finding)
    if series.count == "contracts" and contract is None:
        return False
    if series.grounds and ground_of(contract) not in series.grounds:
        return False
    return not series.single_bid or number in single


def ground_of(contract: Contract | None) -> int | None:
    """The point of 44-ФЗ ст. 93 ч. 1 a contract was made on, None where it names none."""
    match = _GROUND.search(contract.ground or "") if contract else None
    return int(match[1]) if match else None


def _procedure_number(finding: Finding) -> str | None:
    if finding.procedure:
        return finding.procedure.number
    return finding.contract.procedure_number if finding.contract else None


def _counted(finding: Finding, series: Series) -> str:
    if series.count == "officials":
        return finding.ends[0].key
    if series.count == "procedures":
        return _procedure_number(finding) or ""
    contract = finding.contract
    return digest(
        str(contract and (contract.customer_inn, contract.number, contract.signed_on, contract.price, contract.subject))
    )


def _runs(group: list[Finding], series: Series) -> Iterator[list[Finding]]:
    """The findings of a group that count together: of one subject, none further than `within_days` from the next, of enough money."""
    subjects: dict[str, list[Finding]] = defaultdict(list)
    for finding in group:
        subjects[subject_key(finding.contract) if series.same_subject else ""].append(finding)
    for subject, same in sorted(subjects.items()):
        if series.same_subject and not subject:
            continue
        for run in _close(sorted(same, key=_day_and_id), series.within_days):
            if series.total_over is None or _total(run) > Decimal(str(series.total_over)):
                yield run


def subject_key(contract: Contract | None) -> str:
    """The comparable subject of a contract: the stems of its first words, in alphabetical order; empty where it has none."""
    words = _WORD.findall((contract.subject or "").lower().replace("ё", "е")) if contract else []
    return " ".join(sorted({word[:STEM] for word in words[:4]}))


def _day(finding: Finding) -> dt.date | None:
    return finding.contract.signed_on if finding.contract else finding.procedure.applied_on if finding.procedure else None


def _day_and_id(finding: Finding) -> tuple[str, str]:
    return str(_day(finding) or ""), finding.id


def _close(same: list[Finding], days: int | None) -> Iterator[list[Finding]]:
    """Cut where more than `days` lie between one and the next; an unknown day is near nothing."""
    if days is None:
        yield same
        return
    run: list[Finding] = []
    for finding in same:
        day, last = _day(finding), _day(run[-1]) if run else None
        if day is None:
            continue
        if run and last and (day - last).days > days:
            yield run
            run = []
        run.append(finding)
    if run:
        yield run


def _total(run: list[Finding]) -> Decimal:
    contracts = {_key(finding.contract): finding.contract for finding in run if finding.contract}
    return sum((contract.price or Decimal(0) for contract in contracts.values()), Decimal(0))


def _key(contract: Contract) -> tuple[str, ...]:
    return tuple(
        str(value or "")
        for value in (contract.signed_on, contract.number, contract.customer_inn, contract.price, contract.subject)
    )


def _told(rule: Rule, series: Series, run: list[Finding]) -> Iterator[Finding]:
    """One finding an official of the run; the strongest of his own is its path, all contracts of the run are its contracts."""
    officials: dict[str, list[Finding]] = defaultdict(list)
    for finding in run:
        officials[finding.ends[0].key].append(finding)
    for key, own in sorted(officials.items()):
        best = min(own, key=lambda finding: (-finding.path.confidence, finding.path.identity_grade, *_day_and_id(finding)))
        first = min(own, key=_day_and_id)
        contracts = {_key(finding.contract): finding.contract for finding in own if finding.contract}
        others = [finding for other, found in sorted(officials.items()) if other != key for finding in found[:1]]
        yield replace(
            best, id="F-" + digest(rule.id, *(end.key for end in best.ends), series.per, *(["|".join(min(contracts))] if contracts else [])),
            rule=rule.id, about=rule.about, contract=first.contract, procedure=first.procedure, contracts=tuple(contracts[k] for k in sorted(contracts)),
            other_party=_official(others[0]) if others and series.count == "officials" else None,
            other_paths=tuple(dict.fromkeys(finding.path for finding in (*own, *others) if finding.path.steps != best.path.steps)),
            bases=tuple(basis.id for basis in rule.bases),
            priority=priority(rule, best.path, best.employee.procurement_role if best.employee else None, best.circles, None),
        )  # fmt: skip


def _official(finding: Finding) -> OtherParty | None:
    one = finding.employee
    return OtherParty(one.key, "person", one.name, one.inn, one.employee_id) if one else None


# Contracts of a customer with one supplier on the asked grounds, where there are enough of them; and what he spent on these grounds in all.
_COUNTED = r"""
    WITH award AS (
        SELECT *, try_cast(regexp_extract(ground, 'п\.?[\s\x{00A0}]*(\d+)', 1) AS INTEGER) AS point FROM purchase
        WHERE event = 'award' AND role = 'winner' AND customer_inn IS NOT NULL),
    counted AS (SELECT * FROM award WHERE len($grounds) = 0 OR list_contains($grounds, point)),
    spent AS (SELECT customer_inn, sum(price) AS spent FROM counted GROUP BY 1),
    pair AS (SELECT customer_inn, supplier, sum(price) AS total FROM counted GROUP BY ALL
             HAVING count(*) >= $least AND coalesce(sum(price), 0) > $total_over)
    SELECT counted.*, coalesce(total, 0) AS total, coalesce(spent, 0) AS spent
    FROM counted JOIN pair USING (customer_inn, supplier) JOIN spent USING (customer_inn) ORDER BY event_date NULLS FIRST, purchase"""


def counted_purchases(store: Store, catalogue: Catalogue) -> dict[str, list[Row]]:
    """By rule, for the rules that count purchases themselves: the contracts that count, in order of date."""
    found = {}
    for rule in catalogue.rules.values():
        if rule.series and not rule.series.of:
            asked = {"grounds": list(rule.series.grounds), "least": rule.series.least, "total_over": rule.series.total_over or 0}
            share = rule.series.share_over
            rows = store.rows(_COUNTED, asked)
            found[rule.id] = [
                row for row in rows if share is None or (row["spent"] and float(row["total"] / row["spent"]) >= share)
            ]
    return found


def _over_purchases(rule: Rule, purchases: list[Row], names: dict[str, str], store: Store) -> Iterator[Finding]:
    """Suppliers that one customer bought from again and again, by the share of his spending on the same grounds."""
    bought: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for purchase in purchases:
        bought[purchase["customer_inn"], purchase["supplier"]].append(purchase)
    files = dict(store.sql("SELECT source_id, file FROM source").fetchall())
    for (_, supplier), rows in sorted(bought.items()):
        yield _concentration(rule, supplier, rows, names, files)


def _concentration(rule: Rule, supplier: str, rows: list[Row], names: dict[str, str], files: dict[str, str]) -> Finding:
    inn = supplier.removeprefix("inn:") if supplier.startswith("inn:") else None
    party = Party(inn or supplier, inn, names[supplier])
    contracts = tuple(contract for row in rows if (contract := contract_of(row)))
    path = EvidencePath(tuple(_supply(row, supplier, names, files) for row in rows[:5]), None, None, None, 1.0, "A", True)
    customer = customer_party(rows[0])
    return Finding(
        id="F-" + digest(rule.id, party.key, customer.key), tie="T-" + digest(party.key, customer.key), rule=rule.id,
        priority=priority(rule, path, None, {}, None), about=rule.about, employee=None, supplier=party, contract=contracts[0], procedure=None, path=path,
        other_paths=(), kinship_alternatives=(), circles={}, bases=tuple(basis.id for basis in rule.bases), other_party=customer, contracts=contracts,
    )  # fmt: skip


def _supply(row: Row, supplier: str, names: dict[str, str], files: dict[str, str]) -> Step:
    kind = "person" if row["supplier_kind"] == "person" else "organisation"
    return Step(
        names[supplier], "supplier", label(row), Source(files[row["source_id"]], row["locator"]), row["event_date"], row["event_date"],
        origin_kind=kind, target_kind="purchase", origin_id=supplier_node(supplier, kind), target_id=f"purchase|{row['source_id']}|{row['locator']}",
    )  # fmt: skip
