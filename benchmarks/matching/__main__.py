"""Who is who, side by side: python -m benchmarks.matching --size 10k --birth no."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.matching.generate import generate
from benchmarks.matching.group_by import world_facts
from benchmarks.matching.hard_cases import hard_case_rates
from benchmarks.matching.measured import matched_scores
from benchmarks.matching.parameters import SIZES
from benchmarks.matching.process import run
from benchmarks.matching.report import report
from benchmarks.matching.tools import WANTED, python_of
from benchmarks.matching.withheld import withhold

MATCHERS = ("ceiling", "group-by", "splink-split", "splink-parsed", "nomenklatura", "affil")


def main() -> None:
    """Generate, run each matcher in a process of its own, print the table in Markdown and write it as JSON."""
    asked = _arguments()
    folder = asked.folder / asked.size
    if not (folder / "truth.parquet").exists():
        generate(folder, asked.size, asked.seed)
    facts = world_facts(folder)
    for matcher in asked.only:
        if (tool := matcher.partition("-")[0]) in WANTED:
            python_of(tool)  # before the clock runs
    measured = [
        _measured(matcher, folder, births, share)
        for births in {"no": (False,), "yes": (True,), "both": (False, True)}[asked.birth]
        for matcher in asked.only
        if not (matcher == "nomenklatura" and asked.size == "100k")
        for share in (asked.withheld if matcher == "affil" else [0.0])
    ]
    made: dict[str, Any] = {"size": asked.size, "seed": asked.seed, "world": {**asdict(facts), "group_by_f1": facts.group_by_f1}}
    made |= {
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "python": sys.version.split()[0],
        "duckdb": duckdb.__version__,
    }
    made |= {"matchers": measured, "hard_cases": hard_case_rates(asked.hard) if asked.hard else {}}
    if asked.json:
        asked.json.write_text(json.dumps(made, ensure_ascii=False, indent=2), encoding="utf-8")
    print(report(made))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=main.__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="10k")
    parser.add_argument("--birth", choices=["no", "yes", "both"], default="no", help="dates of birth in the registry")
    parser.add_argument(
        "--only", nargs="+", choices=MATCHERS, default=list(MATCHERS[:-1]), metavar="MATCHER", help=", ".join(MATCHERS)
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "match", help="where the worlds are kept")
    parser.add_argument(
        "--withheld", type=float, nargs="+", default=[0.0], help="shares of the lists of names that affil has to do without"
    )
    parser.add_argument(
        "--hard", type=int, default=0, metavar="PAIRS", help="also the hard cases by name alone, so many pairs of each"
    )
    parser.add_argument("--json", type=Path, help="where to write the same figures as JSON")
    return parser.parse_args()


def _measured(matcher: str, folder: Path, births: bool, share: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "matched.parquet"
        command = [sys.executable, "-m", "benchmarks.matching.one", matcher, str(folder), "yes" if births else "no", str(out)]
        took = run(command, Path(made) / "log", withhold(share, Path(made)) if share else None)
        connection = duckdb.connect()
        connection.execute(f"CREATE TEMP TABLE matched AS FROM read_parquet('{out.as_posix()}')")
        scores = matched_scores(connection, folder)
        connection.close()
    shown = {
        "matcher": matcher,
        "births": births,
        "withheld": share,
        **asdict(scores),
        "seconds": took.seconds,
        "megabytes": took.megabytes,
    }
    print(json.dumps(shown), file=sys.stderr, flush=True)
    return shown


if __name__ == "__main__":
    main()
