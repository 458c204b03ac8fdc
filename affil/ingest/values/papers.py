"""The paper a row of purchases names: «№ 12 от 04.03.2025», «доп. соглашение № 1 к контракту № 12», «счёт № 5», «б/н»."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in
from affil.plain_yaml import plain_yaml

CONTRACT, AGREEMENT, OTHER = "contract", "agreement", "other"
_SIGN = re.compile(r"(?:№|(?<![\w-])(?:N|No)(?:(?=[\s.]*\d)\.?|(?=\s\S*\d)))\s*", re.IGNORECASE)
_FULL_DATE = r"[«\"]?\d{1,2}[»\"]?\s*(?:[./]\s*\d{1,2}\s*[./]\s*(?:\d{4}|\d{2})(?!\d)|[а-яА-Я]{3,9}\.?,?\s+\d{4})"
_NUMBER_ENDS = re.compile(rf"\s+(?:от|from|dated|дата)(?![^\W\d])|\s*[,;](?=\s|$)|\s+\(|\s+{_FULL_DATE}|\s*$", re.IGNORECASE)
_FROM = re.compile(r"(?:^|\s)(?:от|from|dated)\s*(?=[«\"\d])", re.IGNORECASE)
_DATE = re.compile(rf"(?<![\d./-]){_FULL_DATE}(?:\s*(?:г\.?|года?))?(?!\w)|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)", re.IGNORECASE)
_DATE_BEHIND = re.compile(r"(?<=[\w)])[/ ,]\s*(\d{1,2}\.\d{1,2}\.\d{4})(?:\s*г\.?)?$")
_BILL = re.compile(r"^счет(?:а|у|ом|ов)(?![а-я])|^СЧЕТ(?:А|У)?(?![А-Я])")
_LOOSE = " \t,;:.«»\"'()[]–—"
_LONGEST_NUMBER = 80


@dataclass(frozen=True, slots=True)
class Paper:
    """What a cell says of a paper. `number` and `signed_on` are the contract's, also where the paper only changes it.

    `agreed_on`: the day of the paper that changes it. None is not said. `bad_date` keeps a date that is none.
    """

    kind: str
    number: str | None = None
    signed_on: dt.date | None = None
    agreed_on: dt.date | None = None
    bad_date: str | None = None


@cache
def words() -> dict[str, Any]:
    """The patterns of papers.yml, compiled; `nominative` a list of pairs."""
    file = Path(__file__).parents[1] / "vocabulary" / "papers.yml"
    spec: dict[str, Any] = plain_yaml(file.read_text(encoding="utf-8"))
    found: dict[str, Any] = {key: re.compile(value, re.IGNORECASE) for key, value in spec.items() if isinstance(value, str)}
    start = rf"(?:{spec['list_words']}[\s.,№-]+)*(?=(?:{spec['customer_form']}|{spec['customer_word']})(?![\w]))"
    found["customer_start"] = re.compile(start, re.IGNORECASE)
    found["nominative"] = [(re.compile(one, re.IGNORECASE), other) for one, other in spec["nominative"].items()]
    return found


@lru_cache(maxsize=16_384)
def paper_of(text: str) -> Paper:
    """The paper a text names. Of an agreement the contract it changes; of a contract followed by its agreement the contract."""
    told = words()
    text = " ".join(text.split()).replace("ё", "е")
    agreement = told["agreement"].search(text)
    if agreement and not text[: agreement.start()].strip(_LOOSE):
        return _agreement(text)
    if agreement:
        text = text[: agreement.start()].rstrip(_LOOSE)
    ended = told["terminated"].search(text)
    text = text[: ended.start()].rstrip(_LOOSE) if ended and ended.start() else text
    number, day, bad = _number_and_day(text)
    other = told["other_paper"].match(text.lstrip(_LOOSE))
    return Paper(OTHER if other else CONTRACT, number, day, bad_date=bad)


def _agreement(text: str) -> Paper:
    to = words()["to_contract"].search(text)
    own, changed = (text[: to.start()], text[to.end() :]) if to else (text, "")
    number, day, bad = _number_and_day(changed) if changed else (None, None, None)
    _, agreed, _ = _number_and_day(own)
    if agreed is None and changed:  # «… к контракту № 12 от 10.12.2024, заключено 05.05.2025»: the second date is the agreement's
        days = [found for one in _DATE.findall(changed) if (found := _day(one)[0])]
        agreed = days[1] if len(days) > 1 and days[0] == day else None
    return Paper(AGREEMENT, number, day, agreed, bad)


def _number_and_day(text: str) -> tuple[str | None, dt.date | None, str | None]:
    """Number, date, and a date that is impossible, as written."""
    sign = _SIGN.search(text)
    if sign is None:
        return _without_sign(text)
    before, after = text[: sign.start()], text[sign.end() :]
    end = _NUMBER_ENDS.search(after)
    number = after[: end.start()] if end else after
    rest = f"{before} {after[len(number) :]}"
    day, bad = _day(rest)
    if day is None and bad is None and (inside := _DATE_BEHIND.search(number)):
        number, (day, bad) = number[: inside.start()], _day(inside[1])
    return _number(_DATE.sub(" ", before), number), day, bad


def _without_sign(text: str) -> tuple[str | None, dt.date | None, str | None]:
    from_day = list(_FROM.finditer(text))
    if from_day:
        day, bad = _day(text[from_day[-1].end() :])
        return _number("", text[: from_day[-1].start()]), day, bad
    days = list(_DATE.finditer(text))
    if not days:
        return _number("", text), None, None
    day, bad = _day(days[-1][0])
    return _number("", text[: days[-1].start()] + " " + text[days[-1].end() :]), day, bad


def _day(text: str) -> tuple[dt.date | None, str | None]:
    try:
        return date_in(text), None
    except Refused:
        return None, text.strip()


def _number(before: str, number: str) -> str | None:
    """The number as written; the word of a paper that is no contract stands before it."""
    told = words()
    other = told["other_paper"].match(before.strip(_LOOSE)) if before else told["other_paper"].match(number.strip(_LOOSE))
    if other and not before:
        number = number.strip(_LOOSE)[other.end() :]
    plain = number if other else told["contract"].sub(" ", number, count=1)
    plain = " ".join(plain.split()).strip(_LOOSE.replace(")", "").replace("(", ""))
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    if told["no_number"].fullmatch(plain) or not any(sign.isdigit() for sign in plain) or len(plain) > _LONGEST_NUMBER:
        return None
    if not other:
        return plain
    word = _BILL.sub("счет", other[0] if other[0].isupper() else other[0].lower())
    return f"{word} № {plain}"
