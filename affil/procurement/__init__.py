"""Purchases, who won or bid in them, and which officials serve the customer: the end from which rules start."""
