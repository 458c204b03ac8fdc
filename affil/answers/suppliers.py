"""What cannot be said of suppliers and bidders: those without an extract, with owners nobody sees, known by name only."""

from __future__ import annotations

from collections.abc import Iterator

from affil.answers.cut import cut_short
from affil.answers.firms import successions, unnamed_suppliers
from affil.answers.remarks import remarks
from affil.control.table import Behind
from affil.model.run import Undetermined
from affil.store.store import Store

# ОКОПФ of joint-stock companies (122xx) and of bodies that have no owners to look for (public institutions 75xxx, unitary 65xxx).
JOINT_STOCK, OWNERLESS = "122", ("65", "7")


def of_suppliers(store: Store, behind: Behind) -> list[Undetermined]:
    """Why nobody, or not everybody, can be seen behind the suppliers and bidders of `purchase`, and what of them was not followed."""
    return [
        *_suppliers(store), *_holders(store), *unnamed_suppliers(store), *successions(store), *remarks(store), *_owners(store, behind), *cut_short(store, behind),
    ]  # fmt: skip


def _suppliers(store: Store) -> Iterator[Undetermined]:
    """Why nobody can be seen behind a supplier or participant; a natural person stands behind himself."""
    rows = store.rows("""
        SELECT pu.supplier, bool_or(pu.event = 'award') AS won, min(pu.supplier_name) AS name,
               bool_or(pu.supplier IN (SELECT 'firm:' || firm_key FROM firm_candidate)) AS told_of_name,
               bool_or(pu.event_date IS NULL) AS undated, bool_or(pu.customer_inn IS NULL) AS no_customer,
               bool_or(coalesce(pu.supplier_kind, '') = 'person') AS person,
               any_value(c.inn) AS inn, any_value(c.legal_form_code) AS form, any_value(c.legal_form) AS form_name,
               bool_or(coalesce(c.told, false)) AS told, bool_or(coalesce(t.owners, 0) > 0) AS owners, bool_or(coalesce(t.hidden, false)) AS hidden,
               count(*) FILTER (pu.event_from > c.newest) AS after_extracts, count(*) FILTER (pu.event_to < c.oldest) AS before_extracts
        FROM purchase pu
        LEFT JOIN (SELECT inn, arg_max(legal_form_code, extract_date) AS legal_form_code, arg_max(legal_form, extract_date) AS legal_form,
                          bool_or(owners_given IS DISTINCT FROM false) AS told,
                          min(extract_date) FILTER (owners_given IS DISTINCT FROM false OR NOT whole) AS oldest,
                          max(extract_date) FILTER (owners_given IS DISTINCT FROM false OR NOT whole) AS newest
                   FROM (SELECT *, bool_or(owners_given IS DISTINCT FROM false) OVER (PARTITION BY inn) AS whole FROM company) GROUP BY inn) c ON 'inn:' || c.inn = pu.supplier
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
    elif row["inn"] is not None and not row["owners"] and not row["told"]:
        yield "owners_not_given"
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
        SELECT h.holder_inn, h.name, h.owns, c.inn, coalesce(c.told, false) AS told, c.name AS known_as, c.form, c.form_name, t.owners > 0 AS owners, coalesce(t.hidden, false) AS hidden
        FROM holder h
        LEFT JOIN (SELECT inn, arg_max(coalesce(short_name, full_name), extract_date) AS name, arg_max(legal_form_code, extract_date) AS form,
                          arg_max(legal_form, extract_date) AS form_name, bool_or(owners_given IS DISTINCT FROM false) AS told
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
