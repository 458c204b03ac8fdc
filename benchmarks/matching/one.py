"""One matcher on one world, in this process: python -m benchmarks.matching.one MATCHER FOLDER no|yes OUT."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.matching.affil_runner import match_by_affil
from benchmarks.matching.ceiling import true_model
from benchmarks.matching.group_by import match_by_group
from benchmarks.matching.prepare import prepare
from benchmarks.matching.tools import python_of

HERE = Path(__file__).parent


def match(matcher: str, folder: Path, births: bool, out: Path) -> None:
    """Write declared_id, registry_inn, probability to the Parquet file `out`."""
    if matcher == "affil":
        match_by_affil(folder, births, out)
    elif matcher == "nomenklatura":
        _by_script("nomenklatura", folder, births, out)
    elif matcher in ("splink-split", "splink-parsed"):
        with tempfile.TemporaryDirectory() as made:
            prepare(folder, Path(made), parse=matcher == "splink-parsed")
            _by_script("splink", Path(made), births, out)
    else:
        connection = duckdb.connect()
        match_by_group(connection, folder) if matcher == "group-by" else true_model(connection, folder, births)
        connection.execute(
            f"COPY (SELECT declared_id, registry_inn, probability FROM matched) TO '{out.as_posix()}' (FORMAT parquet)"
        )


def _by_script(tool: str, folder: Path, births: bool, out: Path) -> None:
    environment: dict[str, Any] = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    script = HERE / f"{tool}_script.py"
    # -P: the script's own folder has modules of its own that must not stand before the standard library's
    command = [python_of(tool), "-P", script, folder, "yes" if births else "no", out]
    subprocess.run([str(part) for part in command], check=True, env=environment)


if __name__ == "__main__":
    match(sys.argv[1], Path(sys.argv[2]), sys.argv[3] == "yes", Path(sys.argv[4]))
