"""The evidence graph as GEXF 1.2 and GraphML, by the writers of NetworkX."""

from __future__ import annotations

import io
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

CREATOR = "affil"


def gexf(graph: nx.MultiDiGraph, day: str) -> bytes:
    """GEXF 1.2 with the day of the run in place of today's, so that the same run gives the same bytes."""
    named = graph.copy()
    for *_, key, told in named.edges(keys=True, data=True):
        told["id"] = key
    writer: Any = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(named)
    meta = writer.xml.find("meta")
    meta.set("lastmodifieddate", day)
    meta.find("creator").text = CREATOR
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def graphml(graph: nx.MultiDiGraph) -> bytes:
    """GraphML; truth values as XML writes them, which the writer leaves as Python does."""
    writer: Any = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(graph)
    truths = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for told in writer.xml.iter("data"):
        if told.get("key") in truths:
            told.text = told.text.lower()
    stream = io.BytesIO()
    writer.dump(stream)
    return stream.getvalue()
