"""Names of persons as people write them, read into surname, given name and patronymic in comparable form.

Comparable: upper case, ё as е, Latin look-alike letters of a Russian word as Russian, one hyphen without spaces,
an initial as 'И.', the patronymics -иевич and -иевна as -ьевич and -ьевна («Анатолиевич» and «Анатольевич» are one).
Which word is the patronymic is told by its ending, never by its place; lists of names are asked only where endings leave
two readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from affil.language import fio_cases, fio_foreign, fio_layout, fio_order, fio_text
from affil.language.fio_foreign import fold
from affil.language.fio_given import is_foreign_patronymic
from affil.language.fio_letters import comparable
from affil.language.fio_same import given_root, same_given
from affil.language.fio_words import NOBODY, SHORT_PATRONYMICS, SONSHIP, gender_of, is_patronymic, reads_as_surname_only

SURNAME_FORM = "[А-Я]{3,}(?:-[А-Я]{3,})?"
_SHORT_FORM = "|".join(sorted(word for word in SHORT_PATRONYMICS if word.endswith("ИЧ")))
PATRONYMIC_FORM = f"(?:[А-Я]{{2,}}(?:ОВИЧ|ЕВИЧ|ЬИЧ|ОВНА|ЕВНА|ИЧНА)|{_SHORT_FORM})"
_REGULAR = re.compile(rf"({SURNAME_FORM}) ([А-Я]{{2,}}) ({PATRONYMIC_FORM})")
_TURNED = re.compile(rf"([А-Я]{{2,}}) ({PATRONYMIC_FORM}) ({SURNAME_FORM})")
_SHORT = re.compile(rf"({SURNAME_FORM}) ([А-Я]\.) ?([А-Я]\.)")
_PLAIN_FIELD = re.compile(r"[А-Я]{3,}")
_INITIAL = re.compile(r"[^\W\d_]\.")
_GLUED_SON = re.compile("([А-Я]{3,})(?:ОГЛЫ|ОГЛУ|УГЛИ|УГЛЫ)")
LONGEST = 1_000  # letters of a text that is searched for a name
_SEEN = 65_536


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in comparable parts; None where the text does not say."""

    surname: str | None
    given: str | None
    patronymic: str | None
    former_surnames: tuple[str, ...] = ()
    gender: str | None = None

    @property
    def key(self) -> str | None:
        """'SURNAME GIVEN PATRONYMIC' without the missing parts; None where no surname could be read."""
        if self.surname is None:
            return None
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def is_full(self) -> bool:
        """True where surname, given name and patronymic are all written out."""
        return self.surname is not None and _written_out(self.given) and _written_out(self.patronymic)

    def columns(self) -> dict[str, str | None]:
        """The person columns of the store (affil/store/schema.sql)."""
        return {
            "surname": self.surname,
            "given": self.given,
            "patronymic": self.patronymic,
            "name_key": self.key,
            "gender": self.gender,
            "former_surnames": "|".join(self.former_surnames) or None,
        }


def _written_out(part: str | None) -> bool:
    return part is not None and not is_initial(part)


def is_initial(part: str) -> bool:
    """True for one letter and a full stop."""
    return _INITIAL.fullmatch(part) is not None


@lru_cache(maxsize=_SEEN)
def parse_name(text: str) -> PersonName | None:
    """The name written in `text`, in any order; None where it is empty, an organisation, a number, «нет», or shows no surname.

    An irregular text of more than `LONGEST` letters is no name: to look for one in it takes minutes.
    """
    regular = _parse_regular(_one_space(text.upper().replace("Ё", "Е")))
    return _parse_irregular(text) if regular is None and len(text) <= LONGEST else regular


def _one_space(text: str) -> str:
    """`text` without spaces at its ends and with one between words; as fio_bulk.sql has it."""
    return " ".join(word for word in text.split(" ") if word) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def _parse_regular(text: str) -> PersonName | None:
    """The name where its layout leaves no doubt, eight times as fast as the reading of any text; a test holds the two equal."""
    if (regular := _REGULAR.fullmatch(text)) is not None:
        surname, given, patronymic = regular.groups()
        plain = fio_order.is_plain(surname, given)
    elif (turned := _TURNED.fullmatch(text)) is not None:
        given, patronymic, surname = turned.groups()
        plain = fio_order.is_plainly_turned(given, surname)
        if not plain and fio_order.is_plainly_turned(surname, given):  # «Громов Петрович Иван»
            surname, given, plain = given, surname, True
    elif (short := _SHORT.fullmatch(text)) is not None:
        surname, given, patronymic = short.groups()
        plain = fio_order.is_plain(surname, "")
    else:
        return None
    if not plain or is_foreign_patronymic(patronymic):
        return None
    return PersonName(surname, given, one_spelling(patronymic), (), gender_of(surname, given, patronymic))


def _parse_irregular(text: str) -> PersonName | None:
    text = fio_layout.mended(text)
    foreign = fio_foreign.is_foreign(text)
    reading = fio_text.readable(fio_foreign.in_russian(text) if foreign else text)
    if reading is None:
        return None
    words = fio_cases.nominative(fio_layout.with_initials_apart(list(reading.words)))
    parts = fio_order.parts_of(words, reading.shouted if words == list(reading.words) else None, foreign=foreign)
    settled = _settled(parts) if parts else None
    return _named(*settled, former=reading.former) if settled else None


def _settled(parts: fio_order.Parts) -> fio_order.Parts | None:
    """The reading that reads as itself: what only the layout of the text told must not change when the key is read again."""
    seen = [parts]
    while True:
        again = _parts_of_key(" ".join(part for part in seen[-1] if part))
        if again is None or again == seen[-1]:
            return again
        if again in seen:
            return min(seen[seen.index(again) :], key=str)
        seen.append(again)


def _parts_of_key(key: str) -> fio_order.Parts | None:
    if (regular := _parse_regular(key)) is not None:  # the same answer, sooner
        return regular.surname, regular.given, regular.patronymic
    foreign = fio_foreign.is_foreign(key)
    words = fio_text.words_of(fio_foreign.in_russian(key) if foreign else key)
    return fio_order.parts_of(fio_cases.nominative(fio_layout.with_initials_apart(words)), None, foreign=foreign)


def _named(surname: str | None, given: str | None, patronymic: str | None, former: tuple[str, ...]) -> PersonName:
    others = tuple(dict.fromkeys(one for one in former if one != surname))
    return PersonName(surname, given, patronymic and one_spelling(patronymic), others, gender_of(surname, given, patronymic))


def one_spelling(patronymic: str) -> str:
    """A comparable patronymic with -ьевич, -ьевна for -иевич, -иевна, and «оглы» apart: documents of one person have either."""
    if patronymic.endswith(("ИЕВИЧ", "ИЕВНА")):
        return patronymic[:-5] + "Ь" + patronymic[-4:]
    glued = _GLUED_SON.fullmatch(patronymic)
    return f"{glued[1]} ОГЛЫ" if glued else patronymic


def name_from_parts(surname: str | None, given: str | None, patronymic: str | None) -> PersonName:
    """The name of three registry fields, each of which may be missing, a dash, or hold more than its own word."""
    if surname and given and patronymic:
        first, second, third = (field.strip().upper().replace("Ё", "Е") for field in (surname, given, patronymic))
        if _is_plain_field(first) and _is_plain_field(second) and _is_plain_field(third):
            return PersonName(first, second, one_spelling(third), (), gender_of(first, second, third))
    surname, given, patronymic = (None if field and len(field) > LONGEST else field for field in (surname, given, patronymic))
    if surname and not given and not patronymic and " " in surname.strip():
        return parse_name(surname) or PersonName(None, None, None)
    surname, given, patronymic = (
        fio_foreign.in_russian(field) if field and fio_foreign.is_foreign(field) else field
        for field in (surname, given, patronymic)
    )
    family, former = fio_text.surname_field(surname)
    given_words = fio_text.field_words(given)
    father_words = fio_text.field_words(patronymic)
    while len(given_words) > 1 and fio_order.belongs_to_patronymic(given_words[-1], father_words):
        father_words.insert(0, given_words.pop())
    return _named(
        fio_order.surname_of(family),
        " ".join(given_words) or None,
        fio_order.patronymic_of(father_words),
        former=former,
    )


def _is_plain_field(field: str) -> bool:
    return _PLAIN_FIELD.fullmatch(field) is not None and field not in NOBODY and field not in SONSHIP


def former_surnames(text: str) -> tuple[str, ...]:
    """Comparable surnames of a cell «Прежние фамилии»: bare («Петрова, Сидорова»), in phrases or in a whole former name."""
    return fio_text.surnames_listed(text)


def with_former(name: PersonName, text: str) -> PersonName:
    """`name` with the surnames of `text`, a cell «Прежние фамилии», added to its former ones."""
    added = (*name.former_surnames, *former_surnames(text))
    return replace(name, former_surnames=tuple(dict.fromkeys(one for one in added if one != name.surname)))


__all__ = [
    "PersonName",
    "comparable",
    "fold",
    "former_surnames",
    "given_root",
    "is_initial",
    "is_patronymic",
    "name_from_parts",
    "one_spelling",
    "parse_name",
    "reads_as_surname_only",
    "same_given",
    "with_former",
]
