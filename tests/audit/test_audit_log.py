"""The log itself: what it refuses to hold, its chain against every change, person numbers, entries that wait."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from affil.audit.body import body_text
from affil.audit.cut import cut_before, cut_since, decision_hashes
from affil.audit.entry import Entry
from affil.audit.log import CUT, beginning, broken_link, head, heads, place_of, read, record, without_decisions
from affil.audit.numbers import forget_numbers, numbers_of, person_number, persons_of
from affil.audit.waiting import PREFIX, Waiting, leave, take_in, unread
from affil.decisions.entry import Entry as Decision
from affil.decisions.log import append, blanked
from affil.store.store import Store

NOON = dt.datetime(2026, 3, 2, 12, 0)
WHO = "Берёзова А. Л."
ANNA = ("inn:429952766166", "born:БЕРЕСТОВА АННА ЛЬВОВНА|1980-02-03", "official:4299618729|7|АННА ЛЬВОВНА")


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def filled(store: Store, number: int) -> list[Entry]:
    for count in range(number):
        record(store, WHO, "load", {"skipped": count}, NOON + dt.timedelta(minutes=count))
    return read(store)


def hashes(store: Store) -> dict[int, str]:
    return {entry.number: entry.hash for entry in read(store)}


def test_an_entry_is_chained_as_the_documentation_says(store: Store) -> None:
    """The formula is written out here once more, with nothing of the program."""
    first, second = filled(store, 2)
    text = json.dumps([first.hash, 2, "2026-03-02T12:01:00", WHO, "load", '{"skipped": 1}'], ensure_ascii=False)
    assert (first.previous, second.previous) == ("0" * 64, first.hash)
    assert second.hash == hashlib.sha256(text.encode()).hexdigest()


CHANGES = {
    "at": st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2029, 1, 1)),
    "who": st.text(max_size=20),
    "command": st.sampled_from(["screen", "match show", ""]),
    "body": st.sampled_from(["{}", '{"skipped":1}', '{"skipped": 99}', ""]),
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
    "previous": st.text("0123456789abcdef", min_size=64, max_size=64),
    "number": st.integers(0, 9),
}


@given(st.integers(0, 4), st.sampled_from(sorted(CHANGES)), st.data())
def test_any_change_of_any_entry_is_told_by_its_number(place: int, field: str, data: st.DataObject) -> None:
    log = list(LOG)
    log[place] = replace(log[place], **{field: data.draw(CHANGES[field])})
    assert broken_link(log) == (None if log[place] == LOG[place] else place + 1)


@given(st.permutations(range(5)), st.integers(1, 5))
def test_an_order_other_than_the_written_one_is_told(order: list[int], many: int) -> None:
    taken = order[:many]
    first = next((place for place, number in enumerate(taken) if place != number), None)
    assert broken_link([LOG[number] for number in taken]) == (None if first is None else first + 1)


with Store.open(None) as _store:
    LOG = filled(_store, 5)


def test_a_log_cut_off_or_written_anew_is_told_by_a_noted_head(store: Store) -> None:
    filled(store, 5)
    noted, then = head(store)[1], heads(store)
    assert place_of(hashes(store), noted) == place_of(hashes(store), noted[:12]) == 5 and cut_since(store, then) == []
    store.sql("DELETE FROM audit WHERE number > 3")
    assert broken_link(read(store)) is None, "the chain alone does not see it"
    assert place_of(hashes(store), noted) is None and cut_since(store, then) == ["audit"]
    for count in range(3, 5):
        record(store, "Другой", "load", {"skipped": count}, NOON)
    assert (broken_link(read(store)), place_of(hashes(store), noted), cut_since(store, then)) == (None, None, ["audit"])


def test_an_empty_log_has_a_head_too(store: Store) -> None:
    assert (head(store), broken_link([]), cut_since(store, heads(store))) == ((0, "0" * 64), None, [])


def decided(store: Store, *whys: str) -> list[str]:
    """Decisions on cases, written to the end of their log; their digests."""
    entries = [Decision("asked", f"T-{why:0>12}", (), None, WHO, NOON.date(), why, (), NOON, "case") for why in whys]
    return [entry.digest for entry in append(store, entries)]


def test_decisions_cut_off_the_end_are_told_by_the_access_log(store: Store) -> None:
    filled(store, 1)
    first, _ = decided(store, "1", "2")
    record(store, WHO, "review", {"entries": 2}, NOON)
    blanked(store, [first], WHO, NOON)  # what a purge destroys keeps its hash; it writes an entry of its own
    decided(store, "3")
    record(store, WHO, "kpi", {}, NOON)
    assert [entry.facts.get("decisions", {}).get("number") for entry in read(store)] == [None, 2, 4]
    assert without_decisions(read(store), decision_hashes(store)) == []
    store.sql("DELETE FROM decision WHERE number > 3")
    assert broken_link(read(store)) is None and without_decisions(read(store), decision_hashes(store)) == [(3, 4)]
    decided(store, "4")
    assert without_decisions(read(store), decision_hashes(store)) == [(3, 4)], "another one in its place is not that one"


def test_a_log_cut_by_its_term_goes_on_from_the_last_hash(store: Store) -> None:
    old, new = person_number(store, ANNA), person_number(store, "inn:429916099848")
    for day, number in ((1, old), (2, old), (3, new), (2, new)):
        record(store, WHO, "person", {"persons": [number]}, NOON.replace(day=day))
    before = {entry.number: entry for entry in read(store)}
    first, second, third = ({"audit": (number, before[number].hash)} for number in (1, 2, 3))
    assert cut_before(store, dt.date(2026, 3, 1), WHO) == 0 and broken_link(read(store)) is None
    assert cut_before(store, dt.date(2026, 3, 3), WHO, NOON.replace(day=9)) == 2
    log = read(store)
    assert [entry.number for entry in log] == [3, 4, 5], "what a clock set back wrote later stays"
    assert (log[-1].command, log[-1].facts["through"], beginning(log)) == (CUT, 2, (2, before[2].hash))
    assert broken_link(log) is None and all(cut_since(store, one) == [] for one in (first, second, third))
    assert cut_since(store, {"audit": (2, "f" * 64)}) == ["audit"], "the chain goes on from that very entry"
    assert persons_of(store, [old, new]) == {new: ["inn:429916099848"]}, "a number that stands in no entry is nobody's"
    assert broken_link(log[1:]) == 1 and broken_link([log[0], log[2]]) == 4, "nothing else may be missing"
    assert cut_before(store, dt.date(2027, 1, 1), WHO) == 3 and [entry.number for entry in read(store)] == [6]
    assert broken_link(read(store)) is None


def test_a_log_that_is_not_whole_is_evidence_and_is_not_cut(store: Store) -> None:
    filled(store, 3)
    store.sql("UPDATE audit SET who = 'Никто' WHERE number = 1")
    assert cut_before(store, dt.date(2027, 1, 1), WHO) == 0 and len(read(store)) == 3


PERSONAL = [
    "Берестова", "Берестова А. Л.", "БЕРЕСТОВА АННА", "Berestova", "00012", "429952766166", "4299618729", "0339300042122500101",
    "inbox/officials.csv", "officials.csv", "М-1", "M-3f9a12cc", "T-09ab12cd", "F-6c1f12ab", "a@b.ru", "+79131234567", "1-М/26",
    "sha256:Анна", "P-АННАБЕРЕСТ", "R-Анна", "анна", "2026-03-02 Анна",
]  # fmt: skip


@pytest.mark.parametrize("value", PERSONAL)
def test_a_name_a_number_a_file_an_id_made_of_them_are_refused_wherever_they_stand(value: str) -> None:
    for facts in ({"entry": value}, {"files": [{"sha256": value}]}, {"a": {"b": [value]}}):
        with pytest.raises(ValueError, match="form") as refused:
            body_text(facts)
        assert value not in str(refused.value), "the refusal must not carry it into a message"


@pytest.mark.parametrize("value", [4299618729, 429952766166, -4299618729, 1.5, b"x"])
def test_a_number_as_long_as_an_inn_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="form"):
        body_text({"entry": value})


def test_a_key_is_a_word() -> None:
    for key in ("Берестова", "429952766166", ""):
        with pytest.raises(ValueError, match="key"):
            body_text({key: 1})


@given(st.text(max_size=70))
@example("sha256:" + "1" * 12)
@example("0" * 32)
def test_what_is_taken_is_plain_and_has_no_long_number_but_in_a_hash(text: str) -> None:
    try:
        body_text({"value": text})
    except ValueError:
        return
    assert text.isascii() and text.isprintable() and len(text) <= 71
    hashed = re.fullmatch(r"sha256:[0-9a-f]+|R-[0-9a-f]+|[0-9a-f]{32}|\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_[0-9a-f]{8}(-\d+)?", text)
    assert hashed or not re.search(r"\d{5}", text)


def test_a_command_is_checked_like_a_fact(store: Store) -> None:
    with pytest.raises(ValueError, match="form"):
        record(store, WHO, "match Берестова", {})


def test_a_person_has_one_number_by_whichever_reference(store: Store) -> None:
    first = person_number(store, ANNA[0])
    assert re.fullmatch("P-[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{10}", first)
    assert {person_number(store, known) for known in (ANNA[:2], ANNA[1], ANNA, ANNA[2])} == {first}
    assert persons_of(store, [first]) == {first: sorted(ANNA)} and numbers_of(store, ANNA[2:]) == [first]
    other = person_number(store, "inn:429916099848")
    assert other != first and numbers_of(store, ["inn:429901640101"]) == []


def test_a_weak_reference_makes_no_two_people_one(store: Store) -> None:
    """Two sisters-in-law of one name in one questionnaire, one of them with an ИНН: the name alone must not join them."""
    weak = "kin:4299618729|7|БЕРЕСТОВА АННА ЛЬВОВНА"
    by_name = person_number(store, weak)
    assert person_number(store, [weak, "inn:429952766166"]) != by_name
    assert person_number(store, [weak]) == by_name
    with pytest.raises(ValueError, match="reference"):
        person_number(store, [])


def test_purge_takes_the_person_out_and_the_log_stays_whole(store: Store) -> None:
    number = person_number(store, ANNA)
    record(store, WHO, "person", {"persons": [number]})
    assert forget_numbers(store, [ANNA[1]]) == [number]
    assert persons_of(store, [number]) == {} and store.sql("SELECT count(*) FROM person_number").fetchall() == [(0,)]
    assert broken_link(read(store)) is None
    assert person_number(store, ANNA) != number, "who is met again is not tied to what was done before the purge"


def test_what_waits_is_taken_in_once_in_the_order_of_time(store: Store, tmp_path: Path) -> None:
    record(store, WHO, "load", {"skipped": 0}, NOON)
    for minutes in (9, 3, 6):
        leave(tmp_path, Waiting(NOON + dt.timedelta(minutes=minutes), WHO, "kpi", {"officials": minutes}, (ANNA,)))
    assert take_in(store, tmp_path) == 3 and list(tmp_path.iterdir()) == []
    log = read(store)
    assert [entry.facts.get("officials") for entry in log] == [None, 3, 6, 9] and broken_link(log) is None
    assert {tuple(entry.facts["persons"]) for entry in log[1:]} == {(person_number(store, ANNA),)}
    assert take_in(store, tmp_path) == 0


def test_a_crash_after_taking_in_makes_no_second_entry(store: Store, tmp_path: Path) -> None:
    path = leave(tmp_path, Waiting(NOON, WHO, "kpi", {}))
    content = path.read_bytes()
    take_in(store, tmp_path)
    path.write_bytes(content)  # written to the log, and killed before the file was deleted
    assert take_in(store, tmp_path) == 1 and len(read(store)) == 1 and not path.exists()


def test_a_failed_taking_in_loses_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        leave(tmp_path, Waiting(NOON, WHO, "kpi", {}))
    calls = []

    def failing(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        written(*arguments)

    from affil.audit import waiting

    written = waiting.written
    monkeypatch.setattr(waiting, "written", failing)
    with pytest.raises(OSError, match="space"):
        take_in(store, tmp_path)
    assert read(store) == [] and len(list(tmp_path.iterdir())) == 2
    monkeypatch.undo()
    assert take_in(store, tmp_path) == 2


@pytest.mark.skipif(os.name != "posix", reason="POSIX only")
def test_what_waits_is_for_its_owner_only(tmp_path: Path) -> None:
    path = leave(tmp_path, Waiting(NOON, WHO, "kpi", {}, (ANNA,)))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [one.name for one in tmp_path.iterdir()] == [path.name]


def test_many_may_leave_at_once(store: Store, tmp_path: Path) -> None:
    several = [threading.Thread(target=leave, args=(tmp_path, Waiting(NOON, WHO, "kpi", {}))) for _ in range(20)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert take_in(store, tmp_path) == 20 and broken_link(read(store)) is None


SIGN = "0" * 32
FORGED = [
    b"", b"{", b"[]", b"\xff\xfe", b'{"at": "2026-03-02T12:00:00"}', b"null",
    json.dumps({"at": "2026-03-02", "who": 1, "command": "kpi", "facts": {}, "persons": [], "sign": SIGN}).encode(),
    json.dumps({"at": "x", "who": "", "command": "kpi", "facts": {}, "persons": [], "sign": SIGN}).encode(),
    json.dumps({"at": "2026-03-02", "who": "", "command": "Анна", "facts": {}, "persons": [], "sign": SIGN}).encode(),
    json.dumps({"at": "2026-03-02", "who": "", "command": "kpi", "facts": {"a": "Анна"}, "persons": [], "sign": SIGN}).encode(),
    json.dumps({"at": "2026-03-02", "who": "", "command": "kpi", "facts": {}, "persons": [], "sign": "Анна"}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("content", FORGED)
def test_what_is_no_entry_is_left_and_counted(store: Store, tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{PREFIX}x.json").write_bytes(content)
    assert (take_in(store, tmp_path), unread(tmp_path), read(store)) == (0, 1, [])
    assert (tmp_path / f"{PREFIX}x.json").read_bytes() == content
