"""Who of all loaded persons may be the official or one of his kin, though nothing proves it: the same evidence as of findings.

A screen looks only where a purchase could join the two (DESIGN 3); a report on one person looks everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from affil.identity.name_pairs import make_name_pairs
from affil.resolve.suppose import supposed
from affil.store.store import Store

Row = dict[str, Any]

_PAIRS = """
    CREATE OR REPLACE TEMPORARY TABLE person_pair AS
    SELECT d.mention AS declared_mention, d.party AS declared, b.mention AS behind_mention, b.party AS behind
    FROM sought d
    JOIN name_pair n ON d.surname = n.surname AND d.given = n.given AND d.patronymic IS NOT DISTINCT FROM n.patronymic
                    AND d.former_surnames IS NOT DISTINCT FROM n.former_surnames
    JOIN behind_mention b ON b.surname = n.k_surname AND b.given = n.k_given AND b.patronymic IS NOT DISTINCT FROM n.k_patronymic
    WHERE d.party <> b.party AND (d.party, b.party) NOT IN (SELECT (one, other) FROM apart)"""

# Kin of one official are a family, which is evidence where several of them stand in one company.
_KIN = """
    CREATE OR REPLACE TEMPORARY TABLE kin AS
    SELECT m.owner AS official_key, p.party AS person FROM mention m JOIN party p USING (mention)
    WHERE m.kind IN ('official', 'relative') AND p.party IN (SELECT party FROM searched_person)"""


def likenesses(store: Store, parties: list[str], customers: list[str], home_region: str | None) -> list[Row]:
    """Rows of likeness: declared and behind (parties), probability, grade, agreement; sorted.

    Replaces the temporary tables kin, sought, behind_mention and person_pair of a screen. Needs mention, party and apart.
    """
    store.temporary("searched_person", {"party": "VARCHAR"}, [(party,) for party in sorted(set(parties))])
    store.script(Path(__file__).with_suffix(".sql"), {"customers": customers})
    make_name_pairs(store)
    store.sql(_PAIRS)
    store.sql(_KIN)
    return sorted(supposed(store, home_region), key=lambda row: (row["declared"], row["behind"]))
