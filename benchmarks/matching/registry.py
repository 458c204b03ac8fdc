"""The registry: rows of ЕГРЮЛ and ЕГРИП, one or two for each person who stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.matching.contacts import company_inn, flats, mailboxes, person_inn, telephones
from benchmarks.matching.names import NameTables, Words, either
from benchmarks.matching.parameters import Contacts, Dirt, Parameters
from benchmarks.matching.people import Flags, People, regions
from benchmarks.matching.slips import slip

_KINDS = ("Стройгарант", "Вектор", "Меридиан", "Дорсервис", "Родник", "Элит-Торг", "Теплосеть", "Альянс", "Норд", "Феникс")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of each person of the world, in the order of People; the sides show parts of it."""

    inn: Words
    holder: Words
    phone: Words
    email: Words
    address: Words
    company: Any
    with_kin: Flags
    former_there: Flags


def true_facts(rng: np.random.Generator, people: People, settings: Parameters) -> Facts:
    """ИНН, contacts and companies. A family shares its flat; some share a telephone; kin in the registry share a company."""
    codes, _ = regions()
    count = len(people)
    order = rng.permutation(count)
    inn = np.empty(count, dtype=object)
    inn[order] = person_inn(codes[people.inn_region[order]], 0, count)
    first = np.flatnonzero(np.diff(people.family, prepend=-1))
    family = np.cumsum(np.diff(people.family, prepend=-1) > 0) - 1
    shares = rng.random(count) < settings.contacts.kin_share_phone
    phone = telephones(count)
    phone = either(shares, phone[first[family]], phone)
    number = rng.permutation(count)
    company = number.copy()
    listed = np.flatnonzero(people.listed)
    head = listed[np.searchsorted(family[listed], family[listed])]
    joins = rng.random(len(listed)) < settings.world.kin_same_company
    company[listed] = number[either(joins, head, listed)]
    with_kin = np.bincount(company[listed], minlength=count) > 1
    changed = people.woman & (people.maiden != people.surname)
    former = changed & (rng.random(count) < settings.world.registry_keeps_maiden)
    holder = np.char.add("r", np.char.zfill(rng.permutation(count).astype(str), 7)).astype(object)
    return Facts(inn, holder, phone, mailboxes(count), flats(people.home[first], rng)[family], company, with_kin, former)


def surnames(tables: NameTables, woman: Flags, family: Any) -> Words:
    """The form of the family's name that each bears."""
    return either(woman, tables.women[family], tables.men[family])


def given_names(tables: NameTables, people: People) -> tuple[Words, Words]:
    """Given names and patronymics."""
    male = np.minimum(people.given, len(tables.male.words) - 1)
    female = np.minimum(people.given, len(tables.female.words) - 1)
    given = either(people.woman, tables.female.words[female], tables.male.words[male])
    return given, either(people.woman, tables.male.daughters[people.father], tables.male.sons[people.father])


def make_registry(
    rng: np.random.Generator, tables: NameTables, people: People, facts: Facts, settings: Parameters
) -> pd.DataFrame:
    """The rows, in no order. `id` and `inn` are the holder's; `row` tells the rows of one holder apart."""
    rows, second = _rows(rng, people, settings.world.second_company)
    chosen = people.only(rows)
    names = _names(rng, tables, chosen, facts.former_there[rows], settings.dirt)
    company, ip = _companies(rng, facts, rows, second, settings.world.proprietors)
    births = _births(rng, chosen.born, settings.dirt.birth_registry_digit)
    contacts = _contacts(rng, facts, rows, settings.contacts)
    codes, _ = regions()
    all_companies = company_inn(codes[people.inn_region], len(people))
    return pd.DataFrame(
        {
            "row": np.arange(len(rows)),
            "id": facts.holder[rows],
            **names,
            "inn": facts.inn[rows],
            "birth_date": births,
            **contacts,
            "company_inn": either(ip, None, all_companies[company]),
            "company_name": either(ip, None, company_names(company)),
            "role": either(ip, "ИП", either(rng.random(len(rows)) < 0.6, "учредитель", "руководитель")),
        }
    )


def _rows(rng: np.random.Generator, people: People, again: float) -> tuple[Any, Flags]:
    """The holder of each row, and whether the row is his second one."""
    holders = np.flatnonzero(people.listed)
    twice = holders[rng.random(len(holders)) < again]
    order = rng.permutation(len(holders) + len(twice))
    return np.concatenate([holders, twice])[order], order >= len(holders)


def _names(rng: np.random.Generator, tables: NameTables, chosen: People, former: Flags, dirt: Dirt) -> dict[str, Words]:
    """Surname, given name and patronymic with the slips of the registry; some under the surname of before."""
    parts = surnames(tables, chosen.woman, either(former, chosen.maiden, chosen.surname)), *given_names(tables, chosen)
    surname, given, patronymic = (_typed(rng, part, tables, dirt.typo_registry, dirt.registry_yo) for part in parts)
    patronymic[rng.random(len(patronymic)) < dirt.no_patronymic_registry] = None
    return {"surname": surname, "given": given, "patronymic": patronymic}


def _companies(rng: np.random.Generator, facts: Facts, rows: Any, second: Flags, proprietors: float) -> tuple[Any, Flags]:
    """The number of each row's company, and whether the row is an entrepreneur's instead; who shares one with kin is none."""
    company = either(second, facts.company[rng.permutation(rows)], facts.company[rows])
    return company, ~second & ~facts.with_kin[company] & (rng.random(len(rows)) < proprietors)


def _births(rng: np.random.Generator, born: Any, wrong: float) -> Any:
    days = born.astype("datetime64[D]")
    is_wrong = rng.random(len(days)) < wrong
    moved = days + rng.choice(np.array([-10, 1, 10, 365]), len(days)).astype("timedelta64[D]")
    return either(is_wrong, moved, days).astype("datetime64[s]")


def _contacts(rng: np.random.Generator, facts: Facts, rows: Any, shares: Contacts) -> dict[str, Words]:
    """What each row tells of address, telephone and mailbox; some telephones are those of others."""
    kept = {part: rng.random(len(rows)) < getattr(shares, f"{part}_registry") for part in ("phone", "email", "address")}
    phone, lent = facts.phone[rows].copy(), rng.random(len(rows)) < shares.namesake_shares_phone
    phone[lent] = facts.phone[rng.integers(0, len(facts.phone), int(lent.sum()))]
    true = {"address": facts.address[rows], "phone": phone, "email": facts.email[rows]}
    return {part: either(kept[part], words, None) for part, words in true.items()}


def company_names(company: Any) -> Words:
    """Names of companies by their numbers."""
    kinds = np.array(_KINDS, dtype=object)
    return "ООО «" + kinds[company % len(kinds)] + "-" + (company // len(kinds)).astype(str).astype(object) + "»"


def _typed(rng: np.random.Generator, words: Words, tables: NameTables, slips: float, yo: float) -> Words:
    typed = words.copy()
    for place in np.flatnonzero(rng.random(len(words)) < slips):
        typed[place] = slip(typed[place], rng)
    for place in np.flatnonzero(rng.random(len(words)) < yo):
        typed[place] = tables.yo.get(typed[place], typed[place])
    return typed
