"""What one GROUP BY does, and the facts of a generated world that such a query shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

# As one writes it who knows SQL and not names: upper case, split on spaces, the whole name compared.
NAMES_SQL = """
CREATE OR REPLACE TEMP VIEW declared AS SELECT * FROM read_parquet('{folder}/declared.parquet');
CREATE OR REPLACE TEMP VIEW registry AS SELECT * FROM read_parquet('{folder}/registry.parquet');
CREATE OR REPLACE TEMP VIEW truth AS SELECT * FROM read_parquet('{folder}/truth.parquet');
CREATE OR REPLACE TEMP TABLE named AS
SELECT id, inn, array_to_string(list_filter(string_split(trim(upper(name)), ' '), word -> word <> '')[1:3], ' ') AS full_name FROM declared;
CREATE OR REPLACE TEMP TABLE holder AS
SELECT DISTINCT inn, concat_ws(' ', upper(surname), upper(given), upper(patronymic)) AS full_name FROM registry;
"""

GROUP_BY_SQL = """
CREATE OR REPLACE TEMP TABLE matched AS
WITH one AS (SELECT full_name, min(inn) AS inn FROM holder GROUP BY full_name HAVING count(DISTINCT inn) = 1)
SELECT named.id AS declared_id, registry.inn AS registry_inn, 1.0 AS probability FROM named JOIN registry USING (inn)
UNION
SELECT named.id, one.inn, 1.0 FROM named JOIN one USING (full_name)
"""

_FACTS_SQL = """
WITH counted AS (SELECT full_name, count(DISTINCT inn) AS holders FROM holder GROUP BY full_name),
shared AS (SELECT avg(CASE WHEN holders > 1 THEN 1.0 ELSE 0.0 END) FROM (SELECT inn, max(holders) AS holders FROM holder JOIN counted USING (full_name) GROUP BY inn)),
exact AS (SELECT DISTINCT named.id, holder.inn FROM named JOIN holder USING (full_name)),
right_pairs AS (SELECT count(*) FROM exact JOIN truth ON declared_id = id AND registry_inn = inn),
hits AS (SELECT count(*) FROM matched JOIN truth USING (declared_id, registry_inn))
SELECT (FROM shared), (FROM right_pairs) / (SELECT count(*) FROM exact), (FROM hits) / (SELECT count(*) FROM matched),
       (FROM hits) / (SELECT count(*) FROM truth), (SELECT count(*) FROM truth) / (SELECT count(*) FROM declared),
       (SELECT count(DISTINCT inn) FROM registry)
"""


@dataclass(frozen=True, slots=True)
class WorldFacts:
    """Shares, 0 to 1: what a generated world must show to be accepted."""

    shares_full_name: float
    exact_name_right: float
    group_by_precision: float
    group_by_recall: float
    declared_in_registry: float
    holders: int

    @property
    def group_by_f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.group_by_precision * self.group_by_recall / (self.group_by_precision + self.group_by_recall)


def match_by_group(connection: Any, folder: Path) -> None:
    """Temp table matched(declared_id, registry_inn, probability): ИНН equal, or the full name held by one ИНН."""
    connection.execute(NAMES_SQL.format(folder=folder.as_posix()))
    connection.execute(GROUP_BY_SQL)


def world_facts(folder: Path) -> WorldFacts:
    """What the world in `folder` shows."""
    connection = duckdb.connect()
    match_by_group(connection, folder)
    row = connection.execute(_FACTS_SQL).fetchone()
    connection.close()
    assert row is not None
    return WorldFacts(*row)
