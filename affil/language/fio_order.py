"""Which word of a name is the surname, which the given name, which the patronymic."""

from __future__ import annotations

from collections.abc import Sequence

from affil.language import fio_cases, fio_lists
from affil.language import fio_words as form
from affil.language.fio_foreign import has_ukrainian_ending
from affil.language.fio_given import decisive

Parts = tuple[str | None, str | None, str | None]

# How much likelier a writer puts the surname first than last, where nothing else tells:
# of two words; of three with the patronymic last.
_SURNAME_FIRST = 4.0
_REGISTRY_ORDER = 50.0
_ENDING = 20.0  # odds that of two words the one that ends as surnames do is the surname
# Names in other languages stand mostly as people are addressed, and even three words end in the surname.
_FOREIGN_FIRST = 0.4


def is_plainly_turned(given: str, surname: str) -> bool:
    """True where the words on both sides of a patronymic leave no doubt that they are given name and surname."""
    if given not in form.COMMON_GIVEN or surname in form.COMMON_GIVEN or form.is_patronymic(surname):
        return False
    return surname.rpartition("-")[2] not in form.SONSHIP and is_plain(surname, given)


def is_plain(surname: str, given: str) -> bool:
    """True where two words before a patronymic leave no doubt that they are surname and given name."""
    if given not in form.COMMON_GIVEN and (form.has_surname_ending(given) or form.is_patronymic(given) or form.is_beside(given)):
        return False
    if fio_cases.is_instrumental(surname) or has_ukrainian_ending(surname) or surname in decisive() or given in decisive():
        return False
    return not (
        form.is_beside(surname) or form.is_of_organisation(surname) or surname in form.NOBODY or surname in form.PARTICLES
    )


def parts_of(words: Sequence[str], shouted: str | None, *, foreign: bool = False) -> Parts | None:
    """Surname, given name, patronymic of comparable `words`; None where no surname can be read.

    `shouted` is the word that alone is in capitals, None where there is none; `foreign` that the words were in another language.
    """
    if foreign and len(words) == 2 and (pair := _of_foreign_pair(words[0], words[1], shouted)) is not None:
        return pair
    joined = _with_sonship(_with_particles(list(words)))
    initials = [word for word in joined if _is_initial(word)]
    written = [word for word in joined if not _is_initial(word)]
    if initials:
        return _with_initials(written, initials, last_is_initial=_is_initial(joined[-1]), shouted=shouted)
    readers = {1: _of_one, 2: _of_two, 3: _of_three}
    reader = readers.get(len(written), _of_many)
    return reader(written, shouted) if written else None


def _of_foreign_pair(first: str, last: str, shouted: str | None) -> Parts | None:
    if _is_initial(first) or _is_initial(last):
        return None
    if not _patronymic(first) and not _patronymic(last):
        return (*_ordered(first, last, shouted, _FOREIGN_FIRST), None)
    # «Roman Abramovich» is a surname: other languages do not address by the patronymic.
    is_given = first in form.COMMON_GIVEN or fio_lists.share("given", first) > fio_lists.share("surname", first)
    is_surname = is_given and " " not in last and not form.is_female_patronymic(last)
    return (last, first, None) if is_surname else None


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."


def _with_particles(words: list[str]) -> list[str]:
    """«ФОН БЕРГ» as one word, wherever it stands."""
    joined: list[str] = []
    for word in reversed(words):
        if word in form.PARTICLES and joined and not _is_initial(joined[0]) and len(words) > 2:
            joined[0] = f"{word} {joined[0]}"
        else:
            joined.insert(0, word)
    return joined


def _with_sonship(words: list[str]) -> list[str]:
    """«МАМЕД ОГЛЫ» as one word."""
    joined: list[str] = []
    for word in words:
        if word in form.SONSHIP and joined:
            joined[-1] = f"{joined[-1]} {form.SONSHIP[word]}"
        else:
            joined.append(word)
    return joined


def _patronymic(word: str) -> bool:
    return form.is_patronymic(word) or word.rpartition(" ")[2] in form.SONSHIP


def _with_initials(written: list[str], initials: list[str], *, last_is_initial: bool, shouted: str | None) -> Parts | None:
    if not written:
        return None
    if len(initials) > 1 or len(written) == 1:
        return surname_of(written[:2]), initials[0], initials[1] if len(initials) > 1 else None
    fathers = [word for word in written if _patronymic(word)]
    others = [word for word in written if word not in fathers[-1:]]
    if fathers and len(others) == 1 and not last_is_initial:
        return others[0], initials[0], fathers[-1]
    surname, given = _ordered(written[0], written[1], shouted, _SURNAME_FIRST)
    return surname, given, initials[0]


def _of_one(words: list[str], shouted: str | None) -> Parts | None:
    del shouted
    return (words[0], None, None) if form.reads_as_surname_only(words[0]) else None


def _of_two(words: list[str], shouted: str | None) -> Parts | None:
    first, last = words
    if not _patronymic(last):
        if form.is_female_patronymic(first):
            return (last, None, first) if form.has_surname_ending(last) else None
        return (*((first, last) if _patronymic(first) else _ordered(first, last, shouted, _SURNAME_FIRST)), None)
    if _patronymic(first) or form.has_surname_ending(first):
        return first, None, last
    return (last, first, None) if _is_surname_beside(first, last) else None


def _is_surname_beside(given: str, word: str) -> bool:
    """True where `word` looks like a patronymic and is a surname: «Анна Абрамович», «Сергей Станкевич»."""
    if form.is_female_patronymic(word) or " " in word:
        return False
    return given in form.FEMALE_GIVEN or fio_lists.share("surname", word) > fio_lists.share("patronymic", word)


def _of_three(words: list[str], shouted: str | None) -> Parts | None:
    first, middle, last = words
    marks = tuple(_patronymic(word) for word in words)
    if not any(marks) and sum(misspelt := tuple(form.is_misspelt_patronymic(word) for word in words)) == 1:
        marks = misspelt
    if marks == (False, False, True):
        if form.has_surname_ending(middle) or middle == shouted:
            surname, given = _ordered(first, middle, shouted, _REGISTRY_ORDER)
            return surname, given, last
        return first, middle, last
    if marks == (False, True, False):
        surname, given = _ordered(first, last, shouted, 1.0)
        return surname, given, middle
    if marks == (True, False, False) and not form.is_female_patronymic(first) and form.is_misspelt_patronymic(last):
        return first, middle, last
    if marks == (False, True, True):
        return (last, first, middle) if not form.is_female_patronymic(last) else (first, middle, last)
    if marks == (True, True, False):
        return first, last, middle
    if marks[0] and marks[2]:
        return first, middle, last
    if marks[0] and (form.is_female_patronymic(first) or form.has_surname_ending(middle) or form.has_surname_ending(last)):
        surname, given = _ordered(middle, last, shouted, _SURNAME_FIRST)
        return surname, given, first
    return _without_patronymic(words)


def _without_patronymic(words: list[str]) -> Parts:
    """Foreign names of three or four words: the surname is the outer word that looks like one, first by default."""
    strong = [form.has_surname_ending(word) for word in words]
    if strong[-1] and not strong[0]:
        return words[-1], " ".join(words[:-1]), None
    if strong[0] and strong[1] and len(words) > 2:
        return surname_of(words[:2]), " ".join(words[2:]), None
    return words[0], " ".join(words[1:]), None


def _of_many(words: list[str], shouted: str | None) -> Parts | None:
    """Four words and more: a double surname, a given name of two words, or words that do not belong to the name."""
    fathers = [place for place, word in enumerate(words) if _patronymic(word)]
    if not fathers:
        return _without_patronymic(words) if len(words) == 4 else None
    father = fathers[-1] if fathers[-1] < 4 else fathers[0]
    before, after = words[:father], words[father + 1 :]
    if father == 3:
        if form.has_surname_ending(before[0]) and form.has_surname_ending(before[1]):
            return surname_of(before[:2]), before[2], words[3]
        return before[0], " ".join(before[1:]), words[3]
    if father == 2:
        if form.has_surname_ending(after[0]) and not form.has_surname_ending(before[0]) and before[0] in form.COMMON_GIVEN:
            return after[0], " ".join(before), words[2]
        return _of_three(words[:3], shouted)
    if father == 1 and form.has_surname_ending(after[0]) and form.has_surname_ending(after[1]):
        return surname_of(after[:2]), before[0], words[1]
    return _of_three(words[:3], shouted) if father < 3 else None


def _ordered(first: str, last: str, shouted: str | None, surname_first: float) -> tuple[str, str]:
    """(surname, given name) of two words that stand in this order; `surname_first` are the odds of that order before looking."""
    first_ends, last_ends = form.has_surname_ending(first), form.has_surname_ending(last)
    first_given, last_given = first in form.COMMON_GIVEN, last in form.COMMON_GIVEN
    if (first_ends and last_given) or (not first_given and not last_ends and last_given):
        return first, last
    if (last_ends and first_given) or (not last_given and not first_ends and first_given):
        return last, first
    if shouted in (first, last):
        return (first, last) if shouted == first else (last, first)
    as_written = fio_lists.share("surname", first) * fio_lists.share("given", last) * surname_first
    turned = fio_lists.share("surname", last) * fio_lists.share("given", first)
    if first_ends != last_ends:
        as_written, turned = (as_written * _ENDING, turned) if first_ends else (as_written, turned * _ENDING)
    return (first, last) if as_written >= turned else (last, first)


def surname_of(words: Sequence[str]) -> str | None:
    """The words of a surname as one: «САЛТЫКОВ ЩЕДРИН» with a hyphen, «ФОН БЕРГ» with a space."""
    if len(words) > 1 and all(form.has_surname_ending(word) for word in words):
        return "-".join(words)
    return " ".join(words) or None


def belongs_to_patronymic(word: str, father_words: Sequence[str]) -> bool:
    """True where the last word of a registry's given name is the patronymic, or the father's name before «оглы»."""
    if father_words:
        return father_words[0] in form.SONSHIP
    return form.is_patronymic(word) or word in form.SONSHIP


def patronymic_of(words: Sequence[str]) -> str | None:
    """The words of a patronymic as one, «оглы» and its like in their comparable spelling."""
    return " ".join(form.SONSHIP.get(word, word) if place else word for place, word in enumerate(words)) or None
