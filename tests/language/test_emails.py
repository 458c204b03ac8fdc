"""E-mails in comparable form: one mailbox is one however written, and a cell without any gives none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affil.language.emails import emails

READ = {
    "Info@Zimorodok.Example": ("info@zimorodok.example",),
    "e-mail: chizh@mail.ru; CHIZH@MAIL.RU": ("chizh@mail.ru",),
    "chizh@mail.ru, udod@bk.ru": ("chizh@mail.ru", "udod@bk.ru"),
    "chizh@mail.ru/udod@bk.ru": ("chizh@mail.ru", "udod@bk.ru"),
    "<chizh@mail.ru>.": ("chizh@mail.ru",),
    "mailto:chizh@mail.ru": ("chizh@mail.ru",),
    "ivan.chizh@gmail.com ivanchizh+work@googlemail.com": ("ivanchizh@gmail.com",),
    "ivan.chizh@yandex.ru, ivan-chizh@ya.ru": ("ivan-chizh@yandex.ru",),
    "ivan.chizh@mail.ru": ("ivan.chizh@mail.ru",),
    "тел. 8 923 111-22-33, почта: chizh@mail.ru": ("chizh@mail.ru",),
    "чиж@пример.рф": ("чиж@пример.рф",),
}


@pytest.mark.parametrize("text", READ)
def test_a_mailbox_is_one_however_written(text: str) -> None:
    assert emails(text) == READ[text]


@pytest.mark.parametrize("text", ["", "нет", "-", "не имею", "mail@mail.ru", "chizh@", "@mail.ru", "chizh@mail", "www.mail.ru"])
def test_what_is_no_mailbox_is_none(text: str) -> None:
    assert emails(text) == ()


@given(st.text() | st.from_regex(r"[a-z.+]{1,8}@(gmail\.com|ya\.ru|mail\.ru)", fullmatch=True))
def test_reading_what_was_read_gives_the_same(text: str) -> None:
    once = emails(text)
    assert emails(" ".join(once)) == once


def test_a_long_cell_without_a_mailbox_is_read_once() -> None:
    began = time.process_time()
    assert emails("Ж" * 400_000) == ()
    assert emails("Ж" * 400_000 + " ivanov@example.com") == ("ivanov@example.com",)
    assert time.process_time() - began < 5  # tried from every letter it took minutes
