"""Taking a source back, held against an oracle: a store that never saw it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.ingest.inputs import InputFile
from affil.resolve.forget import Gone, forget, sources_named
from affil.resolve.link import link
from affil.store.load import load_files
from affil.store.loaded import Loaded
from affil.store.remove import remove_sources, tables_of_sources
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("small_worlds")

EMPLOYER, OTHER = "4200000012", "4200000020"
OFFICIALS = "employee_id;name;employer_inn;birth_date;questionnaire_date"
RELATIVES = "employee_id;official_name;relationship;name;birth_date;questionnaire_date"
CONTRACTS = "contract_number;customer_inn;customer;supplier;signed_on;price"
NOTICES = "employee_id;name;kind;number;date"
EXTRACT = "<EGRUL><СвЮЛ ОГРН='1024200000017' ИНН='4200000012' ДатаВып='2025-01-01'/></EGRUL>"
TEXTS = [
    ("o.csv", f"""{OFFICIALS}
12;Громов Пётр Ильич;{EMPLOYER};01.02.1970;01.03.2024
13;Лаптева Вера Олеговна;{EMPLOYER};;"""),
    ("o.csv", f"""{OFFICIALS}
12;Громов Пётр Ильич;{EMPLOYER};01.02.1970;01.03.2026"""),
    ("twins.csv", f"""{OFFICIALS}
12;Мухин Олег Львович;{EMPLOYER};;
7;Зуева Анна Львовна;;;"""),
    ("r.csv", f"""{RELATIVES}
12;;жена;Громова Анна Павловна;01.02.1971;01.03.2024
12;;сын;Громов Илья Петрович;;01.03.2024"""),
    ("r.csv", f"""{RELATIVES}
12;;жена;Громова Алла Павловна;01.02.1971;01.03.2025
;Лаптева В.О.;муж;Лаптев Иван Ильич;;"""),
    ("in-laws.csv", f"""{RELATIVES}
12;;тёща;Мухина Лидия Фоминична;;
13;;муж;Лаптев Иван Ильич;;
7;;муж;Зуев Олег Ильич;;"""),
    ("c.csv", f"""{CONTRACTS}
5;{EMPLOYER};МБУ «Луч»;ООО «Вереск»;01.02.2025;10
6;{EMPLOYER};МБУ «Луч»;ИП Громова А.П.;01.03.2025;7"""),
    ("c2.csv", f"""{CONTRACTS}
5;{EMPLOYER};МБУ «Луч»;ООО «Вереск»;01.02.2025;12
1;{OTHER};МБУ «Мост»;ООО «Кедр»;01.02.2025;1"""),
    ("s.csv", f"""member;customer_inn;role;from
Громов Пётр Ильич;{EMPLOYER};член комиссии;01.01.2025
Зуева А.Л.;;член комиссии;"""),
    ("d.csv", """contract_number;member;role
5;Громов Пётр Ильич;приёмка
1;Лаптева Вера Олеговна;составитель ТЗ"""),
    ("n.csv", f"""{NOTICES}
12;Громов Пётр Ильич;подарок;1;01.02.2025
13;;иная работа;2;01.02.2025"""),
    ("n.csv", f"""{NOTICES}
12;Громов Пётр Ильич;подарок;1;02.02.2025"""),
    ("i.csv", """employee_id;name;holder;organisation;kind;as_of
12;;супруг;ООО «Вереск»;доля;31.12.2024"""),
    ("org.csv", f"""inn;name;parent_inn;head
{EMPLOYER};МБУ «Луч»;{OTHER};Громов Пётр Ильич"""),
    ("prose.txt", "Ничего похожего на таблицу."),
    ("e.xml", EXTRACT),
]  # fmt: skip
Contents = dict[str, list[Any]]
FILES = [(name, text.encode()) for name, text in TEXTS]


def load(store: Store, numbers: Sequence[int]) -> list[Loaded]:
    files = [InputFile(FILES[number][0], data=FILES[number][1]) for number in numbers]
    done = load_files(store, files, dt.datetime(2025, 1, 1), lambda one: None)
    link(store)
    return done


def contents(store: Store) -> Contents:
    return {name: store.sql(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in tables_of_sources(store)}


def forgotten(store: Store, numbers: Sequence[int]) -> Gone:
    sources = [one for number in numbers for one in sources_named(store, [hashlib.sha256(FILES[number][1]).hexdigest()])]
    assert len(sources) == len(numbers)
    return forget(store, sources, None, dt.datetime(2025, 1, 2))


def contents_without(store: Store, gone: set[int]) -> Contents:
    """What is left of a store when these are taken back; the store keeps them."""
    with store.undone():
        forgotten(store, sorted(gone))
        return contents(store)


def contents_never_loaded(batches: Sequence[Sequence[int]], gone: set[int]) -> Contents:
    """What a store holds that never saw these."""
    with Store.open(None) as oracle:
        for batch in batches:
            if kept := [number for number in batch if number not in gone]:
                load(oracle, kept)
        return contents(oracle)


BATCHES = [[0, 3, 6, 10, 13], [1, 5, 7, 8, 11, 14], [2, 4, 9, 12, 15]]


@pytest.fixture(scope="module")
def full() -> Iterator[Store]:
    with Store.open(None) as store:
        for batch in BATCHES:
            load(store, batch)
        yield store


MANY = bool(os.environ.get("AFFIL_FUZZ"))


@pytest.mark.parametrize("gone", range(len(FILES)) if MANY else (0, 1, 2, 4, 7, 11, 15))
def test_a_file_taken_back_leaves_the_store_as_if_it_had_never_been_there(gone: int, full: Store) -> None:
    assert contents_without(full, {gone}) == contents_never_loaded(BATCHES, {gone})


@st.composite
def loads(draw: st.DrawFn) -> tuple[list[list[int]], set[int]]:
    order = draw(st.lists(st.integers(0, len(FILES) - 1), unique=True, min_size=2, max_size=7))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1))))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    return batches, draw(st.sets(st.sampled_from(order), min_size=1, max_size=3))


@given(loads())
@settings(max_examples=200 if MANY else 4)
def test_whatever_is_loaded_in_whatever_order(world: tuple[list[list[int]], set[int]]) -> None:
    batches, gone = world
    with Store.open(None) as store:
        for batch in batches:
            load(store, batch)
        assert contents_without(store, gone) == contents_never_loaded(batches, gone)


def test_the_oracle_would_see_a_row_left_behind(tmp_path: Path) -> None:
    with Store.open(None) as store, Store.open(None) as oracle:
        load(store, [0, 3])
        load(store, [4])
        load(oracle, [0, 3])
        assert contents(store) != contents(oracle)
        remove_sources(store, [source_id for _, source_id in sources_named(store, [hashlib.sha256(FILES[4][1]).hexdigest()])])
        assert contents(store) != contents(oracle), "the older questionnaire is still replaced"
