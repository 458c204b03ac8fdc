"""What the engine must find in the district and what it must not, in the words of the outside contract."""
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tie:
    """A tie that must be found; `kinship` is None where names alone speak for it."""

    official: str
    relative: str
    supplier: str
    rule: str
    purchase: str
    kinship: str | None
    control: str
    grade: str
    in_force: bool | str = True
    share: str = ""
    why: str = ""


@dataclass(frozen=True)
class Miss:
    """What must not be found; with `below`, a finding of less confidence than that does no harm."""

    official: str
    relative: str
    supplier: str
    rule: str
    why: str
    below: float | None = None


SELF = "—"

TIES = (
    Tie("Кружилин Назар Фомич", SELF, "Кружилин Назар Фомич", "self-sole-proprietor-supplier", "self-ip", "self", "sole-proprietor", "A"),
    Tie("Савинов Герман Эдуардович", SELF, "Савинов-Проект", "self-director-supplier", "self-director", "self", "director", "A"),
    Tie("Носков Аристарх Петрович", SELF, "Аквасервис", "self-founder-supplier", "self-3", "self", "small-share", "A", share="3/100"),
    Tie("Тихомиров Евгений Борисович", SELF, "Правовой дом", "self-founder-supplier", "self-10", "self", "small-share", "A", share="1/10"),
    Tie("Тихомиров Евгений Борисович", SELF, "Правовой дом", "article39-tie", "self-10", "self", "small-share", "A", share="1/10",
        why="any share of a commission member counts"),
    Tie("Берестов Олег Викторович", "Берестова Ксения Игоревна", "Зелёный двор", "spouse-supplier", "wife", "spouse", "director", "A"),
    Tie("Лаврентьева Изольда Павловна", "Лаврентьев Родион Глебович", "Заречсервис", "spouse-supplier", "managing", "spouse", "manager", "A",
        why="the husband runs «УК Опора», which is the executive body of the supplier (СвУпрОрг)"),
    Tie("Фомичёв Илларион Петрович", "Фомичёва Злата Андреевна", "Фомичёва Злата Андреевна", "spouse-supplier", "spec-wife", "spouse",
        "sole-proprietor", "A"),
    Tie("Дорохова Ульяна Сергеевна", "Дорохов Марк Антонович", "Дорохов Марк Антонович", "spouse-supplier", "manager-husband", "spouse",
        "sole-proprietor", "A"),
    Tie("Дорохова Ульяна Сергеевна", "Дорохов Марк Антонович", "Дорохов Марк Антонович", "article31-tie", "manager-husband", "spouse",
        "sole-proprietor", "A", why="contract manager"),
    Tie("Громов Денис Олегович", "Иванова Елена Сергеевна", "Салют-Безопасность", "spouse-supplier", "frequent", "spouse", "director", "D",
        why="full name only, a frequent one: low confidence"),
    Tie("Саблина Юлия Аркадьевна", "Саблин Мирон Аркадьевич", "Салют-Безопасность", "kin-not-in-questionnaire-name-pattern", "frequent", None,
        "owner", "D", share="1/1", why="a rare surname and the patronymic agree, her questionnaire names no such person: for information, to ask"),
    Tie("Никонов Павел Ефимович", "Никонова Снежана Валерьевна", "Теплосеть-Монтаж", "former-spouse-supplier", "ex-wife", "spouse(former)",
        "director", "A"),
    Tie("Ильина Софья Владленовна", "Ильина Клавдия Устиновна", "Школьное питание плюс", "close-kin-supplier", "mother", "parent", "owner", "A",
        share="2/5", why="share written as ДробДесят 0.4"),
    Tie("Зимина Тамара Осиповна", "Зимин Ярослав Денисович", "Зимин Ярослав Денисович", "close-kin-supplier", "son", "child",
        "sole-proprietor", "A"),
    Tie("Ракитин Антон Дмитриевич", "Селезнёв Платон Олегович", "Гранит-Сервис", "close-kin-supplier", "half-brother", "sibling(half)",
        "director", "A"),
    Tie("Стрельникова Майя Георгиевна", "Лопатина Рената Георгиевна", "Архивариус", "close-kin-supplier", "sister-25", "sibling", "owner", "A",
        share="1/4", why="no РазмерДоли: 2 500 of the capital of 10 000"),
    Tie("Стрельникова Майя Георгиевна", "Лопатина Рената Георгиевна", "Архивариус", "article31-tie", "sister-25", "sibling", "owner", "A",
        share="1/4", why="head of contract service"),
    Tie("Вершинин Аркадий Львович", "Вершинин Захар Львович", "Торговый дом Заречный", "close-kin-supplier", "brother-wins", "sibling",
        "director", "A"),
    Tie("Вершинин Аркадий Львович", "Вершинин Захар Львович", "Торговый дом Заречный", "article31-tie", "brother-wins", "sibling", "director",
        "A", why="commission member, the bidder won"),
    Tie("Вершинин Аркадий Львович", "Вершинин Захар Львович", "Торговый дом Заречный", "article39-tie", "brother-wins", "sibling", "director", "A"),
    Tie("Мезенцева Лидия Павловна", "Ольшанская Вера Романовна", "Медиа-Заречье", "article31-tie", "daughter-loses", "child", "director", "A",
        why="commission member, the bidder lost"),
    Tie("Мезенцева Лидия Павловна", "Ольшанская Вера Романовна", "Медиа-Заречье", "article39-tie", "daughter-loses", "child", "director", "A"),
    Tie("Черкасов Демьян Олегович", "Черкасова Виолетта Сергеевна", "Виолетта-Строй", "article31-tie", "mother-loses", "parent", "director", "A",
        why="an official of the administration on the commission of another customer"),
    Tie("Черкасов Демьян Олегович", "Черкасова Виолетта Сергеевна", "Виолетта-Строй", "article39-tie", "mother-loses", "parent", "director", "A"),
    Tie("Звонарёва Глафира Мироновна", "Звонарёв Елисей Миронович", "Культтовары Елисей", "close-kin-supplier", "rare", "sibling", "director",
        "D", why="full name only, a rare one: high confidence, grade D all the same"),
    Tie("Белозёров Макар Тихонович", "Лисовская Аглая Тихоновна", "Белый камень", "close-kin-supplier", "maiden", "sibling", "director", "D",
        why="full name only, by the declared former surname Белозёрова"),
    Tie("Одинцова Зинаида Кузьминична", "Одинцова Милана Егоровна", "Одинцова Милана Егоровна", "grand-kin-supplier", "granddaughter",
        "child.child", "sole-proprietor", "A"),
    Tie("Уваров Леонид Романович", "Крапивин Захар Анисимович", "Крапивин-Бетон", "in-law-supplier", "father-in-law", "spouse.parent",
        "director", "A"),
    Tie("Уваров Леонид Романович", "Крапивин Захар Анисимович", "Крапивин-Бетон", "article39-tie", "father-in-law", "spouse.parent",
        "director", "A", why="commission member: in-laws are in the circle of 273-ФЗ"),
    Tie("Лагутин Степан Артурович", "Чернов Марат Ильдарович", "Марат-Дорстрой", "in-law-supplier", "wifes-brother", "spouse.sibling",
        "director", "A", why="written as «брат жены»"),
    Tie("Полозов Юрий Максимович", "Гаврилин Илья Русланович", "Технадзор-42", "in-law-supplier", "stepson", "spouse.child", "owner", "A",
        share="3/10", why="share written as ДробПрост 3/10"),
    Tie("Горелов Тимофей Юрьевич", "Журавский Пётр Станиславович", "Учебник-Сервис", "in-law-supplier", "two-forms", "spouse.sibling",
        "director", "B", why="he declares his wife, she (an official of the school) declares her brother; she is joined by name and birth date"),
    Tie("Жданова Инесса Романовна", "Карпухин Лев Тимурович", "Карпухин Лев Тимурович", "outer-kin-supplier", "nephew", "sibling.child",
        "sole-proprietor", "A"),
    Tie("Дубинин Роман Кириллович", "Ежов Филипп Антонович", "Ежов-Сантех", "outer-kin-supplier", "sisters-husband", "sibling.spouse",
        "director", "A"),
    Tie("Ермаков Вадим Сергеевич", "Ермаков Ипполит Андреевич", "Ермаков Ипполит Андреевич", "outer-kin-supplier", "cousin",
        "parent.sibling.child", "sole-proprietor", "A"),
    Tie("Куликова Раиса Поликарповна", "Носов Гордей Ильич", "Носов-Ремонт", "outer-kin-supplier", "granddaughters-husband",
        "child.child.spouse", "director", "A"),
    Tie("Тарасова Нелли Ивановна", "Бушуев Эрнест Гаврилович", "Бушуев-Строй", "outer-kin-supplier", "svat", "child.spouse.parent", "director",
        "A"),
    Tie("Градов Всеволод Ильич", "Градов Илья Матвеевич", "Кедровый берег", "indirect-ownership-chain", "chain-12", "parent", "indirect-owner",
        "A", share="3/25", why="6 % held directly + 50 % of 12 % = 12 %"),
    Tie("Градов Всеволод Ильич", "Градов Илья Матвеевич", "Кедровый берег", "article31-tie", "chain-12", "parent", "indirect-owner", "A",
        share="3/25", why="head of customer"),
    Tie("Шубин Виталий Маркович", "Шубина Алла Рашидовна", "Шубина Алла Рашидовна", "spouse-supplier", "closed-ip", "spouse",
        "sole-proprietor", "A", why="registration as sole proprietor ended 16.12.2024, yet she is the supplier of the contract in person"),
    Tie("Плотникова Анжела Юрьевна", "Плотников Эдгар Юрьевич", "Горизонт-Строй", "tie-ended-before-event", "gone-director", "sibling",
        "director", "A", False, why="director in the extract of 12.11.2024, another one in the extract of 10.02.2025"),
    Tie("Рогозина Эмма Карловна", "Рогозин Артур Вадимович", "Цифровой архив", "tie-began-after-event", "later-son", "child", "director", "A",
        False, why="director since 10.06.2025, the end of performance is unknown"),
    Tie("Рогозина Эмма Карловна", "Рогозин Артур Вадимович", "Цифровой архив", "tie-began-after-event", "son-during", "child", "director", "A",
        "during_performance", why="director since 10.06.2025, performance lasts until 20.12.2025"),
)  # fmt: skip

MISSES = (
    Miss("Соловьёв Андрей Николаевич", SELF, "Соловьёв Андрей Николаевич", "*", "a namesake: both ИНН are known and differ"),
    Miss("Ефимова Карина Олеговна", SELF, "Канцлер", "*", "director since 12.02.2026, more than 12 months after the contract of 20.01.2025"),
    Miss("Тихомиров Евгений Борисович", SELF, "Правовой дом", "article31-tie", "exactly 10 %: the law says more than ten"),
    Miss("Никонов Павел Ефимович", "Никонова Снежана Валерьевна", "Теплосеть-Монтаж", "spouse-supplier", "a former wife is no spouse"),
    Miss("Малинин Фёдор Оскарович", "Малинина Инга Олеговна", "Школьный мир", "*", "the purchase is another customer's"),
    Miss("Щукина Варвара Денисовна", "Щукин Эмиль Кириллович", "Водмаш", "spouse-supplier",
         "the husband runs a company that holds 20 % of the supplier: he neither owns nor runs the supplier"),
    Miss("Фомичёв Илларион Петрович", "Фомичёва Злата Андреевна", "Фомичёва Злата Андреевна", "article31-tie",
         "a specification author is not among the officials of 44-ФЗ ст. 31 ч. 1 п. 9"),
    Miss("Дорохова Ульяна Сергеевна", "Дорохов Марк Антонович", "Дорохов Марк Антонович", "article39-tie", "a contract manager, not a commission member"),
    Miss("Саблина Юлия Аркадьевна", "Кузнецов Александр Иванович", "Кузнецов Александр Иванович", "*",
         "a frequent full name and an ИНН of another region (77)", 0.3),
    Miss("Рябинина Ольга Львовна", "Рябинин Глеб Львович", "Рябинин и сыновья", "*", "another patronymic: Львович and Леонидович", 0.01),
    Miss("Астафьев Кирилл Валентинович", "нет", "Астафьев Борис Валентинович", "*",
         "he declares «братья, сёстры — нет»; the same surname and patronymic prove nothing"),
    Miss("Уваров Леонид Романович", "Крапивин Захар Анисимович", "Крапивин-Бетон", "article31-tie",
         "a father-in-law is outside 44-ФЗ ст. 31 ч. 1 п. 9: he concerns the commission member only"),
    Miss("Дубинин Роман Кириллович", "Ежов Филипп Антонович", "Ежов-Сантех", "in-law-supplier", "a sister's husband is outside 273-ФЗ ст. 10, unlike a wife's brother"),
    Miss("Тарасова Нелли Ивановна", "Бушуев Эрнест Гаврилович", "Бушуев-Строй", "in-law-supplier", "a child's father-in-law (сват) is outside 273-ФЗ ст. 10"),
    Miss("Ермаков Вадим Сергеевич", "Ермаков Ипполит Андреевич", "Ермаков Ипполит Андреевич", "close-kin-supplier", "a first cousin is no brother"),
    Miss("Куликова Раиса Поликарповна", "Носов Гордей Ильич", "Носов-Ремонт", "grand-kin-supplier", "a granddaughter's husband is no grandchild"),
    Miss("Одинцова Зинаида Кузьминична", "Одинцова Милана Егоровна", "Одинцова Милана Егоровна", "close-kin-supplier", "a granddaughter is outside 273-ФЗ ст. 10"),
    Miss("Котельников Ростислав Игнатьевич", "Котельникова Роза Фёдоровна", "Стройресурс", "indirect-ownership-chain", "4 % + 50 % of 12 % = 10 % exactly"),
    Miss("Котельников Ростислав Игнатьевич", "Котельникова Роза Фёдоровна", "Стройресурс", "article31-tie", "4 % + 50 % of 12 % = 10 % exactly"),
    Miss("Пахомов Григорий Саввич", "Пахомов Тимур Григорьевич", "Пахомов и партнёры", "article31-tie", "his seat ended 31.03.2025, the son's firm applied in September and lost"),
    Miss("Пахомов Григорий Саввич", "Пахомов Тимур Григорьевич", "Пахомов и партнёры", "article39-tie", "his seat ended 31.03.2025, the son's firm applied in September and lost"),
    Miss("Субботин Ян Витальевич", "Субботина Регина Витальевна", "Сметный центр Заречья", "*",
         "the sister left between 17.05.2023 and 15.11.2023, more than 12 months before the contract of 18.06.2025"),
    Miss("Градов Всеволод Ильич", SELF, "Заречное благоустройство", "*", "the municipality owns the supplier: a public owner does not conduct"),
    Miss("Шубин Виталий Маркович", "Шубина Алла Рашидовна", "Шубина Алла Рашидовна", "tie-ended-before-event", "the registration ended, she supplies in person"),
)  # fmt: skip
