"""Letter Б: the contract manager of a customer is asked for the list of contractors of a quarter."""

from __future__ import annotations

import calendar
import datetime as dt

from affil.answers.check_completeness import period_text
from affil.answers.completeness import Lists
from affil.model.run import Customer
from affil.reports.letters.letter import Letter, Office
from affil.reports.values import date_text
from affil.reports.word.paper import Paper

EMPTY_ROWS = 12
WIDTHS = (4.6, 2.6, 3, 4, 2.4, 2.8, 2.4, 2.3, 2.7)


def list_letters(lists: Lists, office: Office) -> list[Letter]:
    """One letter a customer of whom no contract of the period is loaded, by ИНН."""
    return [_letter(one, lists, office) for one in sorted(lists.missing, key=lambda one: one.inn)]


def deadline(lists: Lists, office: Office) -> dt.date:
    """The settings' day of the month after the quarter; the usual term where that day leaves no time any more."""
    if lists.quarter is None or lists.last is None:
        return office.reply_by
    following = lists.last + dt.timedelta(days=1)
    number = min(int(office.calendar["contract_lists_day"]), calendar.monthrange(following.year, following.month)[1])
    due = following.replace(day=number)
    return due if due > office.as_of else office.reply_by


def _letter(customer: Customer, lists: Lists, office: Office) -> Letter:
    words, until = office.words, deadline(lists, office)
    period = period_text(lists, words)
    inn = words("letters.lists.inn", inn=customer.inn)
    to = [words("letters.lists.to", customer=customer.name or inn), *([inn] if customer.name else [])]

    def write(paper: Paper) -> None:
        """The body on paper: what is asked for, for which period, in what form."""
        paper.text(words("letters.lists.lead", date=date_text(until), period=period))
        paper.text(f"{words('letters.lists.state', date=date_text(office.as_of), period=period)} {words('letters.lists.empty')}")
        paper.text(words("letters.lists.form"))

    def append(paper: Paper) -> None:
        """The appendix on paper: an empty table to fill in, on a page turned sideways."""
        paper.turn(landscape=True)
        paper.heading(words("letters.lists.appendix", period=period))
        headings = words.raw("letters.lists.headings")
        paper.table(headings, [[""] * len(headings)] * EMPTY_ROWS, WIDTHS)

    return Letter(
        "B", "\n".join(to), words("letters.lists.about", period=period), until, words("letters.lists.title"), write,
        organisation_inn=customer.inn, personal=False, append=append,
    )  # fmt: skip
