"""Whole columns of names read at once: SQL for the regular, Python for the distinct rest, the same answers as `parse_name`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from affil.language import fio_words as form
from affil.language.fio import PATRONYMIC_FORM, SURNAME_FORM, PersonName, name_from_parts, parse_name
from affil.language.fio_cases import INSTRUMENTAL_FORM
from affil.language.fio_given import FOREIGN_PATRONYMIC_FORM, decisive

if TYPE_CHECKING:
    import duckdb

_READ = ("surname", "given", "patronymic", "gender", "former_surnames", "name_key", "is_full")
_NOBODY = PersonName(None, None, None)


def parse_names(connection: duckdb.DuckDBPyConnection, texts: str, column: str, into: str, *, temporary: bool = True) -> None:
    """Make the table `into`: every distinct text in `column` of the table `texts` and what `parse_name` reads in it.

    Columns: text, surname, given, patronymic, gender ('m', 'f'), former_surnames (joined by '|'), name_key, is_full (all three
    parts written out). A text that is no name of a person has a row without parts.
    """
    connection.execute(_filled("fio_bulk.sql", into, temporary, texts=_quoted(texts), column=_quoted(column)))
    rest = [text for (text,) in connection.execute("SELECT text FROM _name_text WHERE NOT plain").fetchall()]
    _insert(connection, into, {"text": rest}, (parse_name(text) or _NOBODY for text in rest))
    connection.execute("DROP TABLE _name_text")


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
    rest = connection.execute(f"SELECT {', '.join(names)} FROM _name_text WHERE NOT plain").fetchall()
    columns = {name: [row[place] for row in rest] for place, name in enumerate(names)}
    _insert(connection, into, columns, (name_from_parts(*row) for row in rest))
    connection.execute("DROP TABLE _name_text")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _insert(
    connection: duckdb.DuckDBPyConnection, into: str, texts: Mapping[str, Sequence[str | None]], names: Iterable[PersonName]
) -> None:
    import numpy  # slow to import, needed only where something is left for Python

    rows = [(*name.columns().values(), name.is_full) for name in names]
    if not rows:
        return
    order = ("surname", "given", "patronymic", "name_key", "gender", "former_surnames")
    columns: dict[str, list[Any]] = {name: list(column) for name, column in texts.items()}
    columns |= {name: list(column) for name, column in zip((*order, "is_full"), zip(*rows, strict=True), strict=True)}
    connection.register("_names_read", {name: numpy.array(column, dtype=object) for name, column in columns.items()})
    try:
        casts = ", ".join(f"CAST({name} AS {'BOOLEAN' if name == 'is_full' else 'VARCHAR'})" for name in (*texts, *_READ))
        connection.execute(f"INSERT INTO {_quoted(into)} ({', '.join((*texts, *_READ))}) SELECT {casts} FROM _names_read")
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
        return f"regexp_full_match({column}, '{_re2(pattern)}')"

    def but_common(column: str, condition: str) -> str:
        return f"({column} NOT IN {common} AND {condition})"

    def listed_word(column: str, pattern: str) -> str:
        return f"({matches(column, pattern)} AND NOT regexp_matches({column}, '[ОЕ]ВА?$'))"

    return {
        "surname_form": _re2(SURNAME_FORM),
        "patronymic_form": _re2(PATRONYMIC_FORM),
        "instrumental_form": _re2(INSTRUMENTAL_FORM),
        "foreign_patronymic_form": _re2(FOREIGN_PATRONYMIC_FORM),
        "common_given": common,
        "decisive": _listed(decisive()),
        "nobody": _listed(form.NOBODY),
        "particles": _listed(form.PARTICLES),
        "sonship": _listed(form.SONSHIP),
        "given_ends_as_surname": but_common("given", matches("given", form.STRONG_FORM)),
        "surname_ends_as_surname": but_common("surname", matches("surname", form.STRONG_FORM)),
        "given_is_patronymic": f"(given IN {_listed(form.SHORT_PATRONYMICS)} OR {matches('given', form.PATRONYMIC_FORM)})",
        "given_is_beside": but_common("given", listed_word("given", form.BESIDE_FORM)),
        "surname_is_beside": but_common("surname", listed_word("surname", form.BESIDE_FORM)),
        "surname_is_of_organisation": listed_word("surname", form.ORGANISATION_FORM),
        "gender_of_surname": (
            f"CASE WHEN {matches('surname', form.FEMALE_SURNAME_FORM)} THEN 'f'"
            f" WHEN {matches('surname', form.MALE_SURNAME_FORM)} THEN 'm' END"
        ),
    }


def _re2(pattern: str) -> str:
    """A pattern of Python as DuckDB has it, whose classes know Latin letters only; the words it is asked of have А to Я."""
    return pattern.replace(r"[^\W\d_]", "[А-Я]").replace(r"[^\W\d_ГК]", "[А-ВД-ЙЛ-Я]")


def _listed(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in sorted(words)) + ")"
