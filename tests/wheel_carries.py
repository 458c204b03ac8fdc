"""`python tests/wheel_carries.py WHEEL`: program, rules and sample data are in the built wheel, and nothing else."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = {"affil": "affil", "rules": "affil/_shipped/rules", "sample_data": "affil/_shipped/sample_data"}
NOT_CARRIED = {".pyc", ".duckdb"}


def expected() -> set[str]:
    """The files of the sources by the names they have in the wheel."""
    return {
        f"{place}/{file.relative_to(ROOT / folder).as_posix()}"
        for folder, place in PLACES.items()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix not in NOT_CARRIED
    }


def main() -> int:
    """0 where they agree; otherwise what is missing or too much, and 1."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        carried = {name for name in wheel.namelist() if ".dist-info/" not in name and not name.endswith("/")}
    for name in sorted(expected() - carried):
        print(f"not in the wheel: {name}")
    for name in sorted(carried - expected()):
        print(f"in the wheel, not in the sources: {name}")
    return int(carried != expected())


if __name__ == "__main__":
    sys.exit(main())
