"""The records behind findings, read once: mentions, registry rows, applications, identities; and what joins two of one person."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from affil.control.control import Control
from affil.control.related import Relation
from affil.decisions.entry import DIFFERENT, SAME, Entry, shown_id
from affil.decisions.log import effective, read_log
from affil.kinship.compose import Kin
from affil.model.finding import Decided, Resemblance, Source
from affil.store.store import Store

Row = dict[str, Any]

# Confidence of a certain merge: ИНН are mistyped into another valid one, and full names with birth dates repeat, now and then.
CONFIDENCE = {"A": 0.99, "B": 0.97, "C": 0.9}


DECISION = "decision"
LOG = "affil.duckdb"  # the log stands in the store, in the table of this name


@dataclass(frozen=True, slots=True)
class Joint:
    """Why two records are taken for one person."""

    grade: str
    confidence: float
    agreement: str
    source: Source | None = None  # where it stands, if not at the record it leads to
    decided: Decided | None = None
    resemblance: Resemblance | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """The derived ties of a run: row `kin_id` of the table `kin` is `kin[kin_id]`, and so on; of `related` those the candidates go over."""

    kin: list[Kin]
    controls: list[Control]
    relations: dict[int, Relation]


class Records:
    """What the paths of candidate rows cite, by mention or evidence id."""

    def __init__(self, store: Store, candidates: Collection[Row], ties: Ties) -> None:
        used = set(_cited(candidates, ties))
        store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
        used |= {str(row[0]) for row in store.sql(_OWNERS).fetchall()}
        self.entries = {entry.number: entry for entry in effective(read_log(store))}
        if self.entries:
            store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
            used |= {str(row[0]) for row in store.sql(_DECIDED_PARTIES).fetchall()}
        store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
        self.mentions = {row["mention"]: row for row in store.rows(_MENTIONS)}
        kinds = {mention.partition("|")[0] for mention in used}

        def cited(query: str, *of: str) -> dict[str, Row]:
            """The cited records of these kinds by id; what nobody cites is not looked through."""
            return {row["evidence"]: row for row in store.rows(query)} if kinds.intersection(of) else {}

        self.ties, self.relatives = cited(_TIES, "tie"), cited(_RELATIVES, "relative")
        self.proprietors, self.disclosed = cited(_PROPRIETORS, "proprietor"), cited(_DISCLOSED, "disclosed")
        self.bidders = cited(_BIDDERS, "bidder") | cited(_AWARDED, "awarded")
        self.companies = cited(_COMPANIES, "company")
        self.journals = cited(_JOURNALS, "notice", "interest")
        self.institutions = {row["institution"]: row for row in store.rows("SELECT * FROM institution_of")}
        self.identities = {(row["declared"], row["behind"]): row for row in store.rows("SELECT * FROM identity")}
        self.patterns = {(row["official_key"], row["mention"]): row for row in store.rows("SELECT * FROM name_pattern")}
        self.judged = _judged(store) if self.entries else {}
        self.members: dict[str, list[str]] = defaultdict(list)
        for mention in sorted(self.judged and self.mentions):
            self.members[self.mentions[mention]["party"]].append(mention)
        self.files = dict(store.sql("SELECT source_id, file FROM source").fetchall())

    def source(self, row: Row) -> Source:
        """Where a record stands."""
        return Source(self.files[row["source_id"]], row["locator"])

    def joints(self, one: str, other: str) -> list[tuple[str, Joint]]:
        """The way from one mention of a party to another, each record with what joins it to the one before; empty for the same record.

        One step, save where a decision joins one record and something else the other.
        """
        if one == other:
            return []
        party = self.mentions[one]["party"]
        if not any(verdict == SAME for mention in self.members.get(party, ()) for _, _, verdict in self.judged.get(mention, ())):
            return [(other, self._joint(one, other))]
        return self._way(one, other, self.members[party]) or [(other, self._joint(one, other))]

    def _way(self, one: str, other: str, members: list[str]) -> list[tuple[str, Joint]]:
        """The shortest way, of such the first by name: the order of rows never decides."""
        ways: dict[str, list[tuple[str, Joint]]] = {one: []}
        waiting = deque([one])
        while waiting and other not in ways:
            here = waiting.popleft()
            for there in members:
                if there not in ways and (joint := self._decided(here, there) or self._shared(here, there)):
                    ways[there] = [*ways[here], (there, joint)]
                    waiting.append(there)
        return ways.get(other, [])

    def _decided(self, one: str, other: str) -> Joint | None:
        """The joint by a decision that speaks of both, `same` or nothing."""
        both = self.decision(self.judged.get(one, []), self.judged.get(other, []))
        if both is None or both.verdict != SAME:
            return None
        return Joint("P", 1.0, DECISION, Source(LOG, f"{DECISION}!{shown_id(both.subject)}"), _told(both))

    def decision(self, one: list[tuple[int, int, str]], other: list[tuple[int, int, str]]) -> Entry | None:
        """The decision in force that has these two on its two sides; of several the first by its pair, then the latest."""
        sides = {(number, 1 - side) for number, side, verdict in one if verdict != DIFFERENT}
        found = [self.entries[number] for number, side, _ in other if (number, side) in sides]
        return min(found, key=lambda entry: (entry.subject, -entry.number), default=None)

    def doubt(self, declared: str, behind: str) -> Decided | None:
        """The decision «unsure» on two mentions that are no party, as a step tells it."""
        found = self.decision(self.judged.get(declared, []), self.judged.get(behind, []))
        return _told(found) if found else None

    def _shared(self, one: str, other: str) -> Joint | None:
        """The joint by what both records say; None where they have nothing in common."""
        a, b = self.mentions[one], self.mentions[other]
        born = (
            a["birth_date"]
            and a["birth_date"] == b["birth_date"]
            and a["given"] == b["given"]
            and a["patronymic"] == b["patronymic"]
        )
        firm = a["company"] and a["company"] == b["company"] and a["name_key"] == b["name_key"]
        return self._joint(one, other) if born or firm or (a["inn"] and a["inn"] == b["inn"]) else None

    def _joint(self, one: str, other: str) -> Joint:
        a, b = self.mentions[one], self.mentions[other]
        if a["inn"] and a["inn"] == b["inn"]:
            return Joint("A", CONFIDENCE["A"], "inn")
        registry = [row for row in (a, b) if row["kind"] not in ("official", "relative")]
        born = a["birth_date"] and a["birth_date"] == b["birth_date"]
        if not born and any(
            row["inn"] is None for row in registry
        ):  # he is one with another record of the firm, which has the ИНН
            return Joint("C", CONFIDENCE["C"], "company")
        return Joint("B", CONFIDENCE["B"], "birth_date")


def _told(entry: Entry) -> Decided:
    return Decided(entry.number, entry.verdict, entry.by, entry.on, entry.documents)


def _judged(store: Store) -> dict[str, list[tuple[int, int, str]]]:
    """(number, side, verdict) of the decisions that meet each mention."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention, number, side, verdict in store.sql("SELECT mention, number, side, verdict FROM judged ORDER BY ALL").fetchall():
        found[mention].append((number, side, verdict))
    return dict(found)


def _cited(candidates: Collection[Row], ties: Ties) -> Iterator[str]:
    """Ids of all records that the ways of the candidates go over."""
    for row in candidates:
        for official in ("official_key", "other_official", "chief"):
            if row.get(official) is not None:
                yield "official|" + row[official]
        if row.get("pattern") is not None:
            yield row["pattern"]
        for kin in ("kin_id", "other_kin"):
            if row.get(kin) is not None:
                yield from (evidence for evidence, _ in ties.kin[row[kin]].hops)
        for control in ("control_id", "other_control"):
            if row.get(control) is not None:
                yield from (evidence for chain in ties.controls[row[control]].chains for evidence in chain)
        if row.get("related_id") is not None:
            yield from ties.relations[row["related_id"]].evidence
        if row.get("fact") is not None:
            yield row["fact"]


_OWNERS = "SELECT DISTINCT 'official|' || owner FROM mention SEMI JOIN used USING (mention) WHERE kind = 'relative'"
_DECIDED_PARTIES = """
    SELECT mention FROM party WHERE party IN (SELECT party FROM party SEMI JOIN used USING (mention))
      AND party IN (SELECT party FROM party JOIN judged USING (mention) WHERE verdict = 'same')"""
_MENTIONS = "SELECT m.*, p.party FROM mention m SEMI JOIN used USING (mention) JOIN party p USING (mention)"
_TIES = """
    SELECT t.*, e.evidence FROM registry_tie t
    JOIN (SELECT mention AS evidence FROM used WHERE starts_with(mention, 'tie|')) e
      ON e.evidence = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')"""
_RELATIVES = """
    SELECT r.* REPLACE (coalesce(w.chains, r.chains) AS chains), u.mention AS evidence,
           w.chains IS NOT NULL AND NOT contains(w.chains, '|') AS decided
    FROM relative_in_force r JOIN used u ON u.mention = 'relative|' || r.source_id || '|' || r.locator
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator"""
_PROPRIETORS = """
    SELECT r.*, u.mention AS evidence FROM proprietor r
    JOIN used u ON u.mention = 'proprietor|' || r.source_id || '|' || r.locator || '|' || coalesce(CAST(r.extract_date AS VARCHAR), '')"""
_NAMED = "LEFT JOIN firm_party f ON f.firm_key = CASE WHEN participant_inn IS NULL THEN participant_key END"
_NAMED_AS = "f.party AS named_party, f.grade AS name_grade, f.probability AS name_probability, f.agreement AS name_agreement, f.evidence AS name_evidence"
_DISCLOSED = f"""
    SELECT d.*, {_NAMED_AS}, u.mention AS evidence FROM participant_person_in_force d {_NAMED}
    JOIN used u ON u.mention = 'disclosed|' || d.source_id || '|' || d.locator || '|' || d.kind || '|' || coalesce(d.name_key, d.inn)"""
_BIDDERS = f"""
    SELECT p.*, {_NAMED_AS}, u.mention AS evidence FROM participant_in_force p {_NAMED}
    JOIN used u ON u.mention = 'bidder|' || p.source_id || '|' || p.locator"""
_AWARDED = f"""
    SELECT c.*, {_NAMED_AS}, u.mention AS evidence
    FROM (SELECT source_id, locator, supplier_inn AS participant_inn, supplier_key AS participant_key, supplier_phone AS phone,
                 supplier_email AS email, supplier_address AS address FROM contract_in_force) c {_NAMED}
    JOIN used u ON u.mention = 'awarded|' || c.source_id || '|' || c.locator"""
_JOURNALS = """
    SELECT u.mention AS evidence, n.source_id, n.locator, n.kind_text AS detail FROM notice_in_force n
    JOIN used u ON u.mention = 'notice|' || n.source_id || '|' || n.locator
    UNION ALL
    SELECT u.mention, i.source_id, i.locator, i.kind_text FROM declared_interest_in_force i
    JOIN used u ON u.mention = 'interest|' || i.source_id || '|' || i.locator"""
_COMPANIES = (
    "SELECT c.*, u.mention AS evidence FROM company c JOIN used u ON u.mention = 'company|' || c.source_id || '|' || c.locator"
)
