"""What a questionnaire answers, item by item: the texts behind the wordings of its items, and the day it was signed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from affil.ingest.questionnaire.parts import Place, Section
from affil.ingest.questionnaire.words import LEFT_OUT, questionnaire_words
from affil.ingest.values.cells import Refused, shown
from affil.ingest.values.dates import date_in
from affil.language.fio import PersonName, former_surnames, parse_name

_NAME_PARTS = ("surname", "given", "patronymic")
_BLANKS = re.compile(r"_+|\.{3,}|…+|(?:\.\s){3,}|-{3,}|—{2,}")
_LONGEST_TOLD = 60
_SIGNS_OF_DATES = ((re.compile(r"[«\"“]\s*(\d{1,2})\s*[»\"”]"), r"\1"), (re.compile(r"\b20\s+(\d\d)\s*(?=г|$)"), r"20\1 "))
_CAPITAL = re.compile(r"(?<![А-Яа-яЁё-])[А-ЯЁ][А-ЯЁа-яё-]+")
# Genitive, accusative and instrumental of surnames that have a pair of forms; others stay as written.
_TURNED = (
    (re.compile(r"(ск|цк)(?:ой|ую)$"), r"\1ая", "f"),
    (re.compile(r"((?:[оеё]в|[иы]н))(?:ой|у|ою)$"), r"\1а", "f"),
    (re.compile(r"(ск|цк)ого$"), r"\1ий", "m"),
    (re.compile(r"((?:[оеё]в|[иы]н))(?:а|ым)$"), r"\1", "m"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of an answer without blanks and small print, the item's wording, and where it stands."""

    text: str
    wording: str
    place: Place


@dataclass(slots=True)
class Answers:
    """Answers by item; `left_out`: wordings of filled items nothing needs; `form_items`: how many items were met at all."""

    by_item: dict[str, Answer] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def text(self, item: str) -> str | None:
        """The answer to an item, None where the form leaves it blank or says that there is nothing."""
        answer = self.by_item.get(item)
        if answer is None or questionnaire_words().nothing.fullmatch(answer.text.strip(" .,;")):
            return None
        return answer.text or None


def answers_of(section: Section) -> Answers:
    """The answers in the running text of a questionnaire."""
    text = section.text
    found = list(questionnaire_words().items.finditer(text))
    answers = Answers()
    for n, match in enumerate(found):
        item = match.lastgroup or LEFT_OUT
        if item in (*_NAME_PARTS, "name") and answers.met - {*_NAME_PARTS, "name"}:
            continue
        end = next((later.start() for later in found[n + 1 :] if _ends(later.lastgroup, answers.met | {item})), len(text))
        answer = answer_text(text[match.end() : end])
        answers.met.add(item)
        wording = _short(shown(match[0]))
        if item == LEFT_OUT:
            answers.left_out += [wording] if answer else []
        elif item in answers.by_item:
            answers.by_item[item] = Answer(f"{answers.by_item[item].text} {answer}".strip(), wording, answers.by_item[item].place)
        else:
            answers.by_item[item] = Answer(answer, wording, section.place_of(match.start()))
    return answers


def _short(wording: str) -> str:
    return wording if len(wording) <= _LONGEST_TOLD else wording[: wording.rfind(" ", 0, _LONGEST_TOLD)] + "…"


def _ends(item: str | None, met: set[str]) -> bool:
    """True where a later wording ends an answer: parts of a name are items only before any other has been met."""
    return item not in (*_NAME_PARTS, "name") or not met - {*_NAME_PARTS, "name"}


def answer_text(text: str) -> str:
    """The text without blanks drawn by signs, small print and the punctuation of the form around it."""
    text = questionnaire_words().hints.sub(" ", _BLANKS.sub(" ", text))
    return shown(text).strip(" ,;:–—-").lstrip(". ") if any(sign.isalnum() for sign in text) else ""


def written_name(answers: Answers) -> str | None:
    """Surname, given name and patronymic as written, whether in one answer or in three."""
    parts = [answers.text(part) for part in _NAME_PARTS]
    return answers.text("name") or " ".join(part for part in parts if part) or None


def former_names(text: str | None, name: PersonName) -> str | None:
    """The former surnames an answer to item 2 names, with commas; the surname of today and the reason are none."""
    if text is None:
        return None
    words = questionnaire_words()
    told = words.change_to.sub(" ", text)
    reason = words.change_reason.search(told)
    told = words.change.sub(" ", told[: reason.start()] if reason and reason.start() else told)
    found = [_nominative(word, name.gender) for word in _CAPITAL.findall(told)]
    surnames = [
        one for word in found for one in former_surnames(word) if one != name.surname and one not in (name.given, name.patronymic)
    ]
    return ", ".join(dict.fromkeys(surnames)) or None


def _nominative(word: str, gender: str | None) -> str:
    """A surname out of «с Петровой на Иванову»; one that may be in the nominative already stays as it is."""
    for pattern, ending, of in _TURNED:
        if of == gender and pattern.search(word):
            return pattern.sub(ending, word)
    return word


def signed_on(section: Section, answers: Answers) -> dt.date | None:
    """The day beside the signature; the personnel service's own mark below is not it. `Refused` where there is no such day."""
    words = questionnaire_words()
    pledge = answers.by_item.get("pledge")
    lines = [line for line in "\n".join(section.lines).split("\n") if line.strip()]
    last = next((n for n, line in enumerate(lines) if words.signed_by_office.search(line)), len(lines))
    dated = [line for line in lines[:last] if _day_of(line, silent=True)]
    if pledge is not None:
        start = next((n for n, line in enumerate(lines) if (at := words.items.match(line)) and at.lastgroup == "pledge"), 0)
        dated = [line for line in lines[start:last] if _day_of(line, silent=True)]
    beside = [line for line in dated if words.signature.search(line) or _is_date_alone(line)]
    chosen = beside[-1:] or (dated[-1:] if pledge else [])
    return _day_of(chosen[0]) if chosen else None


def _day_of(line: str, silent: bool = False) -> dt.date | None:
    text = _BLANKS.sub(" ", line)
    for pattern, plain in _SIGNS_OF_DATES:
        text = pattern.sub(plain, text)
    try:
        return date_in(shown(text))
    except Refused:
        if silent:
            return dt.date.min
        raise


def _is_date_alone(line: str) -> bool:
    return re.search(r"[А-Яа-яЁё]", questionnaire_words().date_words.sub("", _BLANKS.sub(" ", line))) is None


def name_of(answers: Answers) -> PersonName | None:
    """The name as read, None where there is none."""
    written = written_name(answers)
    return parse_name(written) if written else None
