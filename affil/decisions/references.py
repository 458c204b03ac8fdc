"""What a person is called by in the decision log, so that a decision finds him again in newer files.

    inn:<ИНН>                                       of anybody
    born:<NAME KEY>|<birth date>                    full name and birth date
    official:<official key>|<GIVEN PATRONYMIC>      an official; his surname may change, his number may go to somebody else
    kin:<official key>|<NAME KEY>                   whom an official's questionnaire names
    name:<company>|<NAME KEY>                       whom an extract, a contract or an application names

The first three are strong. `kin` and `name` are weak: two people of one name may stand in one questionnaire or company, so a weak
reference holds only while nothing it meets contradicts it (affil/resolve/decided.py).
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

WEAK = ("kin", "name")
REFERENCE = r"(inn:\d{12}|born:[^|]+\|\d{4}-\d\d-\d\d|official:.+\|[^|]+|(kin|name):.+\|[^|]+)"
"""Every reference is of this form; what comes from outside is held against it."""

_OWNED = {
    "tie": lambda row: row["company_inn"] or row["ogrn"],
    "proprietor": lambda row: row["ogrnip"],
    "contract": lambda row: row["customer_inn"],
    "participant": lambda row: row["customer_inn"],
    "disclosed": lambda row: row["participant_inn"] or row["participant_key"],
}


def kind_of(reference: str) -> str:
    """`inn`, `born`, `official`, `kin` or `name`."""
    return reference.partition(":")[0]


def is_weak(reference: str) -> bool:
    """True for a reference that may meet a namesake."""
    return kind_of(reference) in WEAK


def references_of(kind: str, row: Row) -> frozenset[str]:
    """The references of a raw record of the store; `kind` is the first part of its mention (`official`, `relative`, `tie` …).

    The temporary view `reference` (affil/resolve/references.sql) says the same of mentions.
    """
    found, name_key = set[str](), row.get("name_key")
    if row.get("inn"):
        found.add(f"inn:{row['inn']}")
    if name_key and row.get("birth_date") and row.get("given") and row.get("patronymic"):
        found.add(f"born:{name_key}|{row['birth_date']}")
    if kind == "official" and row.get("given"):
        found.add(f"official:{row['official_key']}|{' '.join(filter(None, (row['given'], row.get('patronymic'))))}")
    if kind == "relative" and name_key and row.get("official_key"):
        found.add(f"kin:{row['official_key']}|{name_key}")
    if kind in _OWNED and name_key and _OWNED[kind](row):
        found.add(f"name:{_OWNED[kind](row)}|{name_key}")
    return frozenset(found)
