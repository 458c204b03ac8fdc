-- evidence_pair: the two sides with what is known beside the name. An ИНН and a date of birth count for the whole party: that of a
-- director stands in his own questionnaire, perhaps.
CREATE OR REPLACE TEMPORARY TABLE evidence_pair AS
WITH paired AS (SELECT declared AS party FROM person_pair UNION SELECT behind FROM person_pair),
whole AS (
    SELECT party, max(inn) AS inn, CASE WHEN count(DISTINCT birth_date) = 1 THEN min(birth_date) END AS birth_date,
           CASE WHEN count(DISTINCT birth_year) = 1 THEN min(birth_year) END AS birth_year
    FROM mention JOIN party USING (mention) SEMI JOIN paired USING (party) GROUP BY party),
-- the father of an official, and of whom he declares: his children's, if he is a man, and his brothers' and sisters'
father AS (
    SELECT official_key, min(given) AS given FROM relative_in_force WHERE fact = 'person' AND chains = 'parent' AND gender = 'm' GROUP BY official_key HAVING count(DISTINCT given) = 1),
fathered AS (
    SELECT 'official|' || official_key AS mention, given AS father FROM father
    UNION ALL
    SELECT 'relative|' || r.source_id || '|' || r.locator, CASE WHEN r.chains = 'sibling' THEN f.given WHEN o.gender = 'm' THEN o.given END
    FROM relative_in_force r JOIN official_in_force o USING (official_key) LEFT JOIN father f USING (official_key) WHERE r.chains IN ('child', 'sibling')),
firm AS (
    SELECT inn, string_agg(DISTINCT email, ', ' ORDER BY email) AS email, arg_max(address, extract_date) AS address,
           string_agg(DISTINCT name_key, '|' ORDER BY name_key) || coalesce('|' || string_agg(DISTINCT short_key, '|' ORDER BY short_key), '') AS name_keys
    FROM company GROUP BY inn),
bidder AS (
    SELECT participant_inn AS inn, string_agg(DISTINCT phone, ', ' ORDER BY phone) AS phone, string_agg(DISTINCT email, ', ' ORDER BY email) AS email
    FROM participant_in_force GROUP BY participant_inn)
SELECT row_number() OVER (ORDER BY pair.declared_mention, pair.behind_mention) AS pair_id, pair.*,
       d.surname, d.given, d.patronymic, string_split(d.former_surnames, '|') AS former, d.gender, d.phone, d.email, d.address, d.employer,
       fathered.father, d_all.inn, d_all.birth_date, coalesce(d.birth_year, d_all.birth_year) AS birth_year,
       b.surname AS b_surname, b.given AS b_given, b.patronymic AS b_patronymic, string_split(b.former_surnames, '|') AS b_former, b.gender AS b_gender,
       b.name_key AS b_name_key, b_all.inn AS b_inn, b_all.birth_date AS b_birth_date, b_all.birth_year AS b_birth_year,
       nullif(concat_ws(', ', b.email, firm.email, bidder.email), '') AS b_email, nullif(concat_ws(', ', b.phone, bidder.phone), '') AS b_phone, coalesce(b.address, firm.address) AS b_address, firm.name_keys AS b_employer,
       CASE WHEN regexp_full_match(b.company, '\d{10}') THEN b.company[1:2] END AS firm_region
FROM person_pair pair
JOIN mention d ON d.mention = pair.declared_mention JOIN whole d_all ON d_all.party = pair.declared
JOIN mention b ON b.mention = pair.behind_mention JOIN whole b_all ON b_all.party = pair.behind
LEFT JOIN fathered ON fathered.mention = pair.declared_mention
LEFT JOIN firm ON firm.inn = b.company LEFT JOIN bidder ON bidder.inn = b.company;

-- holder: every person the loaded registry or an application shows, once, by the name of his newest record; who has no ИНН is of his firm's
-- region. What is known of namesakes and of how often a name
-- is borne here comes from all of them, not only from those behind the suppliers of this run.
CREATE OR REPLACE TEMPORARY TABLE holder AS
SELECT p.party, arg_max(m.surname, m.mention) AS surname, arg_max(m.given, m.mention) AS given, arg_max(m.patronymic, m.mention) AS patronymic,
       arg_max(m.gender, m.mention) AS gender, coalesce(max(m.inn), max(m.company) FILTER (regexp_full_match(m.company, '\d{10}')))[1:2] AS region
FROM mention m JOIN party p USING (mention) WHERE m.kind IN ('tie', 'proprietor', 'disclosed') AND m.surname IS NOT NULL GROUP BY p.party;

-- seen_holder: how many different persons of a full name it shows.
CREATE OR REPLACE TEMPORARY TABLE seen_holder AS
SELECT name_key, count(DISTINCT party) AS seen FROM mention JOIN party USING (mention)
WHERE kind IN ('tie', 'proprietor') AND name_key IN (SELECT b_name_key FROM evidence_pair) GROUP BY name_key;

-- Kin of one official are a family; standing in a company is to be in its extract.
CREATE OR REPLACE TEMPORARY TABLE family_of AS
SELECT DISTINCT person AS declared, official_key AS family FROM kin WHERE official_key IN (SELECT k.official_key FROM kin k SEMI JOIN evidence_pair e ON e.declared = k.person);
CREATE OR REPLACE TEMPORARY TABLE standing_in AS
SELECT DISTINCT p.party AS behind, m.company FROM mention m JOIN party p USING (mention)
WHERE m.kind = 'tie' AND m.company IN (SELECT company FROM mention SEMI JOIN evidence_pair e ON e.behind_mention = mention);
