"""How questionnaires spell kin: words in use for a chain, the relative's gender and the official's; the proper one first."""

from __future__ import annotations

from random import Random

# key: chain, gender of the relative, gender of the official ('*' = either)
WORDS: dict[tuple[str, str, str], list[str]] = {
    ("spouse", "f", "*"): ["жена", "супруга", "Супруга", "ЖЕНА", "супруга (жена)", "жена "],
    ("spouse", "m", "*"): ["муж", "супруг", "Супруг", "МУЖ"],
    ("spouse(former)", "f", "*"): ["бывшая жена", "бывшая супруга", "быв. жена"],
    ("spouse(former)", "m", "*"): ["бывший муж", "бывший супруг", "быв. супруг"],
    ("parent", "m", "*"): ["отец", "Отец", "папа", "отец "],
    ("parent", "f", "*"): ["мать", "Мать", "мама"],
    ("child", "m", "*"): ["сын", "Сын", "СЫН"],
    ("child", "f", "*"): ["дочь", "Дочь", "доч.", "дочка", "дочь "],
    ("sibling", "m", "*"): ["брат", "Брат", "родной брат", "брат родной"],
    ("sibling", "f", "*"): ["сестра", "Сестра", "сест", "сестра родная", "родная сестра"],
    ("parent.parent", "m", "*"): ["дедушка", "дед", "Дед"],
    ("parent.parent", "f", "*"): ["бабушка", "Бабушка"],
    ("child.child", "m", "*"): ["внук", "Внук"],
    ("child.child", "f", "*"): ["внучка", "Внучка"],
    ("spouse.parent", "m", "m"): ["тесть", "отец жены", "отец супруги", "Тесть"],
    ("spouse.parent", "f", "m"): ["тёща", "теща", "мать жены", "мать супруги"],
    ("spouse.parent", "m", "f"): ["свёкор", "свекор", "отец мужа", "отец супруга"],
    ("spouse.parent", "f", "f"): ["свекровь", "Свекровь", "мать мужа", "мать супруга"],
    ("spouse.sibling", "m", "m"): ["шурин", "брат жены", "брат супруги", "Шурин"],
    ("spouse.sibling", "f", "m"): ["свояченица", "сестра жены", "сестра супруги"],
    ("spouse.sibling", "m", "f"): ["деверь", "брат мужа", "брат супруга"],
    ("spouse.sibling", "f", "f"): ["золовка", "сестра мужа", "сестра супруга"],
    ("spouse.child", "m", "*"): ["пасынок", "Пасынок"],
    ("spouse.child", "m", "m"): ["пасынок", "сын жены", "сын супруги"],
    ("spouse.child", "f", "*"): ["падчерица"],
    ("child.spouse", "m", "*"): ["зять (муж дочери)", "муж дочери", "зять"],
    ("child.spouse", "f", "*"): ["сноха", "жена сына", "невестка (жена сына)"],
    ("sibling.child", "m", "*"): ["племянник", "Племянник"],
    ("sibling.child", "f", "*"): ["племянница", "Племянница"],
    ("sibling.spouse", "m", "*"): ["муж сестры", "Муж сестры"],
    ("sibling.spouse", "f", "*"): ["жена брата", "Жена брата"],
    ("parent.sibling", "m", "*"): ["дядя", "Дядя"],
    ("parent.sibling", "f", "*"): ["тётя", "тетя"],
    ("parent.sibling.child", "m", "*"): ["двоюродный брат", "Двоюродный брат", "двоюр. брат"],
    ("parent.sibling.child", "f", "*"): ["двоюродная сестра", "двоюр. сестра"],
    ("spouse.sibling.spouse", "m", "m"): ["свояк", "муж сестры жены"],
    ("spouse.sibling.spouse", "f", "m"): ["жена брата жены", "жена шурина"],
    ("spouse.sibling.spouse", "m", "f"): ["муж сестры мужа", "муж золовки"],
    ("spouse.sibling.spouse", "f", "f"): ["жена брата мужа", "жена деверя"],
}  # fmt: skip


def spoken(chain: str, relative: str, official: str, rng: Random, dirt: float) -> str:
    """A word for the relation; another spelling than the proper one in a part of the rows that grows with the dirt."""
    words = WORDS.get((chain, relative, official)) or WORDS[chain, relative, "*"]
    return rng.choice(words) if rng.random() < 0.6 * dirt else words[0]
