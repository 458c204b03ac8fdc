-- sought: mentions of officials and their kin; behind_mention: mentions of persons behind the suppliers of this run's purchases.
CREATE OR REPLACE TEMPORARY TABLE sought AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE behind_mention AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind NOT IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL
  AND p.party IN (SELECT person FROM stands_behind);

-- slips: letters that differ. DuckDB counts bytes, and a Cyrillic letter has two; so the words are compared letter for letter in Latin.
CREATE OR REPLACE TEMPORARY MACRO letters(word) AS
    translate(word, 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'ABVGDEJZIYKLMNOPRSTUFHCQWX!@#$%&');
CREATE OR REPLACE TEMPORARY MACRO slips(a, b) AS damerau_levenshtein(letters(a), letters(b));

-- near_surname: surnames with one slip at most. Such two have in common the word itself or what is left of it without one letter, so
-- they are joined by that and not each with each.
CREATE OR REPLACE TEMPORARY MACRO one_letter_less(word) AS
    list_distinct(list_append(list_transform(range(1, len(word) + 1), i -> substr(word, 1, i - 1) || substr(word, i + 1)), word));
CREATE OR REPLACE TEMPORARY TABLE near_surname AS
SELECT DISTINCT d.surname, k.surname AS near
FROM (SELECT surname, unnest(one_letter_less(letters(surname))) AS rest FROM (SELECT DISTINCT surname FROM sought)) d
JOIN (SELECT surname, unnest(one_letter_less(letters(surname))) AS rest FROM (SELECT DISTINCT surname FROM behind_mention)) k USING (rest)
WHERE slips(d.surname, k.surname) <= 1;

-- name_pair: names that may be one person's. Given name and patronymic equal and the surname near or a former one; or surname and
-- one of the others equal and the third near, missing or an initial. What they are worth is for same_person.py to say.
CREATE OR REPLACE TEMPORARY TABLE name_pair AS
WITH declared AS (SELECT DISTINCT surname, given, patronymic, former_surnames FROM sought),
     known AS (SELECT DISTINCT surname, given, patronymic FROM behind_mention)
SELECT d.*, k.surname AS k_surname, k.given AS k_given, k.patronymic AS k_patronymic
FROM declared d JOIN near_surname n USING (surname) JOIN known k ON k.surname = n.near AND d.given = k.given AND d.patronymic = k.patronymic
UNION
SELECT d.* EXCLUDE (former), k.* FROM (SELECT *, unnest(string_split(former_surnames, '|')) AS former FROM declared) d
JOIN known k ON k.surname = d.former AND d.given = k.given AND d.patronymic = k.patronymic
UNION
SELECT d.*, k.* FROM declared d JOIN known k ON d.surname = k.surname AND d.given = k.given
WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR slips(d.patronymic, k.patronymic) <= 1
   OR d.patronymic[2:] = '.' OR k.patronymic[2:] = '.'
UNION
SELECT d.*, k.* FROM declared d JOIN known k ON d.surname = k.surname AND d.patronymic = k.patronymic
WHERE slips(d.given, k.given) <= 1
UNION
SELECT d.*, k.* FROM (FROM declared WHERE given[2:] = '.') d JOIN known k ON d.surname = k.surname AND d.given[1] = k.given[1]
WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1]
UNION
SELECT d.*, k.* FROM declared d JOIN (FROM known WHERE given[2:] = '.') k ON d.surname = k.surname AND d.given[1] = k.given[1]
WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1];

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
