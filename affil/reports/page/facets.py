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
Value = tuple[int, str]  # order, key


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
    facets: list[Facet] = []
    codes: dict[int, list[str]] = {case.number: [] for case in cases}
    for letter, (key, reader) in zip("abcdef", _readers(words).items(), strict=True):
        values = [reader(case) for case in cases]
        texts = _texts(values)
        if len(texts) < 2:
            continue
        order = sorted(texts, key=lambda value: (value[0], texts[value], value[1]))
        places = {value: f"{letter}{place}" for place, value in enumerate(order)}
        counts = Counter(value for told in values for value in told)
        facets.append(Facet(key, tuple(Choice(places[value], _short(texts[value]), counts[value]) for value in order)))
        for case, told in zip(cases, values, strict=True):
            codes[case.number] += sorted(places[value] for value in told)
    return Facets(tuple(facets), {number: " ".join(own) for number, own in codes.items()})


def _texts(values: list[dict[Value, str]]) -> dict[Value, str]:
    """The text of each value; of several spellings the first of the alphabet, whatever the order of cases."""
    texts: dict[Value, str] = {}
    for told in values:
        for value, text in told.items():
            texts[value] = min(text, texts.get(value, text))
    return texts


def _readers(words: Words) -> dict[str, Callable[[Case], dict[Value, str]]]:
    def listed(table: str, order: tuple[str, ...], read: Callable[[Finding], str]) -> Callable[[Case], dict[Value, str]]:
        """A reader of cases by what `read` says of each finding, named by `table` and sorted as in `order`."""

        def values(case: Case) -> dict[Value, str]:
            """What the findings of the case say, each with its text; a key that `order` lacks comes last."""
            keys = {read(finding) for finding in case.findings}
            return {(order.index(key) if key in order else len(order), key): phrases.label(words, table, key) for key in keys}

        return values

    return {
        "priority": lambda case: {
            (PRIORITIES.index(case.priority), case.priority): phrases.label(words, "reports.priority", case.priority)
        },
        "about": listed("page.about_whom", ABOUT, lambda finding: finding.about),
        "state": listed("reports.state", tuple(words.raw("reports.state")), lambda finding: finding.status),
        "grade": listed("reports.grade", GRADES, lambda finding: finding.path.identity_grade),
        "customer": _customers,
        "department": _departments,
    }


def _departments(case: Case) -> dict[Value, str]:
    department = case.official.department if case.official else None
    return {(0, department): department} if department else {}


def _customers(case: Case) -> dict[Value, str]:
    """Customers of the case's purchases; one ИНН is one customer however the lists of contracts spell him."""
    told = [(finding.contract or finding.procedure, phrases.customer_name(finding)) for finding in case.findings]
    named = [((bought.customer_inn if bought else None) or "", name) for bought, name in told]
    return _texts([{(0, inn or name): name or inn} for inn, name in named if inn or name])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"
