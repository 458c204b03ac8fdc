"""The registry: rows of ЕГРЮЛ and ЕГРИП, one or two for each person who stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.matching.contacts import company_inn, flats, mailboxes, person_inn, telephones
from benchmarks.matching.names import NameTables, Words, either
from benchmarks.matching.parameters import Parameters
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
    world, dirt, contacts = settings.world, settings.dirt, settings.contacts
    holders = np.flatnonzero(people.listed)
    again = holders[rng.random(len(holders)) < world.second_company]
    order = rng.permutation(len(holders) + len(again))
    rows, second = (
        np.concatenate([holders, again])[order],
        np.concatenate([np.zeros(len(holders)), np.ones(len(again))])[order] == 1,
    )
    count = len(rows)
    chosen = people.only(rows)
    family = either(facts.former_there[rows], chosen.maiden, chosen.surname)
    given, patronymic = given_names(tables, chosen)
    words = [
        _typed(rng, part, tables, dirt.typo_registry, dirt.registry_yo)
        for part in (surnames(tables, chosen.woman, family), given, patronymic)
    ]
    words[2][rng.random(count) < dirt.no_patronymic_registry] = None
    company = either(second, facts.company[rng.permutation(rows)], facts.company[rows])
    ip = ~second & ~facts.with_kin[company] & (rng.random(count) < world.proprietors)
    codes, _ = regions()
    all_companies = company_inn(codes[people.inn_region], len(people))
    born = chosen.born.astype("datetime64[D]")
    wrong = rng.random(count) < dirt.birth_registry_digit
    born = either(wrong, born + rng.choice(np.array([-10, 1, 10, 365]), count).astype("timedelta64[D]"), born)
    kept = {part: rng.random(count) < getattr(contacts, f"{part}_registry") for part in ("phone", "email", "address")}
    phone, lent = facts.phone[rows].copy(), rng.random(count) < contacts.namesake_shares_phone
    phone[lent] = facts.phone[rng.integers(0, len(people), int(lent.sum()))]
    return pd.DataFrame(
        {
            "row": np.arange(count),
            "id": facts.holder[rows],
            "surname": words[0],
            "given": words[1],
            "patronymic": words[2],
            "inn": facts.inn[rows],
            "birth_date": born.astype("datetime64[s]"),
            "address": either(kept["address"], facts.address[rows], None),
            "phone": either(kept["phone"], phone, None),
            "email": either(kept["email"], facts.email[rows], None),
            "company_inn": either(ip, None, all_companies[company]),
            "company_name": either(ip, None, company_names(company)),
            "role": either(ip, "ИП", either(rng.random(count) < 0.6, "учредитель", "руководитель")),
        }
    )


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
