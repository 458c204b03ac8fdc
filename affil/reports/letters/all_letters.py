"""All letters of a run as files, with the list of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from affil.answers.correspondence import Facts
from affil.model.run import Run
from affil.reports.findings_json import findings_json
from affil.reports.letters.explanations import explanation_letters
from affil.reports.letters.letter import Letter, Office, office_of
from affil.reports.letters.lists import list_letters
from affil.reports.letters.questionnaires import questionnaire_letters
from affil.reports.letters.requests import request_letters
from affil.reports.table_csv import table_csv
from affil.reports.values import date_text
from affil.words import Words

INDEX = "letters.csv"


def letters_of(run: Run, facts: Facts, words: Words) -> list[tuple[str, Letter]]:
    """File name and letter: А by department, Б by customer, В by official, Г; nothing is written yet."""
    office = _office(run, words)
    found = [
        *questionnaire_letters(run, office),
        *list_letters(facts.lists, office),
        *explanation_letters(run, facts, office),
        *request_letters(run, facts, office),
    ]
    numbers: Counter[str] = Counter()
    named = []
    for letter in found:
        numbers[letter.kind] += 1
        named.append((letter.file(numbers[letter.kind]), letter))
    return named


def letter_files(
    run: Run, letters: list[tuple[str, Letter]], words: Words, written: Callable[[bytes], bytes] = lambda document: document
) -> dict[str, bytes]:
    """The documents by file name, and the list of them; the same letters give the same bytes. `written` hears of each."""
    office = _office(run, words)
    return {**{name: written(office.document(letter)) for name, letter in letters}, INDEX: _index(letters, words)}


def letters_json(letters: list[tuple[str, Letter]]) -> list[dict[str, Any]]:
    """What `affil check --letters --json` tells of each letter."""
    return [
        {"file": name, "letter": letter.kind, "to": letter.to.replace("\n", ", "), "about": letter.about,
         "reply_by": letter.reply_by, "employee_id": letter.employee_id,
         "organisation_inn": letter.organisation_inn, "ties": list(letter.ties)}
        for name, letter in letters
    ]  # fmt: skip


def _office(run: Run, words: Words) -> Office:
    return office_of(run, words, hashlib.sha256(findings_json(run)).hexdigest())


def _index(letters: list[tuple[str, Letter]], words: Words) -> bytes:
    return table_csv(words.raw("letters.index.headings"), _rows(letters, words))


def _rows(letters: list[tuple[str, Letter]], words: Words) -> Iterator[list[object]]:
    for number, (name, letter) in enumerate(letters, start=1):
        yield [
            number, name, words(f"letters.kind.{letter.kind}"), letter.to.replace("\n", ", "), letter.about,
            date_text(letter.reply_by), letter.employee_id, ", ".join(letter.ties),
        ]  # fmt: skip
