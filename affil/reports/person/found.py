"""Sections 3 to 5 of the report on a person: where was searched, participation, purchases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from affil.control.control import SHARE_UNKNOWN
from affil.kinship.chains import SELF
from affil.model.finding import GRADES
from affil.person.answer import (
    Participation,
    PersonAnswer,
    Searched,
    Touched,
)
from affil.person.participation import DECLARED_ONLY, SUPPLIED
from affil.reports.blocks import Block, Heading, Table, Text
from affil.reports.person.sheet import Sheet
from affil.reports.person.terms import control_word, inn_text, kin_text, period_text
from affil.reports.phrases import label
from affil.reports.values import date_text, in_text, percent_text, spaced_price
from affil.words import Words

MOST_PURCHASES = 100
MOST_NAMESAKES = 10


def searches(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 3: where was searched, by what, when, with what result, and where not."""
    there, found = answer.compared, answer.certain
    yield Heading(words("person.search.heading"))
    alone = [one for one in found if one.kind == "sole-proprietor"]
    companies = len({one.organisation for one in found if one.kind not in ("sole-proprietor", DECLARED_ONLY)})
    by, bought = words("person.search.by"), len({_purchase_key(one) for one in answer.touched if not one.name_only})
    rows = [
        (words("person.search.companies"), by, _days(there.company_days, words),
         words("person.search.organisations", number=there.companies, found=companies), ""),
        (words("person.search.proprietors"), by, _days(there.proprietor_days, words),
         words("person.search.entrepreneurs", number=there.proprietors, found=sum(SUPPLIED not in one.assumed for one in alone)),
         ""),
        (words("person.search.purchases"), words("person.search.by_firm"), "",
         words("person.search.bought", number=there.purchases, found=bought), ""),
        *(_searched(one, words) for one in answer.searches),
    ]  # fmt: skip
    yield Table(tuple(words.raw("person.search.headings")), tuple(rows), (5, 2.5, 2.6, 4, 3))
    number, searched = there.companies + there.proprietors, answer.registry_search
    yield Text(
        words("person.search.done", date=date_text(searched), number=number)
        if searched
        else words("person.search.not_done", number=number)
    )


def _days(days: tuple[dt.date | None, dt.date | None], words: Words) -> str:
    first, last = (date_text(day) for day in days)
    return first if first == last else words("person.search.days", first=first, last=last)


def _purchase_key(one: Touched) -> tuple[object, ...]:
    return one.event, one.role, one.number, one.procedure_number, one.on, one.price, one.customer_inn, one.organisation


def _searched(one: Searched, words: Words) -> tuple[str, ...]:
    service = words("person.search.who", service=one.service, who=one.who)
    return service, one.by or "", date_text(one.on), one.result or "", one.file or ""


def firms(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 4: organisations of the person and his kin, and matches of nothing but a name."""
    yield Heading(words("person.firms.heading"))
    if answer.certain:
        rows = tuple(_firm(one, words) for one in answer.certain)
        yield Table(tuple(words.raw("person.firms.headings")), rows, (4, 4, 3, 3, 2.6, 3.2))
    else:
        yield Text(words("person.firms.none"))
    namesakes = dict.fromkeys(f"{one.name}{inn_text(one.inn, words)}" for one in answer.name_only)
    if namesakes:
        listed = [*list(namesakes)[:MOST_NAMESAKES]]
        if len(namesakes) > MOST_NAMESAKES:
            listed.append(words("person.firms.more", number=len(namesakes) - MOST_NAMESAKES))
        yield Text(words("person.firms.name_only", number=len(namesakes), listed="; ".join(listed)))


def _firm(one: Participation, words: Words) -> tuple[str, ...]:
    grade = label(words, "reports.grade", one.grade)
    supposed = one.grade in GRADES[GRADES.index("C") :]
    how = words("person.firms.by_declaration") if one.kind == DECLARED_ONLY else grade
    return (
        who_text(one, words), f"{one.name}{inn_text(one.inn, words)}", _role(one, words), _dates(one, words),
        words(f"person.firms.stated.{one.stated}"), words("person.firms.possible", grade=how) if supposed else how,
    )  # fmt: skip


def who_text(one: Participation, words: Words) -> str:
    """Whose participation it is."""
    if one.relationship == SELF:
        return words("person.firms.own", name=one.who)
    return words("person.firms.kin", name=one.who, kin=kin_text(one.relationship, one.chains, one.gender, words))


def _role(one: Participation, words: Words) -> str:
    share = in_text(percent_text(one.share), words)
    told = words("reports.text.share", share=share) if share else ""
    if SHARE_UNKNOWN in one.assumed and not told:
        told = words("person.firms.share_unknown")
    return ", ".join(part for part in (control_word(one.kind, one.assumed, words), told) if part)


def _dates(one: Participation, words: Words) -> str:
    if one.until and one.seen and one.seen < one.until:
        gone = {"seen": date_text(one.seen), "gone": date_text(one.until + dt.timedelta(1))}
        begun = period_text(date_text(one.since), "", words)
        return ", ".join(part for part in (begun, words("reports.period.between", **gone)) if part)
    period = period_text(date_text(one.since), date_text(one.until), words)
    seen = words("person.firms.seen", date=date_text(one.seen)) if one.seen and not one.until else ""
    return "; ".join(part for part in (period, seen) if part) or words("person.person.period_unknown")


def bought(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 5: purchases of his employer and its institutions with these organisations."""
    told = [one for one in answer.touched if not one.name_only]
    yield Heading(words("person.bought.heading"))
    if told:
        rows = tuple(_purchase(one, words) for one in told[:MOST_PURCHASES])
        yield Table(tuple(words.raw("person.bought.headings")), rows, (3.3, 3.2, 3.4, 2.4, 2.4, 3.8, 3))
        if len(told) > MOST_PURCHASES:
            yield Text(words("person.bought.more", shown=MOST_PURCHASES, number=len(told)))
    elif answer.compared.purchases:
        yield Text(words("person.bought.none"))
    else:
        customers = "; ".join(f"{name or ''}{inn_text(inn, words)}".removeprefix(", ") for inn, name in answer.compared.customers)
        yield Text(words("person.bought.none_loaded", customers=customers or words("person.unknown_value")))


def _purchase(one: Touched, words: Words) -> tuple[str, ...]:
    number = one.number or words("person.bought.no_number")
    if one.event == "bid":
        number = words("person.bought.bid", number=one.procedure_number or "")
    elif one.role == "subcontractor":
        number = words("person.bought.subcontract", number=number)
    who = one.who if one.relationship == SELF else f"{one.who} ({one.relationship})"
    kinds = ", ".join(control_word(kind, (), words) for kind in one.kinds)
    force = words(f"reports.force.{one.force}", date=date_text(one.force_day))
    customer = f"{one.customer or ''}{inn_text(one.customer_inn, words)}".removeprefix(", ")
    supplier = f"{one.supplier}{inn_text(one.supplier_inn, words)}"
    return number, customer, supplier, date_text(one.on), in_text(spaced_price(one.price), words), f"{who}: {kinds}", force
