"""Words of kinship as people write them: hand-worked spellings, the reference table, typing errors, what is no kin."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affil.language.kin_vocabulary import adjectives, nouns, stop_words
from affil.language.kin_words import parse_relationship

ZYAT = "child.spouse|sibling.spouse|spouse.sibling.spouse"

# chains | gender of the relative | gender of the speaker | g = a group: spellings
SPELLINGS = {
    "spouse m f": "муж; Муж; МУЖ; муж.; мой муж; husband; второй муж; муж (2 брак); нынешний муж",
    "spouse f m": "жена; супруга; моя жена; wife; женa; Жена (домохозяйка); вторая жена",
    "spouse m": "супруг",
    "spouse - ": "супруг(а); супруг (супруга); супр.; супруг/супруга; муж/жена; муж (жена); spouse; Супруг (-а); "
    "супруг или супруга",
    "spouse(former) f m": "бывшая жена; быв. жена; бывш.жена; б/жена; б.жена; экс-жена; экс жена; жена (бывшая); жена бывшая; "
    "жена (развод 2021); жена, бывшая; ex-wife; former wife; бывшая супруга; экс-супруга; жена (в разводе); "
    "жена, брак расторгнут; "
    "разведённая жена",
    "spouse(former) m f": "бывший муж; б/муж; экс-муж; ex-husband; муж (бывший); муж (разведены)",
    "spouse(former) m": "бывший супруг; б/супруг",
    "partner m": "сожитель",
    "partner m f": "гражданский муж; гражд. муж; муж (гражданский); г/муж; фактический муж; незарегистрированный муж",
    "partner f": "сожительница",
    "partner f m": "гражданская жена; гр. жена; жена (гражданский брак); жена (в гражданском браке)",
    "partner -": "сожитель(ница); partner; cohabitant",
    "parent m": "отец; папа; отец (умер); отец родной; отец, пенсионер; отец, умер в 2001; father; Отец покойный; отец †; dad",
    "parent f": "мать; мама; мамочка; матушка; Мать (умерла); mother; mom; мaть",
    "parent -": "родитель; отец/мать; отец или мать; parent",
    "parent - - g": "родители; отец и мать; мать и отец; parents; Родители (отец, мать)",
    "child m": "сын; сынок; сын от первого брака; сын (от 1-го брака); старший сын; сын (2005 г.р.); son; "
    "сын, несовершеннолетний; "
    "сын (родной); Сын.; cын; внебрачный сын; сын 2; 1. сын",
    "child f": "дочь; дочка; доч.; доч; дочурка; доченька; дочь от предыдущего брака; младшая дочь; daughter; дочь (студентка)",
    "child -": "ребенок; ребёнок; общий ребёнок; сын/дочь; сын (дочь); child",
    "child - - g": "дети; сын и дочь; общие дети; children; несовершеннолетние дети",
    "child(adopted) m": "усыновлённый; усыновленный сын; сын (усыновлен); сын усыновлённый; adopted son",
    "child(adopted) f": "удочерённая; удочеренная дочь; дочь (удочерена); adopted daughter",
    "child(adopted) -": "усыновлённый(ая); усыновленный ребенок; adopted child; adoptee",
    "parent(adopted) m": "усыновитель; adoptive father",
    "parent(adopted) f": "усыновительница",
    "sibling m": "брат; бр.; родной брат; старший брат; брат (родной); братишка; брат родной; brother; Брат полнородный",
    "sibling f": "сестра; сес.; родная сестра; младшая сестра; сестра (родная); сестрёнка; sister",
    "sibling -": "брат/сестра; брат (сестра); брат или сестра; sibling",
    "sibling - - g": "братья и сестры; братья и сёстры; брат и сестра; братья, сестры; siblings",
    "sibling m - g": "братья",
    "sibling f - g": "сёстры; родные сестры",
    "sibling(half) m": "единокровный брат; единоутробный брат; неполнородный брат; брат по отцу; брат (по матери); half-brother; "
    "брат единокровный; брат (единоутробный)",
    "sibling(half) f": "сестра по матери; неполнородная сестра; единоутробная сестра; сестра (по линии отца)",
    "parent.spouse.child m": "сводный брат; брат (сводный); брат (не родной); не родной брат; св. брат; stepbrother; "
    "step-brother",
    "parent.spouse.child f": "сводная сестра; сестра сводная; step-sister",
    "parent.parent m": "дед; дедушка; дед по отцу; дедушка (по матери); grandfather",
    "parent.parent f": "бабушка; бабка; баб.; бабушка по линии матери; мать отца; мама мамы; grandmother",
    "parent.parent - - g": "бабушка и дедушка; дедушка и бабушка; grandparents",
    "child.child m": "внук; внук (2015 г.р.); сын дочери; grandson",
    "child.child f": "внучка; дочь сына; granddaughter",
    "child.child - - g": "внуки",
    "parent.parent.parent m": "прадед; прадедушка",
    "child.child.child f": "правнучка",
    "parent.sibling m": "дядя; дядя по матери; брат отца; брат матери; uncle; дядька; дядя (брат отца)",
    "parent.sibling f": "тётя; тетя; тётка; сестра отца; сестра матери; aunt",
    "sibling.child m": "племянник; сын брата; сын сестры; nephew; плем.",
    "sibling.child f": "племянница; дочь сестры; niece",
    "sibling.child - - g": "дети сестры; дети брата",
    "parent.sibling.child m": "2-юродный брат; 2-х юродный брат; "
    "двоюродный брат; дв. брат; двоюр. брат; брат двоюродный; брат (двоюродный); кузен; "
    "дв.бр.; сын дяди; "
    "двоюродный  брат; брат (двоюр.); двоюродный брат (сын тёти)",
    "parent.sibling.child f": "двоюродная сестра; сестра (двоюродная); кузина; дочь тети; двоюродная сестра по отцу",
    "parent.sibling.child -": "двоюродный брат/сестра; cousin; first cousin; двоюродный(ая) брат (сестра)",
    "parent.parent.sibling.child.child m": "троюродный брат; брат (троюродный); 3-юродный брат",
    "parent.parent.sibling.child m": "двоюродный дядя",
    "parent.parent.sibling f": "двоюродная бабушка; great-aunt; сестра бабушки",
    "parent.sibling.child.child m": "двоюродный племянник; сын двоюродного брата",
    "sibling.child.child m": "внучатый племянник; внук сестры; двоюродный внук; grandnephew",
    "parent.spouse m": "отчим; муж матери; stepfather; муж мамы",
    "parent.spouse f": "мачеха; жена отца; stepmother",
    "spouse.child m": "пасынок; stepson",
    "spouse.child m m": "сын жены; сын супруги; сын жены от первого брака; сын (жены)",
    "spouse.child f f": "дочь мужа; дочь мужа от 1 брака",
    "spouse.child f": "падчерица; дочь супруга; step-daughter",
    "spouse.child - - g": "дети супругов; дети супруга",
    "spouse.parent m f": "свёкор; свекор; отец мужа; папа мужа; husband's father; отец (мужа)",
    "spouse.parent f f": "свекровь; мать мужа",
    "spouse.parent m m": "тесть; отец жены; отец супруги; wife's father",
    "spouse.parent f m": "тёща; теща; мать жены; мама супруги",
    "spouse.parent - m g": "родители жены; родители супруги",
    "spouse.parent - f g": "родители мужа",
    "spouse.parent m": "father-in-law; отец супруга; отец супруга(и)",
    "spouse.sibling m m": "шурин; брат жены; брат супруги; жены брат; wife's brother; родственник (брат жены); "
    "свойственник (брат жены); "
    "брат (жены); brother of the wife; родной брат жены; шурин (брат жены)",
    "spouse.sibling f m": "свояченица; своячница; сестра жены; сестра супруги",
    "spouse.sibling m f": "деверь; брат мужа; husband's brother; брат по мужу",
    "spouse.sibling f f": "золовка; сестра мужа; мужа сестра",
    "spouse.sibling - - g": "братья и сестры супругов; братья, сестры супруга",
    f"{ZYAT} m": "зять",
    f"{ZYAT} f": "невестка",
    "child.spouse|sibling.spouse f": "сноха",
    "child.spouse m": "зять (муж дочери); муж дочери; son-in-law; зять - муж дочери; daughter's husband",
    "child.spouse f": "невестка (жена сына); жена сына; сноха (жена сына); daughter-in-law",
    "child.spouse - - g": "супруги детей",
    "sibling.spouse m": "зять (муж сестры); муж сестры; sister's husband; сестры муж",
    "sibling.spouse f": "невестка (жена брата); жена брата; brother's wife",
    "sibling.spouse - - g": "супруги братьев и сестёр; супруги братьев и сестер",
    "sibling.spouse|spouse.sibling.spouse f": "ятровь",
    "spouse.sibling.spouse m m": "свояк; муж сестры жены; муж свояченицы; wife's sister's husband; husband of the wife's sister",
    "spouse.sibling.spouse f m": "жена брата жены; жена шурина; невестка (жена шурина)",
    "spouse.sibling.spouse f f": "сношеница; жена деверя; жена брата мужа",
    "child.spouse.parent m": "сват; отец зятя (мужа дочери); отец жены сына",
    "child.spouse.parent f": "сватья; мать мужа дочери",
    "spouse.parent.parent f m": "бабушка жены",
    "spouse.parent.parent m f": "дед мужа; дедушка по мужу",
    "spouse.parent.sibling m m": "дядя жены; дядя супруги",
    "spouse.sibling.child m m": "племянник жены; сын сестры жены; сын брата супруги",
    "spouse.parent.sibling.child m f": "двоюродный брат мужа; брат мужа двоюродный",
    "parent.sibling.spouse f": "жена дяди; жена брата отца",
    "parent.sibling.child.spouse m": "муж двоюродной сестры",
    "spouse.child.spouse m": "муж падчерицы",
    "spouse(former).child m m": "сын бывшей жены",
    "spouse(former).parent m m": "бывший тесть; отец бывшей жены; б/тесть",
    "spouse(former).parent f f": "бывшая свекровь; мать бывшего мужа",
    "spouse(former).sibling m m": "бывший шурин; брат бывшей жены",
    "sibling.spouse(former) m": "бывший муж сестры",
    "spouse(former)|spouse f m": "первая жена",
    "ward|child(adopted) m": "приёмный сын; сын (приёмный)",
    "ward -": "приёмный ребёнок; ward; foster child; подопечный(ая); ребенок под опекой",
    "ward - - g": "приемные дети",
    "ward m": "подопечный",
    "ward f": "дочь (опека); подопечная",
    "guardian m": "опекун; попечитель",
    "guardian -": "приемный родитель; guardian",
    "child.parent -": "второй родитель общего ребенка; co-parent",
    "child.parent f": "мать ребенка; мать общего ребёнка; мать сына",
}  # fmt: skip
# phrases of three links, by hand: what the first word's person is to the speaker
THREE_LINKS: dict[str, str] = {
    "spouse.sibling(half) m m": "сын отца жены; сын матери супруги",
    "spouse.sibling m m": "брат сестры жены; брат брата супруги",
    "spouse.parent f m": "мать брата жены; мать сестры супруги",
    "spouse.parent m f": "отец брата мужа; отец сестры мужа",
    "sibling(half).child m": "внук отца; внук матери",
    "sibling.child f": "дочь брата сестры; сестра дочери брата",
    "parent.sibling m": "брат тёти; дядя брата; брат сестры матери",
    "parent.parent f": "бабушка сестры; мать матери брата",
    "parent.sibling.child m": "брат двоюродной сестры; сын брата отца; сын сестры матери",
    "parent.parent.sibling m": "брат матери отца; брат бабушки; дядя отца",
    "parent.parent.parent m": "отец отца матери; дед матери; отец бабушки",
    "child.child.child f": "дочь внука; дочь дочери сына; внучка дочери",
    "sibling.child.child m": "сын сына брата; сын племянницы; внук брата",
    "sibling.child.spouse m": "муж дочери сестры; муж племянницы",
    "parent.sibling.spouse m": "муж сестры отца; муж тёти",
    "sibling.spouse.sibling m": "брат мужа сестры; брат жены брата; брат зятя (мужа сестры)",
    "sibling.spouse.parent f": "мать жены брата; свекровь сестры; тёща брата",
    "sibling.spouse.child m": "сын мужа сестры; сын жены брата; пасынок сестры",
    "child.spouse.parent m": "отец мужа дочери; свёкор дочери; тесть сына",
    "child.spouse|child.child.parent f": "мать внука; мать внучки",
    "child.spouse|child.child.parent m": "отец внуков",
    "child.spouse.sibling f": "сестра жены сына; золовка дочери; свояченица сына",
    "child.spouse.child f": "дочь мужа дочери; падчерица сына",
    "spouse.parent.parent f f": "мать отца мужа; бабушка мужа; мать свёкра",
    "spouse.parent.sibling m m": "брат отца жены; брат тёщи; дядя жены",
    "spouse.sibling.child f m": "дочь брата жены; дочь шурина; дочь свояченицы",
    "spouse.sibling.spouse f f": "жена деверя; жена брата мужа",
    "spouse.child.child m f": "сын дочери мужа",
    "spouse.child.spouse f m": "жена сына жены",
    "parent.spouse.sibling m": "брат отчима; брат мужа матери",
    "parent.spouse.child f": "дочь мачехи; дочь отчима; дочь жены отца",
    "spouse(former).sibling.child m m": "племянник бывшей жены; сын брата бывшей жены",
}
CASES = [
    (spelling.strip(), meaning)
    for meaning, spellings in [*SPELLINGS.items(), *THREE_LINKS.items()]
    for spelling in spellings.split(";")
]


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize(("spelling", "meaning"), CASES, ids=[spelling for spelling, _ in CASES])
def test_spellings_by_hand(spelling: str, meaning: str) -> None:
    chains, gender, ego, group = (*meaning.split(), "-", "-", "-")[:4]
    word = parse_relationship(spelling)
    assert word is not None
    found = ("|".join(word.chains), word.gender or "-", word.ego_gender or "-", "g" if word.group else "-")
    assert found == (chains, gender, ego, group)


@pytest.mark.parametrize(
    "text",
    ["", " ", "—", "нет", "не имею", "крёстный", "крестная", "кум", "кума", "крёстный(ая), кум, кума", "брат (крёстный)", "жених",
     "невеста", "друг", "сосед", "коллега", "родственник", "свойственник", "иное", "директор", "Иванов Иван Петрович", "бывший",
     "бывший брат", "двоюродный муж", "двоюродный", "муж жены", "жена мужа", "godfather", "friend", "in-law", "12", "муж брат",
     "молочный брат", "крестник", "однофамилец", "brother wife", "домохозяйка", "учитель",
     "муж жены брата", "4-юродный брат", "СВО", "пенсионер", "сестра милосердия"],
)  # fmt: skip
def test_what_names_no_kin_is_none(text: str) -> None:
    assert parse_relationship(text) is None


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("супргуа", "супруга"), ("супруа", "супруг(а)"), ("племяница", "племянница"), ("племянникк", "племянник"),
     ("сетсра", "сестра"),
     ("сестраа", "сестра"), ("бабушкка", "бабушка"), ("свекровъ", "свекровь"), ("двоюроный брат", "двоюродный брат"),
     ("отчимм", "отчим"), ("падчерца", "падчерица"), ("родитли", "родители"), ("своченица", "свояченица"), ("золвка", "золовка"),
     ("двоюродый брат", "двоюродный брат"), ("брат супрги", "брат супруги"), ("внучкаа", "внучка"), ("husbend", "husband"),
     ("доочь", "дочь"), ("мачиха", "мачеха"), ("деверъ", "деверь"), ("бвышая жена", "бывшая жена")],
)  # fmt: skip
def test_one_typing_error_is_forgiven(typo: str, meant: str) -> None:
    word, expected = parse_relationship(typo), parse_relationship(meant)
    assert word and expected
    assert (word.chains, word.group) == (expected.chains, expected.group)


@pytest.mark.parametrize("typo", ["мжу", "сны", "жна", "сстрр", "племшшик", "снахъъ", "невеста"])
def test_two_errors_and_short_words_are_not_guessed(typo: str) -> None:
    assert parse_relationship(typo) is None


LONG = sorted(word for word in nouns() if len(word) >= 5 and " " not in word)
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


@settings(deadline=None)
@given(st.sampled_from(LONG), st.integers(0, 30), st.sampled_from(LETTERS), st.sampled_from(["drop", "add", "change"]))
def test_a_typing_error_never_makes_another_kin_word(word: str, place: int, letter: str, kind: str) -> None:
    """Of any one edit: the same meaning, or none, unless the result is itself a word."""
    at = place % len(word)
    typo = word[:at] + {"drop": "", "add": letter + word[at], "change": letter}[kind] + word[at + 1 :]
    found = parse_relationship(typo)
    if found and typo not in nouns() and typo not in adjectives():
        assert found.chains in {noun.chains for noun in nouns()[word]}


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_taken_without_a_fault(text: str) -> None:
    found = parse_relationship(text)
    assert found is None or all(found.chains)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(sorted(nouns()) + sorted(adjectives()) + ["(", ")", "/", ",", "of", "'s", "и"]), max_size=7).map(
        " ".join
    )
)
def test_any_heap_of_kin_words_is_taken_without_a_fault(text: str) -> None:
    word = parse_relationship(text)
    assert word is None or (word.chains and len(word.chains) == len(set(word.chains)))


@settings(deadline=None)
@given(st.sampled_from(CASES))
def test_case_spaces_and_yo_change_nothing(case: tuple[str, str]) -> None:
    spelling = case[0]
    plain = parse_relationship(spelling)
    for other in (spelling.upper(), f"  {spelling}\n", spelling.replace("ё", "е"), spelling.replace(" ", "\xa0")):
        assert parse_relationship(other) == plain


def test_no_word_is_both_kin_and_not() -> None:
    assert not stop_words() & (nouns().keys() | adjectives().keys())


LETTER = {"P": "parent", "C": "child", "S": "spouse", "B": "sibling", "X": "spouse(former)", "Pa": "parent(adopted)",
          "Ca": "child(adopted)", "Bh": "sibling(half)", "G": "guardian", "W": "ward", "(unregistered)": "partner"}  # fmt: skip
REFERENCE = Path(os.environ.get("AFFIL_REFERENCE", Path(__file__).parents[3] / "shared" / "reference")) / "kinship.csv"


def reference_rows() -> list[dict[str, str]]:
    if not REFERENCE.is_file():
        return []
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference table is not here")
@pytest.mark.parametrize("row", reference_rows(), ids=lambda row: row["key"])
def test_every_row_of_the_reference_table(row: dict[str, str]) -> None:
    """The Russian and the English term, the gender and the speaker's gender where the table tells them."""
    word = parse_relationship(row["ru"])
    if row["path"] == "(custom)":
        assert word is None
        return
    assert word is not None
    for path in row["path"].split(" / "):
        chain = ".".join(LETTER[letter] for letter in path.split(" (")[0].split("."))
        assert chain in word.chains
        english = parse_relationship(row["en"])
        assert row["key"] == "former_in_law" or (english and chain in english.chains)
    if row["gender"] != "*":
        assert word.gender == row["gender"]
    if row["ego_gender"] != "*" and "зять" not in row["ru"] and "невестка" not in row["ru"] and "," not in row["ru"]:
        assert word.ego_gender == row["ego_gender"]
