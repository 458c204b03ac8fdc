"""The tables of the store that are in force, and what the run said, as Parquet: one file a table, dates typed, ИНН as texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from affil.bound import quoted, without_pandas
from affil.export.entities import DATASET, SIGNS
from affil.export.leads import paths_of
from affil.export.world import ends_of, parties_of, party_id
from affil.model.finding import Finding
from affil.model.run import Run
from affil.reports.findings_json import finding_value
from affil.store.connect import beside, for_owner_only
from affil.store.store import Store

# Table of the export: table or view of the store. Its columns are those of affil/store/schema.sql, and `source_file` in place of `source_id`.
STORED = {
    "officials": "official_in_force", "relatives": "relative_in_force", "contracts": "contract_in_force",
    "contract_ends": "contract_end", "tenders": "tender", "participants": "participant_in_force",
    "participant_persons": "participant_person_in_force", "commissions": "commission_seat_in_force",
    "organisations": "institution_in_force", "duties": "duty_in_force", "declared_interests": "declared_interest_in_force",
    "notices": "notice_in_force", "searches": "search_in_force", "companies": "company", "proprietors": "proprietor",
    "registry_ties": "registry_tie", "registry_remarks": "registry_remark", "successions": "succession",
    "unfair_suppliers": "unfair_supplier", "rejects": "reject",
}  # fmt: skip
# Of these the entity of the FollowTheMoney export is told; how a row is called as a mention (affil/resolve/mentions.sql).
_MENTIONS = {"officials": "'official|' || t.official_key", "relatives": "'relative|' || t.source_id || '|' || t.locator"}
_SOURCES = "SELECT file, kind, sha256, loaded_at, taken, rejected, notes FROM source ORDER BY file, sha256"

FINDINGS = {
    "id": "VARCHAR", "tie": "VARCHAR", "rule": "VARCHAR", "priority": "VARCHAR", "confidence": "DOUBLE", "identity_grade": "VARCHAR",
    "about": "VARCHAR", "status": "VARCHAR", "kinship": "VARCHAR", "control": "VARCHAR", "share": "DOUBLE", "in_force": "VARCHAR",
    "bases": "VARCHAR", "assumed": "VARCHAR", "circles": "VARCHAR",
    "employee_id": "VARCHAR", "employer_inn": "VARCHAR", "employee": "VARCHAR", "employee_inn": "VARCHAR", "employee_status": "VARCHAR",
    "procurement_role": "VARCHAR", "employee_entity": "VARCHAR",
    "supplier_inn": "VARCHAR", "supplier": "VARCHAR", "supplier_entity": "VARCHAR", "other_party_inn": "VARCHAR", "other_party": "VARCHAR",
    "contract_number": "VARCHAR", "signed_on": "DATE", "customer_inn": "VARCHAR", "price": "DECIMAL(18,2)", "ground": "VARCHAR",
    "procedure_number": "VARCHAR", "applied_on": "DATE", "won": "BOOLEAN",
}  # fmt: skip
STEPS = {
    "finding": "VARCHAR", "path": "INTEGER", "step": "INTEGER", "origin": "VARCHAR", "relation": "VARCHAR", "target": "VARCHAR",
    "origin_kind": "VARCHAR", "target_kind": "VARCHAR", "detail": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE",
    "last_seen": "DATE", "confidence": "DOUBLE", "file": "VARCHAR", "locator": "VARCHAR",
}  # fmt: skip
COVERAGE = {
    "employee_id": "VARCHAR", "employer_inn": "VARCHAR", "employee": "VARCHAR", "result": "VARCHAR", "questionnaire_date": "DATE",
    "relatives": "INTEGER", "relatives_with_inn": "INTEGER", "organisations": "INTEGER", "contracts": "INTEGER",
    "reasons": "VARCHAR", "dismissed": "DATE",
}  # fmt: skip
UNDETERMINED = {"kind": "VARCHAR", "name": "VARCHAR", "inn": "VARCHAR", "reason": "VARCHAR"}


def parquet_files(store: Store, run: Run, draft: Path) -> dict[str, bytes]:
    """Every table as the bytes of a Parquet file, by its name; written into the empty folder `draft` first.

    Rows stand in the order of file and place, so that the same run gives the same bytes.
    """
    made = {
        "findings": (FINDINGS, list(_findings(store, run))), "finding_steps": (STEPS, list(_steps(run))),
        "coverage": (COVERAGE, _coverage(run)), "not_determinable": (UNDETERMINED, _undetermined(run)),
    }  # fmt: skip
    for name, (columns, rows) in made.items():
        store.temporary(f"export_{name}", columns, rows)
    asked = {name: _stored(store, name, view) for name, view in STORED.items()} | {"sources": _SOURCES}
    asked |= {name: f"FROM export_{name} ORDER BY ALL" for name in made}
    files = {}
    with for_owner_only(), without_pandas(), beside() as connection:  # the store's own connection has no door to files
        connection.execute("SET threads = 1")
        for name, statement in sorted(asked.items()):
            path = draft / f"{name}.parquet"
            connection.register("rows", _Stream(store.connection.sql(statement)))
            connection.execute(f"COPY (FROM rows) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
            connection.unregister("rows")
            files[path.name] = path.read_bytes()
    return files


def _stored(store: Store, name: str, view: str) -> str:
    columns = [str(row[0]) for row in store.sql(f"DESCRIBE {view}").fetchall()]
    left_out = [column for column in ("source_id", "superseded_by", "locator") if column in columns]
    entity, joined = "", ""
    if name in _MENTIONS:
        entity = f"'{DATASET}-' || substr(sha256('party' || chr(31) || p.party), 1, {SIGNS}) AS entity, "
        joined = f" LEFT JOIN party p ON p.mention = {_MENTIONS[name]}"
    return f"""
        SELECT s.file AS source_file, {"t.locator, " if "locator" in columns else ""}{entity}t.* EXCLUDE ({", ".join(left_out)})
        FROM {view} t JOIN source s USING (source_id){joined} ORDER BY ALL"""


class _Stream:
    """Nothing but the Arrow stream of a query: DuckDB does not take a relation of another connection as what it is."""

    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._relation.__arrow_c_stream__(requested_schema)


def _row(columns: dict[str, str], told: dict[str, Any]) -> Sequence[Any]:
    return [told.get(column) for column in columns]


def _listed(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None


def _findings(store: Store, run: Run) -> Iterator[Sequence[Any]]:
    parties = parties_of(store, (node for finding in run.findings for node in ends_of(finding)))
    for finding in run.findings:
        yield _row(FINDINGS, _finding(finding, lambda node: party_id(parties.get(node, node))))


def _finding(finding: Finding, entity: Callable[[str], str]) -> dict[str, Any]:
    value, near, far = finding_value(finding), *ends_of(finding)
    told = {name: value[name] for name in FINDINGS if name in value and not isinstance(value[name], dict | list)}
    employee, supplier, contract, bid, other = (
        finding.employee,
        finding.supplier,
        finding.contract,
        finding.procedure,
        finding.other_party,
    )
    told["in_force"] = str(finding.path.in_force).lower()
    told |= {"bases": _listed(finding.bases), "assumed": _listed(finding.path.assumed)}
    told["circles"] = _listed([f"{norm}: {verdict}" for norm, verdict in value["circles"].items()])
    told |= {"employee": None, "supplier": None, "other_party": None}
    if employee:
        told |= {
            "employee": employee.name,
            "employee_inn": employee.inn,
            "employee_status": employee.status,
            "employee_entity": entity(near),
        }
        told |= {what: getattr(employee, what) for what in ("employee_id", "employer_inn", "procurement_role")}
    if supplier:
        told |= {"supplier": supplier.name, "supplier_inn": supplier.inn, "supplier_entity": entity(far if employee else near)}
    if other:
        told |= {"other_party": other.name, "other_party_inn": other.inn}
    if contract:
        told |= {what: getattr(contract, what) for what in ("signed_on", "customer_inn", "price", "ground", "procedure_number")}
        told["contract_number"] = contract.number
    if bid:
        told |= {"procedure_number": bid.number, "applied_on": bid.applied_on, "won": bid.won}
        told["customer_inn"] = told.get("customer_inn") or bid.customer_inn
    return told


def _steps(run: Run) -> Iterator[Sequence[Any]]:
    for finding in run.findings:
        for number, path in enumerate(paths_of(finding), start=1):
            for place, step in enumerate(path.steps, start=1):
                told = {name: getattr(step, name, None) for name in STEPS}
                told |= {
                    "finding": finding.id,
                    "path": number,
                    "step": place,
                    "file": step.source.file,
                    "locator": step.source.locator,
                }
                yield _row(STEPS, told)


def _coverage(run: Run) -> list[Sequence[Any]]:
    rows = []
    for one in run.coverage:
        told = {name: getattr(one, name, None) for name in COVERAGE} | {"reasons": _listed(one.reasons)}
        told |= {
            "employee_id": one.employee.employee_id,
            "employer_inn": one.employee.employer_inn,
            "employee": one.employee.name,
        }
        rows.append(_row(COVERAGE, told))
    return rows


def _undetermined(run: Run) -> list[Sequence[Any]]:
    return [(one.kind, one.name, one.inn, one.reason) for one in run.undetermined]
