"""The act of destruction and the extract, each point of приказ Роскомнадзора 28.10.2022 № 179."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest

import affil
from affil.reports.word.destruction import Act, Destroyed, Kinsman, act_docx, categories_of, extract_docx
from affil.settings import default_settings, settings_then
from affil.words import LANGUAGES, Words

RU = Words("ru")
HEAD = "Гурьев Платон Ефремович"
ACT = Act(
    (
        Destroyed(
            HEAD,
            "12, Управа",
            "P-23456789AB",
            ("фамилия, имя, отчество", "телефон"),
            "срок хранения истёк",
            (Kinsman("Гурьева Сапфира Юрьевна", "жена", ("фамилия, имя, отчество",)),),
        ),
    ),
    "папка",
    dt.datetime(2026, 11, 2, 10, 30),
    files=("persons/12.docx",),
    left=(("inbox/Кадры.csv", "inbox"), ("inbox/Скан.bin", "unread"), ("reports/2026", "run")),
    stays=(("контракты, где лицо названо куратором", 3),),
    by="Ясенева Лидия Геннадьевна",
)
# No column of a person's row is left out by oversight: these tell nothing of him.
OF_NOBODY = {"source_id", "locator", "superseded_by", "official_key", "link_problem", "official_row", "employer_by", "unit",
             "beside_kin", "chains", "fact", "official_name", "official_name_key"}  # fmt: skip
PARTS_OF_A_NAME = {"surname", "given", "patronymic", "name_key", "gender"}


def text(paper: bytes) -> str:
    """What stands on the sheet, once."""
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        body = archive.read("word/document.xml").decode()
    return " ".join(" ".join(re.findall("<w:t[^>]*>([^<]*)", body)).split())


def test_each_point_of_the_order_is_met() -> None:
    own = {"name": "Администрация округа", "inn": "4200000012"}
    settings = settings_then({"organisation": {**own, "address": "Заречный, ул. Советская, 1"}})
    act, extract = text(act_docx(ACT, settings, RU)), text(extract_docx(ACT, settings, RU))
    for point, part in {
        "3 а": "1. Оператор. Администрация округа, ИНН 4200000012. Адрес: Заречный, ул. Советская, 1.",
        "3 б": "2. Лицо, обрабатывавшее данные по поручению оператора. ____",
        "3 в": "1.1 Гурьева Сапфира Юрьевна жена: назван(а) в анкете лица из строки 1",
        "3 г": "Должность Фамилия, имя, отчество Подпись Исполнитель Ясенева Лидия Геннадьевна",
        "3 д": "12, Управа фамилия, имя, отчество; телефон",
        "3 е": "7. Материальные (бумажные) носители.",
        "3 ж": "рабочая папка «папка», файл хранилища affil.duckdb",
        "3 з": "5. Способ уничтожения. Записи удалены",
        "3 и": "Причина уничтожения",
        "3 к": "6. Дата уничтожения. 02.11.2026 10:30.",
        "8": "Хранить 3 года",
    }.items():
        assert part in act, point
    assert act.count(HEAD) == extract.count(HEAD) == 1
    for part in (HEAD, "Гурьева Сапфира Юрьевна", "телефон", "«affil»", "срок хранения истёк", "02.11.2026 10:30:00", "3 года"):
        assert part in extract


def test_what_is_not_destroyed_is_told_and_waits_for_a_hand() -> None:
    act = text(act_docx(ACT, default_settings(), RU))
    assert "в хранилище программы «affil» уничтожены" in act
    after = act.partition("Подлежат уничтожению, не уничтожены программой")[2]
    assert "Что сделано, дата, подпись inbox/Кадры.csv файл загрузки" in after
    assert "inbox/Скан.bin файл не прочитан" in after and "persons/12.docx" not in after
    assert "reports/2026" not in after.partition("Хранятся до истечения срока")[0] and "— reports/2026" in after
    assert "Остаётся в хранилище" in after and "— контракты, где лицо названо куратором; строк: 3" in after
    assert "Остаётся" not in text(act_docx(Act((), "папка", ACT.at), default_settings(), RU))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_neither_paper_speaks_of_a_run(lang: str) -> None:
    for paper in (act_docx(ACT, default_settings(), Words(lang)), extract_docx(ACT, default_settings(), Words(lang))):
        with zipfile.ZipFile(io.BytesIO(paper)) as archive:
            (footer,) = (archive.read(name).decode() for name in archive.namelist() if "footer" in name)
        assert not re.search("Прогон|правила|Run |rules|контрольная|checksum", footer) and "02.11.2026 10:30" in footer


def test_every_column_of_a_person_s_row_is_a_category_in_words() -> None:
    schema = (Path(affil.__file__).parent / "store" / "schema.sql").read_text(encoding="utf-8")
    for table in ("official", "relative"):
        body = schema.partition(f"CREATE TABLE {table} (")[2].partition("\n);")[0]
        columns = set(re.findall(r"(\w+) (?:VARCHAR|DATE|INTEGER|BOOLEAN)", re.sub("--.*", "", body)))
        assert len(columns) > 20
        for column in columns - OF_NOBODY - PARTS_OF_A_NAME:
            assert categories_of({f"{table}.{column}"}, RU), column
        assert not categories_of({f"{table}.{column}" for column in OF_NOBODY}, RU)
    assert categories_of({"notice.number", "notice.name", "official.birth_date", "number"}, RU) == (
        "дата рождения",
        "сведения об уведомлениях (подарки, иная работа, конфликт интересов)",
        "номер лица в журнале обращений",
    )
