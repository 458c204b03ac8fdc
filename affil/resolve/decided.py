"""Decisions on identities, before any score: who is one party because a person said so, and who never is.

Runs over the parties that decisions speak of, all others stay as they are. In order of trust: different always; then same; the same
ИНН, in registries before purchases before questionnaires; full name and birth date; company and name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from affil.decisions.entry import DIFFERENT, SAME, Entry
from affil.decisions.references import is_weak, kind_of
from affil.identity.births import born_apart
from affil.resolve.clusters import Contested, Label, clusters
from affil.store.store import Store

Row = dict[str, Any]

TRUST = {"proprietor": 0, "tie": 0, "contract": 1, "participant": 1, "disclosed": 1, "official": 2, "relative": 3}
"""How far an ИНН beside a name is to be believed: the registry's first."""

_JUDGED = {"mention": "VARCHAR", "number": "INTEGER", "side": "INTEGER", "verdict": "VARCHAR"}
_TROUBLE = {"mention": "VARCHAR", "reason": "VARCHAR", "entries": "VARCHAR"}
_APART = {"one": "VARCHAR", "other": "VARCHAR"}


def apply_decisions(store: Store, decisions: Sequence[Entry]) -> None:
    """Change the table `party` by the decisions in force, and make these temporary tables:

    judged: mention, number of the decision that meets it, side (0 or 1), verdict. apart: pairs of parties judged different, both ways.
    decision_trouble: mention, reason (a key of `undetermined`), numbers of the entries: what could not be done as decided.
    Makes the temporary view `reference`. Needs the tables mention, party and the view mention_key.
    """
    store.script(Path(__file__).with_name("references.sql"))
    met, trouble = _met(store, decisions)
    judged = [(mention, number, side, verdict) for number, verdict, side, mention in met]
    store.temporary("judged", _JUDGED, sorted(judged))
    contested = _recluster(store, judged) if any(verdict in (SAME, DIFFERENT) for *_, verdict in judged) else []
    trouble += [(one.members[0], "decision_against_data", ",".join(map(str, one.decisions))) for one in contested]
    store.temporary("decision_trouble", _TROUBLE, sorted(set(trouble)))
    store.temporary("apart", _APART, store.sql(_APART_PAIRS).fetchall())


_APART_PAIRS = """
    SELECT DISTINCT a.party, b.party FROM (FROM judged JOIN party USING (mention)) a JOIN (FROM judged JOIN party USING (mention)) b
      ON a.number = b.number AND a.side <> b.side AND a.party <> b.party
    WHERE a.verdict = 'different' ORDER BY ALL"""


def leave_out_the_judged(store: Store) -> None:
    """Take pairs judged different out of `near_pair`: no supposition is made of them."""
    store.sql("DELETE FROM near_pair WHERE (declared, behind) IN (FROM apart)")


def _met(store: Store, decisions: Sequence[Entry]) -> tuple[list[tuple[int, str, int, str]], list[tuple[str, str, str]]]:
    """(number, verdict, side, mention) for everybody a decision speaks of; and what is in the way."""
    columns = {"number": "INTEGER", "side": "INTEGER", "reference": "VARCHAR"}
    called = [(entry.number, side, ref) for entry in decisions for side, who in enumerate(entry.sides) for ref in who.references]
    store.temporary("decided_reference", columns, called)
    rows = store.rows(_MET) if called else []
    by_side: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        by_side[row["number"], row["side"]].append(row)
    met, trouble = set[tuple[int, str, int, str]](), list[tuple[str, str, str]]()
    for entry in decisions:
        sides = []
        for side, who in enumerate(entry.sides):
            found, doubtful = _sure(by_side[entry.number, side], who.references)
            sides.append(found)
            trouble += [(mention, "decision_ambiguous", str(entry.number)) for mention in doubtful]
        both = sides[0] & sides[1] if entry.verdict == DIFFERENT else set()
        trouble += [(mention, "decision_meets_both", str(entry.number)) for mention in both]
        met |= {(entry.number, entry.verdict, side, mention) for side, found in enumerate(sides) for mention in found - both}
    return sorted(met), trouble


_MET = """
    SELECT d.number, d.side, d.reference, m.mention, m.inn, m.birth_date AS born, m.name_key, r.chains
    FROM decided_reference d JOIN reference USING (reference) JOIN mention m USING (mention)
    LEFT JOIN relative_in_force r ON m.kind = 'relative' AND r.source_id = m.source_id AND r.locator = m.locator
    ORDER BY ALL"""


def _sure(rows: list[Row], references: Iterable[str]) -> tuple[set[str], set[str]]:
    """(mentions that are this person's, mentions a weak reference meets and that may be a namesake's)."""
    known = {kind: {ref for ref in references if kind_of(ref) == kind} for kind in ("inn", "born")}
    strong = {row["mention"] for row in rows if not is_weak(row["reference"])}
    weak: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["mention"] not in strong and not _against(row, known):
            weak[row["reference"]].append(row)
    sure, doubtful = set(strong), set[str]()
    for met in weak.values():
        apart = any(len({row[fact] for row in met} - {None}) > 1 for fact in ("inn", "born", "chains"))
        (doubtful if apart else sure).update(row["mention"] for row in met)
    return sure, doubtful - sure


def _against(row: Row, known: dict[str, set[str]]) -> bool:
    """Whether the record has another ИНН than the person of the decision, or a birth date that no slip of the pen makes his."""
    inn = bool(row["inn"] and known["inn"] and f"inn:{row['inn']}" not in known["inn"])
    days = [dt.date.fromisoformat(ref.rpartition("|")[2]) for ref in known["born"]]
    return inn or bool(days and all(born_apart(row["born"], day) for day in days))


def _recluster(store: Store, judged: list[tuple[str, int, int, str]]) -> list[Contested]:
    """Cluster anew the parties that are spoken of, and write the outcome to `party`."""
    store.temporary("spoken_of", {"mention": "VARCHAR"}, sorted({(mention,) for mention, *_ in judged}))
    rows = store.rows(_AFFECTED)
    labels: dict[str, set[Label]] = defaultdict(set)
    same: dict[int, list[str]] = defaultdict(list)
    for mention, number, side, verdict in judged:
        if verdict == DIFFERENT:
            labels[mention].add((number, side))
        elif verdict == SAME:
            same[number].append(mention)
    tiers = [list(same.values()), *_evidence(rows)]
    found, contested = clusters((row["mention"] for row in rows), tiers, {who: frozenset(told) for who, told in labels.items()})
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[found[row["mention"]]].append(row)
    store.temporary("renamed", {"mention": "VARCHAR", "party": "VARCHAR"}, sorted(_named(list(groups.values()))))
    store.sql("UPDATE party SET party = renamed.party FROM renamed WHERE renamed.mention = party.mention")
    return contested


# Everybody of the parties spoken of; a key that several ИНН share joins nobody, as in parties.py.
_AFFECTED = """
    WITH affected AS MATERIALIZED (
        SELECT mention, party FROM party WHERE party IN (SELECT party FROM party SEMI JOIN spoken_of USING (mention))),
    mine AS MATERIALIZED (SELECT k.*, a.party FROM mention_key k JOIN affected a USING (mention)),
    born AS (SELECT born_key FROM mention_key SEMI JOIN (SELECT DISTINCT born_key FROM mine) USING (born_key) GROUP BY 1 HAVING count(DISTINCT inn) > 1),
    firm AS (SELECT company_key FROM mention_key SEMI JOIN (SELECT DISTINCT company_key FROM mine) USING (company_key) GROUP BY 1 HAVING count(DISTINCT inn) > 1)
    SELECT mine.mention, mine.party, m.kind, mine.inn,
           CASE WHEN mine.born_key NOT IN (FROM born) THEN mine.born_key END AS born_key,
           CASE WHEN mine.company_key NOT IN (FROM firm) THEN mine.company_key END AS company_key,
           (SELECT min(reference) FROM reference r WHERE r.mention = mine.mention) AS called
    FROM mine JOIN mention m USING (mention) ORDER BY mine.mention"""


def _evidence(rows: list[Row]) -> Iterator[list[list[str]]]:
    """The groups that evidence makes, tier by tier; an ИНН by how far those who bear it are to be believed."""
    for trust in range(4):
        yield _groups(row for row in rows if TRUST[row["kind"]] <= trust)
    yield _groups(rows, "born_key")
    yield _groups(rows, "company_key")


def _groups(rows: Iterable[Row], key: str = "inn") -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row[key]:
            found[row[key]].append(row["mention"])
    return [found[value] for value in sorted(found)]


def _named(groups: list[list[Row]]) -> Iterator[tuple[str, str]]:
    """(mention, party). A cluster is named by its best ИНН, else as one of its members was; of two that claim one name, the better."""
    claims = sorted((*_claim(rows), place) for place, rows in enumerate(groups))
    taken = set[str]()
    for *_, name, called, place in claims:
        party = next(
            one for one in (name, f"apart:{called}", f"one:{min(r['mention'] for r in groups[place])}") if one not in taken
        )
        taken.add(party)
        yield from ((row["mention"], party) for row in groups[place])


def _claim(rows: list[Row]) -> tuple[int, str, str, str]:
    """How good the cluster's claim is (least is best), what breaks a tie, the name it claims, what it is called by otherwise."""
    bears = min(((TRUST[row["kind"]], row["inn"]) for row in rows if row["inn"]), default=None)
    called = min(row["called"] or row["mention"] for row in rows)
    if bears:
        return bears[0], called, f"inn:{bears[1]}", called
    first = min(rows, key=lambda row: (not row["party"].startswith("born:"), TRUST[row["kind"]], row["party"]))
    return 9, called, str(first["party"]), called


def keeping_apart(store: Store, one: Iterable[str], other: Iterable[str]) -> set[int]:
    """Numbers of the decisions «different» that speak of the parties of these two persons, given by their references."""
    rows = store.sql(
        """
        WITH one AS (SELECT DISTINCT party FROM reference JOIN party USING (mention) WHERE list_contains($one, reference)),
        other AS (SELECT DISTINCT party FROM reference JOIN party USING (mention) WHERE list_contains($other, reference)),
        told AS (SELECT number, side, party FROM judged JOIN party USING (mention) WHERE verdict = 'different')
        SELECT DISTINCT a.number FROM told a JOIN told b ON a.number = b.number AND a.side <> b.side
        WHERE a.party IN (FROM one) AND b.party IN (FROM other)""",
        {"one": list(one), "other": list(other)},
    )
    return {int(number) for (number,) in rows.fetchall()}
