"""Pseudonyms: the same for the same in all tables and quarters, different for different, and none that a list of names undoes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import hmac
import io
import re
import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import fake_run
from document_text import plain, shown_text

from affil.model.finding import Employee
from affil.model.run import Coverage, Run, Undetermined
from affil.reports.anonymous.coarse import price_band, quarter_text, share_band
from affil.reports.anonymous.documents import anonymous_documents
from affil.reports.anonymous.pseudonymised import pseudonymised
from affil.reports.anonymous.pseudonyms import Pseudonyms, code
from affil.store.secret import pseudonym_key
from affil.store.store import Store
from affil.words import Words

RU, EN = Words("ru"), Words("en")
CODE = re.compile(r"[B-Z]{4}-[B-Z]{4}-[B-Z]{4}")
NAMES = ("Берестов Аркадий Львович", "Осокина Алла Петровна", "Вязов Илья Ильич")


def table(run: Run, name: str, words: Words = RU) -> list[dict[str, str]]:
    text = pseudonymised(run, words)[f"pseudonymised/{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def covered(number: int, name: str, inn: str | None = None) -> Coverage:
    who = replace(fake_run.official(number, name), inn=inn)
    return replace(fake_run.coverage(number), employee=who)


def test_one_person_has_one_pseudonym_in_every_table() -> None:
    found = fake_run.finding(1, relative="Берестова Нина Олеговна")
    unclear = (
        Undetermined(
            "relative", "БЕРЕСТОВА  НИНА ОЛЕГОВНА", None, "relative_no_identity", {"official": "Берестов Аркадий Львович"}
        ),
        Undetermined("official", "Берестов Аркадий Львович", None, "no_identity"),
        Undetermined("supplier", "ООО «Заречный строитель»", "4299000001", "no_extract"),
    )
    run = fake_run.run((found,), undetermined=unclear, coverage=(covered(12, "Берестов Аркадий Львович"),))
    (row,), cover = table(run, "findings"), table(run, "coverage")
    told = {one["Вид"]: one for one in table(run, "not_determinable")}
    official, wife, firm = (
        row[key]
        for key in ("Лицо (или контрагент)", "Родственник (свойственник)", "Контрагент (участник закупки) или другая сторона")
    )
    assert len({official, wife, firm}) == 3 and all(CODE.search(one) for one in (official, wife, firm))
    assert (
        official
        == cover[0]["Лицо"]
        == told["служащий"]["Кого или что нельзя проверить"]
        == told["родственник"]["Должностное лицо"]
    )
    assert wife == told["родственник"]["Кого или что нельзя проверить"]
    assert firm == told["контрагент"]["Кого или что нельзя проверить"]
    steps = table(run, "steps")
    assert {official, wife, firm, row["Контракт"], row["Заказчик"]} <= {one["Кто"] for one in steps} | {
        one["С кем (чем)"] for one in steps
    }
    assert {one["Случай"] for one in steps} == {row["Случай"]}
    assert all(one in row["Описание связи по шагам"] for one in (official, wife, firm, row["Контракт"]))


def test_quarters_can_be_compared_whatever_else_is_in_them() -> None:
    first, second = fake_run.run(), fake_run.run(fake_run.findings()[5:], started=dt.datetime(2027, 1, 1), undetermined=())
    names, later = Pseudonyms(first, RU), Pseudonyms(second, RU)
    for name in NAMES:
        assert names.person(name) == later.person(name)
    assert {row["Лицо"] for row in table(first, "coverage")} == {row["Лицо"] for row in table(second, "coverage")}
    assert {row["Случай"] for row in table(second, "findings")} < {row["Случай"] for row in table(first, "findings")}


def test_two_languages_have_one_code() -> None:
    run = fake_run.run()
    assert [CODE.findall(" ".join(row.values())) for row in table(run, "coverage")] == [
        CODE.findall(" ".join(row.values())) for row in table(run, "coverage", EN)
    ]


def test_officials_of_one_name_are_told_apart_and_one_in_two_posts_is_not() -> None:
    name = "Кузнецов Александр Иванович"
    apart = fake_run.run((), coverage=(covered(1, name, "429900000100"), covered(2, name, "429900000200"), covered(3, name)))
    assert len({row["Лицо"] for row in table(apart, "coverage")}) == 3
    one = fake_run.run((), coverage=(covered(1, name, "429900000100"), covered(2, name, "429900000100")))
    assert len({row["Лицо"] for row in table(one, "coverage")}) == 1
    assert len({row["Табельный №"] for row in table(one, "coverage")}) == 2
    alone = fake_run.run((), coverage=(covered(1, name),))
    seat = Coverage(Employee("seat|x", None, None, None, name, None, None, None), "none", None, {}, 0, 0, 0, 0)
    with_seat = fake_run.run((), coverage=(covered(1, name), seat))
    assert {row["Лицо"] for row in table(with_seat, "coverage")} == {row["Лицо"] for row in table(alone, "coverage")}


def test_a_certain_other_record_of_a_person_is_the_person_and_a_supposed_one_is_not() -> None:
    found = fake_run.finding(1, same_as=1.0)
    for confidence, persons in ((1.0, 2), (0.7, 3)):
        steps = tuple(
            replace(step, target="БЕРЕСТОВА НИНА", confidence=confidence, origin_id="relative|1", target_id="tie|1")
            if step.relation == "same_as"
            else replace(step, origin="БЕРЕСТОВА НИНА", origin_id="tie|1")
            if step.relation == "director"
            else step
            for step in found.path.steps
        )
        run = fake_run.run((replace(found, path=replace(found.path, steps=steps)),))
        told = {end for row in table(run, "steps") for end in (row["Кто"], row["С кем (чем)"]) if end.startswith("Лицо")}
        assert len(told) == persons


def test_different_people_have_different_pseudonyms() -> None:
    rows = table(fake_run.large_run(50), "findings")
    assert len({row["Лицо (или контрагент)"] for row in rows}) == 50
    assert len({row["Контракт"] for row in rows}) == 100
    assert len({code(b"k", "person", str(number)) for number in range(20_000)}) == 20_000


def test_the_key_makes_the_pseudonym() -> None:
    """With another key nothing is left; hashes without a key give none of them."""
    mine, other = fake_run.run(), fake_run.run(pseudonym_key="another")
    codes = [set(CODE.findall(" ".join(shown_text(*item) for item in pseudonymised(run, RU).items()))) for run in (mine, other)]
    assert len(codes[0]) > 100 and not codes[0] & codes[1]
    name = "БЕРЕСТОВ АРКАДИЙ ЛЬВОВИЧ"
    for key in (b"", b"person", name.encode()):
        assert code(key, "person", name) not in codes[0]
    expected = int.from_bytes(hmac.new(b"a key for tests", f"person\x1f{name}".encode(), hashlib.sha256).digest(), "big")
    assert ord(Pseudonyms(mine, RU).person(name)[-14]) == ord("BCDFGHJKLMNPQRSTVWXZ"[expected % 20])


def test_without_a_key_there_are_no_pseudonyms() -> None:
    run = fake_run.run(pseudonym_key="")
    with pytest.raises(ValueError, match="key"):
        pseudonymised(run, RU)
    assert {name.partition("/")[0] for name in anonymous_documents(run, RU)} == {"summary_public"}


def test_a_workspace_has_one_key_and_another_has_another(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.duckdb") as store:
        key = pseudonym_key(store)
        assert re.fullmatch("[0-9a-f]{64}", key) and pseudonym_key(store) == key
    with Store.open(tmp_path / "a.duckdb") as again, Store.open(tmp_path / "b.duckdb") as other:
        assert pseudonym_key(again) == key != pseudonym_key(other)


HOSTILE = ("Щукоедов Гермоген Ильич", "=cmd|' /C calc'!A0", "<b>Щукоед</b>; «Щукоед»\r\nЩукоед", "x" * 9)


@pytest.mark.parametrize(("text", "words"), [*((text, RU) for text in HOSTILE), (HOSTILE[0], EN)])
def test_nothing_that_came_from_a_file_stands_in_either_folder(text: str, words: Words) -> None:
    run = fake_run.hostile_run(text)
    who = replace(
        fake_run.official(1, text, position=text, department=text, employer=text), employee_id=text, status=text, key=text
    )
    run = replace(run, coverage=(replace(fake_run.coverage(1), employee=who),))
    for name, content in anonymous_documents(run, words).items():
        shown = plain(shown_text(name, content))
        assert plain(text) not in shown and "щукоед" not in shown, name
        assert not name.endswith(".csv") or not re.search(r"(?:^|[;\n])\"?[=+@\t-]", content.decode("utf-8-sig"))


def test_rows_stand_in_no_order_of_names_and_say_what_they_are() -> None:
    run = fake_run.run()
    for name in ("findings", "steps", "coverage", "not_determinable"):
        rows = [list(row.values()) for row in table(run, name)]
        assert [row[1] for row in rows] == sorted(row[1] for row in rows)
        assert {row[0] for row in rows} == {"Персональные данные. Внутренний документ"}
        turned = replace(run, coverage=run.coverage[::-1], undetermined=run.undetermined[::-1], findings=run.findings[::-1])
        assert table(turned, name) == table(run, name)
    readme = pseudonymised(run, RU)["pseudonymised/README.txt"].decode("utf-8-sig")
    assert readme.startswith(RU("reports.personal_data")) and RU("reports.disclaimer") in readme


def test_every_official_and_every_reason_is_in_the_tables() -> None:
    run = fake_run.run()
    assert (len(table(run, "coverage")), len(table(run, "not_determinable"))) == (60, 5)
    assert len(table(run, "findings")) == len({(f.tie, f.contract or f.procedure) for f in run.findings})


def test_numbers_and_codes_of_the_other_documents_lead_nowhere() -> None:
    """They are hashes without a key, of numbers that can be counted through, or places in the alphabet."""
    run = fake_run.run()
    text = " ".join(shown_text(*item) for item in pseudonymised(run, RU).items())
    assert [one for f in run.findings for one in (f.id, f.tie) if one in text] == []
    assert run.id not in text and not re.search(r"\b[KFT]-[0-9a-f]{12}", text)


def test_days_prices_and_shares_are_coarse() -> None:
    assert [quarter_text(dt.date(2025, month, 1), RU) for month in (1, 3, 4, 12)] == [
        "1 кв. 2025",
        "1 кв. 2025",
        "2 кв. 2025",
        "4 кв. 2025",
    ]
    assert [price_band(Decimal(price), RU) for price in ("99999.99", "100000", "599999", "600000", "50000000")] == [
        "до 100 тыс. руб.", "от 100 до 600 тыс. руб.", "от 100 до 600 тыс. руб.", "от 600 тыс. до 3 млн руб.",
        "50 млн руб. и более",
    ]  # fmt: skip
    assert [share_band(Fraction(share, 1000), RU) for share in (100, 101, 250, 251, 500, 501, 1000)] == [
        "не более 10 %", "более 10, не более 25 %", "более 10, не более 25 %", "более 25, не более 50 %",
        "более 25, не более 50 %", "более 50 %", "более 50 %",
    ]  # fmt: skip
    assert (quarter_text(None, RU), price_band(None, RU), share_band(None, RU)) == ("", "", "")


@pytest.mark.parametrize("words", [RU, EN])
def test_no_text_is_left_unfilled(words: Words) -> None:
    texts = [
        shown_text(*item) for item in anonymous_documents(fake_run.run(), words).items() if item[0].endswith((".csv", ".txt"))
    ]
    assert [text for text in texts if "{" in text or "}" in text] == []
