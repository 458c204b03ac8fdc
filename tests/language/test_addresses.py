"""Addresses down to the flat: however questionnaires, ФНС and people write one place, its key is one. The places are invented."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.language.addresses import flat_key, same_flat

ONE_PLACE = [
    [
        "УЛ. ЛЕНИНА, Д. 5, КВ. 12",
        "г. Энск, ул. Ленина 5-12",
        "Ленина, 5, кв.12",
        "650000, Птичская обл, г Энск, ул Ленина, д 5, кв 12",
        "кв. 12, д. 5, ул. Ленина, г. Энск",
        "г.Энск,ул.Ленина,д.5,кв.12",
        "г. Энск ул. Ленина д.5кв.12",
        "ул Ленина д5 кв12",
        "Энск, Ленина 5-12",
        "650000, ПТИЧСКАЯ ОБЛАСТЬ, Г.О. ЭНСКИЙ, Г. ЭНСК, УЛ. ЛЕНИНА, Д. 5, КВ. 12",
        "Ленина ул., д.5, кв.12",
        "ул. Ленина, 5-12",
        "ул. Ленина 5 - 12",
        "ул. им. В.И. Ленина, дом № 5, квартира № 12",
        "Птичская обл. г. Энск ул. Ленина д. 5 кв. 12",
        "ул. Ленина, дом 5, подъезд 2, этаж 3, кв. 12",
        "ул. Ленина, д. 5-12",
        "а/я 7, ул. Ленина, 5, кв. 12",
        "ул. Ленина\nд. 5\nкв. 12",
    ],
    ["Ленинский пр-т, д. 5/7 корп. 2, оф. 12", "пр-кт Ленинский, д. 5/7, к. 2, офис 12", "проспект Ленинский 5/7 корп. 2 оф 12"],
    [
        "наб. Речная, д. 5, литера А, помещ. 3Н",
        "НАБЕРЕЖНАЯ РЕЧНАЯ, Д. 5, ЛИТЕР А, ПОМЕЩ. 3-Н",
        "наб Речная, д 5 лит А, этаж 2, пом 3н",
    ],
    ["ул. 9 Мая, д. 5, кв. 12", "ул. 9-го Мая 5-12", "9 Мая, 5, кв 12"],
    ["1-я Советская, 5-12", "ул. Советская 1-я, д. 5, кв. 12", "1-я Советская ул., 5, кв. 12"],
    ["мкр. 3, д. 5, кв. 12", "3 мкр, дом 5, кв 12", "3-й микрорайон, 5-12", "МКР 3-Й, Д. 5, КВ. 12"],
    ["мкр. Южный, ул. Полевая, д. 5а, кв. 1", "ул. Полевая, д. 5 А, кв. 1"],
    ["ул. Полевая, д. 5, помещ. I, ком. 7", "ул Полевая д 5 пом I каб 7"],
    ["ул. Полевая, д. 5-7, кв. 12", "кв. 12, ул. Полевая, д. 5-7"],
    ["ул. Полевая, д. 5, стр. 1, помещ. 1Н/3", "УЛ ПОЛЕВАЯ, Д. 5, СТРОЕНИЕ 1, ПОМЕЩ. 1Н/3"],
    ["Энский р-н, с/п Лесное, с. Лесное, ул Зелёная, д. 3, кв. 1", "с. Лесное, ул. Зеленая, 3-1"],
]
NO_FLAT = [
    "",
    "нет",
    "г. Энск",
    "ул. Ленина",
    "ул. Ленина, д. 5",
    "ул. Ленина, 5, 650000",
    "1-12",
    "5-12",
    "а/я 12, ул. Ленина, 5",
    "д. 5, кв. 12",
]


@pytest.mark.parametrize("ways", ONE_PLACE, ids=lambda ways: ways[0])
def test_one_place_is_one_however_written(ways: list[str]) -> None:
    keys = [flat_key(way) for way in ways]
    assert all(one and other and same_flat(one, other) for one, other in itertools.combinations(keys, 2)), dict(
        zip(ways, keys, strict=True)
    )


def test_different_places_are_different() -> None:
    more = [
        "ул. Ленина, 5-13",
        "ул. Ленина, 15-12",
        "пер. Ленина, 5-12",
        "пр. Ленина, 5-12",
        "ул. Ленина, д. 5 к. 2, кв. 12",
        "ул. Ленина, д. 5 стр. 2, кв. 12",
    ]
    keys = [flat_key(ways[0]) or "" for ways in ONE_PLACE] + [flat_key(one) or "" for one in more]
    assert not [pair for pair in itertools.combinations(keys, 2) if same_flat(*pair)]
    assert not same_flat(flat_key("г. Энск, ул. Ленина, 5-12") or "", flat_key("г. Удодск, ул. Ленина, 5-12") or "")


@pytest.mark.parametrize("text", NO_FLAT)
def test_without_street_house_and_flat_there_is_no_key(text: str) -> None:
    assert flat_key(text) is None


PARTS = ["г. Энск", "ул. Полевая", "д. 7а", "корп. 2", "кв. 31"]


@given(st.permutations(PARTS), st.sampled_from([", ", ",", "; "]), st.booleans())
def test_the_order_of_named_parts_does_not_matter(parts: list[str], between: str, upper: bool) -> None:
    text = between.join(parts)
    assert flat_key(text.upper() if upper else text) == flat_key(", ".join(PARTS))


@given(st.text(" ,.-/абвгдкулмс0123456789", max_size=40) | st.text())
def test_a_key_has_its_parts_whatever_the_text(text: str) -> None:
    key = flat_key(text)
    if key is not None:
        assert key.count("|") == 3 and all(key.split("|")[1:])
