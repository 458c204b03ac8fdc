"""What the names and the past of suppliers leave open: organisations known by name only, and predecessors and successors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from affil.answers.future import MOST_NAMED
from affil.model.run import Undetermined
from affil.store.store import Store

_REASONS = {"same": "name_of_several", "no_form": "name_of_several", "near": "name_is_near"}


def unnamed_suppliers(store: Store) -> Iterator[Undetermined]:
    """Suppliers and bidders without an ИНН: whom the name was taken for, or which loaded organisations it may mean."""
    for row in store.rows("""
        SELECT supplier, min(supplier_name) AS name, bool_or(event = 'award') AS won, max(name_probability) AS probability,
               bool_or(name_agreement = 'no_form') AS no_form
        FROM purchase WHERE by_name GROUP BY supplier ORDER BY supplier"""):
        inn = row["supplier"].removeprefix("inn:")
        params = {"probability": f"{100 * row['probability']:.0f} %"}
        yield Undetermined(_kind(row), row["name"] or inn, inn, "inn_by_name", params)
    for row in store.rows("""
        SELECT c.firm_key, pu.name, pu.won, min(c.agreement) AS agreement, count(DISTINCT c.inn) AS number, list(DISTINCT {'inn': c.inn, 'name': c.name}) AS found
        FROM firm_candidate c
        JOIN (SELECT supplier, min(supplier_name) AS name, bool_or(event = 'award') AS won FROM purchase GROUP BY supplier) pu
          ON pu.supplier = 'firm:' || c.firm_key
        GROUP BY ALL ORDER BY c.firm_key"""):
        named = sorted((one["name"], one["inn"]) for one in row["found"])
        told = "; ".join(f"{name}, ИНН {inn}" if name != inn else f"ИНН {inn}" for name, inn in named[:MOST_NAMED])
        params = {"number": str(row["number"]), "organisations": told + ("…" if len(named) > MOST_NAMED else "")}
        yield Undetermined(_kind(row), row["name"] or row["firm_key"], None, _REASONS[row["agreement"]], params)


def _kind(row: dict[str, Any]) -> str:
    return "supplier" if row["won"] else "participant"


def successions(store: Store) -> Iterator[Undetermined]:
    """Suppliers that an extract, their own or the other's, gives a predecessor or successor (СвПредш, СвПреем): who stands behind that
    one was not compared with the purchases of this one."""
    for row in store.rows(_SUCCESSIONS):
        told = ", ".join(part for part in (row["other_name"], f"ИНН {row['other']}" if row["other"] else None) if part)
        params = {"organisation": told, "since": f"{row['since']:%d.%m.%Y}" if row["since"] else "—"}
        reason = f"{row['kind']}_{'not_compared' if row['loaded'] else 'no_extract'}"
        yield Undetermined("supplier", row["name"] or row["inn"], row["inn"], reason, params)


# An extract names the other by ОГРН at least; its ИНН may be known from its own extract.
_SUCCESSIONS = """
    WITH of_ogrn AS (SELECT ogrn, min(inn) AS inn FROM company WHERE ogrn IS NOT NULL AND inn IS NOT NULL GROUP BY ogrn),
    called AS (SELECT inn, arg_max(coalesce(short_name, full_name), (extract_date, source_id)) AS name FROM company WHERE inn IS NOT NULL GROUP BY inn),
    told AS (SELECT s.company_inn AS inn, s.kind, coalesce(s.other_inn, k.inn) AS other, coalesce(s.other_name, s.other_ogrn, s.other_inn) AS other_name,
                    coalesce(s.other_inn, k.inn, s.other_ogrn, s.other_name) AS other_key, s.since
             FROM succession s LEFT JOIN of_ogrn k ON k.ogrn = s.other_ogrn),
    either AS (FROM told
               UNION ALL
               SELECT t.other, CASE t.kind WHEN 'successor' THEN 'predecessor' ELSE 'successor' END, t.inn, coalesce(c.name, t.inn), t.inn, t.since
               FROM told t LEFT JOIN called c ON c.inn = t.inn WHERE t.other IS NOT NULL)
    SELECT e.inn, e.kind, coalesce(min(o.name), min(pu.name)) AS name, min(e.other) AS other, coalesce(min(l.name), min(e.other_name)) AS other_name, min(e.since) AS since,
           bool_or(l.inn IS NOT NULL) AS loaded
    FROM either e
    JOIN (SELECT supplier, min(supplier_name) AS name FROM purchase GROUP BY supplier) pu ON pu.supplier = 'inn:' || e.inn
    LEFT JOIN called l ON l.inn = e.other LEFT JOIN called o ON o.inn = e.inn
    GROUP BY e.inn, e.kind, e.other_key ORDER BY ALL"""
