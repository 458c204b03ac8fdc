"""One rule on a whole graph in three engines, equal answers checked: SQL over columns, networkx, ladybug where it is installed.

`python -m benchmarks.rules.one_rule STORE [--ladybug]`. The rule is the commonest path, kept plain so that a graph database can
say it: official – declared kin – owner or director, through owning firms too – supplier – purchase of the official's customer,
on whatever day. What is timed is the answer alone; how long a graph takes to build is told beside it. The SQL is that of this
module, of the same shape as the product's: joins over tables of pairs, ownership followed once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from affil.resolve.parties import make_parties
from affil.store.store import Store

Answer = set[tuple[str, str]]  # official, number of the contract
LINKS = 6  # ownership is followed no further, in any of the three

_EDGES = {
    "KIN": """SELECT DISTINCT 'o:' || r.official_key, p.party FROM relative_in_force r
        JOIN party p ON p.mention = 'relative|' || r.source_id || '|' || r.locator""",
    "HOLDS": """
        SELECT DISTINCT coalesce(p.party, 'firm:' || t.holder_inn), 'firm:' || t.company_inn FROM registry_tie t
        LEFT JOIN party p ON p.mention = 'tie|' || t.source_id || '|' || t.locator
                                      || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')""",
    "SUPPLIES": """SELECT DISTINCT 'firm:' || supplier_inn, 'k:' || contract_number FROM contract_in_force
        WHERE supplier_kind = 'organisation'""",
    "BOUGHT": "SELECT DISTINCT 'k:' || contract_number, 'c:' || customer_inn FROM contract_in_force",
    "SERVES": "SELECT DISTINCT 'o:' || official_key, 'c:' || employer_inn FROM official_in_force",
}  # fmt: skip

# In two statements: the planner cannot guess how few rows a recursion gives, and knows how many a table has.
_LED = f"""
    CREATE OR REPLACE TEMPORARY TABLE led AS
    WITH RECURSIVE below(person, firm, links) AS (
        SELECT a, b, 1 FROM e_HOLDS SEMI JOIN e_KIN k ON k.b = e_HOLDS.a
        UNION SELECT person, h.b, links + 1 FROM below JOIN e_HOLDS h ON h.a = below.firm WHERE links < {LINKS})
    SELECT DISTINCT person, firm FROM below"""
_SQL = """
    SELECT DISTINCT k.a, p.a FROM led JOIN e_KIN k ON k.b = led.person JOIN e_SUPPLIES s ON s.a = led.firm
    JOIN e_BOUGHT p ON p.a = s.b JOIN e_SERVES o ON o.a = k.a AND o.b = p.b"""

_CYPHER = f"""
    MATCH (o:Node)-[:KIN]->(p:Node)-[:HOLDS*1..{LINKS}]->(f:Node)-[:SUPPLIES]->(k:Node)-[:BOUGHT]->(c:Node)<-[:SERVES]-(o)
    RETURN DISTINCT o.id, k.id"""


def timed(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What `work` gives, and its seconds by the clock and by the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    out = work()
    return out, {"wall": round(time.perf_counter() - wall, 4), "cpu": round(time.process_time() - cpu, 4)}


def median_of(work: Callable[[], Any], times: int = 7) -> tuple[Any, dict[str, float]]:
    """The same of several runs, each clock by its median: what takes milliseconds is measured by more than one."""
    runs = [timed(work) for _ in range(times)]
    return runs[0][0], {clock: sorted(told[clock] for _, told in runs)[times // 2] for clock in ("wall", "cpu")}


def sql_answer(store: Store) -> Answer:
    """The rule as joins over columns."""
    store.sql(_LED)
    return {(str(a), str(b)) for a, b in store.sql(_SQL).fetchall()}


def graph_of(store: Store) -> nx.MultiDiGraph:
    """All records as one graph."""
    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for relation in _EDGES:
        graph.add_edges_from((a, b, relation) for a, b in store.sql(f"SELECT a, b FROM e_{relation}").fetchall())
    return graph


def walked(graph: nx.MultiDiGraph) -> Answer:
    """The rule as a walk over the whole graph, official by official."""
    return {found for node in graph if node.startswith("o:") for found in _walk(graph, node)}


def _walk(graph: nx.MultiDiGraph, official: str) -> Iterator[tuple[str, str]]:
    customers = set(_to(graph, official, "SERVES"))
    for person in _to(graph, official, "KIN"):
        seen: set[str] = set()
        last = {person}
        for _ in range(LINKS):
            last = {firm for holder in last for firm in _to(graph, holder, "HOLDS")} - seen
            seen |= last
        for firm in seen:
            for purchase in _to(graph, firm, "SUPPLIES"):
                if any(customer in customers for customer in _to(graph, purchase, "BOUGHT")):
                    yield official, purchase


def _to(graph: nx.MultiDiGraph, node: str, relation: str) -> list[str]:
    return [end for _, end, key in graph.out_edges(node, keys=True) if key == relation] if node in graph else []


def ladybug_answer(store: Store, folder: Path) -> tuple[Answer, dict[str, dict[str, float]]]:
    """The rule as one query of a graph database, loaded from CSV; and the seconds of loading and of the query."""
    import ladybug  # optional: no part of the product, `pip install ladybug`

    connection = ladybug.Connection(ladybug.Database(str(folder / "graph.lbug")))
    _, loaded = timed(lambda: _load(connection, store, folder))
    rows, asked = timed(lambda: connection.execute(_CYPHER).get_all())
    return {(row[0], row[1]) for row in rows}, {"load": loaded, "ladybug": asked}


def _load(connection: Any, store: Store, folder: Path) -> None:
    ends = " UNION ".join(f"SELECT {end} AS id FROM e_{relation}" for relation in _EDGES for end in ("a", "b"))
    _csv(folder / "node.csv", store.sql(ends).fetchall())
    connection.execute("CREATE NODE TABLE Node(id STRING, PRIMARY KEY(id))")
    connection.execute(f"COPY Node FROM '{folder / 'node.csv'}' (HEADER=false, DELIM=',')")
    for relation in _EDGES:
        _csv(folder / f"{relation}.csv", store.sql(f"SELECT a, b FROM e_{relation}").fetchall())
        connection.execute(f"CREATE REL TABLE {relation}(FROM Node TO Node)")
        connection.execute(f"COPY {relation} FROM '{folder / (relation + '.csv')}' (HEADER=false, DELIM=',')")


def _csv(path: Path, rows: list[tuple[str, ...]]) -> None:
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")


def compared(path: Path, with_ladybug: bool) -> dict[str, object]:
    """Seconds of each engine, how many times slower than SQL, and whether all gave the same answer."""
    with Store.open(path) as store:
        make_parties(store)
        for relation, query in _EDGES.items():
            store.sql(
                f"CREATE OR REPLACE TEMPORARY TABLE e_{relation} AS SELECT a, b FROM ({query}) t(a, b) WHERE length(a || b) > 0"
            )
        expected, told = median_of(lambda: sql_answer(store))
        seconds: dict[str, dict[str, float]] = {"sql": told}
        if with_ladybug:
            with tempfile.TemporaryDirectory() as scratch:
                answer, more = ladybug_answer(store, Path(scratch))
            seconds, other = seconds | more, "ladybug"
        else:
            graph, seconds["build"] = timed(lambda: graph_of(store))
            answer, seconds["networkx"] = timed(lambda: walked(graph))
            other = "networkx"
    slower = {clock: round(seconds[other][clock] / max(told[clock], 0.001), 1) for clock in ("wall", "cpu")}
    return {"answers": len(expected), "equal": answer == expected, "seconds": seconds, "slower": slower}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--ladybug", action="store_true", help="against ladybug instead of networkx")
    given = parser.parse_args()
    print(json.dumps(compared(given.store, given.ladybug)))


if __name__ == "__main__":
    main()
