"""Small worlds for tests: a workspace folder with CSV tables and, where asked for, records put straight into a store."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from affil.ingest.inputs import InputFile
from affil.model.finding import Finding
from affil.model.run import Run
from affil.pipeline import Scope, found, load, rules_of, screen
from affil.settings import Settings, filled_toml
from affil.store.loaded import Loaded
from affil.store.store import Store
from affil.workspace import Workspace

Row = dict[str, Any]


def table(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as a CSV file with machine names for headings."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(names)
        writer.writerows([["" if row.get(name) is None else row[name] for name in names] for row in rows])
    return path


def loaded(store: Store, root: Path, *paths: Path, settings: Settings | None = None) -> list[Loaded]:
    """Load the paths (default: the inbox below `root`) in one call."""
    return load(store, Workspace(root), list(paths) or [root / "inbox"], settings or open_settings(), lambda _: None)


def screened(store: Store, scope: Scope | None = None, settings: Settings | None = None) -> Run:
    """A run over all shipped rules."""
    return screen(store, rules_of(None), settings or open_settings(), scope or Scope())


def findings_in(store: Store, scope: Scope | None = None) -> list[Finding]:
    """The findings of such a run, each walked again, without all else a run tells."""
    return found(store, rules_of(None), open_settings(), scope or Scope())[1]


@cache
def open_settings() -> Settings:
    """The settings of a fresh workspace with a basis for the relatives of workers too: nobody's kin is withheld."""
    return Settings.model_validate(tomllib.loads(filled_toml("ru", {"legal_basis": {"relatives": {"worker": "согласие"}}})))


def in_memory(name: str, text: str) -> InputFile:
    """A file that is nowhere on disk."""
    return InputFile(name, data=text.encode("utf-8"))


def kept(store: Path) -> dict[str, tuple[int, object]]:
    """Every table of a store by number and content of its rows; the log of who looked (affil/audit/) is no record of the data."""
    with Store.open(store) as opened:
        tables = [str(name) for (name,) in opened.sql("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()]
        told = {}
        for name in sorted(set(tables) - {"audit", "person_number"}):
            row = opened.sql(f"SELECT count(*), bit_xor(hash(CAST(t AS VARCHAR))) FROM {name} t").fetchone()
            assert row is not None
            told[name] = (int(row[0]), row[1])
        return told
