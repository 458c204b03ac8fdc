"""Every finding once more, from the raw records: what cannot be walked on them is not a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import networkx as nx

from affil.control.contacts import MEANS, contact_keys
from affil.errors import AffilError
from affil.kinship.chains import inverse
from affil.language.fio import parse_name
from affil.model.finding import EvidencePath, Finding, Step
from affil.resolve.link import same_name
from affil.resolve.parties import may_be_one
from affil.store.store import Store

Row = dict[str, Any]
Tie = tuple[str, str, str]  # origin, target, relation
_SERVICE = ("service", "commission member", "contract manager", "duty")
_LOOSE = ("supplier", "subcontractor", "participant", "sole-proprietor", "employee", *_SERVICE)


def verify(store: Store, findings: Iterable[Finding]) -> nx.MultiDiGraph:
    """The evidence graph on which every path of every finding was walked; `AffilError` for one the records do not bear out."""
    found = list(findings)
    graph = evidence_graph(store, found)
    ties = _ties_by_record(graph)
    for finding in found:
        for path in (finding.path, *finding.other_paths):
            broken = broken_step(graph, ties, path)
            if broken:
                raise AffilError(
                    f"finding {finding.id}: the step «{broken.relation}» ({broken.source.file}, {broken.source.locator}) does not follow from the "
                    "records. This is a defect of the program: nothing was written; tell its makers the rule and the kinds of files, no names"
                )
    return graph


def evidence_graph(store: Store, findings: Iterable[Finding]) -> nx.MultiDiGraph:
    """A MultiDiGraph of the raw records that the findings' steps cite.

    Nodes are records that speak of a person (`official|…`, `relative|…`, `tie|…`), organisations (`inn:…`), suppliers who are
    persons (`supplier:…`), customers and purchases. An edge has `relation`, `file` and `locator`. It is built from the store's
    tables, not from the derived ones the rules used, so a mistake there shows as a path that cannot be walked.
    """
    cited = {
        (step.source.file, step.source.locator) for f in findings for path in (f.path, *f.other_paths) for step in path.steps
    }
    store.temporary("cited", {"file": "VARCHAR", "locator": "VARCHAR"}, sorted(cited))
    graph = nx.MultiDiGraph()
    for row in store.rows("SELECT s.file, t.* FROM official_in_force t JOIN source s USING (source_id)"):
        _official(graph, row)  # first: who manages a contract is sought among them
    for table, build in _BUILDERS.items():
        for row in store.rows(
            f"SELECT s.file, t.* FROM {table} t JOIN source s USING (source_id) SEMI JOIN cited c ON s.file = c.file AND t.locator = c.locator"
        ):
            build(graph, row)
    return graph


def broken_step(graph: nx.MultiDiGraph, ties: dict[tuple[str, str], list[Tie]], path: EvidencePath) -> Step | None:
    """The first step of a path that is no edge of the graph or begins where the walk has not come; None if all can be walked."""
    reached = {path.steps[0].origin_id} if path.steps else set()
    for step in path.steps:
        if step.origin_id not in reached or not _borne_out(graph, ties, step):
            return step
        reached.add(step.target_id)
    return None


def _borne_out(graph: nx.MultiDiGraph, ties: dict[tuple[str, str], list[Tie]], step: Step) -> bool:
    if step.relation == "same_as":
        return (
            step.origin_id in graph
            and step.target_id in graph
            and may_be_one(graph.nodes[step.origin_id], graph.nodes[step.target_id])
        )
    for origin, target, relation in ties.get((step.source.file, step.source.locator), []):
        # A purchase of a supplier known by name only, or of a person, may hang on another name of the same party.
        from_any = step.relation in ("supplier", "subcontractor", "participant")
        if (
            relation == step.relation
            and (origin == step.origin_id or from_any)
            and (step.relation in _LOOSE or target == step.target_id)
        ):
            return True
    return False


def _ties_by_record(graph: nx.MultiDiGraph) -> dict[tuple[str, str], list[Tie]]:
    ties: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for origin, target, data in graph.edges(data=True):
        ties[data["file"], data["locator"]].append((origin, target, data["relation"]))
    return ties


_PERSON = ("surname", "given", "patronymic", "former_surnames", "birth_date", "inn", "name_key", "employee_id")


def _tie(graph: nx.MultiDiGraph, origin: str, target: str, relation: str, row: Row) -> None:
    graph.add_edge(origin, target, relation=relation, file=row["file"], locator=row["locator"])


def _person(graph: nx.MultiDiGraph, node: str, row: Row) -> str:
    graph.add_node(node, **{key: row.get(key) for key in _PERSON})
    return node


def _official(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _person(graph, "official|" + row["official_key"], row)
    _tie(graph, node, f"customer:{row['employer_inn'] or ''}", "service", row)
    _tie(graph, node, f"inn:{row['employer_inn'] or ''}", "director", row)  # the head of an institution is listed as its official
    _contacts(graph, node, row)
    for chief in _chiefs(graph, row) if row["reports_to"] else ():
        _tie(graph, node, chief, "reports_to", row)


def _chiefs(graph: nx.MultiDiGraph, row: Row) -> list[str]:
    """Officials of the same employer whom `reports_to` can mean."""
    name, employer = parse_name(row["reports_to"]), row["employer_inn"] or ""
    return [
        node for node, data in graph.nodes(data=True)
        if str(node).startswith(f"official|{employer}") and (data.get("employee_id") == row["reports_to"].strip() or (name and same_name(name.key, data.get("name_key"))))
    ]  # fmt: skip


def _contacts(graph: nx.MultiDiGraph, node: str, row: Row) -> None:
    """The address, phone and e-mail of a record, both ways: what two records have in common joins their holders."""
    for means in MEANS:
        for key in contact_keys(means, row.get(means)):
            _tie(graph, node, f"{means}:{key}", means, row)
            _tie(graph, f"{means}:{key}", node, means, row)


def _relative(graph: nx.MultiDiGraph, row: Row) -> None:
    if row["fact"] != "person" or row["official_key"] is None:
        return
    node, owner = _person(graph, f"relative|{row['source_id']}|{row['locator']}", row), f"official|{row['official_key']}"
    for chain in row["chains"].split("|"):
        for reading in {chain, chain.replace("spouse(former)", "spouse")}:  # until it ended, the marriage was one
            _tie(graph, owner, node, reading, row)
            _tie(graph, node, owner, inverse(reading), row)
    if row["employer"]:
        _tie(graph, node, "employer", "employee", row)
    _contacts(graph, node, row)


def _registry_tie(graph: nx.MultiDiGraph, row: Row) -> None:
    holder = f"tie|{row['source_id']}|{row['locator']}|{row['extract_date'] or ''}"
    holder = _person(graph, holder, row) if row["holder_kind"] == "person" else f"inn:{row['holder_inn']}"
    company, relation = f"inn:{row['company_inn']}", "manager" if row["kind"] == "managing" else row["kind"]
    _tie(graph, holder, company, relation, row)
    if relation == "manager":
        _tie(graph, holder, company, "director", row)  # seen from an organisation it shares, who runs it is its director
    _tie(graph, company, holder, "has-owner" if relation == "owner" else "has-director", row)


def _proprietor(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _person(graph, f"proprietor|{row['source_id']}|{row['locator']}|{row['extract_date'] or ''}", row)
    _tie(graph, node, f"supplier:inn:{row['inn']}", "sole-proprietor", row)


def _disclosed(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _person(graph, f"disclosed|{row['source_id']}|{row['locator']}|{row['kind']}|{row['name_key'] or row['inn']}", row)
    _tie(
        graph,
        node,
        f"inn:{row['participant_inn']}" if row["participant_inn"] else f"firm:{row['participant_key']}",
        row["kind"],
        row,
    )


def _contract(graph: nx.MultiDiGraph, row: Row) -> None:
    _supply(graph, row, "contract", "supplier", row["supplier_kind"], row["supplier_inn"])
    if row["subcontractor_inn"]:
        _tie(graph, f"inn:{row['subcontractor_inn']}", f"purchase|{row['source_id']}|{row['locator']}", "subcontractor", row)
    for origin in [node for node in graph if str(node).startswith("official|")] if row["contract_manager"] else []:
        _tie(graph, origin, "contract", "contract manager", row)


def _participant(graph: nx.MultiDiGraph, row: Row) -> None:
    _supply(graph, row, "participant", "participant", row["participant_kind"], row["participant_inn"])
    _contacts(graph, f"inn:{row['participant_inn']}" if row["participant_inn"] else f"firm:{row['participant_key']}", row)


def _supply(graph: nx.MultiDiGraph, row: Row, table: str, relation: str, kind: str | None, inn: str | None) -> None:
    node, supplier = f"{table}|{row['source_id']}|{row['locator']}", f"inn:{inn}"
    if kind == "person":
        supplier = f"supplier:inn:{inn}"
        _tie(graph, _person(graph, node, {**row, "inn": inn}), supplier, "sole-proprietor", row)
    _tie(graph, supplier, f"purchase|{row['source_id']}|{row['locator']}", relation, row)


def _seat(graph: nx.MultiDiGraph, row: Row) -> None:
    _tie(graph, f"official|{row['official_key']}", "commission", "commission member", row)


def _company(graph: nx.MultiDiGraph, row: Row) -> None:
    node = f"inn:{row['inn']}"
    for relation in ("registration", "shared-person", "shared-address"):
        _tie(graph, node, "registry", relation, row)
    _contacts(graph, node, row)


def _institution(graph: nx.MultiDiGraph, row: Row) -> None:
    _tie(graph, f"inn:{row['inn']}", f"customer:{row['parent_inn']}", "subordinate", row)


_BUILDERS = {
    "company": _company, "institution_in_force": _institution, "relative_in_force": _relative, "registry_tie": _registry_tie, "proprietor": _proprietor,
    "participant_person_in_force": _disclosed, "contract_in_force": _contract, "participant_in_force": _participant,
    "commission_seat_in_force": _seat,
}  # fmt: skip
