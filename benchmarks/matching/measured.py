"""Scores of a table `matched` against the truth of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.matching.metrics import Scores, scores

_JUDGED = """
SELECT max(m.probability) AS probability, bool_or(t.registry_inn IS NOT NULL) AS is_right, bool_or(coalesce(d.inn = m.registry_inn, false)) AS by_inn
FROM matched m JOIN read_parquet('{folder}/declared.parquet') d ON d.id = m.declared_id
LEFT JOIN read_parquet('{folder}/truth.parquet') t ON t.declared_id = m.declared_id AND t.registry_inn = m.registry_inn
GROUP BY m.declared_id, m.registry_inn
"""


def matched_scores(connection: Any, folder: Path) -> Scores:
    """Scores of the connection's table matched(declared_id, registry_inn, probability); of one pair the highest probability counts."""
    judged = connection.execute(_JUDGED.format(folder=folder.as_posix())).fetchnumpy()
    true_pairs = connection.execute(f"SELECT count(*) FROM read_parquet('{folder.as_posix()}/truth.parquet')").fetchone()[0]
    return scores(judged["probability"].astype(float), judged["is_right"].astype(bool), judged["by_inn"].astype(bool), true_pairs)
