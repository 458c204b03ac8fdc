"""The report on one official or candidate: what its sections say, as parts that become text or paper, and as JSON."""
