"""What letters need beside a run: whose statement a record is, which files are open registers, who has no identity yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from affil.answers.completeness import Lists, lists_of
from affil.model.finding import Source
from affil.model.run import Run
from affil.store.store import Store

REGISTERS = ("egrul", "egrip", "fns_pdf", "dadata", "egrul_search")
NO_LISTS = Lists(None, None, ())


@dataclass(frozen=True, slots=True)
class Unidentified:
    """A relative of whom neither ИНН nor birth date is known; `official` is the key of who named him."""

    official: str
    name: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Bought:
    """First and last day of the purchases from a supplier, and their customers by name."""

    first: dt.date | None
    last: dt.date | None
    customers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """`own`: by official, the rows he answers for himself (questionnaire, declaration, notice); a row that two have a claim to is
    nobody's. `registers`: files of open registers. `bought`: by ИНН, or by name where there is none."""

    own: dict[str, frozenset[Source]] = field(default_factory=dict)
    registers: frozenset[str] = frozenset()
    unidentified: tuple[Unidentified, ...] = ()
    bought: dict[str, Bought] = field(default_factory=dict)
    lists: Lists = NO_LISTS


def facts_of(store: Store, run: Run) -> Facts:
    """All of it; read right after the run was made."""
    return Facts(
        own=own_statements(store),
        registers=frozenset(source.file for source in run.sources if source.kind in REGISTERS),
        unidentified=_unidentified(store),
        bought=_bought(store),
        lists=lists_of(store, run),
    )


def own_statements(store: Store) -> dict[str, frozenset[Source]]:
    """By official, the rows in force of his questionnaire, declaration and notices.

    A file may be put in place of another of its name, with other people in the same rows: such a row is nobody's.
    """
    claims: dict[Source, set[str]] = defaultdict(set)
    current: set[Source] = set()
    for key, file, locator, in_force in store.sql("""
        SELECT coalesce(official_key, ''), file, locator, superseded_by IS NULL FROM (
            SELECT official_key, source_id, locator, superseded_by FROM relative
            UNION ALL SELECT official_key, source_id, locator, superseded_by FROM declared_interest
            UNION ALL SELECT official_key, source_id, locator, superseded_by FROM notice) JOIN source USING (source_id)""").fetchall():  # fmt: skip
        claims[Source(file, locator)].add(key)
        if in_force:
            current.add(Source(file, locator))
    own: dict[str, set[Source]] = defaultdict(set)
    for source in current:
        if len(claims[source]) == 1:
            own[next(iter(claims[source]))].add(source)
    return {key: frozenset(sources) for key, sources in own.items() if key}


def _unidentified(store: Store) -> tuple[Unidentified, ...]:
    rows = store.sql("""
        SELECT DISTINCT official_key, name, coalesce(relationship, '') FROM relative_in_force
        WHERE fact = 'person' AND inn IS NULL AND birth_date IS NULL AND official_key IS NOT NULL AND name IS NOT NULL
        ORDER BY ALL""").fetchall()
    return tuple(Unidentified(*row) for row in rows)


def _bought(store: Store) -> dict[str, Bought]:
    rows = store.sql("""
        SELECT CASE WHEN starts_with(supplier, 'inn:') THEN supplier[5:] ELSE min(coalesce(supplier_name, supplier)) END,
               min(event_from), max(event_to), list_sort(list(DISTINCT coalesce(customer, customer_inn)))
        FROM purchase GROUP BY supplier""").fetchall()
    return {key: Bought(first, last, tuple(name for name in customers if name)) for key, first, last, customers in rows}
