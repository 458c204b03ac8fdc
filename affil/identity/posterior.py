"""From the odds of pairs to probabilities: what excludes each other is set against each other."""

from __future__ import annotations

from pathlib import Path

from affil.store.store import Store


def make_likeness(store: Store) -> None:
    """Temporary table `likeness`: the best row of `weighed` for each (declared, behind), with its `probability` (0 to 1).

    Needs `pair` and `weighed` (weigh.py) with the columns declared and behind (two persons), and seen (persons of the registry who bear the full
    name, the one compared included).
    """
    store.script(Path(__file__).with_suffix(".sql"))
