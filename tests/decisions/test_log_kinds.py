"""Entries of every kind in one log: what a purge destroys, what it leaves, and the text file."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from entries import INNS, decision, numbered, texts, undo
from hypothesis import given
from hypothesis import strategies as st

from affil.decisions.course import Basis, Event, Known, Tie, Way, course_of, courses_of, entry_of, event_of, missing_in, undo_of
from affil.decisions.entry import PURGE, PURGED, Entry
from affil.decisions.events import event_kinds
from affil.decisions.log import append, blanked, broken_link, effective, read_log, salted
from affil.decisions.textfile import export_text, imported
from affil.errors import InputError, StoreError
from affil.store.store import Store
from affil.words import Words

RU = Words("ru")
A, B, C, D = (f"inn:{inn}" for inn in INNS)
TIES = ("T-0123456789ab", "T-ba9876543210")
KINDS = [
    (name, outcome) for name, kind in event_kinds().items() for outcome in (*kind.outcomes, *([] if kind.outcomes else [None]))
]
WIFE = Tie("spouse", "official|1", "person:волнова анна", "Волнов Пётр", "Волнова Анна", None, dt.date(2024, 2, 29))
BASIS = Basis(
    (Way((WIFE,), "spouse", "director", "1/3"),),
    {"F-0123456789ab": Known((0,), ("service customer:1",), ("contract:7||2025-01-02|",))},
    dt.date(2025, 6, 1),
)  # fmt: skip


def event(kind: str, outcome: str | None, tie: str = TIES[0], minute: int = 0, **more: object) -> Event:
    told = Event(
        kind, tie, "Петрова А. Б.", dt.date(2026, 3, 2), dt.datetime(2026, 3, 2, 9, minute), outcome, "сверено", ("справка",),
        "7", None, (), BASIS, "Волнов П. И.", "ООО «Вереск»", "юрист",
    )  # fmt: skip
    told = replace(told, **more)  # type: ignore[arg-type]
    return replace(told, covers=told.of.covers_of(outcome))


@st.composite
def case_logs(draw: st.DrawFn) -> list[Entry]:
    """Logs of events, of decisions on persons, and of undos."""
    log = list[Entry]()
    for minute in range(draw(st.integers(0, 8))):
        open_ones = [one for one in log if not one.undoes and one.digest not in {entry.undoes for entry in log}]
        what = draw(st.sampled_from(("event", "identity", "undo")))
        if what == "undo" and open_ones:
            chosen = draw(st.sampled_from(open_ones))
            log.append(undo_of(chosen, draw(texts), dt.date(2026, 3, 3), draw(texts), dt.datetime(2026, 3, 3, 9, minute)))
        elif what == "identity" and not any(entry.sides for entry in log):
            log.append(decision(A, B, recorded_at=dt.datetime(2026, 3, 2, 9, minute)))
        else:
            kind, outcome = draw(st.sampled_from(KINDS))
            named = [entry.digest for entry in log if entry.sides]
            told = event(
                kind, outcome, draw(st.sampled_from(TIES)), minute, by=draw(texts), why=draw(texts),
                due=draw(st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))),
                documents=tuple(draw(st.lists(texts, min_size=1, max_size=2))),
                purchases=tuple(sorted(draw(st.sets(texts, max_size=2)))), identity=draw(st.sampled_from([*named, ""])),
            )  # fmt: skip
            log.append(entry_of(told))
    return numbered(log)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store


@given(case_logs(), st.booleans())
def test_a_log_of_every_kind_is_the_same_after_export_and_import_with_salt_and_without(log: list[Entry], with_salt: bool) -> None:
    if with_salt:
        with Store.open(None) as store:
            log = append(store, [replace(entry, number=0, previous="", hash="") for entry in log])
    text = export_text(log, RU)
    fresh = imported(text.encode(), "f", [], RU)
    again = [replace(one, number=0, stored="") for one in fresh]
    assert again == [replace(one, number=0, previous="", hash="", stored="") for one in log]
    assert imported(text.encode(), "f", log, RU) == []
    assert courses_of(fresh) == courses_of([replace(one, stored="", previous="", hash="") for one in log])


@given(case_logs(), st.randoms(use_true_random=False))
def test_the_course_is_what_reading_the_log_from_its_beginning_tells(log: list[Entry], rng: random.Random) -> None:
    courses = courses_of(log)
    assert courses_of(rng.sample(log, len(log))) == courses
    for tie in TIES:
        standing = list[Entry]()
        for entry in log:  # by hand: an undo strikes out what it names, and the event written with it
            if entry.undoes:
                standing = [one for one in standing if entry.undoes not in (one.digest, one.facts.get("identity"))]
            else:
                standing.append(entry)
        struck = {entry.undoes for entry in log if entry.undoes}
        left = [one for one in standing if one.subject == tie and one.facts.get("identity") not in struck]
        course = courses.get(tie)
        assert sorted(one.number for one in left) == sorted(event.entry for event in course.events) if course else not left
        answers = dict[str, Entry]()
        for entry in sorted(left, key=lambda one: (one.on, one.recorded_at)):
            question = event_kinds()[entry.verdict].question
            if question != "course":
                answers[question] = entry
        told = course.answers if course else {}
        assert {question: entry.number for question, entry in answers.items()} == {q: event.entry for q, event in told.items()}


def test_every_kind_of_event_is_written_and_read_and_says_what_it_lacks() -> None:
    for kind, outcome in KINDS:
        whole = event(kind, outcome)
        assert missing_in(whole) == []
        assert replace(event_of(entry_of(whole)), digest="") == whole
        bare = replace(whole, outcome=None, why="", documents=(), number="", assessed_by="")
        assert missing_in(bare) == list(event_kinds()[kind].required)
    assert missing_in(replace(event("seen", None), kind="gone")) == ["kind"]
    assert missing_in(replace(event("tie", "established"), outcome="perhaps")) == ["outcome"]


def test_a_purge_destroys_what_an_entry_says_and_the_chain_holds(store: Store) -> None:
    [person, case, other] = append(store, [salted(decision(A, B)), entry_of(event("asked", None)), decision(C, D)])
    append(store, [undo(person), undo_of(case, "Петрова А. Б.", dt.date(2026, 3, 4), "ошибка", dt.datetime(2026, 3, 4, 9))])
    head = read_log(store)[-1].hash
    gone = blanked(store, [person.digest, case.digest], now=dt.datetime(2026, 4, 1))
    assert gone == [1, 2, 4, 5], "with the undos of them"
    log = read_log(store)
    assert (broken_link(log), log[4].hash) == (None, head)
    assert [entry.verdict for entry in log] == [PURGED, PURGED, "same", PURGED, PURGED, PURGE]
    assert [entry.number for entry in effective(log)] == [other.number]
    assert courses_of(log) == {}
    text = json.dumps(store.rows("SELECT * FROM decision WHERE number IN (1, 2, 4, 5)"), default=str, ensure_ascii=False)
    for told in ("Волнов", "ВОЛНОВ", INNS[0], "Петрова", "Вереск", "сверено", person.subject, TIES[0], person.salt):
        assert told not in text
    assert blanked(store, [person.digest]) == [], "once"
    append(store, [decision(A, C)])
    assert broken_link(read_log(store)) is None


def test_an_entry_made_empty_by_something_else_is_told(store: Store) -> None:
    append(store, [decision(A, B), decision(C, D)])
    store.sql(
        "UPDATE decision SET verdict = 'purged', subject = '', body = '{}', why = '', decided_by = '', salt = '' WHERE number = 1"
    )
    with pytest.raises(StoreError, match="запись 1 журнала"):
        read_log(store)


@pytest.mark.parametrize("change", ["why = 'иначе'", "salt = repeat('0', 32)", "digest = repeat('0', 64)", "body = '{}'"])
def test_a_tampered_entry_is_told_beside_a_purged_one(store: Store, change: str) -> None:
    [first, _] = append(store, [entry_of(event("measure", "recusal")), entry_of(event("asked", None, minute=1))])
    blanked(store, [first.digest])
    for number in (2, 1) if "why" in change or "salt" in change else (2,):
        with store.undone():
            store.sql(f"UPDATE decision SET {change} WHERE number = {number}")
            with pytest.raises(StoreError, match=f"запись {number} журнала"):
                read_log(store)


def test_what_was_purged_does_not_come_back_from_a_file(store: Store) -> None:
    [entry] = append(store, [entry_of(event("measure", "recusal"))])
    text = export_text(read_log(store), RU).encode()
    blanked(store, [entry.digest])
    log = read_log(store)
    assert imported(text, "f", log, RU) == []
    assert b"[[decision]]" not in export_text(log, RU).encode()


def test_the_same_words_have_another_digest_in_another_store(store: Store) -> None:
    [one] = append(store, [decision(A, B)])
    with Store.open(None) as beside:
        [other] = append(beside, [decision(A, B)])
    assert one.text == other.text and one.digest != other.digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('verdict = "measure"', 'verdict = "mercy"', "kind"),
        ('outcome = "recusal"', 'outcome = "mercy"', "outcome"),
        ('outcome = "recusal"\n', "", "outcome"),
        ('covers = "purchase"', 'covers = "always"', "covers"),
        ('covers = "purchase"\n', "", "covers"),
        ("T-0123456789ab", "T-012345", "subject"),
        ('basis = "{', 'basis = "', "basis"),
        ("2024-02-29", "2023-02-29", "basis"),
        ('\\"ways\\": [0]', '\\"ways\\": [7]', "basis"),
        ('\nby = "', '\nsql = "1"\nby = "', "sql"),
        ("purchases = []", "identity = 9", "identity"),
    ],
)
def test_nothing_of_a_case_from_outside_is_trusted(old: str, new: str, said: str) -> None:
    text = export_text(numbered([entry_of(event("measure", "recusal"))]), RU)
    assert old in text, text
    with pytest.raises(InputError, match=f"поле {said}"):
        imported(text.replace(old, new).encode(), "f", [], RU)


def test_a_course_of_one_tie_is_that_of_all_of_them() -> None:
    log = numbered([entry_of(event("asked", None)), entry_of(event("seen", None, TIES[1]))])
    assert [event.kind for event in course_of(log, TIES[1]).events] == ["seen"]
    assert course_of(log, "T-000000000000").events == ()
