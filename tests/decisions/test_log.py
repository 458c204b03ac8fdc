"""The log by itself: nothing is lost or changed, what contradicts is refused, and the text file brings the same back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import networkx as nx
import pytest
from entries import INNS, PEOPLE, decision, logs, numbered, undo
from hypothesis import assume, given
from hypothesis import strategies as st

from affil.decisions.contradictions import contradicted
from affil.decisions.entry import DIFFERENT, SAME, UNSURE, Entry
from affil.decisions.log import append, broken_link, deciding_values, effective, read_log
from affil.decisions.textfile import export_text, imported
from affil.errors import InputError, StoreError
from affil.store.store import Store
from affil.words import LANGUAGES, Words

RU = Words("ru")
A, B, C, D = (f"inn:{inn}" for inn in INNS)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store


def holds(entries: list[Entry]) -> bool:
    """Whether no two persons judged different are led to one another by decisions «same»: a walk over all of them."""
    graph = nx.Graph()
    graph.add_nodes_from(PEOPLE)
    for entry in entries:
        if entry.verdict == SAME:
            nx.add_path(graph, [ref for side in entry.sides for ref in side.references])
    apart = [entry for entry in entries if entry.verdict == DIFFERENT]
    return not any(nx.has_path(graph, e.sides[0].references[0], e.sides[1].references[0]) for e in apart)


def test_what_was_written_is_read_again_and_the_chain_holds(store: Store) -> None:
    first, second = append(store, [decision(A, B, documents=("паспорт, копия от 12.03.2026",)), decision(C, D, DIFFERENT)])
    append(store, [undo(first)])
    log = read_log(store)
    assert log == numbered([replace(entry, number=0, previous="", hash="") for entry in log])
    assert (log[0].digest, log[2].undoes) == (first.digest, first.digest)
    assert [entry.number for entry in effective(log)] == [second.number] == [2]


@pytest.mark.parametrize(
    "change", ["UPDATE decision SET why = 'иначе' WHERE number = 1", "DELETE FROM decision WHERE number = 1"]
)
def test_an_entry_changed_by_something_else_is_told(store: Store, change: str) -> None:
    append(store, [decision(A, B), decision(C, D)])
    store.sql(change)
    with pytest.raises(StoreError, match="запись 1 журнала"):
        read_log(store)


@given(logs(), st.data())
def test_any_change_of_an_entry_breaks_the_chain(log: list[Entry], data: st.DataObject) -> None:
    assert broken_link(log) is None
    assume(log)
    place = data.draw(st.integers(0, len(log) - 1))
    changed = [*log[:place], replace(log[place], by=log[place].by + "."), *log[place + 1 :]]
    assert broken_link(changed) == place + 1


@given(logs(), st.randoms(use_true_random=False))
def test_what_is_in_force_depends_on_no_order_and_an_undo_leaves_what_was_before(log: list[Entry], rng: random.Random) -> None:
    shuffled = rng.sample(log, len(log))
    assert effective(shuffled) == effective(log)
    equal = [replace(entry, number=1) for entry in log]
    assert deciding_values(effective(rng.sample(equal, len(log)))) == deciding_values(effective(equal))
    for entry in effective(log):
        undone = effective([*log, replace(undo(entry), number=len(log) + 1)])
        kept = [one for one in log if one is not entry]
        assert deciding_values(undone) == deciding_values(effective(kept))


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from((SAME, DIFFERENT))), max_size=8))
def test_a_decision_is_refused_exactly_where_a_walk_over_all_of_them_finds_a_contradiction(
    told: list[tuple[str, str, str]],
) -> None:
    standing: list[Entry] = []
    for one, other, verdict in told:
        if one == other:
            continue
        fresh = decision(one, other, verdict, number=len(standing) + 1)
        against = contradicted(standing, fresh)
        assert bool(against) == (not holds([*standing, fresh]))
        assert all(entry in standing for entry in against)
        if against:
            assert holds([entry for entry in standing if entry not in against] + [fresh]), "the entries named are all there is"
        else:
            standing.append(fresh)


def test_the_entries_that_contradict_are_named_through_a_cluster() -> None:
    standing = numbered([decision(A, B), decision(B, C), decision(C, D, DIFFERENT), decision(A, "inn:780000000000", UNSURE)])
    assert [entry.number for entry in contradicted(standing, decision(A, D))] == [1, 2, 3]
    assert contradicted(standing, decision(D, "inn:780000000000")) == []
    assert [entry.number for entry in contradicted(standing, decision(A, B, UNSURE))] == [1], "less than is known already"


def content(log: list[Entry], words: Words = RU) -> bytes:
    return export_text(log, words).encode("utf-8")


@given(logs(), st.sampled_from(LANGUAGES))
def test_export_and_import_bring_the_same_log_and_twice_changes_nothing(log: list[Entry], lang: str) -> None:
    fresh = imported_or_refused(content(log, Words(lang)), [])
    assume(fresh is not None)
    again = numbered(fresh or [])
    assert again == log
    assert content(again) == content(log)
    assert imported(content(log), "f", log, RU) == []


def imported_or_refused(text: bytes, log: list[Entry]) -> list[Entry] | None:
    try:
        return imported(text, "f", log, RU)
    except InputError as error:
        assert "противоречит" in str(error)
        return None


@given(logs(), logs())
def test_a_log_of_another_store_is_added_to_the_end_or_refused_as_a_whole(mine: list[Entry], theirs: list[Entry]) -> None:
    assume(
        holds(effective(mine))
        and len({e.subject: e.verdict for e in effective(mine)}) == len({(e.subject, e.verdict) for e in effective(mine)})
    )
    fresh = imported_or_refused(content(theirs), mine)
    if fresh is not None:
        whole = numbered([*mine, *fresh])
        assert whole[: len(mine)] == mine
        assert holds(effective(whole))
        assert {entry.digest for entry in theirs} <= {entry.digest for entry in whole}


def test_the_file_is_one_block_an_entry_with_lf() -> None:
    text = content(numbered([decision(A, B), undo(decision(A, B))]))
    assert b"\r" not in text and text.endswith(b"\n") and text.count(b"[[decision]]") == 2
    assert imported(text.replace(b"\n", b"\r\n"), "f", [], RU) == imported(text, "f", [], RU)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[decision]]", "[[decision", "не читается как TOML"),
        ("[[decision]]", "[[entry]]", "только блоки"),
        ('verdict = "same"', 'verdict = "perhaps"', "строка 3: поле verdict: «perhaps»"),
        ('kind = "identity"', 'kind = "tie"', "поле kind"),
        ("number = 1", "number = 0", "поле number"),
        ("inn:500100732259", "inn:50010073225", "поле one.references.0"),
        ('why = "сверено"', 'why = ""', "поле why"),
        ('why = "сверено"', 'why = "све\\u0000рено"', "поле why"),
        ('why = "сверено"\n', "", "поле why"),
        ("on = 2026-03-12", "on = 2026-03-12T10:00:00", "поле on"),
        ("recorded_at = 2026-03-12T10:30:00", "recorded_at = 2026-03-12T10:30:00Z", "поле one, other, undoes"),
        ("inn:772400000003", "inn:500100732259", "поле one, other, undoes"),
        ('by = "', 'sql = "1"\nby = "', "поле sql"),
    ],
)  # fmt: skip
def test_nothing_from_outside_is_trusted(old: str, new: str, said: str) -> None:
    text = content(numbered([decision(A, B)])).decode()
    assert old in text
    with pytest.raises(InputError, match=r"^f") as caught:
        imported(text.replace(old, new).encode(), "f", [], RU)
    assert said in str(caught.value)


def test_an_entry_that_contradicts_is_refused_with_its_line_and_an_undo_of_nothing_too() -> None:
    log = numbered([decision(A, B, DIFFERENT)])
    theirs = content(numbered([decision(C, D), decision(B, A)]))
    line = next(number for number, text in reversed(list(enumerate(theirs.decode().split("\n"), 1))) if text == "[[decision]]")
    with pytest.raises(InputError, match=f"строка {line}: запись 3 противоречит решениям \\(запись 1\\)"):
        imported(theirs, "f", log, RU)
    with pytest.raises(InputError, match="отменяется запись 9"):
        imported(content(numbered([decision(A, B), undo(decision(A, B))])).replace(b"undoes = 1", b"undoes = 9"), "f", [], RU)
