"""The reader of orders on procurement commissions: members of the commission with the day of the order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from affil.ingest.formats.docx_text import Paragraph, WordText, is_word, word_text
from affil.ingest.inputs import InputFile, Look
from affil.ingest.orders.members import TAKE_OUT, Line, Seat, Unread, members, once_each
from affil.ingest.orders.names import names_in
from affil.ingest.orders.words import order_words
from affil.ingest.questionnaire.words import questionnaire_words
from affil.ingest.refusal import FileRefusedError
from affil.ingest.tables.rows.row import TableRow
from affil.ingest.tables.rows.seats import seat_records
from affil.ingest.values.cells import Refused, shown
from affil.ingest.values.dates import date_in
from affil.ingest.values.number_values import organisation_inn
from affil.language.companies import looks_like_company
from affil.model.records import Reject, Sink

_TITLE_WITHIN = 30  # lines from the top in which the title of the act stands
_DATE_WITHIN = 6  # lines around the title in which its date stands
_LONGEST_SHOWN = 200
_LONGEST_LINE = 6_000  # signs: no order names its members in a longer sentence
_OTHER_ACT = re.compile(r"признать|утратив|изменени\w+ в|во исполнение|на основании|в соответствии", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head of an order says: whose it is and of which day; None where it does not say."""

    customer: str | None
    customer_inn: str | None
    dated: dt.date | None


class OrderReader:
    """Reads orders as paragraphs and as tables; a sentence that cannot be read is told with its text, the rest is taken."""

    kind = "commission_order"

    def look(self, file: InputFile) -> Look:
        """Mine: a Word file titled as an order that speaks of a commission for purchases and names somebody."""
        if not is_word(file):
            return Look(False, "no_word")
        try:
            lines = lines_of(word_text(file))
        except FileRefusedError:
            return Look(False, "word_unreadable")
        return Look(True, "commission_order") if _is_order(lines) else Look(False, "no_order")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push a seat a member: from the day of the order, or up to it where he is taken out."""
        lines = lines_of(word_text(file))
        title = _title(lines)
        head = heading_of(lines, title)
        found = list(members(lines[title + 1 :]))
        seats = [one for one in found if isinstance(one, Seat)]
        unread = [one for one in found if isinstance(one, Unread)]
        taken, alike = once_each(seats)
        for one in [*unread, *(Unread("order_same_name", seat.line.text, seat.line) for seat in alike)]:
            sink.reject(Reject(one.reason, one.line.sheet, one.line.row, "", shown(one.text)[:_LONGEST_SHOWN]))
        if not taken:
            raise FileRefusedError(file.name, "order_no_members")
        _tell_gaps(head, lines[title], sink)
        for locator, seat in _located(taken):
            _push(seat, locator, head, sink)
        sink.count("commission_members", len(taken))


def lines_of(document: WordText) -> list[Line]:
    """Paragraphs and rows of tables, in document order."""
    words, lines = questionnaire_words(), list[Line]()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            place = words.paragraph.format(number=block.number)
            lines += [Line(text[:_LONGEST_LINE], place, None) for text in block.text.split("\n") if text.strip()]
            continue
        for number, row in enumerate(block.rows, 1):
            cells = tuple(" ".join(cell.split())[:_LONGEST_LINE] for cell in row if cell)
            if cells:
                lines.append(Line(_row_text(cells), words.table.format(number=block.number), number, cells))
    return lines


def _row_text(cells: Sequence[str]) -> str:
    return " – ".join(cell for cell in cells if not cell.strip(" .)").isdigit()) or cells[0]


def _title(lines: Sequence[Line]) -> int:
    """The line with the title of the act; -1 where there is none."""
    return next((n for n, line in enumerate(lines[:_TITLE_WITHIN]) if order_words().act.match(line.text)), -1)


def _is_order(lines: Sequence[Line]) -> bool:
    words = order_words()
    text = "\n".join(line.text for line in lines)
    subject = words.commission.search(text)
    if _title(lines) < 0 or subject is None:
        return False
    other = words.not_it.search(text)
    return (other is None or subject.start() < other.start()) and any(any(names_in(line.text)) for line in lines)


def heading_of(lines: Sequence[Line], title: int) -> Heading:
    """Customer by the lines above the title, date and number by those around it."""
    words = order_words()
    text = "\n".join(line.text for line in lines)
    above = [line.text for line in lines[:title]]
    return Heading(
        _customer(above, text), _inn(words.inn.search("\n".join(above)) or words.inn.search(text)), _dated(lines, title)
    )


def _customer(above: Sequence[str], text: str) -> str | None:
    words = order_words()
    kept = [
        shown(words.inn.sub(" ", line)).strip(" ,;") for line in above if not words.not_customer.search(words.inn.sub(" ", line))
    ]
    name = shown(" ".join(line for line in kept if line))
    if name and looks_like_company(name):
        return name
    told = words.customer_in_text.search(text)
    return shown(words.inn.sub(" ", told[1])).strip(" ,;.") if told else None


def _inn(found: re.Match[str] | None) -> str | None:
    try:
        return organisation_inn(found[1]) if found else None
    except Refused:
        return None


def _dated(lines: Sequence[Line], title: int) -> dt.date | None:
    """The first date in the title or the few lines below it, else in the line just above; a date of another act is not it."""
    around = [*lines[title : title + _DATE_WITHIN], *lines[max(0, title - 2) : title]]
    for line in around:
        if _OTHER_ACT.search(line.text):
            continue
        try:
            day = date_in(re.sub(r"[«\"“_]\s*_*(\d{1,2})_*\s*[»\"”]", r"\1", line.text.replace("_", " ")))
        except Refused:
            continue
        if day:
            return day
    return None


def _tell_gaps(head: Heading, title: Line, sink: Sink) -> None:
    gaps = {"order_no_date": head.dated is None, "order_no_customer": not (head.customer or head.customer_inn)}
    for reason in (reason for reason, there in gaps.items() if there):
        sink.reject(Reject(reason, title.sheet, title.row, "", shown(title.text)[:_LONGEST_SHOWN], row_taken=True))


def _located(seats: Sequence[Seat]) -> list[tuple[str, Seat]]:
    """Each seat with a locator of its own: a line may name several."""
    number: dict[str, int] = {}
    found = []
    for seat in seats:
        at = seat.line.locator
        number[at] = number.get(at, 0) + 1
        found.append((at if number[at] == 1 else f"{at}/{number[at]}", seat))
    return found


def _push(seat: Seat, locator: str, head: Heading, sink: Sink) -> None:
    out = seat.doing == TAKE_OUT
    span = {"to": head.dated} if out else {"from": head.dated}
    row = TableRow({"member": seat.name, "customer_inn": head.customer_inn, "role": seat.role, **span}, [])
    more = {"customer": head.customer, "taken_out": True if out else None}
    for table, record in seat_records(row):
        record.pop("at")
        sink.add(table, locator, {**record, "name": seat.written, **more})
