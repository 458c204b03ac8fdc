"""Whole columns of names: SQL and Python give the same answers. Names are generated; nobody in them is real."""

from __future__ import annotations

import random
from collections.abc import Iterator

import duckdb
import numpy
import pytest

from affil.language.fio import PersonName, name_from_parts, parse_name
from affil.language.fio_bulk import parse_name_fields, parse_names
from affil.language.fio_lists import counts
from tests.language.test_fio import GIVEN, NOT_NAMES, PATRONYMICS, REMARKS, SURNAMES, rows

PARTS = "surname, given, patronymic, gender, former_surnames, name_key, is_full"
# ruff: noqa: E501
ODD_WORDS = [
    "ГЛАВА", "НЕТ", "ДИРЕКТОР", "ШКОЛА", "ООО", "ФОН", "МИКОЛА", "ПАВЛО", "ОЛЕКСАНДР", "ГРОМОВЫМ", "ГРОМОВОЙ", "ШКОЛЬНИКОВ", "УЧАЩИНА",
    "АБРАМОВИЧ", "СТАНКЕВИЧ", "МАРИНА", "КАЛИНИНА", "РОМАН", "ИЛЬИЧ", "ОГЛЫ", "КИМ", "Ли", "Ё", "Ъ", "ЯН", "Громов-Лугов", "ЖАН-ПОЛЬ", "ВОЛОДИМИРОВИЧ",
    "ОЛЕКСАНДРОВИЧ", "МИКОЛАЙОВИЧ", "АНАТОЛИЕВИЧ", "АНАТОЛИЕВНА", "ЙОВИЧ", "Ivanov", "Иvanов", "ПЕТРОВИЧА", "УЛЫ", "МАРАТУЛЫ", "ДЕМЬЯНКУЛЫ", "",
]  # fmt: skip


def expected(name: PersonName | None) -> tuple[object, ...]:
    read = name or PersonName(None, None, None)
    return (
        read.surname, read.given, read.patronymic, read.gender, "|".join(read.former_surnames) or None, read.key, read.is_full,
    )  # fmt: skip


def drawn(seed: int, many: int) -> Iterator[tuple[str, str, str]]:
    """Names of listed and of odd words: the rare words of the lists are as odd as those written out above."""
    dice = random.Random(seed)
    lists = [[*list(counts(part))[::7], *ODD_WORDS] for part in ("surname", "given", "patronymic")]
    odd = [[*SURNAMES, *ODD_WORDS], [*GIVEN, *ODD_WORDS], [*PATRONYMICS, *ODD_WORDS]]
    for _ in range(many):
        yield tuple(dice.choice(dice.choice((one, other))) for one, other in zip(lists, odd, strict=True))  # type: ignore[misc]


def lines(seed: int, many: int) -> list[str]:
    dice = random.Random(seed)
    written = []
    for surname, given, patronymic in drawn(seed, many):
        initials = f"{given[:1]}.{patronymic[:1]}."
        text = dice.choice(
            [f"{surname} {given} {patronymic}"] * 4
            + [f"{given} {patronymic} {surname}"] * 2
            + [
                f"{surname} {initials}",
                f"{surname} {initials[:2]} {initials[2:]}",
                f"{surname}  {given} {patronymic}",
                f"{surname} {given}",
            ]
        )
        written.append(dice.choice([str, str.upper, str.lower, str.title])(text) + dice.choice(["", "", "", *REMARKS]))
    return written


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as made:
        yield made


def table(connection: duckdb.DuckDBPyConnection, **columns: list[str | None]) -> None:
    held = {name: numpy.array(["\0" if one is None else one for one in column], dtype=object) for name, column in columns.items()}
    connection.register("given_rows", held)
    cast = ", ".join(f"nullif(CAST({name} AS VARCHAR), chr(0)) AS {name}" for name in columns)
    connection.execute(f"CREATE OR REPLACE TABLE names AS SELECT {cast} FROM given_rows")
    connection.unregister("given_rows")


def test_sql_and_python_read_the_same_in_a_column_of_texts(connection: duckdb.DuckDBPyConnection) -> None:
    texts = [*lines(1, 5000), *NOT_NAMES, *(text for text, _ in rows())]
    table(connection, line=[*texts, None, texts[0]])
    parse_names(connection, "names", "line", "read")
    read = {text: tuple(parts) for text, *parts in connection.execute(f"SELECT text, {PARTS} FROM read").fetchall()}
    assert read.keys() == set(texts)
    assert read == {text: expected(parse_name(text)) for text in read}
    assert sum(parts[0] is not None for parts in read.values()) > 2500


def test_the_regular_rows_are_read_in_sql(connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("affil.language.fio_bulk.parse_name", asked.append)
    table(connection, line=[*REGULAR, "ООО Луг"])
    parse_names(connection, "names", "line", "read")
    assert asked == ["ООО Луг"]


# One of every layout that fio_bulk.sql knows: what falls out of it is read by Python, to the same end and a hundred times slower.
REGULAR = [
    "ГРОМОВ ИВАН ПЕТРОВИЧ", "Громов Ярополк Петрович", "Зелёный Пётр Анатолиевич", "громов-лугов иван ильич", "  Громов  Павел Ильич ",
    "Анна Петровна Громова", "Громов Петрович Иван", "Громов И.П.", "Громов И. П.", "Иван Громов", "Громов Иван", "ГРОМОВ ПАВЕЛ",
    "ИП Громов Фёдор Петрович", "Громов,Лев Петрович", "Громов, Лев Ильич", "Громова Анна Ильинична (урожд. Лугова)",
    "Громова Анна Львовна (ранее Лугова)", "Громова (Лугова) Анна Фоминична", "Соловьёв Игорь Ильич", "Ткач Юрий Павлович",
]  # fmt: skip


def test_of_few_names_python_reads_what_their_words_do_not_tell(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("affil.language.fio_bulk.parse_name", asked.append)
    table(connection, line=["Громов Иван Петрович", "ЗЕЛЁНАЯ АННА ИЛЬИНИЧНА", "Громов И.П.", "Анна Петровна Громова"])
    parse_names(connection, "names", "line", "read", few=2)
    assert sorted(asked) == ["Анна Петровна Громова", "Громов И.П."]
    asked.clear()
    parse_names(connection, "names", "line", "read", few=1)
    assert asked == []


def test_the_regular_fields_are_read_in_sql(connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        "affil.language.fio_bulk.name_from_parts", lambda *fields: asked.append(fields) or parse_name("Громов И.")
    )
    rows = [
        ("Громов", " Пётр ", "Фёдорович"),
        ("ЗЕЛЁНЫЙ", "ИВАН", "ИЛЬИЧ"),
        ("Громова", "Анна", "Кузьминична"),
        ("НЕТ", "НЕТ", "НЕТ"),
    ]
    table(connection, **dict(zip("abc", map(list, zip(*rows, strict=True)), strict=True)))
    parse_name_fields(connection, "names", "a", "b", "c", "read")
    assert asked == [("НЕТ", "НЕТ", "НЕТ")]
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = '_name_text'").fetchall() == [(0,)]


def test_sql_and_python_read_the_same_in_fields_of_a_registry(connection: duckdb.DuckDBPyConnection) -> None:
    fields: list[tuple[str | None, str | None, str | None]] = [
        *drawn(2, 3000),
        (None, "ИВАН", None),
        (None, None, None),
        ("ГРОМОВ", None, " "),
    ]
    columns = dict(zip("abc", (list(column) for column in zip(*fields, strict=True)), strict=True))
    table(connection, **columns)
    parse_name_fields(connection, "names", "a", "b", "c", "read")
    answers = connection.execute(f"SELECT surname_text, given_text, patronymic_text, {PARTS} FROM read").fetchall()
    assert {row[:3] for row in answers} == set(fields)
    assert [row[3:] for row in answers] == [expected(name_from_parts(*row[:3])) for row in answers]


def test_a_table_with_an_odd_name_is_read_and_may_be_kept(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute('CREATE OR REPLACE TABLE "odd ""name" AS SELECT \'Громов Иван Петрович\' AS "the text"')
    parse_names(connection, 'odd "name', "the text", "kept", temporary=False)
    assert connection.execute("SELECT surname FROM main.kept").fetchall() == [("ГРОМОВ",)]
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = '_name_text'").fetchall() == [(0,)]
