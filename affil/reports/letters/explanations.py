"""Letter В: an official is asked to explain a coincidence; nobody is accused, and what may be told is in sayable.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from affil.answers.correspondence import Facts
from affil.model.finding import Employee, Finding, Party
from affil.model.run import Run
from affil.reports.cases import Case, cases_of, purchase_key
from affil.reports.letters.letter import Letter, Office
from affil.reports.letters.sayable import OPEN, Said, Telling, telling
from affil.reports.phrases import label
from affil.reports.values import date_text
from affil.reports.word.paper import Paper
from affil.words import Words

MOST_PURCHASES = 8
WIDTHS = (1.2, 5, 7, 5)
SERVANTS = ("municipal servant", "elected office")
NOT_IN_OFFICE = ("former servant", "candidate")
ORGANISATION_DIGITS = 10


def explanation_letters(run: Run, facts: Facts, office: Office) -> list[Letter]:
    """One letter an official with an open case among «Возможные связи», by name; cases of names only are no reason to write."""
    by_official: dict[str, list[Case]] = defaultdict(list)
    for case in cases_of(finding for finding in run.findings if finding.status in OPEN):
        if case.official and not case.name_only:
            by_official[case.official.key].append(case)
    left = {row.employee.key for row in run.coverage if row.dismissed and row.dismissed <= run.as_of}
    groups = sorted(by_official.values(), key=lambda cases: (cases[0].near.name, cases[0].near.key))
    return [_letter(cases, facts, office, cases[0].near.key in left) for cases in groups]


def _letter(cases: Sequence[Case], facts: Facts, office: Office, dismissed: bool) -> Letter:
    words, official = office.words, cases[0].official
    if official is None:
        raise ValueError("a case without an official has nobody to write to")
    told = [telling(case, facts, words) for case in cases]
    named = [one for one in told if one.said]
    unnamed = [one for one in told if not one.said]
    to = [
        words("letters.explanations.to", name=official.name),
        *filter(None, (official.position, official.department or official.employer)),
    ]

    def write(paper: Paper) -> None:
        """The body on paper: what is asked about each finding told by name, the questions, the duty of the official."""
        paper.text(words(f"letters.explanations.{'lead_named' if named else 'lead_open'}"))
        if named:
            paper.table(
                words.raw("letters.explanations.headings"), [_row(n, one, words) for n, one in enumerate(named, 1)], WIDTHS
            )
        paper.text(words("letters.explanations.ask", date=date_text(office.reply_by)), keep=True)
        for number, question in enumerate(_questions(named, unnamed), start=1):
            paper.text(f"({number}) {words(f'letters.explanations.{question}')}")
        paper.text(words("letters.explanations.documents"))
        paper.text(f"{words(f'letters.explanations.{_duty(official, dismissed)}')} {words('letters.explanations.no_report')}")

    about = "about_both" if named and unnamed else "about_named" if named else "about_open"
    ties = sorted({finding.tie for case in cases for finding in case.findings})
    return Letter(
        "V", "\n".join(to), words(f"letters.explanations.{about}", number=len(named)), office.reply_by,
        words("letters.explanations.title"), write, employee_id=official.employee_id, ties=tuple(ties),
        officials=(official.key,),
    )  # fmt: skip


def _questions(named: Sequence[Telling], unnamed: Sequence[Telling]) -> Iterable[str]:
    """Keys of the questions, those about the table first."""
    if named:
        said = [one for telling in named for one in telling.said]
        if any(one.relative is None for one in said):
            yield "self"
        if any(one.relative for one in said):
            yield "relative"
        yield "known"
        yield "part"
    if any(isinstance(one.case.far, Party) for one in unnamed):
        yield "firms"
    if any(not isinstance(one.case.far, Party) for one in unnamed):
        yield "service"
    yield "other"


def _duty(official: Employee, dismissed: bool) -> str:
    """273-ФЗ ст. 11 binds servants and those in elected office; whom else, a lawyer of the employer says."""
    if dismissed or official.status in NOT_IN_OFFICE:
        return "duty_former"
    return "duty_servant" if official.status in SERVANTS else "duty_other"


def _row(number: int, one: Telling, words: Words) -> list[object]:
    firm = one.case.far
    name = firm.name
    if firm.inn and len(firm.inn) == ORGANISATION_DIGITS:
        name = words("letters.explanations.firm", name=firm.name, inn=firm.inn)
    return [number, name, _coincidences(one.said, words), "\n".join(_purchases(one.findings, words))]


def _coincidences(said: Sequence[Said], words: Words) -> str:
    """A paragraph for each person, with all that coincides of him."""
    of_whom: dict[tuple[str, str | None, str | None], list[str]] = defaultdict(list)
    for one in said:
        key = ("stated_" if one.stated else "") + ("kin" if one.relative else "own")
        text = ", ".join(part for part in (label(words, "reports.control", one.control), one.period) if part)
        of_whom[key, one.relationship, one.relative].append(text)
    return "\n".join(
        words(f"letters.explanations.{key}", relationship=relationship, name=name, control="; ".join(dict.fromkeys(texts)))
        for (key, relationship, name), texts in of_whom.items()
    )


def _purchases(findings: Sequence[Finding], words: Words) -> list[str]:
    named = {purchase_key(finding): _purchase(finding, words) for finding in findings}
    texts = [named[key] for key in sorted(named)]
    more = [words("letters.explanations.more", number=len(texts) - MOST_PURCHASES)] if len(texts) > MOST_PURCHASES else []
    return texts[:MOST_PURCHASES] + more


def _purchase(finding: Finding, words: Words) -> str:
    of = finding.contract
    if of is None:
        return words("letters.explanations.procedure", number=finding.procedure.number if finding.procedure else "")
    if of.number and of.signed_on:
        return words("letters.explanations.contract", number=of.number, date=date_text(of.signed_on))
    if of.number:
        return words("letters.explanations.undated_contract", number=of.number)
    return words("letters.explanations.unnumbered_contract", date=date_text(of.signed_on) or words("letters.blank"))
