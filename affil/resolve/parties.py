"""Mentions that are certainly one person become one party: the same valid ИНН, or the same full name and birth date.

Uncertain identity is never merged here; it stays a tie with a probability (`suppose.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from affil.decisions.log import effective, read_log
from affil.identity.channel import is_variant
from affil.language.fio_fold import sound
from affil.resolve.decided import TRUST, apply_decisions
from affil.store.store import Store

Row = dict[str, Any]


def make_parties(store: Store) -> list[Row]:
    """Temporary tables `mention` (every mention) and `party` (mention → party); returns the mentions whose ИНН is another's.

    The party of an ИНН is `inn:<digits>`. A mention whose ИНН another name bears in a better source (`inn_conflict`)
    loses it as a key. Names are compared as parts (`agree`). What people decided goes before all that (`decided.py`).
    """
    store.sql((Path(__file__).parent / "mentions.sql").read_text(encoding="utf-8"))
    conflicts = _inn_conflicts(store)
    store.temporary("not_his_inn", {"mention": "VARCHAR"}, [(row["mention"],) for row in conflicts])
    store.sql("UPDATE mention SET inn = NULL WHERE mention IN (SELECT mention FROM not_his_inn)")
    store.temporary("alias", {"born_key": "VARCHAR", "party_key": "VARCHAR"}, _aliases(store))
    store.sql("""
        CREATE OR REPLACE TEMPORARY VIEW mention_key AS
        SELECT m.mention, m.inn, coalesce(a.party_key, born.k) AS born_key,
               CASE WHEN m.kind IN ('tie', 'proprietor', 'contract', 'participant', 'disclosed') AND m.company IS NOT NULL
                    THEN m.company || '|' || m.name_key END AS company_key
        FROM mention m
        CROSS JOIN LATERAL (SELECT CASE WHEN m.birth_date IS NOT NULL AND m.given IS NOT NULL AND m.patronymic IS NOT NULL
                                        THEN m.name_key || '|' || m.birth_date END AS k) born
        LEFT JOIN alias a ON a.born_key = born.k""")
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE party AS
        WITH keyed AS MATERIALIZED (FROM mention_key),
        born AS (SELECT born_key, count(DISTINCT inn) AS inns, min(inn) AS inn FROM keyed WHERE born_key IS NOT NULL GROUP BY 1),
        company AS (SELECT company_key, count(DISTINCT inn) AS inns, min(inn) AS inn FROM keyed WHERE company_key IS NOT NULL GROUP BY 1)
        SELECT mention,
               CASE WHEN k.inn IS NOT NULL THEN 'inn:' || k.inn
                    WHEN born.inns = 1 THEN 'inn:' || born.inn
                    WHEN born.inns = 0 THEN 'born:' || k.born_key
                    WHEN company.inns = 1 THEN 'inn:' || company.inn
                    WHEN company.inns = 0 THEN 'name:' || k.company_key
                    ELSE 'one:' || mention END AS party
        FROM keyed k LEFT JOIN born USING (born_key) LEFT JOIN company USING (company_key)""")
    apply_decisions(store, effective(read_log(store)))
    return conflicts


def _inn_conflicts(store: Store) -> list[Row]:
    """Mentions that bear an ИНН together with a name that cannot be its owner's; the registry's name wins, then the official's."""
    rows = store.rows("""
        SELECT mention, kind, source_id, locator, name, surname, given, patronymic, inn FROM mention
        WHERE name_key IS NOT NULL AND inn IN (SELECT inn FROM mention WHERE inn IS NOT NULL AND name_key IS NOT NULL
                                               GROUP BY inn HAVING count(DISTINCT name_key) > 1)
        ORDER BY inn, mention""")
    by_inn: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_inn[row["inn"]].append(row)
    conflicts = []
    for group in by_inn.values():
        owner = min(group, key=lambda row: (TRUST[row["kind"]], row["surname"] or "", row["given"] or "", row["mention"]))
        conflicts += [row for row in group if not agree(owner, row)]
    return conflicts


def agree(one: Row, other: Row) -> bool:
    """True where two names under one ИНН can be one person's.

    The given name must be the same (another one is a brother's or sister's); of surname and patronymic one may differ:
    marriages change the first, registries have both readings of the second.
    """
    near = {part: _near(part, one[part], other[part]) for part in ("surname", "given", "patronymic") if one[part] and other[part]}
    return near.get("given", True) and (near.get("surname", True) or near.get("patronymic", False))


def may_be_one(one: Row, other: Row) -> bool:
    """True where two records of persons can be one person's at all: the same ИНН and a name that agrees, or near names and no
    different ИНН. A former surname stands for the present one."""
    if one["inn"] and other["inn"]:
        return bool(one["inn"] == other["inn"]) and agree(one, other)
    surnames, others = ({*(row.get("former_surnames") or "").split("|"), row["surname"]} - {"", None} for row in (one, other))
    if surnames and others and not any(_near("surname", a, b) for a in surnames for b in others):
        return False
    return all(_near(part, one[part], other[part]) for part in ("given", "patronymic") if one[part] and other[part])


def _near(part: str, a: str, b: str) -> bool:
    """True where two words of a name can be one, in all the ways in which affil/identity/channel.py takes them for one."""
    if a.endswith(".") or b.endswith("."):
        return a[0] == b[0]
    if is_variant(part, a, b) or sound(a) == sound(b):
        return True
    # «СЕРГЕЙ ЮРЬЕФИЧ»: a patronymic nobody knows was read into the given name; «Дмитриевич» is kept as «Дмитрьевич»
    a, b = (word.split(" ")[0].replace("Ь", "И") if part == "patronymic" else word.split(" ")[0] for word in (a, b))
    return DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def _aliases(store: Store) -> Iterable[tuple[str, str]]:
    """Name-and-birth keys that are one person because a former surname says so: (key, smallest key of its group)."""
    store.sql("""
        CREATE OR REPLACE TEMPORARY TABLE born AS
        SELECT DISTINCT name_key, former_surnames, given, patronymic, CAST(birth_date AS VARCHAR) AS born FROM mention
        WHERE birth_date IS NOT NULL AND given IS NOT NULL AND patronymic IS NOT NULL AND surname IS NOT NULL""")
    rows = store.rows("SELECT * FROM born WHERE former_surnames IS NOT NULL ORDER BY ALL")
    known = {
        f"{name}|{day}"
        for name, day in store.sql("""
            SELECT name_key, born FROM born SEMI JOIN (FROM born WHERE former_surnames IS NOT NULL) USING (given, patronymic, born)
        """).fetchall()
    }
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        """The smallest key of the group of `key` so far."""
        while leader.get(key, key) != key:
            key = leader[key]
        return key

    for row in rows:
        for former in (row["former_surnames"] or "").split("|"):
            other = f"{former} {row['given']} {row['patronymic']}|{row['born']}"
            if former and other in known:
                low, high = sorted((find(f"{row['name_key']}|{row['born']}"), find(other)))
                leader[high] = low
    return [(key, find(key)) for key in sorted(leader)]
