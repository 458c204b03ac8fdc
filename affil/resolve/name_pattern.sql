-- pattern_pair: of these, none whom a questionnaire, the official's own or another's, makes his kin or himself, be it by a name that
-- is only near.
CREATE OR REPLACE TEMPORARY TABLE pattern_pair AS
WITH named AS (
    SELECT official_key, person FROM kin
    UNION ALL SELECT official_key, n.behind FROM kin JOIN near_mention n ON n.declared = kin.person
    UNION ALL SELECT owner, party FROM sought WHERE party IN (SELECT person FROM one_family)
    UNION ALL SELECT s.owner, n.behind FROM sought s JOIN near_mention n ON n.declared_mention = s.mention),
left_over AS MATERIALIZED (FROM one_family ANTI JOIN named USING (official_key, person)),
born AS (
    SELECT party AS person, max(birth_year) AS born FROM (FROM party WHERE party IN (SELECT person FROM left_over)) JOIN mention USING (mention)
    GROUP BY party)
SELECT pair.*, o.surname, o.given, o.patronymic, o.gender, o.birth_year, b.surname AS b_surname, b.given AS b_given,
       b.patronymic AS b_patronymic, b.gender AS b_gender, born.born AS b_birth_year,
       CASE WHEN starts_with(person, 'inn:') THEN substr(person, 5) END AS b_inn,
       EXISTS (SELECT 1 FROM relative_in_force r WHERE r.official_key = pair.official_key AND r.fact = 'person' AND r.chains = 'parent'
               AND r.gender = 'm') AS father_named
FROM left_over pair JOIN mention o ON o.mention = 'official|' || official_key JOIN mention b ON b.mention = pair.mention
LEFT JOIN born USING (person)
ORDER BY ALL;

-- family_count: how many different persons of these surnames the loaded registry and lists of officials show, and of all.
CREATE OR REPLACE TEMPORARY TABLE family_count AS
WITH loaded AS (SELECT DISTINCT party, surname FROM mention JOIN party USING (mention) WHERE kind <> 'relative')
SELECT family(surname) AS family, count(DISTINCT party) AS bearers, (SELECT count(DISTINCT party) FROM loaded) AS loaded
FROM loaded WHERE family(surname) IN (SELECT family FROM pattern_pair) GROUP BY 1;
