"""Names carried over by two languages meet by name alone, as candidates and in the comparison. Every person is invented."""

from __future__ import annotations

import pytest

from affil.identity.compare import Person, compare_all
from affil.identity.name_pairs import make_name_pairs
from affil.language.fio import PersonName, parse_name
from affil.store.store import Store

pytestmark = pytest.mark.usefixtures("stores_used_again")

SAME = [
    ("Желтощинский Павел Ильич", "Pawel Scheltoschtschinski"),  # no list has him: each language as it hears it
    ("Аксёнов Сергей Павлович", "Sergey Aksyonov"),
    ("Дзержоцкий Олег", "Dserschozki Oleg Petrowitsch"),
    ("Громов Тарас Григорович", "Громов Тарас Григорьевич"),
    ("Тягнибаев Олег Петрович", "Oleh Tiahnybaiev"),
]
OTHER = [
    ("Громов Тарас Якович", "Громов Тарас Григорьевич"),
    ("Аксёнов Сергей Павлович", "Andrey Aksyonov"),
    ("Гусев Олег", "Кусков Олег Петрович"),
]


def read(text: str) -> PersonName:
    name = parse_name(text)
    assert name is not None
    return name


def test_the_comparison_knows_them_and_no_others() -> None:
    found = compare_all([(Person(read(one)), Person(read(other))) for one, other in (*SAME, *OTHER)])
    assert [one is not None for one in found] == [True] * len(SAME) + [False] * len(OTHER)


@pytest.mark.parametrize("one, other", SAME)
def test_they_are_candidates_from_either_side(one: str, other: str) -> None:
    names = [(name.surname, name.given, name.patronymic) for name in (read(one), read(other))]
    for declared, known in (names, names[::-1]):
        with Store.scratch() as store:
            parts = dict.fromkeys(("surname", "given", "patronymic"), "VARCHAR")
            store.temporary("declared_name", parts | {"former_surnames": "VARCHAR"}, [(*declared, None)])
            store.temporary("known_name", parts, [known])
            make_name_pairs(store)
            assert len(store.rows("FROM name_pair")) == 1
