"""Conditions of SQL with the patterns and lists in them that Python reads names with; CASE asks the dear ones of few."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from affil.language import fio_words as form
from affil.language.fio import PATRONYMIC_FORM, SURNAME_FORM
from affil.language.fio_cases import INSTRUMENTAL_FORM
from affil.language.fio_foreign import UKRAINIAN_FORM
from affil.language.fio_given import FOREIGN_PATRONYMIC_FORM, decisive


@cache
def conditions() -> dict[str, str]:
    """What stands in each place of the statements fio_bulk*.sql."""
    return _forms_and_lists() | _of_given() | _of_surname() | _of_patronymic() | _of_a_word_within()


def _forms_and_lists() -> dict[str, str]:
    return {
        "surname_form": _re2(SURNAME_FORM),
        "patronymic_form": _re2(PATRONYMIC_FORM),
        "common_given": _listed(form.COMMON_GIVEN),
        "male_given": _listed(form.MALE_GIVEN),
        "nobody": _listed(form.NOBODY),
        "sonship": _listed(form.SONSHIP),
    }


def _of_given() -> dict[str, str]:
    strong = _but_common("given", _matches("given", form.STRONG_FORM))
    beside = _but_common("given", _listed_word("given", form.BESIDE_FORM))
    surname_or_patronymic = f"{strong} OR {_is_patronymic('given')} OR {beside}"
    return {"given_is_doubtful": f"({surname_or_patronymic} OR given IN {_listed(decisive())})"}


def _of_surname() -> dict[str, str]:
    female, male = _matches("surname", form.FEMALE_SURNAME_FORM), _matches("surname", form.MALE_SURNAME_FORM)
    return {
        "surname_is_patronymic": _is_patronymic("surname"),
        "surname_is_sonship": f"regexp_matches(surname, '(?:^|-)(?:{'|'.join(sorted(form.SONSHIP))})$')",
        "surname_is_ordinary": _matches("surname", form.ORDINARY_FORM),
        "surname_is_regular": _regular_surname(),
        "shortened_is_given": f"contains(' {' '.join(sorted(form.COMMON_GIVEN))} ', ' ' || surname[:-2] || ' ')",
        "gender_of_surname": f"CASE WHEN {female} THEN 'f' WHEN {male} THEN 'm' END",
    }


def _of_patronymic() -> dict[str, str]:
    foreign = _matches("patronymic", FOREIGN_PATRONYMIC_FORM)
    return {
        "patronymic_is_foreign": f"(CASE WHEN suffix(patronymic, 'ОВИЧ') THEN {foreign} ELSE false END)",
        "patronymic_as_kept": (
            "CASE WHEN right(patronymic, 5) IN ('ИЕВИЧ', 'ИЕВНА') THEN left(patronymic, -5) || 'Ь' || right(patronymic, 4)"
            " ELSE patronymic END"
        ),
        "gender_of_patronymic": "CASE WHEN suffix(patronymic, 'Ч') THEN 'm' ELSE 'f' END",
    }


def _of_a_word_within() -> dict[str, str]:
    known = f"within IN {_listed(form.COMMON_GIVEN)} OR within IN {_listed(form.NOBODY)}"
    beside, of_organisation = (_listed_word("within", one) for one in (form.BESIDE_FORM, form.ORGANISATION_FORM))
    return {
        "within_ends_as_surname": _matches("within", form.STRONG_FORM),
        "within_is_surname": f"NOT ({known} OR {beside} OR {of_organisation})",
    }


def _regular_surname() -> str:
    """A surname that is nothing else."""
    ukrainian, instrumental = _matches("surname", UKRAINIAN_FORM), _matches("surname", INSTRUMENTAL_FORM)
    beside = _but_common("surname", _listed_word("surname", form.BESIDE_FORM))
    of_organisation = _listed_word("surname", form.ORGANISATION_FORM)
    listed = " OR ".join(f"surname IN {_listed(words)}" for words in (form.NOBODY, form.PARTICLES, decisive()))
    return (
        "(CASE WHEN suffix(surname, 'ЬОВ') OR suffix(surname, 'ЙОВ') OR suffix(surname, 'ОВА')"
        f" THEN NOT {ukrainian}"
        " WHEN suffix(surname, 'ОВ') OR suffix(surname, 'ЕВ') OR suffix(surname, 'ЕВА') THEN true"
        f" ELSE NOT ({beside} OR {of_organisation} OR {instrumental} OR {ukrainian} OR {listed}) END)"
    )


def _matches(column: str, pattern: str) -> str:
    """The whole of `column` has the form of `pattern`."""
    return f"regexp_full_match({column}, '{_re2(pattern)}')"


def _is_patronymic(column: str) -> str:
    """`column` is a patronymic by its form or one of the short ones."""
    return f"({column} IN {_listed(form.SHORT_PATRONYMICS)} OR {_matches(column, form.PATRONYMIC_FORM)})"


def _but_common(column: str, condition: str) -> str:
    """`condition` holds and `column` is no common given name; the list is long, so it is asked of what the condition leaves."""
    return f"(CASE WHEN {condition} THEN {column} NOT IN {_listed(form.COMMON_GIVEN)} ELSE false END)"


def _listed_word(column: str, pattern: str) -> str:
    """`column` has the form of `pattern` and not the ending of a surname in -ов, -ев, -ова, -ева."""
    return f"(CASE WHEN {_matches(column, pattern)} THEN NOT regexp_matches({column}, '[ОЕ]ВА?$') ELSE false END)"


def _re2(pattern: str) -> str:
    """A pattern of Python as DuckDB has it, whose classes know Latin letters only; the words it is asked of have А to Я."""
    return pattern.replace(r"[^\W\d_]", "[А-Я]").replace(r"[^\W\d_ГК]", "[А-ВД-ЙЛ-Я]")


def _listed(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"
