"""Orders on procurement commissions kept as Word files."""
