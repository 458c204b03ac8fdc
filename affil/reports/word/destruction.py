"""The act of destruction and the extract of the log, for print; the program keeps neither.

Which line meets which point of the order (приказ Роскомнадзора 28.10.2022 № 179) is told in docs/personal-data.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from affil import __version__
from affil.reports.values import date_text
from affil.reports.word.paper import Imprint, Paper
from affil.settings import Settings
from affil.words import Words

WIDTHS = (0.9, 4.2, 4, 5.4, 3.5)
LEFT_WIDTHS = (5.5, 5, 6.5)
SIGNED_WIDTHS = (3.4, 4.6, 5.4, 3.6)
RUN = "run"
BY_HAND = "\n"  # a cell high enough to write in
EXTRACT_WIDTHS = (0.9, 4, 2.6, 5, 3.6, 3, 2.9)


@dataclass(frozen=True, slots=True)
class Kinsman:
    """A relative whose data went with those of a subject: what the questionnaire called him; `code` in the log, if any."""

    name: str
    relationship: str
    categories: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One subject of the act: who he is, his code in the log, what was destroyed and why, and the relatives he had named."""

    name: str
    place: str
    code: str
    categories: tuple[str, ...]
    why: str
    kin: tuple[Kinsman, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What both papers say. `files` deleted, `runs` emptied; `left`: (path, key of `retention.act.left_why`), to be destroyed by
    hand, or (folder, `RUN`), whose term is not over; `stays`: (what the store keeps, rows); `by`:
    the full name of who did it.
    """

    subjects: tuple[Destroyed, ...]
    system: str
    at: dt.datetime
    files: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    stays: tuple[tuple[str, int], ...] = ()
    by: str | None = None


def act_docx(act: Act, settings: Settings, words: Words) -> bytes:
    """The act, point by point: operator, who processed for him, system, subjects, way, date, media, what is left, signatures."""
    paper = _paper(act, words, "retention.act.file_title")
    head = settings.documents.head or words("retention.act.approved_by")
    paper.letterhead(_own(settings, words), [words("retention.act.approved"), head, words("retention.act.approved_on")])
    paper.title(words("retention.act.title"), words("retention.act.under"))
    paper.text(words("retention.act.lead", date=date_text(act.at.date())))
    for number, (key, text) in enumerate(_points(act, settings, words), 1):
        paper.text(
            text,
            f"{number}. {words(f'retention.act.point.{key}')}",
            keep=key == "subjects",
            align="left" if words("paper.blank") in text else "both",
        )
        if key == "subjects":
            _subjects(paper, act, words)
    _lists(paper, act, words)
    paper.text(words("retention.act.annex"))
    paper.text(words("retention.act.signed"), keep=True)
    _signed(paper, act, settings, words, ("performed", "commission", "commission"))
    paper.text(words("retention.act.keep"), size=10)
    return paper.saved()


def extract_docx(act: Act, settings: Settings, words: Words) -> bytes:
    """The extract of the log, which has no names itself: a row a subject, relatives too (п. 5 of the order)."""
    paper = _paper(act, words, "retention.act.extract_file_title", landscape=True)
    paper.letterhead(_own(settings, words)[:-1], [])
    paper.title(words("retention.act.extract_title"), words("retention.act.extract_under"))
    paper.text(words("retention.act.extract_lead"))
    moment = f"{act.at:%d.%m.%Y %H:%M:%S}"
    rows = [
        (number, who, code or words("retention.act.no_code"), categories, _system(settings, words), why, moment)
        for number, who, _, categories, why, code in _rows(act, words)
    ] or [("", words("retention.act.empty"), "", "", _system(settings, words), "", moment)]
    paper.table(words.raw("retention.act.extract_headings"), rows, EXTRACT_WIDTHS)
    paper.text(words("retention.act.extract_signed"), keep=True)
    _signed(paper, act, settings, words, ("performed",))
    paper.text(words("retention.act.keep"), size=10)
    return paper.saved()


def post_text(employee_id: str, employer: str, words: Words) -> str:
    """`таб. № 12, Управа`: who a subject is, by the employer's name, or its ИНН where no name is known."""
    named = words("retention.act.by_inn", inn=employer) if employer.isdigit() else employer
    return words("retention.act.post", id=employee_id, employer=named or "—") if employee_id else named


def categories_of(columns: Collection[str], words: Words) -> tuple[str, ...]:
    """Kinds of data in words, each once, in the order of the catalogue; `columns` are those of affil/retention/destroyed.py."""
    table: dict[str, str] = words.raw("retention.category")
    found = {_category(column, table) for column in columns} - {None}
    return tuple(dict.fromkeys(text for key, text in table.items() if key in found))


def _category(column: str, known: Collection[str]) -> str | None:
    """The key of a column: of this column of this table, of the whole table, of columns so called in any table."""
    table, _, name = column.partition(".")
    return next((key for key in (column, table, name) if key in known), None)


def _own(settings: Settings, words: Words) -> list[str]:
    own = settings.organisation.name or words("paper.blank")
    return [own, settings.documents.department or "", words("retention.act.number")]


def _points(act: Act, settings: Settings, words: Words) -> Iterable[tuple[str, str]]:
    own, blank = settings.organisation, words("paper.blank") * 2
    inn = words("retention.act.inn", inn=own.inn) if own.inn else ""
    yield "operator", words("retention.act.operator", name=own.name or blank, inn=inn, address=(own.address or blank).rstrip("."))
    yield "processor", settings.personal_data.processors or words("retention.act.no_processor")
    yield "system", words("retention.act.system", system=_system(settings, words), name=act.system)
    yield "subjects", ""
    yield "way", words("retention.act.way")
    yield "date", words("retention.act.date", date=f"{date_text(act.at.date())} {act.at:%H:%M}")
    yield "media", words("retention.act.media")


def _system(settings: Settings, words: Words) -> str:
    return settings.personal_data.system or words("retention.act.own_system")


def _subjects(paper: Paper, act: Act, words: Words) -> None:
    rows = [row[:5] for row in _rows(act, words)] or [("", words("retention.act.empty"), "", "", "")]
    paper.table(words.raw("retention.act.headings"), rows, WIDTHS)


def _rows(act: Act, words: Words) -> Iterable[tuple[str, str, str, str, str, str]]:
    """Number, name, who he is, categories, reason, code in the log: a row a person, relatives below whom they belong to."""
    for number, one in enumerate(act.subjects, 1):
        yield str(number), one.name, one.place, "; ".join(one.categories), one.why, one.code
        for below, kin in enumerate(one.kin, 1):
            degree = kin.relationship or words("retention.act.no_degree")
            who = words("retention.act.kin", degree=degree, number=number)
            yield f"{number}.{below}", kin.name, who, "; ".join(kin.categories), one.why, kin.code


def _lists(paper: Paper, act: Act, words: Words) -> None:
    """What went beside the store's rows, what did not go, and what stays."""
    for key, listed in (("files", act.files), ("runs", act.runs)):
        if listed:
            paper.text(words(f"retention.act.{key}"), keep=True)
            paper.bullets(listed)
    rows = [(path, words(f"retention.act.left_why.{key}"), BY_HAND) for path, key in act.left if key != RUN]
    if rows:
        paper.text(words("retention.act.left"), keep=True)
        paper.table(words.raw("retention.act.left_headings"), rows, LEFT_WIDTHS)
    if runs := [path for path, key in act.left if key == RUN]:
        paper.text(words("retention.act.kept_runs"), keep=True, align="left")
        paper.bullets(runs)
    if act.stays:
        paper.text(words("retention.kept.head"), keep=True)
        paper.bullets([words("retention.kept.line_rows", line=what, rows=rows).strip() for what, rows in act.stays])


def _signed(paper: Paper, act: Act, settings: Settings, words: Words, who: Iterable[str]) -> None:
    """A line each for post, full name and signature: п. 3 «г» asks for all three."""
    told = {"performed": (settings.documents.executor or "", act.by or settings.operator.name or "")}
    rows = [(words(f"retention.act.{one}"), *told.get(one, ("", "")), BY_HAND) for one in who]
    paper.table(words.raw("retention.act.signed_headings"), rows, SIGNED_WIDTHS, together=True)


def _paper(act: Act, words: Words, title: str, landscape: bool = False) -> Paper:
    told = repr((act.subjects, act.files, act.runs, act.left)).encode()
    imprint = Imprint(None, __version__, None, hashlib.sha256(told).hexdigest(), act.at)
    return Paper(imprint, words, words(title), landscape)
