"""Participation in the shipped district against another reader of the same files: ElementTree and openpyxl, ИНН by ИНН."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from person_world import RU
from worlds import loaded

from affil.person.answer import Participation
from affil.person.build import prepare
from affil.person.participation import Who, participations
from affil.person.who import find_person
from affil.store.store import Store

DISTRICT = Path(__file__).parents[2] / "sample_data" / "district"
INBOX = DISTRICT / "inbox"
INN = re.compile(r"\d{12}")


def people() -> dict[str, str]:
    """Every ИНН of a person in the two tables of people, with the name beside it."""
    found = {}
    for file, name_at, inn_at in (("Кадры/Должностные лица.xlsx", 2, 4), ("Анкеты/Родственники.xlsx", 4, 7)):
        for sheet in openpyxl.load_workbook(INBOX / file):
            for row in sheet.iter_rows(values_only=True):
                if isinstance(row[inn_at], str) and INN.fullmatch(row[inn_at]):
                    found[row[inn_at]] = str(row[name_at])
    return found


def shown() -> Iterator[tuple[str, str, str, str]]:
    """(ИНН of a person, of an organisation or his own, how, the day of the first record) for every element of every extract."""
    for file in sorted((INBOX / "ФНС").glob("*.xml")):
        root = ElementTree.parse(file).getroot()
        for company in root.iter("СвЮЛ"):
            for path, how in (("СведДолжнФЛ", "runs"), ("СвУчредит/УчрФЛ", "owns")):
                for one in company.findall(path):
                    holder = one.find("СвФЛ")
                    if holder is not None and holder.get("ИННФЛ"):
                        first = one.find("ГРНДатаПерв")
                        yield (
                            holder.get("ИННФЛ", ""),
                            company.get("ИНН", ""),
                            how,
                            "" if first is None else first.get("ДатаЗаписи", ""),
                        )
        for alone in root.iter("СвИП"):
            yield alone.get("ИННФЛ", ""), alone.get("ИННФЛ", ""), "alone", ""


HOW = {"director": "runs", "owner": "owns", "small-share": "owns", "indirect-owner": "owns", "sole-proprietor": "alone"}


def test_participation_is_what_another_reader_finds() -> None:
    known = people()
    expected: dict[tuple[str, str, str], str] = {}
    for person, organisation, how, day in shown():
        if person in known:
            key = person, organisation, how
            expected[key] = min(expected.get(key, day), day)
    with Store.open(None) as store:
        loaded(store, DISTRICT)
        prepare(store, None)
        who = [Who(f"inn:{inn}", name, "брат", ("sibling",)) for inn, name in known.items()]
        official = store.sql("SELECT min(inn) FROM official_in_force").fetchall()[0][0]
        found = participations(store, find_person(store, official, None, RU), who, ())
    told: dict[tuple[str, str, str], list[Participation]] = {}
    for one in found:
        if one.kind in HOW and "supplied_in_person" not in one.assumed:
            told.setdefault((one.party[4:], one.organisation[4:], HOW[one.kind]), []).append(one)
    assert len(expected) >= 50
    assert set(expected) <= set(told)
    more = [one for key in set(told) - set(expected) for one in told[key]]
    assert {one.kind for one in more} <= {"indirect-owner", "small-share"}  # through other organisations: no element names him
    assert {one.grade for one in found} == {"A"}
    for key, day in expected.items():
        if day:
            assert min(str(one.since) for one in told[key]) == day, key
