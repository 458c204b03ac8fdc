"""Pairs the true model looks at: generous, so that what it misses is not worth looking at. Needs the views of the folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_SETUP = """
CREATE OR REPLACE TEMP MACRO plain(word) AS replace(word, 'Ё', 'Е');
CREATE OR REPLACE TEMP MACRO rests(word) AS list_distinct(list_append(list_transform(range(1, len(word) + 1), i -> substr(word, 1, i - 1) || substr(word, i + 1)), word));
CREATE OR REPLACE TEMP TABLE d AS
SELECT h.id, plain(h.surname) AS surname, plain(h.given) AS given, plain(h.patronymic) AS patronymic, plain(h.former) AS former, woman,
       t.family, t.inn, t.birth_date, t.birth_year, t.region, t.phone, t.email, t.address, t.employer
FROM read_parquet('{folder}/hidden.parquet') h JOIN read_parquet('{folder}/declared.parquet') t USING (id);
CREATE OR REPLACE TEMP TABLE r AS
SELECT row, inn, plain(surname) AS surname, plain(given) AS given, plain(patronymic) AS patronymic, birth_date, phone, email, address, company_inn, company_name
FROM read_parquet('{folder}/registry.parquet');
CREATE OR REPLACE TEMP TABLE near AS
SELECT DISTINCT a.surname, b.surname AS shown FROM (SELECT surname, unnest(rests(surname)) AS rest FROM (SELECT DISTINCT surname FROM d)) a
JOIN (SELECT surname, unnest(rests(surname)) AS rest FROM (SELECT DISTINCT surname FROM r)) b USING (rest);
"""

_BLOCKS = (
    "SELECT d.id, r.row FROM d JOIN r USING (inn)",
    "SELECT d.id, r.row FROM d JOIN r ON d.surname = r.surname AND d.given = r.given",
    "SELECT d.id, r.row FROM d JOIN r ON d.surname = r.surname AND d.patronymic = r.patronymic AND d.given[1] = r.given[1]",
    "SELECT d.id, r.row FROM d JOIN r ON d.surname = r.surname AND d.given[2] = '.' AND d.given[1] = r.given[1] "
    "AND (d.patronymic IS NULL OR d.patronymic[1] = r.patronymic[1])",
    "SELECT d.id, r.row FROM d JOIN near USING (surname) JOIN r ON r.surname = near.shown AND r.given = d.given "
    "AND (d.patronymic = r.patronymic OR d.patronymic IS NULL)",
    "SELECT d.id, r.row FROM d JOIN near USING (surname) JOIN r ON r.surname = near.shown AND d.given[2] = '.' AND d.given[1] = r.given[1] "
    "AND d.patronymic[1] = r.patronymic[1]",
    "SELECT d.id, r.row FROM d JOIN r ON d.former = r.surname AND d.given[1] = r.given[1]",
    "SELECT d.id, r.row FROM d JOIN r ON d.phone = r.phone AND d.given[1] = r.given[1]",
    "SELECT d.id, r.row FROM d JOIN r ON d.email = r.email",
    "SELECT d.id, r.row FROM d JOIN r ON d.address = r.address AND d.given[1] = r.given[1]",
    "SELECT d.id, r.row FROM d JOIN r ON d.employer = r.company_name AND d.given[1] = r.given[1]",
)
_BY_BIRTH = "SELECT d.id, r.row FROM d JOIN r ON d.birth_date = r.birth_date AND d.given = r.given"

_PAIRS = """
CREATE OR REPLACE TEMP TABLE pair AS
SELECT DISTINCT ON (d.id, r.inn) d.id, r.inn, d.family, d.woman, d.surname, d.given, d.patronymic, d.former,
  r.surname AS r_surname, r.given AS r_given, r.patronymic AS r_patronymic, d.inn AS d_inn,
  d.region, r.inn[1:2] AS r_region, d.birth_date, d.birth_year, r.birth_date AS r_birth,
  d.phone = r.phone AS phone, d.email = r.email AS email, d.address = r.address AS address, coalesce(d.employer = r.company_name, false) AS employer,
FROM ({blocks}) JOIN d USING (id) JOIN r USING (row)
ORDER BY d.id, r.inn, (d.surname = r.surname)::INT + (d.given = r.given)::INT + (d.patronymic = r.patronymic)::INT DESC NULLS LAST, r.row
"""


def make_pairs(connection: Any, folder: Path, births: bool) -> None:
    """Temp table `pair`, one row for each declared person and holder; the row of the holder that agrees best speaks for him."""
    connection.execute(_SETUP.format(folder=folder.as_posix()))
    blocks = " UNION ".join((*_BLOCKS, _BY_BIRTH) if births else _BLOCKS)
    connection.execute(_PAIRS.format(blocks=blocks))
