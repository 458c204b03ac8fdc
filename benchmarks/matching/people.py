"""The world: families of persons, who of them is declared and who stands in the registry. Columns of numpy, one place per person."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.names import Ints, NameTables, Words, draw, draw_given
from benchmarks.matching.parameters import Names, World

Flags = NDArray[np.bool_]

ROLES = ("official", "spouse", "child", "child", "sibling", "father", "mother")
_PRESENT = (1.0, 0.75, 0.6, 0.35, 0.35, 0.35, 0.4)
_MEMBERS = sum(_PRESENT)


@dataclass(frozen=True, slots=True)
class People:
    """Persons. Names are indices into NameTables; `home` and `inn_region` into `regions`; `born` is a day as datetime64."""

    family: Ints
    role: Ints
    woman: Flags
    born: NDArray[np.datetime64]
    maiden: Ints
    surname: Ints
    given: Ints
    father: Ints
    home: Ints
    inn_region: Ints
    declared: Flags
    listed: Flags

    def __len__(self) -> int:
        return len(self.family)

    def only(self, which: Flags | Ints) -> People:
        """Some of them."""
        return People(*(getattr(self, field.name)[which] for field in fields(self)))


def regions() -> tuple[Words, NDArray[np.float64]]:
    """Codes of the regions of an ИНН and their shares of the people."""
    table = tomllib.loads(Path(__file__).with_name("regions.toml").read_text(encoding="utf-8"))["thousand"]
    people = np.array(list(table.values()), dtype=float)
    return np.array(list(table), dtype=object), people / people.sum()


def make_people(rng: np.random.Generator, tables: NameTables, names: Names, world: World, declared: int, listed: int) -> People:
    """Families whose members are declared (the first `declared` persons) and others, until `listed` persons stand in the registry."""
    shown = 1 - world.undeclared_kin * (_PRESENT[4] + _PRESENT[5] + _PRESENT[6]) / _MEMBERS
    ours = int(declared / (_MEMBERS * shown) * 1.05) + 20
    others = int((listed * 1.15 - declared * world.declared_in_registry) / (_MEMBERS * world.others_in_registry)) + 20
    people = _families(rng, tables, names, world, ours, ours + others)
    told = np.where(people.role >= 4, rng.random(len(people)) >= world.undeclared_kin, True) & (people.family < ours)
    told &= np.cumsum(told) <= declared
    grown = people.born < np.datetime64("2006-01-01")
    chance = np.where(told, world.declared_in_registry, world.others_in_registry)
    in_registry = grown & (rng.random(len(people)) < chance)
    spare = np.flatnonzero(in_registry & ~told)
    in_registry[rng.permutation(spare)[: max(int(in_registry.sum()) - listed, 0)]] = False
    return replace(people, declared=told, listed=in_registry).only(told | in_registry)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn for a family before its members are, one place a family: the head, who is the official, the partner, the
    parents of the head and a sibling; which parents gave their names to whom. Years are those of birth."""

    tradition: Ints
    partner_tradition: Ints
    family: Ints
    partner_family: Ints
    mother_family: Ints
    head_woman: Flags
    year: Ints
    father_year: Ints
    father: Ints
    grandfather: Ints
    partner_year: Ints
    partner_father: Ints
    maternal_grandfather: Ints
    taken: Flags
    head_given: Ints
    partner_given: Ints
    sister: Flags
    sibling_year: Ints
    sibling_surname: Ints
    mother_year: Ints


def _drawn(rng: np.random.Generator, tables: NameTables, names: Names, world: World, count: int) -> _Drawn:
    """The order of the draws is part of the world: another order gives other people for the same seed."""
    tradition = (rng.random(count) < names.other_tradition).astype(np.int64)
    partner_tradition = np.where(rng.random(count) < names.marries_within, tradition, rng.random(count) < names.other_tradition)
    family, partner_family = _surnames(rng, tables, tradition), _surnames(rng, tables, partner_tradition)
    mother_family = _surnames(rng, tables, tradition)
    head_woman = rng.random(count) < 0.55
    year = rng.integers(1955, 1994, count)
    father_year = year - rng.integers(20, 40, count)
    father = draw_given(rng, tables.male, tradition, father_year)
    grandfather = draw_given(rng, tables.male, tradition, father_year - 28)
    partner_year = year + rng.integers(-6, 7, count)
    partner_father = draw_given(rng, tables.male, partner_tradition, partner_year - 28)
    maternal_grandfather = draw_given(rng, tables.male, tradition, father_year - 27)
    taken = rng.random(count) < world.takes_surname
    head_given = _given(rng, tables, tradition, year, head_woman)
    partner_given = _given(rng, tables, partner_tradition, partner_year, ~head_woman)
    sister, sibling_year = rng.random(count) < 0.5, year + rng.choice(np.array([-6, -4, -3, -2, -1, 1, 2, 3, 4, 6]), count)
    married = sister & (rng.random(count) < 0.7)
    sibling_surname = np.where(married, _surnames(rng, tables, tradition), family)
    mother_year = father_year + rng.integers(-2, 7, count)
    return _Drawn(
        tradition, partner_tradition, family, partner_family, mother_family, head_woman, year, father_year, father, grandfather,
        partner_year, partner_father, maternal_grandfather, taken, head_given, partner_given, sister, sibling_year,
        sibling_surname, mother_year,
    )  # fmt: skip


def _families(rng: np.random.Generator, tables: NameTables, names: Names, world: World, ours: int, count: int) -> People:
    """Everybody of `count` families; the first `ours` live where the declared live."""
    of = _drawn(rng, tables, names, world, count)
    couple = _couple(rng, of)
    children = [_child(rng, tables, of, role) for role in (2, 3)]
    parts = [*couple, *children, *_by_birth(rng, tables, of)]
    people = People(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(People)))
    people = people.only(np.lexsort((people.role, people.family)))
    return _settled(rng, people, world, ours, count)


def _couple(rng: np.random.Generator, of: _Drawn) -> list[People]:
    """The head and the partner; the wife has the husband's surname where she took it."""
    head = np.where(of.head_woman & of.taken, of.partner_family, of.family)
    partner = np.where(~of.head_woman & of.taken, of.family, of.partner_family)
    return [
        _member(rng, 0, of.head_woman, of.year, of.family, head, of.head_given, of.father),
        _member(rng, 1, ~of.head_woman, of.partner_year, of.partner_family, partner, of.partner_given, of.partner_father),
    ]


def _child(rng: np.random.Generator, tables: NameTables, of: _Drawn, role: int) -> People:
    """A child has the husband's surname and tradition, unless she married, and the patronymic of the man of the two."""
    count = len(of.year)
    woman, years = rng.random(count) < 0.5, np.where(of.head_woman, of.year, of.partner_year) + rng.integers(19, 36, count)
    married = woman & (rng.random(count) < 0.5) & (years < 2002)
    family = np.where(of.head_woman, of.partner_family, of.family)
    tradition = np.where(of.head_woman, of.partner_tradition, of.tradition)
    father = np.where(of.head_woman, of.partner_given, of.head_given)
    surname = np.where(married, _surnames(rng, tables, of.tradition), family)
    return _member(rng, role, woman, years, family, surname, _given(rng, tables, tradition, years, woman), father)


def _by_birth(rng: np.random.Generator, tables: NameTables, of: _Drawn) -> list[People]:
    """The sibling, the father and the mother of the head."""
    women = np.ones(len(of.year), dtype=bool)
    given = _given(rng, tables, of.tradition, of.sibling_year, of.sister)
    sibling = _member(rng, 4, of.sister, of.sibling_year, of.family, of.sibling_surname, given, of.father)
    father = _member(rng, 5, ~women, of.father_year, of.family, of.family, of.father, of.grandfather)
    given = _given(rng, tables, of.tradition, of.mother_year, women)
    mother = _member(rng, 6, women, of.mother_year, of.mother_family, of.family, given, of.maternal_grandfather)
    return [sibling, father, mother]


def _member(
    rng: np.random.Generator, role: int, woman: Flags, years: Ints, maiden: Ints, surname: Ints, given: Ints, father: Ints
) -> People:
    """Those of the families that have a member of this role; where they live is not drawn yet."""
    count = len(years)
    born = np.datetime64("1970-01-01") + (np.floor((years - 1970) * 365.2425).astype(np.int64) + rng.integers(0, 365, count))
    here, nowhere, no = rng.random(count) < _PRESENT[role], np.zeros(count, dtype=np.int64), np.zeros(count, dtype=bool)
    numbers, roles = np.arange(count), np.full(count, role)
    return People(numbers, roles, woman, born, maiden, surname, given, father, nowhere, nowhere, no, no).only(here)


def _surnames(rng: np.random.Generator, tables: NameTables, tradition: Ints) -> Ints:
    drawn = draw(rng, tables.families[0], len(tradition))
    outside = np.flatnonzero(tradition == 1)
    drawn[outside] = draw(rng, tables.families[1], len(outside))
    return drawn


def _given(rng: np.random.Generator, tables: NameTables, tradition: Ints, years: Ints, woman: Flags) -> Ints:
    given = draw_given(rng, tables.male, tradition, years)
    given[woman] = draw_given(rng, tables.female, tradition[woman], years[woman])
    return given


def _settled(rng: np.random.Generator, people: People, world: World, ours: int, count: int) -> People:
    """Where each lives (families together) and where the ИНН was given."""
    codes, shares = regions()
    at_home = np.where(np.arange(count) < ours, world.declared_at_home, world.others_at_home)
    homes = draw(rng, shares, count)
    homes[rng.random(count) < at_home] = int(np.flatnonzero(codes == world.home_region)[0])
    home = homes[people.family]
    moved = rng.random(len(people)) < world.migrated
    return replace(people, home=home, inn_region=np.where(moved, draw(rng, shares, len(people)), home))
