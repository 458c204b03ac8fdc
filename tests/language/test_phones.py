"""Telephones in comparable form: one number however it is written, and nothing where the number is not whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.language.phones import phone_numbers

WHOLE = {
    "+7 (38445) 5-11-22": ("3844551122",),
    "8 384 455 11 22": ("3844551122",),
    "83844551122": ("3844551122",),
    "3844551122": ("3844551122",),
    "812 345 67 89": ("8123456789",),
    "тел.: +7-923-111-22-33": ("9231112233",),
    "8 (384-45) 5-11-22 доб. 105": ("3844551122",),
    "8(38445)5-11-22, 8 923 111-22-33": ("3844551122", "9231112233"),
    "8 812 345 67 89 8 923 111 22 33": ("8123456789", "9231112233"),
    "+7 999 8765432; 8 999 876 54 32": ("9998765432",),
    "8-(384-45)-5-11-22": ("3844551122",),
    "8.923.111.22.33": ("9231112233",),
    "+7–923–111–22–33": ("9231112233",),
    "89231112233/83844551122": ("3844551122", "9231112233"),
    "8 923 111 22 33 (доб. 12), 8 384 455 11 22": ("3844551122", "9231112233"),
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_number_is_one_however_written(text: str) -> None:
    assert phone_numbers(text) == WHOLE[text]


@pytest.mark.parametrize(
    "text",
    ["", "нет", "5-11-22", "+375 29 123 45 67", "99999999999999999", "9999999999", "0000000000", "1234567890", "д. 5, кв. 12"],
)
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert phone_numbers(text) == ()


@given(
    st.from_regex(r"\A[345789]\d{9}\Z").filter(lambda number: len({int(digit) for digit in number}) > 1),
    st.sampled_from(["+7", "8", "7", ""]),
    st.lists(st.sampled_from(["", " ", "-", " - "]), min_size=9),
)
def test_marks_between_digits_change_nothing(number: str, prefix: str, between: list[str]) -> None:
    number = "".join(chr(ord("0") + int(digit)) for digit in number)  # \d knows other alphabets' digits too
    written = prefix + " " + "".join(digit + mark for digit, mark in zip(number, [*between[:9], ""], strict=True))
    assert phone_numbers(written) == (number,)
