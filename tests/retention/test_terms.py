"""Terms, worked out by hand, and the answer to a person's request."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from purge_world import HIS_NAME, WIFE, workspace
from worlds import loaded

from affil.decisions.course import Basis, Event, Tie, Way, entry_of
from affil.decisions.log import append, read_log
from affil.ingest.inputs import InputFile
from affil.retention.copies import text_of
from affil.retention.purge import destroy
from affil.retention.terms import terms
from affil.settings import default_settings
from affil.store.rewrite import is_rewriting_due
from affil.store.store import Store

NOW = dt.datetime(2021, 5, 5, 10, 0)
TIE = "T-0123456789ab"
KEPT = default_settings().retention


def event(kind: str, outcome: str | None, on: dt.date, key: str) -> Event:
    way = Way((Tie("spouse", f"official|{key}", "person:гурьева сапфира юрьевна", HIS_NAME, WIFE),))
    return Event(kind, TIE, "Л. Г. Ясенева", on, NOW, outcome, why="—", basis=Basis((way,)), official=HIS_NAME, supplier="ИП")


@pytest.mark.parametrize(
    ("events", "as_of", "state", "reason"),
    [
        ([], dt.date(2022, 3, 1), "running", "dismissed"),  # dismissed 01.03.2020, two years: the last day counts
        ([], dt.date(2022, 3, 2), "past", "dismissed"),
        ([("seen", None, 2021)], dt.date(2022, 3, 2), "open_case", "open_case"),
        ([("seen", None, 2021), ("tie", "not_established", 2021)], dt.date(2022, 3, 2), "running", "case_closed"),
        ([("tie", "not_established", 2021)], dt.date(2026, 5, 5), "running", "case_closed"),  # five years after 05.05.2021
        ([("tie", "not_established", 2021)], dt.date(2026, 5, 6), "past", "case_closed"),
    ],
)
def test_a_case_prolongs_the_term(
    events: list[tuple[str, str | None, int]], as_of: dt.date, state: str, reason: str, tmp_path: Path
) -> None:
    place = workspace(tmp_path / "w")
    with Store.open(None) as store:
        loaded(store, place.root)
        ((key,),) = store.sql("SELECT official_key FROM official_in_force WHERE employee_id = '12'").fetchall()
        append(store, [entry_of(event(kind, outcome, dt.date(year, 5, 5), key)) for kind, outcome, year in events])
        (term,) = [one for one in terms(store, KEPT, as_of, read_log(store)).people if one.employee_id == "12"]
    assert (term.state, term.reason) == (state, reason)


def test_the_entries_on_his_case_are_blanked_and_the_log_stays_whole(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w")
    with Store.open(None) as store:
        loaded(store, place.root)
        ((key,),) = store.sql("SELECT official_key FROM official_in_force WHERE employee_id = '12'").fetchall()
        append(store, [entry_of(event("tie", "not_established", dt.date(2021, 5, 5), key))])
        assert WIFE in str(store.sql("FROM decision").fetchall())
        people = terms(store, KEPT, dt.date(2026, 5, 6), read_log(store)).of_state("past")
        gone = destroy(store, people, (), "Ясенева", "term", NOW)
        assert gone.decisions == (1,)
        assert is_rewriting_due(store)
        told = str(store.sql("FROM decision").fetchall())
        assert not [text for text in (HIS_NAME, WIFE, "сапфира", key) if text in told]
        assert [entry.verdict for entry in read_log(store)] == ["purged", "purge", "destroyed"]  # read_log verifies the chain


def test_kin_of_nobody_has_a_term_of_its_own(tmp_path: Path) -> None:
    place = workspace(tmp_path / "w", {"14"})
    (place.inbox / "Чужие.csv").write_text(
        "Табельный №;Степень родства;ФИО родственника\n99;муж;Лаптев Иван Ильич\n", encoding="utf-8"
    )
    with Store.open(None) as store:
        loaded(store, place.root)
        today = dt.date.today()
        assert not terms(store, KEPT, today + dt.timedelta(30), []).orphans
        ((source_id, file, rows, _),) = terms(store, KEPT, today + dt.timedelta(31), []).orphans
        assert (file, rows) == ("inbox/Чужие.csv", 1)
        destroy(store, [], [source_id], "Ясенева", "term", NOW)
        assert not store.sql("FROM relative WHERE name LIKE 'Лаптев%'").fetchall()


def test_a_person_is_told_what_is_held_and_third_persons_are_closed(tmp_path: Path, affil: Callable[..., Any]) -> None:
    place = workspace(tmp_path / "w").root
    affil("load", "-w", str(place))
    affil("hold", "12", "--why", "суд", "--by", "Начальник", "-w", str(place))
    said = affil("person-data", "12", "-w", str(place))
    assert said.code == 0
    (file,) = (place / "persons").iterdir()
    paper = text_of(InputFile(file.name, file))
    told = json.loads(affil("person-data", "12", "--json", "-w", str(place)).out)
    for text in (said.out, paper, json.dumps(told, ensure_ascii=False)):
        assert all(
            part in text for part in (HIS_NAME, "01.02.1970", "inbox/Кадры.csv", "152-ФЗ ст. 6 ч. 1 п. 2", "жена", "удержание")
        )
        assert not [part for part in ("Сапфира", "Рубин", "03.04.1971") if part in text]
    assert HIS_NAME not in file.name
    assert [one["command"] for one in told["looked"]] == ["hold", "person-data"]
    assert {one["table"] for one in told["held"]} == {"official", "commission_seat", "notice", "search"}
