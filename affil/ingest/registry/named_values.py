"""Values that other sources of registry data give by name, as the codes of the registry: region, legal form."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

# ОКОПФ (ОК 028-2012) by the beginning of the full name. Where the name leaves the exact code open (a public or a non-public
# company, whose institution it is), the code of the group stands: 12200, 65000, 75000.
_FORMS = (
    ("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ", "12300", "Общества с ограниченной ответственностью"),
    ("ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО", "12247", "Публичные акционерные общества"),
    ("НЕПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО", "12267", "Непубличные акционерные общества"),
    ("ОТКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО", "12200", "Акционерные общества"),
    ("ЗАКРЫТОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО", "12200", "Акционерные общества"),
    ("АКЦИОНЕРНОЕ ОБЩЕСТВО", "12200", "Акционерные общества"),
    ("АВТОНОМНАЯ НЕКОММЕРЧЕСКАЯ ОРГАНИЗАЦИЯ", "71400", "Автономные некоммерческие организации"),
    ("БЛАГОТВОРИТЕЛЬНЫЙ ФОНД", "70401", "Благотворительные фонды"),
    ("ТОВАРИЩЕСТВО СОБСТВЕННИКОВ ЖИЛЬЯ", "20716", "Товарищества собственников жилья"),
)
_UNITARY = re.compile(r"(?:УНИТАРНОЕ|КАЗ[ЕЁ]ННОЕ)(?:\s[А-ЯЁ-]+){0,3}\sПРЕДПРИЯТИЕ")
_INSTITUTION = re.compile(r"(?:МУНИЦИПАЛЬН|ГОСУДАРСТВЕНН|ФЕДЕРАЛЬН|ОБЛАСТН|КРАЕВ|РЕСПУБЛИКАНСК)[А-ЯЁ]+.*\bУЧРЕЖДЕНИЕ")


def legal_form(full_name: str | None) -> tuple[str, str] | None:
    """Code and name of the legal form (ОКОПФ) that a full name begins with, None where it does not surely tell one."""
    name = " ".join((full_name or "").upper().split())
    for beginning, code, form in _FORMS:
        if name.startswith(beginning):
            return code, form
    head = re.split(r"[\"«]", name, maxsplit=1)[0]
    if _UNITARY.search(head):
        return "65000", "Унитарные предприятия"
    return ("75000", "Учреждения") if _INSTITUTION.search(head) else None


def region_code(text: str | None) -> str | None:
    """The two digits of the region that a text names (`ОБЛАСТЬ БРЯНСКАЯ`, `г Москва`), None where it names none or two."""
    plain = (text or "").casefold().replace("ё", "е")
    found = {code for word in re.findall(r"[а-я]+", plain) if (code := _code(word))}
    if "ямало" in plain:
        found.discard("83")  # «Ямало-Ненецкий» names another region in its second half
    return found.pop() if len(found) == 1 else None


def _code(word: str) -> str | None:
    fits = [(len(stem), code) for stem, code in _stems().items() if word.startswith(stem)]
    return max(fits)[1] if fits else None


@cache
def _stems() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("region_names.toml").read_text(encoding="utf-8"))
