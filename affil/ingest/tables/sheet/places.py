"""What the place of a table says of every row: the name of its sheet, of its file, of the folders it lies in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from affil.ingest.values.papers import words
from affil.ingest.values.periods import period_bounds
from affil.language.companies import company_key, looks_like_company
from affil.language.identifiers import valid_inn

TITLE, SHEET, FILE, FOLDER = "from_title", "said_by_sheet", "said_by_file", "said_by_folder"
_INBOX = "inbox"
_LONGEST_PERIOD = 5
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_INN = re.compile(r"(?<!\d)\d{10}(?!\d)")
_PROCEDURE = re.compile(r"(?<!\d)\d{19}(?!\d)")
_BETWEEN = re.compile(r"[\s_]+")
_ISO_MONTH = re.compile(r"(20\d\d)[-_](0[1-9]|1[0-2])(?![\d-])")
_NAMES_NOTHING = re.compile(r"(?:лист|sheet|таблица|table)?\s*\d*", re.IGNORECASE)

Bounds = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value for every row of a table, and by what it is said: a key of `notes`."""

    value: str
    by: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: `file` as people know it («inbox/МБОУ СОШ № 9/Перечень.xlsx»), `sheet` '' in a CSV file."""

    file: str = ""
    sheet: str = ""

    def names(self) -> Iterator[tuple[str, str]]:
        """The names from the nearest to the widest, each with what it is the name of."""
        *folders, last = [part for part in re.split(r"[/!\\]", self.file) if part] or [""]
        yield from ((self.sheet, SHEET), (_stem(last), FILE))
        yield from (
            (_stem(folder) if folder.endswith(".zip") else folder, FOLDER) for folder in reversed(folders) if folder != _INBOX
        )


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def stated_by_place(fields: Mapping[str, str], place: Place, titles: Mapping[str, str]) -> dict[str, Stated]:
    """Values by field from the place of a table, with those of its title rows.

    `fields`: what is looked for ('customer', 'customer_inn', 'period', 'procedure_number') → field of the table. What a title
    says wins; of places the nearest. Customer and ИНН come from one and the same place: they are told of one organisation.
    """
    found = {field: Stated(value, TITLE) for field, value in titles.items()}
    if fields.keys() & {"customer", "customer_inn"} and not {fields.get("customer"), fields.get("customer_inn")} & found.keys():
        found |= _customer(fields, place)
    if "period" in fields and (period := _period(place, titles.get(fields["period"]))):
        found[fields["period"]] = period
    if "procedure_number" in fields and fields["procedure_number"] not in found:
        numbers = ((_PROCEDURE.search(name), by) for name, by in place.names())
        first = next(((number[0], by) for number, by in numbers if number), None)
        found |= {fields["procedure_number"]: Stated(*first)} if first else {}
    return found


def said_by_place(fields: Mapping[str, str], place: Place) -> frozenset[str]:
    """The fields that the place of a table tells."""
    return frozenset(stated_by_place(fields, place, {})) if fields else frozenset()


def _customer(fields: Mapping[str, str], place: Place) -> dict[str, Stated]:
    for name, by in place.names():
        inn = next((one for one in _INN.findall(name) if valid_inn(one)), None)
        customer = customer_in(_INN.sub(" ", re.sub(r"\bИНН\b\W*", " ", name)))
        given = {"customer": customer, "customer_inn": inn}
        if customer or inn:
            return {fields[what]: Stated(value, by) for what, value in given.items() if value and what in fields}
    return {}


def hints_of(place: Place) -> str | None:
    """Names of sheet and folders, nearest first, joined by '|': one may be a customer's that loaded tables know."""
    told = [_BETWEEN.sub(" ", name).strip() for name, by in place.names() if by != FILE]
    named = [name for name in told if not _NAMES_NOTHING.fullmatch(name) and period_in(name) is None]
    return "|".join(dict.fromkeys(name.replace("|", " ") for name in named)) or None


@lru_cache(maxsize=4_096)
def customer_in(text: str) -> str | None:
    """The public customer a name or title begins with, but for words of lists; None where it names none or a bare kind."""
    told = words()
    plain = _BETWEEN.sub(" ", text).strip(" .,-–—")
    start = told["customer_start"].match(plain)
    if start is None:
        return None
    name = plain[start.end() :]
    ends = told["name_ends"].search(name, 3)
    name = (name[: ends.start()] if ends else name).strip(" ,.;:-–—(")
    name = re.split(r"[,;(\s]*\b(?:ИНН|INN)\b", name)[0].strip(" ,;")
    for beginning, nominative in told["nominative"]:
        name = beginning.sub(nominative, name, count=1)
    return name if looks_like_company(name) and len(company_key(name).split()) > 1 else None


@lru_cache(maxsize=4_096)
def period_in(text: str) -> str | None:
    """The period a name tells («Перечень 1 кв 2025», «2025-03»): its longest part that is one; None where there is none."""
    text = _ISO_MONTH.sub(r" \2.\1 ", text).strip()
    parts = [part.strip("(),;-–—") for part in _BETWEEN.split(text)]
    for size in range(min(_LONGEST_PERIOD, len(parts)), 0, -1):
        for start in range(len(parts) - size + 1):
            told = " ".join(parts[start : start + size])
            if period_bounds(told):
                return told
    return None


@lru_cache(maxsize=4_096)
def part_of_year_in(text: str) -> str | None:
    """A month, quarter or half-year told without its year: «март», «1 квартал»."""
    if _YEAR.search(text):
        return None
    found = period_in(f"{text.strip()} 2000")
    return None if found is None or found == "2000" else found.removesuffix("2000").strip()


def _period(place: Place, title: str | None) -> Stated | None:
    """The narrowest period that sheet, file and folders tell without contradicting a wider one; None where the title says it."""
    told: list[tuple[str, str]] = [(title, TITLE)] if title else []
    names = [(name, by) for name, by in place.names() if name]
    year = next((found[0] for name in [title or "", *(name for name, _ in names)] if (found := _YEAR.search(name))), None)
    for name, by in names:
        whole = period_in(name)
        part = None if whole or year is None else part_of_year_in(name)
        told += [(whole, by)] if whole else [(f"{part} {year}", by)] if part else []
    if not told:
        bare = next(((part, by) for name, by in names[:1] if (part := part_of_year_in(name))), None)
        return Stated(*bare) if bare else None
    best = told[0]
    for other in told[1:]:
        if _narrows(period_bounds(other[0]), period_bounds(best[0])):
            best = other
    return None if best[1] == TITLE else Stated(*best)


def _narrows(inner: Bounds | None, outer: Bounds | None) -> bool:
    return inner is not None and outer is not None and inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
