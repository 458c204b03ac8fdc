"""Names in oblique cases, back in the nominative. Worked out by hand by the school grammar; every person is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from affil.language.fio import name_from_parts, parse_name
from affil.language.fio_cases import nominative
from affil.language.fio_lists import counts

TABLE = """
Громову Ивану Ивановичу | ГРОМОВ ИВАН ИВАНОВИЧ
Громовой Елены Сергеевны | ГРОМОВА ЕЛЕНА СЕРГЕЕВНА
назначить Громову Анну Павловну | ГРОМОВА АННА ПАВЛОВНА
с Громовым И.И. | ГРОМОВ И. И.
ГРОМОВЫМ И. И. | ГРОМОВ И. И.
Петру Петровичу Ткачёву | ТКАЧЕВ ПЕТР ПЕТРОВИЧ
Павла Ильича Зимина | ЗИМИН ПАВЕЛ ИЛЬИЧ
Льва Николаевича Толстого | ТОЛСТОЙ ЛЕВ НИКОЛАЕВИЧ
Луговского Владимира Александровича | ЛУГОВСКИЙ ВЛАДИМИР АЛЕКСАНДРОВИЧ
Черных Анны Петровны | ЧЕРНЫХ АННА ПЕТРОВНА
Шевчука Тараса Григорьевича | ШЕВЧУК ТАРАС ГРИГОРЬЕВИЧ
Тищенко Тарасу Григорьевичу | ТИЩЕНКО ТАРАС ГРИГОРЬЕВИЧ
Коваля Ивана Петровича | КОВАЛЬ ИВАН ПЕТРОВИЧ
Любови Петровне Орловой | ОРЛОВА ЛЮБОВЬ ПЕТРОВНА
Орловой Любовью Петровной | ОРЛОВА ЛЮБОВЬ ПЕТРОВНА
Ильёй Ильичом Зиминым | ЗИМИН ИЛЬЯ ИЛЬИЧ
Никиты Сергеевича Громова | ГРОМОВ НИКИТА СЕРГЕЕВИЧ
Береговому Петру Ивановичу | БЕРЕГОВОЙ ПЕТР ИВАНОВИЧ
Марии Ивановне Коваль | КОВАЛЬ МАРИЯ ИВАНОВНА
Игорем Петровичем Жуком | ЖУК ИГОРЬ ПЕТРОВИЧ
Троицкой Дарьи Ильиничны | ТРОИЦКАЯ ДАРЬЯ ИЛЬИНИЧНА
Берёзкиной-Громовой Анны Павловны | БЕРЕЗКИНА-ГРОМОВА АННА ПАВЛОВНА
о Сергее Петровиче Петрове | ПЕТРОВ СЕРГЕЙ ПЕТРОВИЧ
Соловья Дмитрия Юрьевича | СОЛОВЕЙ ДМИТРИЙ ЮРЬЕВИЧ
Белого Андрея Ивановича | БЕЛЫЙ АНДРЕЙ ИВАНОВИЧ
Рябой Юлии Андреевны | РЯБАЯ ЮЛИЯ АНДРЕЕВНА
Громову Ивану | ГРОМОВ ИВАН
Громовой Елене | ГРОМОВА ЕЛЕНА
Сидоровым Сергеем | СИДОРОВ СЕРГЕЙ
Громова Иванна | ГРОМОВА ИВАННА
Громова И.И. | ГРОМОВА И. И.
Громову И.И. | ГРОМОВУ И. И.
"""


@pytest.mark.parametrize("line", TABLE.strip().split("\n"))
def test_an_oblique_case_reads_as_the_nominative(line: str) -> None:
    text, key = line.split(" | ")
    name = parse_name(text)
    assert name is not None
    assert name.key == key


def listed(part: str, most: int) -> list[str]:
    """The words of a list that are Russian in letters, the commonest first."""
    words = ((count, word) for word, count in counts(part).items() if len(word) > 2 and re.fullmatch("[А-Я]+", word))
    return [word for _, word in sorted(words, key=lambda one: (-one[0], one[1]))[:most]]


def one_of(part: str, most: int, *ends: str) -> st.SearchStrategy[str]:
    """A word of a list; the list is read when the first is drawn, not by everybody who only looks which tests there are."""
    return st.deferred(lambda: st.sampled_from([word for word in listed(part, most) if not ends or word.endswith(ends)]))


SURNAMES, GIVEN = one_of("surname", 150_000), one_of("given", 1500)
PATRONYMICS = one_of("patronymic", 1500, "ОВИЧ", "ЕВИЧ", "ЬИЧ", "ОВНА", "ЕВНА", "ИЧНА")


@settings(max_examples=500, deadline=None)
@given(SURNAMES, GIVEN, PATRONYMICS)
@example("ИВАНОВЫМ", "ИВАН", "ПЕТРОВИЧ")
@example("ГРОМОВОЙ", "ЕЛЕНА", "ПЕТРОВНА")
def test_a_listed_name_in_the_nominative_is_left_alone(surname: str, name: str, patronymic: str) -> None:
    words = [surname, name, patronymic]
    assert nominative(words) == words
    fields = name_from_parts(surname, name, patronymic)
    assert (fields.surname, fields.given) == (surname, name)


@settings(max_examples=300, deadline=None)
@given(one_of("surname", 3000), one_of("given", 120))
def test_a_common_surname_and_given_name_in_the_nominative_are_left_alone(surname: str, name: str) -> None:
    assert nominative([surname, name]) == [surname, name]
    assert nominative([name, surname]) == [name, surname]
    assert nominative([surname, "И.", "П."]) == [surname, "И.", "П."]
