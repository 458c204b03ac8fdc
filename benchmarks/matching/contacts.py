"""Numbers of persons and companies: ИНН with right check digits, telephones, mailboxes, flats; all invented."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.names import Ints, Words

_ELEVENTH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELFTH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TENTH = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_STRIDE = 37_252_019
"""No factor in common with 10^8: multiples of it, cut to eight digits, are all different."""


def person_inn(region: Words, start: int, count: int) -> Words:
    """`count` different ИНН of persons: region code, eight digits, two check digits (приказ ФНС ЕД-7-14/559@)."""
    serial = (np.arange(start, start + count, dtype=np.int64) * _STRIDE + 1_234_567) % 100_000_000
    stem = region.astype(np.int64) * 100_000_000 + serial
    stem = stem * 10 + _control(stem, _ELEVENTH)
    return _text(stem * 10 + _control(stem, _TWELFTH), 12)


def company_inn(region: Words, count: int) -> Words:
    """`count` different ИНН of companies."""
    serial = (np.arange(count, dtype=np.int64) * 2_751_943 + 345_678) % 10_000_000
    stem = region.astype(np.int64) * 10_000_000 + serial
    return _text(stem * 10 + _control(stem, _TENTH), 10)


def telephones(count: int) -> Words:
    """Different mobile numbers, as eleven digits."""
    return _text(79_000_000_000 + (np.arange(count, dtype=np.int64) * 476_190_373 + 5_551_234) % 1_000_000_000, 11)


def mailboxes(count: int) -> Words:
    """Different addresses of mail."""
    hosts = np.array(["@mail.test", "@yandex.test", "@bk.test"], dtype=object)
    number = np.arange(count, dtype=np.int64)
    return "box" + _text((number * _STRIDE + 77) % 100_000_000, 8) + hosts[number % 3]


def flats(place: Ints, rng: np.random.Generator) -> Words:
    """Addresses to the flat in the region's town, one for each `place` (index of a region)."""
    streets = np.array(
        ["Ленина", "Садовая", "Мира", "Лесная", "Школьная", "Полевая", "Советская", "Речная", "Победы", "Гагарина"], dtype=object
    )
    count = len(place)
    words = "г. Город-" + place.astype(str).astype(object) + ", ул. " + streets[rng.integers(0, len(streets), count)]
    return words + ", д. " + _digits(rng, 180, count) + ", кв. " + _digits(rng, 160, count)


def _digits(rng: np.random.Generator, most: int, count: int) -> Words:
    return rng.integers(1, most, count).astype(str).astype(object)


def _control(stem: Ints, weights: tuple[int, ...]) -> Ints:
    total = np.zeros(len(stem), dtype=np.int64)
    for place, weight in enumerate(reversed(weights)):
        total += stem // 10**place % 10 * weight
    return total % 11 % 10


def _text(numbers: Ints, width: int) -> Words:
    return np.char.zfill(numbers.astype(str), width).astype(object)
