-- Names of a regular layout read in SQL: the same conditions as affil.language.fio._parse_regular, which a test holds equal.
-- Places in braces are filled by affil/language/fio_bulk.py: the table and column, and the patterns and lists Python uses.
CREATE OR REPLACE TEMPORARY TABLE _name_text AS
WITH
texts AS (SELECT text FROM _name_words WHERE surname IS NULL OR given IS NULL OR patronymic IS NULL),
-- most rows of a registry are as they must be, and the dear functions are not asked of them
asked AS MATERIALIZED (SELECT text, regexp_full_match(text, '{surname_form} [А-Я]{2,} {patronymic_form}') AS ready FROM texts),
-- «Громова Анна Петровна (урожд. Лугова)», «Громова (Лугова) Анна Петровна»
bracketed AS (
  SELECT text, CASE WHEN contains(text, '(') THEN regexp_full_match(text, '((?:[А-ЯЁ][А-ЯЁа-яё-]+ )+)\(((?:ранее|урожд[.]|до брака) |)([А-ЯЁ][А-ЯЁа-яё]{2,})\)((?: [А-ЯЁ][А-ЯЁа-яё-]+)*)')
    AND NOT regexp_matches(text[2:], '(?i)[ (](?:девич|прежн|бывш|добрачн|дев|урожденн|урожд[а-я])') ELSE false END AS found
  FROM asked WHERE NOT ready),
told AS (
  SELECT text,
    CASE WHEN found THEN rtrim(regexp_extract(text, '^[^(]*'), ' ') || regexp_extract(text, '[^)]*$') ELSE text END AS said,
    CASE WHEN found THEN replace(upper(regexp_extract(text, '([^ (]*)\)', 1)), 'Ё', 'Е') END AS within,
    CASE WHEN found THEN regexp_matches(text, '\((?:ранее|урожд|до)|^[^ ]+ \(.*[^)]$') ELSE false END AS marked
  FROM bracketed),
upper_case AS (SELECT text, within, marked, replace(upper(said), 'Ё', 'Е') AS line FROM told),
spaced AS (
  SELECT text, within, marked,
    CASE WHEN contains(line, '  ') OR prefix(line, ' ') OR suffix(line, ' ') THEN trim(regexp_replace(line, ' {2,}', ' ', 'g'), ' ')
      ELSE line END AS line
  FROM upper_case),
-- «ИП Громов Иван Петрович» and «Громов,Иван Петрович» are read as without; not where a word in small letters may be a remark
whole AS (
  SELECT text, within, marked,
    CASE WHEN prefix(line, 'ИП ') AND regexp_full_match(text, 'ИП(?: [А-ЯЁ][^ ]*)+') THEN line[4:]
      WHEN contains(line, ',') AND regexp_full_match(text, '[А-ЯЁ][А-ЯЁа-яё]{2,}, ?[А-ЯЁ][А-ЯЁа-яё]+ [А-ЯЁ][А-ЯЁа-яё]+') THEN replace(replace(line, ', ', ' '), ',', ' ')
      ELSE line END AS line
  FROM spaced),
layout AS (
  SELECT text, within, marked, line, string_split(line, ' ') AS words, within IS NOT NULL OR prefix(text, 'ИП ') OR contains(text, ',') AS rewritten,
    CASE
      WHEN regexp_full_match(line, '{surname_form} [А-Я]{2,} {patronymic_form}') THEN 'regular'
      WHEN regexp_full_match(line, '[А-Я]{2,} {patronymic_form} {surname_form}') THEN 'turned'
      WHEN regexp_full_match(line, '{surname_form} [А-Я][.] ?[А-Я][.]') THEN 'short'
      WHEN regexp_full_match(text, '[А-ЯЁ][а-яё]{2,} [А-ЯЁ][а-яё]{2,}|[А-ЯЁ]{3,} [А-ЯЁ]{3,}') THEN 'two'
    END AS layout
  FROM whole
  UNION ALL
  SELECT text, NULL, false, text, string_split(text, ' '), false, 'regular' FROM asked WHERE ready),
ordered AS (
  SELECT text, within, marked, rewritten, line, words,
    CASE layout WHEN 'turned' THEN CASE WHEN words[1] NOT IN {common_given} AND words[3] IN {common_given} THEN 'crossed' ELSE layout END
      WHEN 'two' THEN CASE WHEN words[1] IN {common_given} THEN 'two_turned' ELSE layout END ELSE layout END AS layout
  FROM layout),
parts AS (
  SELECT text, layout, within, marked, rewritten,
    CASE layout WHEN 'turned' THEN words[3] WHEN 'two_turned' THEN words[2] ELSE words[1] END AS surname,
    CASE layout WHEN 'turned' THEN words[1] WHEN 'crossed' THEN words[3] WHEN 'regular' THEN words[2] WHEN 'two' THEN words[2] WHEN 'two_turned' THEN words[1] WHEN 'short' THEN words[2][1:2] END AS given,
    CASE layout WHEN 'turned' THEN words[2] WHEN 'crossed' THEN words[2] WHEN 'regular' THEN words[3] WHEN 'short' THEN right(line, 2) END AS patronymic
  FROM ordered),
-- each given name is looked at once, not in every row
given_word AS (
  SELECT given, given IN {common_given} AS common,
    {given_is_doubtful} AS doubtful
  FROM (SELECT DISTINCT given FROM parts WHERE layout <> 'short'))
-- CASE and not OR, AND: the dear conditions are asked only of the rows that the cheap ones leave open.
SELECT text, layout, surname, p.given, patronymic,
  CASE WHEN within IS NOT NULL THEN CASE WHEN {within_is_surname} AND (marked OR {within_ends_as_surname}) AND within <> surname THEN within END END AS former,
  CASE WHEN layout IS NULL THEN false
    WHEN {patronymic_is_foreign} THEN false
    WHEN layout = 'short' OR g.common THEN true
    ELSE layout = 'regular' AND NOT rewritten AND NOT g.doubtful END
  AND CASE WHEN layout IN ('turned', 'crossed') THEN
      NOT (surname IN {common_given} OR {surname_is_patronymic} OR {surname_is_sonship})
    -- «Мартина Анна» may be Анна, and may be of Мартин
    WHEN layout IN ('two', 'two_turned') THEN surname NOT IN {common_given} AND {surname_is_ordinary} AND NOT {shortened_is_given} ELSE true END
  AND CASE WHEN layout IS NULL THEN false ELSE {surname_is_regular} END AS plain
FROM parts p LEFT JOIN given_word g ON g.given = p.given;

INSERT INTO {into}
SELECT text, surname, given, patronymic, gender, former AS former_surnames,
  CASE WHEN patronymic IS NULL THEN surname || ' ' || given ELSE surname || ' ' || given || ' ' || patronymic END AS name_key, is_full
FROM (
  SELECT text, surname, given, former, layout NOT IN ('short', 'two', 'two_turned') AS is_full,
    {patronymic_as_kept} AS patronymic,
    CASE WHEN layout = 'short' THEN {gender_of_surname} WHEN patronymic IS NULL THEN CASE WHEN given IN {male_given} THEN 'm' ELSE 'f' END ELSE {gender_of_patronymic} END AS gender
  FROM _name_text WHERE plain);
