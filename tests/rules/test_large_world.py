"""The engine over a large municipality gives what the brute-force walk gives, supplier by supplier.

The usual run takes 400 officials, `make proof` 10,000. The oracle (oracle.py) asks everything of everybody, so it is given each
supplier apart: with all companies above it, all persons there, everybody within three declarations of these, and all that the
supplier sold. Nothing else can bear on a finding about that supplier. Everybody has an ИНН, which says who is who.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from unittest.mock import patch

import networkx as nx
from oracle import Key, Oracle
from test_oracle import CATALOGUE, MOST_OTHER_PATHS, SETTINGS, key_of, told, told_of

from affil.pipeline import Scope, screen
from affil.store.store import Store
from benchmarks.rules.world import fill

Row = dict[str, Any]
OFFICIALS = 10_000 if os.environ.get("AFFIL_PROOF") else 400
TABLES = ("official", "relative", "company", "registry_tie", "proprietor", "contract", "participant", "commission_seat")
Told = tuple[Key, frozenset[tuple[object, ...]]]


class Raw:
    """The raw records of a world, indexed so that what bears on one supplier is at hand."""

    def __init__(self, store: Store) -> None:
        self.tables = {table: store.rows(f"SELECT * FROM {table}") for table in TABLES}
        for row in (row for rows in self.tables.values() for row in rows if row.get("surname")):
            named = {"contract": "supplier", "participant": "participant"}
            column = next((column for table, column in named.items() if column in row), "name")
            row[column] = row.get("inn") or row.get("supplier_inn") or row.get("participant_inn")  # his name says who he is
        self.by_employee = {row["employee_id"]: row for row in self.tables["official"]}
        self.ties = _by(self.tables["registry_tie"], "company_inn")
        self.declared = nx.MultiGraph()
        for row in self.tables["relative"]:
            self.declared.add_edge(self.by_employee[row["employee_id"]]["name"], row["name"], row=row)
        self.sold = [*((row["supplier_inn"], row) for row in self.tables["contract"])]
        self.sold += [(row["participant_inn"], row) for row in self.tables["participant"]]

    def suppliers(self) -> Iterator[dict[str, list[Row]]]:
        """For each supplier with a declared person or an official above it, the records that bear on it."""
        sold: dict[str, list[Row]] = defaultdict(list)
        for inn, row in self.sold:
            sold[inn].append(row)
        by = {table: _by(self.tables[table], "inn") for table in ("company", "proprietor")}
        seats, officials = _by(self.tables["commission_seat"], "employee_id"), _by(self.tables["official"], "name")
        for inn, rows in sold.items():
            firms = self._above(inn)
            ties = [row for firm in firms for row in self.ties[firm]]
            people = {inn, *(row["name"] for row in ties if row["holder_kind"] == "person")}
            near = [row for person in people & set(self.declared) for row in self._near(person)]
            mine = {row["employee_id"]: row for row in (self.by_employee[row["employee_id"]] for row in near)}
            known = people | {row["name"] for row in near}  # an official whom another's questionnaire names is asked about too
            mine |= {row["employee_id"]: row for person in known for row in officials[person]}
            if mine:
                yield {
                    "official": list(mine.values()), "relative": list({row["locator"]: row for row in near}.values()), 
                    "registry_tie": ties,
                    "company": [row for firm in firms for row in by["company"][firm]], "proprietor": by["proprietor"][inn],
                    "contract": [row for row in rows if "contract_number" in row], 
                    "participant": [row for row in rows if "participant" in row],
                    "commission_seat": [row for number in mine for row in seats[number]],
                }  # fmt: skip

    def _above(self, inn: str) -> set[str]:
        found, last = {inn}, {inn}
        while last:
            last = {row["holder_inn"] for firm in last for row in self.ties[firm] if row["holder_inn"]} - found
            found |= last
        return found

    def _near(self, person: str) -> list[Row]:
        """The declarations on any walk of three to him."""
        inner = nx.single_source_shortest_path_length(self.declared, person, cutoff=2)
        return [data["row"] for _, _, data in self.declared.edges(inner, data=True)]


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


@cache
def walked_rules() -> set[str]:
    """Rules this walk can answer; it does not know which kin only another's questionnaire declares."""
    rules = Oracle({table: [] for table in TABLES}).rules
    return {rule["id"] for rule in rules if not any(hop.get("kin", {}).get("composed") for hop in rule["path"])}


def digest(found: Iterable[Told]) -> str:
    """One hash of a set of findings and of what their paths say."""
    return hashlib.sha256("\n".join(sorted(f"{key} {sorted(map(str, ways))}" for key, ways in found)).encode()).hexdigest()


def test_the_engine_finds_in_a_large_world_what_the_walk_finds() -> None:
    with Store.open(None) as store, patch("affil.pipeline.verify"):
        fill(store, OFFICIALS, seed=3, planted=0.05, known=1.0)
        store.sql("DELETE FROM duty")  # the walk knows no duties
        run, raw = screen(store, CATALOGUE, SETTINGS, Scope()), Raw(store)
    engine = {
        key_of(finding): frozenset(told(path) for path in (finding.path, *finding.other_paths))
        for finding in run.findings
        if finding.rule in walked_rules()
    }
    walk: dict[Key, frozenset[tuple[object, ...]]] = {}
    for world in raw.suppliers():
        oracle = Oracle(world)
        oracle.rules = [rule for rule in oracle.rules if rule["id"] in walked_rules()]
        walk |= {key: frozenset(told_of(way) for way in ways) for key, ways in oracle.found().items()}
    assert len(engine) >= OFFICIALS // 40
    assert engine.keys() == walk.keys()
    full = {key for key, ways in walk.items() if len(ways) > MOST_OTHER_PATHS}
    hashes = [digest((key, ways) for key, ways in found.items() if key not in full) for found in (engine, walk)]
    print(f"{OFFICIALS} officials, {len(engine)} findings, {hashes[0]} = {hashes[1]}")
    assert hashes[0] == hashes[1]
