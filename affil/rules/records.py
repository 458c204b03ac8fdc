"""The records behind findings, read once: mentions, registry rows, applications, identities; and what joins two of one person."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from affil.control.control import Control
from affil.control.related import Relation
from affil.kinship.compose import Kin
from affil.model.finding import Source
from affil.store.store import Store

Row = dict[str, Any]

# Confidence of a certain merge: ИНН are mistyped into another valid one, and full names with birth dates repeat, now and then.
CONFIDENCE = {"A": 0.99, "B": 0.97, "C": 0.9}


@dataclass(frozen=True, slots=True)
class Joint:
    """Why two records are taken for one person."""

    grade: str
    confidence: float
    agreement: str


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
        store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
        self.mentions = {row["mention"]: row for row in store.rows(_MENTIONS)}
        kinds = {mention.partition("|")[0] for mention in used}

        def cited(query: str, *of: str) -> dict[str, Row]:
            """The cited records of these kinds by id; what nobody cites is not looked through."""
            return {row["evidence"]: row for row in store.rows(query)} if kinds.intersection(of) else {}

        self.ties, self.relatives = cited(_TIES, "tie"), cited(_RELATIVES, "relative")
        self.proprietors, self.disclosed = cited(_PROPRIETORS, "proprietor"), cited(_DISCLOSED, "disclosed")
        self.bidders, self.companies = cited(_BIDDERS, "bidder"), cited(_COMPANIES, "company")
        self.journals = cited(_JOURNALS, "notice", "interest")
        self.institutions = {row["institution"]: row for row in store.rows("SELECT * FROM institution_of")}
        self.identities = {(row["declared"], row["behind"]): row for row in store.rows("SELECT * FROM identity")}
        self.patterns = {(row["official_key"], row["mention"]): row for row in store.rows("SELECT * FROM name_pattern")}
        self.files = dict(store.sql("SELECT source_id, file FROM source").fetchall())

    def source(self, row: Row) -> Source:
        """Where a record stands."""
        return Source(self.files[row["source_id"]], row["locator"])

    def joint(self, one: str, other: str) -> Joint | None:
        """What joins two mentions of one party; None where they are the same record."""
        if one == other:
            return None
        a, b = self.mentions[one], self.mentions[other]
        if a["inn"] and a["inn"] == b["inn"]:
            return Joint("A", CONFIDENCE["A"], "inn")
        registry = [row for row in (a, b) if row["kind"] not in ("official", "relative")]
        if registry and any(row["inn"] is None for row in registry) and len(registry) == 2:
            return Joint("C", CONFIDENCE["C"], "company")
        return Joint("B", CONFIDENCE["B"], "birth_date")


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
_NAMED_AS = "f.party AS named_party, f.grade AS name_grade, f.probability AS name_probability, f.agreement AS name_agreement"
_DISCLOSED = f"""
    SELECT d.*, {_NAMED_AS}, u.mention AS evidence FROM participant_person_in_force d {_NAMED}
    JOIN used u ON u.mention = 'disclosed|' || d.source_id || '|' || d.locator || '|' || d.kind || '|' || coalesce(d.name_key, d.inn)"""
_BIDDERS = f"""
    SELECT p.*, {_NAMED_AS}, u.mention AS evidence FROM participant_in_force p {_NAMED}
    JOIN used u ON u.mention = 'bidder|' || p.source_id || '|' || p.locator"""
_JOURNALS = """
    SELECT u.mention AS evidence, n.source_id, n.locator, n.kind_text AS detail FROM notice_in_force n
    JOIN used u ON u.mention = 'notice|' || n.source_id || '|' || n.locator
    UNION ALL
    SELECT u.mention, i.source_id, i.locator, i.kind_text FROM declared_interest_in_force i
    JOIN used u ON u.mention = 'interest|' || i.source_id || '|' || i.locator"""
_COMPANIES = (
    "SELECT c.*, u.mention AS evidence FROM company c JOIN used u ON u.mention = 'company|' || c.source_id || '|' || c.locator"
)
