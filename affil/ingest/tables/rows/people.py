"""Rows about people into records: officials, their relatives, members of commissions, institutions."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from affil.ingest.tables.rows.row import NO_PERSON, Records, RowRefusedError, TableRow, person_columns
from affil.ingest.values.cells import Refused
from affil.ingest.values.dates import date_in
from affil.ingest.vocabulary.vocabulary import plain, vocabulary
from affil.language.fio import parse_name
from affil.language.kin_words import KinWord, parse_relationship

_AFTER_DEATH = r"\s*(?:в\s+)?(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4})?(?:\s*(?:г\.|году?))?"
_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PATRONYMIC = re.compile(r"\w{2,}(?:[оеё]вич|ьич|[оеё]вна|ична|инична)", re.IGNORECASE)
# «Иванова Анна Петровна, 1980 г.р.»: the day straight after the name; a year alone only where it says that it is one of birth,
# or stands at the end after a comma.
_BORN = re.compile(
    r"(?P<name>[А-ЯЁA-Z][\w-]*(?:\s+(?:[А-ЯЁA-Z][\w-]*|\([А-ЯЁA-Zа-яё\s.-]+\))){1,5})[\s,(]+"
    r"(?:(?P<day>\d{1,2}\.\d{1,2}\.\d{4})|(?P<year>(?:19|20)\d\d)(?=\s*г\.?\s*р|\s*год\w*\s+рожд)"
    r"|(?<=, )(?P<bare>(?:19|20)\d\d)(?=[\s).]*$))"
    r"(?:\s*г(?:ода?)?\.?\s*(?:р(?:ожд\w*)?\b\.?)?)?\s*\)?\s*(?:[,;.].*)?",
    re.DOTALL,
)
_FULL_NAME_WORDS = 3
_RELATIVE_FIELDS = (
    "employee_id", "employer_inn", "inn", "employer", "position", "address", "phone", "email", "valid_from", "questionnaire_date",
)  # fmt: skip
_SPOUSE = "spouse"
_FORMER_SPOUSE = "spouse(former)"


def official_records(row: TableRow) -> Records:
    """An official; the row needs a name that can be read."""
    written = row.name("name")
    name = parse_name(written) if written else None
    if name is None:
        raise RowRefusedError("no_name", "name")
    row.in_order("hired", "dismissed", "hired", "dismissed")
    birth_date, birth_year = row.get("birth_date") or (None, None)
    fields = (
        "employee_id", "employer_inn", "employer", "inn", "status", "position", "department",
        "procurement_role", "reports_to", "hired", "dismissed", "address", "phone", "email", "questionnaire_date",
    )  # fmt: skip
    record = {field: row.get(field) for field in fields}
    return [
        (
            "official",
            {
                **record,
                "name": written,
                **person_columns(name, row.get("former_names")),
                "birth_date": birth_date,
                "birth_year": birth_year,
            },
        )
    ]


def relative_records(row: TableRow) -> Records:
    """A relative, or the fact that there is none; the row needs a known word of kinship and the official it belongs to."""
    relationship: str | None = row.get("relationship")
    kin = parse_relationship(relationship) if relationship is not None else None
    nobody = kin is None and _declares_nobody(relationship, row.name("name"))
    if relationship is None and not nobody:
        raise RowRefusedError("no_relationship", "relationship")
    if kin is None and not nobody:
        raise RowRefusedError("unknown_relationship", "relationship")
    official = row.get("official_name")
    if official is None and row.get("employee_id") is None:
        raise RowRefusedError("no_official", "employee_id", "official_name")
    if kin is None:
        return [_nobody(row, relationship or row.name("name") or "", official)]
    fact, written, columns = _relative_person(row, kin)
    row.in_order("valid_from", "valid_to", "valid_from", "valid_to")
    birth_date, birth_year = row.get("birth_date") or (None, None)
    if written and fact == "person" and birth_year is None:
        written, birth_date, birth_year = _born(written)
    former = fact != "none" and vocabulary().divorced.search(f"{relationship} {written or ''}") is not None
    return [
        (
            "relative",
            {
                **_of_relative(row, official),
                "relationship": relationship,
                "chains": "|".join(_chains(kin, former)),
                "fact": fact,
                "name": written,
                **columns,
                "birth_date": birth_date,
                "birth_year": birth_year,
                "valid_to": row.get("valid_to") or (_divorce_date(f"{relationship} {written or ''}") if former else None),
            },
        )
    ]


def _of_relative(row: TableRow, official: str | None) -> dict[str, Any]:
    """What a row says beside who the relative is: his plain fields, and the official as the row names him."""
    name = parse_name(official) if official else None
    record = {field: row.get(field) for field in _RELATIVE_FIELDS}
    return {**record, "official_name": official, "official_name_key": name.key if name else None}


def _declares_nobody(relationship: str | None, name: str | None) -> bool:
    """Whether a row says that there are no kin at all: «нет» in the place of kinship, of the name or of both."""
    said = [text for text in (relationship, name) if text is not None]
    return bool(said) and all(text.strip() == "—" or says_nobody(text) for text in said)


def _nobody(row: TableRow, written: str, official: str | None) -> tuple[str, dict[str, Any]]:
    """The declaration that there are no kin. It names no group, so none counts as declared empty: the row tells that too."""
    row.doubt("relationship", "kin_nobody_whose", written)
    nobody = {**NO_PERSON, "former_surnames": None, "birth_date": None, "birth_year": None, "valid_to": None}
    return "relative", {
        **_of_relative(row, official),
        "relationship": written,
        "chains": "",
        "fact": "none",
        "name": written,
        **nobody,
    }


def _relative_person(row: TableRow, kin: KinWord) -> tuple[str, str | None, dict[str, str | None]]:
    """What the row says of the person: the fact, the name as written, the person columns."""
    nobody: dict[str, str | None] = {**NO_PERSON, "former_surnames": None}
    written = row.name("name")
    if written is None:
        if _tells_of_death(row, None):
            return "deceased", None, nobody
        raise RowRefusedError("no_name", "name")
    if written == "—" or says_nobody(written):
        return "none", written, nobody
    dead = _tells_of_death(row, written)
    name = parse_name(_without_death(written) if dead else written)
    if name is None:
        if dead:
            return "deceased", written, nobody
        raise RowRefusedError("no_name", "name")
    if names_several(written):
        row.doubt("name", "more_than_one_person", written)
    columns = person_columns(name, row.get("former_names"))
    columns["gender"] = columns["gender"] or kin.gender
    return ("deceased" if dead else "person"), written, columns


def _born(written: str) -> tuple[str, dt.date | None, int | None]:
    """The name, and the day or year of birth that stands behind it in the same cell; the whole text where none does."""
    found = _BORN.fullmatch(written.strip())
    if found is None or parse_name(found["name"]) is None:
        return written, None, None
    if found["day"] is None:
        return found["name"], None, int(found["year"] or found["bare"])
    try:
        day = date_in(found["day"])
    except Refused:
        return written, None, None
    return found["name"], day, day.year if day else None


def names_several(written: str) -> bool:
    """True where a patronymic follows another after at least a surname and a given name: two full names in one cell."""
    words = _WORDS.findall(_IN_BRACKETS.sub(" ", written))
    at = [index for index, word in enumerate(words) if _PATRONYMIC.fullmatch(word)]
    return len(words) >= 2 * _FULL_NAME_WORDS and any(b - a >= _FULL_NAME_WORDS for a, b in pairwise(at))


@lru_cache(maxsize=16_384)
def lists_several(written: str) -> bool:
    """True where a cell that is to name one official has two full names with a sign between them."""
    return re.search(r"[,;\n]", _IN_BRACKETS.sub(" ", written)) is not None and names_several(written)


@lru_cache(maxsize=16_384)
def says_nobody(text: str) -> bool:
    """True for «нет», «не имею», «родственников нет» in the place of a person."""
    return vocabulary().nobody.fullmatch(plain(text)) is not None


def _tells_of_death(row: TableRow, written: str | None) -> bool:
    deceased = vocabulary().deceased
    cells = (written, row.get("relationship"), row.get("employer"), row.get("position"), row.get("address"))
    return any(cell and deceased.search(cell) for cell in cells)


def _without_death(text: str) -> str:
    pattern = rf"(?:{vocabulary().deceased.pattern}){_AFTER_DEATH}"
    return _EMPTY_BRACKETS.sub(" ", re.sub(pattern, " ", text, flags=re.IGNORECASE)).strip(" ,;.()")


def _chains(kin: KinWord, former: bool) -> tuple[str, ...]:
    """The readings of the word; a marriage the row calls ended is a former one."""
    if not former:
        return kin.chains
    return tuple(dict.fromkeys(_FORMER_SPOUSE if chain == _SPOUSE else chain for chain in kin.chains))


def _divorce_date(text: str) -> dt.date | None:
    """The full date the divorce is told with; a year alone gives none."""
    try:
        return date_in(text)
    except Refused:
        return None


def institution_records(row: TableRow) -> Records:
    """A subordinate institution; the row needs its ИНН."""
    if row.get("inn") is None:
        raise RowRefusedError("no_inn", "inn")
    return [("institution", {field: row.get(field) for field in ("inn", "name", "parent_inn", "head")})]
