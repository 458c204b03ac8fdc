"""Ties put into a district on purpose, of every kind the rules know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from benchmarks.fiction.firms import LATEST_EXTRACT, Firm
from benchmarks.fiction.people import Person
from benchmarks.fiction.planting import CLOSE, IN_LAWS, Plant, Planting
from benchmarks.fiction.world import District

TIES = [
    "self_ip", "self_director", "self_owner", "spouse", "parent", "child", "sibling", "parent.parent", "child.child",
    "spouse.parent", "spouse.sibling", "spouse.child", "child.spouse", "sibling.child", "sibling.spouse", "parent.sibling",
    "parent.sibling.child", "spouse.sibling.spouse", "indirect1", "indirect2", "sum_chains", "managing", "commission_win",
    "commission_lose", "manager_win", "manager_lose", "ended_ip", "begun_after", "ended_extracts", "two_questionnaires",
    "spouse", "sibling", "spouse.sibling", "parent", "child", "self_director",
]  # fmt: skip


class Ties(Planting):
    """Plants true ties."""

    def __init__(self, district: District) -> None:
        super().__init__(district)
        self._links = iter(district.links)

    def tie(self, kind: str) -> Plant:
        """One tie of that kind, on an official who has no plant yet."""
        special: dict[str, Callable[[str], Plant]] = {
            "self_ip": self._self, "self_director": self._self, "self_owner": self._self,
            "indirect1": self._indirect, "indirect2": self._indirect, "sum_chains": self._indirect, "managing": self._indirect,
            "commission_win": self._seat, "commission_lose": self._seat, "manager_win": self._seat, "manager_lose": self._seat,
            "ended_ip": self._timed, "begun_after": self._timed, "ended_extracts": self._timed,
            "two_questionnaires": self._two,
        }  # fmt: skip
        return special.get(kind, self._plain)(kind)

    def _plain(self, chain: str) -> Plant:
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        supplier = self.controlled(person)
        return Plant(chain, official, person, supplier, self.sales(supplier, official), chain, situation)

    def _self(self, kind: str) -> Plant:
        official = self.free()
        person, situation = self.himself(official)
        supplier = self.controlled(person, kind.removeprefix("self_")) if kind != "self_owner" else self._any_share(person)
        return Plant(kind, official, person, supplier, self.sales(supplier, official), "self", situation)

    def _any_share(self, person: Person) -> Firm:
        firm = self.firms.firm()
        self.owned(firm, person, Fraction(self.rng.choice([1, 5, 10, 20, 50, 100]), 100))
        return firm

    def _indirect(self, kind: str) -> Plant:
        chain = self.rng.choice(["self", "spouse", "parent", "sibling", "spouse.parent"])
        official = self.free(chain)
        person, situation = self.himself(official) if chain == "self" else self.relative(official, chain)
        top, firm = self.firms.firm(), self.firms.firm()
        if kind == "managing":
            self.firms.hold(top, "director", person)
            self.d.shared_out(top, Fraction(1))
            self.firms.hold(firm, "managing", top)
            self.d.shared_out(firm, Fraction(1))
        elif kind == "sum_chains":
            side = self.firms.firm()
            self.owned(top, person, Fraction(1, 2))
            self.owned(side, person, Fraction(3, 5))
            self.firms.hold(firm, "director", self.people.stranger())
            self.firms.hold(firm, "owner", top, Fraction(12, 100))
            self.firms.hold(firm, "owner", side, Fraction(10, 100))
            self.d.shared_out(firm, Fraction(78, 100))
        else:
            middle = self.firms.firm() if kind == "indirect2" else top
            self.owned(top, person, Fraction(self.rng.choice([60, 75, 100]), 100))
            if middle is not top:
                self.owned(middle, top, Fraction(self.rng.choice([60, 80, 100]), 100))
            self.owned(firm, middle, Fraction(self.rng.choice([40, 51, 100]), 100))
        return Plant(kind, official, person, firm, self.sales(firm, official), chain, situation)

    def _seat(self, kind: str) -> Plant:
        chain = self.rng.choice(["spouse", "parent", "sibling", "spouse.sibling", "parent.parent"])
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        customer = official.customer
        if kind.startswith("manager"):
            official.role = "контрактный управляющий"
        else:
            customer = self.rng.choice(self.d.customers) if self.rng.random() < 0.5 else customer
            if not any(seat.official is official and seat.customer is customer for seat in self.d.seats):
                self.d.seat(official, customer, initials=True)
        supplier = self.controlled(person)
        if kind.endswith("win"):
            purchase = self.d.purchase(supplier, customer, procedure=True)
        else:
            rival = self.controlled(self.people.stranger())
            purchase = self.d.purchase(rival, customer, procedure=True)
            purchase.losers.append(supplier)
            elsewhere = [one for one in self.d.customers if one is not customer and one is not official.customer]
            self.d.purchase(supplier, self.rng.choice(elsewhere), procedure=False)
        return Plant(kind, official, person, supplier, [purchase], chain, situation)

    def _timed(self, kind: str) -> Plant:
        chain = self.rng.choice([*CLOSE, *IN_LAWS])
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        turn = dt.date(2023, 9, 1) + dt.timedelta(days=self.rng.randrange(500))
        days = dt.timedelta
        if kind == "ended_ip":
            supplier = self.controlled(person, "ip", until=turn)
            signed, lasts = turn + days(self.rng.randrange(60, 300)), 0
        elif kind == "begun_after":
            supplier = self.controlled(person, self.rng.choice(["director", "owner"]), since=turn)
            self.predecessor(supplier, turn)
            signed, lasts = turn - days(self.rng.randrange(40, 300)), self.rng.choice([20, 330, -1])
        else:
            supplier = self.controlled(person, self.rng.choice(["director", "owner"]), until=turn)
            assert isinstance(supplier, Firm)
            supplier.extracts = [turn - days(30), turn + days(60), LATEST_EXTRACT]
            self._successor(supplier, turn)
            signed, lasts = turn + days(60 + self.rng.randrange(30, 120)), 0
        purchase = self.d.purchase(supplier, official.customer, signed, procedure=False, lasts=lasts)
        return Plant(kind, official, person, supplier, [purchase], chain, situation)

    def _successor(self, supplier: Firm, turn: dt.date) -> None:
        own = next(hold for hold in supplier.holds if hold.until == turn)
        self.firms.hold(supplier, own.kind, self.people.stranger(), own.share, since=turn + dt.timedelta(days=1))

    def _two(self, kind: str) -> Plant:
        """What one official's questionnaire begins and another's ends: the wife of the one is the sister of the other."""
        pair = next(self._links, None)
        if pair is None:
            return self._plain("spouse")
        one, other = pair
        one.busy = other.busy = True
        chain = self.rng.choice(["spouse.parent", "spouse.sibling"])
        mate = one.person.spouse
        assert mate is not None
        if chain == "spouse.parent":
            person, situation = self.relative(other, "parent")
        elif self.rng.random() < 0.4:
            person, situation = self.himself(other)
        else:
            person = self.people.sibling(mate)
            situation = self.rng.choice(["inn", "inn", "name"])
            self.d.declare(other, person, "sibling", situation)
        supplier = self.controlled(person)
        return Plant(kind, one, person, supplier, self.sales(supplier, one), chain, situation)
