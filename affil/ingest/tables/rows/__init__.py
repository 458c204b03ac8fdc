"""Rows of tables into records: one builder a table."""
