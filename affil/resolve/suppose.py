"""Suppositions: who behind a supplier may be a declared relative or the official, though nothing proves it.

Sought only where a purchase could join the two (DESIGN 3), and kept as ties with a probability, never merged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from affil.language.companies import company_key
from affil.language.fio import PersonName
from affil.language.frequencies import NameFrequencies
from affil.resolve.name_pattern import make_name_pattern, pattern_pairs
from affil.resolve.same_person import Match, Person, compare
from affil.store.store import Store

Row = dict[str, Any]

_COLUMNS = {
    "declared": "VARCHAR", "behind": "VARCHAR", "declared_mention": "VARCHAR", "behind_mention": "VARCHAR", "probability": "DOUBLE",
    "grade": "VARCHAR", "agreement": "VARCHAR", "expected_holders": "DOUBLE", "seen_holders": "INTEGER",
}  # fmt: skip


def make_near_names(store: Store) -> None:
    """Temporary table `near_pair`: mentions of declared persons and of persons behind suppliers whose names may be one person's.

    Only those whom a purchase could join (DESIGN 3); of all, `near_mention`. Two mentions of one party are no pair. Makes `supply` and
    `one_family` too. Needs the temporary tables mention, party, told, service, purchase, purchase_scope, institution_of, related and
    stands_behind.
    """
    store.script(Path(__file__).with_name("near_names.sql"))


def make_suppositions(store: Store, home_region: str | None, name_patterns: bool = False) -> None:
    """Temporary table `identity`: (declared party, party behind a supplier), probability, grade, how the names agree, counts.

    Needs the temporary tables mention, party, kin, control, related and service, and those of near_names.sql. `home_region`: two digits
    of the ИНН region the district lies in; None takes the region of the officials' employers. Of several records of the same
    two parties the pair with the highest probability counts. `name_patterns`: make the table `name_pattern` too.
    """
    home_region = home_region or _employers_region(store)
    store.script(Path(__file__).with_suffix(".sql"))
    rows = store.rows("SELECT * FROM evidence_pair")
    pairs = pattern_pairs(store) if name_patterns else []
    frequencies = _frequencies([*rows, *pairs])
    best = _best_matches(store, rows, home_region, frequencies) if rows else {}
    store.temporary("identity", _COLUMNS, [_identity(match, row) for _, (match, row) in sorted(best.items())])
    make_name_pattern(store, pairs, frequencies, home_region)


def _best_matches(
    store: Store, rows: list[Row], home_region: str | None, frequencies: NameFrequencies
) -> dict[tuple[str, str], tuple[Match, Row]]:
    holders, rivals = _holders(store), _rivals(rows)
    best: dict[tuple[str, str], tuple[Match, Row]] = {}
    for row in rows:
        match = compare(_declared(row, home_region), _behind(row), frequencies, holders.get(row["b_name_key"], 1))
        match = match and replace(match, probability=match.probability / rivals[_rival_key(row)])
        key = (row["declared"], row["behind"])
        if match and (key not in best or match.probability > best[key][0].probability):
            best[key] = (match, row)
    return best


def _rivals(rows: list[Row]) -> dict[tuple[str, ...], int]:
    """How many declared people of one full name, certainly different (born in different years), one registry person could be.

    A father and a son named alike cannot both be he: the probability is shared.
    """
    born: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for row in rows:
        born[_rival_key(row)] |= {row["birth_year"]} - {None}
    return {key: max(1, len(years)) for key, years in born.items()}


def _rival_key(row: Row) -> tuple[str, ...]:
    return (row["behind"], row["surname"], row["given"], row["patronymic"] or "")


def _identity(match: Match, row: Row) -> tuple[object, ...]:
    return (
        row["declared"], row["behind"], row["declared_mention"], row["behind_mention"], match.probability,
        match.grade, match.agreement, match.expected_holders, match.seen_holders,
    )  # fmt: skip


def _declared(row: Row, home_region: str | None) -> Person:
    former = tuple(part for part in (row["former_surnames"] or "").split("|") if part)
    name = PersonName(row["surname"], row["given"], row["patronymic"], former, row["gender"])
    return Person(
        name, row["inn"], row["birth_year"], home_region, row["phone"], row["email"], birth_date=row["birth_date"],
        employer_key=company_key(row["employer"].split(",")[0]) if row["employer"] else None,
    )  # fmt: skip


def _behind(row: Row) -> Person:
    name = PersonName(row["b_surname"], row["b_given"], row["b_patronymic"], (), row["b_gender"])
    return Person(
        name, row["b_inn"], row["b_birth_year"], phone=row["b_phone"], email=row["b_email"], employer_key=row["b_employer"],
        birth_date=row["b_birth_date"],
    )  # fmt: skip


def _frequencies(rows: list[Row]) -> NameFrequencies:
    """The frequencies of all names in the rows, read once; none where there are no rows."""
    if not rows:
        return NameFrequencies({}, {}, frozenset())

    def words(part: str) -> set[str]:
        return {row[side] for row in rows for side in (part, f"b_{part}") if row[side]}

    return NameFrequencies.load(words("surname"), words("given"), words("patronymic"))


def _employers_region(store: Store) -> str | None:
    """The region in which most employers of officials are registered; None where two tie or none is known."""
    rows = store.sql("""
        SELECT employer_inn[:2] AS region, count(DISTINCT employer_inn) AS employers FROM official_in_force
        WHERE employer_inn IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2""").fetchall()
    tied = len(rows) == 2 and rows[0][1] == rows[1][1]
    return None if tied or not rows else str(rows[0][0])


def _holders(store: Store) -> dict[str, int]:
    """How many different persons of a full name the loaded registry shows."""
    rows = store.sql("""
        SELECT name_key, count(DISTINCT party) FROM mention JOIN party USING (mention)
        WHERE kind IN ('tie', 'proprietor') AND name_key IN (SELECT b_name_key FROM evidence_pair) GROUP BY 1""").fetchall()
    return {str(name): int(count) for name, count in rows}
