"""Numbers of the Russian registers with right check digits, written from the published formulas."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
ELEVENTH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
TWELFTH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _control(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)


def firm_inn(stem: str) -> str:
    """Ten digits: nine given ones and the control digit."""
    return stem + _control(stem, TEN)


def person_inn(stem: str) -> str:
    """Twelve digits: ten given ones and the two control digits."""
    eleven = stem + _control(stem, ELEVENTH)
    return eleven + _control(eleven, TWELFTH)


def broken(inn: str, rng: Random) -> str:
    """The same ИНН with one digit changed so that its check fails, as a slip of the hand does."""
    while True:
        place = rng.randrange(4, len(inn) - 2)
        wrong = inn[:place] + str((int(inn[place]) + rng.randrange(1, 10)) % 10) + inn[place + 1 :]
        right = firm_inn(wrong[:9]) if len(wrong) == 10 else person_inn(wrong[:10])
        if wrong != right:
            return wrong


def ogrn(stem: str) -> str:
    """Thirteen digits of a legal person: twelve and the remainder of division by 11."""
    return stem + str(int(stem) % 11 % 10)


def ogrnip(stem: str) -> str:
    """Fifteen digits of a sole proprietor: fourteen and the remainder of division by 13."""
    return stem + str(int(stem) % 13 % 10)


class Numbers:
    """Hands out numbers, none of them twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[str] = set()

    def person(self, region: str) -> str:
        """An ИНН of a natural person registered in the region."""
        return self._unique(lambda: person_inn(f"{region}{self._rng.randrange(1, 40):02d}{self._rng.randrange(10**6):06d}"))

    def firm(self, region: str) -> str:
        """An ИНН of an organisation registered in the region."""
        return self._unique(lambda: firm_inn(f"{region}{self._rng.randrange(1, 40):02d}{self._rng.randrange(10**5):05d}"))

    def ogrn(self, region: str, year: int) -> str:
        """An ОГРН given in that year."""
        return self._unique(lambda: ogrn(f"1{year % 100:02d}{region}{self._rng.randrange(10**7):07d}"))

    def ogrnip(self, region: str, year: int) -> str:
        """An ОГРНИП given in that year."""
        return self._unique(lambda: ogrnip(f"3{year % 100:02d}{region}{self._rng.randrange(10**9):09d}"))

    def _unique(self, make: Callable[[], str]) -> str:
        while (number := make()) in self._used:
            pass
        self._used.add(number)
        return number
