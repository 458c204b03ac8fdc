"""A fictional district with a known truth: `python -m benchmarks.district OUT --officials 1000 --seed 7 [--dirt 1.0]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random

from benchmarks.fiction.plants import plant
from benchmarks.fiction.registry import Extracts
from benchmarks.fiction.tables import Tables
from benchmarks.fiction.truth import truth
from benchmarks.fiction.world import District

TIES, MISSES = 0.15, 0.10  # of the officials, get one planted


def generate(
    out: Path, officials: int, seed: int, dirt: float = 1.0, ties: float = TIES, misses: float = MISSES
) -> dict[str, object]:
    """Write `OUT/inbox/…` and `OUT/truth.json` (beside the inbox, never in it); the truth is also given back.

    The same arguments write the same tables, extracts and truth.
    """
    inbox = out / "inbox"
    if inbox.exists() and any(inbox.iterdir()):
        raise SystemExit(f"{inbox} holds files already; a district needs a folder of its own")
    district = District(officials, seed)
    plants = plant(district, round(ties * officials), round(misses * officials))
    district.fill()
    inbox.mkdir(parents=True, exist_ok=True)
    Tables(district, inbox, dirt).write()
    Extracts(inbox / "ФНС", Random(f"extracts {seed} {officials}")).write(district.firms)
    known = truth(district, plants, dirt)
    (out / "truth.json").write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    return known


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--officials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dirt", type=float, default=1.0)
    given = parser.parse_args()
    known = generate(given.out, given.officials, given.seed, given.dirt)
    print(f"{given.out}: " + ", ".join(f"{known[key]} {key}" for key in ("officials", "relatives", "suppliers", "contracts")))


if __name__ == "__main__":
    main()
