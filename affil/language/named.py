"""Whether a text («Главе округа В. И. Градову») names a person."""

from __future__ import annotations

import re

# The ending that a declined surname changes: Градов, Градову; Толстой, Толстому; Ясенева, Ясеневой.
ENDING = re.compile(r"(ый|ий|ой|ая|яя|а|я|ь|о|е|й)$")
INITIALS = re.compile(r"([А-ЯЁ])\.\s*([А-ЯЁ])\.")
PATRONYMIC = re.compile(r"(вич|вна|ична|инична|ич|кызы|гызы|оглы)$")
BRACKETS = re.compile(r"\([^()]*\)")  # a former surname
WORD = re.compile(r"[а-яёa-z-]+")
LONGEST_NAME = 200
LONGEST_ENDING = 4  # «-ского» after «-ск» is -ого


def is_named(who: str, text: str) -> bool:
    """True where `text` («Главе округа В. И. Градову») names the person `who` («Градов Всеволод Ильич») in any case.

    Initials in the text must be his; without them the surname alone is enough: a remark too many is the smaller fault.
    """
    surname, *rest = _parts(who) or [""]
    stem = ENDING.sub("", surname.casefold())
    found = any(_begins(word, stem) for word in WORD.findall(text.casefold())) if len(stem) > 1 else False
    pairs = INITIALS.findall(text)
    own = tuple(part[0].upper() for part in rest[:2])
    return found and (not pairs or len(own) < 2 or own in pairs)


def _parts(who: str) -> list[str]:
    """Surname, given name, patronymic, also where the surname stands last."""
    words = BRACKETS.sub(" ", who[:LONGEST_NAME]).split()
    last = len(words) == 3 and PATRONYMIC.search(words[1].casefold()) and not PATRONYMIC.search(words[2].casefold())
    return [words[2], *words[:2]] if last else words


def _begins(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING
