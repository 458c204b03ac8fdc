"""Tables an officer hands in (CONTRACT 3) into records."""
