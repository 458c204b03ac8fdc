"""Whom a command showed: the references of persons, taken from the records the store keeps and from nothing else.

Who stands only in a file that is asked about and not kept (a candidate, a member of a commission in a request) has no record
here, so the log has no number of him.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from affil.decisions.course import Event, event_of
from affil.decisions.entry import CASE, Entry
from affil.decisions.references import references_of
from affil.model.finding import Finding
from affil.store.store import Store

Row = dict[str, Any]
Persons = list[frozenset[str]]

_TABLES = {
    "relative": "relative", "tie": "registry_tie", "proprietor": "proprietor", "contract": "contract",
    "participant": "participant", "disclosed": "participant_person",
}  # fmt: skip
_OF_OFFICIALS = ("official", "relative", "commission_seat", "duty", "declared_interest", "notice")
_KINDS = {"tie": "holder_kind", "contract": "supplier_kind", "participant": "participant_kind"}
_OWN_INN = {"contract": "supplier_inn", "participant": "participant_inn"}


def persons_at(store: Store, nodes: Iterable[str]) -> Persons:
    """The references of the person of each node of paths that is a person's record (affil/resolve/mentions.sql), kept here."""
    asked = sorted(set(nodes))
    by_kind: dict[str, list[str]] = defaultdict(list)
    for node in asked:
        by_kind[node.partition("|")[0]].append(node)
    found: dict[str, set[str]] = defaultdict(set)
    for kind, of_kind in by_kind.items():
        for node, row in _records(store, kind, of_kind):
            found[node] |= references_of(kind, row)
    return [frozenset(found[node]) for node in asked if found.get(node)]


def persons_of_officials(store: Store, keys: Iterable[str]) -> Persons:
    """The references of each official of these keys that is kept here."""
    return persons_at(store, (f"official|{key}" for key in keys))


def persons_of_entries(store: Store, entries: Iterable[Entry]) -> Persons:
    """Whom these entries of the decision log are about: both sides of an identity, the officials on the ways of a case."""
    told = list(entries)
    sides = [frozenset(side.references) for entry in told for side in entry.sides if side.references]
    return [*sides, *persons_of_events(store, (event_of(one) for one in told if one.kind == CASE and one.facts.get("basis")))]


def persons_of_events(store: Store, events: Iterable[Event]) -> Persons:
    """The officials on the ways of these events of cases; others are called there by names alone, which are no references."""
    ties = (tie for event in events for way in event.basis.ways for tie in way.ties)
    return persons_at(store, (end for tie in ties for end in (tie.origin, tie.target) if end.startswith("official|")))


def persons_of_findings(store: Store, findings: Iterable[Finding]) -> Persons:
    """Everybody on the paths of the findings: officials, relatives, who stands behind a supplier, a supplier who is a person."""
    nodes = set()
    for finding in findings:
        nodes |= {f"official|{finding.employee.key}"} if finding.employee else set()
        for path in (finding.path, *finding.other_paths):
            nodes |= {node for step in path.steps for node in (step.origin_id, step.target_id)}
    return persons_at(store, nodes)


def persons_of_parties(store: Store, parties: Iterable[str]) -> Persons:
    """The references of each of these parties, over all records that are the same person; needs the temporary table party."""
    every = store.sql(
        "SELECT party, mention FROM party WHERE party IN (SELECT unnest(?)) ORDER BY ALL", [sorted(set(parties))]
    ).fetchall()
    found: dict[str, frozenset[str]] = {}
    for party, mention in every:
        found[party] = frozenset().union(found.get(party, frozenset()), *persons_at(store, [mention]))
    return [references for _, references in sorted(found.items()) if references]


def places_of(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """File and locator of every record on the paths: all that the folder of a run tells of where its persons stand."""
    paths = [path for finding in findings for path in (finding.path, *finding.other_paths)]
    return sorted({(step.source.file, step.source.locator) for path in paths for step in path.steps})


def places_told(findings: Iterable[Row]) -> list[tuple[str, str]]:
    """The same of findings as `findings.json` has them."""
    ways = [way for one in findings for way in (one["path"], *(other["path"] for other in one["other_paths"]))]
    return sorted({(step["source"]["file"], step["source"]["locator"]) for way in ways for step in way if step["source"]})


def places_in(findings: bytes, tie: str) -> list[tuple[str, str]]:
    """The same of one tie, out of the bytes of a `findings.json`; none where it cannot be read."""
    try:
        return places_told([one for one in json.loads(findings)["findings"] if one["tie"] == tie])
    except (ValueError, KeyError, TypeError):
        return []


def persons_in(store: Store, places: Iterable[tuple[str, str]]) -> Persons:
    """The references of everybody the records at these places speak of, where the store still has them.

    An application that discloses several persons stands for all of them: which of them was shown is told by names alone, and
    names do not wait in a file.
    """
    nodes = set()
    for file, locator in places:
        for (source_id,) in store.sql("SELECT source_id FROM source WHERE file = ?", [file]).fetchall():
            nodes |= {f"{kind}|{source_id}|{locator}" for kind in _TABLES if kind != "disclosed"}
            nodes |= {f"disclosed|{source_id}|{locator}|{who}" for who in _disclosed_in(store, source_id, locator)}
            nodes |= {f"official|{key}" for key in _officials_in(store, source_id, locator)}
    return persons_at(store, nodes)


def _disclosed_in(store: Store, source_id: str, locator: str) -> set[str]:
    told = "SELECT kind || '|' || coalesce(name_key, inn) FROM participant_person WHERE source_id = ? AND locator = ?"
    return {who for (who,) in store.sql(told, [source_id, locator]).fetchall() if who}


def _officials_in(store: Store, source_id: str, locator: str) -> set[str]:
    """Keys of the officials a row speaks of: its own, or whose relative, seat or duty it tells."""
    told = " UNION ".join(
        f"SELECT official_key FROM {table} WHERE source_id = $source AND locator = $locator" for table in _OF_OFFICIALS
    )
    return {key for (key,) in store.sql(told, {"source": source_id, "locator": locator}).fetchall() if key}


def _records(store: Store, kind: str, nodes: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """(node, row) of every record of these nodes, all of one kind."""
    if kind == "official":
        keys = [node.partition("|")[2] for node in nodes]
        rows = store.rows("SELECT * FROM official_in_force WHERE official_key IN (SELECT unnest(CAST(? AS VARCHAR[])))", [keys])
        yield from ((f"official|{row['official_key']}", row) for row in rows)
    if kind not in _TABLES:
        return
    asked = [(node, source_id, locator) for node in nodes for source_id, locator in _places(node)]
    if not asked:
        return
    rows = store.rows(
        f"""SELECT t.*, asked.node AS asked_node FROM {_TABLES[kind]} t JOIN (
            SELECT unnest($nodes) AS node, unnest($sources) AS source_id, unnest($locators) AS locator) asked
            ON t.source_id = asked.source_id AND t.locator = asked.locator""",
        dict(zip(("nodes", "sources", "locators"), map(list, zip(*asked, strict=True)), strict=True)),
    )
    own = _OWN_INN.get(kind)
    for row in rows:
        node = row.pop("asked_node")
        if _is_meant(kind, row, node.split("|", 2)[2]):
            yield node, row | {"inn": row[own]} if own else row


def _places(node: str) -> Iterator[tuple[str, str]]:
    """The source and the locators a node may mean: more may stand behind its locator, which has such signs itself."""
    _, source_id, *rest = node.split("|")
    yield from ((source_id, "|".join(rest[:length])) for length in range(1, len(rest) + 1))


def _is_meant(kind: str, row: Row, rest: str) -> bool:
    """A row may be about a firm, and one of an application may disclose several persons."""
    if kind in _KINDS:
        return bool(row[_KINDS[kind]] == "person")
    return kind != "disclosed" or rest == f"{row['locator']}|{row['kind']}|{row['name_key'] or row['inn']}"
