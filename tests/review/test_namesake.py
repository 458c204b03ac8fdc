"""A namesake is one for ever: the decision on the two persons takes the finding away, and comes back only with its undo."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from case_worlds import BY, DAY, RULES, Row, contract, few_rules, firm, opened, run_of, world

from affil.answers.identities import Pair, pairs
from affil.decisions.course import course_of, undo_of
from affil.decisions.log import append, effective, read_log
from affil.decisions.textfile import export_text, imported
from affil.model.run import Run
from affil.review.basis import extracts_in
from affil.review.recorded import Act, entries_of, event_for
from affil.review.status import standing_of
from affil.settings import default_settings
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("small_worlds")

NAME = "Хвостецкая Аделаида Прокловна"
KIN: list[Row] = [{"employee_id": "101", "relationship": "тёща", "name": NAME}]
DIRECTED = firm(directors=[{"name": NAME, "since": dt.date(2018, 5, 14)}])
RU = Words("ru")


def the_pair(store: Store, run: Run) -> Pair:
    [pair] = [one for one in pairs(store, run.findings, read_log(store)) if one.other.name == NAME and one.findings]
    return pair


def test_a_namesake_is_for_ever_whatever_is_bought_and_until_the_decision_is_undone() -> None:
    with opened(world([contract("К-1")], [DIRECTED], relatives=KIN)) as store:
        before = run_of(store)
        tie = before.findings[0].tie
        act = Act("identity", BY, DAY, "different", "в анкете другая дата рождения")
        event = event_for(act, before.findings, extracts_in(store), default_settings(), dt.datetime(2026, 3, 2, 12))
        written = append(store, entries_of(event, the_pair(store, before), ("тёща", "руководитель")))
        assert [(entry.kind, entry.verdict) for entry in written] == [("identity", "different"), ("case", "identity")]
        assert [one.number for one in effective(read_log(store))] == [1]
        assert run_of(store).findings == ()
        assert course_of(read_log(store), tie).answers["identity"].outcome == "different"
        log = [replace(entry, number=0) for entry in written]
        text = export_text(read_log(store), RU).encode()

    later = [contract("К-1"), contract("К-2", "2026-02-01")], [DIRECTED | {"extract": dt.date(2026, 2, 2)}]
    with opened(world(*later, relatives=KIN), log) as store:
        assert run_of(store).findings == ()
        append(store, [undo_of(read_log(store)[0], BY, DAY, "ошибка", dt.datetime(2026, 3, 3))])
        again = run_of(store)
        assert {one.status for one in again.findings} == {"open"}, "undone on the persons, it says nothing of the case either"
        assert again.findings and not course_of(read_log(store), tie).events

    with opened(world(relatives=KIN, companies=[DIRECTED])) as store:
        unsalted = b"\n".join(line for line in text.split(b"\n") if not line.startswith(b"salt"))
        append(store, imported(unsalted, "f", [], RU))
        assert run_of(store).findings == ()
        assert imported(unsalted, "f", read_log(store), RU) == imported(text, "f", read_log(store), RU) == []
        append(store, [undo_of(read_log(store)[0], BY, DAY, "ошибка", dt.datetime(2026, 3, 3))])
        assert not course_of(read_log(store), tie).events, "the event knows its entry under the name it has here"


def test_where_the_decision_meets_nobody_the_event_still_covers_what_rests_on_that_identity() -> None:
    with opened(world([contract("К-1"), contract("К-2", "2026-02-01")], [DIRECTED], relatives=KIN)) as store:
        assert few_rules().rules.keys() <= set(RULES)
        findings, extracts = run_of(store).findings, extracts_in(store)
        first = [one for one in findings if one.contract and one.contract.number == "К-1"]
        act = Act("identity", BY, DAY, "different", "сверено")
        append(store, entries_of(event_for(act, first, extracts, default_settings(), dt.datetime(2026, 3, 2, 12))))
        course = course_of(read_log(store), findings[0].tie)
        assert {standing_of(one, course, extracts).status for one in findings} == {"closed"}
