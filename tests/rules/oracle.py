"""A second answer to every rule, by brute force over the raw records: no derived table, no SQL, no interval arithmetic.

Everything is asked day by day. A NetworkX graph holds what the records say of one day (who runs and who owns what), every
simple chain in it is followed and exact shares are added up; another graph holds the declarations of kin. Nothing of
`affil.rules`, `affil.control`, `affil.procurement` or `affil.kinship.compose` is used; the rules are read as plain YAML, and
only the circles and the reduction table of `affil.kinship` (which have tests of their own) are shared with the engine.

A world is `{table: [row, …]}` with the columns of the store. In it a full name belongs to one person only, so the name says
who is who, whatever identifiers a row carries.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import networkx as nx
import yaml

from affil.kinship.ambiguous import Declared, Speaker, decided
from affil.kinship.chains import concat_reduce, inverse, links, marriages, without_marks
from affil.kinship.circles import best_reading, group_of, in_circle

Row = dict[str, Any]
World = dict[str, list[Row]]
Day = dt.date | None
Span = tuple[Day, Day]
Key = tuple[str, str, str, str]  # rule, official, ИНН of the supplier, purchase

RULES = Path(__file__).parents[2] / "rules"
STRENGTH = ("sole-proprietor", "director", "manager", "owner", "indirect-owner", "small-share")
OWNING = STRENGTH[3:]
CONDUCTS = ("organisation", "foreign")
COMPETITIVE = ("Электронный аукцион", "Открытый конкурс")
GROUNDS_OF_ARTICLE31 = {4, 5, 18, 30, 42, 49, 54, 59}
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Kin:
    """What a person is to the official between two days; `readings` are all that the declarations allow."""

    person: str
    chain: str
    readings: frozenset[str]
    span: Span
    composed: bool  # no row of the official's own declares him


@dataclass(frozen=True)
class State:
    """What a person has in a supplier on a day, and by which chains of records."""

    kind: str
    share: Fraction | None
    chains: frozenset[tuple[object, ...]]


@dataclass(frozen=True)
class Way:
    """One way from the official to a purchase."""

    kinship: str
    person: str
    control: str
    share: Fraction | None
    in_force: bool | str


@dataclass(frozen=True)
class Purchase:
    """A contract or a bid, with everything that decides."""

    id: str
    event: str
    day: Day
    supplier: str
    supplier_inn: str
    won: bool
    row: Row
    procedure: str | None

    @property
    def span(self) -> Span:
        """Between which days it happened: the day itself; else its period, cut by notice and end unless they contradict it."""
        if self.day or self.event == "bid":
            return self.day, self.day
        since, until = self.row.get("period_from"), self.row.get("period_to")
        after = max((day for day in (since, self.row.get("notice_on")) if day), default=None)
        before = min((day for day in (until, self.row.get("ends_on")) if day), default=None)
        return (since, until) if after and before and after > before else (after, before)

    @property
    def of_wording(self) -> Day:
        """The day whose law holds, or the last it may have been."""
        return self.row.get("notice_on") or self.span[1]


def covers(span: Span, day: dt.date) -> bool:
    """Both ends inclusive, an unknown end covers."""
    return (span[0] or day) <= day <= (span[1] or day)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day where it has fewer."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@cache
def _shipped() -> list[Row]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted(RULES.rglob("*.yml")) if ".cases" not in path.name]


def walks(rule: Row) -> bool:
    """Whether this walk can answer the rule: kin → control by the registry → purchase, nothing asked of official or supplier."""
    hops = {name: value for hop in rule.get("path", ()) for name, value in hop.items()}
    if rule.keys() & {"officials", "suppliers"} or rule.get("time", "in-force") not in (
        "in-force",
        "ended-before",
        "began-after",
        "ended-since",
    ):
        return False
    return (
        list(hops) == ["kin", "control", "supplies"] and set(hops["control"]["kinds"]) <= set(STRENGTH)
        and not hops["control"].keys() - {"kinds"} and not hops["kin"].keys() - {"groups", "circle", "composed"}
        and set(hops["supplies"]["roles"]) <= {"winner", "bidder"}
    )  # fmt: skip


class Oracle:
    """The answer for one world: `found` gives for every (rule, official, supplier, purchase) all ways that lead there."""

    def __init__(self, world: World) -> None:
        self.world: World = {t: [defaultdict(type(None), row) for row in rows] for t, rows in world.items()}
        self.rules = [rule for rule in _shipped() if walks(rule)]
        self.officials = {f"{row['employer_inn']}|{row['employee_id']}": row for row in self.world["official"]}
        self._states: dict[dt.date, dict[tuple[str, str], list[State]]] = {}
        self._by_ties: dict[frozenset[tuple[object, ...]], dict[tuple[str, str], list[State]]] = {}

    def found(self) -> dict[Key, set[Way]]:
        """All findings, a winning bid and its contract being one."""
        found: dict[Key, set[Way]] = {}
        for purchase in self.purchases:
            for key, official in self.officials.items():
                for rule in self.rules:
                    ways = set(self._ways(rule, key, official, purchase))
                    if ways:
                        found[rule["id"], key, purchase.supplier_inn, purchase.id] = ways
        return self._without_doubles(found)

    # A number of several contracts goes with the first of them by number.
    def _without_doubles(self, found: dict[Key, set[Way]]) -> dict[Key, set[Way]]:
        gone = set()
        by_id = {purchase.id: purchase for purchase in self.purchases}
        for rule, official, inn, purchase in found:
            bid = by_id[purchase]
            if bid.event == "bid":
                contracts = [
                    key
                    for key in found
                    if key[:3] == (rule, official, inn)
                    and by_id[key[3]].event == "award"
                    and by_id[key[3]].procedure == bid.procedure
                ]
                gone.update(sorted(contracts)[:1])
        return {key: ways for key, ways in found.items() if key not in gone}

    @cached_property
    def purchases(self) -> list[Purchase]:
        """Contracts `award К-1`, and bids `bid П-1 <supplier>`."""
        return [self._purchase(row, "award") for row in self.world["contract"]] + [
            self._purchase(row, "bid") for row in self.world["participant"]
        ]

    def _purchase(self, row: Row, event: str) -> Purchase:
        word = "supplier" if event == "award" else "participant"
        name, inn, kind = row[word], row[f"{word}_inn"], row[f"{word}_kind"]
        number = row["procedure_number"]
        return Purchase(
            f"award {row['contract_number']}" if event == "award" else f"bid {number} {inn}",
            event,
            row["signed_on"] if event == "award" else row["applied_on"],
            f"person {name}" if kind == "person" else f"firm {inn}",
            inn,
            event == "award" or bool(row["winner"]),
            row,
            number,
        )

    def _handle(self, purchase: Purchase, column: str) -> str | None:
        """Customer or organiser: the row's own, for a bid else what contracts or seats of the procedure say."""
        if purchase.event == "award" or purchase.row[column]:
            return str(purchase.row[column] or "") or None
        for table in ("contract", "commission_seat"):
            told = [row[column] for row in self.world[table] if row["procedure_number"] == purchase.procedure and row[column]]
            if told:
                return str(min(told))
        return None

    def _services(self, key: str, official: Row, purchase: Purchase) -> Iterator[tuple[str | None, Span]]:
        customer, organizer = self._handle(purchase, "customer_inn"), self._handle(purchase, "organizer_inn")
        if customer and official["employer_inn"] == customer:
            yield official["procurement_role"], (official["hired"], official["dismissed"])
        for seat in self.world["commission_seat"]:
            if seat["employee_id"] != official["employee_id"]:
                continue
            if seat["procedure_number"]:
                sits = seat["procedure_number"] == purchase.procedure
            elif seat["organizer_inn"]:
                sits = seat["organizer_inn"] == organizer
            else:
                sits = seat["customer_inn"] == customer
            if sits:
                yield "commission member", (seat["valid_from"], seat["valid_to"])
        named = [
            other
            for other, row in self.officials.items()
            if purchase.event == "award" and row["name"] == purchase.row["contract_manager"] and row["employer_inn"] == customer
        ]
        if named == [key]:
            yield "contract manager", (None, None)

    def _ways(self, rule: Row, key: str, official: Row, purchase: Purchase) -> Iterator[Way]:
        hops = {name: value for hop in rule["path"] for name, value in hop.items()}
        if purchase.event not in rule["events"] or not (purchase.won or "bidder" in hops["supplies"]["roles"]):
            return
        only = rule.get("purchases", {})
        if only.get("law") and only["law"] != self._law(purchase):
            return
        if (only.get("article31") and not self._may_be_article31(purchase)) or (
            only.get("competitive") and not self._may_be_competitive(purchase)
        ):
            return
        served = [
            span for role, span in self._services(key, official, purchase) if not rule.get("roles") or role in rule["roles"]
        ]
        for kin in self._kin(official["name"]) if served else ():
            if self._in_hop(hops["kin"], kin, purchase):
                same = [
                    o for o in self._kin(official["name"]) if o.person == kin.person and self._in_hop(hops["kin"], o, purchase)
                ]
                for state, in_force in self._held(rule, purchase, kin, same, served):
                    if state.kind in hops["control"]["kinds"]:
                        yield Way(kin.chain, kin.person, state.kind, state.share, in_force)

    @staticmethod
    def _in_hop(hop: Row, kin: Kin, purchase: Purchase) -> bool:
        if hop.get("composed") and not kin.composed:
            return False
        if "circle" in hop:
            return in_circle(hop["circle"], tuple(sorted(kin.readings)), purchase.of_wording) in ("yes", "disputed")
        return ("self" if kin.chain == "self" else group_of(kin.chain)) in hop["groups"]

    def _law(self, purchase: Purchase) -> str:
        """223-ФЗ where the purchase, or a contract of the bid's procedure, says so; else 44-ФЗ."""
        of_procedure = [
            row for row in self.world["contract"] if purchase.event == "bid" and row["procedure_number"] == purchase.procedure
        ]
        told = [f"{row.get('method')} {row.get('ground')}" for row in (purchase.row, *of_procedure)]
        return "223-ФЗ" if any("223-ФЗ" in one for one in told) else "44-ФЗ"

    def _may_be_article31(self, purchase: Purchase) -> bool:
        """Not before 01.07.2022, not under 223-ФЗ, and of single-supplier grounds only those the article names."""
        day = purchase.of_wording
        method, ground = purchase.row.get("method"), purchase.row.get("ground")
        if (day and day < dt.date(2022, 7, 1)) or self._law(purchase) == "223-ФЗ":
            return False
        if purchase.event == "bid" or method in COMPETITIVE or not ground:
            return True
        return int(ground.split()[1]) in GROUNDS_OF_ARTICLE31

    @staticmethod
    def _may_be_competitive(purchase: Purchase) -> bool:
        """A bid, a competitive method, or nothing that tells of a single supplier (44-ФЗ ст. 39 ч. 1)."""
        method, ground = purchase.row.get("method"), purchase.row.get("ground")
        return purchase.event == "bid" or method in COMPETITIVE or not (ground and "ст. 93" in ground)

    def _held(
        self, rule: Row, purchase: Purchase, kin: Kin, same: list[Kin], served: list[Span]
    ) -> Iterator[tuple[State, bool | str]]:
        """What `kin` has in the supplier that the rule asks for; `same`: all that he is to the official, this included."""
        pair, event, time = (kin.person, purchase.supplier), purchase.day, rule.get("time", "in-force")
        if event is None:
            bounds = [kin.span, purchase.span, *served]
            days = sorted({*self.days, *(day for span in bounds for day in _around(span))}) if time == "in-force" else []
            for day in days:
                if covers(purchase.span, day) and covers(kin.span, day) and any(covers(span, day) for span in served):
                    yield from ((state, True) for state in self._on(day).get(pair, ()))
        elif any(covers(span, event) for span in served):
            now = self._on(event).get(pair, ())
            if time == "began-after":
                if not (now and any(covers(one.span, event) for one in same)):
                    yield from self._future(kin, purchase, event, rule)
            elif covers(kin.span, event) and time == "in-force":
                yield from ((state, True) for state in now)
            elif covers(kin.span, event) and time == "ended-since":
                yield from ((state, True) for state in now if self._given_up(pair, event, rule))
            elif covers(kin.span, event) and not now:
                yield from self._past(pair, event, rule)

    def _past(self, pair: tuple[str, str], event: dt.date, rule: Row) -> Iterator[tuple[State, bool | str]]:
        """Whatever held on some day of the window before the event; a sole proprietor's registration however long ago."""
        since = dt.date.min if pair[1] == f"person {pair[0]}" else months_later(event, -rule["window_months"])
        for day in {since, *self.days}:
            if since <= day < event:
                yield from ((state, False) for state in self._on(day).get(pair, ()))

    def _given_up(self, pair: tuple[str, str], event: dt.date, rule: Row) -> bool:
        """Whether nothing is held any more after the window: not on any day that anything is known of."""
        until = months_later(event, rule["window_months"])
        return not any(self._on(day).get(pair) for day in {until + ONE_DAY, *self.days} if day > until)

    def _future(self, kin: Kin, purchase: Purchase, event: dt.date, rule: Row) -> Iterator[tuple[State, bool | str]]:
        """What kin held on some day of the window after it, or while the contract was performed, and whether it began then."""
        pair = (kin.person, purchase.supplier)
        ends = purchase.row.get("ends_on")
        until = max(months_later(event, rule["window_months"]), ends or event)
        kin_then = (kin.span[0] or event) <= event
        until = dt.date.max if kin_then and pair[1] == f"person {pair[0]}" else until
        earlier: list[State] = []
        begun: dict[State, dt.date] = {}
        for day in sorted({event + ONE_DAY, *self.days, *_around(kin.span)}):
            if event < day <= until:
                states = self._on(day).get(pair, []) if covers(kin.span, day) else []
                begun = {state: begun[state] if state in earlier else day for state in states}
                yield from ((state, "during_performance" if ends and begun[state] <= ends else False) for state in states)
                earlier = states

    @cached_property
    def days(self) -> list[dt.date]:
        """Every day on which something in a registry may change, and its neighbours; between them nothing does."""
        found = {dt.date.min, dt.date.max}
        columns = {
            "registry_tie": ("since", "extract_date"),
            "company": ("extract_date",),
            "proprietor": ("registered_on", "ended_on"),
        }
        for table, names in columns.items():
            found.update(day for row in self.world[table] for name in names for day in _around((row[name], None)))
        return sorted(found)

    def _on(self, day: dt.date) -> dict[tuple[str, str], list[State]]:
        """What everybody has in every supplier on a day."""
        if day not in self._states:
            ties = frozenset(self._ties(day))
            if ties not in self._by_ties:
                self._by_ties[ties] = self._walked(ties)
            self._states[day] = self._by_ties[ties]
        return self._states[day]

    def _ties(self, day: dt.date) -> Iterator[tuple[object, ...]]:
        """(holder, kind of holder, company, kind, share) of that day, and (person, registration) of sole proprietors."""
        for (company, kind, holder_kind, holder), rows in self._rows_of_ties.items():
            held, share = held_on(day, rows, self._extracts[company])
            if held and share != 0 and holder != company:
                yield holder, holder_kind, company, kind, share
        for purchase in self.purchases:
            if purchase.supplier.startswith("person "):
                name = purchase.supplier.removeprefix("person ")
                held = [number for number, span in self._registrations(name) if covers(span, day)]
                yield from ((name, number) for number in held)
                if not held and self._between(name, day) in self._in_person[name]:
                    yield name, "in person"

    @cached_property
    def _in_person(self) -> dict[str, set[object]]:
        """The times between registrations on a day of which a person supplied or bid all the same."""
        found: dict[str, set[object]] = defaultdict(set)
        for purchase in self.purchases:
            name = purchase.supplier.removeprefix("person ")
            if purchase.supplier != name and purchase.day:
                found[name].add(self._between(name, purchase.day))
        return found

    def _between(self, name: str, day: dt.date) -> object:
        """What tells a day between registrations from the days of another time between them: which are over by then."""
        return frozenset(number for number, (_, ended) in self._registrations(name) if ended and ended < day)

    @cached_property
    def _rows_of_ties(self) -> dict[tuple[str, str, str, str], list[Row]]:
        rows = defaultdict(list)
        for row in self.world["registry_tie"]:
            holder = row["name"] if row["holder_kind"] == "person" else f"firm {row['holder_inn']}"
            rows[f"firm {row['company_inn']}", row["kind"], row["holder_kind"], holder].append(row)
        return rows

    @cached_property
    def _extracts(self) -> dict[str, list[dt.date]]:
        extracts: dict[str, list[dt.date]] = defaultdict(list)
        for row in self.world["company"]:
            extracts[f"firm {row['inn']}"].append(row["extract_date"])
        return extracts

    def _registrations(self, name: str) -> list[tuple[str, Span]]:
        """Each registration of a person as its newest extract tells it; where there is none, nothing is known of the dates."""
        newest: dict[str, Row] = {}
        for row in sorted(self.world["proprietor"], key=lambda row: row["extract_date"]):
            if row["name"] == name:
                newest[row["ogrnip"]] = row
        return [(number, (row["registered_on"], row["ended_on"])) for number, row in newest.items()] or [("", (None, None))]

    def _walked(self, ties: Iterable[tuple[object, ...]]) -> dict[tuple[str, str], list[State]]:
        running, owning = nx.MultiDiGraph(), nx.MultiDiGraph()
        found: dict[tuple[str, str], list[State]] = defaultdict(list)
        people: set[str] = set()
        for tie in sorted(ties, key=repr):
            if len(tie) == 2:
                found[str(tie[0]), f"person {tie[0]}"].append(State("sole-proprietor", None, frozenset({tie})))
                continue
            holder, holder_kind, company, kind, share = tie
            if holder_kind == "person":
                people.add(str(holder))
            elif holder_kind not in CONDUCTS:
                continue
            (owning if kind == "owner" else running).add_edge(holder, company, key=f"{kind} {share}", kind=kind, share=share)
        for purchase in self.purchases:
            for person in people:
                if (person, purchase.supplier) not in found:
                    states = [*_run(running, person, purchase.supplier), *_owned(owning, person, purchase.supplier)]
                    if states:
                        found[person, purchase.supplier] = states
        return dict(found)

    def told_share(self, way: Way, purchase_id: str, ways: Iterable[Way]) -> Fraction | None:
        """The share told with a way: its own, beside running the effective share of that person on the day of the event."""
        if way.control in OWNING:
            return way.share
        purchase = next(purchase for purchase in self.purchases if purchase.id == purchase_id)
        day, supplier = purchase.day, purchase.supplier
        shares = [
            other.share
            for other in ways
            if (other.person, other.kinship) == (way.person, way.kinship) and other.control in OWNING
        ]
        if way.in_force is True:
            days = (
                [day]
                if day
                else [  # of an unknown day: the most he had on any day of its period
                    day for day in sorted({*self.days, *_around(purchase.span)}) if covers(purchase.span, day)
                ]
            )
            shares = [
                state.share for day in days for state in self._on(day).get((way.person, supplier), ()) if state.kind in OWNING
            ]
        return max((share for share in shares if share is not None), default=None)

    def _kin(self, ego: str) -> list[Kin]:
        if ego not in self._kin_of:
            self._kin_of[ego] = [Kin(ego, "self", frozenset({"self"}), (None, None), False), *kin_of(ego, self._declarations)]
        return self._kin_of[ego]

    @cached_property
    def _kin_of(self) -> dict[str, list[Kin]]:
        return {}

    @cached_property
    def _declarations(self) -> nx.MultiDiGraph:
        """Declarations, readable from both ends; a marriage that ended on a known day is a marriage until it did."""
        names = {row["employee_id"]: row["name"] for row in self.world["official"]}
        graph = nx.MultiDiGraph()
        people = [row for table in self.world.values() for row in table if row.get("gender")]
        for name in {row["name"] for row in people if row.get("name")}:
            genders = {row["gender"] for row in people if row.get("name") == name}
            graph.add_node(name, gender=min(genders) if len(genders) == 1 else None)
        for row in self.world["relative"]:
            ego, alter, chains = names[row["employee_id"]], row["name"], frozenset(self._meant(row))
            spans = [(chains, (row["valid_from"], row["valid_to"]))]
            if row["valid_to"] and any("spouse" in chain for chain in chains):
                married = frozenset(chain.replace("spouse(former)", "spouse") for chain in chains)
                ended = frozenset(chain.replace("spouse", "spouse(former)", 1) for chain in married)
                spans = [(married, (row["valid_from"], row["valid_to"])), (ended, (row["valid_to"] + ONE_DAY, None))]
            for readings, span in spans:
                if ego != alter:
                    graph.add_edge(ego, alter, readings=readings, span=span, own=True)
                    graph.add_edge(alter, ego, readings=frozenset(map(inverse, readings)), span=span, own=False)
        return graph

    def _meant(self, row: Row) -> tuple[str, ...]:
        """The readings of a kin word that the other rows of its questionnaire leave (they have tests of their own)."""
        (official,) = (one for one in self.world["official"] if one["employee_id"] == row["employee_id"])
        rows = [one for one in self.world["relative"] if one["employee_id"] == row["employee_id"] and one is not row]
        speaker = Speaker(official.get("gender"), official.get("surname"), _born(official))
        return decided(_declared(row), [_declared(one) for one in rows], speaker)


def _declared(row: Row) -> Declared:
    former = tuple(filter(None, (row.get("former_surnames") or "").split("|")))
    name = (row.get("gender"), row.get("surname"), former, row.get("patronymic"))
    return Declared(tuple(row["chains"].split("|")), row["fact"], *name, _born(row), None, row["name"])


def _born(row: Row) -> int | None:
    return row["birth_date"].year if row.get("birth_date") else row.get("birth_year")


def _around(span: Span) -> Iterator[dt.date]:
    for day in span:
        if day:
            yield from (day - ONE_DAY, day, day + ONE_DAY)


def held_on(day: dt.date, rows: list[Row], extracts: list[dt.date]) -> tuple[bool, Fraction | None]:
    """Whether a holder may hold on `day`, with which share, from one or two extracts that show him.

    An extract shows its own day; a tie starts at ГРНДатаПерв, a later one than the extract being none. Missing in a newer
    extract: ended before it. Where a share changed between two extracts, the start of the new record divides them if it lies
    between, else the larger share has the days between.
    """
    rows = sorted(rows, key=lambda row: row["extract_date"])
    last = rows[-1]
    seen = [row["extract_date"] for row in rows]
    newer = min((e for e in extracts if e > seen[-1]), default=None)
    if newer and day >= newer:
        return False, None
    shares = [None if row["share"] is None else Fraction(row["share"]) for row in rows]
    anew = len(rows) == 2 and last["since"] is not None and last["since"] > seen[0]
    sinces = [row["since"] for row in (rows if shares[0] == shares[-1] and not anew else rows[:1]) if row["since"]]
    start = min(sinces, default=None)
    if start is None or start > seen[0]:
        start = max((e + ONE_DAY for e in extracts if e < seen[0]), default=dt.date.min)
    if day < start:
        return False, None
    if day <= seen[0] or shares[0] == shares[-1]:
        return True, shares[0]
    if day >= seen[1]:
        return True, shares[1]
    if anew and last["since"] <= seen[1]:
        return True, shares[1] if day >= last["since"] else shares[0]
    return True, max(shares, key=lambda share: -1 if share is None else share)


def _paths(graph: nx.MultiDiGraph, person: str, company: str) -> list[tuple[tuple[object, ...], ...]]:
    if person not in graph or company not in graph:
        return []
    return [tuple(path) for path in nx.all_simple_edge_paths(graph, person, company)]


def _run(graph: nx.MultiDiGraph, person: str, company: str) -> Iterator[State]:
    """Director of the company itself; manager: who directs or is its managing organisation, through however many."""
    for path in _paths(graph, person, company):
        kinds = [graph.edges[edge]["kind"] for edge in path]
        if kinds == ["director"]:
            yield State("director", None, frozenset({path}))
    managing = frozenset(
        path for path in _paths(graph, person, company) if [graph.edges[e]["kind"] for e in path] != ["director"]
    )
    if managing:
        yield State("manager", None, managing)


def _owned(graph: nx.MultiDiGraph, person: str, company: str) -> Iterator[State]:
    """Products along every simple chain, summed; an unknown share may be the whole, more than the whole is a contradiction."""
    chains = _paths(graph, person, company)
    if not chains:
        return
    direct = total = Fraction(0)
    known = True
    for chain in chains:
        product = Fraction(1)
        for edge in chain:
            share = graph.edges[edge]["share"]
            known &= share is not None
            product *= 1 if share is None else share
        total += product
        direct += product if len(chain) == 1 else 0
    tenth = Fraction(10, 100)
    kind = "owner" if direct > tenth else "indirect-owner" if total > tenth else "small-share"
    yield State(kind, total if known and total <= 1 else None, frozenset(chains))


@dataclass(frozen=True)
class _Telling:
    """One walk over declarations: how many, whether the only one is the official's own, what it allows, when."""

    hops: int
    own: bool
    readings: frozenset[str]
    span: Span

    @property
    def plain(self) -> frozenset[str]:
        return frozenset(without_marks(chain, "half", "adopted") for chain in self.readings)

    @property
    def near(self) -> list[str]:
        """Readings near enough for a rule: of those that differ by half or adopted only, the one without."""
        near = {chain for chain in self.readings if links(chain) <= 4 and marriages(chain) <= 2 and group_of(chain)}
        return [c for c in sorted(near) if (plain := without_marks(c, "half", "adopted")) == c or plain not in near]


def kin_of(ego: str, graph: nx.MultiDiGraph) -> list[Kin]:
    """Everybody the declarations tie to `ego` within three declarations over distinct persons."""
    found = []
    for person in sorted(set(graph) - {ego}) if ego in graph else ():
        walks = {walk for path in nx.all_simple_edge_paths(graph, ego, person, cutoff=3) if (walk := _telling(graph, path))}
        kept = _kept({walk for walk in walks if walk.near})
        composed = not any(walk.own for walk in kept)
        found += [Kin(person, best_reading(walk.near)[0], walk.readings, walk.span, composed) for walk in kept]
    return found


def _telling(graph: nx.MultiDiGraph, path: list[tuple[Any, ...]]) -> _Telling | None:
    hops = [graph.edges[edge] for edge in path]
    span = _common([hop["span"] for hop in hops])
    sets = [hop["readings"] for hop in hops]
    readings = sets[0]
    if len(sets) > 1:
        readings = _married(graph, path[:2], _joined(readings, sets[1]))
    if len(sets) > 2 and readings:
        left, right = _joined(readings, sets[2]), _joined(sets[0], _joined(sets[1], sets[2]))
        readings = _married(graph, path, (left & right) or left)
    return _Telling(len(hops), len(hops) == 1 and hops[0]["own"], readings, span) if readings and span else None


def _married(graph: nx.MultiDiGraph, path: list[tuple[Any, ...]], readings: frozenset[str]) -> frozenset[str]:
    """Husband and wife are a man and a woman, where anything else is left to be."""
    one, other = (graph.nodes[person].get("gender") for person in (path[0][0], path[-1][1]))
    apart = frozenset(chain for chain in readings if chain not in ("spouse", "spouse(former)"))
    return apart if apart and one and one == other else readings


def _joined(near: frozenset[str], far: frozenset[str]) -> frozenset[str]:
    return frozenset(chain for a in near for b in far for chain in concat_reduce(a, b))


def _common(spans: list[Span]) -> Span | None:
    since = max((span[0] for span in spans if span[0]), default=None)
    until = min((span[1] for span in spans if span[1]), default=None)
    return None if since and until and until < since else (since, until)


def _kept(walks: set[_Telling]) -> set[_Telling]:
    """What stays of several ways to one person: a declaration of their own settles it, the official's before the other's;
    a longer way stays if it leaves fewer readings than all of these; without one the shortest ways and the more precise."""
    direct = {walk for walk in walks if walk.hops == 1}
    if direct:
        own = {walk for walk in direct if walk.own}
        told = {w for w in direct - own if any(known.plain <= w.plain and known.span == w.span for known in own)}
        longer = {w for w in walks - direct if all(w.plain < known.plain for known in direct)}
        return (direct - told) | _precise(longer)
    return _precise(walks)


def _precise(walks: set[_Telling]) -> set[_Telling]:
    fewest = min((walk.hops for walk in walks), default=0)
    short = {walk for walk in walks if walk.hops == fewest}
    kept = short | {w for w in walks - short if all(w.plain < known.plain for known in short)}
    return {w for w in kept if not any(o.plain < w.plain and _common([o.span, w.span]) == w.span for o in kept)}
