"""Every number the generator rests on, with its reason. Shares are 0 to 1; what is tuned to a measured fact says to which."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = {"test": (3_000, 30_000), "10k": (10_000, 100_000), "100k": (100_000, 1_000_000)}
"""Declared persons × persons of the registry."""


@dataclass(frozen=True, slots=True)
class Names:
    """How names are spread."""

    concentration: float = 1.275
    """Weight of a family = bearers ** this. The list is flatter than life (affil/language/frequencies.py, 1.4 with independent parts);
    here given name and patronymic depend on the decade, so a little less gives the same 18 % who share their full name."""
    other_tradition: float = 0.10
    """Families outside the Slavic tradition: a tenth of the bearers in the lists of given names."""
    keeps_tradition: float = 0.85
    """Of them, children named in the tradition; the rest bear Slavic names, as in life in towns."""
    marries_within: float = 0.85
    cohort_floor: float = 0.3
    cohort_years: float = 14.0
    """A name with a wave (waves.toml) is floor + exp(-((year - peak) / years) ** 2 / 2) as frequent as over all years."""


@dataclass(frozen=True, slots=True)
class World:
    """Who there is and who stands in the registry."""

    declared_in_registry: float = 0.47
    """Declared persons who are in the registry: with the spread of names, this makes an exact full name right in 44 % of cases."""
    others_in_registry: float = 0.45
    """Members of all other families, so that brothers, fathers and spouses of one family are there together."""
    undeclared_kin: float = 0.3
    """Present brothers, sisters and parents whom the questionnaire leaves out; as likely in the registry as all others."""
    takes_surname: float = 0.88
    """Wives who take the husband's surname."""
    registry_keeps_maiden: float = 0.27
    """Of women who changed their surname, those the registry shows under the former one: no blocking without dates of birth reaches 5.6 % of
    the true pairs (MATCHING.md: 6.9 %); more would take the GROUP BY below 0.775."""
    home_region: str = "52"
    declared_at_home: float = 0.8
    """The loaded data is that of one region's suppliers and officials mostly; the rest lives anywhere, by population."""
    others_at_home: float = 0.8
    migrated: float = 0.12
    """Persons whose ИНН was given in another region than where the questionnaire says they live."""
    second_company: float = 0.15
    """Persons of the registry with a second row (another company)."""
    kin_same_company: float = 0.08
    """Members of a family in the registry who are in the company of its first member there."""
    proprietors: float = 0.4
    """Rows that are ИП: no company."""


@dataclass(frozen=True, slots=True)
class Dirt:
    """What is wrong, missing or turned round. Left unless said."""

    inn_given: float = 0.34
    """Judged together with the other dirt so that the GROUP BY has F1 0.785 at 100k × 1M; a questionnaire mostly does not ask for it."""
    inn_misprinted: float = 0.04
    """Of those, with one digit wrong: copied by hand from a paper."""
    typo_surname: float = 0.022
    typo_given: float = 0.008
    typo_patronymic: float = 0.015
    """Slips in one word, judged from typed tables: surnames oftenest, given names seldom; together 4.5 % of the names."""
    typo_registry: float = 0.004
    """Slips per word of a row of the registry: typed from a passport and checked."""
    writes_yo: float = 0.3
    """Words that have a ё, written so by the declarer; the registry writes it in `registry_yo` of the words."""
    registry_yo: float = 0.05
    """ЕГРЮЛ writes Е almost always."""
    initials: float = 0.035
    """«Фамилия И.О.», half of them glued."""
    no_patronymic: float = 0.025
    no_patronymic_registry: float = 0.004
    """Foreigners mostly; here anybody."""
    given_first: float = 0.035
    """«Имя Отчество Фамилия»."""
    patronymic_second: float = 0.015
    """«Фамилия Отчество Имя»."""
    upper: float = 0.25
    lower: float = 0.02
    latin: float = 0.008
    """One or more letters are Latin look-alikes."""
    proprietor_mark: float = 0.01
    former_told: float = 0.22
    """Women with a former surname who tell it, in the column or (a third of them) in brackets after the name."""
    spaces: float = 0.03
    """Spaces before, after and two between: seen in every sheet filled by hand."""
    birth_missing: float = 0.06
    birth_year_only: float = 0.06
    birth_swapped: float = 0.012
    birth_digit: float = 0.015
    birth_registry_digit: float = 0.003
    """Dates: gaps and slips with which Splink comes out as measured in MATCHING.md with dates on both sides (0.937 and 0.963)."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Facts beside the name: how often each side has them, and who else shares them."""

    phone: float = 0.4
    phone_registry: float = 0.03
    phone_same: float = 0.6
    email: float = 0.25
    email_registry: float = 0.03
    email_same: float = 0.6
    address: float = 0.4
    address_registry: float = 0.03
    address_same: float = 0.7
    employer: float = 0.5
    employer_is_company: float = 0.02
    """Declared persons in the registry whose employer in the questionnaire is their company there."""
    """`…_registry`: few rows of an extract show them; `…_same`: still the same as in the questionnaire. Small, so that names decide."""
    kin_share_phone: float = 0.05
    """One telephone in a family."""
    namesake_shares_phone: float = 0.0005
    """Rows of the registry that show a stranger's telephone (an accountant's, a lawyer's)."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of them."""

    names: Names = Names()
    world: World = World()
    dirt: Dirt = Dirt()
    contacts: Contacts = Contacts()
