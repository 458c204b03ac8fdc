"""Who works at a supplier without running it, as far as questionnaires tell: a relative's place of work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from affil.control.control import Control
from affil.control.intervals import Period
from affil.language.companies import company_key, person_in_supplier_name
from affil.language.company_forms import forms, longest_form
from affil.language.fio import is_initial, parse_name
from affil.language.identifiers import valid_inn
from affil.store.store import Store

MOST_EMPLOYED = 20  # a firm where so many kin of officials work is the town's big employer: its name joins nobody
_INN = re.compile(r"(?<!\d)\d{10}(?!\d)")
_QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»?)?»+|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]")
_PART = re.compile(r"[,;\n]|\s[-–—]\s|(?<!\b[А-ЯЁ])\.\s")  # not behind an initial: «ИП Сомов П. И.»
_WORD = re.compile(r"[^\W\d_]+")


def employments(store: Store, by_name: dict[str, set[str]], inns: set[str]) -> tuple[list[Control], list[str]]:
    """Controls of kind `employee`, and the suppliers too many work at to say anything (ids, sorted).

    A place of work is that of a supplier, or of an institution of the officer's own, where its text holds the ИНН, or names an
    organisation as exactly one of them is called, or the one sole proprietor so called. «ИП Сомов» of Сомов himself is no employer.
    """
    rows = store.rows("""
        SELECT p.party, m.mention, m.employer, m.name_key FROM mention m JOIN party p USING (mention)
        WHERE m.kind = 'relative' AND m.employer IS NOT NULL ORDER BY m.mention""")
    proprietors = _proprietors(store) if rows else {}
    found = [
        Control(
            row["party"], company, "employee", None, None, Period(None, None, None), ((row["mention"],),), (), "questionnaire"
        )
        for row in rows
        for company in _named(row["employer"], row["name_key"], by_name, proprietors, inns)
        if company != row["party"]
    ]
    people: dict[str, set[str]] = defaultdict(set)
    for control in found:
        people[control.company].add(control.person)
    crowded = {company for company, persons in people.items() if len(persons) > MOST_EMPLOYED}
    return [control for control in found if control.company not in crowded], sorted(crowded)


def supplier_keys(store: Store) -> dict[str, set[str]]:
    """Suppliers and own institutions by comparable name, from contracts, bids, the officer's list and the registry."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for supplier, name in store.sql("""
        SELECT supplier, supplier_name FROM any_purchase WHERE coalesce(supplier_kind, '') <> 'person' AND supplier_name IS NOT NULL
        UNION SELECT 'inn:' || inn, unnest([short_name, full_name]) FROM company WHERE 'inn:' || inn IN (SELECT supplier FROM any_purchase)
        UNION SELECT 'inn:' || inn, name FROM institution_in_force WHERE 'inn:' || inn IN (SELECT institution FROM institution_of)
    """).fetchall():
        if name and (key := company_key(name)):
            by_name[key].add(supplier)
    return by_name


def _proprietors(store: Store) -> dict[str, dict[str, set[str]]]:
    """Suppliers that are persons: comparable name → supplier, by surname."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for supplier, written in store.sql(
        "SELECT DISTINCT supplier, supplier_name FROM any_purchase WHERE supplier_kind = 'person' AND supplier_name IS NOT NULL"
    ).fetchall():
        person = person_in_supplier_name(written)
        name = parse_name(person) if person else None
        if name and name.surname and name.key:
            found[name.surname][name.key].add(supplier)
    return found


def _named(
    employer: str, own: str | None, by_name: dict[str, set[str]], proprietors: dict[str, dict[str, set[str]]], inns: set[str]
) -> Iterator[str]:
    for inn in _INN.findall(employer):
        if "inn:" + inn in inns and valid_inn(inn):
            yield "inn:" + inn
            return
    for key in employer_keys(employer):
        if len(by_name.get(key, ())) == 1:
            yield next(iter(by_name[key]))
            return
    yield from _proprietor(employer, own, proprietors)


def _proprietor(employer: str, own: str | None, proprietors: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    """The one supplier so called, by the full name or both initials; nobody where it is the relative himself."""
    text = next(iter(_parts(employer)), "").strip()
    person = person_in_supplier_name(text)
    name = parse_name(person) if person and person != text else None
    if name is None or name.surname is None or not name.given or not name.patronymic or (own and _same(name.key, own)):
        return
    suppliers = {one for key, several in proprietors.get(name.surname, {}).items() if _same(name.key, key) for one in several}
    if len(suppliers) == 1:
        yield suppliers.pop()


def _same(one: str | None, other: str) -> bool:
    """Whether two comparable names can be one person's: equal parts, or an initial for a name."""
    pairs = zip((one or "").split(" "), other.split(" "), strict=False)
    return all(a == b or (is_initial(a) and b.startswith(a[0])) or (is_initial(b) and a.startswith(b[0])) for a, b in pairs)


def employer_key(employer: str) -> str | None:
    """The comparable name of the organisation a place of work names first: «ООО «Вереск», бухгалтер» is ООО ВЕРЕСК."""
    return next(iter(employer_keys(employer)), None)


def employer_keys(employer: str) -> list[str]:
    """Comparable names a place of work may mean, the likelier first: what stands before a comma outside quotation marks, then the
    other parts, then each from its legal form to its closing quotation mark («бухгалтер ООО «Вереск» по договору»).
    """
    parts = _parts(employer)
    formed = [part for part in parts if _form_at(part) is not None]  # «директор» behind a comma is a post and no organisation
    likely = [*parts[:1], *formed, *(part[_form_at(part) or 0 :] for part in formed)]
    keys = [company_key(one) for part in likely for one in (part, _to_quote(part))]
    return [key for key in dict.fromkeys(keys) if key]


def _parts(employer: str) -> list[str]:
    quoted = [match.span() for match in _QUOTED.finditer(employer)]
    cuts = [match.span() for match in _PART.finditer(employer) if not any(a < match.start() < b for a, b in quoted)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(employer)]
    return [part for left, right in zip(edges[::2], edges[1::2], strict=True) if (part := employer[left:right].strip())]


def _to_quote(part: str) -> str:
    """The part up to the end of what it has in quotation marks."""
    quoted = _QUOTED.search(part)
    return part[: quoted.end()] if quoted else part


def _form_at(part: str) -> int | None:
    """Where the first legal form of the part begins, None where it has none."""
    words = [(match.start(), match[0].upper().replace("Ё", "Е")) for match in _WORD.finditer(part)]
    for at, (start, _) in enumerate(words):
        spans = (tuple(word for _, word in words[at : at + size]) for size in range(1, longest_form("forms") + 1))
        if any(span in forms() for span in spans):
            return start
    return None
