"""A case in the words of a memo: who and what, the way step by step, purchases, and the four questions apart.

Whether it is the same person, what the tie was on the day, which norms a lawyer weighs it by, and what is proposed are never
one sentence (OFFICER 4); the official and the bidder are told apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from affil.model.finding import Employee, Finding, OtherParty, Party, Step
from affil.model.run import Run
from affil.reports.cases import Case, drawn_paths, touches_purchase
from affil.reports.decided import changes_in, course_in, event_text
from affil.reports.phrases import (
    alternatives,
    circle_items,
    grade_text,
    is_kin,
    label,
    rule_title,
    source_text,
    step_sentence,
)
from affil.reports.values import date_text
from affil.reports.word.case_advice import clarify_text, participant_text, proposals
from affil.reports.word.case_tables import write_purchases
from affil.reports.word.paper import Paper
from affil.reports.word.scope import Sources, kind_text
from affil.words import Words

WAYS_SHOWN = 3
SIZE = 11.0


def write_case(paper: Paper, case: Case, point: str, run: Run, sources: Sources, words: Words) -> None:
    """One case in full under its number."""
    priority = label(words, "reports.priority", case.priority)
    paper.subheading(words("memo.case.heading", point=point, number=case.number, priority=priority))
    say = _Teller(paper, words)
    say("state", distinct(label(words, "reports.state", one.status) for one in case.findings if one.status != "open"))
    say("changed", "; ".join(changes_in(run, case.findings, words)))
    course = course_in(run, case.findings[0].tie)
    say("course", ". ".join(event_text(event, words) for event in course.events))
    say("near" if case.official else "near_firm", end_text(case.near, words))
    say("far" if isinstance(case.far, Party) else "far_other", end_text(case.far, words))
    say("signs", distinct(rule_title(run, finding, words) for finding in case.findings))
    _write_ways(paper, case, sources, words)
    write_purchases(paper, case, words)
    say("grade", distinct(grade_text(finding.path, words) for finding in case.findings))
    say("readings", distinct(alternatives(finding, words) for finding in case.findings))
    say("assumed", distinct(label(words, "assumed", key) for finding in case.findings for key in finding.path.assumed))
    for about in ("official", "participant"):
        say(f"norms_{about}", distinct(base for one in case.findings if one.about == about for base in one.bases))
    say("circles", distinct(circles_text(finding, words) for finding in case.findings))
    say("clarify", clarify_text(run, case, words))
    say("propose_official", "; ".join(proposals(run, case, words)))
    say("propose_participant", participant_text(run, case, words))


class _Teller:
    """Lines of a case: what is asked stands bold before the answer; nothing stands where there is no answer."""

    def __init__(self, paper: Paper, words: Words) -> None:
        self.paper, self.words = paper, words

    def __call__(self, key: str, text: str) -> None:
        if text:
            self.paper.text(
                text if text.endswith((".", "…", "?")) else text + ".",
                lead=self.words(f"memo.case.{key}"),
                indent=False,
                size=SIZE,
            )


def end_text(end: Employee | Party | OtherParty, words: Words) -> str:
    """Name, post, employer, category and role of an official; name and ИНН of a firm."""
    if isinstance(end, Employee):
        role = label(words, "reports.role", end.procurement_role)
        told = (end.name, end.position, end.department, end.employer, label(words, "reports.status", end.status),
                words("memo.case.role", role=role) if role else "")  # fmt: skip
        return ", ".join(text for text in told if text)
    firm = not isinstance(end, OtherParty) or end.kind == "organisation"
    return words("memo.case.with_inn", name=end.name, inn=end.inn) if end.inn and firm else end.name


def _write_ways(paper: Paper, case: Case, sources: Sources, words: Words) -> None:
    """The strongest way step by step; of others only the steps that are not told yet. The purchases stand in their table."""
    told: set[str] = set()
    shown = 0
    for way in drawn_paths(case):
        steps = {step_sentence(step, way.finding, words): step for step in way.path.steps if not touches_purchase(step)}
        new = {text: step for text, step in steps.items() if text not in told}
        if new and shown == WAYS_SHOWN:
            paper.text(words("memo.case.more_ways"), indent=False, size=SIZE)
            return
        if new:
            paper.text("", lead=words(f"memo.case.{'other_way' if shown else 'way'}"), indent=False, size=SIZE, keep=True)
            sourced = [(text, step_source(step, way.finding, sources, words)) for text, step in new.items()]
            paper.numbered([words("memo.case.step", text=text, source=source) for text, source in sourced], SIZE)
            told |= new.keys()
            shown += 1


def step_source(step: Step, finding: Finding, sources: Sources, words: Words) -> str:
    """What a step is known from: the kind of document and its date, the number in the table of sources, and the place in it."""
    row = sources.by_file.get(step.source.file)
    if row is None or (step.decided is not None and step.decided.verdict == "same"):
        return source_text(step, words)
    day = _step_day(step, finding, sources)
    kind = words("memo.kind.questionnaire") if day and is_kin(step.relation) else kind_text(row, words)
    dated = words("memo.case.dated", kind=kind, date=day) if day else kind
    return words("memo.case.source", document=dated, number=sources.number[row.file], locator=step.source.locator)


def _step_day(step: Step, finding: Finding, sources: Sources) -> str:
    """The day of the questionnaire of the official himself, or the one day a file speaks of; else nothing."""
    if is_kin(step.relation):
        own = finding.employee
        return date_text(sources.questionnaires.get(own.key)) if own and step.origin == own.name else ""
    first, last = sources.by_file[step.source.file].dated
    return date_text(first) if first == last else ""


def circles_text(finding: Finding, words: Words) -> str:
    """Whether the kinship lies in each circle of the statutes; nothing where no kinship is on the way."""
    if finding.path.kinship in (None, "self"):
        return ""
    return "; ".join(f"{key} — {label(words, 'reports.circle', value)}" for key, value in circle_items(finding.circles))


def distinct(texts: Iterable[str]) -> str:
    """Each text once, in order."""
    return "; ".join(dict.fromkeys(text for text in texts if text))
