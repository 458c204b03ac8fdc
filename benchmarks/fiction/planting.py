"""What planting a tie and planting a near miss have in common: officials with no plant yet, relatives, suppliers they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.fiction.firms import LATEST_EXTRACT, Firm, Supplier
from benchmarks.fiction.parts import Official, Purchase
from benchmarks.fiction.people import Person
from benchmarks.fiction.world import District

YOUNGEST = {"child": 1980, "child.spouse": 1980, "spouse.child": 1980, "child.child": 1960}  # last birth year of the official
SITUATIONS = ["inn"] * 42 + ["inn_typo"] * 6 + ["name"] * 22 + ["former"] * 22 + ["typo"] * 11 + ["inn_broken"] * 5
CLOSE = ["spouse", "parent", "child", "sibling"]
IN_LAWS = ["spouse.parent", "spouse.sibling", "spouse.child", "child.spouse"]


@dataclass(slots=True, eq=False)
class Plant:
    """Something planted. `expect`: `found` for a tie; for a near miss what must not be said of it."""

    kind: str
    official: Official
    person: Person  # the relative; of a near miss with a stranger, the stranger
    supplier: Supplier
    purchases: list[Purchase]
    chain: str | None
    situation: str
    expect: str = "found"


class Planting:
    """Takes officials who have no plant yet, and gives their relatives rows and suppliers."""

    def __init__(self, district: District) -> None:
        self.d = district
        self.rng, self.people, self.firms = district.rng, district.people, district.firms

    def free(self, chain: str = "") -> Official:
        """An official with no plant yet, old enough for such kin; he is taken."""
        last = YOUNGEST.get(chain, 2100)
        ready = [one for one in self.d.officials if not one.busy and not one.linked and one.person.birth.year <= last]
        if not ready:
            raise SystemExit("too many plants for so few officials")
        chosen = self.rng.choice(ready)
        chosen.busy = True
        return chosen

    def relative(self, official: Official, chain: str, situation: str | None = None) -> tuple[Person, str]:
        """A relative with a row in the questionnaire, and the situation his row ended in."""
        wanted = situation or self.rng.choice(SITUATIONS)
        person = self.people.kin(official.person, chain)
        if wanted == "former" and person.gender == "f":
            self.people.spouse(person)
        if wanted == "former" and not person.former_surname:
            wanted = "name"
        if wanted == "former":
            person.registry = person.born
        self.d.declare(official, person, chain, wanted)
        return person, wanted

    def himself(self, official: Official) -> tuple[Person, str]:
        """The official, and how well the tables identify him."""
        wanted = self.rng.choice(SITUATIONS)
        if wanted == "former" and not official.person.former_surname:
            wanted = "name"
        if wanted == "former":
            official.person.registry = official.person.born
        official.situation = wanted
        return official.person, wanted

    def controlled(self, person: Person, how: str = "", since: dt.date | None = None, until: dt.date | None = None) -> Supplier:
        """A supplier this person holds: as proprietor, director or owner of more than a tenth."""
        how = how or self.rng.choice(["ip", "director", "owner"])
        if how == "ip":
            return self.firms.proprietor(person, since, until)
        firm = self.firms.firm()
        if how == "director":
            self.firms.hold(firm, "director", person, since=since, until=until)
            self.d.shared_out(firm, Fraction(1))
            return firm
        share = Fraction(self.rng.choice([11, 15, 25, 34, 50, 51, 75, 100]), 100)
        self.owned(firm, person, share, since=since, until=until)
        return firm

    def owned(self, firm: Firm, owner: Person | Firm, share: Fraction, **dates: dt.date | None) -> None:
        """An owner with his share, strangers for the rest and for director."""
        if not any(hold.kind == "director" for hold in firm.holds):
            self.firms.hold(firm, "director", self.people.stranger())
        self.firms.hold(firm, "owner", owner, share, **dates)
        self.d.shared_out(firm, 1 - share)

    def sales(self, supplier: Supplier, official: Official) -> list[Purchase]:
        """One to three contracts with his employer, and some elsewhere."""
        own = [self.d.purchase(supplier, official.customer) for _ in range(self.rng.choice([1, 1, 2, 3]))]
        for _ in range(self.rng.choice([0, 0, 1, 2])):
            self.d.purchase(supplier, self.rng.choice(self.d.customers))
        return own

    def predecessor(self, supplier: Supplier, turn: dt.date) -> None:
        """An older extract that shows who held the place before."""
        assert isinstance(supplier, Firm)
        own = next(hold for hold in supplier.holds if hold.since == turn)
        self.firms.hold(supplier, own.kind, self.people.stranger(), own.share, until=turn - dt.timedelta(days=1))
        supplier.extracts = [turn - dt.timedelta(days=340), LATEST_EXTRACT]
