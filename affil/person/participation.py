"""What the person, his kin and who may be one of them take part in: all loaded organisations, not only suppliers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from affil.control.control import Control, controls
from affil.control.employment import employer_key
from affil.control.intervals import Period
from affil.control.table import all_holdings
from affil.language.companies import company_key
from affil.model.finding import Source
from affil.person.answer import DECLARED, IN_QUESTIONNAIRE, NOT_LOADED, NOT_STATED, SELF, Participation, Subject
from affil.store.store import Store

Row = dict[str, Any]
CONFIDENCE = {"P": 1.0, "A": 0.99, "B": 0.97, "C": 0.9}  # of a certain merge, as findings have it (rules/records.py)
HALF = 0.5
DECLARED_ONLY = "declared"
SUPPLIED = "supplied_in_person"  # no registration of an entrepreneur is loaded, only that he supplied or bid himself


@dataclass(frozen=True, slots=True)
class Who:
    """A person whose participation is asked for: one of the questionnaire, or the subject himself."""

    party: str
    name: str
    relationship: str
    chains: tuple[str, ...]
    employer: str | None = None  # of a relative, as the questionnaire says
    gender: str | None = None


def participations(store: Store, subject: Subject, people: Iterable[Who], alike: Iterable[Row]) -> tuple[Participation, ...]:
    """Every participation, sorted: his own first, then by person, organisation and time; by a name alone last.

    Directors, managing organisations, owners and owners of owners of every loaded company, entrepreneurs, and natural persons who
    supply or bid themselves; and shares that only a declaration names. `alike`: rows of likeness. Needs the temporary tables
    mention, party, judged, firm_party and purchase.
    """
    by_party = {one.party: one for one in people}
    likely = {(row["declared"], row["behind"]): row for row in alike if row["declared"] in by_party}
    persons = sorted({*by_party, *(behind for _, behind in likely)})
    store.temporary("taking_part", {"party": "VARCHAR"}, [(party,) for party in persons])
    store.script(Path(__file__).with_suffix(".sql"))
    holdings = all_holdings(store)
    found = controls(holdings, {one.company for one in holdings}, persons).controls
    stated = _Stated(store, subject, by_party)
    joints, names, places = _Joints(store), _names(store, found), _Places(store)
    rows: list[Participation] = []
    for control in [*found, *_in_person(store)]:
        first = control.chains[0][0]
        for who, grade, probability in _holders(control.person, first, by_party, likely, joints):
            rows.append(_row(who, control, grade, probability, names, stated, places.source(first)))
    rows += stated.not_in_registries(rows)
    return tuple(sorted(rows, key=_order))


def _order(one: Participation) -> tuple[object, ...]:
    start = one.since or dt.date.min
    return one.name_only, not one.own, one.who, one.party, one.name, one.organisation, one.kind, start, one.source


def _holders(
    person: str, evidence: str, by_party: Mapping[str, Who], likely: Mapping[tuple[str, str], Row], joints: _Joints
) -> Iterator[tuple[Who, str, float]]:
    """Who of the asked the person of this record is, or may be."""
    if person in by_party:
        grade = joints.grade(person, evidence)
        yield by_party[person], grade, CONFIDENCE[grade]
    for (declared, behind), row in likely.items():
        if behind == person:
            yield by_party[declared], row["grade"], row["probability"]


def _row(
    who: Who, control: Control, grade: str, probability: float, names: Mapping[str, str], stated: _Stated, source: Source
) -> Participation:
    inn = control.company.removeprefix("inn:") if control.company.startswith("inn:") else None
    name = names.get(control.company) or (who.name if control.kind == "sole-proprietor" else inn or control.company)
    period = control.period
    return Participation(
        who.party, who.name, who.relationship, who.chains, control.company, name, inn, control.kind, control.share,
        period.valid_from, period.valid_to, period.known_until, stated.of(who, inn, name), grade, probability,
        grade == "D" and probability < HALF, source, control.assumed, who.gender,
    )  # fmt: skip


class _Joints:
    """Why a registry's record and a declared one are one person: the grade of a certain merge."""

    def __init__(self, store: Store) -> None:
        self.inns: dict[str, set[str]] = defaultdict(set)
        self.seen: dict[str, str | None] = {}
        for mention, party, inn, declared in store.sql("""
            SELECT m.mention, p.party, m.inn, m.kind IN ('official', 'relative') FROM mention m JOIN party p USING (mention)
            WHERE p.party IN (SELECT party FROM taking_part)""").fetchall():
            if not declared:
                self.seen[mention] = inn
            elif inn:
                self.inns[party].add(inn)
        rows = store.sql("SELECT DISTINCT p.party FROM judged JOIN party p USING (mention) WHERE verdict = 'same'").fetchall()
        self.decided = {str(party) for (party,) in rows}

    def grade(self, party: str, evidence: str) -> str:
        """P by a decision; A by the ИНН; C where only another record of the same firm has it; B by name and birth date."""
        inn = self.seen.get(evidence)
        if inn is not None and inn in self.inns[party]:
            return "A"
        if party in self.decided:
            return "P"
        return "B" if inn is not None else "C"


class _Places:
    """File and locator of a record by its mention."""

    def __init__(self, store: Store) -> None:
        self.files = dict(store.sql("SELECT source_id, file FROM source").fetchall())

    def source(self, mention: str) -> Source:
        """Where the record stands."""
        _, source_id, locator, *_ = [*mention.split("|"), ""]
        return Source(self.files.get(source_id, ""), locator)


_PROPRIETORS = """
    SELECT p.party, m.mention, r.registered_on, r.ended_on, r.extract_date FROM proprietor r
    JOIN mention m ON m.mention = 'proprietor|' || r.source_id || '|' || r.locator || '|' || coalesce(CAST(r.extract_date AS VARCHAR), '')
    JOIN party p USING (mention) SEMI JOIN taking_part ON taking_part.party = p.party
    QUALIFY row_number() OVER (PARTITION BY p.party, coalesce(r.ogrnip, r.inn) ORDER BY r.extract_date DESC NULLS LAST, m.mention) = 1
    ORDER BY ALL"""
_SUPPLIERS = """
    SELECT supplier AS party, min(mention) AS mention FROM purchase SEMI JOIN taking_part ON party = supplier
    WHERE supplier_kind = 'person' AND role <> 'subcontractor' GROUP BY supplier ORDER BY supplier"""


def _in_person(store: Store) -> Iterator[Control]:
    """Entrepreneurs by the newest extract of each registration; without one, natural persons who supply or bid themselves."""
    registered = set()
    for row in store.rows(_PROPRIETORS):
        registered.add(row["party"])
        period = Period(row["registered_on"], row["ended_on"], row["ended_on"] or row["extract_date"])
        yield Control(row["party"], row["party"], "sole-proprietor", None, None, period, ((row["mention"],),))
    for row in store.rows(_SUPPLIERS):
        if row["party"] not in registered:
            nothing = Period(None, None, None)
            yield Control(row["party"], row["party"], "sole-proprietor", None, None, nothing, ((row["mention"],),), (SUPPLIED,))


def _names(store: Store, found: Iterable[Control]) -> dict[str, str]:
    """The newest short name of each company, else what an application calls it."""
    wanted = sorted({one.company for one in found})
    rows = store.sql("""
        SELECT 'inn:' || inn, arg_max(coalesce(short_name, full_name), (coalesce(extract_date, DATE '0001-01-01'), source_id, locator)) FROM company
        WHERE list_contains($1, 'inn:' || inn) GROUP BY inn""", [wanted]).fetchall()  # fmt: skip
    bidders = store.sql(
        "SELECT supplier, min(supplier_name) FROM purchase WHERE list_contains($1, supplier) GROUP BY 1", [wanted]
    )
    return {party: name for party, name in bidders.fetchall() if name} | {party: name for party, name in rows if name}


class _Stated:
    """What the person himself has told: his declarations of interests, and the places of work in his questionnaire."""

    def __init__(self, store: Store, subject: Subject, people: Mapping[str, Who]) -> None:
        self.people, self.own = people, subject.party
        self.rows = store.rows(
            """SELECT i.*, s.file FROM declared_interest_in_force i JOIN source s USING (source_id)
               WHERE list_contains($1, official_key) ORDER BY i.source_id, len(i.locator), i.locator""",
            [[post.key for post in subject.posts]],
        )

    def of(self, who: Who, inn: str | None, name: str) -> str:
        """Whether this organisation of this person is declared, or told as a place of work, or not; or nothing to tell it by."""
        declared = [row for row in self.rows if row["fact"] == "interest" and _is_of(row, who) and _same(row, inn, name)]
        if declared:
            return DECLARED
        if who.employer and _names_it(who.employer, inn, name):
            return IN_QUESTIONNAIRE
        return NOT_STATED if self.rows and _must_declare(who) else NOT_LOADED

    def not_in_registries(self, known: Iterable[Participation]) -> Iterator[Participation]:
        """Shares declared of which no loaded extract shows anything."""
        told = [(one.party, one.inn, company_key(one.name)) for one in known]
        for row in self.rows:
            who = self._holder(row)
            if row["fact"] != "interest" or row["kind"] != "share" or who is None:
                continue
            if any(
                party == who.party and (inn == row["organisation_inn"] if inn and row["organisation_inn"] else key == row["organisation_key"])
                for party, inn, key in told
            ):  # fmt: skip
                continue
            inn = row["organisation_inn"]
            party = f"inn:{inn}" if inn else f"firm:{row['organisation_key']}"
            yield Participation(
                who.party, who.name, who.relationship, who.chains, party, row["organisation"] or inn or "", inn, DECLARED_ONLY,
                Fraction(row["share"]) if row["share"] else None, None, None, row["as_of"], DECLARED, "P", 1.0, False,
                Source(row["file"], row["locator"]), (), who.gender,
            )  # fmt: skip

    def _holder(self, row: Row) -> Who | None:
        """The one person a row of a declaration is of."""
        fitting = [who for who in self.people.values() if _is_of(row, who)]
        return fitting[0] if len(fitting) == 1 else None


def _is_of(row: Row, who: Who) -> bool:
    return row["holder"] == SELF if who.relationship == SELF else row["holder"] in who.chains


def _must_declare(who: Who) -> bool:
    """The declaration of income speaks of the servant, his spouse and children (273-ФЗ ст. 8 ч. 1); of others it says nothing."""
    return who.relationship == SELF or who.chains in (("spouse",), ("child",))


def _same(row: Row, inn: str | None, name: str) -> bool:
    if inn and row["organisation_inn"]:
        return bool(inn == row["organisation_inn"])
    return bool(row["organisation_key"]) and row["organisation_key"] == company_key(name)


def _names_it(employer: str, inn: str | None, name: str) -> bool:
    return bool(inn and inn in employer) or employer_key(employer) == (company_key(name) or "")
