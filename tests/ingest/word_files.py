"""Word files for tests: questionnaires and orders of invented people, written in the ways people write them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from table_files import valid

from affil.ingest.inputs import InputFile
from affil.ingest.readers import looks, readers
from affil.model.records import Mapped, Reject, Sink

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
HEADINGS = (
    "Степень родства",
    "Фамилия, имя, отчество",
    "Год, число, месяц и место рождения",
    "Место работы (наименование и адрес организации), должность",
    "Домашний адрес (адрес регистрации, фактического проживания)",
)
ITEM_2 = "Если изменяли фамилию, имя или отчество, то укажите их, а также когда, где и по какой причине"
ITEM_3 = "Число, месяц, год и место рождения (село, деревня, город, район, область, край, республика, страна)"
ITEM_4 = (
    "Гражданство (если изменяли, то укажите, когда и по какой причине, если имеете гражданство другого государства – укажите)"
)
ITEM_11 = (
    "11. Выполняемая работа с начала трудовой деятельности (включая учебу в высших и средних специальных учебных заведениях, "
    "военную службу, работу по совместительству, предпринимательскую деятельность и т.п.)."
)
KIN_OF_2005 = "13. Ваши близкие родственники (отец, мать, братья, сестры и дети), а также муж (жена), в том числе бывшие."
KIN_OF_2019 = (
    "13. Ваши близкие родственники (отец, мать, братья, сестры и дети), а также супруга (супруг), в том числе бывшая (бывший), "
    "супруги братьев и сестер, братья и сестры супругов."
)
FORMER_TOO = "Если родственники изменяли фамилию, имя, отчество, необходимо также указать их прежние фамилию, имя, отчество."
ITEM_17 = "Домашний адрес (адрес регистрации, фактического проживания), номер телефона (либо иной вид связи)"
ITEM_23 = (
    "23. Мне известно, что заведомо ложные сведения, сообщенные в анкете, могут повлечь отказ в участии в конкурсе. Согласен."
)


@dataclass(frozen=True)
class Kin:
    word: str
    name: str
    born: dt.date | None = None
    firm: str = ""
    post: str = ""
    home: str = ""
    former: str = ""


@dataclass(frozen=True)
class Person:
    surname: str = "Полозова"
    given: str = "Дарья"
    patronymic: str = "Игоревна"
    former: str = "Ветлугина"
    born: dt.date = dt.date(1980, 3, 12)
    inn: str = valid("4205000017")
    firm: str = "МБОУ СОШ № 9"
    post: str = "учитель"
    home: str = "г. Энск, ул. Мира, д. 7, кв. 1"
    phone: str = "8-913-123-45-67"
    signed: dt.date = dt.date(2021, 3, 12)
    kin: tuple[Kin, ...] = (
        Kin("Отец", "Ветлугин Игорь Павлович", dt.date(1950, 5, 3), "", "пенсионер", "г. Энск, ул. Мира, д. 3, кв. 5"),
        Kin("Мать", "Ветлугина Ольга Петровна", dt.date(1952, 6, 1), "ООО «Вереск»", "бухгалтер", former="Сухова"),
        Kin("Братья, сёстры", "нет"),
        Kin("Муж", "Полозов Олег Юрьевич", dt.date(1979, 7, 5), "ООО «Кедр, Лес»", "директор", "г. Энск, ул. Мира, д. 7, кв. 1"),
        Kin("Сын", "Полозов Пётр Олегович", dt.date(2005, 5, 1)),
        Kin("Дочь", "Полозова Мария Олеговна", dt.date(2008, 11, 7)),
    )

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given} {self.patronymic}"


@dataclass
class Style:
    """How a questionnaire is filled in; each switch is a habit met in personal files."""

    paragraphs: bool = False
    one_table: bool = False
    blank: str = ""
    name_in_one: bool = False
    name_in_cell: bool = False
    numbers_apart: bool = False
    dates: str = "words"
    kin_dates: str = "form"
    post_first: bool = False
    lines_in_cell: bool = False
    merged_word: bool = False
    together: bool = False
    broken: str = ""
    former: str = "words"
    kin_former: str = "brackets"
    edition: str = KIN_OF_2019
    work: str = "по н.в."
    two_storeys: bool = True
    title: str = "АНКЕТА"
    numbered: bool = True


STYLES: dict[str, Style] = {
    "as the form is": Style(),
    "paragraphs with underlines": Style(paragraphs=True, blank="____"),
    "dots by hand": Style(paragraphs=True, blank=".......", dates="dots"),
    "one table for all": Style(one_table=True),
    "name in one blank": Style(name_in_one=True, former="plain", dates="dots"),
    "name on lines of one cell": Style(name_in_cell=True, blank="___"),
    "numbers in a column": Style(numbers_apart=True, work="по настоящее время", two_storeys=False),
    "post before the firm": Style(post_first=True, kin_dates="dots", work=""),
    "lines in cells": Style(lines_in_cell=True, kin_former="line"),
    "children under one word": Style(merged_word=True, work="настоящее время"),
    "children in one row": Style(together=True, kin_dates="words"),
    "table on two pages": Style(broken="headed", former="from to"),
    "table broken by hand": Style(broken="bare", work="н/в"),
    "old form": Style(edition=KIN_OF_2005, paragraphs=True, blank="__", dates="quoted"),
    "no numbers, no title": Style(title="", numbered=False, kin_dates="dots", kin_former="until"),
}


def told(day: dt.date, how: str, place: str = "") -> str:
    month = MONTHS[day.month - 1]
    text = {
        "words": f"{day.day} {month} {day.year} года",
        "dots": f"{day:%d.%m.%Y}",
        "quoted": f"«{day.day:02}» {month} {day.year} г.",
        "form": f"{day.year}, {day.day} {month}",
    }[how]
    return f"{text}, {place}" if place else text


def work_of(firm: str, post: str, style: Style) -> str:
    if not firm:
        return post
    if style.lines_in_cell:
        return f"{firm}\nг. Энск, ул. Лесная, 5\n{post}"
    return f"{post} {firm}" if style.post_first else f"{firm}, г. Энск, ул. Лесная, д. 5, {post}"


def questionnaire(person: Person, style: Style, document: Document | None = None) -> Document:
    """The document; with `document` one more questionnaire in it."""
    made = document or docx.Document()
    if style.title:
        made.add_paragraph(style.title)
        made.add_paragraph("(заполняется собственноручно)")
    _items(made, _first_items(person, style), style)
    _kin_title(made, style)
    _kin_tables(made, person, style)
    number = "17. " if style.numbered else ""
    made.add_paragraph(f"{number}{ITEM_17} {style.blank}{person.home}, тел. {person.phone}{style.blank}")
    made.add_paragraph("18. Паспорт или документ, его заменяющий 3205 123456, выдан УВД")
    made.add_paragraph(f"21. ИНН (если имеется) {style.blank}{person.inn}{style.blank}")
    made.add_paragraph("22. Дополнительные сведения (участие в выборных органах) в 2011 году депутат")
    made.add_paragraph(ITEM_23)
    made.add_paragraph(
        f"«_{person.signed.day:02}_» __{MONTHS[person.signed.month - 1]}__ {person.signed.year} г.      Подпись ________"
    )
    made.add_paragraph("М.П.  Фотография и данные о трудовой деятельности, воинской службе и об учебе соответствуют документам")
    made.add_paragraph("«20» декабря 2023 г.    (подпись, фамилия работника кадровой службы)")
    return made


def _first_items(person: Person, style: Style) -> list[tuple[str, str]]:
    change = {
        "words": f"изменяла, {person.former}, 2010, в связи с вступлением в брак",
        "plain": f"{person.former}, 12.06.2010, г. Энск, вступление в брак",
        "from to": f"Фамилию {person.former} изменила на {person.surname} в 2010 г. в связи с вступлением в брак",
    }[style.former]
    if style.name_in_one:
        name = [("1. Фамилия, имя, отчество", person.name)]
    elif style.name_in_cell:
        name = [
            (
                f"1. Фамилия {style.blank}{person.surname}\nИмя {person.given}\nОтчество {person.patronymic}",
                "Место\nдля\nфотографии",
            )
        ]
    else:
        name = [("1. Фамилия", person.surname), ("Имя", person.given), ("Отчество", person.patronymic)]
    return [
        *name,
        (f"2. {ITEM_2}", change),
        (f"3. {ITEM_3}", told(person.born, style.dates, "г. Энск Энской области")),
        (f"4. {ITEM_4}", "РФ"),
        ("9. Были ли Вы судимы (когда и за что)", "не судима"),
    ]


def _items(made: Document, items: Sequence[tuple[str, str]], style: Style) -> None:
    if not style.numbered:
        items = [(label.split(" ", 1)[1] if label[0].isdigit() else label, text) for label, text in items]
    if style.paragraphs:
        for label, text in items:
            made.add_paragraph(f"{label} {style.blank}{text}{style.blank}{style.blank}")
    elif style.numbers_apart:
        rows = [(label.split(" ", 1) if label[0].isdigit() else ["", label]) for label, _ in items]
        table_of(made, [(number, label, text) for (number, label), (_, text) in zip(rows, items, strict=True)])
    else:
        table_of(made, items)


def _work_rows(person: Person, style: Style) -> list[Sequence[str]]:
    post = f"{person.post} {person.firm}" if style.post_first else f"{person.post}, {person.firm}"
    head = [("поступления", "ухода", "Должность с указанием организации", "Адрес организации (в т.ч. за границей)")]
    if style.two_storeys:
        head = [("Месяц и год", "", "Должность с указанием организации", "Адрес организации"), ("поступления", "ухода", "", "")]
    return [*head, ("09.1998", "06.2003", "студентка КемГУ", "г. Энск"), ("08.2003", style.work, post, "г. Энск, ул. Мира, 5")]


def _kin_title(made: Document, style: Style) -> None:
    if not style.numbered:
        return
    if not style.one_table:
        made.add_paragraph(ITEM_11)
    made.add_paragraph(f"{style.edition} {FORMER_TOO}")


def _kin_tables(made: Document, person: Person, style: Style) -> None:
    if not style.one_table:
        # The work record stands before item 13; where the table of kin is drawn does not matter to the reader.
        _move_before_last(made, table_of(made, _work_rows(person, style)))
    rows = [_kin_row(kin, style) for kin in person.kin]
    if style.one_table:
        work = [(ITEM_11, "", "", "", ""), *[(*row, "") for row in _work_rows(person, style)]]
        kin = [(f"{style.edition} {FORMER_TOO}", "", "", "", ""), HEADINGS, *rows]
        made.paragraphs[-1]._p.getparent().remove(made.paragraphs[-1]._p)
        made_table = table_of(made, [*work, *kin])
        for number in (0, len(work)):
            made_table.cell(number, 0).merge(made_table.cell(number, 4))
        return
    if style.together:
        rows = [
            *rows[:-2],
            tuple("\n".join(pair) if n < 3 else "" for n, pair in enumerate(zip(rows[-2], rows[-1], strict=True))),
        ]
    if style.broken:
        table_of(made, [HEADINGS, *rows[:3]])
        made.element.body.append(parse_xml(f"<w:p {nsdecls('w')}/>")) if style.broken == "headed" else None
        again = [HEADINGS, ("1", "2", "3", "4", "5")] if style.broken == "headed" else []
        table_of(made, [*again, *rows[3:]])
        return
    table = table_of(made, [HEADINGS, *rows])
    if style.merged_word:
        table.cell(len(rows), 0).text = ""
        table.cell(len(rows) - 1, 0).text = "Дети"
        table.cell(len(rows) - 1, 0).merge(table.cell(len(rows), 0))


def _move_before_last(made: Document, table: Table) -> None:
    if made.paragraphs:
        made.paragraphs[-1]._p.addprevious(table._tbl)


def _kin_row(kin: Kin, style: Style) -> tuple[str, ...]:
    if kin.name == "нет":
        return kin.word, "нет", "—", "—", "—"
    surname, rest = kin.name.split(" ", 1)
    name = {
        "": kin.name,
        "brackets": f"{surname} ({kin.former}) {rest}",
        "line": f"{kin.name}\n(до брака {kin.former})",
        "until": f"{kin.name} (до 1975 г. {kin.former})",
    }[style.kin_former if kin.former else ""]
    born = told(kin.born, style.kin_dates, "г. Энск") if kin.born else ""
    if style.lines_in_cell:
        born = born.replace(", ", ",\n")
    return kin.word, name, born, work_of(kin.firm, kin.post, style), kin.home


def table_of(made: Document, rows: Sequence[Sequence[str]]) -> Table:
    table = made.add_table(0, max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    return table


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def document_of(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A document of paragraphs (texts) and tables (rows)."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
        else:
            table_of(made, block)
    return saved(made)


@dataclass
class Taken:
    """What the reader that took the file gave."""

    kind: str
    saw: str
    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    mapped: list[Mapped] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    def of(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        return [tuple(record.get(column) for column in columns) for record in self.records.get(table, [])]

    def reasons(self) -> list[str]:
        return [reject.reason for reject in self.rejects]


def take(data: bytes, name: str = "file.docx") -> Taken:
    """What `affil load` would take of the file: the first reader that says it is its own reads it."""
    file = InputFile(name, data=data)
    reader, look = looks(file, readers())[-1]
    assert look.mine
    taken = Taken(reader.kind, look.saw)
    sink = Sink(lambda table, rows: taken.records.setdefault(table, []).extend(rows))
    reader.read(file, sink)
    sink.close()
    taken.rejects, taken.notes, taken.mapped, taken.taken = sink.rejects, sink.notes, sink.mapped, dict(sink.taken)
    return taken
