"""Branches in the names of organisations: they are no persons of their own (ГК ст. 55 п. 3), so the name is the parent's."""

from __future__ import annotations

from collections.abc import Callable

BRANCH = frozenset({"ФИЛИАЛ", "ФИЛИАЛА", "ФИЛ", "ОП", "ПРЕДСТАВИТЕЛЬСТВО", "ПОДРАЗДЕЛЕНИЕ", "ПОДРАЗДЕЛЕНИЯ"})
_BEFORE = {"ОБОСОБЛЕННОЕ", "СТРУКТУРНОЕ", "ТЕРРИТОРИАЛЬНОЕ", "РЕГИОНАЛЬНЫЙ", "ДОПОЛНИТЕЛЬНЫЙ"}
_ADJECTIVE = ("СКИЙ", "СКОЕ", "ЦКИЙ", "ЦКОЕ", "НЫЙ", "НОЕ")
_PLACE = {"Г", "ГОР", "ГОРОДЕ", "ПОС", "С", "СЕЛЕ", "П", "РП", "ПГТ", "РАЙОНЕ", "ОБЛАСТИ"}


def without_branch(words: list[str], begins_with_form: Callable[[list[str]], bool]) -> list[str]:
    """The words of the parent; the same words where they name no branch, or where nothing would be left.

    «Филиал ООО Р в г. Э», «Энский филиал ПАО Р» and «ПАО Р, Энский филиал» name Р. A branch is looked for beside a legal form
    only: it may be a part of the name proper.
    """
    places = [place for place, word in enumerate(words) if word in BRANCH]
    for place in places:
        after = words[place + 1 :]
        while after and not begins_with_form(after) and len(after) > 1 and _belongs(after[0]):
            after = after[1:]
        if len(after) > 1 and begins_with_form(after) and all(_belongs(word) for word in words[:place]):
            return _without_place(after)
        if place > 1 and begins_with_form(words) and words[place] != "ОП":
            before = words[:place]
            while len(before) > 2 and _belongs(before[-1]):
                before = before[:-1]
            return before
    return words


def _belongs(word: str) -> bool:
    """Whether a word beside «филиал» tells which branch it is: «Энский», «обособленное», «№ 3», «в г.»."""
    return word in _BEFORE or word.endswith(_ADJECTIVE) or word.isdigit() or word == "В" or word in _PLACE


def _without_place(words: list[str]) -> list[str]:
    """The parent's name without «в г. Энске» after it."""
    for place in range(len(words) - 2, 1, -1):
        if words[place] == "В" and (words[place + 1] in _PLACE or place == len(words) - 2):
            return words[:place]
    return words
