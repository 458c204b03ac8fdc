-- Most are «Surname Given Patronymic», and of words there are far fewer than of names: each distinct word is judged once.
CREATE OR REPLACE TEMPORARY TABLE _name_words AS
WITH
split AS (SELECT text, string_split(text, ' ') AS words FROM (SELECT DISTINCT {column} AS text FROM {texts} WHERE {column} IS NOT NULL)),
three AS MATERIALIZED (
  SELECT text, CASE WHEN len(words) = 3 THEN words[1] END AS first, CASE WHEN len(words) = 3 THEN words[2] END AS second,
    CASE WHEN len(words) = 3 THEN words[3] END AS third
  FROM split),
-- any_value: a condition on the word itself would be asked of every row, before the words are made distinct
surnames AS (
  SELECT first, replace(upper(word), 'Ё', 'Е') AS surname FROM (SELECT first, any_value(first) AS word FROM three GROUP BY first)
  WHERE regexp_full_match(surname, '{surname_form}') AND {surname_is_regular}),
givens AS (
  SELECT second, replace(upper(word), 'Ё', 'Е') AS given FROM (SELECT second, any_value(second) AS word FROM three GROUP BY second)
  WHERE regexp_full_match(given, '[А-Я]{2,}') AND (given IN {common_given} OR NOT ({given_is_doubtful}))),
patronymics AS (
  SELECT third, replace(upper(word), 'Ё', 'Е') AS patronymic FROM (SELECT third, any_value(third) AS word FROM three GROUP BY third)
  WHERE regexp_full_match(patronymic, '{patronymic_form}') AND NOT {patronymic_is_foreign})
SELECT text, surname, given, patronymic
FROM three LEFT JOIN surnames USING (first) LEFT JOIN givens USING (second) LEFT JOIN patronymics USING (third);

CREATE OR REPLACE {temporary} TABLE {into} AS
SELECT text, surname, given, kept AS patronymic, gender, CAST(NULL AS VARCHAR) AS former_surnames,
  surname || ' ' || given || ' ' || kept AS name_key, true AS is_full
FROM (SELECT text, surname, given, {patronymic_as_kept} AS kept, {gender_of_patronymic} AS gender FROM _name_words)
WHERE surname IS NOT NULL AND given IS NOT NULL AND kept IS NOT NULL;
