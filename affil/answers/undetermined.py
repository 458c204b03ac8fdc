"""What cannot be said: suppliers without an extract or with owners nobody sees, officials and relatives too little is known of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from affil.answers.cut import cut_short
from affil.answers.firms import successions, unnamed_suppliers
from affil.answers.future import MOST_NAMED, future_dates
from affil.control.table import Behind
from affil.kinship.contradictions import contradictions
from affil.kinship.table import kin_edges
from affil.model.finding import Contract, Coverage, Finding, Undetermined
from affil.resolve.large_clusters import large_clusters
from affil.rules.priority import article31_purchase, competitive_purchase
from affil.rules.rule import Catalogue, Rule
from affil.store.store import Store

# ОКОПФ of joint-stock companies (122xx) and of bodies that have no owners to look for (public institutions 75xxx, unitary 65xxx).
JOINT_STOCK, OWNERLESS = "122", ("65", "7")


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


def of_suppliers(store: Store, behind: Behind) -> list[Undetermined]:
    """Why nobody, or not everybody, can be seen behind the suppliers and bidders of `purchase`, and what of them was not followed."""
    return [
        *_suppliers(store), *_holders(store), *unnamed_suppliers(store), *successions(store), *_owners(store, behind), *cut_short(store, behind),
    ]  # fmt: skip


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


def _suppliers(store: Store) -> Iterator[Undetermined]:
    """Why nobody can be seen behind a supplier or participant; a natural person stands behind himself."""
    rows = store.rows("""
        SELECT pu.supplier, bool_or(pu.event = 'award') AS won, min(pu.supplier_name) AS name,
               bool_or(pu.supplier IN (SELECT 'firm:' || firm_key FROM firm_candidate)) AS told_of_name,
               bool_or(pu.event_date IS NULL) AS undated, bool_or(pu.customer_inn IS NULL) AS no_customer,
               bool_or(coalesce(pu.supplier_kind, '') = 'person') AS person,
               any_value(c.inn) AS inn, any_value(c.legal_form_code) AS form, any_value(c.legal_form) AS form_name,
               bool_or(coalesce(t.owners, 0) > 0) AS owners, bool_or(coalesce(t.hidden, false)) AS hidden,
               count(*) FILTER (pu.event_from > c.newest) AS after_extracts, count(*) FILTER (pu.event_to < c.oldest) AS before_extracts
        FROM purchase pu
        LEFT JOIN (SELECT inn, arg_max(legal_form_code, extract_date) AS legal_form_code, arg_max(legal_form, extract_date) AS legal_form,
                          min(extract_date) AS oldest, max(extract_date) AS newest FROM company GROUP BY inn) c ON 'inn:' || c.inn = pu.supplier
        LEFT JOIN (SELECT company_inn, count(*) FILTER (kind = 'owner') AS owners, bool_or(restricted) AS hidden
                   FROM registry_tie GROUP BY 1) t ON 'inn:' || t.company_inn = pu.supplier
        GROUP BY pu.supplier ORDER BY pu.supplier""")
    for row in rows:
        inn = row["supplier"].removeprefix("inn:") if row["supplier"].startswith("inn:") else None
        kind = "supplier" if row["won"] else "participant"
        name = row["name"] or inn or row["supplier"]
        for reason in _reasons(row, inn):
            yield Undetermined(kind, name, inn, reason)
        for reason, number in (("old_extract", row["after_extracts"]), ("left_before_extract", row["before_extracts"])):
            if number:
                yield Undetermined(kind, name, inn, reason, {"number": str(number)})


def _reasons(row: dict[str, object], inn: str | None) -> Iterator[str]:
    if row["no_customer"]:
        yield "no_customer"
    if row["undated"]:
        yield "no_event_date"
    if inn is None and not row["told_of_name"]:
        yield "no_inn_supplier"
    if row["person"]:  # stands behind himself: there is no extract of owners to load
        return
    yield from _unseen(row, inn)


def _unseen(row: dict[str, object], inn: str | None) -> Iterator[str]:
    """Why nobody can be seen behind an organisation."""
    form = str(row["form"] or "")
    if inn is not None and row["inn"] is None:
        yield "no_extract"
    elif row["hidden"]:
        yield "restricted"
    elif form.startswith(JOINT_STOCK) or "АКЦИОНЕРН" in str(row["form_name"] or "").upper():
        yield "joint_stock"
    elif row["inn"] is not None and not row["owners"] and not form.startswith(OWNERLESS):
        yield "no_owners"


def _holders(store: Store) -> Iterator[Undetermined]:
    """Organisations that own or manage a supplier, directly or further up, and behind whom nobody can be seen.

    44-ФЗ ст. 31 ч. 1 п. 9 counts shares held through other organisations, so an unknown owner of the owner leaves the answer open.
    """
    rows = store.rows("""
        WITH holder AS (
            SELECT t.holder_inn, min(t.holder_name) AS name, bool_or(t.kind = 'owner') AS owns
            FROM registry_tie t SEMI JOIN above ON above.inn = t.company_inn
            WHERE t.holder_kind = 'organisation' AND t.kind IN ('owner', 'managing') AND t.holder_inn IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM purchase pu WHERE pu.supplier = 'inn:' || t.holder_inn)
            GROUP BY t.holder_inn)
        SELECT h.holder_inn, h.name, h.owns, c.inn, c.name AS known_as, c.form, c.form_name, t.owners > 0 AS owners, coalesce(t.hidden, false) AS hidden
        FROM holder h
        LEFT JOIN (SELECT inn, arg_max(coalesce(short_name, full_name), extract_date) AS name, arg_max(legal_form_code, extract_date) AS form,
                          arg_max(legal_form, extract_date) AS form_name
                   FROM company GROUP BY inn) c ON c.inn = h.holder_inn
        LEFT JOIN (SELECT company_inn, count(*) FILTER (kind = 'owner') AS owners, bool_or(restricted) AS hidden
                   FROM registry_tie GROUP BY 1) t ON t.company_inn = h.holder_inn""")
    for row in rows:
        for reason in _unseen(row, row["holder_inn"]):
            if row["owns"] or reason in ("no_extract", "restricted"):  # of a managing organisation only who runs it matters
                yield Undetermined("holder", row["known_as"] or row["name"] or row["holder_inn"], row["holder_inn"], reason)
    # Without an ИНН, from abroad or a fund: no extract of theirs shows who stands behind them.
    for name, inn in store.sql("""
        SELECT DISTINCT t.holder_name, t.holder_inn FROM registry_tie t SEMI JOIN above ON above.inn = t.company_inn
        WHERE t.holder_kind IN ('foreign', 'fund') OR (t.holder_kind = 'organisation' AND t.holder_inn IS NULL)""").fetchall():
        yield Undetermined("holder", name or inn or "", inn, "unseen_owner")


def _owners(store: Store, behind: Behind) -> Iterator[Undetermined]:
    """Suppliers with an owner whose share nobody knows, and owners in a circle; foundations and unions have founders and no shares."""
    rows = store.sql("""
        SELECT 'inn:' || inn, arg_max(coalesce(short_name, full_name), extract_date), coalesce(arg_max(legal_form_code, extract_date), '')
        FROM company GROUP BY inn""").fetchall()
    names, forms = {party: name for party, name, _ in rows}, {party: form for party, _, form in rows}
    unknown = {control.company for control in behind.controls if "share_unknown" in control.assumed}
    for company in sorted(company for company in unknown if not forms.get(company, "").startswith(OWNERLESS)):
        yield Undetermined("supplier", names.get(company, company), company.removeprefix("inn:"), "share_unknown")
    for loop in behind.loops:
        first, whole = loop[0], " → ".join(names.get(company, company) for company in loop)
        yield Undetermined(
            "supplier", names.get(first, first), first.removeprefix("inn:"), "loop_of_owners", {"companies": whole}
        )


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
