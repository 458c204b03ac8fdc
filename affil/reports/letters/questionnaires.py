"""Letter А: the head of a department or an institution is asked to have questionnaires handed in or renewed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from affil.answers.completeness import FUTURE, NO_QUESTIONNAIRE, STALE, in_office, missing_groups
from affil.model.run import Coverage, Run
from affil.reports.letters.letter import Letter, Office
from affil.reports.phrases import groups_text, label
from affil.reports.values import date_text
from affil.reports.word.paper import Paper

WIDTHS = (1.2, 4.8, 2.5, 4, 2.4, 6.5)
NO_STATUS = ""


def questionnaire_letters(run: Run, office: Office) -> list[Letter]:
    """One letter a department of an employer, of all who owe something, by employer and department."""
    groups: dict[tuple[str, str], list[Coverage]] = defaultdict(list)
    for row in in_office(run.coverage, run.as_of):
        if owed(row, office):
            who = row.employee
            groups[who.employer_inn or who.employer or "", who.department or ""].append(row)
    return [_letter(department, groups[employer, department], office) for employer, department in sorted(groups)]


def owed(row: Coverage, office: Office) -> list[str]:
    """What the official is to hand in, in words; empty where nothing."""
    words = office.words
    if NO_QUESTIONNAIRE in row.reasons:
        return [words("letters.questionnaires.none")]
    told = []
    if STALE in row.reasons:
        key = "stale" if row.questionnaire_date else "undated"
        told.append(words(f"letters.questionnaires.{key}", months=office.thresholds["stale_questionnaire_months"]))
    if FUTURE in row.reasons:
        told.append(words("letters.questionnaires.future"))
    if groups := missing_groups(row):
        told.append(words("letters.questionnaires.groups", groups=groups_text("|".join(groups), words)))
    return told


def _letter(department: str, rows: list[Coverage], office: Office) -> Letter:
    words = office.words
    rows = sorted(rows, key=lambda row: (row.employee.name, row.employee.key))
    employer = min((row.employee.employer for row in rows if row.employee.employer), default="")
    inn = rows[0].employee.employer_inn
    told = employer or (words("letters.lists.inn", inn=inn) if inn else "")
    to = [words("letters.questionnaires.to_employer", employer=told)] if told else [words("letters.questionnaires.to_unknown")]
    if department:
        to = [words("letters.questionnaires.to_department", department=department), *([told] if told else [])]
    until = deadline(office)

    def write(paper: Paper) -> None:
        """The body on paper: whose questionnaire is asked for, and the law that asks for it."""
        plan = office.of("plan") or words("letters.questionnaires.plan")
        paper.text(words("letters.questionnaires.lead", plan=plan, date=date_text(until), number=len(rows)))
        paper.table(words.raw("letters.questionnaires.headings"), _rows(rows, office), WIDTHS)
        paper.text(f"{words('letters.questionnaires.nobody')} {words('letters.questionnaires.closed')}")
        paper.text(words("letters.questionnaires.basis"), keep=True)
        paper.bullets(_basis(rows, office))

    about = words("letters.questionnaires.about", number=len(rows))
    return Letter("A", "\n".join(to), about, until, words("letters.questionnaires.title"), write, organisation_inn=inn,
                  officials=tuple(row.employee.key for row in rows))  # fmt: skip


def deadline(office: Office) -> dt.date:
    """The day of the calendar by which questionnaires are renewed, where it leaves time for an answer; else the usual term."""
    number, month = office.calendar["questionnaires_by"].split(".")
    if (number, month) == ("29", "02"):
        number = "28"
    return max(dt.date(office.as_of.year, int(month), int(number)), office.reply_by)


def _rows(rows: Sequence[Coverage], office: Office) -> list[list[object]]:
    told = []
    for number, row in enumerate(rows, start=1):
        who, what = row.employee, "; ".join(owed(row, office))
        told.append([number, who.name, who.employee_id, who.position, date_text(row.questionnaire_date), what])
    return told


def _basis(rows: Sequence[Coverage], office: Office) -> list[str]:
    """The legal basis for each category of person in the letter; a blank where the settings have none."""
    words, told = office.words, []
    for status in sorted({row.employee.status or NO_STATUS for row in rows}):
        category = label(words, "reports.status", status) or words("letters.questionnaires.unknown_category")
        blank = words("letters.lawyer")
        person, relatives = (office.basis[about].get(status) or blank for about in ("person", "relatives"))
        told.append(words("letters.questionnaires.basis_of", category=category, person=person, relatives=relatives))
    return told
