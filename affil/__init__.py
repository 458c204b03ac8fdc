"""Conflict-of-interest and affiliation checks.

Files become records (`ingest`), records go into the store (`store`), the store tells who is who (`resolve`), what was bought
(`procurement`), who is whose kin (`kinship`) and who stands behind a supplier (`control`); rules join these (`rules`), say what
they could not see (`answers`), every finding is walked again on the raw records (`graph`), and documents are made (`reports`).
`pipeline.py` runs the stages in this order.
"""

__version__ = "0.1.0"
