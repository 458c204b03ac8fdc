"""The evidence graph of a run as other tools draw it: the ends and ties of every path that was found, and nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from affil.export.leads import paths_of
from affil.export.world import parties_of, party_id
from affil.model.finding import PRIORITIES, Finding, Step
from affil.model.run import Run
from affil.reports.clean import clean
from affil.reports.phrases import is_supposed, relation_word, rule_title
from affil.store.store import Store
from affil.words import Words

SIGNS = 16
_ONE_EACH = "@"  # what a step ends at without being anybody (the registry, a place of work): one for each who has it


@dataclass(slots=True)
class _Tie:
    step: Step
    word: str
    findings: list[Finding] = field(default_factory=list)


def evidence_graph(store: Store, run: Run, words: Words) -> nx.MultiDiGraph:
    """Nodes are persons' records, organisations and purchases; an edge is a step of a path, once however many findings rest on it.

    Nodes: `label`, `kind` (person, organisation, purchase), `record` (which table the node is of), `entity` (its id in the export to
    FollowTheMoney; records of one person have one), `priority` (of the strongest finding over it). Edges: `label`, `relation`
    (kin as typed chains, else the word of CONTRACT 4), `detail`, `valid_from`, `valid_to`, `last_seen` (ISO dates), `confidence`,
    `supposed`, `file`, `locator`, `findings`, `rules` (apart by spaces), `priority`. What is unknown is left out.
    """
    graph = nx.MultiDiGraph(name=run.id)
    entities = parties_of(
        store, (node for finding in run.findings for step in _steps(finding) for node in (step.origin_id, step.target_id))
    )
    ties = _ties(run, words)
    strongest = _strongest(ties)
    for node, (label, kind) in sorted(_nodes(ties).items()):
        entity = party_id(entities[node]) if node in entities else None
        told = {"label": label, "kind": kind, "record": _record(node), "entity": entity, "priority": strongest[node]}
        graph.add_node(node_id(node), **_known(told))
    for name, tie in sorted(ties.items()):
        origin, target = _ends(tie.step)
        graph.add_edge(node_id(origin), node_id(target), key=name, **_known(_edge(tie, run, words)))
    return graph


def node_id(node: str) -> str:
    """An id that has no name or ИНН in it, the same in every export."""
    return "n" + hashlib.sha256(node.encode()).hexdigest()[:SIGNS]


def _steps(finding: Finding) -> Iterator[Step]:
    for path in paths_of(finding):
        yield from path.steps


def _ends(step: Step) -> tuple[str, str]:
    """Its nodes; a customer is the organisation of his ИНН."""
    return _end(step.origin_id, step.target_id), _end(step.target_id, step.origin_id)


def _end(node: str, other: str) -> str:
    kind, colon, rest = node.partition(":")
    if kind == "customer" and rest:
        return f"inn:{rest}"
    return node if (colon and rest) or "|" in node else f"{node}{_ONE_EACH}{other}"


def _ties(run: Run, words: Words) -> dict[str, _Tie]:
    """Steps by an id that depends on what they say alone."""
    found: dict[str, _Tie] = {}
    for finding in sorted(run.findings, key=lambda finding: finding.id):
        for step in _steps(finding):
            name = _tie_id(step)
            tie = found.setdefault(name, _Tie(step, relation_word(step, None, words)))
            if not tie.findings or tie.findings[-1].id != finding.id:
                tie.findings.append(finding)
    return found


def _tie_id(step: Step) -> str:
    said = (*_ends(step), step.relation, step.detail, step.valid_from, step.valid_to, step.source.file, step.source.locator)
    return "e" + hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:SIGNS]


def _strongest(ties: dict[str, _Tie]) -> dict[str, str]:
    over: dict[str, set[str]] = defaultdict(set)
    for tie in ties.values():
        for node in _ends(tie.step):
            over[node] |= {finding.priority for finding in tie.findings}
    return {node: min(found, key=PRIORITIES.index) for node, found in over.items()}


def _nodes(ties: dict[str, _Tie]) -> dict[str, tuple[str, str]]:
    """What each node is called and what it is, by the first tie that tells."""
    found: dict[str, tuple[str, str]] = {}
    for _, tie in sorted(ties.items()):
        origin, target = _ends(tie.step)
        found.setdefault(origin, (tie.step.origin, tie.step.origin_kind))
        found.setdefault(target, (tie.step.target, tie.step.target_kind))
    return found


def _record(node: str) -> str:
    """`official`, `relative`, `tie`, `purchase` … of a record; `organisation`, `firm`, `supplier` of a party."""
    kind = node.partition("|")[0] if "|" in node else node.partition(":")[0].partition(_ONE_EACH)[0]
    return "organisation" if kind in ("inn", "customer") else kind


def _edge(tie: _Tie, run: Run, words: Words) -> dict[str, object]:
    step = tie.step
    return {
        "label": tie.word, "relation": step.relation, "detail": step.detail, "valid_from": step.valid_from, "valid_to": step.valid_to,
        "last_seen": step.last_seen, "confidence": round(float(step.confidence), 4), "supposed": is_supposed(step),
        "file": step.source.file, "locator": step.source.locator,
        "findings": " ".join(finding.id for finding in tie.findings),
        "rules": " ".join(sorted({finding.rule for finding in tie.findings})),
        "titles": "; ".join(sorted({rule_title(run, finding, words) for finding in tie.findings})),
        "priority": min((finding.priority for finding in tie.findings), key=PRIORITIES.index),
    }  # fmt: skip


def _known(values: Mapping[str, object]) -> dict[str, str | float | bool]:
    """Without what is unknown; dates as ISO texts, texts without signs XML has no place for."""
    told = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
    return {
        key: value if isinstance(value, float | bool) else clean(str(value))
        for key, value in told.items()
        if value not in (None, "")
    }
