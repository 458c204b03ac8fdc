"""One procurement before bids are considered: its officials and commission against its participants, one answer a pair."""
