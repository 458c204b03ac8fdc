"""`affil match show` in words, of a pair made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from entries import INNS, decision, numbered, undo

from affil.answers.identities import Evidence, Pair, Person, Record
from affil.commands.match import _found
from affil.commands.match_text import dormant_lines, show_lines
from affil.decisions.entry import SAME
from affil.errors import UsageError
from affil.model.finding import Source
from affil.words import LANGUAGES, Words

RECORD = Record(
    "relative|s|R2", "relative", "Юшкова Марфа Ильинична", "сестра", "Юшков Пётр Ильич", None, None, Source("inbox/А.xlsx", "R2")
)  # fmt: skip
DIRECTOR = Record(
    "tie|s|X", "director", "ЮШКОВА МАРФА ИЛЬИНИЧНА", "ДИРЕКТОР", "ООО «Вереск»", INNS[0], None, Source("inbox/e.xml", "УчрФЛ[1]")
)  # fmt: skip
LINES = (
    {"key": "prior_region", "bits": -20.0, "params": {"people": "1266000"}},
    {"key": "surname_same", "bits": 20.24, "params": {"word": "ЮШКОВА", "other": "ЮШКОВА", "one_in": "1234567"}},
    {"key": "given_initial", "bits": -0.13, "params": {"word": "М.", "other": "МАРФА", "one_in": "3"}},
)
DECISION = decision(f"inn:{INNS[0]}", f"inn:{INNS[1]}")
PAIR = Pair(
    "M-3f9a000000000000", Person(RECORD.name, ("kin:1|1|Ю",), (RECORD,)), Person(DIRECTOR.name, (f"inn:{INNS[0]}",), (DIRECTOR,)),
    "undecided", evidence=Evidence(0.52, "D", "exact", 2.6, 2, LINES),
    entries=tuple(numbered([DECISION, undo(DECISION)])),
)  # fmt: skip
OUTCOMES = {SAME: {"gone": [], "new": ["F-1"], "changed": [{"id": "F-2", "priority": ["info", "normal"], "grade": ["D", "P"]}]}}


def test_one_pair_in_full() -> None:
    text = "\n".join(show_lines(PAIR, OUTCOMES, Words("ru")))
    for said in (
        "M-3f9a0000: не решено", "— Юшкова Марфа Ильинична, сестра; служащий: Юшков Пётр Ильич\n", "inbox/А.xlsx, R2",
        f"руководитель (ДИРЕКТОР): ООО «Вереск», ИНН {INNS[0]}", "−20,0  до сравнения: любой из 1\u00a0266\u00a0000 жителей",
        "+20,2  фамилия одна: ЮШКОВА (её носит примерно один из 1\u00a0200\u00a0000)", 
        "у имени совпала только первая буква: М., МАРФА",
        "+0,1  итого: скорее одно лицо, чем разные (примерно 1 из 2", "совпало полное имя",
        "так записанное имя, в регионе ожидается около 3; лиц с полным именем из выписки в загруженных выписках — 2 (вместе",
        "1. 12.03.2026", "отмена записи 1",
        "новых находок: 1 (F-1)", "F-2: приоритет был справочно, будет обычный", "affil match decide M-3f9a0000 same --by",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_left_open(lang: str) -> None:
    text = "\n".join(show_lines(PAIR, OUTCOMES, Words(lang)))
    assert "{" not in text and "None" not in text


def test_an_id_that_fits_none_or_two_is_told() -> None:
    twin = replace(PAIR, id="M-3f9b000000000000")
    assert _found([PAIR, twin], "m-3F9A", Words("ru")) is PAIR
    for pairs, id_ in (([PAIR], "M-000"), ([PAIR, twin], "3f9")):
        with pytest.raises(UsageError, match=id_):
            _found(pairs, id_, Words("ru"))


def test_decisions_that_meet_nobody_are_told() -> None:
    assert list(dormant_lines([PAIR], Words("ru"))) == []
    _, head, line = dormant_lines([PAIR, replace(PAIR, state="dormant")], Words("ru"))
    assert head.startswith("Решений, чьих лиц в загруженных данных сейчас нет: 1.")
    assert line.strip() == "M-3f9a0000: Юшкова Марфа Ильинична × ЮШКОВА МАРФА ИЛЬИНИЧНА (записи журнала: 1, 2)"
