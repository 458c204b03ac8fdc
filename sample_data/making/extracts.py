"""Extracts in the shape of the tax service's open-data files: ЕГРЮЛ (VO_RUGFO) and ЕГРИП (VO_RIGFO)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import quoteattr

from making.names import is_woman
from making.numbers import firm_inn, guid, number_of, ogrn, ogrnip
from making.registry import FORMS, Firm, Holder, Proprietor

REGION = "Кемеровская область - Кузбасс"
MUNICIPALITY = "ЗАРЕЧНЫЙ МУНИЦИПАЛЬНЫЙ ОКРУГ"


@dataclass
class _Lines:
    """XML lines with indents; `mark` is the element of the record's number and date that nearly every element carries."""

    lines: list[str] = field(default_factory=list)
    depth: int = 1

    def leaf(self, tag: str, **attributes: object) -> None:
        """Add an element without content."""
        self.lines.append(f"{'  ' * self.depth}<{tag}{_attributes(attributes)} />")

    def open(self, tag: str, **attributes: object) -> None:
        """Add the beginning of an element: what follows lies inside it until it is closed."""
        self.lines.append(f"{'  ' * self.depth}<{tag}{_attributes(attributes)}>")
        self.depth += 1

    def text(self, tag: str, value: object) -> None:
        """Add an element that holds only a text."""
        self.lines.append(f"{'  ' * self.depth}<{tag}>{value}</{tag}>")

    def close(self, *tags: str) -> None:
        """Add the ends of elements, the innermost first."""
        for tag in tags:
            self.depth -= 1
            self.lines.append(f"{'  ' * self.depth}</{tag}>")


def _attributes(values: dict[str, object]) -> str:
    named = {name.replace("E_mail", "E-mail"): str(value) for name, value in values.items()}
    return "".join(f" {name}={quoteattr(value, {chr(34): '&quot;'})}" for name, value in named.items())


def _mark(day: dt.date, *key: object) -> dict[str, object]:
    body = f"2{day.year % 100:02d}42{number_of('grn', day, *key) % 10_000_000:07d}"
    return {"ГРН": body + str(int(body) % 11 % 10), "ДатаЗаписи": day}


def _person(out: _Lines, holder: Holder) -> None:
    last, given, patronymic = holder.name.upper().split()
    mark = _mark(holder.since, holder.name)
    out.open("СвФЛ", Фамилия=last, Имя=given, Отчество=patronymic, **({"ИННФЛ": holder.inn} if holder.inn else {}))
    out.leaf("ГРНДата", **mark)
    out.close("СвФЛ")


def _sex(out: _Lines, holder: Holder, edition: str) -> None:
    if edition == "4.05":  # sex and citizenship came with 4.06
        return
    out.open("СвПолФЛ", Пол=2 if is_woman(holder.name) else 1)
    out.leaf("ГРНДата", **_mark(holder.since, holder.name))
    out.close("СвПолФЛ")


def _name(out: _Lines, firm: Firm) -> None:
    short = f'{firm.form} "{firm.name.upper()}"'
    mark = _mark(firm.registered, firm.name)
    if firm.edition == "4.05":
        out.open("СвНаимЮЛ", НаимЮЛПолн=firm.title, НаимЮЛСокр=short)
        out.leaf("ГРНДата", **mark)
        out.close("СвНаимЮЛ")
        return
    out.open("СвНаимЮЛ", НаимЮЛПолн=firm.title)
    out.leaf("ГРНДата", **mark)
    out.open("СвНаимЮЛСокр", НаимСокр=short)
    out.leaf("ГРНДата", **mark)
    out.close("СвНаимЮЛСокр", "СвНаимЮЛ")


def _address(out: _Lines, firm: Firm) -> None:
    house = number_of("house", firm.name) % 140 + 1
    street = ("Береговая", "Кедровая", "Паромная", "Рудничная", "Школьная")[number_of("street", firm.name) % 5]
    out.open("СвАдресЮЛ")
    out.open("АдресРФ", Индекс="652999", КодРегион="42", Дом=f"Д. {house}", Кварт=f"ПОМЕЩ. {house % 9 + 1}")
    out.leaf("Регион", ТипРегион="ОБЛАСТЬ", НаимРегион=REGION.upper())
    out.leaf("Город", ТипГород="ГОРОД", НаимГород="ЗАРЕЧНЫЙ")
    out.leaf("Улица", ТипУлица="УЛИЦА", НаимУлица=street.upper())
    out.leaf("ГРНДата", **_mark(firm.registered, firm.name, "address"))
    out.close("АдресРФ", "СвАдресЮЛ")


def _managing(out: _Lines, holder: Holder, firms: dict[str, Firm]) -> None:
    manager = firms[holder.name]
    out.open("СвУпрОрг")
    out.leaf("ГРНДатаПерв", **_mark(holder.since, holder.name))
    out.open("НаимИННЮЛ", ОГРН=manager.ogrn, ИНН=manager.inn, НаимЮЛПолн=manager.title)
    out.leaf("ГРНДата", **_mark(holder.since, holder.name))
    out.close("НаимИННЮЛ", "СвУпрОрг")


def _director(out: _Lines, holder: Holder, firm: Firm) -> None:
    out.open("СведДолжнФЛ")
    out.leaf("ГРНДатаПерв", **_mark(holder.since, holder.name))
    _person(out, holder)
    out.open("СвДолжн", ВидДолжн="02", НаимВидДолжн="Руководитель юридического лица", НаимДолжн="ДИРЕКТОР")
    out.leaf("ГРНДата", **_mark(holder.since, holder.name))
    out.close("СвДолжн")
    _sex(out, holder, firm.edition)
    out.close("СведДолжнФЛ")


def _share(out: _Lines, holder: Holder) -> None:
    way, value = holder.size
    out.open("ДоляУстКап", НоминСтоим=holder.nominal)
    if way:
        out.open("РазмерДоли")
        if way == "ДробПрост":
            top, _, bottom = value.partition("/")
            out.leaf("ДробПрост", Числит=top, Знаменат=bottom)
        else:
            out.text(way, value)
        out.close("РазмерДоли")
    out.leaf("ГРНДата", **_mark(holder.since, holder.name, "share"))
    out.close("ДоляУстКап")


def _owner(out: _Lines, holder: Holder, firm: Firm, firms: dict[str, Firm]) -> None:
    tag = {"person": "УчрФЛ", "firm": "УчрЮЛРос", "public": "УчрРФСубМО"}[holder.kind]
    out.open(tag)
    out.leaf("ГРНДатаПерв", **_mark(holder.since, holder.name))
    if holder.kind == "person":
        _person(out, holder)
        _sex(out, holder, firm.edition)
    elif holder.kind == "firm":
        owner = firms[holder.name]
        out.open("НаимИННЮЛ", ОГРН=owner.ogrn, ИНН=owner.inn, НаимЮЛПолн=owner.title)
        out.leaf("ГРНДата", **_mark(holder.since, holder.name))
        out.close("НаимИННЮЛ")
    else:
        out.leaf("ВидНаимУчр", КодУчрРФСубМО="3", НаимМО=MUNICIPALITY, КодРегион="42", НаимРегион=REGION.upper())
    if holder.nominal:
        _share(out, holder)
    if holder.kind == "public":
        title, inn, number = holder.name.split("|")
        out.open("СвОргОсущПр")
        out.open("НаимИННЮЛ", ОГРН=number, ИНН=inn, НаимЮЛПолн=title)
        out.leaf("ГРНДата", **_mark(holder.since, holder.name))
        out.close("НаимИННЮЛ", "СвОргОсущПр")
    out.close(tag)


def _company(firm: Firm, firms: dict[str, Firm]) -> list[str]:
    code, form, _ = FORMS[firm.form]
    kpp = f"{firm.inn[:4]}01001"
    out = _Lines()
    out.open("СвЮЛ", ДатаВып=firm.extract, ОГРН=firm.ogrn, ДатаОГРН=firm.registered, ИНН=firm.inn, КПП=kpp, СпрОПФ="ОКОПФ",
             КодОПФ=code, ПолнНаимОПФ=form)  # fmt: skip
    _name(out, firm)
    _address(out, firm)
    mark = _mark(firm.registered, firm.name)
    out.open("СвОбрЮЛ", ОГРН=firm.ogrn, ДатаОГРН=firm.registered)
    out.leaf("СпОбрЮЛ", КодСпОбрЮЛ="01", НаимСпОбрЮЛ="Создание юридического лица")
    out.leaf("ГРНДата", **mark)
    out.close("СвОбрЮЛ")
    out.open("СвУчетНО", ИНН=firm.inn, КПП=kpp, ДатаПостУч=firm.registered)
    out.leaf("СвНО", КодНО="4299", НаимНО="Межрайонная инспекция (вымышленная) по Заречному муниципальному округу")
    out.close("СвУчетНО")
    out.open("СвУстКап", НаимВидКап="УСТАВНЫЙ ФОНД" if firm.form == "МУП" else "УСТАВНЫЙ КАПИТАЛ", СумКап=firm.capital)
    out.leaf("ГРНДата", **mark)
    out.close("СвУстКап")
    for holder in firm.managing:
        _managing(out, holder, firms)
    for holder in firm.directors:
        _director(out, holder, firm)
    if firm.owners:
        out.open("СвУчредит")
        for holder in firm.owners:
            _owner(out, holder, firm, firms)
        out.close("СвУчредит")
    if firm.form == "АО":
        out.open("СвДержРеестрАО")
        out.leaf("ДержРеестрАО", ОГРН=ogrn("Регистратор Заречья", 2004), ИНН=firm_inn("Регистратор Заречья"),
                 НаимЮЛПолн='АКЦИОНЕРНОЕ ОБЩЕСТВО "РЕГИСТРАТОР ЗАРЕЧЬЯ"')  # fmt: skip
        out.close("СвДержРеестрАО")
    _journal(out, "СвЗапЕГРЮЛ", "ГРН", mark["ГРН"], firm.registered, "11201", "Создание юридического лица")
    out.close("СвЮЛ")
    return out.lines


def _journal(out: _Lines, tag: str, name: str, number: object, day: dt.date, code: str, text: str) -> None:
    out.open(tag, ИдЗап=f"1500{number_of('id', number) % 10**11:011d}", **{name: number}, ДатаЗап=day)
    out.leaf("ВидЗап", КодСПВЗ=code, НаимВидЗап=text)
    out.close(tag)


def _proprietor(ip: Proprietor) -> list[str]:
    last, given, patronymic = ip.name.upper().split()
    mark: dict[str, object] = {"ГРНИП": ip.ogrnip, "ДатаЗаписи": ip.registered}
    out = _Lines()
    out.open("СвИП", ДатаВып=ip.extract, ОГРНИП=ip.ogrnip, ДатаОГРНИП=ip.registered, ИННФЛ=ip.inn, КодВидИП="1",
             НаимВидИП="Индивидуальный предприниматель")  # fmt: skip
    out.open("СвФЛ", Пол=2 if is_woman(ip.name) else 1)
    out.leaf("ФИОРус", Фамилия=last, Имя=given, Отчество=patronymic)
    out.leaf("ГРНИПДата", **mark)
    out.close("СвФЛ")
    out.open("СвГражд", ВидГражд="1")
    out.leaf("ГРНИПДата", **mark)
    out.close("СвГражд")
    out.leaf("СвРегИП", ОГРНИП=ip.ogrnip, ДатаОГРНИП=ip.registered)
    out.open("СвУчетНО", ИННФЛ=ip.inn, ДатаПостУч=ip.registered)
    out.leaf("СвНО", КодНО=f"{ip.region}99", НаимНО="Межрайонная инспекция (вымышленная)")
    out.close("СвУчетНО")
    if ip.ended:
        out.open("СвПрекращ")
        out.leaf("СвСтатус", КодСтатус="201", ДатаПрекращ=ip.ended,
                 НаимСтатус="Индивидуальный предприниматель прекратил деятельность по собственному решению")  # fmt: skip
        out.leaf("ГРНИПДата", ГРНИП=ogrnip(ip.name + "end", ip.ended.year), ДатаЗаписи=ip.ended)
        out.close("СвПрекращ")
    _journal(out, "СвЗапЕГРИП", "ГРНИП", ip.ogrnip, ip.registered, "21211", "Государственная регистрация ИП")
    out.close("СвИП")
    return out.lines


def _file(folder: Path, prefix: str, edition: str, day: dt.date, kind: str, records: list[list[str]]) -> None:
    name = f"{prefix}_0000_4299_{day:%Y%m%d}_{guid(prefix, edition, day)}"
    lines = ['<?xml version="1.0" encoding="windows-1251"?>']
    lines.append(f'<Файл ИдФайл="{name}" ВерсФорм="{edition}" ТипИнф="{kind}" ВерсПрог="1.0.0.2" КолДок="{len(records):>10}">')
    lines.append(
        '  <ИдОтпр ДолжОтв="Вымышленный исполнитель"><ФИООтв Фамилия="Образцова" Имя="Ада" Отчество="Юльевна" /></ИдОтпр>'
    )
    for number, record in enumerate(records):
        lines += [f'  <Документ ИдДок="{guid(name, number)}">', *record, "  </Документ>"]
    text = "\r\n".join([*lines, "</Файл>", ""])
    (folder / f"{name}.xml").write_bytes(text.encode("cp1251"))


def write_registry(folder: Path, firms: list[Firm], proprietors: list[Proprietor]) -> None:
    """Writes one file for each `Firm.file` and one of sole proprietors, windows-1251, CRLF."""
    folder.mkdir(parents=True, exist_ok=True)
    by_name = {firm.name: firm for firm in firms}
    for mark in dict.fromkeys(firm.file for firm in firms):
        batch = [firm for firm in firms if firm.file == mark]
        day = max(firm.extract for firm in batch)
        _file(folder, "VO_RUGFO", batch[0].edition, day, "ЕГРЮЛ_ОТКР_СВЕД", [_company(firm, by_name) for firm in batch])
    day = max(ip.extract for ip in proprietors)
    _file(folder, "VO_RIGFO", "4.06", day, "ЕГРИП_ОТКР_СВЕД", [_proprietor(ip) for ip in proprietors])
