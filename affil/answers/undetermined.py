"""What cannot be said: suppliers without an extract or with owners nobody sees, officials and relatives too little is known of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from affil.answers.future import MOST_NAMED, future_dates
from affil.answers.suppliers import of_suppliers
from affil.control.table import Behind
from affil.kinship.contradictions import contradictions
from affil.kinship.table import kin_edges
from affil.model.finding import Contract, Finding
from affil.model.run import Coverage, Undetermined
from affil.resolve.large_clusters import large_clusters
from affil.rules.priority import article31_purchase, competitive_purchase
from affil.rules.rule import Catalogue, Rule
from affil.store.store import Store


def undetermined(
    store: Store,
    coverage: list[Coverage],
    behind: Behind,
    conflicts: list[dict[str, object]],
    findings: Sequence[Finding],
    catalogue: Catalogue,
    as_of: dt.date,
    most_places: int,
) -> list[Undetermined]:
    """Everything a reader must know was not checked, sorted by kind, name and reason.

    `as_of`: later dates have not come yet; `most_places`: see `large_clusters`.
    """
    found = [
        *_officials(coverage), *_statuses(store), *_former(store), *_undeclared(store), *_relatives(store), *_kin(store), *of_suppliers(store, behind),
        *_conflicts(conflicts), *_grounds(findings, catalogue),
        *future_dates(store, as_of), *_clusters(store, most_places), *_decisions(store),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.kind, one.name, one.inn or "", one.reason, sorted(one.params.items())))


def _officials(coverage: list[Coverage]) -> Iterator[Undetermined]:
    for row in coverage:
        for reason in row.reasons:
            missing = ",".join(group for group, declared in row.groups.items() if declared == "no")
            yield Undetermined(
                "official", row.employee.name, None, reason, {"groups": missing} if reason.startswith("groups_") else {}
            )


def _statuses(store: Store) -> Iterator[Undetermined]:
    """Officials with a superior and no status: whether 25-ФЗ ст. 13 names them is not known."""
    for (name,) in store.sql("SELECT name FROM official_in_force WHERE status IS NULL AND reports_to IS NOT NULL").fetchall():
        yield Undetermined("official", name, None, "no_status")


def _former(store: Store) -> Iterator[Undetermined]:
    """Former servants who work at a supplier, where the journal tells no decision of the commission (273-ФЗ ст. 12)."""
    for name, organisation in store.sql("""
        SELECT DISTINCT o.name, n.organisation FROM notice_in_force n JOIN official_in_force o USING (official_key)
        JOIN party p ON p.mention = 'official|' || n.official_key
        JOIN control c ON c.person = p.party AND c.means = 'undecided' AND (n.organisation_inn IS NULL OR c.supplier = 'inn:' || n.organisation_inn)
        WHERE n.kind = 'former servant employer' AND coalesce(n.decision, '') NOT IN ('consent', 'refusal')""").fetchall():
        yield Undetermined("official", name, None, "no_consent_decision", {"organisation": organisation or ""})


def _undeclared(store: Store) -> Iterator[Undetermined]:
    """Officials of whom no declared interests are loaded, while the registry shows a share of theirs in a supplier of their customer."""
    for (name,) in store.sql("""
        SELECT DISTINCT o.name FROM kin k JOIN kin_circle kc USING (kin_id) JOIN official_in_force o USING (official_key)
        JOIN control c ON c.person = k.person AND c.means IS NULL AND c.kind IN ('owner', 'small-share')
        JOIN purchase pu ON pu.supplier = c.supplier JOIN purchase_scope ps USING (purchase)
        JOIN service s ON s.official_key = k.official_key AND s.scope = ps.scope
        ANTI JOIN declared_on d ON d.official_key = k.official_key
        WHERE kc.circle = '273-ФЗ ст. 8'""").fetchall():
        yield Undetermined("official", name, None, "no_declared_interests")


def _relatives(store: Store) -> Iterator[Undetermined]:
    rows = store.sql("""
        SELECT r.name, o.name FROM relative_in_force r JOIN official_in_force o USING (official_key)
        WHERE r.fact = 'person' AND r.inn IS NULL AND r.birth_date IS NULL""").fetchall()
    for name, official in rows:
        yield Undetermined("relative", name, None, "relative_no_identity", {"official": official})


def _kin(store: Store) -> Iterator[Undetermined]:
    """What questionnaires say of kin that cannot all be true; the rows are used as they stand."""
    for one in contradictions(store, kin_edges(store)):
        yield Undetermined("relative", one.name, None, one.kind, dict(one.params))


def _grounds(findings: Sequence[Finding], catalogue: Catalogue) -> Iterator[Undetermined]:
    """Suppliers with a tie that matters only in some purchases, where neither method nor ground tells whether this is one.

    44-ФЗ ст. 31 ч. 1 п. 9 holds for competitive purchases and for some points of ст. 93 ч. 1; a commission acts in the former only.
    """
    open_ones: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for finding in findings:
        rule, contract = catalogue.rules[finding.rule], finding.contract
        if finding.supplier and contract and not finding.procedure and not finding.name_only and _ground_decides(rule, contract):
            told = contract.number or (f"{contract.signed_on:%d.%m.%Y}" if contract.signed_on else "—")
            open_ones[finding.supplier.name, finding.supplier.inn].add(told)
    for (name, inn), numbers in open_ones.items():
        named = ", ".join(sorted(numbers)[:MOST_NAMED]) + ("…" if len(numbers) > MOST_NAMED else "")
        yield Undetermined("supplier", name, inn, "no_ground", {"number": str(len(numbers)), "contracts": named})


def _ground_decides(rule: Rule, contract: Contract) -> bool:
    """Whether the rule asks what the contract does not tell. Its day is no question any more: the rule fired."""
    purchase = {
        "event": "award", "notice_on": None, "event_to": None, "method": contract.method, "ground": contract.ground,
        "procedure_number": contract.procedure_number, "procedure_law": None,
    }  # fmt: skip
    asked = rule.purchases
    return (asked.article31 and article31_purchase(purchase) is None) or (
        asked.competitive and competitive_purchase(purchase) is None
    )


def _conflicts(conflicts: list[dict[str, object]]) -> Iterator[Undetermined]:
    kinds = {"official": "official", "relative": "relative"}
    for row in conflicts:
        yield Undetermined(kinds.get(str(row["kind"]), "supplier"), str(row["name"]), str(row["inn"]), "inn_conflict")


def _clusters(store: Store, most_places: int) -> Iterator[Undetermined]:
    """Records taken for one person's that are perhaps several persons'."""
    for row in large_clusters(store, most_places):
        kind = "official" if row["official"] else "relative" if row["relative"] else "supplier"
        params = {key: str(row[key]) for key in ("days", "inns", "names", "places")}
        yield Undetermined(kind, row["name"] or row["inn"] or "", row["inn"], row["reason"], params)


def _decisions(store: Store) -> Iterator[Undetermined]:
    """Decisions on identities that the present data do not let stand as they are."""
    for kind, name, inn, reason, entries in store.sql("""
        SELECT DISTINCT m.kind, m.name, m.inn, d.reason, d.entries FROM decision_trouble d JOIN mention m USING (mention) ORDER BY ALL""").fetchall():
        yield Undetermined(
            kind if kind in ("official", "relative") else "supplier", name or inn or "", inn, reason, {"entries": entries}
        )
