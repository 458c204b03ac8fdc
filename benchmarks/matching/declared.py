"""The questionnaires: persons as somebody wrote them, with the dirt of real tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.matching.contacts import flats, mailboxes, telephones
from benchmarks.matching.names import NameTables, Words, either
from benchmarks.matching.parameters import Contacts, Dirt, Parameters
from benchmarks.matching.people import ROLES, Flags, People, regions
from benchmarks.matching.registry import Facts, company_names, given_names, surnames
from benchmarks.matching.slips import slip

_LATIN = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")
_EMPLOYERS = (
    "Администрация района",
    "МБОУ СОШ № 4",
    "ГБУЗ ЦРБ",
    "МКУ «УКС»",
    "пенсионер",
    "МУП «Водоканал»",
    "Финансовое управление",
    "ООО «Ритм»",
)


def make_declared(
    rng: np.random.Generator, tables: NameTables, people: People, facts: Facts, settings: Parameters
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows, families together, and what the true model may know of each: the words as written before layout, and the person's place."""
    rows = np.flatnonzero(people.declared)
    chosen = people.only(rows)
    ids = np.char.add("d", np.char.zfill(np.arange(len(rows)).astype(str), 6)).astype(object)
    names = _names(rng, tables, chosen, settings.dirt)
    codes, _ = regions()
    table = pd.DataFrame(
        {
            "id": ids,
            "family": chosen.family,
            "role": np.array(ROLES, dtype=object)[chosen.role],
            "name": names.cells,
            "former_names": names.former_column,
            **_births(rng, chosen.born, settings.dirt),
            "inn": _inn(rng, facts.inn[rows], settings.dirt),
            "region": codes[chosen.home],
            **_contacts(rng, people, facts, rows, settings.contacts),
            "employer": _employers(rng, chosen, facts.company[rows], settings),
        }
    )
    surname, given, patronymic = names.written
    parts = {"surname": surname, "given": given, "patronymic": patronymic, "former": names.former}
    return table, pd.DataFrame({"id": ids, **parts, "woman": chosen.woman, "place": rows})


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all: the parts as written, the former surnames told, and what the cells of the name and of former surnames show."""

    written: tuple[Words, Words, Words]
    former: Words
    cells: list[str]
    former_column: Words


def _names(rng: np.random.Generator, tables: NameTables, chosen: People, dirt: Dirt) -> _Names:
    written = _written(rng, tables, chosen, dirt)
    changed = chosen.woman & (chosen.maiden != chosen.surname)
    told = changed & (rng.random(len(chosen)) < dirt.former_told)
    bracketed = told & (rng.random(len(chosen)) < 1 / 3)
    former = either(told, surnames(tables, chosen.woman, chosen.maiden), None)
    cells = [_text(rng, dirt, *words) for words in zip(*written, either(bracketed, former, None), chosen.woman, strict=True)]
    return _Names(written, former, cells, either(told & ~bracketed, [word and word.capitalize() for word in former], None))


def _contacts(rng: np.random.Generator, people: People, facts: Facts, rows: Any, shares: Contacts) -> dict[str, Words]:
    """Address, telephone and mailbox where they are told: the true one, or one that nobody in the registry has."""
    count = len(rows)
    others, many = flats(people.home[rows], rng), len(people) + count
    return {
        "address": _shown(rng, facts.address[rows], others, shares.address, shares.address_same),
        "phone": _shown(rng, facts.phone[rows], telephones(many)[-count:], shares.phone, shares.phone_same),
        "email": _shown(rng, facts.email[rows], mailboxes(many)[-count:], shares.email, shares.email_same),
    }


def _written(rng: np.random.Generator, tables: NameTables, chosen: People, dirt: Dirt) -> tuple[Words, Words, Words]:
    """Surname, given name and patronymic with slips, initials ('И.') and gaps; upper case, ё where written."""
    count = len(chosen)
    given, patronymic = given_names(tables, chosen)
    words = []
    shares = (dirt.typo_surname, dirt.typo_given, dirt.typo_patronymic)
    for part, share in zip((surnames(tables, chosen.woman, chosen.surname), given, patronymic), shares, strict=True):
        typed, yo = part.copy(), rng.random(count) < dirt.writes_yo
        for place in np.flatnonzero(rng.random(count) < share):
            typed[place] = slip(typed[place], rng)
        for place in np.flatnonzero(yo):
            typed[place] = tables.yo.get(typed[place], typed[place])
        words.append(typed)
    initials = rng.random(count) < dirt.initials
    words[1] = either(initials, [f"{word[0]}." for word in words[1]], words[1])
    words[2] = either(initials, [f"{word[0]}." for word in words[2]], words[2])
    words[2][rng.random(count) < dirt.no_patronymic] = None
    return words[0], words[1], words[2]


def _text(
    rng: np.random.Generator, dirt: Dirt, surname: str, given: str, patronymic: str | None, former: str | None, woman: bool
) -> str:
    """The name as one cell."""
    chance = rng.random(6)
    names = [given, patronymic] if patronymic else [given]
    short = given.endswith(".")
    if short and chance[0] < 0.5:
        names = ["".join(names)]
    if chance[1] < dirt.given_first:
        words = [*names, surname]
    elif chance[1] < dirt.given_first + dirt.patronymic_second and not short:
        words = [surname, *reversed(names)]
    else:
        words = [surname, *names]
    text = " ".join(words)
    if chance[2] < dirt.lower:
        text = text.lower()
    elif chance[2] >= dirt.lower + dirt.upper:
        text = text.title() if not short else " ".join(word if "." in word else word.title() for word in words)
    if chance[3] < dirt.latin:
        start = int(rng.integers(0, 3))
        text = text[:start] + text[start : start + 3].upper().translate(_LATIN) + text[start + 3 :]
    if former:
        text = f"{text} ({('до брака ', 'урожд. ', 'ранее ', '')[int(rng.integers(0, 4))]}{former.capitalize()})"
    if chance[4] < dirt.proprietor_mark:
        text = f"ИП {text}"
    return f" {text.replace(' ', '  ', 1)} " if chance[5] < dirt.spaces else text


def _births(rng: np.random.Generator, born: Any, dirt: Dirt) -> dict[str, Any]:
    """Text as written, the date it says, the year it says."""
    year, month, day = (
        part.to_numpy() for part in (pd.DatetimeIndex(born).year, pd.DatetimeIndex(born).month, pd.DatetimeIndex(born).day)
    )
    year, month, day = year.copy(), month.copy(), day.copy()
    chance = rng.random(len(born))
    swap = (chance < dirt.birth_swapped) & (day <= 12)
    day[swap], month[swap] = month[swap], day[swap].copy()
    digit = (chance >= dirt.birth_swapped) & (chance < dirt.birth_swapped + dirt.birth_digit)
    which = rng.integers(0, 3, len(born))
    year[digit & (which == 0)] += rng.choice(np.array([-10, -1, 1, 10]), int((digit & (which == 0)).sum()))
    month[digit & (which == 1)] = month[digit & (which == 1)] % 12 + 1
    day[digit & (which == 2)] = day[digit & (which == 2)] % 28 + 1
    day = np.minimum(day, either(np.isin(month, (4, 6, 9, 11)), 30, either(month == 2, 28, 31)))
    gap = rng.random(len(born))
    dates, years, texts = [], [], []
    for one, other, third, lost in zip(year.tolist(), month.tolist(), day.tolist(), gap.tolist(), strict=True):
        known, full = lost >= dirt.birth_missing, lost >= dirt.birth_missing + dirt.birth_year_only
        dates.append(f"{one:04}-{other:02}-{third:02}" if full else None)
        years.append(one if known else None)
        texts.append(f"{third:02}.{other:02}.{one:04}" if full else f"{one} г.р." if known else None)
    return {
        "birth_text": np.array(texts, dtype=object),
        "birth_date": pd.to_datetime(pd.Series(dates, dtype=object), format="%Y-%m-%d").to_numpy(),
        "birth_year": pd.array(years, dtype="Int32"),
    }


def _inn(rng: np.random.Generator, inn: Words, dirt: Dirt) -> Words:
    shown = either(rng.random(len(inn)) < dirt.inn_given, inn, None)
    for place in np.flatnonzero(rng.random(len(inn)) < dirt.inn_misprinted):
        if shown[place]:
            at = int(rng.integers(2, 12))
            shown[place] = f"{shown[place][:at]}{(int(shown[place][at]) + int(rng.integers(1, 10))) % 10}{shown[place][at + 1 :]}"
    return shown


def _shown(rng: np.random.Generator, true: Words, other: Words, share: float, same: float) -> Words:
    """The fact where it is told; where it has changed since, another of its kind that is nobody's in the registry."""
    told, kept = rng.random(len(true)) < share, rng.random(len(true)) < same
    return either(told, either(kept, true, other), None)


def _employers(rng: np.random.Generator, chosen: People, company: Any, settings: Parameters) -> Words:
    count = len(chosen)
    own: Flags = chosen.listed & (rng.random(count) < settings.contacts.employer_is_company)
    usual = np.array(_EMPLOYERS, dtype=object)[rng.integers(0, len(_EMPLOYERS), count)]
    return either(own, company_names(company), either(rng.random(count) < settings.contacts.employer, usual, None))
