"""What letters have in common: the office that writes, letterhead, dates, signatures, and the names of their files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from affil.model.run import Run
from affil.reports.values import date_text
from affil.reports.word.paper import Imprint, Paper
from affil.words import Words

KINDS = ("A", "B", "V", "G")  # А, Б, В, Г of OFFICER 3.8, as file names have them
SAFE = re.compile(r"[0-9]{1,10}")  # a number of the staff list; anything longer may be an ИНН of a person, letters may be a name


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: `to` and `about` are for the list of letters, `write` puts the text on a sheet."""

    kind: str
    to: str
    about: str
    reply_by: dt.date
    title: str
    write: Callable[[Paper], None]
    employee_id: str | None = None
    organisation_inn: str | None = None
    ties: tuple[str, ...] = ()
    personal: bool = True
    append: Callable[[Paper], None] | None = None  # what follows the signatures
    officials: tuple[str, ...] = ()  # keys of those it names
    inns: tuple[str, ...] = ()  # of persons who are suppliers or bidders and whom it names

    def file(self, number: int) -> str:
        """`V-003-00012.docx`: kind, number among its kind, and a staff number or an organisation's ИНН; never a name."""
        told = self.employee_id or self.organisation_inn or ""
        return f"{self.kind}-{number:03d}{f'-{told}' if SAFE.fullmatch(told) else ''}.docx"


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes, from the run's settings; an empty text is a blank to fill in by hand."""

    words: Words
    as_of: dt.date
    imprint: Imprint
    organisation: str
    documents: dict[str, Any]
    calendar: dict[str, Any]
    thresholds: dict[str, Any]
    basis: dict[str, Any]

    @property
    def reply_by(self) -> dt.date:
        """Until when an answer is asked for: so many days from the day of the run."""
        return self.as_of + dt.timedelta(days=int(self.documents["reply_days"]))

    def of(self, key: str) -> str:
        """A text of `[documents]`, empty where none is entered."""
        return str(self.documents[key] or "")

    def document(self, letter: Letter) -> bytes:
        """The letter as DOCX."""
        paper = self._begin(letter)
        letter.write(paper)
        self._finish(paper, letter)
        if letter.append:
            letter.append(paper)
        return paper.saved()

    def _begin(self, letter: Letter) -> Paper:
        words = self.words
        paper = Paper(
            self.imprint, words, words("letters.sheet_title", kind=words(f"letters.kind.{letter.kind}")), marked=letter.personal
        )
        left = [text for text in (self.organisation, self.of("department"), words("paper.date_and_number")) if text]
        paper.letterhead(left, letter.to.split("\n"))
        paper.title(letter.title)
        return paper

    def _finish(self, paper: Paper, letter: Letter) -> None:
        name, phone = self.of("executor"), self.of("executor_phone")
        paper.gap()
        paper.signatures([(self.of("head") or self.words("letters.head"), "")])
        if name:
            key = "executor" if phone else "note_executor"
            paper.text(self.words(f"letters.{key}", name=name, phone=phone), align="left", indent=False, size=10)
        if letter.personal and self.of("access_list"):
            paper.text(self.words("paper.access", list=self.of("access_list")), align="left", indent=False, size=10)
        paper.disclaimer()


def office_of(run: Run, words: Words, checksum: str) -> Office:
    """The office of a run; `checksum` of the machine copy of its findings."""
    settings: dict[str, Any] = run.settings
    imprint = Imprint(run.id, run.version, run.rules_date, checksum, run.started)
    return Office(
        words, run.as_of, imprint, str(settings["organisation"]["name"] or ""),
        settings["documents"], settings["calendar"], settings["thresholds"], settings["legal_basis"],
    )  # fmt: skip


def day(date: dt.date | None, words: Words) -> str:
    """ДД.ММ.ГГГГ, or a blank."""
    return date_text(date) or words("letters.blank")
