"""A large fictional municipality into a store, by columns: `python -m benchmarks.rules.world STORE --officials 100000`."""

from __future__ import annotations

import argparse
from pathlib import Path

from affil.store.store import Store

PLANTED = 0.02


def fill(store: Store, officials: int, seed: int = 7, planted: float = PLANTED, known: float = 0.0) -> None:
    """Officials, kin, firms, purchases and planted ties in an empty store, already linked; the same for one seed.

    `planted`: the part of officials who get a firm of their own or their kin's that supplies their customer. `known`: at least
    that part of officials and of kin have their ИНН in the questionnaire; 1 leaves nobody to be supposed.
    """
    store.sql(f"SET VARIABLE n = {int(officials)}")
    store.sql(f"SET VARIABLE seed = {int(seed)}")
    store.sql(f"SET VARIABLE planted = {float(planted)}")
    store.sql(f"SET VARIABLE known = {float(known)}")
    text = (Path(__file__).parent / "world.sql").read_text(encoding="utf-8")
    with store.transaction():
        for statement in text.split(";\n"):
            if statement.strip():
                store.sql(statement)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--officials", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with Store.open(given.store) as store:
        fill(store, given.officials, given.seed)


if __name__ == "__main__":
    main()
