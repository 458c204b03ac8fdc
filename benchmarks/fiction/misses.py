"""Near misses: what looks like a tie, and is none, or is a lesser one than it looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from benchmarks.fiction import names
from benchmarks.fiction.firms import FIRST, SECOND
from benchmarks.fiction.parts import FIRST_DAY
from benchmarks.fiction.people import ADULT_BY
from benchmarks.fiction.planting import CLOSE, Plant, Planting

MISSES = [
    "namesake_known_inn", "namesake_unknown", "director_years_after", "namesake_unknown", "ten_percent", "foreign_namesake",
    "sisters_husband", "namesake_unknown", "former_spouse", "other_patronymic", "ten_percent_indirect", "other_given",
    "same_firm_name", "namesake_unknown", "other_customer",
]  # fmt: skip


class Misses(Planting):
    """Plants near misses."""

    def miss(self, kind: str) -> Plant:
        """One near miss of that kind, on an official who has no plant yet."""
        special: dict[str, Callable[[str], Plant]] = {
            "director_years_after": self._late, "ten_percent": self._tenth, "ten_percent_indirect": self._tenth,
            "sisters_husband": self._outside, "former_spouse": self._outside, "same_firm_name": self._same_title,
            "other_customer": self._elsewhere,
        }  # fmt: skip
        return special.get(kind, self._double)(kind)

    def _double(self, kind: str) -> Plant:
        """A stranger with the name of somebody's relative; common names get more of them, as in life.

        Where a name has to differ it differs from its first letter on: Наталья and Наталия may be one woman.
        """
        rows = [
            (one, row)
            for one in self.d.officials
            if not one.busy and not one.linked
            for row in one.declared
            if row.person.birth.year <= ADULT_BY
        ]
        official, row = self.rng.choices(rows, [row.person.share for _, row in rows])[0]
        official.busy = True
        row.situation = "inn" if kind == "namesake_known_inn" else "name"
        kin = row.person
        region = "77" if kind == "foreign_namesake" else self.d.home
        double = self.people.new(kin.gender, self.rng.randrange(1958, ADULT_BY), kin.family, kin.father_name, region, kin.given)
        while kind == "other_patronymic" and double.father_name.text[0] == kin.father_name.text[0]:
            double.father_name = names.given("m", self.rng)
        while kind == "other_given" and double.given.text[0] == kin.given.text[0]:
            double.given = names.given(kin.gender, self.rng)
        supplier = self.controlled(double)
        expect = "low" if kind in ("namesake_unknown", "foreign_namesake") else "absent"
        return Plant(kind, official, double, supplier, self.sales(supplier, official), None, row.situation, expect)

    def _late(self, kind: str) -> Plant:
        chain = self.rng.choice(CLOSE)
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        turn = dt.date(2025, 2, 1) + dt.timedelta(days=self.rng.randrange(250))
        supplier = self.controlled(person, "director", since=turn)
        self.predecessor(supplier, turn)
        signed = FIRST_DAY + dt.timedelta(days=self.rng.randrange(200))
        purchase = self.d.purchase(supplier, official.customer, signed, procedure=False, lasts=60)
        return Plant(kind, official, person, supplier, [purchase], chain, situation, "absent")

    def _tenth(self, kind: str) -> Plant:
        chain = self.rng.choice(CLOSE)
        official = self.free(chain)
        person, situation = self.relative(official, chain, "inn")
        firm = self.firms.firm()
        if kind == "ten_percent":
            self.owned(firm, person, Fraction(1, 10))
        else:
            top = self.firms.firm()
            self.owned(top, person, Fraction(1, 2))
            self.owned(firm, top, Fraction(1, 5))
        return Plant(kind, official, person, firm, self.sales(firm, official), chain, situation, "not-owner")

    def _outside(self, kind: str) -> Plant:
        official = self.free()
        chain = "spouse(former)" if kind == "former_spouse" else "sibling.spouse"
        if kind == "sisters_husband":
            sisters = [one for one in (self.people.sibling(official.person) for _ in range(6)) if one.gender == "f"]
            person = self.people.spouse(sisters[0]) if sisters else self.people.kin(official.person, chain)
        else:
            person = self.people.former_spouse(official.person)
        self.d.declare(official, person, chain, "inn")
        supplier = self.controlled(person)
        return Plant(kind, official, person, supplier, self.sales(supplier, official), chain, "inn", "outside-circles")

    def _same_title(self, kind: str) -> Plant:
        chain = self.rng.choice(CLOSE)
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        title = f"{self.rng.choice(FIRST)} {self.rng.choice(SECOND)} {self.rng.randrange(100, 999)}"
        kins, seller = self.firms.firm(title), self.firms.firm(title)
        self.owned(kins, person, Fraction(1))
        self.owned(seller, self.people.stranger(), Fraction(1))
        return Plant(kind, official, person, seller, self.sales(seller, official), chain, situation, "absent")

    def _elsewhere(self, kind: str) -> Plant:
        chain = self.rng.choice(CLOSE)
        official = self.free(chain)
        person, situation = self.relative(official, chain)
        supplier = self.controlled(person)
        others = [one for one in self.d.customers if one is not official.customer]
        served = {id(seat.customer) for seat in self.d.seats if seat.official is official}
        ready = [one for one in others if id(one) not in served] or others
        purchases = [self.d.purchase(supplier, self.rng.choice(ready), procedure=False) for _ in range(2)]
        return Plant(kind, official, person, supplier, purchases, chain, situation, "absent")
