"""The records behind a finding, and the paths made of them: every step with its file, place and dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from affil.control.control import Control
from affil.control.intervals import covers
from affil.kinship.chains import inverse
from affil.kinship.compose import Kin
from affil.model.finding import GRADES, EvidencePath, Source, Step
from affil.store.store import Store

Row = dict[str, Any]

# Confidence of a certain merge: ИНН are mistyped into another valid one, and full names with birth dates repeat, now and then.
CONFIDENCE = {"A": 0.99, "B": 0.97, "C": 0.9}

OWNERS = ("owner", "indirect-owner", "small-share")


@dataclass(frozen=True, slots=True)
class Joint:
    """Why two records are taken for one person."""

    grade: str
    confidence: float
    agreement: str


class Records:
    """Mentions, registry rows and identities that candidate paths need, read once."""

    def __init__(self, store: Store, candidates: Collection[Row], kin: list[Kin], controls: list[Control]) -> None:
        used = {evidence for row in candidates for evidence, _ in kin[row["kin_id"]].hops}
        used |= {evidence for row in candidates for chain in controls[row["control_id"]].chains for evidence in chain}
        used |= {"official|" + row["official_key"] for row in candidates}
        self._owners(store, used)
        store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
        self.mentions = {row["mention"]: row for row in store.rows(_MENTIONS)}
        self.ties = {row["evidence"]: row for row in store.rows(_TIES)}
        self.relatives = {row["mention"]: row for row in store.rows(_RELATIVES)}
        self.proprietors = {row["mention"]: row for row in store.rows(_PROPRIETORS)}
        self.disclosed = {row["mention"]: row for row in store.rows(_DISCLOSED)}
        self.identities = {(row["declared"], row["behind"]): row for row in store.rows("SELECT * FROM identity")}
        self.files = dict(store.sql("SELECT source_id, file FROM source").fetchall())

    @staticmethod
    def _owners(store: Store, used: set[str]) -> None:
        store.temporary("used", {"mention": "VARCHAR"}, [(mention,) for mention in sorted(used)])
        used |= {
            str(row[0])
            for row in store.sql(
                "SELECT DISTINCT 'official|' || owner FROM mention SEMI JOIN used USING (mention) WHERE kind = 'relative'"
            ).fetchall()
        }

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


_MENTIONS = "SELECT m.*, p.party FROM mention m SEMI JOIN used USING (mention) JOIN party p USING (mention)"
_TIES = """
    SELECT t.*, e.evidence FROM registry_tie t
    JOIN (SELECT mention AS evidence FROM used WHERE starts_with(mention, 'tie|')) e
      ON e.evidence = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')"""
_RELATIVES = """
    SELECT r.* REPLACE (coalesce(w.chains, r.chains) AS chains), u.mention,
           w.chains IS NOT NULL AND NOT contains(w.chains, '|') AS decided
    FROM relative_in_force r JOIN used u ON u.mention = 'relative|' || r.source_id || '|' || r.locator
    LEFT JOIN kin_word w ON w.source_id = r.source_id AND w.locator = r.locator"""
_PROPRIETORS = """
    SELECT r.*, u.mention FROM proprietor r
    JOIN used u ON u.mention = 'proprietor|' || r.source_id || '|' || r.locator || '|' || coalesce(CAST(r.extract_date AS VARCHAR), '')"""
_DISCLOSED = """
    SELECT d.*, u.mention FROM participant_person_in_force d
    JOIN used u ON u.mention = 'disclosed|' || d.source_id || '|' || d.locator || '|' || d.kind || '|' || coalesce(d.name_key, d.inn)"""


class Paths:
    """Candidate rows of a rule into evidence paths. `names` gives a company's or supplier's name by party."""

    def __init__(
        self, records: Records, kin: list[Kin], controls: list[Control], names: dict[str, str], customers: dict[str, str]
    ) -> None:
        self.records, self.kin, self.controls, self.names, self.customers = records, kin, controls, names, customers
        self._held: dict[tuple[str, str], list[Control]] = defaultdict(list)
        for control in controls:
            if control.kind in OWNERS:
                self._held[control.person, control.company].append(control)

    def shares(self, person: str, purchase: Row) -> list[Fraction]:
        """The effective shares of the supplier known to be his on the day of the purchase."""
        day = purchase["event_date"]
        held = self._held.get((person, purchase["supplier"]), [])
        return [c.share for c in held if c.share is not None and (day is None or covers(c.period, day).answer != "no")]

    def path(self, row: Row, purchase: Row, time: str) -> EvidencePath:
        """The path of one candidate row: official, kin, identity, control, supplier, purchase, and his service there."""
        kin, control = self.kin[row["kin_id"]], self.controls[row["control_id"]]
        walk = _Walk(self.records, "official|" + row["official_key"])
        self._kin_steps(walk, kin)
        for chain in control.chains:
            self._control_steps(walk, chain, control, row)
        walk.steps += [self._supply(purchase), self._service(row, purchase)]
        day = purchase["event_date"]
        assumed = {*control.assumed, *(covers(control.period, day).assumed if day and time == "in-force" else ())}
        assumed |= set(_assumptions(row, purchase, kin))
        if any(self.records.relatives[evidence]["decided"] for evidence, _ in kin.hops):
            assumed.add("kin_word_decided")
        return EvidencePath(
            steps=tuple(walk.steps), kinship=kin.chain, control=control.kind, share=control.share, confidence=round(walk.confidence, 4),
            identity_grade=walk.grade, in_force=in_force(control, purchase, time), assumed=tuple(sorted(assumed)),
        )  # fmt: skip

    def _kin_steps(self, walk: _Walk, kin: Kin) -> None:
        for number, (evidence, backwards) in enumerate(kin.hops):
            relative = self.records.relatives[evidence]
            owner = "official|" + self.records.mentions[evidence]["owner"]
            start, end = (evidence, owner) if backwards else (owner, evidence)
            walk.join(start)
            declared = relative["chains"].split("|")[0]
            chain = kin.chain if len(kin.hops) == 1 else inverse(declared) if backwards else declared
            walk.go(
                chain,
                end,
                self.records.source(relative),
                detail=relative["relationship"] or "",
                dates=(kin.valid_from, kin.valid_to) if number == 0 else (None, None),
            )

    def _control_steps(self, walk: _Walk, chain: tuple[str, ...], control: Control, row: Row) -> None:
        walk.back_to_person()
        first = chain[0]
        walk.join(
            first, self.records.identities.get((row["declared"], row["behind"])) if row["declared"] != row["behind"] else None
        )
        if control.kind == "sole-proprietor":
            record = self.records.proprietors.get(first) or self.records.mentions[first]
            walk.to_company("sole-proprietor", "supplier:" + control.company, self.names[control.company], self.records.source(record),
                            dates=(control.period.valid_from, control.period.valid_to), kind="person")  # fmt: skip
            return
        for evidence in chain:
            tie = self.records.ties.get(evidence) or self.records.disclosed[evidence]
            company = "inn:" + (tie.get("company_inn") or tie.get("participant_inn") or "")
            if company == "inn:":
                company = "firm:" + str(tie["participant_key"])
            relation = "manager" if tie["kind"] == "managing" else tie["kind"]
            share = tie.get("share")
            walk.to_company(relation, company, self.names.get(company, company), self.records.source(tie),
                            dates=(tie.get("since"), control.period.valid_to if evidence == chain[-1] else None),
                            detail=_percent(share) if share and tie["kind"] == "owner" else (tie.get("position") or ""))  # fmt: skip

    def _supply(self, purchase: Row) -> Step:
        kind = "person" if purchase["supplier_kind"] == "person" else "organisation"
        relation = "supplier" if purchase["event"] == "award" else "participant"
        day = purchase["event_date"]
        return Step(
            self.names[purchase["supplier"]], relation, label(purchase), self.records.source(purchase), day, day,
            confidence=BY_NAME_CONFIDENCE if purchase["by_name"] else 1.0, origin_kind=kind, target_kind="purchase",
            origin_id=_node(purchase["supplier"], kind), target_id=f"purchase|{purchase['source_id']}|{purchase['locator']}",
        )  # fmt: skip

    def _service(self, row: Row, purchase: Row) -> Step:
        official = self.records.mentions["official|" + row["official_key"]]
        relation = {"employment": "service", "seat": "commission member", "manager": "contract manager"}[row["service_kind"]]
        return Step(
            official["name"], relation, self.customers.get(purchase["customer_inn"] or "") or purchase["customer_inn"] or label(purchase), self.records.source(row),
            row["served_from"], row["served_to"], target_kind="organisation", detail=row["detail"] or "",
            origin_id="official|" + row["official_key"], target_id="customer:" + (purchase["customer_inn"] or ""),
        )  # fmt: skip


# A company known by name only: the one of that name in the loaded extracts. Names of firms repeat across the country.
BY_NAME_CONFIDENCE = 0.85


class _Walk:
    """Steps collected along one path, with the weakest grade and the product of confidences."""

    def __init__(self, records: Records, start: str) -> None:
        self.records, self.here, self.steps = records, start, list[Step]()
        self.grade, self.confidence, self._joined, self._person = "A", 1.0, set[tuple[str, str]](), start

    def join(self, mention: str, identity: Row | None = None) -> None:
        """Step from the record we stand on to another record of the same person, if it is another."""
        joint = (
            Joint(identity["grade"], identity["probability"], identity["agreement"])
            if identity
            else self.records.joint(self.here, mention)
        )
        if joint is None:
            return
        one, other = self.records.mentions[self.here], self.records.mentions[mention]
        self._weaken(joint, (self.here, other["party"]))
        self.steps.append(Step(one["name"] or "", "same_as", other["name"] or one["name"] or "", self.records.source(other),
                               confidence=joint.confidence, detail=joint.agreement, origin_id=self.here, target_id=mention))  # fmt: skip
        self.here = mention

    def _weaken(self, joint: Joint, seam: tuple[str, str]) -> None:
        self.grade = max(self.grade, joint.grade, key=GRADES.index)
        if seam not in self._joined:  # several chains of one person rest on one and the same identity
            self.confidence *= joint.confidence
            self._joined.add(seam)

    def go(self, relation: str, end: str, source: Source, detail: str, dates: tuple[dt.date | None, dt.date | None]) -> None:
        """A step of kin to another record of a person."""
        one, other = self.records.mentions[self.here], self.records.mentions[end]
        self.steps.append(
            Step(one["name"], relation, other["name"], source, *dates, detail=detail, origin_id=self.here, target_id=end)
        )
        self.here = self._person = end

    def to_company(self, relation: str, company: str, name: str, source: Source, dates: tuple[dt.date | None, dt.date | None],
                   detail: str = "", kind: str = "organisation") -> None:  # fmt: skip
        """A step of control, from a person or a company to a company."""
        person = self.here in self.records.mentions
        origin = self.records.mentions[self.here]["name"] if person else self.steps[-1].target
        self.steps.append(Step(origin or "", relation, name, source, *dates, detail=detail, origin_kind="person" if person else "organisation",
                               target_kind=kind, origin_id=self.here, target_id=company))  # fmt: skip
        self.here = company

    def back_to_person(self) -> None:
        """Stand on the person again, to follow another chain of ownership from him."""
        self.here = self._person


def _node(supplier: str, kind: str) -> str:
    return "supplier:" + supplier if kind == "person" else supplier


def label(purchase: Row) -> str:
    """How a purchase is named in a path: number of the contract, else of the procedure, else customer and day."""
    number = purchase["contract_number"] if purchase["event"] == "award" else None
    return (
        number
        or purchase["procedure_number"]
        or " ".join(str(part) for part in (purchase["customer_inn"], purchase["event_date"]) if part)
    )


def in_force(control: Control, purchase: Row, time: str) -> bool | str:
    """CONTRACT 4: true, false, or "during_performance" where the tie began after signing and not after a known end of the contract."""
    if time == "in-force":
        return True
    begun, ends = control.period.valid_from, purchase["ends_on"]
    if time == "began-after" and purchase["event"] == "award" and begun and ends and begun <= ends:
        return "during_performance"
    return False


def _assumptions(row: Row, purchase: Row, kin: Kin) -> Iterator[str]:
    if purchase["event_date"] is None:
        yield "event_date_unknown"
    if purchase["customer_by"]:
        yield purchase["customer_by"]
    if row["employer_by"]:
        yield row["employer_by"]
    if row["served_from"] is None and row["service_kind"] != "manager":
        yield "service_start_unknown"
    if kin.alternatives:
        yield "kin_word_ambiguous"
    if "(former)" in kin.chain and kin.valid_from is None:
        yield "marriage_dates_unknown"


def _percent(share: str) -> str:
    numerator, denominator = share.split("/")
    value = int(numerator) * 100 / int(denominator)
    return f"{value:.4f}".rstrip("0").rstrip(".") + " %"


def better(path: EvidencePath) -> tuple[Any, ...]:
    """Sort key of paths between the same ends: the surer identity, the stronger control, the more probable, the shorter, the earlier.

    Of suppositions (grade D) the more probable goes before the stronger control; certain merges differ too little for that.
    What is left is told apart by its whole text, so that the order of rows never decides.
    """
    from affil.model.finding import CONTROLS

    steps = tuple((s.origin, s.relation, s.target, s.source) for s in path.steps)
    dates = tuple((str(s.valid_from or ""), str(s.valid_to or "9999")) for s in path.steps)
    return (
        GRADES.index(path.identity_grade),
        -path.confidence if path.identity_grade == "D" else 0.0,
        CONTROLS.index(path.control),
        -path.confidence,
        len(path.steps),
        path.kinship,
        steps,
        dates,
        repr(path),
    )


def weakest(paths: Iterable[EvidencePath]) -> list[EvidencePath]:
    """The paths, best first, none twice."""
    return sorted({replace(path): None for path in paths}, key=better)
