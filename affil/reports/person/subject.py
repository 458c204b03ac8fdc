"""Sections 1 and 2 of the report on a person: who it is, and his kin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from affil.person.answer import (
    Colleague,
    PersonAnswer,
    Post,
    Relative,
)
from affil.reports.blocks import Block, Bullets, Heading, Table, Text
from affil.reports.person.sheet import Sheet
from affil.reports.person.terms import kin_text, period_text
from affil.reports.phrases import CIRCLES, groups_text, label
from affil.reports.values import date_text
from affil.words import Words


def who(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 1: who it is, in which posts, on which legal basis."""
    subject, unknown = answer.subject, words("person.unknown_value")
    yield Heading(words("person.person.heading"))
    yield Text(subject.name, words("person.person.name"))
    if subject.former_surnames:
        yield Text(", ".join(subject.former_surnames), words("person.person.former"))
    yield Text(date_text(subject.birth_date) or unknown, words("person.person.birth_date"))
    yield Text(subject.inn or unknown, words("person.person.inn"))
    for place, post in enumerate(subject.posts):
        yield Text(
            _post(post, subject.candidate and place == 0, dict(answer.compared.customers), words), words("person.person.post")
        )
    bases = {sheet.bases.get(post.status or "") for post in subject.posts} - {None}
    yield Text("; ".join(sorted(str(basis) for basis in bases)) or words("person.blank"), words("person.person.basis"))


def _post(post: Post, candidate: bool, names: Mapping[str, str | None], words: Words) -> str:
    told = {
        "position": post.position or words("person.person.no_position"),
        "department": post.department or words("person.person.no_department"),
        "employer": post.employer or names.get(post.employer_inn or "") or words("person.person.no_employer"),
        "inn": post.employer_inn or words("person.no_inn"),
    }  # fmt: skip
    if candidate:
        return words("person.person.candidate_text", **told)
    return words(
        "person.person.post_text", **told, number=post.employee_id or words("person.no_number"),
        status=label(words, "reports.status", post.status) or words("person.unknown_value"),
        role=label(words, "reports.role", post.procurement_role) or words("person.person.no_role"),
        period=period_text(date_text(post.hired), date_text(post.dismissed), words) or words("person.person.period_unknown"),
    )  # fmt: skip


def kin(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    """Section 2: relatives, the groups declared and not declared, kin in the same service."""
    dated = answer.subject.questionnaire_date
    yield Heading(words("person.kin.heading", date=date_text(dated)) if dated else words("person.kin.heading_undated"))
    if answer.relatives:
        bases = {sheet.kin_bases.get(post.status or "") for post in answer.subject.posts} - {None}
        yield Text("; ".join(sorted(str(basis) for basis in bases)) or words("person.blank"), words("person.person.basis"))
        rows = tuple(_relative(one, words) for one in answer.relatives)
        yield Table(tuple(words.raw("person.kin.headings")), rows, (3, 4.4, 2.3, 1.4, 2, 2, 3, 3.4))
    else:
        yield Text(words("person.kin.none"))
    for told, key in (("yes", "declared"), ("none", "absent")):
        groups = groups_text("|".join(group for group, one in answer.groups.items() if one == told), words)
        if groups:
            yield Text(groups, words(f"person.kin.{key}"))
    missing = groups_text("|".join(group for group, one in answer.groups.items() if one == "no"), words)
    if missing:
        yield Text(words("person.kin.missing_text", groups=missing), words("person.kin.missing"))
    yield from _colleagues(answer.colleagues, words)


def _relative(one: Relative, words: Words) -> tuple[str, ...]:
    word = kin_text(one.relationship, one.chains, one.gender, words)
    return (
        words("person.kin.deceased", word=word) if one.fact == "deceased" else word,
        words("person.name_hidden") if one.name is None and one.minor else one.name or "",
        date_text(one.birth_date), words("person.kin.has_inn" if one.has_inn else "person.kin.no_inn"),
        *(label(words, "reports.circle", one.circles.get(circle, "unknown")) for circle in CIRCLES),
        words(f"person.kin.compared.{one.compared}"), label(words, "reports.grade", one.grade) or "—",
    )  # fmt: skip


def _colleagues(found: Sequence[Colleague], words: Words) -> Iterator[Block]:
    told = [one for one in found if not one.name_only]
    if told:
        yield Text(words("person.colleagues.heading"))
        yield Bullets(tuple(_colleague(one, words) for one in told))
    if len(told) < len(found):
        yield Text(words("person.colleagues.name_only", number=len(found) - len(told)))


def _colleague(one: Colleague, words: Words) -> str:
    return words(
        "person.colleagues.theirs" if one.told_by_other else "person.colleagues.line", name=one.name,
        kin=kin_text(one.relationship, one.chains, one.gender, words),
        position=one.position or words("person.person.no_position"),
        employer=one.employer or one.employer_inn or "", grade=label(words, "reports.grade", one.grade),
    )  # fmt: skip
