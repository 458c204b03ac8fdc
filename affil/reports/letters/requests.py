"""Letters Г: extracts and tax numbers of organisations in one, birth dates of persons in one for each employer."""

from __future__ import annotations

from collections import defaultdict

from affil.answers.completeness import NO_IDENTITY, in_office
from affil.answers.correspondence import Bought, Facts
from affil.model.finding import Run, Undetermined
from affil.reports.letters.letter import Letter, Office
from affil.reports.values import date_text
from affil.reports.word.paper import Paper
from affil.words import Words

WANTED = ("no_extract", "no_inn_supplier", "old_extract", "predecessor_no_extract")
WIDTHS = (1, 2.6, 6, 6, 4)
MOST_CUSTOMERS = 3

Row = tuple[str, str, str, str]


def request_letters(run: Run, facts: Facts, office: Office) -> list[Letter]:
    """The letter on organisations where something of theirs is missing, then those on persons, by employer."""
    return [*_organisations(run, facts, office), *_persons(run, facts, office)]


def _organisations(run: Run, facts: Facts, office: Office) -> list[Letter]:
    rows = sorted(
        {_wanted(one, facts.bought.get(one.inn or one.name), office.words) for one in run.undetermined if one.reason in WANTED}
    )
    rows.sort(key=lambda row: (not row[0], row))  # those without an ИНН last
    return [_letter("extracts", [office.words("letters.extracts.to")], rows, office, None)] if rows else []


def _wanted(one: Undetermined, bought: Bought | None, words: Words) -> Row:
    customers = ", ".join((bought.customers if bought else ())[:MOST_CUSTOMERS]) or words("letters.blank")
    why = words(f"letters.extracts.why.{one.reason}", customers=customers, organisation=one.params.get("organisation", ""))
    when = words("letters.extracts.when")
    if bought and bought.first and bought.last:
        when = words("letters.extracts.when_bought", first=date_text(bought.first), last=date_text(bought.last))
    return one.inn or "", one.name, why, when


def _persons(run: Run, facts: Facts, office: Office) -> list[Letter]:
    """Persons of those in office only: nobody is asked about the kin of who has left."""
    words, rows = office.words, in_office(run.coverage, run.as_of)
    officials = {row.employee.key: row.employee for row in rows}
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    names: dict[str, str] = {}
    for who in officials.values():
        employer = who.employer_inn or who.employer or ""
        names[employer] = min(filter(None, (names.get(employer), who.employer)), default="")
    for row in rows:
        if NO_IDENTITY in row.reasons:
            found[row.employee.employer_inn or row.employee.employer or ""].add(
                (row.employee.name, words("letters.persons.official"))
            )
    for one in facts.unidentified:
        if one.official in officials:
            who = officials[one.official]
            why = words("letters.persons.relative", relationship=one.relationship, official=who.name)
            found[who.employer_inn or who.employer or ""].add((one.name, why))
    when = words("letters.persons.when")
    letters = []
    for employer in sorted(found):
        told = names[employer] or (words("letters.lists.inn", inn=employer) if employer else "")
        to = words("letters.persons.to_employer", employer=told) if told else words("letters.persons.to_unknown")
        table = [("", name, why, when) for name, why in sorted(found[employer])]
        letters.append(_letter("persons", [to], table, office, employer if employer.isdigit() else None))
    return letters


def _letter(kind: str, to: list[str], rows: list[Row], office: Office, inn: str | None) -> Letter:
    words = office.words

    def write(paper: Paper) -> None:
        paper.text(words(f"letters.{kind}.lead", date=date_text(office.reply_by), number=len(rows)))
        paper.table(words.raw(f"letters.{kind}.headings"), [[number, *row] for number, row in enumerate(rows, 1)], WIDTHS)
        if kind == "persons":
            paper.text(words("letters.questionnaires.closed"))

    about = words(f"letters.{kind}.about", number=len(rows))
    return Letter("G", "\n".join(to), about, office.reply_by, words(f"letters.{kind}.title"), write, organisation_inn=inn)
