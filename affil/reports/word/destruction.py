"""The act of destruction and the extract of the log, for print (приказ РКН 28.10.2022 № 179; OFFICER 3.8 Д)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from affil import __version__
from affil.reports.values import date_text
from affil.reports.word.paper import Imprint, Paper
from affil.settings import Settings
from affil.words import Words

WIDTHS = (0.6, 4, 4, 5, 4)
EXTRACT_WIDTHS = (0.6, 4, 2.5, 4, 3, 3.5, 2.5)


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One subject of the act: who he is, his code in the log, what was destroyed and why; `kin`: rows of kin."""

    name: str
    place: str
    code: str
    categories: tuple[str, ...]
    why: str
    kin: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """What both papers say. `files` deleted, `runs` emptied, `left` to be destroyed by hand; `others`: rows others declared."""

    subjects: tuple[Destroyed, ...]
    system: str
    at: dt.datetime
    files: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    others: int = 0
    stays: tuple[tuple[str, int], ...] = ()


def act_docx(act: Act, settings: Settings, words: Words) -> bytes:
    """The act: operator, subjects, categories, system, way, reason, date, who did it."""
    paper = _paper(act, words, "retention.act.file_title")
    documents = settings.documents
    paper.letterhead(
        [settings.organisation.name or words("paper.blank"), documents.department or "", words("retention.act.number")],
        [documents.head or ""],
    )
    paper.title(words("retention.act.title"), words("retention.act.under"))
    paper.text(settings.organisation.name or words("paper.blank"), words("retention.act.operator") + ":")
    paper.text(words("retention.act.address"))
    paper.text(words("retention.act.lead", date=date_text(act.at.date())))
    rows = [
        (str(number), _subject(one, words), one.place, "; ".join(one.categories), one.why)
        for number, one in enumerate(act.subjects, 1)
    ] or [("", words("retention.act.empty"), "", "", "")]
    paper.table(words.raw("retention.act.headings"), rows, WIDTHS)
    paper.text(words("retention.act.system", name=act.system))
    paper.text(words("retention.act.way"))
    paper.text(words("retention.act.date", date=f"{date_text(act.at.date())} {act.at:%H:%M}"))
    for key, listed in (("files", act.files), ("runs", act.runs), ("left", act.left)):
        if listed:
            paper.text(words(f"retention.act.{key}"), keep=True)
            paper.bullets(listed)
    if act.stays:
        paper.text(words("retention.kept.head"), keep=True)
        paper.bullets([words("retention.kept.line_rows", line=what, rows=rows).strip() for what, rows in act.stays])
    if act.others:
        paper.text(words("retention.act.left_others", number=act.others))
    paper.text(words("retention.act.signed"), keep=True)
    signed = [("performed", documents.executor), ("commission", None), ("commission", None), ("head", documents.head)]
    paper.signatures([(f"{words(f'retention.act.{who}')} {words('retention.act.who')}", name or "") for who, name in signed])
    paper.text(words("retention.act.keep"), size=10)
    return paper.saved()


def extract_docx(act: Act, settings: Settings, words: Words) -> bytes:
    """The extract of the log, which has no names itself: a row a subject."""
    paper = _paper(act, words, "retention.act.extract_file_title")
    paper.letterhead([settings.organisation.name or words("paper.blank"), settings.documents.department or ""], [])
    paper.title(words("retention.act.extract_title"), words("retention.act.extract_under"))
    rows = [
        (
            number,
            _subject(one, words),
            one.code,
            "; ".join(one.categories),
            f"affil «{act.system}»",
            one.why,
            f"{act.at:%d.%m.%Y %H:%M:%S}",
        )
        for number, one in enumerate(act.subjects, 1)
    ]
    paper.table(words.raw("retention.act.extract_headings"), rows, EXTRACT_WIDTHS)
    paper.signatures([(words("retention.act.performed"), settings.documents.executor or "")])
    paper.text(words("retention.act.keep"), size=10)
    return paper.saved()


def _subject(one: Destroyed, words: Words) -> str:
    return one.name + ("; " + words("retention.act.relatives", number=one.kin) if one.kin else "")


def _paper(act: Act, words: Words, title: str) -> Paper:
    told = repr((act.subjects, act.files, act.runs, act.left)).encode()
    return Paper(Imprint("—", __version__, None, hashlib.sha256(told).hexdigest(), act.at), words, words(title))


def categories_of(rows: Sequence[tuple[str, int]], words: Words) -> tuple[str, ...]:
    """Kinds of data by the tables they stood in."""
    return tuple(
        words(f"retention.table.{table}") if "." not in table else str(words.raw("retention.table")[table]) for table, _ in rows
    )
