"""Is what the product says true, and is it all: `python -m benchmarks.quality --officials 300 1000 --seeds 1 2 3`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import measure
from benchmarks.district import generate
from benchmarks.score import SURE, WITH_INN, Score, calibration, score, share

LISTED = 40


def one_district(folder: Path, officials: int, seed: int, dirt: float) -> Score:
    """A district generated, screened by the product in a process of its own, and scored."""
    known: dict[str, Any] = generate(folder / "district", officials, seed, dirt)
    space = folder / "space"
    measure.workspace(space, folder / "district" / "inbox")
    ran = measure.run([*measure.product(), "screen", "-w", str(space)], folder / "screen")
    if ran.code not in (0, 3) or "Traceback" in ran.errors:
        raise SystemExit(f"affil screen ended with {ran.code} on seed {seed}:\n{ran.errors[-3000:]}")
    found = measure.findings(space)
    (folder / "findings.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(
        f"district of {officials}, seed {seed}: screened in {ran.seconds:.1f} s, {ran.megabytes:.0f} MB, {len(found)} findings",
        file=sys.stderr,
    )
    return score(known, found)


def _line(name: str, part: int, whole: int, target: float | None) -> str:
    value = share(part, whole)
    told = "nothing to measure" if value is None else f"{value:7.2%}  ({part} of {whole})"
    verdict = "" if target is None or value is None else f"   target {target:.0%}: {'met' if value >= target else 'MISSED'}"
    return f"  {name:<66} {told}{verdict}"


def report(total: Score) -> list[str]:
    """The figures as lines."""
    own = [one for one in total.expected if one["tie"]["declared"] in ("self", "own")]
    with_inn = [one for one in own if one["tie"]["situation"] in WITH_INN]
    two = [one for one in total.expected if one["tie"]["declared"] == "other"]
    grade_a = [one for one in total.findings if one["finding"]["identity_grade"] == "A"]
    sure = [one for one in total.findings if one["finding"]["confidence"] >= SURE]
    lines = [
        "figures (unit: official, supplier, purchase)",
        _line("declared ties in the two circles found", sum(one["found"] for one in own), len(own), 0.95),
        _line("… at grade A where both sides carry the ИНН", sum("A" in one["grades"] for one in with_inn), len(with_inn), 1.0),
        _line("ties that only two questionnaires together show, found", sum(one["found"] for one in two), len(two), None),
        _line("findings of grade A right", sum(one["right"] for one in grade_a), len(grade_a), 0.99),
        _line(f"findings of confidence ≥ {SURE} right", sum(one["right"] for one in sure), len(sure), 0.90),
        _line("right findings told without an error in kin, control, in_force",
              sum(one["right"] and not one["told"] for one in total.findings), sum(one["right"] for one in total.findings), None),
    ]  # fmt: skip
    for situation in sorted({str(one["tie"]["situation"]) for one in own}):
        part = [one for one in own if one["tie"]["situation"] == situation]
        sure_part = sum(one["confidence"] >= 0.5 for one in part)
        lines.append(_line(f"  found, identity situation «{situation}»", sum(one["found"] for one in part), len(part), None))
        lines.append(_line("  … with confidence ≥ 0.5", sure_part, len(part), None))
    return [*lines, *_calibration(total), *_missed(total), *_wrong(total)]


def _calibration(total: Score) -> list[str]:
    error, skill, table = calibration(total.pairs)
    if error is None:
        return ["calibration: no pair was found without an ИНН"]
    told = "not defined" if skill is None else f"{skill:.3f}"
    lines = [
        f"matches without ИНН (official and supplier): {len(total.pairs)}; calibration error {error:.3f}, Brier skill {told}"
    ]
    return lines + [f"    {count:5d} pairs   mean confidence {mean:.3f}   right {right:.3f}" for count, mean, right in table]


def _missed(total: Score) -> list[str]:
    missed = [one for one in total.expected if not one["found"]]
    lines = [f"ties not found: {len(missed)}, by kind {dict(Counter(one['kind'] for one in missed).most_common())}"]
    for one in missed[:LISTED]:
        tie, event = one["tie"], one["event"]
        lines.append(
            f"    seed {one['seed']} {one['kind']}: {tie['employee_id']} {tie['official']} – "
            f"{'|'.join(tie['chains'])} {tie['person']} – "
            f"{event['control']} {tie['supplier']} {tie['supplier_inn']}, "
            f"{event['contract'] or event['procedure']} of {event['day']}, "
            f"{event['state']}, situation {tie['situation']}"
        )
    named = [one for one in total.expected if one["tie"]["declared"] != "other" and one["tie"]["situation"] in WITH_INN]
    low = [one for one in named if one["found"] and "A" not in one["grades"]]
    lines += [
        f"    found, but not at grade A though both sides carry the ИНН: seed {one['seed']} {one['tie']['employee_id']} "
        f"{one['tie']['person']} {one['tie']['supplier_inn']}, grades {sorted(one['grades'])}"
        for one in low[:LISTED]
    ]
    return lines


def _wrong(total: Score) -> list[str]:
    by_kind = Counter(one["miss"]["kind"] for one in total.misses)
    lines = [f"near misses said wrongly: {len(total.misses)} of {sum(total.planted_misses.values())}"]
    lines += [f"    {kind}: {by_kind[kind]} of {count}" for kind, count in sorted(total.planted_misses.items())]
    for one in total.misses[:LISTED]:
        miss = one["miss"]
        lines.append(
            f"    seed {one['seed']} {miss['kind']}: {miss['employee_id']} {miss['official']} – {miss['person']} – "
            f"{miss['supplier']} "
            f"{miss['supplier_inn']}: {one['reason']}"
        )
    false = [
        one
        for one in total.findings
        if not one["right"] and (one["finding"]["confidence"] >= SURE or one["finding"]["identity_grade"] == "A")
    ]
    lines.append(f"wrong findings of grade A or confidence ≥ {SURE}: {len(false)}")
    for one in false[:LISTED]:
        said = one["finding"]
        lines.append(
            f"    seed {one['seed']} {one['pair']}: {said['rule']}, {said['kinship']}, {said['control']}, "
            f"grade {said['identity_grade']}, "
            f"{said['confidence']:.3f}: {one['told']}"
        )
    told = Counter(one["told"] for one in total.findings if one["right"] and one["told"])
    lines.append(f"true ties with something told wrongly: {sum(told.values())}")
    return lines + [f"    {count:4d} × {text}" for text, count in told.most_common(LISTED)]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officials", type=int, nargs="+", default=[300, 1000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--dirt", type=float, default=1.0)
    parser.add_argument("--keep", type=Path, help="keep districts, workspaces and findings in this folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        base = given.keep or Path(scratch)
        for officials in given.officials:
            total = Score()
            for seed in given.seeds:
                folder = base / f"{officials}-{seed}"
                folder.mkdir(parents=True)
                total.add(one_district(folder, officials, seed, given.dirt))
            print(f"\n== {officials} officials, seeds {given.seeds}, dirt {given.dirt}")
            print("\n".join(report(total)), flush=True)


if __name__ == "__main__":
    main()
