"""A stand-in for the package `russiannames` with a share of its words missing: what the matcher does where its lists do not know a name."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.matching.names import paths

# A family goes with its feminine form, a given name stays or goes for men and women alike. A word nobody bears stands in every list, so that
# none is empty.
_LEFT = """
COPY (
  WITH listed AS (FROM read_parquet('{path}')),
  heads AS (SELECT {woman} AS text, min(text) AS head FROM listed WHERE {woman} IS NOT NULL GROUP BY ALL)
  SELECT listed.* FROM listed LEFT JOIN heads USING (text)
  WHERE hash(replace(lower(coalesce(head, text)), 'ё', 'е'), 7) % 10000 >= {share} * 10000
  UNION ALL BY NAME SELECT 'Щыщ' AS text, unnest(['m', 'f']) AS gender, 1000::BIGINT AS count, ['slav'] AS ethnic
) TO '{out}' (FORMAT parquet)
"""


def withhold(share: float, folder: Path) -> Path:
    """A folder to put first on PYTHONPATH: its `russiannames` lacks `share` (0 to 1) of the words of every list, the same ones each time."""
    data = folder / f"withheld-{share:g}" / "russiannames" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data.parent / "__init__.py").write_text('"""Lists of names with words withheld, for a measurement."""\n', encoding="utf-8")
    connection = duckdb.connect()
    for table, path in paths().items():
        woman = "f_form" if table == "surnames" else "NULL::VARCHAR"
        connection.execute(_LEFT.format(path=path, woman=woman, share=share, out=(data / f"{table}.parquet").as_posix()))
    connection.close()
    return data.parents[1]
