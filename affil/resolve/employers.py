"""Whose purchases an official's are, where his row gives no ИНН of the employer, and whose a purchase is that names no ИНН."""

from __future__ import annotations

from collections import defaultdict

from affil.language.companies import company_key
from affil.language.company_names import agreement
from affil.store.store import Store

# How the ИНН of an employer was found, as `employer_by` keeps it; each is an assumption every finding lists.
BY_NAME, BY_SETTINGS, BY_ONLY_CUSTOMER = "employer_by_name", "employer_from_settings", "employer_only_customer"


def find_employers(store: Store, default: str | None) -> None:
    """Give officials without an employer's ИНН one: by the employer's name, else (where nothing at all is written) `default`, the
    only own customer of the settings, else the only customer of all loaded purchases. What was written is never changed.
    """
    store.sql("UPDATE official SET employer_inn = NULL, employer_by = NULL WHERE employer_by IS NOT NULL")
    by_name = named_customers(store)
    for (employer,) in store.sql(
        "SELECT DISTINCT employer FROM official WHERE employer_inn IS NULL AND employer IS NOT NULL"
    ).fetchall():
        inn = by_name.get(company_key(employer))
        if inn:
            _set(store, "employer = $3", BY_NAME, inn, employer)
    _find_by_unit(store, by_name)
    only = default or _only_customer(store)
    if only:
        _set(store, "employer IS NULL", BY_SETTINGS if default else BY_ONLY_CUSTOMER, only)


def _find_by_unit(store: Store, by_name: dict[str, str]) -> None:
    """A sheet or a separator row named as a known organisation is the place of work of the people on it."""
    for (unit,) in store.sql(
        "SELECT DISTINCT unit FROM official WHERE employer_inn IS NULL AND employer IS NULL AND unit IS NOT NULL"
    ).fetchall():
        inns = {inn for name in unit.split("|") if (inn := by_name.get(company_key(name)))}
        if len(inns) == 1:
            inn = inns.pop()
            _set(store, "employer IS NULL AND unit = $3", BY_NAME, inn, unit)


def _set(store: Store, condition: str, by: str, inn: str, *more: str) -> None:
    store.sql(
        f"UPDATE official SET employer_inn = $1, employer_by = $2 WHERE employer_inn IS NULL AND {condition}", [inn, by, *more]
    )


def _only_customer(store: Store) -> str | None:
    rows = store.sql("SELECT DISTINCT customer_inn FROM contract_in_force WHERE customer_inn IS NOT NULL LIMIT 2").fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def named_customers(store: Store) -> dict[str, str]:
    """ИНН by comparable name: organisations that the loaded tables name together with one ИНН only."""
    rows = store.sql("""
        SELECT DISTINCT customer, customer_inn FROM contract_in_force WHERE customer IS NOT NULL AND customer_inn IS NOT NULL
        UNION SELECT name, inn FROM institution_in_force WHERE name IS NOT NULL AND inn IS NOT NULL
        UNION SELECT employer, employer_inn FROM official WHERE employer IS NOT NULL AND employer_inn IS NOT NULL AND employer_by IS NULL""").fetchall()
    found: dict[str, set[str]] = defaultdict(set)
    for name, inn in rows:
        found[company_key(name)].add(inn)
    return {name: min(inns) for name, inns in found.items() if len(inns) == 1}


def name_customers(store: Store) -> None:
    """Temporary table `named_customer`: (customer as written, ИНН) for purchases that name a customer without its ИНН.

    Names of a sheet or folder stand there too, with '?' before them: the nearest that is the name of one loaded organisation.
    """
    by_name = named_customers(store)
    unnamed = store.sql(
        "SELECT DISTINCT customer FROM contract_in_force WHERE customer_inn IS NULL AND customer IS NOT NULL"
    ).fetchall()
    rows = [(customer, by_name[key]) for (customer,) in unnamed if (key := company_key(customer)) in by_name]
    hints = store.sql(
        "SELECT DISTINCT customer_hint FROM contract_in_force WHERE customer_inn IS NULL AND customer IS NULL AND customer_hint IS NOT NULL"
    ).fetchall()
    for (hint,) in hints:
        inn = next((inn for name in hint.split("|") if (inn := by_hint(name, by_name))), None)
        rows += [("?" + hint, inn)] if inn else []
    store.temporary("named_customer", {"customer": "VARCHAR", "inn": "VARCHAR"}, rows)


def by_hint(name: str, by_name: dict[str, str]) -> str | None:
    """The organisation a folder is called after, with its legal form or without («СОШ 9»); None where several are called so."""
    key = company_key(name)
    if key in by_name:
        return by_name[key]
    found = {inn for other, inn in by_name.items() if agreement(key, other) == "no_form"}
    return min(found) if len(found) == 1 else None
