"""Sections 6 to 9 of the report on a person: questions, checks by hand, the result, explanations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from affil.person.answer import (
    CLARIFY,
    NONE_FOUND,
    PersonAnswer,
    Question,
    Subject,
)
from affil.reports.blocks import Block, Heading, Table, Text
from affil.reports.person.sheet import Sheet
from affil.reports.person.terms import chain_text, control_word, inn_text
from affil.reports.phrases import gender_of, groups_text, label
from affil.reports.values import date_text
from affil.words import Words

MOST_NUMBERS = 5
LONGEST_NAME = 90  # letters in which the gender is looked for: of ten thousand it takes half a minute
NO_GROUPS = ("no_questionnaire", "groups_not_declared")


def questions(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 6: what to clarify; no conclusions."""
    yield Heading(words("person.questions.heading"))
    for one in answer.questions:
        yield Text(question_text(one, answer.subject, words), f"{one.number})")
    if not answer.questions:
        yield Text(words("person.questions.none"))
    if answer.weak_cases:
        yield Text(words("person.questions.weak", cases=", ".join(map(str, answer.weak_cases))))
    if any(one.case for one in answer.questions) or answer.weak_cases:
        yield Text(words("person.questions.cases_of_run", run=answer.run or ""))
    if answer.run is None:
        yield Text(words("person.questions.candidate"))


def question_text(one: Question, subject: Subject, words: Words) -> str:
    """A question in a sentence or two."""
    told = dict(one.params)
    told["inn"] = inn_text(str(told["inn"]) if told.get("inn") else None, words)
    if one.kind == "case":
        told["priority"], told["case"] = label(words, "reports.priority", one.priority), one.case
        told["findings"], told["rules"] = ", ".join(one.findings), "; ".join(_texts(told["rules"]))
        relative, chain = told.pop("relative"), str(told.pop("kinship") or "")
        kin = chain_text(chain, gender_of(str(relative)[:LONGEST_NAME]), subject.gender, words)
        told["through"] = words("person.questions.through", relative=relative, kinship=kin) if relative else ""
        told["grade"] = label(words, "reports.grade", str(told["grade"]))
    if one.kind == "purchases":
        numbers = list(_texts(told["numbers"]))
        more = [words("person.questions.more_numbers")] if len(numbers) > MOST_NUMBERS else []
        told["number"], told["numbers"] = told["purchases"], ", ".join([*numbers[:MOST_NUMBERS], *more])
    if one.kind in ("own", "not_stated"):
        told["control"] = control_word(str(told["control"]), (), words)
        told["stated"] = words(f"person.firms.stated.{told['stated']}")
    if one.kind == "colleague":
        told["position"] = told["position"] or words("person.person.no_position")
    told["kin"] = told.get("relationship", "")
    kind = "purchases_candidate" if one.kind == "purchases" and subject.candidate else one.kind
    return words(f"person.questions.{kind}", **told)


def _texts(value: object) -> Iterable[str]:
    return (str(one) for one in value) if isinstance(value, list | tuple) else ()


def by_hand(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """What no loaded file tells, with what the journals say already; the rest is filled in by hand."""
    blank = words("person.blank")
    rows: list[tuple[str, ...]] = []
    for kind in ("disqualified", "trust"):
        entries = [one for one in answer.searches if one.kind == kind and one.own]
        rows += [(words(f"person.manual.{kind}"), date_text(one.on), one.result or blank, one.file or blank) for one in entries]
        if not entries:
            rows.append((words(f"person.manual.{kind}"), blank, blank, blank))
    for notice in answer.notices:
        decision = (
            words("person.manual.notice_decision", decision=words(f"person.manual.decision.{notice.decision}"))
            if notice.decision
            else ""
        )
        told = words(
            "person.manual.notice", kind=notice.kind_text or notice.kind or "", number=notice.number or "—",
            organisation=notice.organisation or notice.organisation_inn or "—", decision=decision,
        )  # fmt: skip
        rows.append((words("person.manual.notices"), date_text(notice.on), told, notice.source.file))
    if not answer.notices:
        rows.append((words("person.manual.notices"), blank, words("person.manual.no_notices"), blank))
    yield Heading(words("person.manual.heading"))
    yield Table(tuple(words.raw("person.manual.headings")), tuple(rows), (6, 2.5, 6, 3.5))


def outcome(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 8: the result, in one of three forms, and its limits."""
    yield Heading(words("person.outcome.heading"))
    yield Text(outcome_text(answer, words))
    limits = [reason for reason in answer.limits if reason not in NO_GROUPS]
    short = [_limit(reason, answer, words) for reason in limits]
    if answer.result != CLARIFY:
        why: list[str] = []
    else:
        why = [words(f"person.undetermined.{key}") for key in answer.undetermined]
    if "no" in answer.groups.values() and "no_questionnaire" not in answer.undetermined:
        missing = groups_text("|".join(group for group, one in answer.groups.items() if one == "no"), words)
        short.append(f"{words('person.kin.missing')} {missing}")
    told = [*why, *short]
    if told:
        yield Text(words("person.outcome.limits", limits="; ".join(text[:1].lower() + text[1:] for text in told)))


def outcome_text(answer: PersonAnswer, words: Words) -> str:
    """The result, in exactly one of three forms (OFFICER 3.5)."""
    if answer.result == NONE_FOUND:
        return words("person.outcome.none_found")
    if answer.result == CLARIFY:
        return words("person.outcome.clarify", numbers=", ".join(str(one.number) for one in answer.questions))
    return words("person.outcome.undetermined", why="; ".join(words(f"person.undetermined.{key}") for key in answer.undetermined))


def _limit(reason: str, answer: PersonAnswer, words: Words) -> str:
    table = words.raw(f"undetermined.{reason}")
    missing = groups_text("|".join(group for group, one in answer.groups.items() if one == "no"), words)
    return str(table.get("short") or words(f"undetermined.{reason}.reason", groups=missing, companies="")).rstrip(".")


def explained(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 9: explanations asked for and received."""
    yield Heading(words("person.explained.heading"))
    yield Text(words("person.explained.text"))


def closing_lines(answer: PersonAnswer, sheet: Sheet, words: Words) -> list[str]:
    """What must be told of the document itself: of a candidate's, that it is no ground of refusal, and when it is destroyed."""
    days = sheet.candidate_days
    return [words("person.end.candidate", days=days)] if answer.subject.candidate else []
