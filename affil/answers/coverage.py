"""How far every official was checked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from affil.kinship.circles import declared_group
from affil.model.finding import Coverage, Employee
from affil.store.store import Store

Row = dict[str, Any]

# Groups of kin a questionnaire can declare, in the order of the columns of coverage.csv (OFFICER 3.1).
GROUPS = ("spouse", "child", "parent", "sibling", "spouse.parent", "spouse.sibling", "spouse.child", "child.spouse")


def coverage(store: Store, as_of: dt.date, stale_months: int) -> list[Coverage]:
    """One row an official in force, sorted by employer, id and name.

    full: every group of kin declared, a questionnaire of less than `stale_months` on `as_of`, and an ИНН or a birth date;
    none: no questionnaire at all; limited: anything between, with the reasons.
    """
    officials = store.rows("SELECT * FROM official_in_force")
    relatives: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows(
        "SELECT official_key, coalesce(w.chains, r.chains) AS chains, fact, inn, birth_date, questionnaire_date "
        "FROM relative_in_force r LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator WHERE official_key IS NOT NULL"
    ):
        relatives[row["official_key"]].append(row)
    served = _served(store)
    stale_before = _months_before(as_of, stale_months)
    rows = [
        _row(official, relatives[official["official_key"]], served.get(official["official_key"], (0, 0)), stale_before)
        for official in officials
    ]
    return sorted(
        rows,
        key=lambda row: (row.employee.employer_inn or "", row.employee.employee_id or "", row.employee.name, row.employee.key),
    )


def _served(store: Store) -> dict[str, tuple[int, int]]:
    """For each official: how many suppliers with an extract, and how many purchases, he was compared with."""
    rows = store.sql("""
        WITH per_scope AS (
            SELECT ps.scope, pu.purchase, CASE WHEN pu.supplier_kind = 'person' OR c.inn IS NOT NULL THEN pu.supplier END AS seen
            FROM purchase pu JOIN purchase_scope ps USING (purchase)
            LEFT JOIN (SELECT DISTINCT inn FROM company) c ON 'inn:' || c.inn = pu.supplier)
        SELECT s.official_key, count(DISTINCT seen), count(DISTINCT purchase) FROM service s JOIN per_scope USING (scope) GROUP BY 1""").fetchall()
    return {str(key): (int(organisations), int(purchases)) for key, organisations, purchases in rows}


def _row(official: Row, relatives: list[Row], served: tuple[int, int], stale_before: dt.date) -> Coverage:
    groups = _groups(relatives)
    dates = [official["questionnaire_date"], *(row["questionnaire_date"] for row in relatives)]
    dated = max((day for day in dates if day), default=None)
    reasons = _reasons(official, relatives, groups, dated, stale_before)
    persons = [row for row in relatives if row["fact"] == "person"]
    result = "none" if not relatives else "limited" if reasons else "full"
    return Coverage(
        employee=Employee(
            official["official_key"], official["employee_id"], official["employer_inn"], official["employer"], official["name"], official["inn"],
            official["status"], official["procurement_role"], official["position"], official["department"],
        ),
        result=result, questionnaire_date=dated, groups=groups, relatives=len(persons),
        relatives_with_inn=sum(row["inn"] is not None for row in persons), organisations=served[0], contracts=served[1],
        reasons=tuple(reasons), remedies=tuple(reasons),
    )  # fmt: skip


def _groups(relatives: list[Row]) -> dict[str, str]:
    groups = dict.fromkeys(GROUPS, "no")
    for row in relatives:
        for chain in (row["chains"] or "").split("|"):
            group = declared_group(chain) if chain else None
            if group and (row["fact"] != "none" or groups[group] == "no"):
                groups[group] = "none" if row["fact"] == "none" else "yes"
    return groups


def _reasons(
    official: Row, relatives: list[Row], groups: dict[str, str], dated: dt.date | None, stale_before: dt.date
) -> list[str]:
    reasons = []
    if not official["employer_inn"]:
        reasons.append("no_employer")
    if not official["inn"] and not official["birth_date"]:
        reasons.append("no_identity")
    if not relatives:
        return [*reasons, "no_questionnaire"]
    if dated is None or dated < stale_before:
        reasons.append("stale_questionnaire")
    if "no" in groups.values():
        reasons.append("groups_not_declared")
    return reasons


def _months_before(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, 28))
