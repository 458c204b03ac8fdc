"""Data and findings of a run for other tools: FollowTheMoney, GEXF, GraphML, Parquet. What maps to what: docs/export.md."""
