"""GEXF and GraphML, read back: the graph says what `affil explain` says of every finding, and XML bears what texts hold."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import export_world as w
import networkx as nx
import pytest
from export_world import RU

from affil.model.finding import Finding
from affil.model.run import Run
from affil.reports.explain import explain
from affil.reports.findings_json import finding_value
from affil.store.store import Store

READERS = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
GEXF = "{http://www.gexf.net/1.2draft}"
_TYPES = {"string", "double", "boolean"}  # of those GEXF 1.2 knows


@pytest.fixture(scope="module")
def world() -> tuple[Store, Run]:
    return w.lived()


@pytest.fixture(scope="module", params=sorted(READERS))
def file(request: pytest.FixtureRequest, world: tuple[Store, Run], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    made = w.exported(request.param, *world, RU, tmp_path_factory.mktemp("draft"))
    assert list(made.files) == [f"evidence.{request.param}"]
    return request.param, made.files[f"evidence.{request.param}"]


@pytest.fixture(scope="module")
def graph(file: tuple[str, bytes]) -> Any:
    return READERS[file[0]](io.BytesIO(file[1]))


def resting_on(graph: Any, finding: Finding) -> list[tuple[str, str, dict[str, Any]]]:
    return [(one, other, told) for one, other, told in graph.edges(data=True) if finding.id in told["findings"].split(" ")]


def test_every_finding_has_the_steps_and_sources_that_explain_tells(world: tuple[Store, Run], graph: Any) -> None:
    for finding in world[1].findings:
        said = explain(finding, world[1], RU)
        sources = set(re.findall(r"^ +Источник: (.+)$", said, re.MULTILINE))
        edges = resting_on(graph, finding)
        assert {f"{told['file']}, {told['locator']}" for *_, told in edges} == sources
        steps = set(re.findall(r"^  \d+\. (.+)\n +Источник: (.+)$", said, re.MULTILINE))
        assert len(edges) == len(steps)
        for one, other, told in edges:
            ends = {graph.nodes[one]["label"], graph.nodes[other]["label"]}
            assert any(all(label in step for label in ends) for step, _ in steps), (ends, told["relation"])


def test_a_path_can_be_walked_from_the_official_to_the_purchase(world: tuple[Store, Run], graph: Any) -> None:
    walked = 0
    for finding in world[1].findings:
        if finding.employee is None or finding.contract is None:
            continue
        part = nx.Graph((one, other) for one, other, _ in resting_on(graph, finding))
        labels = {node: graph.nodes[node] for node in part}
        [official] = [
            node for node, told in labels.items() if told["record"] == "official" and told["label"] == finding.employee.name
        ]
        bought = [node for node, told in labels.items() if told["kind"] == "purchase"]
        assert bought and all(nx.has_path(part, official, node) for node in bought)
        walked += 1
    assert walked > 2


def test_the_ties_of_one_finding_as_findings_json_has_them(world: tuple[Store, Run], graph: Any) -> None:
    for finding in world[1].findings:
        steps = finding_value(finding)["path"]
        told = [data for *_, data in resting_on(graph, finding)]
        for step in steps:
            alike = [one for one in told if (one["relation"], one["locator"]) == (step["relation"], step["source"]["locator"])]
            assert any((one.get("valid_from"), one.get("valid_to")) == (step["valid_from"], step["valid_to"]) for one in alike), (
                step
            )
            assert any(one["confidence"] == step["confidence"] for one in alike)


def test_attributes_are_typed_and_nothing_unknown_is_told(graph: Any) -> None:
    assert graph.is_directed() and len(graph) > 5
    for told in [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]:
        assert not [key for key, value in told.items() if value in (None, "", "None", "nan")]
    for *_, told in graph.edges(data=True):
        assert (type(told["confidence"]), type(told["supposed"])) == (float, bool)
        for bound in ("valid_from", "valid_to", "last_seen"):
            assert bound not in told or dt.date.fromisoformat(told[bound])
    kinds = {told["kind"] for _, told in graph.nodes(data=True)}
    assert kinds == {"person", "organisation", "purchase"}
    assert any(told["label"] == w.WIFE for _, told in graph.nodes(data=True)), "Cyrillic as it is"


def test_one_person_of_several_records_is_one_entity_of_the_other_export(
    world: tuple[Store, Run], graph: Any, tmp_path: Path
) -> None:
    ids = {one["id"]: one for one in w.entities(w.exported("ftm", *world, RU, tmp_path))}
    entities = {told["entity"] for _, told in graph.nodes(data=True) if told["kind"] == "person"}
    assert entities and {ids[one]["schema"] for one in entities} == {"Person"}
    records = [told for _, told in graph.nodes(data=True) if told["label"].casefold() == w.WIFE.casefold()]
    assert len(records) > 1 and len({told["entity"] for told in records}) == 1


def test_xml_holds_the_texts_of_hostile_tables(file: tuple[str, bytes]) -> None:
    text = file[1].decode("utf-8")
    ElementTree.fromstring(file[1])
    assert "К-6" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text)


def test_gexf_is_of_version_1_2_and_declares_what_it_uses(file: tuple[str, bytes]) -> None:
    form, content = file
    if form != "gexf":
        assert b"<key " in content and b">False<" not in content and b">false<" in content
        return
    root = ElementTree.fromstring(content)
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and (graph.get("defaultedgetype"), graph.get("mode")) == ("directed", "static")
    for side in ("node", "edge"):
        declared = {
            one.get("id"): one.get("type")
            for group in graph.findall(f"{GEXF}attributes")
            if group.get("class") == side
            for one in group
        }
        used = {one.get("for") for one in graph.iter(f"{GEXF}{side}") for one in one.iter(f"{GEXF}attvalue")}
        assert used <= declared.keys() and set(declared.values()) <= _TYPES
    ids = [one.get("id") for one in graph.iter(f"{GEXF}edge")]
    assert len(set(ids)) == len(ids)
    nodes = {one.get("id") for one in graph.iter(f"{GEXF}node")}
    assert {one.get(end) for one in graph.iter(f"{GEXF}edge") for end in ("source", "target")} <= nodes


def test_two_graphs_are_equal(world: tuple[Store, Run], file: tuple[str, bytes], tmp_path: Path) -> None:
    from dataclasses import replace

    store, run = world
    again = w.exported(file[0], store, replace(run, findings=tuple(reversed(run.findings))), RU, tmp_path)
    assert list(again.files.values()) == [file[1]]
