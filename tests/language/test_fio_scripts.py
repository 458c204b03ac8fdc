"""Names in other letters. What is right is worked out by hand; every person is invented."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from affil.language import fio_index
from affil.language.fio import fold, given_root, name_from_parts, parse_name, same_given
from affil.language.fio_fold import fold_encoded, fold_russian
from affil.language.fio_foreign import _TABLE_COST, _told, in_russian, is_foreign
from affil.language.fio_given import patronymic_of_father, russian_patronymic
from affil.language.fio_lists import counts
from affil.language.fio_readings import readings

# ruff: noqa: E501 - one person a line is read better than a broken one
# One person a line, the comparable name first, then ways to write it. By the tables of GOST R 52535.1, ICAO 9303, BGN/PCGN, ISO 9,
# the scholarly system, the German and Polish ones, and the Ukrainian decree 55 of 2010.
WRITTEN = """
ЖЕЛЕЗНЯКОВ ЮРИЙ ПЕТРОВИЧ | Zhelezniakov Iurii Petrovich | Zheleznyakov Yury Petrovich | Železnjakov Jurij Petrovič | Yuriy Petrovich ZHELEZNYAKOV
ЩУКИН АЛЕКСЕЙ ЮРЬЕВИЧ | Shchukin Aleksei Iurevich | Aleksei Yur'evich Shchukin | Ŝukin Aleksej Ûrʹevič | Alexey Yuryevich Shchukin | Щукін Олексій Юрійович
ЩЕРБАКОВА ДАРЬЯ ИЛЬИНИЧНА | Shcherbakova Daria Ilinichna | Ščerbakova Dar'ja Il'inična | Щербакова Дарія Іллівна | Schtscherbakowa Darja Iljinitschna
ЧЕРНЫШЕВ ФЕДОР ЛЬВОВИЧ | Chernyshev Fedor Lvovich | Chernyshyov Fyodor L'vovich | Černyšëv Fëdor Lʹvovič | Tschernyschew Fjodor Lwowitsch
ХАРИТОНОВ МИХАИЛ ЕВГЕНЬЕВИЧ | Kharitonov Mikhail Evgenevich | Charitonow Michail Jewgenjewitsch | Haritonov Mihail Evgenʹevič | Charitonow Michaił Jewgienjewicz
ЦВЕТКОВА КСЕНИЯ АНДРЕЕВНА | Tsvetkova Kseniia Andreevna | Cvetkova Ksenija Andreevna | Tsvetkova Kseniya Andreyevna | Цвєткова Ксенія Андріївна
СОЛОВЬЕВА ТАТЬЯНА ГРИГОРЬЕВНА | Soloveva Tatiana Grigorevna | Solovyova Tatyana Grigoryevna | Соловйова Тетяна Григорівна
ЗАЙЦЕВ ВЛАДИМИР НИКОЛАЕВИЧ | Zaitsev Vladimir Nikolaevich | Zaytsev Vladimir Nikolayevich | Зайцев Володимир Миколайович | Volodymyr Mykolaiovych Zaitsev
ГОНЧАРЕНКО ОЛЕГ ИГОРЕВИЧ | Honcharenko Oleh Ihorovych | Гончаренко Олег Ігорович | Goncharenko Oleg Igorevich | Ганчарэнка Алег Ігаравіч
ЛЫСЕНКО ЕЛЕНА СЕРГЕЕВНА | Lysenko Olena Serhiivna | Лисенко Олена Сергіївна | Lysenko Elena Sergeevna | Лысенка Алена Сяргееўна?
МЕЛЬНИК АЛЕКСАНДР ВАСИЛЬЕВИЧ | Melnyk Oleksandr Vasylovych | Мельник Олександр Васильович | Melnik Alexander Vasilievich | Мельнік Аляксандр Васільевіч
КОВАЛЕВ СЕРГЕЙ АНАТОЛЬЕВИЧ | Ковальов Сергій Анатолійович | Kovalyov Sergey Anatolyevich | Kovalev Sergei Anatolevich | Кавалёў Сяргей Анатольевіч
КУЗЬМИНА ЛЮБОВЬ ЯКОВЛЕВНА | Kuzmina Lyubov Yakovlevna | Kuz'mina Liubov' Iakovlevna | Кузьміна Любов Яківна
БЕЛЫЙ ПЕТР ПАВЛОВИЧ | Belyi Petr Pavlovich | Bely Pyotr Pavlovich | Belyy Piotr Pavlovich
АЛИЕВ РУСТАМ ИЛЬГАМ ОГЛЫ | Aliyev Rustam Ilgam ogly | Rustam Ilgam oğlu Aliyev
ИВАНОВ СЕРГЕЙ | Sergei Ivanov | Ivanov Sergey | Сергій Іванов | Сяргей Іваноў | Σεργκέι Ιβάνοφ | Սերգեյ Իվանով | სერგეი ივანოვი
КИМ РОМАН | Roman Kim | KIM Roman
АБРАМОВИЧ ИВАН | Ivan Abramovich | Abramovich Ivan
ИВАНОВ Ю. А. | Ivanov Yu.A. | Yu. A. Ivanov | Ivanov Iu.A. | Іванов Ю.О.?
ЖУКОВ Щ. Я. | Zhukov Shch.Ya.
АЗАРОВ НИКОЛАЙ | Микола Азаров | Mykola Azarov
ПЕТРОВА АННА ИВАНОВНА | Петрова Анна Iвановна | PETROVA, Anna Ivanovna
"""


def written() -> list[tuple[str, str]]:
    lines = (line.split(" | ") for line in WRITTEN.strip().split("\n"))
    return [(text, key) for key, *texts in lines for text in texts if not text.endswith("?")]


@pytest.mark.parametrize(("text", "key"), written(), ids=lambda value: str(value))
def test_a_name_in_other_letters_reads_as_the_russian_one(text: str, key: str) -> None:
    name = parse_name(text)
    assert name is not None
    assert name.key == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan Popov", "Ivan Popkov"),
        ("Petrov Ivan Sergeevich", "Petrov Petr Sergeevich"),
        ("Petrov Ivan Sergeevich", "Petrov Ivan Andreevich"),
        ("Petrov Ivan Olegovich", "Petrova Ivan Olegovich"),
        ("Alyona Ivanova", "Elena Ivanova"),
        ("Марія Гончаренко", "Марина Гончаренко"),
        ("Chernov Oleg", "Chernykh Oleg"),
        ("Zhukov Oleg", "Shukov Oleg"),
        ("Сергій Бойко", "Сергій Бойчук"),
    ],
)
def test_other_people_stay_apart_in_other_letters(one: str, other: str) -> None:
    first, second = parse_name(one), parse_name(other)
    assert first is not None
    assert second is not None
    assert first.key != second.key
    assert [fold(part or "") for part in (first.surname, first.given, first.patronymic)] != [
        fold(part or "") for part in (second.surname, second.given, second.patronymic)
    ]


@pytest.mark.parametrize("text", ["LLC Rosa", "Rosa Ltd", "Сапфир GmbH", "https://", "e-mail"])
def test_what_is_no_person_in_latin_letters_stays_none(text: str) -> None:
    assert parse_name(text) is None


def test_fields_of_a_registry_in_other_letters() -> None:
    assert name_from_parts("ZHELEZNIAKOV", "IURII", "PETROVICH").key == "ЖЕЛЕЗНЯКОВ ЮРИЙ ПЕТРОВИЧ"
    assert name_from_parts("Щукін", "Олексій", "Юрійович").key == "ЩУКИН АЛЕКСЕЙ ЮРЬЕВИЧ"


@pytest.mark.parametrize(
    "words",
    [
        "НАТАЛЬЯ Наталия Nataliia Natalya",
        "СОФЬЯ София Sofia Софія Sophia",
        "ГЕННАДИЙ Генадий Gennady Геннадій",
        "ДАНИИЛ Данил Daniil",
        "НИКОЛАЙ Микола Mykola Nikolay Мікалай",
        "ЕЛЕНА Олена Olena Elena",
        "ВЛАДИМИР Володимир Уладзімір Volodymyr Wladimir",
        "ЕВГЕНИЙ Євген Eugene Yevgeny Jewgeni",
        "АЛЕКСАНДР Олександр Alexander Aliaksandr",
        "АНАСТАСИЯ Анастасия Anastasiya",
    ],
)
def test_writings_of_one_given_name_have_one_root(words: str) -> None:
    first, *others = words.split()
    assert {given_root(word) for word in others} == {first}
    assert all(same_given(first, word) and same_given(word, first) for word in others)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Алёна", "Елена"), ("Егор", "Юрий"), ("Егор", "Георгий"), ("Ян", "Иван"), ("Марина", "Мария"), ("И.", "И."), ("И.", "Иван"),
     ("Валерий", "Валентин"), ("Алексей", "Александр"), ("Светлана", "Снежана"), ("Ренат", "Ринат")],
)  # fmt: skip
def test_two_names_of_one_family_are_two(one: str, other: str) -> None:
    assert not same_given(one, other)


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("СЕРГЕЙ", "СЕРГЕЕВИЧ", "СЕРГЕЕВНА"),
        ("АНАТОЛИЙ", "АНАТОЛЬЕВИЧ", "АНАТОЛЬЕВНА"),
        ("ИГОРЬ", "ИГОРЕВИЧ", "ИГОРЕВНА"),
        ("ИЛЬЯ", "ИЛЬИЧ", "ИЛЬИНИЧНА"),
        ("ПАВЕЛ", "ПАВЛОВИЧ", "ПАВЛОВНА"),
        ("ОЛЕГ", "ОЛЕГОВИЧ", "ОЛЕГОВНА"),
    ],
)
def test_a_patronymic_is_made_of_the_father_s_name(father: str, son: str, daughter: str) -> None:
    assert patronymic_of_father(father, female=False) == son
    assert patronymic_of_father(father, female=True) == daughter


def icao(word: str) -> str:
    """A Russian word by ICAO Doc 9303, the passports of today: written out here, not taken from the program."""
    table = dict(
        zip(
            "абвгдежзийклмнопрстуфыэ",
            ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "y", "e"],
            strict=True,
        )
    )
    table |= {"х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia", "ё": "e"}
    return "".join(table[letter] for letter in word.lower())


COMMON = sorted(word for word, count in counts("surname").items() if count > 400 and word.isalpha())
GIVEN = sorted(word for word, count in counts("given").items() if count > 3000 and word.isalpha())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(COMMON), st.sampled_from(GIVEN))
@example("ЩЕРБАКОВА", "ЮЛИЯ")
def test_a_common_russian_name_comes_back_from_its_passport_spelling(surname: str, name: str) -> None:
    read = parse_name(f"{icao(surname).upper()} {icao(name).upper()} {icao('Олегович').upper()}")
    assert read is not None
    assert read.surname is not None
    assert (fold(read.surname), read.patronymic) == (fold(surname), "ОЛЕГОВИЧ")
    assert same_given(read.given or "", name)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="AaIiYyJjШшщcCzhsowÉéŝčžІіїєўґ'’ʹ .-,()ΣσαԱაМм\n", max_size=30))
@example("Ihor Ігор Игорь")
@example("'")
@example("ß")
def test_any_text_in_other_letters_is_read_without_error_and_to_a_stable_key(text: str) -> None:
    name = parse_name(text)
    if name is None:
        return
    assert name.key is not None
    again = parse_name(name.key)
    assert again is not None
    assert again.key == name.key


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=1, max_size=12))
def test_the_fold_of_a_fold_of_a_russian_word_is_itself_in_latin_signs(word: str) -> None:
    assert fold_russian(word) == fold_russian(word.upper())
    assert all(sign.isascii() for sign in fold_russian(word))
    assert fold(word) == fold_russian(word.replace("ё", "е"))


def test_russian_text_is_not_foreign_and_look_alikes_are_left_to_the_letters() -> None:
    for text in ("Громов Иван Петрович", "ГPOMOB ИBAH ПETPOBИЧ", "Громов A.C.", "MAPKOBA АННА ПЕТРОВНА", "Ткач-Бойко Олеся"):
        assert not is_foreign(text)
    assert in_russian("Ivanov Ivan") == "Иванов Иван"


def test_the_index_is_made_for_foreign_names_only_and_can_be_given_back() -> None:
    code = "import sys, affil.language.fio as f; f.parse_name('Громов Иван (Лугов) Петрович'); sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert fio_index.spellings(["ivanov"])["ivanov"][0][0] == "ИВАНОВ"
    fio_index.forget()
    assert fio_index.spellings(["ivanov"])["ivanov"][0][0] == "ИВАНОВ"


def test_the_fold_of_many_words_is_that_of_each() -> None:
    words = [
        word.upper().replace("Ё", "Е") for word in ("Щукин", "Юсупов", "Майя", "Подъячий", "Соловьев", "Ильин-Яшин", "Гурийий")
    ]
    folded = fold_encoded("\n".join(words).encode("cp1251"))
    assert folded.decode("ascii").split("\n") == [fold_russian(word) for word in words]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Лугощенко Ольга Ивановна", "Luhoshchenko Olha Ivanivna"),
        ("Мозговой Олег Петрович", "Mozghovyi Oleh Petrovych"),
        ("Тягнибаев Олег", "Oleh Tiahnybaiev"),
        ("Луговская Ирина Петровна", "Luhovska Iryna Petrivna"),
    ],
)
def test_ukrainian_by_its_own_latin_rules_meets_the_russian(one: str, other: str) -> None:
    assert parts(one) == parts(other)


@pytest.mark.parametrize("text, key", [("Лугорський Модест", "ЛУГОРСКИЙ МОДЕСТ"), ("Соловйов Пётр Ильич", "СОЛОВЬЕВ ПЕТР ИЛЬИЧ")])
def test_endings_of_ukrainian_surnames_show_the_language(text: str, key: str) -> None:
    name = parse_name(text)
    assert name is not None and name.key == key


def test_a_russian_patronymic_beside_a_ukrainian_name_asks_no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("affil.language.fio_index.spellings", lambda folds: pytest.fail(f"asked for {folds}"))
    name = parse_name("Громова Олександра Айратовна")
    assert name is not None and name.key == "ГРОМОВА АЛЕКСАНДРА АЙРАТОВНА"


def parts(text: str) -> list[str]:
    name = parse_name(text)
    assert name is not None
    return [fold(part) for part in (name.surname, name.given, name.patronymic) if part]


def test_nobody_is_called_after_a_mother() -> None:
    """A patronymic is made of the father's name (СК ст. 58 п. 2)."""
    assert russian_patronymic("tetianoviq", latin=False) is None
    assert russian_patronymic("petroviq", latin=False) == "ПЕТРОВИЧ"


def test_a_reading_just_dear_enough_is_still_looked_up() -> None:
    """The most a reading may cost to be sought among given names; dearer ones are far-fetched."""
    assert _told({"ivan": (_TABLE_COST, "иван")}, latin=False) == "ИВАН"
    assert _told({"ivan": (_TABLE_COST + 0.01, "иван")}, latin=False) is None


def test_after_a_hushing_consonant_an_o_may_be_io() -> None:
    assert "пчелкин" in {word for _, word in readings("pcholkin", "latin")}
    assert "петрев" not in {word for _, word in readings("petrov", "latin")}
