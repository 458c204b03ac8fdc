-- near_mention: the mentions and parties of such names.
CREATE OR REPLACE TEMPORARY TABLE near_mention AS
SELECT d.mention AS declared_mention, d.party AS declared, b.mention AS behind_mention, b.party AS behind
FROM sought d
JOIN name_pair n ON d.surname = n.surname AND d.given = n.given AND d.patronymic IS NOT DISTINCT FROM n.patronymic
                AND d.former_surnames IS NOT DISTINCT FROM n.former_surnames
JOIN behind_mention b ON b.surname = n.k_surname AND b.given = n.k_given AND b.patronymic IS NOT DISTINCT FROM n.k_patronymic
WHERE d.party <> b.party;

-- joining: whom a declaration joins to whom, from either end, on a way that goes on: the other is named in another too, or an official.
CREATE OR REPLACE TEMPORARY TABLE either AS
SELECT ego AS one, alter AS other FROM told UNION SELECT alter, ego FROM told;
CREATE OR REPLACE TEMPORARY TABLE joining AS
SELECT either.* FROM either SEMI JOIN (SELECT one AS person FROM either GROUP BY one HAVING count(*) > 1 UNION SELECT party FROM service) ON other = person;

-- known_to: whom officials serve who may be kin of such a person: three declarations away at most (compose.MAX_DECLARATIONS).
CREATE OR REPLACE TEMPORARY TABLE reached_one AS
SELECT DISTINCT declared, declared AS person FROM near_mention UNION SELECT declared, j.other FROM near_mention JOIN joining j ON j.one = declared;
CREATE OR REPLACE TEMPORARY TABLE reached_two AS
FROM reached_one UNION SELECT declared, j.other FROM reached_one JOIN joining j ON j.one = person;
CREATE OR REPLACE TEMPORARY TABLE known_to AS
SELECT DISTINCT declared, s.scope
FROM (FROM reached_two UNION SELECT declared, j.other FROM reached_two JOIN joining j ON j.one = person) JOIN service s ON s.party = person;

-- supply: what the suppliers, and the institutions of a parent, have to do with officials who serve it.
CREATE OR REPLACE TEMPORARY TABLE supply AS
SELECT DISTINCT supplier AS organisation, scope FROM purchase JOIN purchase_scope USING (purchase) SEMI JOIN service USING (scope)
UNION SELECT institution, 'customer:' || parent_inn FROM institution_of;

-- near_pair: of such mentions the ones a purchase can join: the official serves it, the other stands behind its supplier or a relation of it.
CREATE OR REPLACE TEMPORARY TABLE near_led AS
WITH own AS (SELECT person AS behind, organisation FROM stands_behind SEMI JOIN near_mention ON behind = person)
FROM own UNION SELECT behind, r.other FROM own JOIN related r ON r.one = organisation;
CREATE OR REPLACE TEMPORARY TABLE near_joined AS
SELECT DISTINCT pair.declared, pair.behind FROM (SELECT DISTINCT declared, behind FROM near_mention) pair
JOIN known_to USING (declared) JOIN near_led USING (behind)
SEMI JOIN supply ON supply.organisation = near_led.organisation AND supply.scope = known_to.scope;
CREATE OR REPLACE TEMPORARY TABLE near_pair AS
SELECT near_mention.* FROM near_mention SEMI JOIN near_joined USING (declared, behind);

-- What is left of a surname without the ending that tells the gender, as `family` of language/kin_names.py has it.
CREATE OR REPLACE TEMPORARY MACRO family(surname) AS
    regexp_replace(regexp_replace(surname, '(ОВ|ЕВ|ИН|ЫН)А$', '\1'), '(АЯ|ЯЯ|ИЙ|ЫЙ|ОЙ)$', '');

-- one_family: an official, by his present or a former surname, and a person behind a supplier who bear one surname, where a purchase
-- joins the two: the official serves it, the person stands behind its supplier.
CREATE OR REPLACE TEMPORARY TABLE one_family AS
WITH bears AS MATERIALIZED (
    SELECT owner AS official_key, family(unnest(list_append(string_split(coalesce(former_surnames, ''), '|'), surname))) AS family
    FROM sought WHERE kind = 'official'),
behind AS MATERIALIZED (
    SELECT party AS person, min(mention) AS mention, family(surname) AS family FROM behind_mention
    WHERE family(surname) <> '' AND family(surname) IN (SELECT family FROM bears) GROUP BY party, name_key, surname),
supplied AS MATERIALIZED (SELECT DISTINCT person, scope FROM (FROM stands_behind SEMI JOIN behind USING (person)) JOIN supply USING (organisation))
SELECT DISTINCT official_key, person, mention, family FROM (FROM bears JOIN service USING (official_key))
JOIN (FROM behind JOIN supplied USING (person)) USING (family, scope)
