"""Answers of the search of egrul.nalog.ru (`/search-result/…`): who an organisation is and who directs it, without its owners.

Keys as the site gives them: `k` ul or fl, `n` full name, `c` short name, `o` ОГРН or ОГРНИП, `i` ИНН, `p` КПП, `g` «ДОЛЖНОСТЬ:
Фамилия Имя Отчество», `r` day of registration, `e` day it ended, `rn` region, `a` address. The answer tells no day of its own,
so that of its records is unknown; of several who direct an organisation it may name one.
"""

from __future__ import annotations

import re
from collections import Counter

from affil.ingest.formats.json_text import documents, json_head
from affil.ingest.inputs import InputFile, Look
from affil.ingest.refusal import FileRefusedError
from affil.ingest.registry.built import Built, put, record, take
from affil.ingest.registry.fns_values import Element
from affil.ingest.registry.json_values import Json, day_of_text, name_parts, objects, put_address, put_person, text
from affil.ingest.registry.named_values import legal_form, region_code
from affil.model.records import Reject, Sink

_ROWS = re.compile(r'"rows"\s*:\s*\[')
_KIND = re.compile(r'"k"\s*:\s*"(?:ul|fl)"')
_NOTHING = re.compile(r'^\{\s*"rows"\s*:\s*\[\s*\]\s*\}\s*$')
_TICKET = re.compile(r'^\{(?=[^{]*"captchaRequired"\s*:)(?=[^{]*"t"\s*:)[^{}]*\}\s*$')
_NEXT_POST = re.compile(r"[,;]\s*(?=[А-ЯЁ][^:,;]{2,}:)")
_FIRM = re.compile(r"[\"«]|\b(?:ООО|АО|ПАО|ЗАО|ОАО|ОБЩЕСТВО|КОМПАНИЯ|ОРГАНИЗАЦИЯ)\b", re.IGNORECASE)


class NalogSearchReader:
    """Reads results of the search of egrul.nalog.ru."""

    kind = "egrul_search"

    def look(self, file: InputFile) -> Look:
        """Mine where JSON has rows of such a search, or is what the site answers before it has them."""
        head = json_head(file) or ""
        rows = _ROWS.search(head) is not None and _KIND.search(json_head(file, long=True) or "") is not None
        mine = rows or _NOTHING.match(head) is not None or _TICKET.match(head) is not None
        return Look(mine, "egrul_search" if mine else "no_egrul_search")

    def read(self, file: InputFile, sink: Sink) -> None:
        """Push a record a row. `FileRefusedError` where the answer has no rows."""
        seen: Counter[str] = Counter()
        for document, line in documents(file, sink):
            answers = document if isinstance(document, list) else [document]
            for row in (row for answer in answers for row in objects(answer, "rows")):
                built = search_record(row)
                if built is None:
                    sink.reject(Reject("search_row_unknown", row=line, value=text(row, "n") or ""))
                    continue
                seen[built.place] += 1
                if seen[built.place] > 1:
                    built.place += f"#{seen[built.place]}"
                take(built, sink)
        if not seen and not sink.rejects:
            ticket = _TICKET.match(json_head(file) or "") is not None
            raise FileRefusedError(file.name, "search_ticket" if ticket else "search_empty")
        companies = sum(number for place, number in seen.items() if not place.startswith("ОГРНИП"))
        if companies:
            sink.note(f"search_without_owners|{companies}")


def search_record(row: Json) -> Built | None:
    """A row as СвЮЛ or СвИП; None where it is neither."""
    number = text(row, "o") or ""
    if not (number.isascii() and number.isdigit()):
        return None
    return {13: _company, 15: _proprietor}[len(number)](row) if len(number) in (13, 15) else None


def _company(row: Json) -> Built:
    ogrn, full = text(row, "o"), text(row, "n")
    form = legal_form(full)
    root = record(
        "СвЮЛ", ОГРН=ogrn, ИНН=text(row, "i"), КПП=text(row, "p"), ДатаОГРН=day_of_text(row, "r"),
        КодОПФ=form and form[0], ПолнНаимОПФ=form and form[1],
    )  # fmt: skip
    built = Built(root, f"ОГРН {ogrn}" if ogrn else f"ИНН {text(row, 'i')}", not_given=("owners_given", "directors_given"))
    put(put(root, "СвНаимЮЛ", НаимЮЛПолн=full), "СвНаимЮЛСокр", НаимСокр=text(row, "c"))
    put_address(root, text(row, "a"), region_code(text(row, "rn")))
    if day_of_text(row, "e"):
        put(root, "СвПрекрЮЛ", ДатаПрекрЮЛ=day_of_text(row, "e"))
    for one in _NEXT_POST.split(text(row, "g") or ""):
        _put_director(root, one, built)
    return built


def _put_director(root: Element, told: str, built: Built) -> None:
    post, _, name = told.rpartition(":")
    if not name.strip():
        return
    if _FIRM.search(name):
        element = put(root, "СвУпрОрг")
        put(element, "НаимИННЮЛ", НаимЮЛПолн=name.strip())
    else:
        element = put(root, "СведДолжнФЛ")
        put_person(element, "СвФЛ", name_parts(name))
        put(element, "СвДолжн", НаимДолжн=post.strip())
    built.mark(element, "g")


def _proprietor(row: Json) -> Built:
    ogrnip = text(row, "o")
    root = record(
        "СвИП", ОГРНИП=ogrnip, ИННФЛ=text(row, "i"), ДатаОГРНИП=day_of_text(row, "r"), НаимВидИП="Индивидуальный предприниматель",
    )  # fmt: skip
    put_person(put(root, "СвФЛ"), "ФИОРус", name_parts(text(row, "n")))
    put(put(root, "СвАдрМЖ"), "АдресРФ", КодРегион=region_code(text(row, "rn")))
    if day_of_text(row, "e"):
        put(put(root, "СвПрекращ"), "СвСтатус", ДатаПрекращ=day_of_text(row, "e"))
    return Built(root, f"ОГРНИП {ogrnip}" if ogrnip else f"ИНН {text(row, 'i')}")
