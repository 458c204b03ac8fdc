"""«Отчет о проверке физического лица» (OFFICER 3.5) as parts of a document, section by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from affil.control.control import SHARE_UNKNOWN
from affil.kinship.chains import SELF
from affil.kinship.naming import kin_name
from affil.model.finding import GRADES
from affil.person.answer import (
    CLARIFY,
    NONE_FOUND,
    Colleague,
    Participation,
    PersonAnswer,
    Post,
    Question,
    Relative,
    Searched,
    Subject,
    Touched,
)
from affil.person.participation import DECLARED_ONLY, SUPPLIED
from affil.reports.blocks import Block, Bullets, Heading, Table, Text
from affil.reports.phrases import CIRCLES, gender_of, groups_text, label
from affil.reports.values import date_text, in_text, percent_text, spaced_price
from affil.settings import Settings
from affil.words import Words

MOST_PURCHASES = 100
MOST_NAMESAKES = 10
MOST_NUMBERS = 5
LONGEST_NAME = 90  # letters in which the gender is looked for: of ten thousand it takes half a minute
NO_GROUPS = ("no_questionnaire", "groups_not_declared")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the settings say of documents. `bases`: the legal basis for each category of person that has one; `candidate_days`:
    how long the report on a candidate is kept after the decision."""

    organisation: str
    department: str
    addressee: str
    executor: str
    access_list: str
    candidate_days: int
    bases: Mapping[str, str]


def sheet_of(settings: Settings) -> Sheet:
    """What the documents need of the settings; a blank where nothing is entered."""
    documents, bases = settings.documents, settings.legal_basis.person.model_dump(by_alias=True)
    return Sheet(
        settings.organisation.name or "", documents.department or "", documents.addressee or "", documents.executor or "",
        documents.access_list or "", settings.retention.candidate_days, {key: text for key, text in bases.items() if text},
    )  # fmt: skip


def person_blocks(answer: PersonAnswer, sheet: Sheet, words: Words) -> list[Block]:
    """Sections 1 to 9; title and signatures are the sheet's."""
    sections = (_person, _kin, _searches, _firms, _bought, _questions, _manual, _outcome, _explained)
    return [block for section in sections for block in section(answer, sheet, words)]


def _person(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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
        period=_period(date_text(post.hired), date_text(post.dismissed), words) or words("person.person.period_unknown"),
    )  # fmt: skip


def _period(start: str, end: str, words: Words) -> str:
    if start and end:
        return words("person.person.period_both", start=start, end=end)
    return (
        words("person.person.period_from", start=start) if start else words("person.person.period_until", end=end) if end else ""
    )


def _kin(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    dated = answer.subject.questionnaire_date
    yield Heading(words("person.kin.heading", date=date_text(dated)) if dated else words("person.kin.heading_undated"))
    if answer.relatives:
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


def kin_text(word: str, chains: Sequence[str], gender: str | None, words: Words) -> str:
    """The questionnaire's word, with its readings where it has several; in another language its meaning before it."""
    readings = [_kin_name(chain, gender, None, words) for chain in chains]
    if len(readings) > 1:
        return words("person.kin.ambiguous", word=word, readings=", ".join(readings))
    if words.lang != "ru" and readings and readings[0] != word:
        return words("person.kin.foreign", kin=readings[0], word=word)
    return word


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


def _searches(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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


def _firms(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    yield Heading(words("person.firms.heading"))
    if answer.certain:
        rows = tuple(_firm(one, words) for one in answer.certain)
        yield Table(tuple(words.raw("person.firms.headings")), rows, (4, 4, 3, 3, 2.6, 3.2))
    else:
        yield Text(words("person.firms.none"))
    namesakes = dict.fromkeys(f"{one.name}{_inn(one.inn, words)}" for one in answer.name_only)
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
        who_text(one, words), f"{one.name}{_inn(one.inn, words)}", _role(one, words), _dates(one, words),
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
    return ", ".join(part for part in (_control(one.kind, one.assumed, words), told) if part)


def _control(kind: str, assumed: Sequence[str], words: Words) -> str:
    if kind == "sole-proprietor":
        return words("person.firms.supplied" if SUPPLIED in assumed else "person.firms.proprietor")
    return words("person.firms.declared_only") if kind == DECLARED_ONLY else label(words, "reports.control", kind)


def _dates(one: Participation, words: Words) -> str:
    period = _period(date_text(one.since), date_text(one.until), words)
    seen = words("person.firms.seen", date=date_text(one.seen)) if one.seen and not one.until else ""
    return "; ".join(part for part in (period, seen) if part) or words("person.person.period_unknown")


def _inn(inn: str | None, words: Words) -> str:
    return words("person.questions.inn", inn=inn) if inn else ""


def _bought(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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
        customers = "; ".join(f"{name or ''}{_inn(inn, words)}".removeprefix(", ") for inn, name in answer.compared.customers)
        yield Text(words("person.bought.none_loaded", customers=customers or words("person.unknown_value")))


def _purchase(one: Touched, words: Words) -> tuple[str, ...]:
    number = one.number or words("person.bought.no_number")
    if one.event == "bid":
        number = words("person.bought.bid", number=one.procedure_number or "")
    elif one.role == "subcontractor":
        number = words("person.bought.subcontract", number=number)
    who = one.who if one.relationship == SELF else f"{one.who} ({one.relationship})"
    kinds = ", ".join(_control(kind, (), words) for kind in one.kinds)
    force = words(f"reports.force.{one.force}", date=date_text(one.force_day))
    customer = f"{one.customer or ''}{_inn(one.customer_inn, words)}".removeprefix(", ")
    supplier = f"{one.supplier}{_inn(one.supplier_inn, words)}"
    return number, customer, supplier, date_text(one.on), in_text(spaced_price(one.price), words), f"{who}: {kinds}", force


def _questions(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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
    told["inn"] = _inn(str(told["inn"]) if told.get("inn") else None, words)
    if one.kind == "case":
        told["priority"], told["case"] = label(words, "reports.priority", one.priority), one.case
        told["findings"], told["rules"] = ", ".join(one.findings), "; ".join(_texts(told["rules"]))
        relative, chain = told.pop("relative"), str(told.pop("kinship") or "")
        kin = _kin_name(chain, gender_of(str(relative)[:LONGEST_NAME]), subject.gender, words)
        told["through"] = words("person.questions.through", relative=relative, kinship=kin) if relative else ""
        told["grade"] = label(words, "reports.grade", str(told["grade"]))
    if one.kind == "purchases":
        numbers = list(_texts(told["numbers"]))
        more = [words("person.questions.more_numbers")] if len(numbers) > MOST_NUMBERS else []
        told["number"], told["numbers"] = told["purchases"], ", ".join([*numbers[:MOST_NUMBERS], *more])
    if one.kind in ("own", "not_stated"):
        told["control"] = _control(str(told["control"]), (), words)
        told["stated"] = words(f"person.firms.stated.{told['stated']}")
    if one.kind == "colleague":
        told["position"] = told["position"] or words("person.person.no_position")
    told["kin"] = told.get("relationship", "")
    kind = "purchases_candidate" if one.kind == "purchases" and subject.candidate else one.kind
    return words(f"person.questions.{kind}", **told)


def _kin_name(chain: str, gender: str | None, ego: str | None, words: Words) -> str:
    try:
        return kin_name(chain, gender, ego, words) if chain else ""
    except ValueError:
        return chain


def _texts(value: object) -> Iterable[str]:
    return (str(one) for one in value) if isinstance(value, list | tuple) else ()


def _manual(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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


def _outcome(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
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


def _explained(answer: PersonAnswer, sheet: Sheet, words: Words) -> Iterator[Block]:
    yield Heading(words("person.explained.heading"))
    yield Text(words("person.explained.text"))


def closing_lines(answer: PersonAnswer, sheet: Sheet, words: Words) -> list[str]:
    """What must be told of the document itself: of a candidate's, that it is no ground of refusal, and when it is destroyed."""
    days = sheet.candidate_days
    return [words("person.end.candidate", days=days)] if answer.subject.candidate else []
