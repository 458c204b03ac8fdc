"""Finds in a document what an input file names: persons, firms, numbers, posts, addresses, days.

Input files are read here anew, cell by cell and attribute by attribute, with nothing of the program, so what the program
forgets to hide is known all the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from document_text import plain, texts_of

SHORT, LONG = 5, 9  # digits: an employee's number; what is sought inside longer numbers and in the markup too
NO_DAY = "1980-01-01t00:00:00z"  # the formats ask for a day of making
_FULL_NAME = re.compile(r"[А-ЯЁ][\wё-]+ [А-ЯЁ][\wё]+(?: [А-ЯЁ][\wё]*(?:ВИЧ|ВНА|ИЧ|ИЧНА|вич|вна|ич|ична|оглы|кызы|ОГЛЫ|КЫЗЫ))")
_INITIALS = re.compile(r"\b([А-ЯЁ][\wё-]{3,}) [А-ЯЁ]\. ?[А-ЯЁ]\.|\b[А-ЯЁ]\. ?[А-ЯЁ]\. ?([А-ЯЁ][\wё-]{3,})")
_QUOTED = re.compile(r"[«\"“](.+)[»\"”]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = re.compile(r"\d[\d\s().+-]*\d")
_MONTHS = (
    "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DAY = re.compile(
    r"\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)\b|\b(?:19|20)\d\d-\d\d(?:-\d\d\w*(?::\d\d)*z?)?\b|"
    rf"\b\d{{1,2}} (?:{_MONTHS})\w*|\b(?:{_MONTHS})\w* (?:19|20)\d\d"
)
_ENDINGS = (
    "", "а", "у", "е", "ы", "и", "я", "ю", "ым", "ом", "ем", "ой", "ых", "ая", "ую", "ий", "ый", "их", "им", "ей",
    "ыми", "ого", "ому",
)  # fmt: skip
_GENDER = re.compile("(?:ая|ий|ый|ой|ому|а|я|у)$")
_ADDRESS = re.compile(r"\b(?:ул|пер|просп|пр-кт|д|кв)\.", re.IGNORECASE)
_POST = ("Должность", "Подразделение", "НаимДолжн", "Место работы")


@dataclass(slots=True)
class Leaks:
    """What must not be found, and the search for it."""

    stems: set[str] = field(default_factory=set)  # surnames without their endings
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict)  # words in a row → what they are
    numbers: dict[str, str] = field(default_factory=dict)  # digits → what they are

    def found(self, name: str, content: bytes, days: bool = True) -> set[str]:
        """What of it stands in the document, each with its kind."""
        found: set[str] = set()
        for text, shown in texts_of(name, content):
            found |= self._in_text(plain(text), days, shown)
        return found

    def _in_text(self, text: str, days: bool, shown: bool) -> set[str]:
        latin = text.isascii()  # the markup of a format, most of it: nothing Russian need be sought there
        phrases = {phrase: kind for phrase, kind in self.phrases.items() if not latin or all(word.isascii() for word in phrase)}
        found = self._in_words(_WORD.findall(text), phrases) if phrases or not latin else set()
        tokens = set(_digit_runs(text))
        joined = " ".join(tokens)
        # A number of few digits is a coincidence among the sizes and colours of a format, or inside a longer number.
        found |= {
            f"{kind} {number}"
            for number, kind in self.numbers.items()
            if (len(number) >= LONG and number in joined) or (shown and number in tokens)
        }
        if days:
            found |= {f"day {day}" for day in _DAY.findall(text) if day != NO_DAY}
        return found

    def _in_words(self, words: list[str], phrases: dict[tuple[str, ...], str]) -> set[str]:
        found = {f"surname {word}" for word in set(words) if not word.isascii() and self.is_surname(word)}
        places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            places.setdefault(word, []).append(place)
        for phrase, kind in phrases.items():
            if any(tuple(words[start : start + len(phrase)]) == phrase for start in places.get(phrase[0], ())):
                found.add(f"{kind} {' '.join(phrase)}")
        return found

    def is_surname(self, word: str) -> bool:
        """True for a surname in any case and gender."""
        return any(word.endswith(ending) and word[: len(word) - len(ending)] in self.stems for ending in _ENDINGS)

    def add(self, heading: str, value: str) -> None:
        """One cell or attribute of an input file under its heading or name."""
        text = value.strip()
        for name in _FULL_NAME.findall(text):
            self.add_name(name)
        self.stems |= {_stem(before or after) for before, after in _INITIALS.findall(text)}
        for quoted in _QUOTED.findall(text):
            self._phrase("firm", quoted)
        if _is_day(text):
            return
        digits = re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", text))  # of a price the roubles
        if re.fullmatch(r"[\d\s().,+№-]+", text):
            if len(digits) >= SHORT:
                self.numbers[digits[-10:] if len(digits) == 11 else digits] = "number"  # a telephone without +7 or 8
        elif re.fullmatch(r"[\w№-]*\d[\w/№-]*", text) and len(text) >= 5:
            self._phrase("number", text)
        elif "@" in text:
            self._phrase("e-mail", text)
        elif _ADDRESS.search(text):
            for part in text.split(","):
                if len(part.strip()) >= 8:
                    self._phrase("address", part)
        elif heading.startswith(_POST):
            for part in re.split("[,;]", text):
                self._phrase("post", part)

    def add_name(self, name: str) -> None:
        """A person by full name: the surname in any case, and surname with given name."""
        surname, given, *_ = plain(name).split()
        if len(surname) >= 4:
            self.stems.add(_stem(surname))
        self._phrase("name", f"{surname} {given}")

    def _phrase(self, kind: str, text: str) -> None:
        words = tuple(_WORD.findall(plain(text)))
        if sum(map(len, words)) >= 4:
            self.phrases[words] = kind


def _stem(surname: str) -> str:
    return _GENDER.sub("", plain(surname))


def _digit_runs(text: str) -> Iterator[str]:
    for run in _DIGITS.findall(text):
        yield re.sub(r"\D", "", run)
    for run in re.findall(r"\d+", text):
        yield run


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}(?: \d\d:\d\d(?::\d\d)?)?|\d{4}-\d\d-\d\d(?:[ T][\d:]+)?", text) is not None


def leaks_of(files: Iterable[Path]) -> Leaks:
    """Everything the input files name."""
    leaks = Leaks()
    for file in sorted(files):
        for heading, value in _cells(file):
            leaks.add(heading, value)
    return leaks


def _cells(file: Path) -> Iterator[tuple[str, str]]:
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file, read_only=True)
        for sheet in book.worksheets:
            yield "", sheet.title
            yield from _under_headings([[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)])
        book.close()
    elif file.suffix == ".csv":
        yield from _under_headings(list(csv.reader(io.StringIO(_of_windows(file.read_bytes())), delimiter=";")))
    elif file.suffix == ".ods":
        with zipfile.ZipFile(file) as archive:
            nodes = ET.fromstring(archive.read("content.xml")).iter()
        yield from (("", "".join(node.itertext())) for node in nodes if node.tag.endswith("}p"))
    elif file.suffix == ".toml":
        yield from _settings(tomllib.loads(file.read_text(encoding="utf-8")))
    elif file.suffix == ".xml":
        yield from _attributes(ET.fromstring(file.read_bytes()))


def _settings(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _settings(value)
        elif isinstance(value, str):
            yield key, value


def _of_windows(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251")


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else str(cell)


def _under_headings(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Cells with the text of their column's heading: the first row of three cells or more, whatever stands above it."""
    headings: list[str] = []
    for row in rows:
        if not headings and sum(bool(cell) for cell in row) >= 3:
            headings = row
            continue
        yield from ((headings[place] if place < len(headings) else "", cell) for place, cell in enumerate(row) if cell)


def _attributes(root: ET.Element) -> Iterator[tuple[str, str]]:
    for node in root.iter():
        names = [node.get(part, "") for part in ("Фамилия", "Имя", "Отчество")]
        if all(names):
            yield "", " ".join(names)
        yield from node.attrib.items()
        if node.text and node.text.strip():
            yield node.tag, node.text
