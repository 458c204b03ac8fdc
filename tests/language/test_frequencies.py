"""How many people bear a name. Bounds are told by public facts, not by the code: see each test."""

from __future__ import annotations

import os
from collections import Counter

import duckdb
import pytest

from affil.language.fio import PersonName, parse_name
from affil.language.fio_lists import list_path
from affil.language.frequencies import (
    COHORT,
    CONCENTRATED_BEARERS,
    KINDRED_GIVEN,
    KINDRED_SURNAME,
    UNSEEN_BEARERS,
    NameFrequencies,
    population,
)

WORDS = {
    "surnames": ["ИВАНОВ", "ИВАНОВА", "ПОПОВ", "ТУПИЦЫН", "ЩУКОДРЕВ", "КОВАЛЕВ", "ЧЕРНЫХ", "ШЕВЧЕНКО"],
    "givens": ["СЕРГЕЙ", "ЕЛЕНА", "ПЕТР", "С.", "ЩУКАНЬ", "ИЛЬДУС", "ДОБРЫНЯ", "А.", "АННА"],
    "patronymics": ["НИКОЛАЕВИЧ", "СЕРГЕЕВНА", "Н.", "ЩУКАНЕВИЧ", "ИЛЬДУСОВИЧ", "ПЕТРОВИЧ", "ДМИТРЬЕВИЧ"],
}


@pytest.fixture(scope="module")
def frequencies() -> NameFrequencies:
    return NameFrequencies.load(WORDS["surnames"], WORDS["givens"], WORDS["patronymics"])


def name(text: str) -> PersonName:
    parsed = parse_name(text)
    assert parsed is not None
    return parsed


def test_the_commonest_surname_is_as_common_as_in_life(frequencies: NameFrequencies) -> None:
    """Published counts of Russian surnames give Иванов 1.3 to 1.9 % of bearers."""
    assert 0.01 < frequencies.share("surname", "ИВАНОВ", "m") < 0.02


def test_common_given_names_have_shares_of_percents(frequencies: NameFrequencies) -> None:
    assert 0.03 < frequencies.share("given", "СЕРГЕЙ", "m") < 0.12
    assert 0.03 < frequencies.share("given", "ЕЛЕНА", "f") < 0.12
    assert frequencies.share("given", "ЕЛЕНА", "m") < 0.001


def test_rows_with_yo_and_ye_count_together(frequencies: NameFrequencies) -> None:
    """By another way: both spellings summed straight from the list."""
    query = "SELECT sum(count) FROM read_parquet(?) WHERE lower(text) IN ('пётр', 'петр')"
    row = duckdb.execute(query, [list_path("given")]).fetchone()
    assert row is not None
    assert frequencies.listed("given", "ПЕТР") == pytest.approx(float(row[0]))


def test_both_spellings_of_a_patronymic_count_together(frequencies: NameFrequencies) -> None:
    """By another way: «Дмитриевич», which nearly all write, and «Дмитрьевич», summed straight from the list."""
    query = "SELECT sum(count) FROM read_parquet(?) WHERE lower(text) IN ('дмитриевич', 'дмитрьевич')"
    row = duckdb.execute(query, [list_path("patronymic")]).fetchone()
    assert row is not None
    assert name("Попов Пётр Дмитриевич").patronymic == "ДМИТРЬЕВИЧ"
    assert frequencies.listed("patronymic", "ДМИТРЬЕВИЧ") == pytest.approx(float(row[0]))


def test_feminine_and_masculine_forms_count_as_one_surname(frequencies: NameFrequencies) -> None:
    assert frequencies.listed("surname", "ИВАНОВА") == frequencies.listed("surname", "ИВАНОВ") > 10_000


def test_families_of_few_words_are_those_of_the_whole_list() -> None:
    """By another way: every row of the list, grouped in Python; every 500th word and feminine form is asked for."""
    bearers, feminine = Counter[str](), dict[str, str]()
    for text, count, form in duckdb.execute("SELECT text, count, f_form FROM read_parquet(?)", [list_path("surname")]).fetchall():
        word = text.upper().replace("Ё", "Е")
        bearers[word] += count
        if form is not None:
            feminine[word] = max(feminine.get(word, ""), form.upper().replace("Ё", "Е"))
    head = {feminine[man]: man for man in sorted(feminine, key=lambda man: (bearers[man], man))}
    asked = [word for word in [*sorted(bearers)[::500], *sorted(head)[::500]] if head.get(word, word) in bearers]
    with duckdb.connect(":memory:") as connection:
        read = NameFrequencies.load(asked, [], [], connection)
    for word in asked:
        first = head.get(word, word)
        assert read.listed("surname", word) == sum(bearers[one] for one in {first, feminine.get(first, first)}), word
    assert read.totals["surname", "all"] == bearers.total()


def test_an_initial_is_the_sum_of_its_names(frequencies: NameFrequencies) -> None:
    """By another way: all given names of men that begin with С, of known gender, are nearly all of that sum."""
    query = "SELECT sum(count) FROM read_parquet(?) WHERE gender = 'm' AND upper(text)[1] = 'С'"
    row = duckdb.execute(query, [list_path("given")]).fetchone()
    assert row is not None
    men = frequencies.bearers["given", "m", "С."]
    assert float(row[0]) <= men <= float(row[0]) * 1.05
    assert frequencies.share("given", "С.", "m") > frequencies.share("given", "СЕРГЕЙ", "m")


def test_an_unseen_name_has_the_documented_floor(frequencies: NameFrequencies) -> None:
    assert frequencies.listed("surname", "ЩУКОДРЕВ") == 0
    assert frequencies.share("surname", "ЩУКОДРЕВ", "m") == UNSEEN_BEARERS / frequencies.totals["surname", "all"]
    assert frequencies.share("given", "ЩУКАНЬ", "m") == UNSEEN_BEARERS / frequencies.totals["given", "m"]


@pytest.mark.parametrize("part", ["given", "patronymic", *(["surname"] if os.environ.get("AFFIL_PROOF") else [])])
def test_shares_of_all_names_of_a_part_sum_to_about_one(part: str) -> None:
    words = [
        row[0]
        for row in duckdb.execute(
            "SELECT DISTINCT replace(upper(text), 'Ё', 'Е') FROM read_parquet(?)", [list_path(part)]
        ).fetchall()
    ]
    empty: list[str] = []
    loaded = NameFrequencies.load(*[words if part == one else empty for one in ("surname", "given", "patronymic")])
    if part == "surname":
        # A family has up to two forms with the same share: the sum over words lies between one and two, and the envelope adds.
        assert 1.0 < sum(loaded.share(part, word, None) for word in words) < 3.0
    else:
        assert sum(loaded.share(part, word, "m") for word in words) == pytest.approx(1.0, abs=0.02)


def test_expected_holders_are_population_times_shares_times_dependence(frequencies: NameFrequencies) -> None:
    """Worked out by hand from the formula of the docstring."""
    shares = (
        frequencies.share("surname", "ПОПОВ", "m")
        * frequencies.share("given", "СЕРГЕЙ", "m")
        * frequencies.share("patronymic", "НИКОЛАЕВИЧ", "m")
    )
    expected = 2_797_000 / 2 * shares * COHORT
    assert frequencies.expected_holders(name("Попов Сергей Николаевич"), "54") == pytest.approx(expected)


def test_names_outside_the_slavic_list_are_taken_together(frequencies: NameFrequencies) -> None:
    shares = (
        frequencies.share("surname", "ПОПОВ", "m")
        * frequencies.share("given", "ИЛЬДУС", "m")
        * frequencies.share("patronymic", "ИЛЬДУСОВИЧ", "m")
    )
    expected = 2_797_000 / 2 * shares * COHORT * KINDRED_GIVEN * KINDRED_SURNAME
    assert frequencies.expected_holders(name("Попов Ильдус Ильдусович"), "54") == pytest.approx(expected)


def test_a_common_full_name_has_thousands_of_holders_in_the_country_and_a_rare_one_none(frequencies: NameFrequencies) -> None:
    assert 1_000 < frequencies.expected_holders(name("Иванов Сергей Николаевич"), None) < 15_000
    assert frequencies.expected_holders(name("Щукодрев Добрыня Щуканевич"), None) < 0.01


def test_the_less_is_written_the_more_holders_are_expected(frequencies: NameFrequencies) -> None:
    texts = ["Иванов Сергей Николаевич", "Иванов С.Н.", "Иванов С."]
    holders = [frequencies.expected_holders(name(text), "54") for text in texts]
    assert holders == sorted(holders)
    assert holders[0] < frequencies.expected_holders(name("Иванов Сергей"), "54")


def test_a_region_is_smaller_than_the_country_and_unknown_codes_are_the_country() -> None:
    assert population("79") < population("54") < population("77") < population(None)
    assert population("00") == population(None)
    assert population(None) == pytest.approx(147_182_000)  # Rosstat: 147,182,123 at the census of 2021


def test_words_nobody_asked_for_change_nothing(frequencies: NameFrequencies) -> None:
    alone = NameFrequencies.load(["ИВАНОВ"], ["СЕРГЕЙ"], ["НИКОЛАЕВИЧ"])
    one = name("Иванов Сергей Николаевич")
    assert alone.expected_holders(one, "54") == pytest.approx(frequencies.expected_holders(one, "54"))


def test_a_connection_of_the_caller_is_left_open_and_clean() -> None:
    with duckdb.connect(":memory:") as connection:
        NameFrequencies.load(["ИВАНОВ"], [], [], connection)
        assert connection.execute("SHOW TABLES").fetchall() == []


FAMILIES = """
WITH words AS (
  SELECT replace(upper(text), 'Ё', 'Е') AS word, sum(count) AS bearers, max(replace(upper(f_form), 'Ё', 'Е')) AS feminine
  FROM read_parquet(?) GROUP BY ALL),
heads AS (SELECT feminine AS word, max_by(word, bearers) AS head FROM words WHERE feminine IS NOT NULL GROUP BY ALL)
SELECT sum(family ** 1.4) FROM (
  SELECT sum(bearers) AS family FROM words LEFT JOIN heads USING (word) GROUP BY coalesce(heads.head, words.word))
"""


def test_the_written_sum_over_families_is_that_of_the_list() -> None:
    row = duckdb.execute(FAMILIES, [list_path("surname")]).fetchone()
    assert row is not None
    assert float(row[0]) == pytest.approx(CONCENTRATED_BEARERS, rel=0.001)


def test_two_loads_are_equal_to_the_last_digit_whatever_the_threads() -> None:
    with duckdb.connect(":memory:", config={"threads": 1}) as one, duckdb.connect(":memory:", config={"threads": 4}) as four:
        assert NameFrequencies.load(*WORDS.values(), one) == NameFrequencies.load(*WORDS.values(), four)
