-- sought: mentions of officials and their kin; behind_mention: mentions of persons behind the suppliers of this run's purchases.
CREATE OR REPLACE TEMPORARY TABLE sought AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL AND p.party IN (SELECT person FROM kin);

CREATE OR REPLACE TEMPORARY TABLE behind_mention AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind NOT IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL
  AND p.party IN (SELECT person FROM control);

-- slips: letters that differ. DuckDB counts bytes, and a Cyrillic letter has two; so the words are compared letter for letter in Latin.
CREATE OR REPLACE TEMPORARY MACRO letters(word) AS
    translate(word, 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'ABVGDEJZIYKLMNOPRSTUFHCQWX!@#$%&');
CREATE OR REPLACE TEMPORARY MACRO slips(a, b) AS damerau_levenshtein(letters(a), letters(b));

-- name_pair: names that may be one person's. Given name and patronymic equal and the surname near or a former one; or surname and
-- one of the others equal and the third near, missing or an initial. What they are worth is for same_person.py to say.
CREATE OR REPLACE TEMPORARY TABLE name_pair AS
WITH declared AS (SELECT DISTINCT surname, given, patronymic, former_surnames FROM sought),
     known AS (SELECT DISTINCT surname, given, patronymic FROM behind_mention)
SELECT d.*, k.surname AS k_surname, k.given AS k_given, k.patronymic AS k_patronymic
FROM declared d JOIN known k ON d.given = k.given AND d.patronymic = k.patronymic
WHERE d.surname = k.surname OR slips(d.surname, k.surname) <= 1
   OR list_contains(string_split(coalesce(d.former_surnames, ''), '|'), k.surname)
UNION
SELECT d.*, k.* FROM declared d JOIN known k ON d.surname = k.surname AND d.given = k.given
WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR slips(d.patronymic, k.patronymic) <= 1
   OR d.patronymic[2:] = '.' OR k.patronymic[2:] = '.'
UNION
SELECT d.*, k.* FROM declared d JOIN known k ON d.surname = k.surname AND d.patronymic = k.patronymic
WHERE slips(d.given, k.given) <= 1
UNION
SELECT d.*, k.* FROM declared d JOIN known k ON d.surname = k.surname AND d.given[1] = k.given[1]
WHERE (d.given[2:] = '.' OR k.given[2:] = '.')
  AND (d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1]);

CREATE OR REPLACE TEMPORARY TABLE near_pair AS
SELECT d.mention AS declared_mention, d.party AS declared, b.mention AS behind_mention, b.party AS behind
FROM sought d
JOIN name_pair n ON d.surname = n.surname AND d.given = n.given AND d.patronymic IS NOT DISTINCT FROM n.patronymic
                AND d.former_surnames IS NOT DISTINCT FROM n.former_surnames
JOIN behind_mention b ON b.surname = n.k_surname AND b.given = n.k_given AND b.patronymic IS NOT DISTINCT FROM n.k_patronymic
WHERE d.party <> b.party;

-- person_pair: of those, the ones a purchase can join: the official serves it, the other stands behind its supplier.
CREATE OR REPLACE TEMPORARY TABLE person_pair AS
WITH served AS (
    SELECT DISTINCT n.declared, s.scope FROM (SELECT DISTINCT declared FROM near_pair) n
    JOIN kin k ON k.person = n.declared JOIN service s ON s.official_key = k.official_key),
leads AS (
    SELECT DISTINCT n.behind, c.supplier FROM (SELECT DISTINCT behind FROM near_pair) n JOIN control c ON c.person = n.behind),
supplied AS (
    SELECT behind, scope FROM leads JOIN purchase USING (supplier) JOIN purchase_scope USING (purchase)
    UNION SELECT behind, scope FROM leads JOIN related ON related.one = leads.supplier JOIN purchase ON purchase.supplier = related.other JOIN purchase_scope USING (purchase)
    UNION SELECT behind, 'customer:' || parent_inn FROM leads JOIN institution_of ON institution = leads.supplier)
SELECT DISTINCT n.* FROM near_pair n JOIN served s ON s.declared = n.declared JOIN supplied b ON b.behind = n.behind AND b.scope = s.scope;

-- evidence_pair: the two sides with what is known beside the name. An ИНН counts for the whole party.
CREATE OR REPLACE TEMPORARY TABLE evidence_pair AS
WITH party_inn AS (SELECT party, max(inn) AS inn FROM mention JOIN party USING (mention) GROUP BY party),
firm AS (SELECT inn, max(email) AS email, max(name_key) AS name_key FROM company GROUP BY inn),
bidder AS (SELECT participant_inn AS inn, max(phone) AS phone FROM participant_in_force GROUP BY participant_inn)
SELECT pair.*,
       d.surname, d.given, d.patronymic, d.former_surnames, d.gender, d.birth_year, d.phone, d.email, d.employer, d_inn.inn,
       b.surname AS b_surname, b.given AS b_given, b.patronymic AS b_patronymic, b.gender AS b_gender, b.name_key AS b_name_key,
       b_inn.inn AS b_inn, coalesce(b.email, firm.email) AS b_email, coalesce(b.phone, bidder.phone) AS b_phone, firm.name_key AS b_employer
FROM person_pair pair
JOIN mention d ON d.mention = pair.declared_mention JOIN party_inn d_inn ON d_inn.party = pair.declared
JOIN mention b ON b.mention = pair.behind_mention JOIN party_inn b_inn ON b_inn.party = pair.behind
LEFT JOIN firm ON firm.inn = b.company LEFT JOIN bidder ON bidder.inn = b.company
ORDER BY ALL;
