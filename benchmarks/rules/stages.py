"""Every derived stage of a screen timed in this process, as one line of JSON: `python -m benchmarks.rules.stages STORE`."""

from __future__ import annotations

import argparse
import gc
import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from affil.cli import COLLECT_AFTER
from affil.control.behind import make_behind
from affil.control.table import make_control
from affil.graph.evidence import verify
from affil.kinship.table import make_declarations, make_kin
from affil.pipeline import rules_of
from affil.procurement.posts import make_posts
from affil.procurement.purchases import make_purchases
from affil.resolve.parties import make_parties
from affil.resolve.suppose import make_near_names, make_suppositions
from affil.rules.compile import compile_rule
from affil.rules.evaluate import DEALING, evaluate
from affil.rules.rule import Catalogue
from affil.store.store import Store

Out = TypeVar("Out")
_TOLD = ("mention", "kin", "control", "related", "purchase", "service", "identity", "name_pattern")


class Clock:
    """Wall and CPU seconds of named stages, and the peak of memory (GB) reached by the end of each."""

    def __init__(self) -> None:
        self.stages: dict[str, tuple[float, float, float]] = {}

    def run(self, name: str, work: Callable[[], Out]) -> Out:
        """What `work` gives; its time is kept under `name`."""
        wall, cpu = time.perf_counter(), time.process_time()
        out = work()
        seconds = time.perf_counter() - wall, time.process_time() - cpu
        self.stages[name] = *(round(each, 3) for each in seconds), round(peak(), 3)  # type: ignore[assignment]
        print(name, *self.stages[name], file=sys.stderr, flush=True)
        return out


def peak() -> float:
    """The most memory this process had, in GB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def only(catalogue: Catalogue, rule: str | None) -> Catalogue:
    """The catalogue with that rule alone, or as it is."""
    return catalogue if rule is None else Catalogue({rule: catalogue.rules[rule]}, catalogue.hashes, catalogue.families)


def timed(path: Path, rule: str | None, walked: bool, kept: bool = False) -> dict[str, object]:
    """All stages over a store filled by `world.py`: seconds, memory, rows of the derived tables, number of findings."""
    clock = Clock()
    with Store.open(path) as store:
        clock.run("parties", lambda: make_parties(store))
        clock.run("purchases", lambda: make_purchases(store, None, None, None))
        clock.run("posts", lambda: make_posts(store))
        clock.run("declarations", lambda: make_declarations(store))
        hubs = clock.run("behind", lambda: make_behind(store))
        clock.run("near names", lambda: make_near_names(store))
        behind = clock.run("control", lambda: make_control(store, hubs))
        kin = clock.run("kin", lambda: make_kin(store))
        clock.run("suppositions", lambda: make_suppositions(store, None, name_patterns=True))
        rows = {table: (store.sql(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0] for table in _TOLD}
        if kept:
            keep(store, path, (kin, behind))
            return {"stages": clock.stages, "rows": rows, "peak": round(peak(), 3)}
        found = clock.run("rules", lambda: evaluate(store, only(rules_of(None), rule), kin, behind))
        if walked:
            clock.run("evidence", lambda: verify(store, found))
    return {"stages": clock.stages, "rows": rows, "findings": len(found), "peak": round(peak(), 3)}


def store_name(store: Store) -> str:
    """The catalogue the store's file is in DuckDB."""
    return str((store.sql("SELECT current_database()").fetchone() or ("memory",))[0])


def rules_alone(path: Path, rule: str | None) -> dict[str, object]:
    """The rules over derived tables that `keep` left: what is read from the file, and the memory of the ties, count."""
    clock = Clock()
    kin, behind = clock.run("ties", lambda: pickle.loads(path.with_suffix(".ties").read_bytes()))
    with Store.open(path) as store:
        if rule:  # the rule's own rows, as any engine would answer; then the findings made of them, with all their evidence
            clock.run("answer", lambda: (store.script(DEALING), store.rows(*compile_rule(rules_of(None).rules[rule]))))
        found = clock.run("rules", lambda: evaluate(store, only(rules_of(None), rule), kin, behind))
    return {"rule": rule or "all", "stages": clock.stages, "findings": len(found), "peak": round(peak(), 3)}


def keep(store: Store, path: Path, ties: object) -> None:
    """Write the derived tables into the store's file and the ties beside it: rules alone can be timed in a fresh process then."""
    for (table,) in store.sql("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall():
        store.sql(f'CREATE OR REPLACE TABLE "{store_name(store)}".main.{table} AS FROM temp.{table}')
    path.with_suffix(".ties").write_bytes(pickle.dumps(ties))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rule", help="one rule instead of all")
    parser.add_argument("--unwalked", action="store_true", help="without the evidence walk")
    parser.add_argument(
        "--keep", action="store_true", help="stop before the rules and leave the derived tables in the store's file"
    )
    parser.add_argument("--rules-alone", action="store_true", help="over the derived tables that --keep left")
    given = parser.parse_args()
    gc.set_threshold(COLLECT_AFTER, 10, 10)  # as the command does
    if given.rules_alone:
        print(json.dumps(rules_alone(given.store, given.rule)))
        return
    print(json.dumps(timed(given.store, given.rule, not given.unwalked, given.keep)))


if __name__ == "__main__":
    main()
