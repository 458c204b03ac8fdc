"""affil on the two tables, through the one function it offers for that."""

from __future__ import annotations

from pathlib import Path

import duckdb

_DECLARED = "CREATE TEMPORARY VIEW asked_declared AS SELECT * FROM read_parquet('{folder}/declared.parquet')"
_REGISTRY = "CREATE TEMPORARY VIEW asked_registry AS SELECT * {births} FROM read_parquet('{folder}/registry.parquet')"
_NO_BIRTHS = "REPLACE (NULL::DATE AS birth_date)"


def match_by_affil(folder: Path, births: bool, out: Path) -> None:
    """Write declared_id, registry_inn, probability. Without `births` the registry has no dates of birth; the questionnaires keep theirs.

    affil.identity.match_tables(store, declared, registry) leaves the temporary table likeness(declared, behind, probability, …).
    """
    from affil.identity.bulk import match_tables
    from affil.store.store import Store

    # a connection of its own: the product's opens no files, and the two tables are files here
    with Store(duckdb.connect(config={"pandas_analyze_sample": "0"})) as store:
        store.sql(_DECLARED.format(folder=folder.as_posix()))
        store.sql(_REGISTRY.format(folder=folder.as_posix(), births="" if births else _NO_BIRTHS))
        match_tables(store, "asked_declared", "asked_registry")
        store.sql(
            "COPY (SELECT declared AS declared_id, behind AS registry_inn, probability FROM likeness) "
            f"TO '{out.as_posix()}' (FORMAT parquet)"
        )
