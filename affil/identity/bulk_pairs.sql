-- joined: records that may be of one person: by the name, by the ИНН, or by the day of birth and all of the name but one part.
CREATE OR REPLACE TEMPORARY TABLE joined AS
SELECT d.declared_id, r.* FROM declared_read d
JOIN name_pair n ON d.surname = n.surname AND d.given = n.given AND d.patronymic IS NOT DISTINCT FROM n.patronymic AND d.former_surnames IS NOT DISTINCT FROM n.former_surnames
JOIN registered r ON r.surname = n.k_surname AND r.given = n.k_given AND r.patronymic IS NOT DISTINCT FROM n.k_patronymic
UNION
SELECT d.declared_id, r.* FROM declared_read d JOIN registered r ON d.inn = r.inn
UNION
SELECT d.declared_id, r.* FROM declared_read d JOIN registered r ON d.birth_date = r.birth_date AND d.given = r.given
WHERE near_patronymic(d.patronymic, r.patronymic) OR near(d.surname, r.surname)
UNION
SELECT d.declared_id, r.* FROM declared_read d JOIN registered r ON d.birth_date = r.birth_date AND d.surname = r.surname
WHERE near(d.given, r.given) OR (d.given[1] = r.given[1] AND d.given[2:] = '.');

-- pair_read: the two sides of affil/identity/weigh.py, without their contacts.
CREATE OR REPLACE TEMPORARY TABLE pair_read AS
SELECT row_number() OVER (ORDER BY d.declared_id, r.behind, r.surname, r.given, r.patronymic, r.birth_date) AS pair_id, d.declared_id AS declared, r.behind,
       d.surname, d.given, d.patronymic, string_split(d.former_surnames, '|') AS former, d.gender, d.inn, d.birth_date, d.birth_year, d.home_region,
       r.surname AS b_surname, r.given AS b_given, r.patronymic AS b_patronymic, CAST(NULL AS VARCHAR[]) AS b_former, r.gender AS b_gender, r.inn AS b_inn, r.birth_date AS b_birth_date,
       CAST(year(r.birth_date) AS INTEGER) AS b_birth_year, CAST(NULL AS VARCHAR) AS b_home_region, CAST(NULL AS BOOLEAN) AS father_fits
FROM joined r JOIN declared_read d USING (declared_id);

-- contact_text: what the persons of the pairs gave as their contacts and employers, as written; only where both sides of a pair gave some.
CREATE OR REPLACE TEMPORARY TABLE declared_text AS
WITH asked AS (SELECT d.* FROM declared_read d SEMI JOIN pair_read p ON p.declared = d.declared_id)
SELECT declared_id AS declared, 'phones' AS means, phone AS text FROM asked WHERE phone IS NOT NULL
UNION ALL SELECT declared_id, 'emails', email FROM asked WHERE email IS NOT NULL
UNION ALL SELECT declared_id, 'flats', address FROM asked WHERE address IS NOT NULL
UNION ALL SELECT declared_id, 'employers', employer FROM asked WHERE employer IS NOT NULL;
CREATE OR REPLACE TEMPORARY TABLE behind_text AS
WITH asked AS (SELECT r.*, coalesce(inn, 'row ' || row) AS behind FROM registry_read r WHERE coalesce(inn, 'row ' || row) IN (SELECT behind FROM pair_read))
SELECT behind, 'phones' AS means, phone AS text FROM asked WHERE phone IS NOT NULL
UNION SELECT behind, 'emails', email FROM asked WHERE email IS NOT NULL
UNION SELECT behind, 'flats', address FROM asked WHERE address IS NOT NULL
UNION SELECT behind, 'employers', company_name FROM asked WHERE company_name IS NOT NULL AND company_inn IS NOT NULL;
CREATE OR REPLACE TEMPORARY TABLE contact_text AS
WITH both_gave AS (
    SELECT d.declared, b.behind, means, d.text, b.text AS b_text FROM pair_read p JOIN declared_text d USING (declared) JOIN behind_text b USING (behind, means)
    WHERE d.text IS NOT NULL AND b.text IS NOT NULL
      -- names of one employer have a word in common
      AND (means <> 'employers' OR list_has_any(list_filter(string_split_regex(upper(d.text), '[^А-ЯA-Z0-9]+'), w -> len(w) > 2), string_split_regex(upper(b.text), '[^А-ЯA-Z0-9]+'))))
SELECT declared AS person, means, text FROM both_gave UNION SELECT behind, means, b_text FROM both_gave;
DROP TABLE declared_text;
DROP TABLE behind_text
