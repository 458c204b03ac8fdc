"""The form of a case of the law book (`cases/*.yml`): what a lawyer writes, checked strictly. README.md tells it in Russian."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

YES, NO = "да", "нет"


def _word(value: Any) -> Any:
    """YAML reads an unquoted `no` and `yes` as booleans; here they are words."""
    return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


Word = Annotated[str, BeforeValidator(_word)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _by(key: str) -> BeforeValidator:
    """A plain text stands for a mapping with this one key."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str | int | float) else value)


class Seat(_Strict):
    """A seat on a commission: whose, and in which days."""

    of: Literal["заказчик", "закупка", "организатор", "другой заказчик", "другая закупка"]
    since: dt.date | None = None
    until: dt.date | None = None


class Person(_Strict):
    """A person by his word in the case (`who`), with what is special about him in this place of the data."""

    who: str
    name: str | None = None
    inn: Word = YES  # да, нет, другой
    born: dt.date | int | None = None
    phone: str | None = None
    email: str | None = None
    employer: str | None = None
    former: str | None = None
    share: str | None = None
    since: dt.date | None = dt.date(2018, 5, 14)


class Kin(Person):
    """A row of the questionnaire: `word` as written there; `who: нет` says that there is nobody."""

    word: str
    married_on: dt.date | None = None
    divorced_on: dt.date | None = None

    @model_validator(mode="before")
    @classmethod
    def _named_by_the_word(cls, data: Any) -> Any:
        return {"who": data.get("word"), **data, **({"who": NO} if data.get("who") is False else {})}


AnyPerson = Annotated[Person, _by("who")]
AnyKin = Annotated[Kin, _by("word")]


class Official(_Strict):
    """An official with his questionnaire; `as_` is his word among the kin, where he is somebody's kin too."""

    role: str | None = None
    seat: Annotated[Seat | None, _by("of")] = None
    sex: Literal["м", "ж"] = "м"
    status: str | None = None
    serves: Literal["заказчик", "другое учреждение"] = "заказчик"
    hired: dt.date | None = None
    dismissed: dt.date | None = None
    who: str = "служащий"
    name: str | None = None
    inn: Word = YES
    born: dt.date | None = None
    questionnaire: dt.date = dt.date(2025, 1, 15)
    kin: tuple[AnyKin, ...] = ()


class Company(_Strict):
    """One state of a company as an extract of the register shows it; `extract: нет` = nobody has loaded one."""

    form: str = "ООО"
    director: AnyPerson | None = None
    owners: tuple[AnyPerson, ...] = ()
    managing: str | None = None  # another company of the case
    extract: dt.date | Literal["нет"] = dt.date(2025, 12, 1)
    earlier: Company | None = None  # what an earlier extract shows

    @model_validator(mode="before")
    @classmethod
    def _shares(cls, data: Any) -> Any:
        """`owners: {тёща: 30 %}` and `owner: тёща` (the whole) for short; `extract: нет` is a word, no boolean."""
        data = dict(data)
        if data.get("extract") is False:
            data["extract"] = NO
        if "owner" in data:
            data["owners"] = {data.pop("owner"): "100 %"}
        if isinstance(data.get("owners"), dict):
            owners = {who: value if isinstance(value, dict) else {"share": str(value)} for who, value in data["owners"].items()}
            data["owners"] = [{"who": who, **value} for who, value in owners.items()]
        return data


class Firm(Company):
    """The supplier: a company, or a `proprietor` (a natural person) with the days of his registration."""

    proprietor: AnyPerson | None = None
    registered_on: dt.date | None = dt.date(2018, 5, 14)
    ended_on: dt.date | None = None
    application: dict[str, Any] | None = None  # director and owners_over_25 as the application names them
    phone: str | None = None


class Purchase(_Strict):
    """The purchase: a contract where `signed_on` or `period` is given, a bid where `applied_on` is, both where both are."""

    method: str | None = "Электронный аукцион"
    ground: str | None = None
    signed_on: dt.date | None = None
    period: str | None = None  # in place of the day
    applied_on: dt.date | None = None
    won: Word = NO
    notice_on: dt.date | None = None
    ends_on: dt.date | None = None
    customer: Literal["заказчик", "другой заказчик"] = "заказчик"
    organizer: Word = NO
    manager: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _some_day(cls, data: Any) -> Any:
        """A single-supplier ground is no auction; without any day the contract is of 04.03.2025."""
        data = dict(data)
        if "ground" in data:
            data.setdefault("method", "Закупка у единственного поставщика")
        if not data.keys() & {"signed_on", "period", "applied_on"}:
            data["signed_on"] = dt.date(2025, 3, 4)
        return data


class LawCase(_Strict):
    """One case: the family and the firm in a few lines, the article, the answer and why.

    `rules` are all the rules of the book that fire, no other does; what else is given must hold of every such finding.
    """

    case: str
    article: str
    why: str
    official: Annotated[Official, _by("role")] = Official()
    kin: tuple[AnyKin, ...] = ()
    colleagues: tuple[Official, ...] = ()
    firm: Firm
    companies: dict[str, Company] = {}
    purchase: Purchase = Purchase.model_validate({})
    answer: Literal["найдено", "не найдено", "сказать нельзя"]
    rules: tuple[str, ...] = ()
    not_rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    kinship: str | None = None
    circles: dict[Literal["п. 9", "ст. 10"], Word] = {}
    control: str | None = None
    share: str | None = None
    in_force: Word | None = None
    grade: str | None = None
    priority: str | dict[str, str] | None = None
    open: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_word(cls, data: Any) -> Any:
        return {**data, "kin": [data["kin"]]} if isinstance(data.get("kin"), str) else data

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> LawCase:
        if bool(self.rules) != (self.answer == "найдено"):
            raise ValueError("rules: expected with «найдено», and only there")
        if self.answer == "сказать нельзя" and not self.reasons:
            raise ValueError("reasons: expected at least one with «сказать нельзя»")
        if set(self.rules) & set(self.not_rules):
            raise ValueError("a rule stands both in rules and in not_rules")
        return self


def read_chapter(path: Path) -> list[LawCase]:
    """The cases of one file. ValueError names the file, the case and the key."""
    found = []
    for place, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
        try:
            found.append(LawCase.model_validate(item))
        except (ValidationError, TypeError, AttributeError) as error:
            name = item.get("case") if isinstance(item, dict) else item
            raise ValueError(f"{path.name}, случай {place} «{name}»: {error}") from error
    return found
