"""Invented records of the registry, each written as the XML of ФНС and as the rows of a PDF extract of either layout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from pdf_files import Row, Sheet, extract_pages, pdf

MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]


@dataclass(frozen=True)
class Person:
    """A natural person as the registry writes one."""

    surname: str = "ЗИМОРОДКОВ"
    given: str = "ПЁТР"
    patronymic: str | None = "ИЛЬИЧ"
    inn: str | None = None
    gender: str | None = None  # 'm', 'f'


@dataclass(frozen=True)
class Firm:
    """An organisation as the registry names one."""

    name: str
    ogrn: str | None = None
    inn: str | None = None
    country: str | None = None
    public: bool = False  # a municipality, `name` is its name


@dataclass(frozen=True)
class Holder:
    """A director, managing organisation or owner."""

    who: Person | Firm
    since: dt.date | None = dt.date(2019, 3, 5)
    position: str = ""
    nominal: str = ""
    percent: str = ""
    fraction: tuple[int, int] | None = None
    untrue: str = ""
    pledge: Person | Firm | None = None  # who holds the share in pledge
    heir: Person | None = None  # who manages the share of a dead owner
    died: dt.date | None = None


@dataclass(frozen=True)
class Company:
    """A company of an extract."""

    ogrn: str
    inn: str
    full: str = 'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "ЗИМОРОДОК"'
    short: str | None = 'ООО "ЗИМОРОДОК"'
    kpp: str = "770101001"
    day: dt.date = dt.date(2025, 11, 5)
    registered: dt.date = dt.date(2018, 8, 14)
    capital: str = "10000"
    email: str | None = None
    state: str = ""
    ended: dt.date | None = None
    runs: tuple[Holder, ...] = ()
    owns: tuple[Holder, ...] = ()
    before: tuple[Firm, ...] = ()
    after: tuple[Firm, ...] = ()
    form: tuple[str, str] = ("12300", "Общества с ограниченной ответственностью")
    index: str = "242027"
    region: tuple[str, str] = ("32", "БРЯНСКАЯ ОБЛАСТЬ")
    own_share: str = ""  # percent of the capital that belongs to the company itself
    decided: tuple[str, dt.date] | None = None  # number and day of a decision to strike it off
    merged: tuple[Firm, ...] = ()  # others in a reorganisation
    registrar: Firm | None = None
    street: tuple[str, ...] = ("Р-Н ЖИРЯТИНСКИЙ", "С СТРАШЕВИЧИ", "УЛ ШКОЛЬНАЯ", "Д. 25")


def tag(name: str, inside: str = "", **attributes: str | None) -> str:
    told = "".join(f" {key.replace('E_mail', 'E-mail')}={quoteattr(value)}" for key, value in attributes.items() if value)
    return f"<{name}{told}>{inside}</{name}>"


def company_xml(one: Company) -> str:
    """The record as СвЮЛ of format 4.07."""
    names = tag("СвНаимЮЛ", tag("СвНаимЮЛСокр", НаимСокр=one.short) if one.short else "", НаимЮЛПолн=one.full)
    parts = "".join(tag("ЭлУлДорСети", Наим=part) for part in one.street)
    address = tag("СвАдрЮЛФИАС", tag("Регион", one.region[0]) + tag("НаимРегион", one.region[1]) + parts, Индекс=one.index)
    body = names + tag("СвАдресЮЛ", address)
    if one.email:
        body += tag("СвАдрЭлПочты", E_mail=one.email)
    if one.state:
        body += tag("СвСтатус", tag("СвСтатус", НаимСтатусЮЛ=one.state))
    if one.decided:
        body += tag("СвСтатус", tag("СвРешИсклЮЛ", НомерРеш=one.decided[0], ДатаРеш=one.decided[1].isoformat()))
    if one.ended:
        body += tag("СвПрекрЮЛ", tag("СпПрекрЮЛ", НаимСпПрекрЮЛ="Ликвидация"), ДатаПрекрЮЛ=one.ended.isoformat())
    body += tag("СвУстКап", СумКап=one.capital)
    body += "".join(_runs_xml(holder) for holder in one.runs)
    body += tag("СвУчредит", "".join(_owns_xml(holder) for holder in one.owns))
    if one.own_share:
        body += tag("СвДоляООО", tag("РазмерДоли", tag("Процент", one.own_share)), НоминСтоим="500")
    if one.registrar:
        body += tag("СвДержРеестрАО", tag("ДержРеестрАО", **_firm(one.registrar)))
    if one.merged:
        others = "".join(tag("СвРеоргЮЛ", **_firm(firm)) for firm in one.merged)
        body += tag("СвРеорг", tag("СвСтатус", НаимСтатусЮЛ="Присоединение") + others)
    for name, firms in (("СвПредш", one.before), ("СвПреем", one.after)):
        body += "".join(tag(name, _day_xml("ГРНДата", dt.date(2020, 2, 3)), **_firm(firm)) for firm in firms)
    return tag(
        "СвЮЛ", body, ДатаВып=one.day.isoformat(), ОГРН=one.ogrn, ДатаОГРН=one.registered.isoformat(), ИНН=one.inn, КПП=one.kpp,
        КодОПФ=one.form[0], ПолнНаимОПФ=one.form[1],
    )  # fmt: skip


def _day_xml(name: str, day: dt.date | None) -> str:
    return tag(name, ГРН="2187800000001", ДатаЗаписи=day.isoformat()) if day else ""


def _firm(firm: Firm) -> dict[str, str | None]:
    return {"ОГРН": firm.ogrn, "ИНН": firm.inn, "НаимЮЛПолн": firm.name}


def _person_xml(person: Person) -> str:
    inner = tag("СвФЛ", Фамилия=person.surname, Имя=person.given, Отчество=person.patronymic, ИННФЛ=person.inn)
    return inner + (tag("СвПолФЛ", Пол={"m": "1", "f": "2"}[person.gender]) if person.gender else "")


def _runs_xml(holder: Holder) -> str:
    first = _day_xml("ГРНДатаПерв", holder.since)
    if isinstance(holder.who, Firm):
        return tag("СвУпрОрг", first + tag("НаимИННЮЛ", **_firm(holder.who)) + _abroad_xml(holder.who))
    untrue = tag("СвНедДанДолжнФЛ", _UNTRUE_DAY, ТекстНедДанДолжнФЛ=holder.untrue) if holder.untrue else ""
    return tag("СведДолжнФЛ", first + _person_xml(holder.who) + tag("СвДолжн", НаимДолжн=holder.position) + untrue)


_UNTRUE_DAY = tag("ГРНДата", ДатаЗаписи="2020-02-03")


def _abroad_xml(firm: Firm) -> str:
    return tag("СвРегИн", НаимСтран=firm.country, РегНомер="HE 1") if firm.country else ""


def _burdens_xml(holder: Holder) -> str:
    text = ""
    if isinstance(holder.pledge, Person):
        text += tag("СвОбрем", tag("СвЗалогДержФЛ", _person_xml(holder.pledge)), ВидОбрем="ЗАЛОГ")
    elif holder.pledge:
        text += tag("СвОбрем", tag("СвЗалогДержЮЛ", tag("НаимИННЮЛ", **_firm(holder.pledge))), ВидОбрем="ЗАЛОГ")
    if holder.heir:
        died = holder.died.isoformat() if holder.died else None
        text += tag("ЛицоУпрНасл", _person_xml(holder.heir), ДатаОткрНасл=died)
    return text


def _owns_xml(holder: Holder) -> str:
    size = tag("Процент", holder.percent) if holder.percent else ""
    if holder.fraction:
        size = tag("ДробПрост", Числит=str(holder.fraction[0]), Знаменат=str(holder.fraction[1]))
    share = tag("ДоляУстКап", tag("РазмерДоли", size) if size else "", НоминСтоим=holder.nominal) if holder.nominal else ""
    first = _day_xml("ГРНДатаПерв", holder.since)
    untrue = tag("СвНедДанУчр", _UNTRUE_DAY, ТекстНедДанУчр=holder.untrue) if holder.untrue else ""
    share += _burdens_xml(holder)
    if isinstance(holder.who, Person):
        return tag("УчрФЛ", first + _person_xml(holder.who) + untrue + share)
    if holder.who.public:
        return tag("УчрРФСубМО", first + tag("ВидНаимУчр", КодУчрРФСубМО="3", НаимМО=holder.who.name) + share)
    kind = "УчрЮЛИн" if holder.who.country else "УчрЮЛРос"
    return tag(kind, first + tag("НаимИННЮЛ", **_firm(holder.who)) + _abroad_xml(holder.who) + untrue + share)


@dataclass
class Layout:
    """How the rows of an extract are worded: before 2020, or after."""

    old: bool
    rows: list[Row] = field(default_factory=list)

    def title(self, text: str) -> None:
        self.rows.append(Row(title=text))

    def row(self, label: str, value: str | None) -> None:
        if value:
            self.rows.append(Row(label, value))

    def record_day(self, day: dt.date | None = None, first: bool = False) -> None:
        label = "сведений о данном лице" if first else "записи, содержащей указанные сведения"
        if day or not first:
            self.row(f"ГРН и дата внесения в ЕГРЮЛ {label}", f"2187800000001\n{russian(day or dt.date(2020, 2, 3))}")


def russian(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")


def company_rows(one: Company, old: bool) -> list[Row]:
    """The record as the rows of a PDF extract."""
    to = Layout(old)
    to.title("Наименование")
    to.row("Полное наименование" if old else "Полное наименование на русском языке", one.full)
    to.row("Сокращенное наименование" if old else "Сокращенное наименование на русском языке", one.short)
    to.record_day()
    _address(to, one)
    if one.email:
        to.title("Сведения об адресе электронной почты")
        to.row("Адрес электронной почты", one.email)
    to.title("Сведения о регистрации")
    to.row("Способ образования", "Создание юридического лица")
    to.row("ОГРН", one.ogrn)
    to.row("Дата регистрации", russian(one.registered))
    to.record_day()
    if one.state:
        to.title("Сведения о состоянии юридического лица")
        to.row("Состояние", one.state)
    if one.decided:
        to.title("Сведения о состоянии юридического лица")
        to.row("Номер решения", one.decided[0])
        to.row("Дата решения", russian(one.decided[1]))
    if one.ended:
        to.title("Сведения о прекращении" + ("" if old else " юридического лица"))
        to.row("Способ прекращения", "Ликвидация")
        to.row("Дата прекращения", russian(one.ended))
    to.title("Сведения об учете в налоговом органе")
    to.row("ИНН" if old else "ИНН юридического лица", one.inn)
    to.row("КПП" if old else "КПП юридического лица", one.kpp)
    to.title("Сведения об уставном капитале" + (" (складочном капитале, уставном фонде)" if old else " / складочном капитале"))
    to.row("Вид", "УСТАВНЫЙ КАПИТАЛ")
    to.row("Размер (в рублях)", one.capital)
    _holders(to, "Сведения о лице, имеющем право без доверенности действовать от имени юридического лица", one.runs)
    owners = (
        "Сведения об учредителях (участниках) юридического лица"
        if old
        else "Сведения об участниках / учредителях юридического лица"
    )
    _holders(to, owners, one.owns)
    if one.own_share:
        to.title("Сведения о доле в уставном капитале общества с ограниченной ответственностью, принадлежащей обществу")
        to.row("Номинальная стоимость доли (в рублях)", "500")
        to.row("Размер доли (в процентах)", one.own_share)
    if one.registrar:
        to.title("Сведения о держателе реестра акционеров акционерного общества")
        _firm_rows(to, one.registrar)
    to.title("Сведения о видах экономической деятельности по Общероссийскому классификатору")
    to.title("Сведения о дополнительных видах деятельности")
    for number in (1, 2):
        to.rows.append(Row(count=number))
        to.row("Код и наименование вида деятельности", "01.11.2 Выращивание картофеля")
    if one.merged:
        to.title("Сведения об участии в реорганизации")
        to.row("Форма реорганизации", "Присоединение")
        to.title("Сведения о юридических лицах, участвующих в реорганизации")
        for number, firm in enumerate(one.merged, 1):
            to.rows.append(Row(count=number))
            _firm_rows(to, firm)
    for title, firms in (("Сведения о правопредшественнике", one.before), ("Сведения о правопреемнике", one.after)):
        if firms:
            to.title(title)
        for number, firm in enumerate(firms, 1):
            if len(firms) > 1:
                to.rows.append(Row(count=number))
            _firm_rows(to, firm)
            to.record_day()
    to.title("Сведения о записях, внесенных в Единый государственный реестр юридических лиц")
    to.rows.append(Row(count=1))
    to.row("ГРН и дата внесения записи в ЕГРЮЛ", "1187800000001\n14.08.2018")
    to.row("Фамилия", "НИКТО")
    return to.rows


def _address(to: Layout, one: Company) -> None:
    if to.old:
        to.title("Адрес (место нахождения)")
        to.row("Почтовый индекс", one.index)
        to.row("Субъект Российской Федерации", one.region[1])
        labels = (
            "Район (улус и т.п.)",
            "Населенный пункт (село и т.п.)",
            "Улица (проспект, переулок и т.д.)",
            "Дом (владение и т.п.)",
        )
        for label, value in zip(labels, one.street, strict=True):
            to.row(label, value.removeprefix("Д. "))
    else:
        to.title("Место нахождения и адрес юридического лица")
        to.row("Место нахождения юридического лица", "Г. БРЯНСК")
        to.row("Адрес юридического лица", ",\n".join((one.index, one.region[1], *one.street)))
    to.record_day()


def _holders(to: Layout, title: str, holders: tuple[Holder, ...]) -> None:
    if holders:
        to.title(title)
    for number, holder in enumerate(holders, 1):
        if len(holders) > 1:
            to.rows.append(Row(count=number))
        to.record_day(holder.since, first=True)
        if isinstance(holder.who, Person):
            _person_rows(to, holder.who)
        else:
            _firm_rows(to, holder.who)
        to.record_day()
        to.row("Должность", holder.position)
        if holder.untrue:
            to.row("Дополнительные сведения", holder.untrue)
            to.record_day()
        to.row("Номинальная стоимость доли (в рублях)", holder.nominal)
        to.row("Размер доли (в процентах)", holder.percent)
        to.row("Размер доли (в виде простой дроби)", "/".join(map(str, holder.fraction)) if holder.fraction else None)
        _burden_rows(to, holder)


def _burden_rows(to: Layout, holder: Holder) -> None:
    if holder.pledge:
        to.title("Сведения об обременении")
        to.row("Вид обременения", "ЗАЛОГ")
        to.title("Сведения о залогодержателе")
        _person_rows(to, holder.pledge) if isinstance(holder.pledge, Person) else _firm_rows(to, holder.pledge)
    if holder.heir:
        to.title("Сведения о лице, осуществляющем управление долей, переходящей в порядке наследования")
        _person_rows(to, holder.heir)
        to.row("Дата открытия наследства", russian(holder.died) if holder.died else None)


def _person_rows(to: Layout, person: Person) -> None:
    parts = {"Фамилия": person.surname, "Имя": person.given, "Отчество": person.patronymic}
    told = {label: value for label, value in parts.items() if value}
    if to.old:
        for label, value in told.items():
            to.row(label, value)
    else:
        to.row("\n".join(told), "\n".join(told.values()))
    to.row("ИНН", person.inn)
    to.row("Пол", {"m": "мужской", "f": "женский"}[person.gender] if person.gender else None)
    if not to.old:
        to.row("Гражданство", "гражданин Российской Федерации")


def _firm_rows(to: Layout, firm: Firm) -> None:
    if firm.public:
        to.row("Субъект Российской Федерации", "БРЯНСКАЯ ОБЛАСТЬ")
        to.row("Муниципальное образование", firm.name)
        return
    to.row("ОГРН", firm.ogrn)
    to.row("ИНН", firm.inn)
    to.row("Полное наименование", firm.name)
    if firm.country:
        to.row("Страна происхождения", firm.country)
        to.row("Регистрационный номер", "HE 1")


def heading(one: Company) -> list[str]:
    """What stands above the table."""
    return [
        "ВЫПИСКА", "из Единого государственного реестра юридических лиц", f"{russian(one.day)} № ЮЭ9965-25-17034511",
        "дата формирования выписки", "Настоящая выписка содержит сведения о юридическом лице", one.full[:60],
        "ОГРН " + " ".join(one.ogrn), "включенные в Единый государственный реестр юридических лиц по состоянию на",
        f"« {one.day.day} » {MONTHS[one.day.month - 1]} {one.day.year // 100} {one.day.year % 100:02d} г.",
        "число месяц прописью год",
    ]  # fmt: skip


def company_sheets(one: Company, old: bool = False, split: bool = False, sheets: int | None = None) -> list[Sheet]:
    """The pages of the extract."""
    footer = f"Выписка из ЕГРЮЛ {russian(one.day)} 11:41:55 ОГРН {one.ogrn} Страница {{}} из {{}}"
    return extract_pages(company_rows(one, old), heading(one), footer, sheets, split)


def company_pdf(one: Company, old: bool = False, split: bool = False) -> bytes:
    """The extract as egrul.nalog.ru gives it."""
    return pdf(company_sheets(one, old, split))
