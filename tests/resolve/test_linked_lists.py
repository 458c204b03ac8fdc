"""Whose a duty, a declared interest, a notice or a search is, and what a corrected file replaces. All names are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from worlds import loaded, table

from affil.resolve.link import link
from affil.rules.cases import number
from affil.store.outline import is_unlinked, run_id, stored_rejects, with_unlinked
from affil.store.store import Store
from affil.words import Words

pytestmark = pytest.mark.usefixtures("stores_used_again")

CUSTOMER, OTHER = "4200000012", "4200000020"
GROMOV = {"employee_id": "00012", "name": "Громов Пётр Ильич", "employer_inn": CUSTOMER, "birth_date": "01.02.1970", "inn": ""}
LAPTEVA = {"employee_id": "13", "name": "Лаптева Вера Олеговна", "employer_inn": CUSTOMER, "birth_date": "03.04.1980"}
NAMESAKE = {"employee_id": "12", "name": "Громов Пётр Ильич", "employer_inn": OTHER, "birth_date": "05.06.1990"}
INN, OTHER_INN = number("person 7"), number("person 8")

# A row of each table that speaks of an official, without saying of whom.
ROWS: dict[str, dict[str, Any]] = {
    "duties": {"contract_number": "5", "role": "приёмка"},
    "declared_interests": {"holder": "супруга", "organisation": "ООО «Луч»", "share": "50 %", "as_of": "31.12.2024"},
    "notices": {"kind": "подарок", "number": "1", "date": "01.02.2025"},
}
STORED = {"duties": "duty", "declared_interests": "declared_interest", "notices": "notice", "searches": "search"}
NAMES = {"duties": "member", "declared_interests": "name", "notices": "name"}
SEARCH = {"who": "Громов Пётр Ильич", "by": "ФИО", "service": "ЕГРИП", "date": "01.03.2025", "result": "нет"}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def row(what: str, **cells: Any) -> dict[str, Any]:
    name = cells.pop("who", None)
    return {**ROWS[what], "employee_id": None, NAMES[what]: name, "employer_inn": None, **cells}


def keys(store: Store, what: str) -> list[str | None]:
    return [key for (key,) in store.sql(f"SELECT official_key FROM {STORED[what]}_in_force ORDER BY ALL").fetchall()]


def everything(store: Store) -> dict[str, list[Any]]:
    return {name: store.sql(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in (*STORED.values(), "source", "reject")}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_is_tied_by_number_or_name_and_the_employer_tells_namesakes_apart(what: str, store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, LAPTEVA, NAMESAKE]))
    rows = [
        row(what, employee_id="13"),
        row(what, who="Лаптева В.О."),
        row(what, employee_id="12", employer_inn=CUSTOMER),
        row(what, who="Громов Петр Ильич", employer_inn=OTHER),
    ]
    (result,) = with_unlinked(store, loaded(store, tmp_path, table(tmp_path / "r.csv", rows)))
    assert (result.taken, result.rejected) == ({what: 4}, 0)
    assert keys(store, what) == [f"{CUSTOMER}|12", f"{CUSTOMER}|13", f"{CUSTOMER}|13", f"{OTHER}|12"]
    assert not is_unlinked(store)


@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_fits_two_officials_or_none_is_rejected_with_reason_and_remedy(
    what: str, store: Store, tmp_path: Path
) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, LAPTEVA, NAMESAKE]))
    rows = [row(what, who="Громов Пётр Ильич"), row(what, who="Сомов Лев Ильич"), row(what, employee_id="13", who="Громов П.И.")]
    (result,) = with_unlinked(store, loaded(store, tmp_path, table(tmp_path / "r.csv", rows)))
    assert (result.taken, result.rejected) == ({what: 0}, 3)
    told = stored_rejects(store)
    assert [(one.row, one.reason, one.row_taken) for one in told] == [
        (2, "official_ambiguous", False), (3, "official_not_found", False), (4, "id_name_conflict", False),
    ]  # fmt: skip
    assert all(Words(lang)(f"rejects.{one.reason}.remedy") for lang in ("ru", "en") for one in told)


@pytest.mark.parametrize("what", ROWS)
def test_a_row_loaded_before_its_official_is_tied_later(what: str, store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "r.csv", [row(what, employee_id="12")]))
    assert [one.reason for one in stored_rejects(store)] == ["official_not_found"]
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV]))
    assert (keys(store, what), stored_rejects(store)) == ([f"{CUSTOMER}|12"], [])


def test_the_contract_tells_which_namesake_did_the_duty(store: Store, tmp_path: Path) -> None:
    contract = {
        "contract_number": "5",
        "procedure_number": "0142",
        "customer_inn": OTHER,
        "supplier": "ООО «Луч»",
        "signed_on": "01.02.2025",
    }
    duties = [
        row("duties", who="Громов Пётр Ильич", contract_number="5"),
        row("duties", who="Громов Пётр Ильич", contract_number=None, procedure_number="0142"),
        row("duties", who="Громов Пётр Ильич", contract_number="6"),
        row("duties", who="Громов Пётр Ильич", contract_number="7", customer_inn=CUSTOMER),
    ]
    loaded(
        store, tmp_path, table(tmp_path / "o.csv", [GROMOV, NAMESAKE]), table(tmp_path / "c.csv", [contract]),
        table(tmp_path / "d.csv", duties),
    )  # fmt: skip
    found = store.sql(
        "SELECT coalesce(contract_number, procedure_number), official_key FROM duty_in_force ORDER BY ALL"
    ).fetchall()
    assert found == [("0142", f"{OTHER}|12"), ("5", f"{OTHER}|12"), ("6", None), ("7", f"{CUSTOMER}|12")]
    assert [(one.reason, one.row) for one in stored_rejects(store)] == [("official_ambiguous", 4)]


def test_two_roles_of_one_row_are_one_row_in_all_counts(store: Store, tmp_path: Path) -> None:
    rows = [row("duties", who="Сомов Лев Ильич", role="составитель ТЗ; приёмка")]
    (result,) = with_unlinked(store, loaded(store, tmp_path, table(tmp_path / "d.csv", rows)))
    assert (result.taken, result.rejected, len(stored_rejects(store))) == ({"duties": 0}, 1, 1)
    assert store.sql("SELECT count(*) FROM duty").fetchone() == (2,)


@pytest.mark.parametrize(
    ("search", "key"),
    [
        ({"who": "Громов Пётр Ильич"}, f"{CUSTOMER}|12"),
        ({"who": "Кто-то", "by": INN}, f"{CUSTOMER}|12"),
        ({"who": "00012"}, f"{CUSTOMER}|12"),
        ({"who": "Громов Пётр Ильич", "by": f"ИНН {OTHER_INN}"}, None),
        ({"who": "Громов П.И."}, None),
        ({"who": "Сомова Анна Павловна"}, None),
        ({"who": "ООО «Луч»", "by": number("org 7")}, None),
    ],
)
def test_a_search_is_of_an_official_only_where_exactly_one_fits(
    search: dict[str, str], key: str | None, store: Store, tmp_path: Path
) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [{**GROMOV, "inn": INN}, LAPTEVA]))
    (result,) = with_unlinked(store, loaded(store, tmp_path, table(tmp_path / "s.csv", [{**SEARCH, **search}])))
    assert (keys(store, "searches"), result.taken, stored_rejects(store)) == ([key], {"searches": 1}, [])
    assert not is_unlinked(store)


def test_a_search_of_a_name_two_officials_bear_is_kept_and_is_nobodys(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, NAMESAKE]), table(tmp_path / "s.csv", [SEARCH]))
    assert (keys(store, "searches"), stored_rejects(store)) == ([None], [])


FULL = {
    "duties": [row("duties", employee_id="12"), row("duties", employee_id="13")],
    "declared_interests": [row("declared_interests", employee_id="12"), row("declared_interests", employee_id="13")],
    "notices": [row("notices", employee_id="12"), row("notices", employee_id="13", number="2")],
    "searches": [SEARCH, {**SEARCH, "who": "Лаптева Вера Олеговна"}],
}


@pytest.mark.parametrize("what", FULL)
def test_the_same_file_twice_changes_nothing_and_tells_the_same_counts(what: str, store: Store, tmp_path: Path) -> None:
    paths = table(tmp_path / "o.csv", [GROMOV, LAPTEVA]), table(tmp_path / "r.csv", FULL[what])
    first = loaded(store, tmp_path, *paths)
    before = everything(store)
    second = loaded(store, tmp_path, *paths)
    assert everything(store) == before
    assert [one.taken for one in first] == [one.taken for one in second] == [{"officials": 2}, {what: 2}]


CORRECTED = {
    "duties": {"detail": "to", "cell": {"to": "31.12.2025"}},
    "declared_interests": {"detail": "share", "cell": {"share": "1/3", "organisation": "ООО «Заря»"}},
    "notices": {"detail": "decision", "cell": {"decision": "отказ", "date": "02.02.2025"}},
    "searches": {"detail": "result", "cell": {"result": "есть запись"}},
}


@pytest.mark.parametrize("what", FULL)
@pytest.mark.parametrize("name", ["r.csv", "other.csv"])
def test_a_corrected_row_replaces_the_old_one_which_stays_as_history(what: str, name: str, store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, LAPTEVA]), table(tmp_path / "r.csv", FULL[what]))
    corrected = [{**FULL[what][0], **CORRECTED[what]["cell"]}, FULL[what][1]]
    loaded(store, tmp_path, table(tmp_path / name, corrected))
    (new,) = store.sql("SELECT source_id FROM source WHERE batch = 2").fetchall()
    held = store.sql(f"SELECT source_id, superseded_by FROM {STORED[what]} ORDER BY superseded_by").fetchall()
    assert [by for _, by in held] == [new[0], new[0], None, None]
    assert store.sql(f"SELECT DISTINCT source_id FROM {STORED[what]}_in_force").fetchall() == [new]


@pytest.mark.parametrize("what", FULL)
def test_a_row_taken_out_of_a_list_is_ended_and_the_next_period_adds(what: str, store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, LAPTEVA]), table(tmp_path / "r.csv", FULL[what]))
    shorter = [FULL[what][1]]
    loaded(store, tmp_path, table(tmp_path / "r.csv", shorter))
    assert keys(store, what) == [f"{CUSTOMER}|13"], "the list under its own name, with a row in common: what is gone is gone"
    next_period = {
        "duties": {"contract_number": "77"}, "declared_interests": {"as_of": "31.12.2025"}, "notices": {"number": "99"},
        "searches": {"date": "01.03.2026"},
    }[what]  # fmt: skip
    loaded(store, tmp_path, table(tmp_path / "r.csv", [{**shorter[0], **next_period}]))
    assert keys(store, what) == [f"{CUSTOMER}|13"] * 2, "nothing in common: another period, though of the same name"


@pytest.mark.parametrize("what", FULL)
def test_another_file_without_a_row_adds_only(what: str, store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV, LAPTEVA]), table(tmp_path / "1.csv", FULL[what][:1]))
    loaded(store, tmp_path, table(tmp_path / "2.csv", FULL[what][1:]))
    assert keys(store, what) == [f"{CUSTOMER}|12", f"{CUSTOMER}|13"]


def test_a_corrected_declaration_replaces_one_holder_and_section_as_a_whole(store: Store, tmp_path: Path) -> None:
    mine = row("declared_interests", employee_id="12", kind="5.1")
    first = [mine, {**mine, "organisation": "ООО «Заря»"}, {**mine, "holder": "сам"}, {**mine, "kind": "6.2"}]
    loaded(store, tmp_path, table(tmp_path / "o.csv", [GROMOV]), table(tmp_path / "1.csv", first))
    loaded(store, tmp_path, table(tmp_path / "2.csv", [{**mine, "organisation": "нет"}]))
    held = store.sql("SELECT fact, holder, kind, organisation FROM declared_interest_in_force ORDER BY ALL").fetchall()
    assert held == [
        ("interest", "self", "share", "ООО «Луч»"), ("interest", "spouse", "obligation", "ООО «Луч»"),
        ("none", "spouse", "share", None),
    ]  # fmt: skip


def test_neither_the_order_of_rows_nor_of_files_changes_what_stands(tmp_path: Path) -> None:
    runs = set()
    for seed in range(4):
        shuffled = random.Random(seed)
        with Store.open(None) as store:
            for batch in ("first", "second"):
                folder = tmp_path / f"{seed}" / batch
                files = list(enumerate(FULL.items()))
                shuffled.shuffle(files)
                for place, (number, (what, rows)) in enumerate(files):
                    rows = list(rows) if batch == "first" else [{**rows[0], **CORRECTED[what]["cell"]}, rows[1]]
                    shuffled.shuffle(rows)
                    table(folder / f"{place} {number}.csv", rows)
                table(folder / "o.csv", [GROMOV, LAPTEVA])
                loaded(store, tmp_path, folder)
            runs.add(run_id(store, {}, {}, None, None))
            link(store)
            runs.add(run_id(store, {}, {}, None, None))
    assert len(runs) == 1


@pytest.mark.parametrize("what", FULL)
def test_what_the_tables_say_names_the_run(what: str, store: Store, tmp_path: Path) -> None:
    before = run_id(store, {}, {}, None, None)
    loaded(store, tmp_path, table(tmp_path / "r.csv", FULL[what]))
    assert run_id(store, {}, {}, None, None) != before


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Громов Пётр Ильич", None),
        ("Громов Пётр Ильчи", "official_not_found"),
        ("Грамов Пётр Ильич", "official_not_found"),
        ("Лосев Ян Кимович", "official_not_found"),
    ],
)
def test_a_name_told_alone_beside_kin_is_no_new_official_where_there_are_lists(
    store: Store, tmp_path: Path, written: str, problem: str | None
) -> None:
    """A slip of the pen would part an official from his kin, and somebody who serves no more would count again, untold."""
    kin = {"official_name": written, "relationship": "жена", "name": "Громова Ия Львовна"}
    loaded(store, tmp_path, table(tmp_path / "a.csv", [GROMOV]), table(tmp_path / "b.csv", [kin]))
    ((found, key),) = store.sql("SELECT link_problem, official_key FROM relative").fetchall()
    assert (found, key is None) == (problem, problem is not None)
    in_force = {name for (name,) in store.sql("SELECT name FROM official_in_force").fetchall()}
    assert in_force == {"Громов Пётр Ильич"} | ({written} if problem is None else set())


def test_who_has_more_than_a_name_beside_his_kin_is_an_official_though_no_list_has_him(store: Store, tmp_path: Path) -> None:
    official = {"ФИО служащего": "Лосев Ян Кимович", "Должность служащего": "директор"}
    kin = official | {"Степень родства": "жена", "ФИО родственника": "Лосева Ия Львовна"}
    loaded(store, tmp_path, table(tmp_path / "a.csv", [GROMOV]), table(tmp_path / "b.csv", [kin]))
    assert store.sql("SELECT name FROM official_in_force ORDER BY 1").fetchall() == [
        ("Громов Пётр Ильич",),
        ("Лосев Ян Кимович",),
    ]
    assert store.sql("SELECT link_problem FROM relative").fetchall() == [(None,)]
