"""How names of organisations agree, on dirt as tables have it. All names are invented; what is expected was judged by reading."""

from __future__ import annotations

import glob
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rapidfuzz.distance import OSA
from real_samples import SAMPLES

from affil.language.companies import company_key
from affil.language.company_names import CompanyName, agreement, is_common, near_keys, near_sound, parse_company

ONE_KEY = [
    [
        "ООО «Зимородок»",
        "ООО „Зимородок“ (ИНН 7701234567)",
        'О.О.О. "Зимородок"',
        '000 "Зимородок"',
        "ОООЗимородок",
        "OOO ''Зимородок''",
        'Общество с ограниченой ответсвенностью "Зимородок"',
        "Общество с огр. отв. Зимородок",
        "общество с ограниченной отв. «Зимородок»",
        "Филиал ООО «Зимородок» в г. Энске",
        "Энский филиал ООО «Зимородок»",
        'ООО "Зимородок" - Энский филиал',
        "ОП ООО Зимородок",
        "Обособленное подразделение Общества с ограниченной ответственностью «Зимородок» в городе Энск",
        "«Зимородок» (ООО)",
        "LLC Зимородок",
        'ООО "ЗИМОРОДОК", ИНН/КПП 7701234567/770101001',
        "ООО ««Зимородок»»",
        "Зимородок  ООО",
        "ООО «Зимородок» ОГРН 1024200000010",
    ],
    ["ООО УК «Гнездо»", "ООО «Управляющая компания «Гнездо»", 'ООО "УК "Гнездо"'],
    ["ООО ЧОП «Ястреб»", "Общество с ограниченной ответственностью Частное охранное предприятие «Ястреб»"],
    ["МБУ «Роща»", "Муниципального бюджетного учреждения «Роща»", "МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ «РОЩА»"],
    [
        "МБОУ «СОШ № 5»",
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 5»",
        "МБОУ СОШ #5",
        "МБОУ СОШ N5",
    ],
    [
        "АО «Птицефабрика «Удодская»",
        "АКЦИОНЕРНОЕ ОБЩЕСТВО ПТИЦЕФАБРИКА УДОДСКАЯ",
        "Акционерного общества «Птицефабрика „Удодская“»",
    ],
]
JUDGED = [
    ("ООО «Строй Сервис Юг»", "ООО «СтройСервисЮг»", "near"),
    ("ООО «Строй-Сервис»", "ООО СтройСервис", "near"),
    ("Зимородок", "ООО «Зимородок»", "no_form"),
    ("АО «Зимородок»", "ООО «Зимородок»", "near"),
    ("ОАО «Зимородок»", "ПАО «Зимородок»", "same"),
    ("ЗАО «Зимородок»", "АО «Зимородок»", "same"),
    ("ООО «Zimorodok»", "ООО «Зимородок»", "near"),
    ("LLC Sitronix-Bird", "ООО «Ситроникс-Бирд»", "near"),
    ("ООО «Зиморадок»", "ООО «Зимородок»", "near"),
    ("ООО «Юг Зимородок»", "ООО «Зимородок Юг»", "near"),
    ("МБОУ СОШ № 5", "МБОУ СОШ № 5 г. Энска", "near"),
    ("МБОУ СОШ № 5", "МБОУ «СОШ № 5 имени И. И. Чижова»", "near"),
    ("МБОУ СОШ № 5 Энского района", "МБОУ СОШ № 5", "near"),
    ("МБОУ СОШ № 5", "МБОУ СОШ № 6", "different"),
    ("ООО «Вега»", "ООО «Мега»", "different"),
    ("ООО «Вектор»", "ООО «Вектор-М»", "different"),
    ("ООО «Трансмаркет-45»", "ООО «Трансмаркет-54»", "different"),
    ("ООО", "ООО", "different"),
    ("", "ООО «Зимородок»", "different"),
]


@pytest.mark.parametrize("names", ONE_KEY, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names: list[str]) -> None:
    assert {company_key(name) for name in names} == {company_key(names[0])}


def test_different_organisations_have_different_keys() -> None:
    keys = [company_key(names[0]) for names in ONE_KEY]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("one", "other", "how"), JUDGED)
def test_how_two_names_agree(one: str, other: str, how: str) -> None:
    assert agreement(one, other) == agreement(other, one) == how


NEAR = [pair[:2] for pair in JUDGED if pair[2] == "near"]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_a_near_name_is_found_by_its_keys(one: str, other: str) -> None:
    a, b = parse_company(one), parse_company(other)
    assert set(near_keys(a)) & set(near_keys(b)) or OSA.distance(near_sound(a), near_sound(b)) == 1


def test_a_branch_that_is_the_name_itself_stays() -> None:
    assert company_key("ООО «Филиал»") == "ООО ФИЛИАЛ"
    assert company_key("Филиал № 3") == "ФИЛИАЛ 3"


def test_names_many_bear_are_known() -> None:
    assert is_common(parse_company("ООО «Вектор»")) and is_common(parse_company("ООО «Альянс-Строй»"))
    assert not is_common(parse_company("ООО «Трансмаркетплюс-45»")) and not is_common(CompanyName("ООО", ()))


WORDS = [
    "ООО",
    "О.О.О.",
    "000",
    "Общество с ограниченой ответственностью",
    "филиал",
    "Энский",
    "в г. Энске",
    "ОП",
    "МБОУ",
    "школа",
    "№ 9",
    "«",
    "»",
    "-",
    "N",
    "а.",
    "Bird",
    "Зимородок",
    "Вектор",
    "г.",
    "УК",
    "LLC",
    "ИНН 7701234567",
    "частное охранное предприятие",
    "ЧОП",
    "К",
    "Ф",
    "Х",
    "представительство",
]
NAMES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@given(NAMES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert company_key(company_key(name)) == company_key(name)
    assert parse_company(company_key(name)) == parse_company(name)


@given(NAMES, NAMES)
def test_agreement_is_symmetric_and_its_own_is_the_best(one: str, other: str) -> None:
    assert agreement(one, other) == agreement(other, one)
    assert agreement(one, one) == ("same" if parse_company(one).proper else "different")
    assert agreement(one, company_key(one)) == agreement(one, one)


@pytest.mark.skipif(not (SAMPLES / "egrul").exists(), reason="the folder of real extracts is not here")
def test_real_full_and_short_names_agree_more_than_names_of_others() -> None:
    """The full and the short name of a company say the same; no two organisations' names do."""
    pairs = []
    for file in sorted(glob.glob(str(SAMPLES / "egrul" / "VO_*.xml"))):
        for names in etree.parse(file).iter("{*}СвНаимЮЛ"):
            short = names.get("НаимЮЛСокр") or next((one.get("НаимСокр") for one in names.iter("{*}СвНаимЮЛСокр")), None)
            pairs += [(names.get("НаимЮЛПолн"), short)] if short and names.get("НаимЮЛПолн") else []
    companies = [pair for pair in pairs if pair[0].startswith("ОБЩЕСТВО С ОГР")]
    assert companies and {agreement(*pair) for pair in companies} == {"same"}
    assert not [
        1 for (one, _), (other, _) in itertools.combinations(pairs, 2) if one != other and agreement(one, other) == "same"
    ]
