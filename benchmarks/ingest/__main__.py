"""All benchmarks of loading, one after another: `python -m benchmarks.ingest`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = ("tables", "egrul", "memory")


def main() -> None:
    """Run each part that is there; its own arguments are told by `python -m benchmarks.ingest.PART --help`."""
    for part in PARTS:
        if (Path(__file__).parent / f"{part}.py").exists():
            subprocess.run([sys.executable, "-m", f"benchmarks.ingest.{part}"], check=True)


if __name__ == "__main__":
    main()
