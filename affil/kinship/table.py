"""Temporary table `kin`: for every official, who is his kin by which chain, declared or composed over questionnaires."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from affil.kinship.ambiguous import Declared, Speaker, decided
from affil.kinship.chains import ended_marriage, marriages
from affil.kinship.circles import DISPUTED, YES, held, membership, wordings
from affil.kinship.compose import Kin, KinEdge, compose
from affil.store.store import Store

SPOUSE, FORMER = "spouse", "spouse(former)"
Row = dict[str, Any]


# told: whom each official declares, as parties.
_TOLD = """
    CREATE OR REPLACE TEMPORARY TABLE told AS
    SELECT ego.party AS ego, alter.party AS alter, r.source_id, r.locator
    FROM relative_in_force r
    JOIN party ego ON ego.mention = 'official|' || r.official_key
    JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator
    WHERE r.fact = 'person' AND r.chains IS NOT NULL AND ego.party <> alter.party"""

# asked: persons a path can lead to.
_ASKED = """
    CREATE OR REPLACE TEMPORARY TABLE asked AS
    SELECT person FROM control UNION SELECT declared FROM near_pair UNION SELECT party FROM chief"""

# declared: declarations on some walk to one of them. A walk has three (compose.MAX_DECLARATIONS), so each has an end two away at
# most; and each ends at somebody asked for, begins at an official or goes on through the person, which takes another declaration.
_DECLARED = """
    CREATE OR REPLACE TEMPORARY TABLE declared AS
    WITH conducting AS MATERIALIZED (
        SELECT person FROM asked UNION SELECT party FROM official_in_force JOIN party ON mention = 'official|' || official_key
        UNION SELECT alter FROM told GROUP BY alter HAVING count(DISTINCT ego) > 1),
    way AS MATERIALIZED (SELECT told.* FROM told SEMI JOIN conducting ON person = alter),
    one AS MATERIALIZED (SELECT person FROM asked UNION SELECT alter FROM way SEMI JOIN asked ON person = ego
        UNION SELECT ego FROM way SEMI JOIN asked ON person = alter),
    two AS MATERIALIZED (SELECT person FROM one UNION SELECT alter FROM way SEMI JOIN one ON person = ego
        UNION SELECT ego FROM way SEMI JOIN one ON person = alter)
    SELECT * FROM way WHERE ego IN (SELECT person FROM two) OR alter IN (SELECT person FROM two)"""

# Officials from whom such a walk can start, and those who are asked for themselves.
_EGOS = """
    SELECT official_key, party FROM official_in_force JOIN party ON mention = 'official|' || official_key
    SEMI JOIN (SELECT ego AS party FROM declared UNION SELECT alter FROM declared UNION SELECT person FROM asked) USING (party)"""


def make_declarations(store: Store) -> None:
    """Temporary table `told`: whom each official declares, ego and alter as parties, with source_id and locator."""
    store.sql(_TOLD)


def make_kin_words(store: Store) -> None:
    """Temporary table `kin_word`: source_id, locator, chains of each ambiguous word that its questionnaire decides."""
    columns = {"source_id": "VARCHAR", "locator": "VARCHAR", "chains": "VARCHAR"}
    store.temporary("kin_word", columns, sorted((*place, "|".join(chains)) for place, chains in _decided_words(store)))


def make_kin(store: Store) -> list[Kin]:
    """The kin behind the rows of `kin` and `kin_circle`: `kin_id` is the place in the list.

    Columns of `kin_word`, for each ambiguous word that its questionnaire decides: source_id, locator, chains.
    Columns of `kin_circle`: kin_id, circle, value (yes or disputed; no row = no), valid_from, valid_to (of the wording).
    Columns of `kin`: kin_id, official_key, person (party), chain, kin_group, composed, valid_from, valid_to. The official himself
    is in it with the chain `self`. An official with two posts has each of his kin twice, once a post.

    Only persons are in it whom a rule can ask for: who stand behind an organisation or bear such a person's name, or are
    somebody's superior. Needs the temporary tables party, control, near_pair and chief.
    """
    make_kin_words(store)
    store.sql(_ASKED)
    store.sql(_DECLARED)
    officials: dict[str, list[str]] = defaultdict(list)
    for key, party in store.sql(_EGOS).fetchall():
        officials[party].append(key)
    asked = {str(row[0]) for row in store.sql("SELECT person FROM asked").fetchall()}
    kin = [_self(ego) for ego in sorted(officials.keys() & asked)] + compose(
        kin_edges(store, only_asked=True), officials.keys(), among=asked, genders=_genders(store)
    )
    rows, circles = [], []
    named = {(one.ego, one.person) for one in kin if not composed(one)}  # an own row, though another way tells him more exactly
    for kin_id, one in enumerate(kin):
        circles += [(kin_id, *row) for row in _inside(one.readings)]
        told = (one.person, one.chain, one.group, (one.ego, one.person) not in named, one.valid_from, one.valid_to)
        rows += [(kin_id, key, *told) for key in sorted(officials[one.ego])]
    columns = {
        "kin_id": "INTEGER", "official_key": "VARCHAR", "person": "VARCHAR", "chain": "VARCHAR", "kin_group": "VARCHAR",
        "composed": "BOOLEAN", "valid_from": "DATE", "valid_to": "DATE",
    }  # fmt: skip
    store.temporary("kin", columns, rows)
    columns = {"kin_id": "INTEGER", "circle": "VARCHAR", "value": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE"}
    store.temporary("kin_circle", columns, circles)
    return kin


def composed(kin: Kin) -> bool:
    """True where this is not by a row of the official's own questionnaire."""
    return kin.chain != "self" and not (len(kin.hops) == 1 and not kin.hops[0][1])


@cache
def _inside(readings: tuple[str, ...]) -> list[tuple[str, str, dt.date | None, dt.date | None]]:
    """The wordings of circles that hold the readings, surely or perhaps, with the days they are in force."""
    found = [(one.id, held(one, readings), one.in_force_from, one.in_force_to) for one in wordings()]
    return [row for row in found if row[1] in (YES, DISPUTED)]


def _genders(store: Store) -> dict[str, str]:
    """m or f of everybody on a walk whose names and questionnaires agree on it."""
    rows = store.sql("""
        SELECT party, min(gender) FROM mention JOIN party USING (mention)
        WHERE gender IS NOT NULL AND party IN (SELECT ego FROM declared UNION SELECT alter FROM declared)
        GROUP BY party HAVING count(DISTINCT gender) = 1""").fetchall()
    return dict(rows)


def _self(ego: str) -> Kin:
    return Kin(ego, ego, "self", (), (), membership(["self"]), "self", None, None, ("self",))


def _decided_words(store: Store) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The readings left of the ambiguous words that the same official's rows decide, by source and locator."""
    rows = store.rows("""
        SELECT r.*, alter.party, o.gender AS ego_gender, o.surname AS ego_surname,
               o.birth_date AS ego_born, o.birth_year AS ego_year
        FROM relative_in_force r JOIN official_in_force o USING (official_key)
        LEFT JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator
        WHERE official_key IN (SELECT official_key FROM relative_in_force WHERE contains(chains, '|'))""")
    declared: dict[str, list[tuple[Row, Declared]]] = defaultdict(list)
    for row in rows:
        declared[row["official_key"]].append((row, _declared(row)))
    for told in declared.values():
        for row, one in told:
            left = decided(one, [other for _, other in told if other is not one], _speaker(row)) if len(one.chains) > 1 else ()
            if left and left != one.chains:
                yield (row["source_id"], row["locator"]), left


def _declared(row: Row) -> Declared:
    return Declared(
        tuple((row["chains"] or "").split("|")), row["fact"], row["gender"], row["surname"],
        tuple(filter(None, (row["former_surnames"] or "").split("|"))), row["patronymic"],
        _year(row["birth_date"], row["birth_year"]), row["questionnaire_date"],
        row["party"] or f"{row['source_id']}|{row['locator']}",
    )  # fmt: skip


def _speaker(row: Row) -> Speaker:
    return Speaker(row["ego_gender"], row["ego_surname"], _year(row["ego_born"], row["ego_year"]))


def _year(day: dt.date | None, year: int | None) -> int | None:
    return day.year if day else year


def kin_edges(store: Store, only_asked: bool = False) -> list[KinEdge]:
    """Every declaration in force (`only_asked`: of `declared`) as an edge between parties, ambiguous words decided.

    Needs `kin_word`.
    """
    rows = store.sql(f"""
        SELECT ego.party, alter.party, coalesce(w.chains, r.chains), 'relative|' || r.source_id || '|' || r.locator,
               r.valid_from, r.valid_to
        FROM (FROM relative_in_force {"SEMI JOIN declared USING (source_id, locator)" if only_asked else ""}) r
        JOIN party ego ON ego.mention = 'official|' || r.official_key
        JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator
        LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator
        WHERE r.fact = 'person' AND r.chains IS NOT NULL AND ego.party <> alter.party ORDER BY ALL""").fetchall()
    edges = []
    for ego, alter, chains, evidence, valid_from, valid_to in rows:
        edges += _by_marriage(KinEdge(ego, alter, tuple(chains.split("|")), evidence, valid_from, valid_to))
    return edges


def _by_marriage(edge: KinEdge) -> list[KinEdge]:
    """Two edges where a marriage ended on a known day: kin by marriage until then, former kin after it (СК ст. 25)."""
    if edge.valid_to is None or not any(marriages(chain) for chain in edge.chains):
        return [edge]
    married = tuple(chain.replace(FORMER, SPOUSE) for chain in edge.chains)
    ended, after = tuple(ended_marriage(chain) for chain in married), edge.valid_to + dt.timedelta(days=1)
    return [
        replace(edge, chains=married),
        replace(edge, chains=ended, valid_from=after, valid_to=None),
    ]
