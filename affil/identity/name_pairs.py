"""Names that may be one person's, found by what they have in common and not by comparing each with each."""

from __future__ import annotations

from pathlib import Path

from affil.store.store import Store


def make_name_pairs(store: Store) -> None:
    """Temporary table `name_pair`: surname, given, patronymic, former_surnames of `declared_name`, and k_surname, k_given, k_patronymic of
    `known_name`, the two tables it needs, of distinct names in comparable form (former surnames joined by '|')."""
    store.script(Path(__file__).with_suffix(".sql"))
