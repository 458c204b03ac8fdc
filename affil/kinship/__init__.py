"""Kinship: chains and what they reduce to, circles of the statutes, kin composed over questionnaires, names of chains."""
