"""Extracts of ЕГРЮЛ and ЕГРИП in the form the tax service publishes them, with the long log of entries real ones have."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from xml.sax.saxutils import quoteattr

from benchmarks.fiction.firms import Firm, Firms, Hold, Proprietor
from benchmarks.fiction.people import Person

HEAD = (
    '<?xml version="1.0" encoding="windows-1251"?>\n'
    '<Файл ИдФайл="{id}" ВерсФорм="{version}" ТипИнф="{kind}" ВерсПрог="1.0.0.2" КолДок="{count:>10}">\n'
    '  <ИдОтпр ДолжОтв="Ведущий специалист-эксперт" Тлф="(495)0000000">\n'
    '    <ФИООтв Фамилия="Выдуманная" Имя="Ольга" Отчество="Павловна" />\n  </ИдОтпр>\n'
)
ORGAN = (
    'КодНО="{region}00" НаимНО="Межрайонная инспекция Федеральной налоговой службы № 1 по вымышленной области, регион {region}"'
)
LOG = [
    ("12201", "Изменение сведений о юридическом лице, содержащихся в Едином государственном реестре юридических лиц"),
    ("13200", "Представление сведений об учете юридического лица в налоговом органе"),
    ("12101", "Государственная регистрация изменений, внесенных в учредительный документ юридического лица, и внесение изменений "
              "в сведения о юридическом лице, содержащиеся в ЕГРЮЛ"),
    ("13300", "Представление сведений о регистрации юридического лица в качестве страхователя в территориальном органе "
              "Пенсионного фонда Российской Федерации"),
    ("13400", "Представление сведений о регистрации юридического лица в качестве страхователя в исполнительном органе "
              "Фонда социального страхования Российской Федерации"),
    ("13301", "Представление сведений о регистрации юридического лица в качестве страхователя в Социальном фонде "
              "Российской Федерации (обязательное пенсионное страхование)"),
]  # fmt: skip
PAPERS = [
    "Р14001 ЗАЯВЛЕНИЕ ОБ ИЗМ.СВЕДЕНИЙ, НЕ СВЯЗАННЫХ С ИЗМ. УЧРЕД.ДОКУМЕНТОВ (П.2.1)", "РЕШЕНИЕ ЕДИНСТВЕННОГО УЧАСТНИКА",
    "УСТАВ ЮЛ", "ДОКУМЕНТ ОБ ОПЛАТЕ ГОСУДАРСТВЕННОЙ ПОШЛИНЫ", "ДОВЕРЕННОСТЬ",
    "Р13014 ЗАЯВЛЕНИЕ ОБ ИЗМЕНЕНИИ УЧР.ДОКУМЕНТА И/ИЛИ ИНЫХ СВЕДЕНИЙ О ЮЛ",
]  # fmt: skip
TRADES = [("43.99", "Работы строительные специализированные прочие, не включенные в другие группировки"),
          ("47.62", "Торговля розничная газетами и канцелярскими товарами в специализированных магазинах"),
          ("81.29", "Деятельность по чистке и уборке прочая"), ("49.41", "Деятельность автомобильного грузового транспорта"),
          ("46.90", "Торговля оптовая неспециализированная")]  # fmt: skip


class Extracts:
    """Writes the register's files into a folder: files of 50 to 100 records, one set for each day extracts were taken."""

    def __init__(self, folder: Path, rng: Random) -> None:
        self.folder, self.rng = folder, rng
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, firms: Firms) -> None:
        """All companies and proprietors with extracts."""
        companies = [(day, firm) for firm in firms.firms for day in firm.extracts]
        newest = max((day for day, _ in companies), default=None)
        for old in (True, False):  # older extracts stand in files of their own
            part = [(day, firm) for day, firm in companies if (day != newest) is old]
            self._files(part, "VO_RUGFO", "4.07", "ЕГРЮЛ_ОТКР_СВЕД", [self._company(firm, day) for day, firm in part])
        sole = [(day, one) for one in firms.proprietors for day in one.extracts]
        self._files(sole, "VO_RIGFO", "4.06", "ЕГРИП_ОТКР_СВЕД", [self._sole(one, day) for day, one in sole])

    def _files(self, dated: Sequence[tuple[dt.date, object]], name: str, version: str, kind: str, records: list[str]) -> None:
        start = 0
        while start < len(records):
            size = self.rng.randrange(50, 101)
            day = max(day for day, _ in dated[start : start + size])
            ident = f"{name}_0000_9965_{day:%Y%m%d}_{self._uuid()}"
            part = records[start : start + size]
            body = "".join(f'  <Документ ИдДок="{self._uuid()}">{record}</Документ>\n' for record in part)
            text = HEAD.format(id=ident, version=version, kind=kind, count=len(part)) + body + "</Файл>\n"
            (self.folder / f"{ident}.xml").write_bytes(text.encode("cp1251"))
            start += size

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def _mark(self, tag: str, region: str, day: dt.date) -> str:
        key = "ГРНИП" if "ГРНИП" in tag else "ГРН"
        digits = 15 if key == "ГРНИП" else 13
        number = f"2{day.year % 100:02d}{region}{self.rng.randrange(10 ** (digits - 5)):0{digits - 5}d}"
        return f'<{tag} {key}="{number}" ДатаЗаписи="{day}" />'

    def _company(self, firm: Firm, day: dt.date) -> str:
        mark = self._mark("ГРНДата", firm.region, firm.registered)
        title = firm.title.upper()
        live = [hold for hold in firm.holds if hold.covers(day)]
        full, short = quoteattr(f'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "{title}"'), quoteattr(f'ООО "{title}"')
        kpp = f"{firm.region}0101001"
        organ = ORGAN.format(region=firm.region)
        parts = [
            f'<СвЮЛ ДатаВып="{day}" ОГРН="{firm.ogrn}" ДатаОГРН="{firm.registered}" ИНН="{firm.inn}" КПП="{kpp}" '
            'СпрОПФ="ОКОПФ" КодОПФ="12300" ПолнНаимОПФ="Общества с ограниченной ответственностью">',
            f"  <СвНаимЮЛ НаимЮЛПолн={full}>\n    {mark}\n"
            f"    <СвНаимЮЛСокр НаимСокр={short}>{mark}</СвНаимЮЛСокр>\n  </СвНаимЮЛ>",
            f'  <СвАдресЮЛ>\n    <АдресРФ Индекс="600{self.rng.randrange(1000):03d}" КодРегион="{firm.region}" '
            f'КодАдрКладр="{firm.region}0000010000001" Дом="Д. {self.rng.randrange(1, 150)}" '
            f'Кварт="ОФИС {self.rng.randrange(1, 300)}">\n'
            '      <Регион ТипРегион="ОБЛАСТЬ" НаимРегион="ВЫМЫШЛЕННАЯ" />\n'
            '      <Город ТипГород="ГОРОД" НаимГород="ЗАОЗЁРНЫЙ" />\n'
            f'      <Улица ТипУлица="УЛ." НаимУлица="{self.rng.choice(["САДОВАЯ", "ЛЕНИНА", "МИРА", "ЗАРЕЧНАЯ"])}" />\n'
            f"      {mark}\n    </АдресРФ>\n  </СвАдресЮЛ>",
            f'  <СвОбрЮЛ ОГРН="{firm.ogrn}" ДатаОГРН="{firm.registered}">\n    <СпОбрЮЛ КодСпОбрЮЛ="11" НаимСпОбрЮЛ="Создание '
            f'юридического лица" />\n    {mark}\n  </СвОбрЮЛ>',
            f"  <СвРегОрг {organ}>\n    {mark}\n  </СвРегОрг>",
            f'  <СвУчетНО ИНН="{firm.inn}" КПП="{kpp}" ДатаПостУч="{firm.registered}">\n'
            f"    <СвНО {organ} />\n    {mark}\n  </СвУчетНО>",
            f'  <СвУстКап НаимВидКап="УСТАВНЫЙ КАПИТАЛ" СумКап="{firm.capital}">\n    {mark}\n  </СвУстКап>',
            *(self._managing(hold, firm) for hold in live if hold.kind == "managing"),
            *(self._director(hold, firm) for hold in live if hold.kind == "director"),
        ]
        owners = [self._owner(hold, firm) for hold in live if hold.kind == "owner"]
        if owners:
            parts += ["  <СвУчредит>", *owners, "  </СвУчредит>"]
        parts += [self._trades("ГРНДата", firm.region, firm.registered), *self._log(firm, day), "</СвЮЛ>"]
        return "\n".join(parts)

    def _person(self, person: Person, mark: str) -> str:
        surname, given, patronymic = (part.upper() for part in person.registry_name)
        if self.rng.random() < 0.9:
            surname, given, patronymic = (part.replace("Ё", "Е") for part in (surname, given, patronymic))
        number = f' ИННФЛ="{person.inn}"'
        return f'<СвФЛ Фамилия="{surname}" Имя="{given}" Отчество="{patronymic}"{number}>\n      {mark}\n    </СвФЛ>'

    def _gender(self, person: Person, mark: str) -> str:
        gender = f'    <СвПолФЛ Пол="{1 if person.gender == "m" else 2}">\n      {mark}\n    </СвПолФЛ>\n'
        return gender + f'    <СвГраждФЛ КодГражд="1">\n      {mark}\n    </СвГраждФЛ>'

    def _director(self, hold: Hold, firm: Firm) -> str:
        assert isinstance(hold.holder, Person)
        mark = self._mark("ГРНДата", firm.region, hold.since)
        post = self.rng.choice(["ДИРЕКТОР", "ДИРЕКТОР", "ГЕНЕРАЛЬНЫЙ ДИРЕКТОР"])
        return (
            f"  <СведДолжнФЛ>\n    {self._mark('ГРНДатаПерв', firm.region, hold.since)}\n    {self._person(hold.holder, mark)}\n"
            f'    <СвДолжн ВидДолжн="02" НаимВидДолжн="Руководитель юридического лица" НаимДолжн="{post}">\n'
            f"      {mark}\n    </СвДолжн>\n"
            f"{self._gender(hold.holder, mark)}\n  </СведДолжнФЛ>"
        )

    def _managing(self, hold: Hold, firm: Firm) -> str:
        return (
            f"  <СвУпрОрг>\n    {self._mark('ГРНДатаПерв', firm.region, hold.since)}\n"
            f"    {self._firm_name(hold, firm)}\n  </СвУпрОрг>"
        )

    def _firm_name(self, hold: Hold, firm: Firm) -> str:
        assert isinstance(hold.holder, Firm)
        name = quoteattr(f'ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "{hold.holder.title.upper()}"')
        mark = self._mark("ГРНДата", firm.region, hold.since)
        return f'<НаимИННЮЛ ОГРН="{hold.holder.ogrn}" ИНН="{hold.holder.inn}" НаимЮЛПолн={name}>\n      {mark}\n    </НаимИННЮЛ>'

    def _owner(self, hold: Hold, firm: Firm) -> str:
        mark = self._mark("ГРНДата", firm.region, hold.since)
        share = self._share(hold.share or Fraction(0), firm.capital, mark)
        first = self._mark("ГРНДатаПерв", firm.region, hold.since)
        if isinstance(hold.holder, Firm):
            return f"  <УчрЮЛРос>\n    {first}\n    {self._firm_name(hold, firm)}\n{share}\n  </УчрЮЛРос>"
        person = f"{self._person(hold.holder, mark)}\n{self._gender(hold.holder, mark)}"
        return f"  <УчрФЛ>\n    {first}\n    {person}\n{share}\n  </УчрФЛ>"

    def _share(self, share: Fraction, capital: int, mark: str) -> str:
        """The share in percent, as a decimal or plain fraction, or by its nominal value alone."""
        nominal = share * capital
        exact = nominal.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100)
        money = f"{float(nominal):.2f}".rstrip("0").rstrip(".")
        way = self.rng.random()
        percent, decimal = share * 100, share
        if way < 0.05 and exact and share > Fraction(1, 10):
            size = ""
        elif way < 0.15 and share < 1:
            size = f'      <РазмерДоли><ДробПрост Числит="{share.numerator}" Знаменат="{share.denominator}" /></РазмерДоли>\n'
        elif way < 0.25 and decimal.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100):
            size = f"      <РазмерДоли><ДробДесят>{float(decimal):g}</ДробДесят></РазмерДоли>\n"
        elif (percent * 100).denominator == 1:
            size = f"      <РазмерДоли>\n        <Процент>{float(percent):g}</Процент>\n      </РазмерДоли>\n"
        else:
            size = f'      <РазмерДоли><ДробПрост Числит="{share.numerator}" Знаменат="{share.denominator}" /></РазмерДоли>\n'
        return f'    <ДоляУстКап НоминСтоим="{money}">\n{size}      {mark}\n    </ДоляУстКап>'

    def _trades(self, tag: str, region: str, day: dt.date) -> str:
        first, *rest = self.rng.sample(TRADES, self.rng.randrange(2, 5))
        lines = [
            f'    <СвОКВЭД{kind} КодОКВЭД="{code}" НаимОКВЭД="{name}" ПрВерсОКВЭД="2014">\n'
            f"      {self._mark(tag, region, day)}\n    </СвОКВЭД{kind}>"
            for kind, (code, name) in [("Осн", first), *(("Доп", one) for one in rest)]
        ]
        return "\n".join(["  <СвОКВЭД>", *lines, "  </СвОКВЭД>"])

    def _log(self, firm: Firm, day: dt.date) -> Iterator[str]:
        days = sorted({firm.registered, *(hold.since for hold in firm.holds if hold.since <= day)})
        span = max((day - firm.registered).days, 1)
        days += [firm.registered + dt.timedelta(days=self.rng.randrange(span)) for _ in range(self.rng.randrange(13, 19))]
        for place, when in enumerate(sorted(days)):
            kind = ("11201", "Создание юридического лица") if place == 0 else self.rng.choice(LOG)
            yield self._entry("СвЗапЕГРЮЛ", "ГРН", kind, firm.region, when)

    def _entry(self, tag: str, number: str, kind: tuple[str, str], region: str, when: dt.date) -> str:
        rng = self.rng
        papers = "".join(
            f"    <СведПредДок>\n      <НаимДок>{paper}</НаимДок>\n      <НомДок>{rng.randrange(1, 99999)}</НомДок>\n"
            f"      <ДатаДок>{when - dt.timedelta(days=rng.randrange(3, 9))}</ДатаДок>\n    </СведПредДок>\n"
            for paper in rng.sample(PAPERS, rng.randrange(0, 4))
        )
        digits = 8 if number == "ГРН" else 10
        grn = f"2{when.year % 100:02d}{region}{rng.randrange(10**digits):0{digits}d}"
        return (
            f'  <{tag} ИдЗап="1500{rng.randrange(10**11):011d}" {number}="{grn}" ДатаЗап="{when}">\n'
            f'    <ВидЗап КодСПВЗ="{kind[0]}" НаимВидЗап="{kind[1]}" />\n'
            f"    <СвРегОрг {ORGAN.format(region=region)} />\n{papers}  </{tag}>"
        )

    def _sole(self, one: Proprietor, day: dt.date) -> str:
        person, region = one.person, one.person.region
        mark = self._mark("ГРНИПДата", region, one.since)
        surname, given, patronymic = (part.upper() for part in person.registry_name)
        organ = ORGAN.format(region=region)
        parts = [
            f'<СвИП ДатаВып="{day}" ОГРНИП="{one.ogrnip}" ДатаОГРНИП="{one.since}" ИННФЛ="{one.inn}" КодВидИП="1" '
            'НаимВидИП="Индивидуальный предприниматель">',
            f'  <СвФЛ Пол="{1 if person.gender == "m" else 2}">\n'
            f'    <ФИОРус Фамилия="{surname}" Имя="{given}" Отчество="{patronymic}" />\n'
            f'    {mark}\n  </СвФЛ>\n  <СвГражд ВидГражд="1">\n    {mark}\n  </СвГражд>',
            f'  <СвРегИП ОГРНИП="{one.ogrnip}" ДатаОГРНИП="{one.since}" />\n  <СвРегОрг {organ}>\n    {mark}\n  </СвРегОрг>',
        ]
        if one.until is not None and one.until < day:
            parts.append(
                f'  <СвПрекращ>\n    <СвСтатус КодСтатус="201" НаимСтатус="Индивидуальный предприниматель прекратил деятельность '
                f'в связи с принятием им соответствующего решения" ДатаПрекращ="{one.until}" />\n'
                f"    {self._mark('ГРНИПДата', region, one.until)}\n  </СвПрекращ>"
            )
        parts += [
            f'  <СвУчетНО ИННФЛ="{one.inn}" ДатаПостУч="{one.since}">\n    <СвНО {organ} />\n    {mark}\n  </СвУчетНО>',
            self._trades("ГРНИПДата", region, one.since),
        ]
        kinds = [("21211", "Государственная регистрация физического лица в качестве индивидуального предпринимателя"), *LOG]
        span = max((day - one.since).days, 1)
        for place in range(self.rng.randrange(20, 27)):
            when = one.since + dt.timedelta(days=self.rng.randrange(span) if place else 0)
            parts.append(self._entry("СвЗапЕГРИП", "ГРНИП", kinds[0] if not place else self.rng.choice(LOG), region, when))
        return "\n".join([*parts, "</СвИП>"])
