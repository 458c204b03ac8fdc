"""The forms of an export, each as the files it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from affil.export.evidence import evidence_graph
from affil.export.ftm import FILE, ftm_entities
from affil.export.graph_files import gexf, graphml
from affil.export.tables import parquet_files
from affil.model.run import Run
from affil.store.store import Store
from affil.words import Words


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by name, how many of what is in them, and how many persons they tell of."""

    files: dict[str, bytes]
    people: int
    counts: dict[str, int] = field(default_factory=dict)


def exported(form: str, store: Store, run: Run, words: Words, draft: Path) -> Exported:
    """The export of a run in one of the forms ftm, gexf, graphml, parquet. `store` is the open one the run was just made from.

    `draft`: an empty folder for what has to be written to be made.
    """
    if form == "ftm":
        return _ftm(store, run, words)
    if form == "parquet":
        files = parquet_files(store, run, draft)
        [(people,)] = store.sql("SELECT count(DISTINCT party) FROM party").fetchall()
        return Exported(files, int(people), {"number": len(files)})
    graph = evidence_graph(store, run, words)
    people = len({told.get("entity", node) for node, told in graph.nodes(data=True) if told["kind"] == "person"})
    content = gexf(graph, f"{run.started:%Y-%m-%d}") if form == "gexf" else graphml(graph)
    return Exported({f"evidence.{form}": content}, people, {"nodes": len(graph), "edges": graph.number_of_edges()})


def _ftm(store: Store, run: Run, words: Words) -> Exported:
    book = ftm_entities(store, run, words)
    lines = list(book.lines())
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    return Exported({FILE: content}, book.count("Person"), {"number": len(lines)})
