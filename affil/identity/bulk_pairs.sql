-- joined: records that may be of one person: by the name, by the ИНН, or by the day of birth and all of the name but one part.
CREATE OR REPLACE TEMPORARY TABLE joined AS
SELECT d.declared_id, r.* FROM declared_read d
JOIN name_pair n ON d.surname = n.surname AND d.given = n.given AND d.patronymic IS NOT DISTINCT FROM n.patronymic AND d.former_surnames IS NOT DISTINCT FROM n.former_surnames
JOIN registered r ON r.surname = n.k_surname AND r.given = n.k_given AND r.patronymic IS NOT DISTINCT FROM n.k_patronymic
UNION
SELECT d.declared_id, r.* FROM declared_read d JOIN registered r ON d.inn = r.inn
UNION
SELECT d.declared_id, r.* FROM declared_read d JOIN registered r ON d.birth_date = r.birth_date AND fold(d.given) = fold(r.given)
WHERE fold(d.patronymic) = fold(r.patronymic) OR d.surname = r.surname;

-- pair_read: the two sides of affil/identity/weigh.py, without their contacts.
CREATE OR REPLACE TEMPORARY TABLE pair_read AS
SELECT row_number() OVER (ORDER BY d.declared_id, r.behind, r.surname, r.given, r.patronymic, r.birth_date) AS pair_id, d.declared_id AS declared, r.behind,
       d.surname, d.given, d.patronymic, string_split(d.former_surnames, '|') AS former, d.gender, d.inn, d.birth_date, d.birth_year, d.home_region,
       r.surname AS b_surname, r.given AS b_given, r.patronymic AS b_patronymic, CAST(NULL AS VARCHAR[]) AS b_former, r.gender AS b_gender, r.inn AS b_inn, r.birth_date AS b_birth_date,
       CAST(year(r.birth_date) AS INTEGER) AS b_birth_year, CAST(NULL AS VARCHAR) AS b_home_region, CAST(NULL AS BOOLEAN) AS father_fits
FROM joined r JOIN declared_read d USING (declared_id);

-- contact_text: what the persons of the pairs gave as their contacts and employers, as written.
CREATE OR REPLACE TEMPORARY TABLE contact_text AS
WITH given AS (
    SELECT declared AS person, unnest([{'means': 'phones', 'text': phone}, {'means': 'emails', 'text': email}, {'means': 'flats', 'text': address}, {'means': 'employers', 'text': employer}]) AS one
    FROM declared_read JOIN (SELECT DISTINCT declared FROM pair_read) ON declared = declared_id
    UNION ALL
    SELECT coalesce(inn, 'row ' || row), unnest([{'means': 'phones', 'text': phone}, {'means': 'emails', 'text': email}, {'means': 'flats', 'text': address}, {'means': 'employers', 'text': CASE WHEN company_inn IS NOT NULL THEN company_name END}])
    FROM registry_read SEMI JOIN pair_read ON pair_read.behind = coalesce(registry_read.inn, 'row ' || registry_read.row))
SELECT DISTINCT person, one.means AS means, one.text AS text FROM given WHERE one.text IS NOT NULL;

-- seen: persons of the registry who bear the full name, as the product counts them (affil/resolve/suppose.sql).
CREATE OR REPLACE TEMPORARY TABLE seen_holder AS
SELECT surname, given, patronymic, count(DISTINCT behind) AS seen FROM registered r
SEMI JOIN (SELECT DISTINCT b_surname, b_given, b_patronymic FROM pair_read) p
  ON r.surname = p.b_surname AND r.given = p.b_given AND r.patronymic IS NOT DISTINCT FROM p.b_patronymic GROUP BY ALL
