-- needed_word: the words of the names of `pair`, and the initials they may stand against, by gender ('?' where no name tells it).
CREATE OR REPLACE TEMPORARY TABLE needed_word AS
WITH written AS (
    SELECT DISTINCT coalesce(b_gender, gender, '?') AS gender, 'surname' AS part, unnest([surname, b_surname]) AS word FROM pair
    UNION SELECT DISTINCT coalesce(b_gender, gender, '?'), 'given', unnest([given, b_given]) FROM pair
    UNION SELECT DISTINCT coalesce(b_gender, gender, '?'), 'patronymic', unnest([patronymic, b_patronymic]) FROM pair)
SELECT gender, part, word FROM written WHERE word IS NOT NULL
UNION SELECT gender, part, word[1] || '.' FROM written WHERE word IS NOT NULL AND part <> 'surname';

-- shown_word: how many of the persons the loaded registry shows bear it; among those of unknown gender all.
CREATE OR REPLACE TEMPORARY TABLE shown_word AS
WITH told AS (SELECT coalesce(gender, '?') AS gender, surname, given, patronymic FROM holder),
each AS (
    SELECT gender, 'surname' AS part, surname AS word, count(*) AS persons FROM told WHERE surname IS NOT NULL GROUP BY ALL
    UNION ALL SELECT gender, 'given', given, count(*) FROM told WHERE given IS NOT NULL GROUP BY ALL
    UNION ALL SELECT gender, 'patronymic', patronymic, count(*) FROM told WHERE patronymic IS NOT NULL GROUP BY ALL),
lettered AS (
    FROM each UNION ALL
    SELECT gender, part, word[1] || '.', sum(persons) FROM each WHERE part <> 'surname' AND word[2:] <> '.' GROUP BY ALL),
every AS (
    SELECT gender, part, word, sum(persons) AS persons FROM lettered GROUP BY ALL
    UNION ALL SELECT '?', part, word, sum(persons) FROM lettered WHERE gender <> '?' GROUP BY ALL)
SELECT gender, part, word, sum(persons)::BIGINT AS persons FROM every GROUP BY ALL;

-- shown_persons: all of them, by gender.
CREATE OR REPLACE TEMPORARY TABLE shown_persons AS
SELECT gender, count(*) AS persons FROM holder WHERE gender IS NOT NULL GROUP BY gender UNION ALL SELECT '?', count(*) FROM holder;
