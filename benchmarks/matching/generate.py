"""Declared persons, the registry and the truth between them, as Parquet files; the same seed gives the same bytes of content."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.matching.declared import make_declared
from benchmarks.matching.names import read_names
from benchmarks.matching.parameters import SIZES, Parameters
from benchmarks.matching.people import make_people
from benchmarks.matching.registry import make_registry, true_facts


def generate(folder: Path, size: str, seed: int = 1, settings: Parameters | None = None) -> None:
    """Write declared, registry and truth, and `hidden` (for the true model alone) as .parquet into `folder`, which is made."""
    settings = settings or Parameters()
    declared, listed = SIZES[size]
    rng = np.random.default_rng(seed)
    tables = read_names(settings.names)
    people = make_people(rng, tables, settings.names, settings.world, declared, listed)
    facts = true_facts(rng, people, settings)
    registry = make_registry(rng, tables, people, facts, settings)
    table, hidden = make_declared(rng, tables, people, facts, settings)
    truly = hidden[people.listed[hidden.place]]
    truth = pd.DataFrame(
        {"declared_id": truly.id, "registry_id": facts.holder[truly.place], "registry_inn": facts.inn[truly.place]}
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in (("declared", table), ("registry", registry), ("truth", truth), ("hidden", hidden)):
        _write(frame, folder / f"{name}.parquet")
    (folder / "settings.txt").write_text(f"size {size}\nseed {seed}\n{asdict(settings)}\n", encoding="utf-8")


def _write(frame: pd.DataFrame, path: Path) -> None:
    connection = duckdb.connect()
    connection.register("frame", frame)
    dates = [column for column in ("birth_date",) if column in frame]
    change = f" REPLACE ({', '.join(f'{column}::DATE AS {column}' for column in dates)})" if dates else ""
    connection.execute(f"COPY (SELECT *{change} FROM frame) TO '{path.as_posix()}' (FORMAT parquet)")
    connection.close()
