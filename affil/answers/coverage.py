"""How far every official was checked."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from affil.kinship.chains import without_marks
from affil.kinship.circles import declared_group
from affil.kinship.questionnaires import reason_of_missing
from affil.model.finding import Employee
from affil.model.run import Coverage
from affil.resolve.withheld import withheld_officials
from affil.rules.priority import ARTICLE31_ROLES
from affil.store.store import Store

Row = dict[str, Any]
Span = tuple[dt.date, dt.date]
FORM_NOTE = "questionnaire_form|"
_ASKED = "(CAST($only AS VARCHAR[]) IS NULL OR list_contains(CAST($only AS VARCHAR[]), official_key))"

# Beyond the groups of coverage.csv 44-ФЗ ст. 31 ч. 1 п. 9 names these; told beside those missing, for the posts it names.
ARTICLE31_GROUPS = ("parent.parent", "child.child")

# Groups of kin a questionnaire can declare, in the order of the columns of coverage.csv (OFFICER 3.1).
GROUPS = ("spouse", "child", "parent", "sibling", "spouse.parent", "spouse.sibling", "spouse.child", "child.spouse")


def coverage(store: Store, as_of: dt.date, stale_months: int, only: Sequence[str] | None = None) -> list[Coverage]:
    """One row an official in force, and one a member of a commission who is none of them; sorted by employer, id and name. `only`:
    keys of the officials that are asked for, and then nobody else.

    full: every group of kin declared, a questionnaire of less than `stale_months` and no later than `as_of`, and an ИНН or a birth date;
    none: no questionnaire at all, or no official; limited: anything between, with the reasons.
    """
    asked = {"only": None if only is None else list(only)}
    officials = store.rows(f"SELECT * FROM official_in_force WHERE {_ASKED}", asked)
    withheld = withheld_officials(store)
    for official in officials:
        official["kin_withheld"] = official["official_key"] in withheld
    relatives: dict[str, list[Row]] = defaultdict(list)
    for row in store.rows(
        "SELECT official_key, r.source_id, coalesce(w.chains, r.chains) AS chains, fact, inn, birth_date, questionnaire_date "
        "FROM relative_in_force r LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator "
        f"WHERE official_key IS NOT NULL AND {_ASKED}",
        asked,
    ):
        relatives[row["official_key"]].append(row)
    forms = _forms(store)
    for row in (row for rows in relatives.values() for row in rows):
        row["form"] = forms.get(row["source_id"])
    served, named = _served(store, asked), _named_by_article31(store)
    fresh = (_months_before(as_of, stale_months), as_of)
    rows = [
        _row(
            official,
            relatives[official["official_key"]],
            served.get(official["official_key"], (0, 0)),
            fresh,
            official["official_key"] in named or official["procurement_role"] in ARTICLE31_ROLES,
        )
        for official in officials
    ]
    return sorted(
        [*rows, *(_members(store) if only is None else ())],
        key=lambda row: (row.employee.employer_inn or "", row.employee.employee_id or "", row.employee.name, row.employee.key),
    )


def _members(store: Store) -> list[Coverage]:
    """Members of commissions who are none of the officials: nobody's kin is compared for them. One a person, however many seats."""
    rows = store.sql("""
        SELECT coalesce(name_key, name, employee_id) AS who, min(coalesce(name, employee_id)) FROM commission_seat_in_force
        WHERE link_problem <> 'not_ours' GROUP BY who""").fetchall()
    reasons, nobody = ("seat_not_linked",), dict.fromkeys(GROUPS, "no")
    return [
        Coverage(
            Employee("seat|" + who, None, None, None, name, None, None, "commission member"),
            "none", None, dict(nobody), 0, 0, 0, 0, reasons, reasons,
        )
        for who, name in rows
    ]  # fmt: skip


def _served(store: Store, asked: Row) -> dict[str, tuple[int, int]]:
    """For each official: how many suppliers with an extract, and how many purchases, he was compared with."""
    rows = store.sql(
        f"""
        WITH per_scope AS (
            SELECT ps.scope, pu.purchase, CASE WHEN pu.supplier_kind = 'person' OR c.inn IS NOT NULL THEN pu.supplier END AS seen
            FROM (SELECT * FROM purchase WHERE role <> 'subcontractor') pu JOIN purchase_scope ps USING (purchase)
            LEFT JOIN (SELECT DISTINCT inn FROM company) c ON 'inn:' || c.inn = pu.supplier)
        SELECT s.official_key, count(DISTINCT seen), count(DISTINCT purchase) FROM service s JOIN per_scope USING (scope) WHERE {_ASKED} GROUP BY 1""",
        asked,
    ).fetchall()
    return {str(key): (int(organisations), int(purchases)) for key, organisations, purchases in rows}


def _forms(store: Store) -> dict[str, str]:
    """The official form of questionnaire each source is, where it is one."""
    notes = store.sql("SELECT source_id, notes FROM source WHERE contains(notes, ?)", [FORM_NOTE]).fetchall()
    return {
        str(source): note.removeprefix(FORM_NOTE)
        for source, text in notes
        for note in json.loads(text)
        if note.startswith(FORM_NOTE)
    }


def _named_by_article31(store: Store) -> set[str]:
    """Officials who hold one of the posts of 44-ФЗ ст. 31 ч. 1 п. 9 somewhere: grandparents and grandchildren matter for them."""
    rows = store.sql("SELECT DISTINCT official_key FROM service WHERE list_contains(?, role)", [sorted(ARTICLE31_ROLES)])
    return {str(key) for (key,) in rows.fetchall()}


def _row(official: Row, relatives: list[Row], served: tuple[int, int], fresh: Span, article31: bool) -> Coverage:
    groups = _groups(relatives)
    dates = [official["questionnaire_date"], *(row["questionnaire_date"] for row in relatives)]
    dated = max((day for day in dates if day), default=None)
    reasons = _reasons(official, relatives, groups, dated, fresh)
    if article31 and "no" in groups.values():
        groups |= {group: "no" for group in ARTICLE31_GROUPS if not _declares(relatives, group)}
    persons = [row for row in relatives if row["fact"] == "person"]
    result = "none" if not relatives else "limited" if reasons else "full"
    return Coverage(
        employee=Employee(
            official["official_key"], official["employee_id"], official["employer_inn"], official["employer"], official["name"], official["inn"],
            official["status"], official["procurement_role"], official["position"], official["department"],
        ),
        result=result, questionnaire_date=dated, groups=groups, relatives=len(persons),
        relatives_with_inn=sum(row["inn"] is not None for row in persons), organisations=served[0], contracts=served[1],
        reasons=tuple(reasons), remedies=tuple(reasons), dismissed=official["dismissed"],
    )  # fmt: skip


def _groups(relatives: list[Row]) -> dict[str, str]:
    groups = dict.fromkeys(GROUPS, "no")
    for row in relatives:
        for chain in (row["chains"] or "").split("|"):
            group = declared_group(chain) if chain else None
            if group and (row["fact"] != "none" or groups[group] == "no"):
                groups[group] = "none" if row["fact"] == "none" else "yes"
    return groups


def _declares(relatives: list[Row], group: str) -> bool:
    return any(
        without_marks(chain, "half", "adopted") == group for row in relatives for chain in (row["chains"] or "self").split("|")
    )


def _reasons(official: Row, relatives: list[Row], groups: dict[str, str], dated: dt.date | None, fresh: Span) -> list[str]:
    reasons = []
    if not official["employer_inn"]:
        reasons.append("no_employer")
    if not official["inn"] and not official["birth_date"]:
        reasons.append("no_identity")
    if not relatives:
        return [*reasons, "kin_without_basis" if official["kin_withheld"] else "no_questionnaire"]
    if dated is None or dated < fresh[0]:
        reasons.append("stale_questionnaire")
    elif dated > fresh[1]:
        reasons.append("future_questionnaire")
    if "no" in groups.values():
        missing = frozenset(group for group, told in groups.items() if told == "no")
        reasons.append(reason_of_missing(frozenset(row["form"] for row in relatives), dated, missing))
    return reasons


def _months_before(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, 28))
