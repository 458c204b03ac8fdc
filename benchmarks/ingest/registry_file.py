"""A registry file of any size in the shape of the tax service's open data (ЕГРЮЛ 4.07, windows-1251): 17 KB a company.

Three quarters of it are the change log. Companies, people and numbers are invented.
"""

# ruff: noqa: E501 — the long lines are XML

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.fiction.identifiers import firm_inn, ogrn, person_inn
from benchmarks.fiction.names import given, surname

HEAD = (
    '<?xml version="1.0" encoding="windows-1251"?>\r\n<Файл ИдФайл="VO_RUGFO_0000_9965_20251116_invented" ВерсФорм="4.07"'
    ' ТипИнф="ЕГРЮЛ_ОТКР_СВЕД" ВерсПрог="1.0.0.2" КолДок="{number:10d}">\r\n'
    '  <ИдОтпр ДолжОтв="специалист"><ФИООтв Фамилия="Выдуманная" Имя="Ольга" /></ИдОтпр>\r\n'
)
TRADES = ("Торговля оптовая непродовольственными товарами", "Строительство жилых и нежилых зданий", "Деятельность столовых и буфетов",
          "Производство электромонтажных работ", "Деятельность автомобильного грузового транспорта и услуги по перевозкам")  # fmt: skip
OFFICE = "Межрайонная инспекция Федеральной налоговой службы № {} по области"
EVENTS = (
    "Изменение сведений о юридическом лице, содержащихся в Едином государственном реестре юридических лиц",
    "Представление сведений об учете юридического лица в налоговом органе",
    "Представление сведений о регистрации юридического лица в качестве страхователя в территориальном органе Фонда",
    "Государственная регистрация изменений, внесенных в учредительный документ юридического лица",
)
PAPERS = ("ЗАЯВЛЕНИЕ ОБ ИЗМЕНЕНИЯХ, ВНОСИМЫХ В УЧРЕДИТЕЛЬНЫЙ ДОКУМЕНТ И/ИЛИ СВЕДЕНИЯ О ЮРИДИЧЕСКОМ ЛИЦЕ", "ПРОТОКОЛ ОБЩЕГО СОБРАНИЯ УЧАСТНИКОВ",
          "УСТАВ ЮРИДИЧЕСКОГО ЛИЦА В НОВОЙ РЕДАКЦИИ", "ДОКУМЕНТ ОБ УПЛАТЕ ГОСУДАРСТВЕННОЙ ПОШЛИНЫ", "ИНОЙ ДОКУМЕНТ В СООТВЕТСТВИИ С ЗАКОНОДАТЕЛЬСТВОМ")  # fmt: skip


def write(path: Path, companies: int, seed: int = 7) -> None:
    """Write a file of so many companies; the same bytes for the same number and seed."""
    rng = Random(seed)
    with path.open("wb") as stream:
        stream.write(HEAD.format(number=companies).encode("windows-1251"))
        for number in range(companies):
            stream.write(_record(number, rng).encode("windows-1251"))
        stream.write("</Файл>\r\n".encode("windows-1251"))


def _day(rng: Random) -> date:
    return date(2003, 1, 1) + timedelta(days=rng.randrange(8300))


def _mark(rng: Random, tag: str = "ГРНДата") -> str:
    day = _day(rng)
    return f'<{tag} ГРН="2{day.year % 100:02d}42{rng.randrange(10**8):08d}" ДатаЗаписи="{day}" />'


def _person(rng: Random) -> tuple[str, int]:
    gender = rng.choice("mf")
    family, name, father = surname(rng), given(gender, rng), given("m", rng)
    parts = (family.man, name.text, father.son) if gender == "m" else (family.woman, name.text, father.daughter)
    last, first, middle = (part.upper() for part in parts)
    inn = person_inn(f"42{rng.randrange(1, 30):02d}{rng.randrange(10**6):06d}")
    return f'<СвФЛ Фамилия="{last}" Имя="{first}" Отчество="{middle}" ИННФЛ="{inn}">{_mark(rng)}</СвФЛ>', 1 + (gender == "f")


def _role(tag: str, rng: Random, inside: str) -> str:
    person, gender = _person(rng)
    return (
        f'\r\n  <{tag}>\r\n    {_mark(rng, "ГРНДатаПерв")}\r\n    {person}\r\n    {inside}\r\n    <СвПолФЛ Пол="{gender}">{_mark(rng)}</СвПолФЛ>'
        f'\r\n    <СвГраждФЛ КодГражд="1">{_mark(rng)}</СвГраждФЛ>\r\n  </{tag}>'
    )


def _record(number: int, rng: Random) -> str:
    name = "".join(rng.choice(("ВЕК", "ТОР", "ЛАН", "СТРОЙ", "МИР", "ПРО", "СЕР", "АЛЬ", "ГРАД")) for _ in range(3))
    inn, register = firm_inn(f"42{number % 10**7:07d}"), ogrn(f"11842{number % 10**7:07d}")
    owners = rng.choice((1, 1, 1, 2, 2, 3))
    share = f'<ДоляУстКап НоминСтоим="{10000 / owners:.2f}"><РазмерДоли><Процент>{100 / owners:.0f}</Процент></РазмерДоли>{_mark(rng)}</ДоляУстКап>'
    post = f'<СвДолжн ВидДолжн="02" НаимВидДолжн="Руководитель юридического лица" НаимДолжн="ГЕНЕРАЛЬНЫЙ ДИРЕКТОР">{_mark(rng)}</СвДолжн>'
    body = (
        f'\r\n  <СвНаимЮЛ НаимЮЛПолн="ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ &quot;{name}&quot;">{_mark(rng)}'
        f'<СвНаимЮЛСокр НаимСокр="ООО &quot;{name}&quot;">{_mark(rng)}</СвНаимЮЛСокр></СвНаимЮЛ>{_address(rng)}'
        f'\r\n  <СвОбрЮЛ ОГРН="{register}" ДатаОГРН="2018-08-14"><СпОбрЮЛ КодСпОбрЮЛ="01" НаимСпОбрЮЛ="Создание юридического лица" />{_mark(rng)}</СвОбрЮЛ>'
        f'\r\n  <СвУчетНО ИНН="{inn}" КПП="420501001" ДатаПостУч="2018-08-14"><СвНО КодНО="4205" НаимНО="{OFFICE.format(4)}" />{_mark(rng)}</СвУчетНО>'
        f'\r\n  <СвУстКап НаимВидКап="УСТАВНЫЙ КАПИТАЛ" СумКап="10000">{_mark(rng)}</СвУстКап>'
        f"{_role('СведДолжнФЛ', rng, post)}\r\n  <СвУчредит>{''.join(_role('УчрФЛ', rng, share) for _ in range(owners))}\r\n  </СвУчредит>{_trades(rng)}"
    )
    log = "".join(_entry(rng) for _ in range(rng.randrange(8, 26)))
    return (
        f'  <Документ ИдДок="{number:08x}-29ab-44bd-8491-fae45d32c18e"><СвЮЛ ДатаВып="2025-11-10" ОГРН="{register}" ДатаОГРН="2018-08-14" ИНН="{inn}"'
        f' КПП="420501001" СпрОПФ="ОКОПФ" КодОПФ="12300" ПолнНаимОПФ="Общества с ограниченной ответственностью">{body}{log}\r\n</СвЮЛ></Документ>\r\n'
    )


def _address(rng: Random) -> str:
    house = rng.randrange(1, 200)
    return (
        '\r\n  <СвАдресЮЛ ВидАдрКлассиф="1"><СвМНЮЛ ИдНом="63ed1a35-4be6-4564-a1ec-0c51f7383314"><Регион>42</Регион><НаимРегион>КУЗБАСС</НаимРегион>'
        f"{_mark(rng)}</СвМНЮЛ><СвАдрЮЛФИАС ИдНом=\"d0b91b1e-e33f-47d9-88e5-{rng.randrange(10**12):012d}\" Индекс=\"652999\"><Регион>42</Регион>"
        f'<НаимРегион>КУЗБАСС</НаимРегион><НаселенПункт Вид="Г." Наим="ЗАРЕЧНЫЙ" /><ЭлУлДорСети Тип="УЛ." Наим="БЕРЕГОВАЯ" /><Здание Тип="Д." Номер="{house}" />'
        f'<ПомещЗдания Тип="ПОМЕЩ." Номер="{house % 30}" />{_mark(rng)}</СвАдрЮЛФИАС><АдресРФ Индекс="652999" КодРегион="42" Дом="Д. {house}" Кварт="ПОМЕЩ. {house % 30}">'
        f'<Регион НаимРегион="КУЗБАСС" /><Город ТипГород="ГОРОД" НаимГород="ЗАРЕЧНЫЙ" /><Улица ТипУлица="УЛ." НаимУлица="БЕРЕГОВАЯ" />{_mark(rng)}</АдресРФ></СвАдресЮЛ>'
    )  # fmt: skip


def _trades(rng: Random) -> str:
    kinds = [("СвОКВЭДОсн", rng.choice(TRADES)), *(("СвОКВЭДДоп", rng.choice(TRADES)) for _ in range(rng.randrange(6)))]
    found = "".join(
        f'\r\n    <{tag} КодОКВЭД="46.90" НаимОКВЭД="{text}" ПрВерсОКВЭД="2014">{_mark(rng)}</{tag}>' for tag, text in kinds
    )
    return f"\r\n  <СвОКВЭД>{found}\r\n  </СвОКВЭД>"


def _entry(rng: Random) -> str:
    """One entry of the change log."""
    day = _day(rng)
    key = f"2{day.year % 100:02d}42{rng.randrange(10**8):08d}"
    papers = "".join(
        f"\r\n    <СведПредДок>\r\n      <НаимДок>{rng.choice(PAPERS)}</НаимДок>\r\n      <НомДок>{rng.randrange(1000)}</НомДок>\r\n"
        f"      <ДатаДок>{day}</ДатаДок>\r\n    </СведПредДок>"
        for _ in range(rng.randrange(5))
    )
    return (
        f'\r\n  <СвЗапЕГРЮЛ ИдЗап="{key}" ГРН="{key}" ДатаЗап="{day}">\r\n    <ВидЗап КодСПВЗ="12201" НаимВидЗап="{rng.choice(EVENTS)}" />'
        f'\r\n    <СвРегОрг КодНО="4205" НаимНО="{OFFICE.format(rng.randrange(1, 16))}" />{papers}'
        f'\r\n    <СвСвид Серия="42" Номер="{rng.randrange(10**9):09d}" ДатаВыдСвид="{day}" />\r\n  </СвЗапЕГРЮЛ>'
    )
