"""What an officer sets in `affil.toml`; every default is written out in the shipped template, and only there."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo

from affil.errors import SettingsError
from affil.language.identifiers import inn_region, valid_inn
from affil.words import LANGUAGES, Words

FILE_NAME = "affil.toml"

_TEMPLATES = Path(__file__).parent / "templates_toml"


def _expect(condition: bool, expected: str) -> None:
    """Refuse a value; the text is for developers, what an officer reads is chosen by `_expectation`."""
    if not condition:
        raise ValueError(expected)


def _organisation_inn(value: str) -> str:
    _expect(len(value) == 10 and valid_inn(value), "inn_organisation")
    return value


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def _none_if_zero(value: object) -> object:
    return None if value == 0 and value is not False else value


def _region(value: str) -> str:
    _expect(re.fullmatch("[0-9]{2}", value) is not None, "region")
    return value


def _rising(value: tuple[int, ...]) -> tuple[int, ...]:
    _expect(len(value) == 12 and list(value) == sorted(value), "by_month")
    return value


def _day_month(value: str) -> str:
    try:
        dt.datetime.strptime(f"{value}.2024", "%d.%m.%Y")
    except ValueError:
        _expect(False, "day_month")
    return value


Inn = Annotated[str, AfterValidator(_organisation_inn)]
OptionalText = Annotated[str | None, BeforeValidator(_none_if_empty)]
Count = Annotated[int, Field(ge=0)]
DayMonth = Annotated[str, AfterValidator(_day_month)]
Months = Annotated[int, Field(ge=1)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Organisation(_Section):
    """Whose check this is; None where nothing is entered. `address`: of the operator of personal data, for papers on them."""

    name: OptionalText
    inn: Annotated[Inn | None, BeforeValidator(_none_if_empty)]
    region: Annotated[Annotated[str, AfterValidator(_region)] | None, BeforeValidator(_none_if_empty)]
    address: OptionalText

    @property
    def region_code(self) -> str | None:
        """Two digits: as entered, else the first two of the ИНН, else None."""
        return self.region or (inn_region(self.inn) if self.inn else None)


class Purchases(_Section):
    """Whose purchases are checked, by ИНН."""

    customers: Annotated[tuple[Inn, ...], Field(strict=False)]
    organisers: Annotated[tuple[Inn, ...], Field(strict=False)]


class Plan(_Section):
    """The monthly plan of officials checked for affiliation, % cumulative (OFFICER 8); `headcount` None: not given.

    Of subordinate institutions all are to be covered where there are at most `institutions_all_to`, so many per cent of them
    where there are at most `institutions_part_to` (OFFICER 1); above that no norm is known.
    """

    by_month: Annotated[tuple[Annotated[int, Field(ge=0, le=100)], ...], Field(strict=False), AfterValidator(_rising)]
    headcount: Annotated[Count | None, BeforeValidator(_none_if_zero)]
    counts: Literal["full", "limited"]
    institutions_all_to: Count
    institutions_part_to: Count
    institutions_percent: Annotated[int, Field(ge=0, le=100)]


class BasisByCategory(_Section):
    """The legal basis for each category of person (`status` of CONTRACT 3); None: none is given (OFFICER 7)."""

    elected_office: Annotated[OptionalText, Field(alias="elected office")]
    municipal_servant: Annotated[OptionalText, Field(alias="municipal servant")]
    head_of_institution: Annotated[OptionalText, Field(alias="head of institution")]
    worker: OptionalText
    deputy: OptionalText
    candidate: OptionalText
    former_servant: Annotated[OptionalText, Field(alias="former servant")]

    def of(self, status: str | None) -> str | None:
        """The basis for an official of this status; None for an unknown status too."""
        return None if status is None else self.model_dump(by_alias=True).get(status)

    def missing(self) -> frozenset[str]:
        """The categories for which none is given."""
        return frozenset(status for status, basis in self.model_dump(by_alias=True).items() if basis is None)


class LegalBasis(_Section):
    """On what ground data are processed: about the person, and about his relatives."""

    person: BasisByCategory
    relatives: BasisByCategory


class Retention(_Section):
    """How long data are kept, in the unit each name ends with."""

    after_dismissal_years: Count
    candidate_days: Count
    relative_days: Count
    case_years: Count
    log_years: Count


class PersonalData(_Section):
    """What only the operator knows and papers on personal data must tell (152-ФЗ ст. 14 ч. 7; приказ РКН № 179 п. 3).

    None is a blank to fill in by hand. `system`: what the operator's own papers call the information system; `processors`: who
    processes on his behalf, with address; `recipients`: who else may see the data; `cross_border`: transfers abroad; `measures`:
    under ст. 18.1; `contact`: where a person turns to.
    """

    system: OptionalText
    processors: OptionalText
    recipients: OptionalText
    cross_border: OptionalText
    measures: OptionalText
    contact: OptionalText


class Thresholds(_Section):
    """`nil_statement_coverage` is a part (0 to 1) of the persons to be checked; `cluster_places` companies and
    questionnaires that may name one person who has no ИНН there; the others are months."""

    nil_statement_coverage: Annotated[float, Field(ge=0, le=1)]
    stale_questionnaire_months: Months
    tie_window_months: Months
    cluster_places: Annotated[int, Field(ge=1)]


class Documents(_Section):
    """What stands in letterheads and under documents; None is a blank to fill in by hand. `reply_days`: within which an
    explanation is asked for; `repeat_months`: after which a nil statement is to be made anew; `case_days`: within which a
    case is to be dealt with."""

    department: OptionalText
    addressee: OptionalText
    addressee_if_involved: OptionalText
    executor: OptionalText
    executor_phone: OptionalText
    head: OptionalText
    plan: OptionalText
    regulation: OptionalText
    access_list: OptionalText
    reply_days: Annotated[int, Field(ge=1)]
    case_days: Annotated[int, Field(ge=1)]
    repeat_months: Months


def _one_line(value: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


class Reviewer(_Section):
    """Who may decide on findings: full name, one line, and the number he has in the list of officials, where he is in it."""

    name: Annotated[str, AfterValidator(_one_line), Field(min_length=1)]
    employee_id: OptionalText = None
    employer_inn: Annotated[Inn | None, BeforeValidator(_none_if_empty)] = None


def _enough(value: tuple[Reviewer, ...], info: ValidationInfo) -> tuple[Reviewer, ...]:
    names = {" ".join(one.name.casefold().split()) for one in value}
    _expect(len(names) == len(value) and (len(names) > 1 or not info.data.get("four_eyes")), "reviewers")
    return value


class Review(_Section):
    """Who reviews; `four_eyes`: what closes a case needs two of them who agree."""

    four_eyes: bool
    reviewers: Annotated[tuple[Reviewer, ...], Field(strict=False, validate_default=True), AfterValidator(_enough)] = ()

    @property
    def agreeing(self) -> tuple[Reviewer, ...] | None:
        """Those of whom two must agree; None where one is enough."""
        return self.reviewers if self.four_eyes else None


class Calendar(_Section):
    """Dates in the year as `ДД.ММ`, and the day after a quarter by which lists of contractors are handed in."""

    questionnaires_by: DayMonth
    yearly_analysis_by: DayMonth
    yearly_report_by: DayMonth
    previous_year_by: DayMonth
    contract_lists_day: Annotated[int, Field(ge=1, le=28)]


class Operator(_Section):
    """Who works here: the name for the log and under decisions; None: asked for on a terminal. `each_time`: asked every time."""

    name: OptionalText
    each_time: bool


class StoreSettings(_Section):
    """Where the key of an encrypted store is; None and false: it is not encrypted, or the environment has the key."""

    key_file: OptionalText
    keyring: bool


_OF_NO_RUN: Any = {"store": True, "operator": True, "personal_data": True, "organisation": {"address"}}


class Settings(_Section):
    """All settings of a workspace."""

    language: Literal["ru", "en"]
    operator: Operator
    organisation: Organisation
    purchases: Purchases
    plan: Plan
    legal_basis: LegalBasis
    retention: Retention
    personal_data: PersonalData
    thresholds: Thresholds
    calendar: Calendar
    documents: Documents
    store: StoreSettings
    review: Review
    headings: dict[str, dict[str, str]]

    def as_values(self) -> dict[str, object]:
        """Plain values by the keys of the file, for the manifest.

        Who works, where the store's key is and what no document of a run prints make no other run.
        """
        return self.model_dump(mode="json", by_alias=True, exclude=_OF_NO_RUN)

    def deciding_values(self) -> dict[str, object]:
        """What the hash of a run counts: all but the language (CONTRACT 4); who reviews counts by the statuses it makes."""
        return {key: value for key, value in self.as_values().items() if key not in ("language", "review")}


def default_toml(lang: str) -> str:
    """The text of a fresh `affil.toml`, commented in `lang`; it loads to the defaults."""
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r}: expected one of {', '.join(LANGUAGES)}")
    return (_TEMPLATES / f"affil.{lang}.toml").read_text(encoding="utf-8")


def filled_toml(lang: str, values: dict[str, Any]) -> str:
    """The text of a fresh `affil.toml` with `values`, tables of texts, numbers and lists, in place of its defaults.

    A key that the file has not is a `KeyError`: every setting is written out there.
    """
    lines, section = default_toml(lang).split("\n"), ""
    places = {}
    for number, line in enumerate(lines):
        section = line[1:-1] if line.startswith("[") else section
        places[section, line.partition(" = ")[0]] = number
    for table, key, value in _flat(values):
        written = key if (table, key) in places else json.dumps(key, ensure_ascii=False)
        lines[places[table, written]] = f"{written} = {json.dumps(value, ensure_ascii=False)}"
    return "\n".join(lines)


def _flat(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, str, Any]]:
    """(table, key, value) of every setting; a table in a table is called `legal_basis.relatives`."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}.{key}" if above else key)
        else:
            yield above, key, value


def default_settings(lang: str = "ru") -> Settings:
    """The settings of a fresh workspace."""
    return Settings.model_validate(tomllib.loads(default_toml(lang)))


def settings_then(values: dict[str, Any]) -> Settings:
    """The settings a manifest tells (`as_values`); `ValueError` where they are those of a program that knew others."""
    return Settings.model_validate(_merged(_defaults(), values))


def load_settings(workspace: Path) -> Settings:
    """The settings of the workspace folder; keys left out have their defaults.

    Raises `SettingsError` naming file, key, what was found and what was expected, in the file's own language where it has one.
    """
    file = workspace / FILE_NAME
    return settings_of(_content(file), file)


def settings_of(content: bytes, file: Path) -> Settings:
    """The settings this content of `file` gives; `SettingsError` as for `load_settings`."""
    entered = _entered(content, file)
    language = entered.get("language")
    words = Words(language if language in LANGUAGES else "ru")
    try:
        return Settings.model_validate(_merged(_defaults(), entered))
    except ValidationError as error:
        raise SettingsError(_explained(words, file, error)) from None


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(default_toml("ru"))


def _content(file: Path) -> bytes:
    words = Words("ru")
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise SettingsError(words("settings.missing", file=file)) from None
    except OSError as error:
        raise SettingsError(words("settings.unreadable", file=file, found=error.strerror or error)) from None


def _entered(content: bytes, file: Path) -> dict[str, Any]:
    words = Words("ru")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(words("settings.encoding", file=file, found=error.start + 1)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(words("settings.not_toml", file=file, found=error)) from None


def _merged(defaults: dict[str, Any], entered: dict[str, Any]) -> dict[str, Any]:
    """What was entered over the defaults, table by table."""
    merged = dict(defaults)
    for key, value in entered.items():
        default = defaults.get(key)
        merged[key] = _merged(default, value) if isinstance(default, dict) and isinstance(value, dict) else value
    return merged


def _explained(words: Words, file: Path, error: ValidationError) -> str:
    """The first fault, in the order of the settings."""
    fault = error.errors()[0]
    location = fault["loc"]
    setting = ".".join(str(part) for part in location)
    if fault["type"] == "extra_forbidden":
        return words("settings.unknown_key", file=file, setting=setting, expected=", ".join(_siblings(location)))
    expected = words(f"settings.expected.{_expectation(fault['type'], location)}")
    return words("settings.wrong", file=file, setting=setting, found=_shortened(repr(fault["input"])), expected=expected)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _siblings(location: tuple[int | str, ...]) -> list[str]:
    """The keys allowed in the table a key stands in."""
    if "reviewers" in location:
        return list(Reviewer.model_fields)
    table: Any = _defaults()
    for part in location[:-1]:
        table = table[part]
    return [*table, *(["reviewers"] if location[:-1] == ("review",) else [])]


_EXPECTED_OF = {
    "language": "language", "inn": "inn_organisation", "region": "region", "customers": "inn_organisation",
    "organisers": "inn_organisation", "by_month": "by_month", "counts": "counts", "nil_statement_coverage": "part",
    "contract_lists_day": "month_day", "stale_questionnaire_months": "positive_number", "tie_window_months": "positive_number",
    "headcount": "whole_number", "institutions_all_to": "whole_number", "institutions_part_to": "whole_number",
    "institutions_percent": "per_cent", "cluster_places": "positive_number",
    "keyring": "yes_no", "each_time": "yes_no", "four_eyes": "yes_no", "reviewers": "reviewers",
    "employer_inn": "inn_organisation",
    "reply_days": "positive_number", "case_days": "positive_number", "repeat_months": "positive_number",
}  # fmt: skip
_EXPECTED_IN = {"retention": "whole_number", "calendar": "day_month"}


def _expectation(kind: str, location: tuple[int | str, ...]) -> str:
    """The catalogue key of what a setting must be: by the fault, by the setting's name, by its section."""
    if kind in ("model_type", "dict_type"):
        return "table"
    named = next((_EXPECTED_OF[str(part)] for part in location if str(part) in _EXPECTED_OF), None)
    return named or _EXPECTED_IN.get(str(location[0]), "text")
