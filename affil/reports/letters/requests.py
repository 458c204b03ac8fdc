"""Letters Г: extracts and tax numbers of organisations in one, birth dates of persons in one for each employer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from affil.answers.completeness import NO_IDENTITY, in_office
from affil.answers.correspondence import Bought, Facts
from affil.model.finding import Employee
from affil.model.run import Coverage, Run, Undetermined
from affil.reports.letters.letter import Letter, Office
from affil.reports.values import date_text
from affil.reports.word.paper import Paper
from affil.words import Words

WANTED = ("no_extract", "owners_not_given", "no_inn_supplier", "old_extract", "predecessor_no_extract")
WIDTHS = {"extracts": (1.2, 2.6, 6, 6, 4), "persons": (1.2, 2.6, 2.4, 5, 6, 2.6)}
MOST_CUSTOMERS = 3
PERSON_DIGITS = 12

Row = tuple[str, ...]


def request_letters(run: Run, facts: Facts, office: Office) -> list[Letter]:
    """The letter on organisations where something of theirs is missing, then those on persons, by employer."""
    return [*_organisations(run, facts, office), *_persons(run, facts, office)]


def _organisations(run: Run, facts: Facts, office: Office) -> list[Letter]:
    rows = sorted(
        {_wanted(one, facts.bought.get(one.inn or one.name), office.words) for one in run.undetermined if one.reason in WANTED}
    )
    rows.sort(key=lambda row: (not row[0], row))  # those without an ИНН last
    persons = tuple(inn for inn, *_ in rows if len(inn) == PERSON_DIGITS)
    return [_letter("extracts", [office.words("letters.extracts.to")], rows, office, None, inns=persons)] if rows else []


def _wanted(one: Undetermined, bought: Bought | None, words: Words) -> Row:
    customers = ", ".join((bought.customers if bought else ())[:MOST_CUSTOMERS]) or words("letters.blank")
    why = words(f"letters.extracts.why.{one.reason}", customers=customers, organisation=one.params.get("organisation", ""))
    when = words("letters.extracts.when")
    if bought and bought.first and bought.first == bought.last:
        when = words("letters.extracts.when_day", day=date_text(bought.first))
    elif bought and bought.first and bought.last:
        when = words("letters.extracts.when_bought", first=date_text(bought.first), last=date_text(bought.last))
    return one.inn or "", one.name, why, when


def _persons(run: Run, facts: Facts, office: Office) -> list[Letter]:
    """Of those in office only: nobody is asked about the kin of who has left."""
    rows = in_office(run.coverage, run.as_of)
    wanted = _nameless(rows, facts, office.words)
    officials = {row.employee.key: row.employee for row in rows}
    by_employer: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    asked_of: dict[str, set[str]] = defaultdict(set)
    for key, name, why in wanted:
        who = officials[key]
        by_employer[_employer(who)].add((who.name, name, why))
        asked_of[_employer(who)].add(key)
    return [
        replace(_of_employer(key, by_employer[key], officials.values(), office), officials=tuple(sorted(asked_of[key])))
        for key in sorted(by_employer)
    ]


def _nameless(rows: Sequence[Coverage], facts: Facts, words: Words) -> Iterator[tuple[str, str, str]]:
    """Key of the official, who is to be told apart from namesakes (empty: he himself), and who that is to him."""
    officials = {row.employee.key: row.employee.name for row in rows}
    for row in rows:
        if NO_IDENTITY in row.reasons:
            yield row.employee.key, "", words("letters.persons.official")
    for one in facts.unidentified:
        if one.official in officials:
            told = {"relationship": one.relationship, "official": officials[one.official]}
            yield one.official, one.name, words("letters.persons.relative", **told)


def _of_employer(key: str, wanted: set[tuple[str, str, str]], officials: Iterable[Employee], office: Office) -> Letter:
    words = office.words
    name = min((who.employer for who in officials if who.employer and _employer(who) == key), default="")
    told = name or (words("letters.lists.inn", inn=key) if key else "")
    to = words("letters.persons.to_employer", employer=told) if told else words("letters.persons.to_unknown")
    when = words("letters.persons.when")
    rows: list[Row] = [("", "", relative or official, why, when) for official, relative, why in sorted(wanted)]
    return _letter("persons", [to], rows, office, key if key.isdigit() else None)


def _employer(who: Employee) -> str:
    return who.employer_inn or who.employer or ""


def _letter(kind: str, to: list[str], rows: list[Row], office: Office, inn: str | None, inns: tuple[str, ...] = ()) -> Letter:
    words = office.words

    def write(paper: Paper) -> None:
        """The body on paper: the lead and the table of those asked about."""
        paper.text(words(f"letters.{kind}.lead", date=date_text(office.reply_by), number=len(rows)))
        paper.table(words.raw(f"letters.{kind}.headings"), [[number, *row] for number, row in enumerate(rows, 1)], WIDTHS[kind])
        if kind == "persons":
            paper.text(words("letters.questionnaires.closed"))

    about = words(f"letters.{kind}.about", number=len(rows))
    title = words(f"letters.{kind}.title")
    return Letter("G", "\n".join(to), about, office.reply_by, title, write, organisation_inn=inn, inns=inns)
