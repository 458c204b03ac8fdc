"""What questionnaires say of kin that cannot all be true, or hardly: questions to ask, no row is dropped for them.

- `kin_ages`: a parent less than 12 years older than the child, a grandparent less than 24 (adopted kin aside);
- `kin_patronymic`: a patronymic that is not made of the declared father's name;
- `kin_gender`: a brother with a woman's patronymic or given name;
- `kin_speaker`: «тесть» said by a woman (only a man has a wife's father);
- `kin_two_spouses`, `kin_spouse_of_two`: two marriages of one person at once (Family Code art. 14);
- `kin_told_twice`: one person declared by two words that exclude one another, by one official or by two to one another;
- `kin_told_differently`: by what two officials are to one another, a third person cannot be what both declare.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from affil.kinship.compose import KinEdge
from affil.kinship.unlike import unlike
from affil.language.fio_words import gender_of
from affil.language.kin_names import patronymic_fits
from affil.language.kin_words import parse_relationship
from affil.store.store import Store

LEAST_YEARS = 12  # between a parent and a child by birth
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """`name` is the declared person, `official` who declares; `params` (sorted) fill the texts of `undetermined.<kind>`."""

    kind: str
    official: str
    name: str
    params: tuple[tuple[str, str], ...] = ()


def contradictions(store: Store, edges: Iterable[KinEdge]) -> list[Contradiction]:
    """All of them, sorted and each once; `edges` as `compose` takes them. Needs the temporary tables party and kin_word."""
    store.sql(_KIN_ROW)
    store.temporary(
        "kin_said", {"relationship": "VARCHAR", "said_gender": "VARCHAR", "said_by": "VARCHAR"}, sorted(_words(store), key=repr)
    )
    found = [*_ages(store), *_fathers(store), *_genders(store), *_speakers(store), *_spouses(store), *_told(store, edges)]
    return sorted(set(found))


# One row a declared person: who says it, of whom, with the one reading of the word, or NULL where it has several.
_KIN_ROW = """
    CREATE OR REPLACE TEMPORARY TABLE kin_row AS
    SELECT r.official_key, r.source_id, r.locator, r.relationship, r.fact, o.name AS official, r.name,
           CASE WHEN contains(coalesce(w.chains, r.chains), '|') THEN NULL ELSE coalesce(w.chains, r.chains) END AS chain,
           ego.party AS ego, alter.party AS alter, r.valid_from, r.valid_to,
           o.gender AS ego_gender, o.given AS ego_given, o.patronymic AS ego_patronymic,
           o.birth_date AS ego_born, coalesce(year(o.birth_date), o.birth_year) AS ego_year,
           r.gender, r.given, r.patronymic, r.birth_date AS born, coalesce(year(r.birth_date), r.birth_year) AS born_year
    FROM relative_in_force r JOIN official_in_force o USING (official_key)
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator
    LEFT JOIN party ego ON ego.mention = 'official|' || r.official_key
    LEFT JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator
    WHERE r.fact IN ('person', 'deceased')"""

# Elder and younger of a pair, the generations between them, and how one of them was declared. A spouse's kin is measured
# to the spouse, where exactly one is declared.
_PAIRS = """
    WITH one_spouse AS (SELECT * FROM kin_row WHERE chain = 'spouse' QUALIFY count(*) OVER (PARTITION BY official_key) = 1),
    pair AS (
        SELECT k.official, k.name, k.relationship,
               k.name AS elder, k.born AS elder_born, k.born_year AS elder_year, k.gender AS elder_gender, k.given AS elder_given,
               k.official AS younger, k.ego_born AS younger_born, k.ego_year AS younger_year,
               k.ego_patronymic AS younger_patronymic, len(string_split(k.chain, '.')) AS generations
        FROM kin_row k WHERE k.chain IN ('parent', 'parent.parent', 'parent.parent.parent')
        UNION ALL
        SELECT k.official, k.name, k.relationship, k.official, k.ego_born, k.ego_year, k.ego_gender, k.ego_given,
               k.name, k.born, k.born_year, k.patronymic, len(string_split(k.chain, '.'))
        FROM kin_row k WHERE k.chain IN ('child', 'child.child', 'child.child.child')
        UNION ALL
        SELECT k.official, k.name, k.relationship, k.name, k.born, k.born_year, k.gender, k.given,
               s.name, s.born, s.born_year, s.patronymic, 1
        FROM kin_row k JOIN one_spouse s USING (official_key) WHERE k.chain = 'spouse.parent'
        UNION ALL
        SELECT k.official, k.name, k.relationship, s.name, s.born, s.born_year, s.gender, s.given,
               k.name, k.born, k.born_year, k.patronymic, 1
        FROM kin_row k JOIN one_spouse s USING (official_key) WHERE k.chain = 'spouse.child')
"""


def _words(store: Store) -> Iterator[tuple[str, str | None, str | None]]:
    """What the kin words met say of genders."""
    for (written,) in store.sql("SELECT DISTINCT relationship FROM kin_row WHERE relationship IS NOT NULL").fetchall():
        kin = parse_relationship(written)
        if kin and (kin.gender or kin.ego_gender) and not kin.group:
            yield written, kin.gender, kin.ego_gender


def _ages(store: Store) -> Iterator[Contradiction]:
    """Full dates are compared to the day; of years alone only what no day of them could make right is told."""
    rows = store.rows(
        _PAIRS
        + """SELECT * FROM pair WHERE CASE
                WHEN elder_born IS NOT NULL AND younger_born IS NOT NULL
                THEN elder_born + to_years($years * CAST(generations AS INTEGER)) > younger_born
                ELSE younger_year - elder_year < $years * generations END""",
        {"years": LEAST_YEARS},
    )
    for row in rows:
        years = str(row["younger_year"] - row["elder_year"])
        yield _one("kin_ages", row, elder=row["elder"], younger=row["younger"], years=years)


def _fathers(store: Store) -> Iterator[Contradiction]:
    """Of a father's given name and the child's patronymic; of one generation only."""
    rows = store.rows(_PAIRS + "SELECT * FROM pair WHERE generations = 1 AND elder_gender = 'm'")
    for row in rows:
        if patronymic_fits(row["elder_given"], row["younger_patronymic"]) is False:
            yield _one("kin_patronymic", row, elder=row["elder"], younger=row["younger"])


def _genders(store: Store) -> Iterator[Contradiction]:
    """The name must tell the other gender by patronymic or given name; surnames are not enough to ask for."""
    for row in store.rows("SELECT * FROM kin_row JOIN kin_said USING (relationship) WHERE gender <> said_gender"):
        told = gender_of(None, row["given"], row["patronymic"])
        if told and told != row["said_gender"]:
            yield _one("kin_gender", row)


def _speakers(store: Store) -> Iterator[Contradiction]:
    for row in store.rows("SELECT * FROM kin_row JOIN kin_said USING (relationship) WHERE ego_gender <> said_by"):
        told = gender_of(None, row["ego_given"], row["ego_patronymic"])
        if told and told != row["said_by"]:
            yield _one("kin_speaker", row)


def _spouses(store: Store) -> Iterator[Contradiction]:
    """Marriages that held on a common day as far as is known; the deceased were married once, and are no question."""
    rows = store.rows(
        "SELECT * FROM kin_row WHERE chain = 'spouse' AND fact = 'person' AND ego IS NOT NULL AND alter IS NOT NULL"
    )
    for kind, here, there in (("kin_two_spouses", "ego", "alter"), ("kin_spouse_of_two", "alter", "ego")):
        by_person: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_person[row[here]].append(row)
        for several in by_person.values():
            for one, other in combinations(sorted(several, key=_names), 2):
                if one[there] != other[there] and not _same_name(one, other, there) and _meet(one, other):
                    more = {"other": other["name"] if kind == "kin_two_spouses" else other["official"]}
                    yield _one(kind, one, **more)


def _same_name(one: Row, other: Row, there: str) -> bool:
    """Whether a spouse is told twice: the same given name, patronymic and birth, perhaps under a maiden name."""
    columns = ("given", "patronymic", "born") if there == "alter" else ("ego_given", "ego_patronymic", "ego_born")
    return all(one[column] == other[column] for column in columns)


def _meet(one: Row, other: Row) -> bool:
    since = max(row["valid_from"] or dt.date.min for row in (one, other))
    until = min(row["valid_to"] or dt.date.max for row in (one, other))
    return since <= until


def _names(row: Row) -> tuple[str, str, str, str]:
    """An order that does not depend on where a row stands."""
    return row["official"] or "", row["name"] or "", row["relationship"] or "", str(row["born"])


def _told(store: Store, edges: Iterable[KinEdge]) -> Iterator[Contradiction]:
    """What declarations of several officials, or several of one, say of one person."""
    names = {
        f"relative|{row['source_id']}|{row['locator']}": row
        for row in store.rows(
            """SELECT * FROM kin_row WHERE alter IN (SELECT alter FROM kin_row GROUP BY alter HAVING count(*) > 1)
               OR alter IN (SELECT ego FROM kin_row) ORDER BY source_id, locator"""
        )
    }
    for kind, one, other in unlike(edges):
        both = [names[edge.evidence] for edge in (one, other) if edge.evidence in names]
        if len(both) == 2:
            row, also = sorted(both, key=_names)
            yield _one(kind, row, other=also["official"], other_word=also["relationship"] or "")


def _one(kind: str, row: Row, **params: str) -> Contradiction:
    filled = {"official": row["official"] or "", "name": row["name"] or "", "word": row["relationship"] or "", **params}
    return Contradiction(kind, filled["official"], filled["name"], tuple(sorted(filled.items())))
