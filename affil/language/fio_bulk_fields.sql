-- Names of registry fields read in SQL: the same conditions as affil.language.fio.name_from_parts has for plain fields.
CREATE OR REPLACE TEMPORARY TABLE _name_text AS
WITH
texts AS (SELECT DISTINCT {surname_field} AS surname_text, {given_field} AS given_text, {patronymic_field} AS patronymic_text
          FROM {texts}),
parts AS (
  SELECT *,
    replace(upper(trim(surname_text)), 'Ё', 'Е') AS surname,
    replace(upper(trim(given_text)), 'Ё', 'Е') AS given,
    replace(upper(trim(patronymic_text)), 'Ё', 'Е') AS patronymic
  FROM texts)
SELECT *,
  coalesce(regexp_full_match(surname, '[А-Я]{3,}') AND regexp_full_match(given, '[А-Я]{3,}')
    AND regexp_full_match(patronymic, '[А-Я]+(?:ВИЧ|ЬИЧ|ВНА|ЧНА)')
    AND surname NOT IN {nobody} AND given NOT IN {nobody} AND surname NOT IN {sonship} AND given NOT IN {sonship}, false) AS plain
FROM parts;

CREATE OR REPLACE {temporary} TABLE {into} AS
SELECT surname_text, given_text, patronymic_text, surname, given, patronymic, gender, NULL::VARCHAR AS former_surnames,
  surname || ' ' || given || ' ' || patronymic AS name_key, true AS is_full
FROM (
  SELECT surname_text, given_text, patronymic_text, surname, given,
    CASE WHEN right(patronymic, 5) IN ('ИЕВИЧ', 'ИЕВНА') THEN left(patronymic, -5) || 'Ь' || right(patronymic, 4)
      ELSE patronymic END AS patronymic,
    CASE WHEN patronymic LIKE '%Ч' THEN 'm' ELSE 'f' END AS gender
  FROM _name_text WHERE plain);
