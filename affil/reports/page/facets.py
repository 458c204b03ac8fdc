"""What the page's list of cases can be narrowed by. Values become codes: no text from outside stands in an attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from affil.model.finding import GRADES, PRIORITIES, Finding
from affil.reports import phrases
from affil.reports.cases import Case
from affil.words import Words

ABOUT = ("official", "participant")
LONGEST_CHOICE = 80  # signs of a choice: a narrow screen shows no more
Value = tuple[int, str, str]  # order, key, text


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its code on the page, its text, how many cases have it."""

    code: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """Something cases differ in; `key` is a key of the words."""

    key: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets in which the cases differ at all, and the codes of each case by its number."""

    facets: tuple[Facet, ...]
    codes: dict[int, str]


def facets_of(cases: tuple[Case, ...], words: Words) -> Facets:
    """Priority, what the question is about, state, how the person was established, customer, department."""
    readers = _readers(words)
    found = {key: [reader(case) for case in cases] for key, reader in readers.items()}
    facets: list[Facet] = []
    codes: dict[int, list[str]] = {case.number: [] for case in cases}
    for letter, (key, values) in zip("abcdef", found.items(), strict=True):
        places = {value: f"{letter}{place}" for place, value in enumerate(sorted(set().union(*values)))}
        if len(places) < 2:
            continue
        counts = Counter(value for told in values for value in told)
        choices = tuple(Choice(code, _short(value[2]), counts[value]) for value, code in places.items())
        facets.append(Facet(key, choices))
        for case, told in zip(cases, values, strict=True):
            codes[case.number] += sorted(places[value] for value in told)
    return Facets(tuple(facets), {number: " ".join(own) for number, own in codes.items()})


def _readers(words: Words) -> dict[str, Callable[[Case], set[Value]]]:
    def listed(table: str, order: tuple[str, ...], read: Callable[[Finding], str]) -> Callable[[Case], set[Value]]:
        def values(case: Case) -> set[Value]:
            keys = {read(finding) for finding in case.findings}
            return {(order.index(key) if key in order else len(order), key, phrases.label(words, table, key)) for key in keys}

        return values

    return {
        "priority": lambda case: {
            (PRIORITIES.index(case.priority), case.priority, phrases.label(words, "reports.priority", case.priority))
        },
        "about": listed("page.about_whom", ABOUT, lambda finding: finding.about),
        "state": listed("reports.state", tuple(words.raw("reports.state")), lambda finding: finding.status),
        "grade": listed("reports.grade", GRADES, lambda finding: finding.path.identity_grade),
        "customer": _customers,
        "department": lambda case: {(0, "", text) for text in (case.official.department if case.official else None,) if text},
    }


def _customers(case: Case) -> set[Value]:
    """Customers of the case's purchases; one ИНН is one customer however the lists of contracts spell him."""
    named: dict[str, str] = {}
    for finding in case.findings:
        bought = finding.contract or finding.procedure
        inn = (bought.customer_inn if bought else None) or ""
        name = phrases.customer_name(finding) or inn
        if name:
            named[inn or name] = min(name, named.get(inn or name, name))
    return {(0, key, name) for key, name in named.items()}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"
