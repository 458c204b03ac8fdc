"""Every derived stage of a screen timed in this process, as one line of JSON: `python -m benchmarks.rules.stages STORE`."""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from affil.control.table import make_control
from affil.graph.evidence import verify
from affil.kinship.table import make_kin
from affil.pipeline import rules_of
from affil.procurement.posts import make_posts
from affil.procurement.purchases import make_purchases
from affil.resolve.parties import make_parties
from affil.resolve.suppose import make_near_names, make_suppositions
from affil.rules.evaluate import evaluate
from affil.rules.rule import Catalogue
from affil.store.store import Store

Out = TypeVar("Out")
_TOLD = ("mention", "kin", "control", "related", "purchase", "service", "identity")


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
        return out


def peak() -> float:
    """The most memory this process had, in GB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def only(catalogue: Catalogue, rule: str | None) -> Catalogue:
    """The catalogue with that rule alone, or as it is."""
    return catalogue if rule is None else Catalogue({rule: catalogue.rules[rule]}, catalogue.hashes, catalogue.families)


def timed(path: Path, rule: str | None, walked: bool) -> dict[str, object]:
    """All stages over a store filled by `world.py`: seconds, memory, rows of the derived tables, number of findings."""
    clock = Clock()
    with Store.open(path) as store:
        clock.run("parties", lambda: make_parties(store))
        clock.run("purchases", lambda: make_purchases(store, None, None, None))
        clock.run("posts", lambda: make_posts(store))
        behind = clock.run("control", lambda: make_control(store))
        clock.run("near names", lambda: make_near_names(store))
        kin = clock.run("kin", lambda: make_kin(store))
        clock.run("suppositions", lambda: make_suppositions(store, None))
        rows = {table: (store.sql(f"SELECT count(*) FROM {table}").fetchone() or (0,))[0] for table in _TOLD}
        found = clock.run("rules", lambda: evaluate(store, only(rules_of(None), rule), kin, behind))
        if walked:
            clock.run("evidence", lambda: verify(store, found))
    return {"stages": clock.stages, "rows": rows, "findings": len(found), "peak": round(peak(), 3)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rule", help="one rule instead of all")
    parser.add_argument("--unwalked", action="store_true", help="without the evidence walk")
    given = parser.parse_args()
    print(json.dumps(timed(given.store, given.rule, not given.unwalked)))


if __name__ == "__main__":
    main()
