"""The words every stage shares: records that come in, findings that go out. Standard library only."""
