"""One workspace whose every text is a blow: names, firms, posts, files, sheets, departments, numbers; and its plain twin."""

# ruff: noqa: E501  # tables of one row a line

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import openpyxl
from ingest.eis_documents import company_inn, person_inn
from worlds import table

from affil.settings import filled_toml
from affil.workspace import Workspace, init_workspace

EMPLOYER = company_inn("429900100")
LONG = "Ж" + "у" * 9_998 + "к"
# Each is put in front of, into, and in place of a plain text. What XML cannot hold stands in the CSV tables only.
BLOWS: tuple[str, ...] = (
    "\"'`«»“”„‚‘’‹›", "</td></tr></table><b>жирно</b>", "<script>alert('взлом')</script>", "<img src=x onerror=alert(1)>", "--><!--", "]]>&amp;",
    "=1+1", "+7(999)", "-2+3", "@SUM(1+1)", "\t=1+1", "\r\n=1+1", "=HYPERLINK(\"http://example.invalid\";\"x\")", "=cmd|' /C calc'!A0",
    "'); DROP TABLE official; --", "' OR '1'='1", LONG, "\u202eвонавИ", "\u200b\u200d\ufeff", "\x00\x01", "\x1b[31mкрасный\x1b[0m", "\x9b2J",
    "\x1b]0;title\x07", "😀👨‍👩‍👧", "\nИтого", "a;b,c|d\te", "&lt;b&gt;&#60;script&#62;", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "{name} {0} {0.__class__} %s %d %(name)s", "${jndi:ldap://x}", "../../x", "..\\..\\x", "/etc/passwd", "CON", "NUL.txt", "name", "employee_id",
    "[bold red]x[/]", "\\u0000\\n", "{{ 7*7 }}{% raw %}", "_x000D_", "ſKﬃ", "\u2028\u2029", "Z" + "\u0301" * 60,
)  # fmt: skip
PLAIN = "Ясный"
HIS, KIN = "Ясный Пётр Ильич", "Ершов Павел Ильич"


def inn_of(number: int) -> str:
    """The ИНН of the kin of official `number`: kin who is a supplier himself."""
    return person_inn(f"{4299000000 + number:010d}")


def rows(hostile: bool, only: Collection[int] | None = None) -> dict[str, list[dict[str, Any]]]:
    """The tables; the same persons, purchases and ties with hostile texts and without; `only`: the officials of these numbers."""
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("officials", "relatives", "contracts", "seats", "notices", "searches", "bids")
    }
    together = [" ".join(BLOWS[start::11]) for start in range(11)]
    for number, blow in enumerate((*BLOWS, *together)):
        if only is not None and number not in only:
            continue
        said, named = blow if hostile else PLAIN, hostile and number < len(BLOWS)
        his, kin, who = (f"{said} Пётр Ильич", f"Ершов {said} Ильич", f"Т{number}") if named else (HIS, KIN, f"Т{number}")
        firm = f"ИП {kin}"
        deal = f"К-{number}/{said}" if hostile else f"К-{number}"
        tables["officials"].append(
            {
                "employee_id": who,
                "name": his,
                "employer_inn": EMPLOYER,
                "employer": f"МКУ «Служба» {said}",
                "inn": inn_of(500 + number),
                "status": "муниципальный служащий",
                "position": said,
                "department": said,
                "procurement_role": "контрактный управляющий",
                "hired": "01.02.2015",
                "address": said,
                "phone": said,
                "former_names": said,
                "reports_to": said,
                "dismissed": "01.02.2020" if number == 3 else "",
            }
        )
        tables["relatives"].append(
            {
                "employee_id": who,
                "relationship": "брат",
                "name": kin,
                "inn": inn_of(number),
                "employer": said,
                "position": said,
                "employer_inn": EMPLOYER,
            }
        )
        tables["contracts"].append(
            {
                "contract_number": deal,
                "customer_inn": EMPLOYER,
                "supplier": firm,
                "supplier_inn": inn_of(number),
                "price": "10,5",
                "signed_on": f"{number % 28 + 1:02d}.03.2019",
                "subject": said,
                "method": said,
                "ground": said,
                "contract_manager": said,
            }
        )
        tables["seats"].append(
            {"member": his, "employee_id": who, "customer_inn": EMPLOYER, "role": "член комиссии", "from": "01.02.2018"}
        )
        tables["notices"].append(
            {"employee_id": who, "kind": "подарок", "number": said, "date": "01.02.2019", "organisation": said, "decision": said}
        )
        tables["searches"].append({"who": his, "service": said, "date": "01.02.2019", "result": said, "file": said})
        tables["bids"].append({"procedure_number": f"0339300042119{number:06d}", "participant": firm, "participant_inn": inn_of(number), "customer_inn": EMPLOYER,
                               "applied_on": f"{number % 28 + 1:02d}.02.2019", "director": f"Кротов Захар {said}", "winner": "да", "email": said})  # fmt: skip
    return tables


FILES = {
    "officials": "=1+1 'Кадры'; DROP TABLE source; --", "relatives": "Анкеты <script>alert(1)</script>".replace("/", "∕"), "contracts": "{name} %s \u202eперечень",
    "seats": "-комиссия\x1b[31m", "notices": "@журнал &amp;", "searches": "поиск\nИтого", "bids": "участники \"'`",
}  # fmt: skip


def workspace(folder: Path, hostile: bool, only: Collection[int] | None = None) -> Workspace:
    """The workspace, nothing loaded yet; `only`: with the officials of these numbers alone."""
    place = init_workspace(folder)
    said = "<script>alert(1)</script>{name}%s'\"" if hostile else PLAIN
    values = {
        "organisation": {"name": f"Администрация {said}", "inn": EMPLOYER},
        "purchases": {"customers": [EMPLOYER]},
        "plan": {"headcount": len(BLOWS)},
    }
    place.settings_file.write_text(filled_toml("ru", values), encoding="utf-8")
    for name, content in rows(hostile, only).items():
        table(place.inbox / (f"{FILES[name]}.csv" if hostile else f"{name}.csv"), content)
    if only is None:
        _sheets(place.inbox / ("+книга.xlsx" if hostile else "книга.xlsx"), hostile)
    return place


def _sheets(path: Path, hostile: bool) -> None:
    """One more official a sheet, its name a blow a sheet may bear."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, blow in enumerate(
        ("=1+1", "<script>", "'; DROP TABLE x", "{name} %s", "\u202eтсиЛ", "CON", "name", "&amp;", "Итого")
    ):
        sheet = book.create_sheet(blow.strip("'") if hostile else f"Лист{number}")
        sheet.append(["Табельный №", "ФИО", "ИНН организации", "Должность"])
        sheet.append(
            [
                f"Л{number}",
                f"Клёнов Лука {number}" if not hostile else f"{blow} Клёнов Лука",
                EMPLOYER,
                blow if hostile else PLAIN,
            ]
        )
        for row in sheet.iter_rows():
            for cell in row:
                cell.data_type = "s"
    book.save(path)
