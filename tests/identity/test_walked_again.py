"""Whatever the comparison takes for one person, the walk over the raw records must be able to take for one too."""

from __future__ import annotations

import pytest

from affil.identity.compare import Person, compare_all
from affil.language.fio import PersonName, parse_name
from affil.resolve.parties import may_be_one

pytestmark = pytest.mark.usefixtures("small_worlds")

PAIRS = [
    ("Лящук Владимир Дмитривеич", "ЛЯЩУК ВЛАДИМИР ДМИТРИЕВИЧ"),
    ("Хрущова Любовь Игроевна", "ХРУЩОВА ЛЮБОВЬ ИГОРЕВНА"),
    ("Звонарева Наталия Юревна", "ЗВОНАРЕВА НАТАЛЬЯ ЮРЬЕВНА"),
    ("Zvonareva Nataliia Iur'evna", "ЗВОНАРЁВА НАТАЛЬЯ ЮРЬЕВНА"),
    ("Звонарьов Микола Олександрович", "ЗВОНАРЕВ НИКОЛАЙ АЛЕКСАНДРОВИЧ"),
    ("Звонарева (Лугова) Анна Петровна", "ЛУГОВА АННА ПЕТРОВНА"),
    ("Звонарёва А.П.", "ЗВОНАРЕВА АННА ПЕТРОВНА"),
    ("Звонарёва Анна", "ЗВОНАРЕВА АННА ПЕТРОВНА"),
    ("Лепицин Иван Петрович", "ЛЕПИЦЫН ИВАН ПЕТРОВИЧ"),
    ("Звонарев Пётр Якович", "ЗВОНАРЕВ ПЕТР ЯКОВЛЕВИЧ"),
]


def record(name: PersonName) -> dict[str, str | None]:
    return {**name.columns(), "inn": None}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_supposition_can_be_walked(one: str, other: str) -> None:
    names = [parse_name(text) for text in (one, other)]
    assert names[0] is not None and names[1] is not None
    [match] = compare_all([(Person(names[0], home_region="54"), Person(names[1], home_region="54"))])
    assert match is not None
    assert may_be_one(record(names[0]), record(names[1]))
    assert may_be_one(record(names[1]), record(names[0]))
