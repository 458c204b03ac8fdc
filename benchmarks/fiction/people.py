"""Invented persons and their true families; every tie of kin is kept, declared or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from benchmarks.fiction import names
from benchmarks.fiction.identifiers import Numbers

ADULT_BY = 2002  # who is born by then can run a firm in the years of the purchases
LONGEST_CHAIN, MOST_MARRIAGES = 4, 2
CIRCLE_273 = {
    "self", "spouse", "parent", "child", "sibling", "sibling(half)", "spouse.parent", "spouse.child", "spouse.sibling",
    "spouse.sibling(half)", "child.spouse",
}  # fmt: skip
CIRCLE_44 = {"self", "spouse", "parent", "child", "sibling", "sibling(half)", "parent.parent", "child.child"}


@dataclass(slots=True, eq=False)
class Person:
    """One invented person. `family` is the surname in use, `born` the one of birth, `registry` the one the register keeps."""

    pid: int
    gender: str
    family: names.Surname
    given: names.Given
    father_name: names.Given
    birth: dt.date
    inn: str
    region: str
    born: names.Surname
    registry: names.Surname | None = None
    father: Person | None = None
    mother: Person | None = None
    children: list[Person] = field(default_factory=list)
    spouse: Person | None = None
    former_spouses: list[Person] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The surname today, in the form of the person's gender."""
        return self.family.man if self.gender == "m" else self.family.woman

    @property
    def former_surname(self) -> str | None:
        """The surname given at birth, None where it is still borne."""
        old = self.born.man if self.gender == "m" else self.born.woman
        return None if old == self.surname else old

    @property
    def patronymic(self) -> str:
        """The patronymic in the form of the person's gender."""
        return self.father_name.son if self.gender == "m" else self.father_name.daughter

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic in one line."""
        return f"{self.surname} {self.given.text} {self.patronymic}"

    @property
    def registry_name(self) -> tuple[str, str, str]:
        """Surname, given name and patronymic as the register has them."""
        family = self.registry or self.family
        return (family.man if self.gender == "m" else family.woman, self.given.text, self.patronymic)

    @property
    def share(self) -> float:
        """The expected share of people of this gender with this full name."""
        return names.share_of(self.family, self.given, self.father_name)


class People:
    """All persons of a district. Parents, spouses and others come into being when somebody asks for them."""

    def __init__(self, rng: Random, numbers: Numbers, home: str) -> None:
        self.rng, self.numbers, self.home = rng, numbers, home
        self.all: list[Person] = []

    def region(self) -> str:
        """The home region for 85 of 100, another for the rest."""
        return self.home if self.rng.random() < 0.85 else self.rng.choice(["01", "22", "54", "55", "59", "66", "70", "77", "78"])

    def new(
        self,
        gender: str,
        year: int,
        family: names.Surname | None = None,
        father_name: names.Given | None = None,
        region: str | None = None,
        given: names.Given | None = None,
    ) -> Person:
        """A person born in that year; what is not given is drawn."""
        family = family or names.surname(self.rng)
        birth = dt.date(year, 1, 1) + dt.timedelta(days=self.rng.randrange(365))
        region = region or self.region()
        person = Person(
            len(self.all), gender, family, given or names.given(gender, self.rng), father_name or names.given("m", self.rng),
            birth, self.numbers.person(region), region, family,
        )  # fmt: skip
        self.all.append(person)
        return person

    def stranger(self, gender: str | None = None, region: str | None = None) -> Person:
        """An adult nobody here is kin to."""
        return self.new(gender or self.rng.choice("mmf"), self.rng.randrange(1958, ADULT_BY), region=region)

    def parents(self, person: Person) -> tuple[Person, Person]:
        """Father and mother, made if they were not there."""
        if person.father is None or person.mother is None:
            year = person.birth.year - self.rng.randrange(22, 32)
            father = self.new("m", year, family=person.born, region=person.region, given=person.father_name)
            mother = self.new("f", year + self.rng.randrange(0, 4), region=person.region)
            self.marry(father, mother, takes=0.95)
            self._bear(father, mother, person)
        assert person.father is not None and person.mother is not None
        return person.father, person.mother

    def marry(self, man: Person, woman: Person, takes: float = 0.85) -> None:
        """Husband and wife; the wife mostly takes his surname."""
        man.spouse, woman.spouse = woman, man
        if self.rng.random() < takes:
            woman.family = man.family

    def spouse(self, person: Person) -> Person:
        """Husband or wife, made if there was none."""
        if person.spouse is None:
            gender = "f" if person.gender == "m" else "m"
            made = self.new(gender, min(person.birth.year + self.rng.randrange(-3, 4), ADULT_BY))
            self.marry(*((person, made) if gender == "f" else (made, person)))
        assert person.spouse is not None
        return person.spouse

    def former_spouse(self, person: Person) -> Person:
        """A husband or wife of an earlier marriage."""
        made = self.new("f" if person.gender == "m" else "m", min(person.birth.year + self.rng.randrange(-3, 4), ADULT_BY))
        if made.gender == "f":
            made.family = person.family
        person.former_spouses.append(made)
        made.former_spouses.append(person)
        return made

    def child(self, person: Person, adult: bool = True) -> Person:
        """A child of the present marriage (of the person alone, with an unknown other parent, where there is none)."""
        other = person.spouse or self.former_spouse(person)
        father, mother = (person, other) if person.gender == "m" else (other, person)
        year = max(father.birth.year, mother.birth.year) + self.rng.randrange(19, 26)
        year = min(year, ADULT_BY) if adult else max(year, min(ADULT_BY + self.rng.randrange(1, 18), 2022))
        made = self.new(self.rng.choice("mf"), year, family=father.family, father_name=father.given, region=person.region)
        self._bear(father, mother, made)
        return made

    def step_child(self, person: Person) -> Person:
        """An adult child of the spouse from before the marriage."""
        mate = self.spouse(person)
        held, mate.spouse = mate.spouse, None
        made = self.child(mate)
        mate.spouse = held
        return made

    def sibling(self, person: Person) -> Person:
        """A new full brother or sister."""
        father, mother = self.parents(person)
        year = min(
            max(person.birth.year + self.rng.choice([-7, -5, -4, -3, -2, 2, 3, 4, 5, 7]), father.birth.year + 17), ADULT_BY
        )
        made = self.new(self.rng.choice("mf"), year, family=person.born, father_name=father.given, region=person.region)
        self._bear(father, mother, made)
        return made

    def step(self, person: Person, relation: str) -> Person:
        """An adult at one step of kin, one that is there or a new one."""
        if relation == "parent":
            return self.rng.choice(self.parents(person))
        if relation == "spouse":
            return self.spouse(person)
        if relation == "spouse(former)":
            return self.former_spouse(person)
        if relation == "child":
            ready = [one for one in person.children if one.birth.year <= ADULT_BY]
            return self.rng.choice(ready) if ready else self.child(person)
        ready = [one for one, mark in siblings(person) if not mark and one.birth.year <= ADULT_BY]
        return self.rng.choice(ready) if ready else self.sibling(person)

    def kin(self, person: Person, chain: str) -> Person:
        """An adult at the end of a chain of kin."""
        if chain == "spouse.child":
            return self.step_child(person)
        for relation in chain.split("."):
            person = self.step(person, relation)
        return person

    def _bear(self, father: Person, mother: Person, child: Person) -> None:
        child.father, child.mother = father, mother
        father.children.append(child)
        mother.children.append(child)


def siblings(person: Person) -> list[tuple[Person, str]]:
    """Brothers and sisters, each with the mark `(half)` where only one parent is shared."""
    found: dict[int, tuple[Person, str]] = {}
    for parent in (person.father, person.mother):
        for one in parent.children if parent else []:
            if one is not person:
                full = one.father is person.father and one.mother is person.mother
                found[one.pid] = (one, "" if full else "(half)")
    return [found[pid] for pid in sorted(found)]


def _steps(person: Person, last: str) -> list[tuple[str, Person]]:
    """One step of kin from a person, without the steps that only go back to where the last one came from."""
    steps: list[tuple[str, Person]] = []
    if last not in ("child", "sibling"):
        steps += [("parent", one) for one in (person.father, person.mother) if one]
    if last != "parent":
        steps += [("child", one) for one in person.children]
    if not last.startswith("spouse"):
        steps += [("spouse", person.spouse)] if person.spouse else []
        steps += [("spouse(former)", one) for one in person.former_spouses]
    if last != "sibling":
        steps += [("sibling" + mark, one) for one, mark in siblings(person)]
    return steps


def kin_of(official: Person) -> dict[int, tuple[Person, set[str]]]:
    """Everybody within four steps of true kin and two marriages, with all the shortest chains that lead there."""
    found: dict[int, tuple[Person, set[str]]] = {official.pid: (official, {"self"})}
    level: list[tuple[Person, tuple[str, ...]]] = [(official, ())]
    for _ in range(LONGEST_CHAIN):
        reached: list[tuple[Person, tuple[str, ...]]] = []
        for person, chain in level:
            for relation, other in _steps(person, chain[-1].split("(")[0] if chain else ""):
                longer = (*chain, relation)
                if other.pid not in found and sum(one.startswith("spouse") for one in longer) <= MOST_MARRIAGES:
                    reached.append((other, longer))
        level = []
        for other, longer in reached:
            known = found.setdefault(other.pid, (other, set()))[1]
            if ".".join(longer) not in known:
                known.add(".".join(longer))
                level.append((other, longer))
    return found


def circles(chains: set[str]) -> dict[str, bool]:
    """Whether a kin relation lies in the circle of each of the two statutes."""
    return {"273-ФЗ ст. 10": bool(chains & CIRCLE_273), "44-ФЗ ст. 31 ч. 1 п. 9": bool(chains & CIRCLE_44)}
