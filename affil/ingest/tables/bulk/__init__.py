"""Long regular sheets by whole columns."""
