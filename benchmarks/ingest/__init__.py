"""How fast files go into the store, and how much memory that takes: ratios to bare readers in one run."""
