"""Whole columns of names read at once: SQL for the regular, Python for the distinct rest, the same answers as `parse_name`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from affil.language import fio_words as form
from affil.language.fio import PATRONYMIC_FORM, SURNAME_FORM, PersonName, name_from_parts, parse_name
from affil.language.fio_cases import INSTRUMENTAL_FORM
from affil.language.fio_foreign import UKRAINIAN_FORM
from affil.language.fio_given import FOREIGN_PATRONYMIC_FORM, decisive

if TYPE_CHECKING:
    import duckdb

_COLUMNS = tuple(PersonName(None, None, None).columns())
_NOBODY = PersonName(None, None, None)


def parse_names(
    connection: duckdb.DuckDBPyConnection, texts: str, column: str, into: str, *, temporary: bool = True, few: int = 0
) -> None:
    """Make the table `into`: every distinct text in `column` of the table `texts` and what `parse_name` reads in it.

    Columns: text, surname, given, patronymic, gender ('m', 'f'), former_surnames (joined by '|'), name_key, is_full (all three
    parts written out). A text that is no name of a person has a row without parts. So many texts as `few`, where their words do
    not tell at once, are left to Python: to plan the SQL for them would take longer.
    """
    connection.execute(_filled("fio_bulk_words.sql", into, temporary, texts=_quoted(texts), column=_quoted(column)))
    left = "surname IS NULL OR given IS NULL OR patronymic IS NULL"
    [(many,)] = connection.execute(f"SELECT count(*) FROM _name_words WHERE {left}").fetchall()
    if many > few:
        connection.execute(_filled("fio_bulk.sql", into, temporary))
    else:
        connection.execute(
            f"CREATE OR REPLACE TEMPORARY TABLE _name_text AS SELECT text, false AS plain FROM _name_words WHERE {left}"
        )
    rest = connection.execute("SELECT rowid, text FROM _name_text WHERE NOT plain ORDER BY rowid").fetchall()
    _insert(connection, into, ("text",), [row[0] for row in rest], (parse_name(text) or _NOBODY for _, text in rest))
    connection.execute("DROP TABLE _name_text; DROP TABLE _name_words")


def parse_name_fields(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    surname: str,
    given: str,
    patronymic: str,
    into: str,
    *,
    temporary: bool = True,
) -> None:
    """Make the table `into`: every distinct row of three name columns of `table` and what `name_from_parts` reads in it.

    Columns: surname_text, given_text, patronymic_text as they stand (each may be NULL), then those of `parse_names`.
    """
    fields = {"surname_field": _quoted(surname), "given_field": _quoted(given), "patronymic_field": _quoted(patronymic)}
    connection.execute(_filled("fio_bulk_fields.sql", into, temporary, texts=_quoted(table), **fields))
    names = ("surname_text", "given_text", "patronymic_text")
    rest = connection.execute(f"SELECT rowid, {', '.join(names)} FROM _name_text WHERE NOT plain ORDER BY rowid").fetchall()
    _insert(connection, into, names, [row[0] for row in rest], (name_from_parts(*fields) for _, *fields in rest))
    connection.execute("DROP TABLE _name_text")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _insert(
    connection: duckdb.DuckDBPyConnection, into: str, texts: Sequence[str], places: Sequence[int], names: Iterable[PersonName]
) -> None:
    """Write the `names` of the rows of _name_text at `places`, whose columns `texts` go with them."""
    import numpy  # slow to import, needed only where something is left for Python

    if not places:
        return
    read = [(name.is_full, *name.columns().values()) for name in names]
    full, *parts = zip(*read, strict=True)
    batch: dict[str, Any] = {"place": numpy.array(places, dtype="int64"), "is_full": numpy.array(full, dtype=bool)}
    # A column that begins with None is refused; no part of a name is empty, so '' stands for None on the way.
    batch |= {
        name: numpy.array([part or "" for part in column], dtype=object) for name, column in zip(_COLUMNS, parts, strict=True)
    }
    connection.register("_names_read", batch)
    try:
        values = ", ".join(f"nullif(CAST(_names_read.{name} AS VARCHAR), '')" for name in _COLUMNS)
        connection.execute(
            f"INSERT INTO {_quoted(into)} ({', '.join((*texts, *_COLUMNS))}, is_full)"
            f" SELECT {', '.join(texts)}, {values}, is_full"
            " FROM _names_read JOIN _name_text ON _name_text.rowid = place"
        )
    finally:
        connection.unregister("_names_read")


def _filled(name: str, into: str, temporary: bool, **places: str) -> str:
    text = _sql(name)
    for place, value in ({"into": _quoted(into), "temporary": "TEMPORARY" if temporary else ""} | places).items():
        text = text.replace("{" + place + "}", value)
    return text


@cache
def _sql(name: str) -> str:
    """The SQL with the patterns and lists in their places that Python reads names with."""
    text = (files("affil.language") / name).read_text(encoding="utf-8")
    for place, value in _conditions().items():
        text = text.replace("{" + place + "}", value)
    return text


@cache
def _conditions() -> dict[str, str]:
    common = _listed(form.COMMON_GIVEN)

    def matches(column: str, pattern: str) -> str:
        """SQL: the whole of `column` has the form of `pattern`."""
        return f"regexp_full_match({column}, '{_re2(pattern)}')"

    def is_patronymic(column: str) -> str:
        """SQL: `column` is a patronymic by its form or one of the short ones."""
        return f"({column} IN {_listed(form.SHORT_PATRONYMICS)} OR {matches(column, form.PATRONYMIC_FORM)})"

    def but_common(column: str, condition: str) -> str:
        """SQL: `condition` holds and `column` is no common given name."""
        # the list is long, so it is asked of what the pattern leaves
        return f"(CASE WHEN {condition} THEN {column} NOT IN {common} ELSE false END)"

    def listed_word(column: str, pattern: str) -> str:
        """SQL: `column` has the form of `pattern` and not the ending of a surname in -ов, -ев, -ова, -ева."""
        return f"(CASE WHEN {matches(column, pattern)} THEN NOT regexp_matches({column}, '[ОЕ]ВА?$') ELSE false END)"

    return {
        "surname_form": _re2(SURNAME_FORM),
        "patronymic_form": _re2(PATRONYMIC_FORM),
        "common_given": common,
        "nobody": _listed(form.NOBODY),
        "sonship": _listed(form.SONSHIP),
        "given_is_doubtful": (
            f"({but_common('given', matches('given', form.STRONG_FORM))} OR {is_patronymic('given')}"
            f" OR {but_common('given', listed_word('given', form.BESIDE_FORM))} OR given IN {_listed(decisive())})"
        ),
        "surname_ends_as_surname": but_common("surname", matches("surname", form.STRONG_FORM)),
        "surname_is_patronymic": is_patronymic("surname"),
        "surname_is_sonship": f"regexp_matches(surname, '(?:^|-)(?:{'|'.join(sorted(form.SONSHIP))})$')",
        "surname_is_regular": _regular_surname(
            but_common("surname", listed_word("surname", form.BESIDE_FORM)), listed_word("surname", form.ORGANISATION_FORM)
        ),
        "patronymic_is_foreign": (
            f"(CASE WHEN suffix(patronymic, 'ОВИЧ') THEN {matches('patronymic', FOREIGN_PATRONYMIC_FORM)} ELSE false END)"
        ),
        "patronymic_as_kept": (
            "CASE WHEN right(patronymic, 5) IN ('ИЕВИЧ', 'ИЕВНА') THEN left(patronymic, -5) || 'Ь' || right(patronymic, 4)"
            " ELSE patronymic END"
        ),
        "gender_of_patronymic": "CASE WHEN suffix(patronymic, 'Ч') THEN 'm' ELSE 'f' END",
        "male_given": _listed(form.MALE_GIVEN),
        "shortened_is_given": f"contains(' {' '.join(sorted(form.COMMON_GIVEN))} ', ' ' || surname[:-2] || ' ')",
        "surname_is_ordinary": matches("surname", form.ORDINARY_FORM),
        "within_ends_as_surname": matches("within", form.STRONG_FORM),
        "within_is_surname": (
            f"NOT (within IN {common} OR within IN {_listed(form.NOBODY)} OR {listed_word('within', form.BESIDE_FORM)}"
            f" OR {listed_word('within', form.ORGANISATION_FORM)})"
        ),
        "gender_of_surname": (
            f"CASE WHEN {matches('surname', form.FEMALE_SURNAME_FORM)} THEN 'f'"
            f" WHEN {matches('surname', form.MALE_SURNAME_FORM)} THEN 'm' END"
        ),
    }


def _regular_surname(beside: str, of_organisation: str) -> str:
    """SQL of a surname that is nothing else; CASE and not OR, for the dear conditions are asked of few."""
    matches = "regexp_full_match(surname, '{}')".format
    return (
        "(CASE WHEN suffix(surname, 'ЬОВ') OR suffix(surname, 'ЙОВ') OR suffix(surname, 'ОВА')"
        f" THEN NOT {matches(_re2(UKRAINIAN_FORM))}"
        " WHEN suffix(surname, 'ОВ') OR suffix(surname, 'ЕВ') OR suffix(surname, 'ЕВА') THEN true"
        f" ELSE NOT ({beside} OR {of_organisation} OR {matches(_re2(INSTRUMENTAL_FORM))} OR {matches(_re2(UKRAINIAN_FORM))}"
        f" OR surname IN {_listed(form.NOBODY)} OR surname IN {_listed(form.PARTICLES)} OR surname IN {_listed(decisive())}) END)"
    )


def _re2(pattern: str) -> str:
    """A pattern of Python as DuckDB has it, whose classes know Latin letters only; the words it is asked of have А to Я."""
    return pattern.replace(r"[^\W\d_]", "[А-Я]").replace(r"[^\W\d_ГК]", "[А-ВД-ЙЛ-Я]")


def _listed(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"
