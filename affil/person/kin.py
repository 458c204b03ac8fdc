"""Whom the person's questionnaires name, and which of them serve where he does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from affil.kinship.circles import membership
from affil.model.finding import GRADES, Source
from affil.person.answer import Colleague, Participation, Relative, Subject
from affil.store.store import Store

Row = dict[str, Any]
OF_AGE = 18

_RELATIVES = """
    SELECT r.* REPLACE (coalesce(w.chains, r.chains) AS chains), coalesce(p.party, 'relative|' || r.source_id || '|' || r.locator) AS party, s.file
    FROM relative_in_force r JOIN source s USING (source_id)
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator
    LEFT JOIN party p ON p.mention = 'relative|' || r.source_id || '|' || r.locator
    WHERE list_contains($keys, r.official_key) AND r.fact <> 'none'
    ORDER BY r.source_id, len(r.locator), r.locator"""


def relative_rows(store: Store, subject: Subject) -> list[Row]:
    """Rows of his questionnaires in force that name a person, living or dead, each with its party; one told in two posts once.

    Needs the temporary tables party and kin_word.
    """
    found: dict[tuple[object, ...], Row] = {}
    for row in store.rows(_RELATIVES, {"keys": [post.key for post in subject.posts]}):
        found.setdefault((row["party"], row["chains"], row["fact"]), row)
    return list(found.values())


def relatives(rows: Iterable[Row], found: Iterable[Participation], shown: frozenset[str], on: dt.date) -> tuple[Relative, ...]:
    """The relatives as the report tells them. `shown`: names that cases go over; a minor who is not among them, and takes part in
    nothing, has no name and no birth date here."""
    best: dict[str, str] = {}
    for one in found:
        known = best.get(one.party)
        best[one.party] = one.grade if known is None else min(known, one.grade, key=GRADES.index)
    return tuple(_relative(row, best, shown, on) for row in rows)


def _relative(row: Row, best: Mapping[str, str], shown: frozenset[str], on: dt.date) -> Relative:
    chains = chains_of(row)
    minor = _is_minor(row, on)
    hidden = minor and row["party"] not in best and row["name"] not in shown
    compared = "no" if row["fact"] == "deceased" or not _comparable(row) else "inn" if row["inn"] else "name"
    return Relative(
        row["party"], row["relationship"] or "", chains, None if hidden else row["name"], row["gender"],
        None if hidden else row["birth_date"], row["inn"] is not None, row["fact"], membership(chains, on), compared,
        best.get(row["party"]), minor, Source(row["file"], row["locator"]),
    )  # fmt: skip


def chains_of(row: Row) -> tuple[str, ...]:
    """The readings of the questionnaire's word."""
    return tuple(chain for chain in (row["chains"] or "").split("|") if chain)


def _comparable(row: Row) -> bool:
    return row["inn"] is not None or (row["surname"] is not None and row["given"] is not None)


def _is_minor(row: Row, on: dt.date) -> bool:
    """True where what is known of his birth makes him younger than 18 (ГК ст. 21); unknown is not young."""
    born = row["birth_date"]
    if born is not None:
        return bool((on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) < OF_AGE)
    return row["birth_year"] is not None and on.year - row["birth_year"] < OF_AGE


_COLLEAGUES = """
    SELECT o.*, p.party, s.file FROM official_in_force o JOIN party p ON p.mention = 'official|' || o.official_key
    JOIN source s USING (source_id)
    WHERE list_contains($customers, o.employer_inn) AND list_contains($parties, p.party) AND p.party <> $own
    ORDER BY o.employer_inn, o.official_key"""
_NAMED_BY = """
    SELECT DISTINCT o.*, p.party, s.file, r.relationship, coalesce(w.chains, r.chains) AS chains FROM relative_in_force r
    JOIN party alter ON alter.mention = 'relative|' || r.source_id || '|' || r.locator AND alter.party = $own
    JOIN official_in_force o USING (official_key) JOIN party p ON p.mention = 'official|' || o.official_key
    JOIN source s ON s.source_id = o.source_id
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator
    WHERE list_contains($customers, o.employer_inn) AND p.party <> $own
    ORDER BY o.employer_inn, o.official_key"""


def colleagues(
    store: Store, subject: Subject, rows: Iterable[Row], alike: Mapping[str, Row], customers: list[str]
) -> tuple[Colleague, ...]:
    """His relatives among the officials of these employers: by his questionnaire or by theirs.

    `alike`: for the party of an official who may be a relative, the row of likeness (declared party, grade, probability).
    """
    kin: dict[str, Row] = {}
    for row in rows:
        if row["fact"] == "person":
            kin.setdefault(row["party"], row)
    given = {"customers": customers, "own": subject.party}
    found = [
        _colleague(one, kin[one["party"]], "A" if one["inn"] and one["inn"] == kin[one["party"]]["inn"] else "B", False)
        for one in store.rows(_COLLEAGUES, {**given, "parties": sorted(kin)})
    ]
    for one in store.rows(_COLLEAGUES, {**given, "parties": sorted(alike)}):
        likeness = alike[one["party"]]
        if likeness["declared"] in kin:
            name_only = likeness["grade"] == "D" and likeness["probability"] < 0.5
            found.append(_colleague(one, kin[likeness["declared"]], likeness["grade"], name_only))
    known = {(one.name, one.employer_inn) for one in found}
    theirs = [_colleague(one, {**one, "gender": subject.gender}, "A", False, theirs=True) for one in store.rows(_NAMED_BY, given)]
    return (*found, *(one for one in theirs if (one.name, one.employer_inn) not in known))


def _colleague(official: Row, kin: Row, grade: str, name_only: bool, theirs: bool = False) -> Colleague:
    return Colleague(
        official["name"] or "", kin["relationship"] or "", chains_of(kin), official["position"], official["department"],
        official["employer"], official["employer_inn"], grade, name_only, theirs, Source(official["file"], official["locator"]),
        kin["gender"],
    )  # fmt: skip
