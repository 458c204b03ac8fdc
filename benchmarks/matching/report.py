"""The measured figures as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_HEAD = (
    "| matcher | F1 | of the ceiling | precision / recall there | recall at P ≥ 0.99 | of the ceiling | calibration error | Brier skill | seconds | peak MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def report(made: Mapping[str, Any]) -> str:
    """Facts of the world, a table for each kind of registry, and the hard cases."""
    world = made["world"]
    lines = [
        f"{made['size']}, seed {made['seed']}: {world['holders']:,} holders, {world['declared_in_registry']:.3f} of the declared are there; "
        f"{world['shares_full_name']:.3f} share their full name; an exact full name is right in {world['exact_name_right']:.3f}; "
        f"the GROUP BY has F1 {world['group_by_f1']:.3f}"
    ]
    for births in (False, True):
        rows = [row for row in made["matchers"] if row["births"] is births]
        if rows:
            lines += ["", f"Dates of birth in the registry: {'yes' if births else 'no'}", "", _HEAD, *_rows(rows)]
    if made["hard_cases"]:
        lines += ["", *_hard(made["hard_cases"])]
    return "\n".join(lines)


def _rows(rows: list[Any]) -> list[str]:
    ceiling = next((row for row in rows if row["matcher"] == "ceiling"), None)
    return [_row(row, ceiling) for row in rows]


def _row(row: Mapping[str, Any], ceiling: Mapping[str, Any] | None) -> str:
    name = row["matcher"] + (f", {row['withheld']:.0%} of the lists withheld" if row["withheld"] else "")
    cells = [
        name,
        f"{row['f1']:.3f}",
        _share(row["f1"], ceiling["f1"] if ceiling else None),
        f"{row['precision']:.3f} / {row['recall']:.3f}",
        f"{row['recall_at_99']:.3f}",
        _share(row["recall_at_99"], ceiling["recall_at_99"] if ceiling else None),
        _number(row["calibration_error"]),
        _number(row["brier_skill"]),
        f"{row['seconds']:.1f}",
        "–" if row["megabytes"] is None else f"{row['megabytes']:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _share(part: float, whole: float | None) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _hard(cases: Mapping[str, Mapping[str, float]]) -> list[str]:
    matchers = list(next(iter(cases.values())))
    lines = [f"| accepted, by name alone | {' | '.join(matchers)} |", "|---" * (len(matchers) + 1) + "|"]
    return lines + [f"| {case} | {' | '.join(f'{rates[one]:.2f}' for one in matchers)} |" for case, rates in cases.items()]
