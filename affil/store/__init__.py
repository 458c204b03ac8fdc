"""The store: records of every source in one DuckDB file, written in transactions, never overwritten."""
