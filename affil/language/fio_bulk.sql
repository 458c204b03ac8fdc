-- Names of a regular layout read in SQL: the same conditions as affil.language.fio._parse_regular, which a test holds equal.
-- {texts}, {column}: where the texts are. {regular}: made by affil/language/fio_bulk.py of the patterns Python uses.
CREATE OR REPLACE TEMPORARY TABLE _name_text AS
WITH
texts AS (SELECT DISTINCT {column} AS text FROM {texts} WHERE {column} IS NOT NULL),
whole AS (SELECT text, replace(upper(text), 'Ё', 'Е') AS line FROM texts),
split AS (SELECT text, line, string_split(line, ' ') AS words FROM whole),
layout AS (
  SELECT text, line, words,
    CASE
      WHEN len(words) = 3 AND regexp_full_match(words[3], '{patronymic_form}') AND regexp_full_match(words[1], '{surname_form}')
        AND regexp_full_match(words[2], '[А-Я]{2,}') THEN 'regular'
      WHEN len(words) = 3 AND regexp_full_match(words[2], '{patronymic_form}') AND regexp_full_match(words[3], '{surname_form}')
        AND regexp_full_match(words[1], '[А-Я]{2,}') THEN 'turned'
      WHEN len(words) BETWEEN 2 AND 3 AND regexp_full_match(line, '{surname_form} [А-Я][.] ?[А-Я][.]') THEN 'short'
    END AS layout
  FROM split),
parts AS (
  SELECT text, layout,
    CASE layout WHEN 'turned' THEN words[3] ELSE words[1] END AS surname,
    CASE layout WHEN 'turned' THEN words[1] WHEN 'regular' THEN words[2] WHEN 'short' THEN words[2][1:2] END AS given,
    CASE layout WHEN 'turned' THEN words[2] WHEN 'regular' THEN words[3] WHEN 'short' THEN right(line, 2) END AS patronymic
  FROM layout)
SELECT text, layout, surname, given, patronymic,
  coalesce(layout IS NOT NULL
    AND (layout = 'short' OR given IN {common_given}
         OR (layout = 'regular' AND NOT {given_ends_as_surname} AND NOT {given_is_patronymic} AND NOT {given_is_beside}
             AND given NOT IN {decisive}))
    AND (layout <> 'turned' OR {surname_ends_as_surname})
    AND NOT {surname_is_beside} AND NOT {surname_is_of_organisation} AND NOT regexp_full_match(surname, '{instrumental_form}')
    AND surname NOT IN {nobody} AND surname NOT IN {particles} AND surname NOT IN {decisive}, false) AS plain
FROM parts;

CREATE OR REPLACE {temporary} TABLE {into} AS
SELECT text, surname, given,
  regexp_replace(patronymic, 'И(ЕВИЧ|ЕВНА)$', 'Ь\1') AS patronymic,
  CASE WHEN layout = 'short' THEN {gender_of_surname} WHEN patronymic LIKE '%Ч' THEN 'm' ELSE 'f' END AS gender,
  NULL::VARCHAR AS former_surnames,
  concat_ws(' ', surname, given, regexp_replace(patronymic, 'И(ЕВИЧ|ЕВНА)$', 'Ь\1')) AS name_key,
  layout <> 'short' AS is_full
FROM _name_text WHERE plain;
