"""Temporary tables `institution_of` and `chief`: which institutions are whose, and who reports to whom."""

from __future__ import annotations

from collections import defaultdict

from affil.language.fio import parse_name
from affil.resolve.link import same_name
from affil.store.store import Store


def make_posts(store: Store) -> None:
    """institution_of(institution `inn:…`, parent_inn, source_id, locator) and chief(subordinate, chief, party).

    `reports_to` of an official names another of the same employer, by name or by employee_id; where it fits several, it says nothing.
    """
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE institution_of AS
        SELECT 'inn:' || inn AS institution, parent_inn, min(source_id) AS source_id, min(locator) AS locator
        FROM institution_in_force WHERE inn IS NOT NULL AND parent_inn IS NOT NULL AND inn <> parent_inn GROUP BY ALL""")
    officials = store.rows("""
        SELECT official_key, employer_inn, employee_id, name_key, reports_to, party
        FROM official_in_force JOIN party ON mention = 'official|' || official_key ORDER BY official_key""")
    colleagues = defaultdict(list)
    for row in officials:
        colleagues[row["employer_inn"]].append(row)
    found = []
    for row in officials:
        name = parse_name(row["reports_to"]) if row["reports_to"] else None
        fitting = [
            other for other in (colleagues[row["employer_inn"]] if row["reports_to"] else [])
            if other["employee_id"] == row["reports_to"].strip() or (name and same_name(name.key, other["name_key"]))
        ]  # fmt: skip
        if len(fitting) == 1 and fitting[0]["official_key"] != row["official_key"]:
            found.append((row["official_key"], fitting[0]["official_key"], fitting[0]["party"]))
    store.temporary("chief", dict.fromkeys(("subordinate", "chief", "party"), "VARCHAR"), found)
