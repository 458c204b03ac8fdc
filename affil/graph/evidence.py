"""Every finding once more, from the raw records: what cannot be walked on them is not a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import networkx as nx

from affil.control.contacts import MEANS, contact_keys
from affil.decisions.entry import DIFFERENT, SAME, Entry
from affil.decisions.log import effective, read_log
from affil.decisions.references import references_of
from affil.errors import AffilError
from affil.kinship.chains import ended_marriage, inverse
from affil.language.company_names import agreement
from affil.language.fio import parse_name
from affil.language.kin_names import family
from affil.model.finding import EvidencePath, Finding, Step
from affil.resolve.link import same_name
from affil.resolve.name_pattern import Bearer, readings
from affil.resolve.parties import may_be_one
from affil.store.store import Store

DECISION = "decision"
Row = dict[str, Any]
Tie = tuple[str, str, str]  # origin, target, relation
_SERVICE = ("service", "commission member", "contract manager", "duty")
_DECLARED = ("notice-of-work", "declares", "obligation", "gift")
_LOOSE = ("supplier", "subcontractor", "participant", "sole-proprietor", "employee", *_DECLARED, *_SERVICE)


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


def evidence_graph(store: Store, findings: Collection[Finding]) -> nx.MultiDiGraph:
    """A MultiDiGraph of the raw records that the findings' steps cite.

    Nodes are records that speak of a person (`official|…`, `relative|…`, `tie|…`), organisations (`inn:…`), suppliers who are
    persons (`supplier:…`), customers and purchases. An edge has `relation`, `file` and `locator`. It is built from the store's
    tables, not from the derived ones the rules used, so a mistake there shows as a path that cannot be walked.
    """
    cited = {
        (step.source.file, step.source.locator) for f in findings for path in (f.path, *f.other_paths) for step in path.steps
    }
    ends = {
        end
        for f in findings
        for path in (f.path, *f.other_paths)
        for step in path.steps
        for end in (step.origin_id, step.target_id)
    }
    store.temporary("cited_end", {"node": "VARCHAR"}, [(end,) for end in sorted(ends)])
    # A step that a decision bears out cites the log, not the record it leads to.
    cited |= {(str(file), str(locator)) for file, locator in store.sql(_OF_DECIDED).fetchall()}
    store.temporary("cited", {"file": "VARCHAR", "locator": "VARCHAR"}, sorted(cited))
    graph = nx.MultiDiGraph()
    graph.graph["called"] = _called(store)
    graph.graph["decisions"] = effective(read_log(store))
    graph.graph["not_his_inn"] = {str(row[0]) for row in store.sql("FROM not_his_inn").fetchall()}
    officials = store.rows("""
        SELECT s.file, t.* FROM official_in_force t JOIN source s USING (source_id)
        SEMI JOIN cited_end c ON c.node = 'official|' || t.official_key""")
    for row in officials:
        _official(graph, row)  # first: chiefs and those who manage a contract are sought among them
    for row in officials:
        _chiefs(graph, row)
    for table, build in _BUILDERS.items():
        for row in store.rows(
            f"SELECT s.file, t.* FROM {table} t JOIN source s USING (source_id) SEMI JOIN cited c ON s.file = c.file AND t.locator = c.locator"
        ):
            build(graph, row)
    return graph


_OF_DECIDED = """
    SELECT s.file, m.locator FROM mention m JOIN source s USING (source_id) JOIN cited_end c ON c.node = m.mention
    SEMI JOIN (FROM judged WHERE verdict = 'same') j ON j.mention = m.mention"""


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
        return step.origin_id in graph and step.target_id in graph and _may_be_one(graph, step)
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


def _may_be_one(graph: nx.MultiDiGraph, step: Step) -> bool:
    """What the log says of the two records goes before what they say themselves; the log is read again, by its own references."""
    one, other = graph.nodes[step.origin_id], graph.nodes[step.target_id]
    verdicts = {entry.verdict for entry in graph.graph["decisions"] if _speaks_of(entry, one["called"], other["called"])}
    if step.detail == DECISION:
        return SAME in verdicts
    return DIFFERENT not in verdicts and may_be_one(one, other)


def _speaks_of(entry: Entry, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the entry has the one on one side and the other on the other, and neither on both."""
    sides = [{side for side, who in enumerate(entry.sides) if called.intersection(who.references)} for called in (one, other)]
    return (sides[0], sides[1]) in (({0}, {1}), ({1}, {0})) or (entry.verdict == SAME and len(sides[0] | sides[1]) == 2)


def _ties_by_record(graph: nx.MultiDiGraph) -> dict[tuple[str, str], list[Tie]]:
    ties: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for origin, target, data in graph.edges(data=True):
        ties[data["file"], data["locator"]].append((origin, target, data["relation"]))
    return ties


_PERSON = ("surname", "given", "patronymic", "gender", "former_surnames", "birth_date", "inn", "name_key", "employee_id")


def _tie(graph: nx.MultiDiGraph, origin: str, target: str, relation: str, row: Row) -> None:
    graph.add_edge(origin, target, relation=relation, file=row["file"], locator=row["locator"])


def _person(graph: nx.MultiDiGraph, node: str, row: Row) -> str:
    if node in graph.graph["not_his_inn"]:
        row = {**row, "inn": None}  # another's, as a better source says: told as undetermined, and no key
    graph.add_node(node, **{key: row.get(key) for key in _PERSON}, called=references_of(node.partition("|")[0], row))
    return node


def _official(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _person(graph, "official|" + row["official_key"], row)
    _tie(graph, node, f"customer:{row['employer_inn'] or ''}", "service", row)
    _tie(graph, node, f"inn:{row['employer_inn'] or ''}", "director", row)  # the head of an institution is listed as its official
    _contacts(graph, node, row)
    _index(graph, "employer", row["employer_inn"] or "").append(node)
    _index(graph, "surname", (row["name_key"] or "").split(" ")[0]).append(node)
    for surname in {row["surname"], *(row["former_surnames"] or "").split("|")} - {None, ""}:
        _index(graph, "family", family(surname) or "").append(node)


def _behind(graph: nx.MultiDiGraph, node: str, row: Row) -> str:
    """A record of a person behind a supplier, with the officials of his surname whose near kin he can be by the other names."""
    _person(graph, node, row)
    for official in _index(graph, "family", family(row["surname"]) or ""):
        if readings(_bearer(graph.nodes[official]), _bearer(graph.nodes[node])):
            _tie(graph, official, node, "name-pattern", row)
    return node


def _bearer(node: Row) -> Bearer:
    born = node["birth_date"]
    return Bearer(node["given"], node["patronymic"], node["gender"], born.year if born else None)


def _index(graph: nx.MultiDiGraph, by: str, key: str) -> list[str]:
    """The officials of one employer, surname or family (the graph keeps the lists), so that none is sought among all."""
    found: list[str] = graph.graph.setdefault((by, key), [])
    return found


def _chiefs(graph: nx.MultiDiGraph, row: Row) -> None:
    """Ties to the officials of the same employer whom `reports_to` can mean."""
    if not row["reports_to"]:
        return
    name = parse_name(row["reports_to"])
    for node in _index(graph, "employer", row["employer_inn"] or ""):
        data = graph.nodes[node]
        if data["employee_id"] == row["reports_to"].strip() or (name and same_name(name.key, data["name_key"])):
            _tie(graph, "official|" + row["official_key"], node, "reports_to", row)


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
        married = chain.replace("spouse(former)", "spouse")  # until it ended, the marriage was one
        ended = {ended_marriage(married)} if row["valid_to"] else set()
        for reading in {chain, married} | ended:
            _tie(graph, owner, node, reading, row)
            _tie(graph, node, owner, inverse(reading), row)
    if row["employer"]:
        _tie(graph, node, "employer", "employee", row)
    _contacts(graph, node, row)


def _registry_tie(graph: nx.MultiDiGraph, row: Row) -> None:
    holder = f"tie|{row['source_id']}|{row['locator']}|{row['extract_date'] or ''}"
    holder = _behind(graph, holder, row) if row["holder_kind"] == "person" else f"inn:{row['holder_inn']}"
    company, relation = f"inn:{row['company_inn']}", "manager" if row["kind"] == "managing" else row["kind"]
    _tie(graph, holder, company, relation, row)
    if relation == "manager":
        _tie(graph, holder, company, "director", row)  # seen from an organisation it shares, who runs it is its director
    _tie(graph, company, holder, "has-owner" if relation == "owner" else "has-director", row)


def _proprietor(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _behind(graph, f"proprietor|{row['source_id']}|{row['locator']}|{row['extract_date'] or ''}", row)
    _tie(graph, node, f"supplier:inn:{row['inn']}", "sole-proprietor", row)


def _disclosed(graph: nx.MultiDiGraph, row: Row) -> None:
    node = _behind(graph, f"disclosed|{row['source_id']}|{row['locator']}|{row['kind']}|{row['name_key'] or row['inn']}", row)
    for bidder in _bidders(graph, row):
        _tie(graph, node, bidder, "unfair-register" if row["basis"] else row["kind"], row)


def _contract(graph: nx.MultiDiGraph, row: Row) -> None:
    _supply(graph, row, "contract", "supplier", row["supplier_kind"], row["supplier_inn"])
    if row["supplier_kind"] != "person":
        supplier = {"participant_inn": row["supplier_inn"], "participant_key": row["supplier_key"]}
        told = {**row, **{means: row[f"supplier_{means}"] for means in MEANS}}
        for node in _bidders(graph, supplier) if any(told[means] for means in MEANS) else ():
            _contacts(graph, node, told)
    if row["subcontractor_inn"]:
        _tie(graph, f"inn:{row['subcontractor_inn']}", f"purchase|{row['source_id']}|{row['locator']}", "subcontractor", row)
    name = parse_name(row["contract_manager"]) if row["contract_manager"] else None
    key = (name.key if name else None) or ""
    for origin in _index(graph, "surname", key.split(" ")[0]) if key else ():
        if same_name(key, graph.nodes[origin]["name_key"]):
            _tie(graph, origin, "contract", "contract manager", row)


def _participant(graph: nx.MultiDiGraph, row: Row) -> None:
    _supply(graph, row, "participant", "participant", row["participant_kind"], row["participant_inn"])
    for bidder in _bidders(graph, row):
        _contacts(graph, bidder, row)


def _called(store: Store) -> dict[str, set[str]]:
    """The cited organisations by ИНН, with the names and ОГРН that loaded tables give them."""
    called: dict[str, set[str]] = defaultdict(set)
    for node, *names in store.sql("""
        WITH named AS (SELECT inn, name_key, short_key, 'ОГРН ' || ogrn AS ogrn FROM company
                       UNION SELECT supplier_inn, supplier_key, NULL, NULL FROM contract_in_force
                       UNION SELECT participant_inn, participant_key, NULL, NULL FROM participant_in_force
                       UNION SELECT inn, name, NULL, NULL FROM institution_in_force)
        SELECT node, name_key, short_key, ogrn FROM named JOIN cited_end ON node = 'inn:' || inn""").fetchall():
        called[node].update(name for name in names if name)
    return called


def _bidders(graph: nx.MultiDiGraph, row: Row) -> list[str]:
    """The organisation that bids: that of its ИНН; without one, what it is called, and each cited organisation that is called so."""
    if row["participant_inn"]:
        return [f"inn:{row['participant_inn']}"]
    key = row["participant_key"] or ""
    name, _, ogrn = f" {key}".partition(" ОГРН ")
    fits = [
        node for node, names in graph.graph["called"].items()
        if f"ОГРН {ogrn}" in names or any(agreement(name, other) in ("same", "no_form") for other in names)
    ]  # fmt: skip
    return [f"firm:{key}", *fits]


def _supply(graph: nx.MultiDiGraph, row: Row, table: str, relation: str, kind: str | None, inn: str | None) -> None:
    node, supplier = f"{table}|{row['source_id']}|{row['locator']}", f"inn:{inn}"
    if kind == "person":
        supplier = f"supplier:inn:{inn}"
        _tie(graph, _behind(graph, node, {**row, "inn": inn}), supplier, "sole-proprietor", row)
    _tie(graph, supplier, f"purchase|{row['source_id']}|{row['locator']}", relation, row)


def _seat(graph: nx.MultiDiGraph, row: Row) -> None:
    _tie(graph, f"official|{row['official_key']}", "commission", "commission member", row)


def _company(graph: nx.MultiDiGraph, row: Row) -> None:
    node = f"inn:{row['inn']}"
    for relation in ("registration", "shared-person", "shared-address"):
        _tie(graph, node, "registry", relation, row)
    _contacts(graph, node, row)


def _tender(graph: nx.MultiDiGraph, row: Row) -> None:
    """The official who answers for the purchase, as its notice names him."""
    for origin in _index(graph, "surname", (row["name_key"] or "").split(" ")[0]) if row["name_key"] else ():
        if same_name(row["name_key"], graph.nodes[origin]["name_key"]):
            _tie(graph, origin, "duty", "duty", row)


def _duty(graph: nx.MultiDiGraph, row: Row) -> None:
    _tie(graph, f"official|{row['official_key']}", "duty", "duty", row)


def _declaration(graph: nx.MultiDiGraph, row: Row) -> None:
    """A notice or a declared interest: the official's own, or his spouse's or child's."""
    official = f"official|{row['official_key']}"
    family = [end for _, end, data in graph.out_edges(official, data=True) if data["relation"] in ("spouse", "child")]
    for holder in (official, *family):
        for relation in _DECLARED:
            _tie(graph, holder, "organisation", relation, row)


def _institution(graph: nx.MultiDiGraph, row: Row) -> None:
    _tie(graph, f"inn:{row['inn']}", f"customer:{row['parent_inn']}", "subordinate", row)


_BUILDERS = {
    "company": _company, "institution_in_force": _institution, "relative_in_force": _relative, "registry_tie": _registry_tie, "proprietor": _proprietor,
    "participant_person_in_force": _disclosed, "contract_in_force": _contract, "participant_in_force": _participant,
    "commission_seat_in_force": _seat, "duty_in_force": _duty, "tender": _tender, "notice_in_force": _declaration, "declared_interest_in_force": _declaration,
}  # fmt: skip
