"""Names that may be one person's, found by what they have in common and not by comparing each with each."""

from __future__ import annotations

from pathlib import Path

from affil.language.fio_fold import sound
from affil.language.fio_given import unmarked_patronymics
from affil.language.fio_same import given_root
from affil.store.store import Store


def make_name_pairs(store: Store) -> None:
    """Temporary table `name_pair`: surname, given, patronymic, former_surnames of `declared_name`, and k_surname, k_given, k_patronymic of
    `known_name`, the two tables it needs, of distinct names in comparable form (former surnames joined by '|')."""
    givens = store.sql(
        "SELECT DISTINCT given FROM (SELECT given FROM declared_name UNION SELECT given FROM known_name) ORDER BY 1"
    ).fetchall()
    store.temporary(
        "given_form", {"given": "VARCHAR", "form": "VARCHAR"}, [(given, sound(given_root(given))) for (given,) in givens if given]
    )
    store.temporary("unmarked", {"patronymic": "VARCHAR", "russian": "VARCHAR"}, sorted(unmarked_patronymics().items()))
    store.script(Path(__file__).with_suffix(".sql"))
