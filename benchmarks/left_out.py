"""What surname and patronymic tell of kin whom no questionnaire names: `python -m benchmarks.left_out --seeds 1 2`.

A district is screened twice: as it is, where every pair the rule tells is chance; and with parents, children, brothers and
sisters taken out of all questionnaires, where the true ones are what it can find.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import measure
from benchmarks.district import generate

RULE = "kin-not-in-questionnaire-name-pattern"
NEAR = ("sibling", "sibling(half)", "child", "parent")
Pair = tuple[str, str, str]


def pairs_told(space: Path, *options: str) -> set[Pair]:
    """Official (employer and number) and supplier of the rule's findings."""
    ran = measure.run([*measure.product(), "screen", "-w", str(space), *options], space.parent / "screen")
    if ran.code not in (0, 3):
        raise SystemExit(f"affil screen ended with {ran.code}:\n{ran.errors[-3000:]}")
    found = [one for one in measure.findings(space) if one["rule"] == RULE]
    return {(one["employee"]["employer_inn"], one["employee"]["employee_id"], one["supplier"]["inn"]) for one in found}


def leave_out(space: Path) -> None:
    """Take near kin by blood out of the store's questionnaires."""
    with duckdb.connect(str(space / "affil.duckdb")) as store:
        store.execute("DELETE FROM relative WHERE chains IN (SELECT unnest(?))", [list(NEAR)])


def one_district(folder: Path, officials: int, seed: int) -> str:
    """A line of figures; unit: pairs of an official and a supplier."""
    known: dict[str, Any] = generate(folder / "district", officials, seed)
    space = folder / "space"
    measure.workspace(space, folder / "district" / "inbox")
    chance = pairs_told(space)
    leave_out(space)
    told = pairs_told(space, "--no-load")
    near = {(tie["employer_inn"], tie["employee_id"], tie["supplier_inn"]) for tie in known["ties"] if {*tie["chains"]} & {*NEAR}}
    found = f"{len(told)} told, {len(told & near)} of them true, of {len(near)} there are"
    return f"seed {seed}: as it is, {len(chance)} told; near kin left out, {found}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officials", type=int, default=1000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    for seed in given.seeds:
        with tempfile.TemporaryDirectory() as folder:
            print(one_district(Path(folder), given.officials, seed), flush=True)


if __name__ == "__main__":
    main()
