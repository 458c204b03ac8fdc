"""Officers' tables into the store against bare readers of them: `python -m benchmarks.ingest.tables [--rows 1000000]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ingest.lists import KINDS, write_csv, write_xlsx

CSV_RATIO, XLSX_RATIO, MEGABYTES = 3.0, 2.0, 500


@dataclass(frozen=True, slots=True)
class Read:
    """One reading in a process of its own."""

    seconds: float
    processor: float
    megabytes: float
    rows: int


def read(what: str, path: Path, store: Path) -> Read:
    """Read the file in a fresh process into a fresh store."""
    call = [sys.executable, "-m", "benchmarks.ingest.one", what, str(path), str(store)]
    seconds, processor, megabytes, rows = subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()
    return Read(float(seconds), float(processor), float(megabytes), int(rows))


def compare(path: Path, bare: str, target: float, times: int, scratch: Path) -> str:
    """One line: the best of several readings, the product's and the bare reader's in turn."""
    pairs = [(read("affil", path, scratch / "a.duckdb"), read(bare, path, scratch / "b.duckdb")) for _ in range(times)]
    ours, theirs = (
        min((one for one, _ in pairs), key=lambda one: one.seconds),
        min((one for _, one in pairs), key=lambda one: one.seconds),
    )
    ratio = ours.seconds / theirs.seconds
    peak = max(one.megabytes for one, _ in pairs)
    return (
        f"{path.name}: {ours.seconds:.2f} s (processor {ours.processor:.2f}), "
        f"{bare} {theirs.seconds:.2f} s (processor {theirs.processor:.2f}): "
        f"ratio {ratio:.1f}, target {target:g}: {'met' if ratio <= target else 'MISSED'}; "
        f"{ours.rows} rows taken; peak {peak:.0f} MB, "
        f"target {MEGABYTES}: {'met' if peak <= MEGABYTES else 'MISSED'}"
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of each CSV list; workbooks have a tenth of them")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--kinds", nargs="*", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--keep", type=Path, help="a folder where the lists are kept for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        folder = given.keep or scratch
        folder.mkdir(parents=True, exist_ok=True)
        for kind in given.kinds:
            text, book = folder / f"{kind}.csv", folder / f"{kind}.xlsx"
            if not text.exists():
                write_csv(text, kind, given.rows)
            if not book.exists():
                write_xlsx(book, kind, given.rows // 10)
            print(compare(text, "duckdb", CSV_RATIO, given.times, scratch), flush=True)
            print(compare(book, "calamine", XLSX_RATIO, given.times, scratch), flush=True)


if __name__ == "__main__":
    main()
