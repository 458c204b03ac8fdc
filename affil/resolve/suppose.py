"""Suppositions: who behind a supplier may be a declared relative or the official, though nothing proves it.

Sought only where a purchase could join the two (DESIGN 3), and kept as ties with a probability, never merged.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from affil.identity.lines import evidence_lines
from affil.identity.name_pairs import make_name_pairs
from affil.identity.posterior import make_likeness
from affil.identity.weights import weights
from affil.language.addresses import flat_key
from affil.language.companies import company_key
from affil.language.emails import emails
from affil.language.frequencies import NameFrequencies
from affil.language.kin_names import patronymic_fits
from affil.language.phones import phone_numbers
from affil.resolve.name_pattern import make_name_pattern, pattern_pairs
from affil.store.store import Store

Row = dict[str, Any]

_COLUMNS = {
    "declared": "VARCHAR", "behind": "VARCHAR", "declared_mention": "VARCHAR", "behind_mention": "VARCHAR", "probability": "DOUBLE",
    "grade": "VARCHAR", "agreement": "VARCHAR", "expected_holders": "DOUBLE", "seen_holders": "INTEGER", "evidence": "VARCHAR",
}  # fmt: skip
_KEPT_HOWEVER_LOW = ("exact", "former_surname", "typo", "no_patronymic", "initials")
"""A name that agrees as far as it is written, but for a slip of the pen, stays a lead with its low probability (CONTRACT 4): the common name
of a relative whose patronymic is left out would be found by nobody else."""


def make_near_names(store: Store) -> None:
    """Temporary table `near_pair`: mentions of declared persons and of persons behind suppliers whose names may be one person's.

    Only those whom a purchase could join (DESIGN 3); of all, `near_mention`. Two mentions of one party are no pair. Makes `supply` and
    `one_family` too. Needs the temporary tables mention, party, told, service, purchase, purchase_scope, institution_of, related and
    stands_behind.
    """
    store.script(Path(__file__).with_name("sought.sql"))
    make_name_pairs(store)
    store.script(Path(__file__).with_name("near_names.sql"))


def make_suppositions(store: Store, home_region: str | None, name_patterns: bool = False) -> None:
    """Temporary table `identity`: (declared party, party behind a supplier), probability, grade, how the names agree, counts, and
    `evidence`: the lines of affil/identity/lines.py as JSON.

    Needs the temporary tables mention, party, kin, control, related and service, and those of near_names.sql. `home_region`: two digits
    of the ИНН region the district lies in; None takes the region of the officials' employers. Of several records of the same
    two parties the pair with the best odds counts. `name_patterns`: make the table `name_pattern` too.
    """
    home_region = home_region or _employers_region(store)
    rows = _near(store)
    pairs = pattern_pairs(store) if name_patterns else []
    frequencies = _frequencies([*rows, *pairs])
    store.temporary("identity", _COLUMNS, _identities(store, rows, home_region, frequencies) if rows else [])
    make_name_pattern(store, pairs, frequencies, home_region)


def supposed(store: Store, home_region: str | None) -> list[Row]:
    """The rows `make_suppositions` would put into `identity` for the pairs of the table `person_pair`, without the table.

    Needs the temporary tables mention, party, person_pair (declared_mention, declared, behind_mention, behind) and kin.
    """
    if not store.sql("SELECT 1 FROM person_pair LIMIT 1").fetchone():
        return []  # the lists of names are long to read
    rows = _evidence_pairs(store)
    frequencies = _frequencies(rows)
    found = _identities(store, rows, home_region or _employers_region(store), frequencies) if rows else []
    return [dict(zip(_COLUMNS, row, strict=True)) for row in found]


def _near(store: Store) -> list[Row]:
    """The pairs of near names that a purchase joins, with what is known of both sides."""
    if not store.sql("SELECT 1 FROM near_pair LIMIT 1").fetchone():
        return []
    store.script(Path(__file__).with_suffix(".sql"))
    return _evidence_pairs(store)


def _evidence_pairs(store: Store) -> list[Row]:
    store.script(Path(__file__).with_name("evidence_pair.sql"))
    return store.rows("SELECT * FROM evidence_pair ORDER BY pair_id")


def _identities(store: Store, rows: list[Row], home_region: str | None, frequencies: NameFrequencies) -> list[tuple[object, ...]]:
    from affil.identity.weigh import weigh  # it reads numpy; where no names are alike it is not needed

    _make_pairs(store, rows, home_region)
    weigh(store, frequencies)
    make_likeness(store)
    return [
        (
            row["declared"], row["behind"], row["declared_mention"], row["behind_mention"], row["probability"], row["grade"],
            row["agreement"], row["expected"], row["seen"], json.dumps(evidence_lines(row), ensure_ascii=False),
        )
        for row in store.rows("SELECT * FROM likeness ORDER BY declared, behind")
        if row["probability"] >= weights()["least"] or row["agreement"] in _KEPT_HOWEVER_LOW
    ]  # fmt: skip


_CONTACTS = ("phones", "emails", "flats", "employers")


def _make_pairs(store: Store, rows: list[Row], home_region: str | None) -> None:
    """Temporary table `pair` of affil/identity/weigh.py: the pairs of `evidence_pair` with contacts and employers in comparable form."""
    columns = {
        "pair_id": "BIGINT",
        "father_fits": "BOOLEAN",
        **{f"{side}{name}": "VARCHAR[]" for side in ("", "b_") for name in _CONTACTS},
    }
    store.temporary(
        "comparable",
        columns,
        [
            (row["pair_id"], patronymic_fits(row["father"], row["b_patronymic"]), *_comparable(row, ""), *_comparable(row, "b_"))
            for row in rows
        ],
    )
    store.sql(
        """
        CREATE OR REPLACE TEMPORARY TABLE pair AS
        SELECT e.* EXCLUDE (employer, b_employer, father, firm_region), c.* EXCLUDE (pair_id), CAST($home AS VARCHAR) AS home_region,
               -- whose ИНН is not told lives where his firm or customer is
               CASE WHEN e.b_inn IS NULL THEN e.firm_region END AS b_home_region,
               coalesce(s.seen, 1) AS seen
        FROM evidence_pair e JOIN comparable c USING (pair_id) LEFT JOIN seen_holder s ON s.name_key = e.b_name_key""",
        {"home": home_region},
    )


def _comparable(row: Row, side: str) -> tuple[list[str], ...]:
    phone, email, address, employer = (row[f"{side}{name}"] or "" for name in ("phone", "email", "address", "employer"))
    flat = flat_key(address)
    # an employer's name as people write it, or a company's comparable one
    works = employer.split("|") if side else [company_key(employer.split(",")[0])]
    # half of the addresses leave the settlement out
    return (
        list(phone_numbers(phone)),
        list(emails(email)),
        [flat.partition("|")[2]] if flat else [],
        [one for one in works if one],
    )


def _frequencies(rows: list[Row]) -> NameFrequencies:
    """The frequencies of all names in the rows, read once; none where there are no rows."""
    if not rows:
        return NameFrequencies({}, {}, frozenset())

    def words(part: str) -> set[str]:
        """The surnames, given names or patronymics of both sides of all rows."""
        return {row[side] for row in rows for side in (part, f"b_{part}") if row[side]}

    def with_initials(part: str) -> set[str]:
        """Those words, and the initial of each with its dot."""
        return {form for word in words(part) for form in (word, f"{word[0]}.")}

    return NameFrequencies.load(words("surname"), with_initials("given"), with_initials("patronymic"))


def _employers_region(store: Store) -> str | None:
    """The region in which most employers of officials are registered; None where two tie or none is known."""
    rows = store.sql("""
        SELECT employer_inn[:2] AS region, count(DISTINCT employer_inn) AS employers FROM official_in_force
        WHERE employer_inn IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2""").fetchall()
    tied = len(rows) == 2 and rows[0][1] == rows[1][1]
    return None if tied or not rows else str(rows[0][0])
