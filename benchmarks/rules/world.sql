-- A fictional municipality of $n officials, by columns. Everything follows from `draw(number, what)`, a hash with the seed, so the same
-- seed gives the same rows with one version of DuckDB. Persons are numbers: officials from 0, then their kin, then strangers.
CREATE OR REPLACE TEMPORARY MACRO draw(i, what) AS (hash(i, what, getvariable('seed')) >> 11) / 9007199254740992.0;
CREATE OR REPLACE TEMPORARY MACRO whole(i, what, below) AS CAST(floor(draw(i, what) * below) AS BIGINT);
CREATE OR REPLACE TEMPORARY MACRO figure(b, place) AS (b // CAST(pow(10, place) AS BIGINT)) % 10;
CREATE OR REPLACE TEMPORARY MACRO weighed10(b) AS (2 * figure(b, 8) + 4 * figure(b, 7) + 10 * figure(b, 6) + 3 * figure(b, 5) + 5 * figure(b, 4)
    + 9 * figure(b, 3) + 4 * figure(b, 2) + 6 * figure(b, 1) + 8 * figure(b, 0)) % 11 % 10;
CREATE OR REPLACE TEMPORARY MACRO weighed11(b) AS (7 * figure(b, 9) + 2 * figure(b, 8) + 4 * figure(b, 7) + 10 * figure(b, 6) + 3 * figure(b, 5)
    + 5 * figure(b, 4) + 9 * figure(b, 3) + 4 * figure(b, 2) + 6 * figure(b, 1) + 8 * figure(b, 0)) % 11 % 10;
CREATE OR REPLACE TEMPORARY MACRO weighed12(b) AS (3 * figure(b, 10) + 7 * figure(b, 9) + 2 * figure(b, 8) + 4 * figure(b, 7) + 10 * figure(b, 6)
    + 3 * figure(b, 5) + 5 * figure(b, 4) + 9 * figure(b, 3) + 4 * figure(b, 2) + 6 * figure(b, 1) + 8 * figure(b, 0)) % 11 % 10;
CREATE OR REPLACE TEMPORARY MACRO firm_inn(i) AS CAST((540000000 + i) * 10 + weighed10(540000000 + i) AS VARCHAR);
CREATE OR REPLACE TEMPORARY MACRO with_first(i) AS (5400000000 + i) * 10 + weighed11(5400000000 + i);
CREATE OR REPLACE TEMPORARY MACRO person_inn(i) AS CAST(with_first(i) * 10 + weighed12(with_first(i)) AS VARCHAR);
CREATE OR REPLACE TEMPORARY MACRO customer_inn(i) AS firm_inn(90000000 + i);
-- Out of `below` things, the first ones far oftener than the last: a power law of the exponent `steep`.
CREATE OR REPLACE TEMPORARY MACRO favoured(i, what, below, steep) AS CAST(floor(below * pow(draw(i, what), steep)) AS BIGINT);

CREATE OR REPLACE TEMPORARY TABLE size AS
SELECT getvariable('n') AS n, greatest(1, getvariable('n') // 25) AS customers, 54 * getvariable('n') // 100 AS suppliers,
       8 * getvariable('n') // 100 AS holdings, 8 * getvariable('n') AS strangers_from;

-- declared: official, place in his questionnaire, person. Some kin are officials themselves, some parents two officials have in common.
CREATE OR REPLACE TEMPORARY TABLE declared AS
WITH slot AS (SELECT o.i AS official, s.j AS slot FROM range(getvariable('n')) o(i), range(7) s(j) WHERE s.j < 3 + whole(o.i, 'kin', 5) - (s.j = 6 AND draw(o.i, 'seventh') < 0.2)::INT)
SELECT official, slot,
       CASE WHEN slot = 4 AND draw(official, 'official kin') < 0.06 THEN (official + 1 + whole(official, 'which kin', 20)) % n
            WHEN slot = 1 AND draw(official, 'shared parent') < 0.05 THEN n + 7 * ((official + 1) % n) + 1
            ELSE n + 7 * official + slot END AS person
FROM slot, size WHERE official < n;

-- planted: a tie of an official or his kin with a firm of its own that supplies the official's customer.
CREATE OR REPLACE TEMPORARY TABLE planted AS
SELECT d.official, CASE WHEN draw(d.official, 'plant self') < 0.15 THEN d.official ELSE d.person END AS person,
       whole(d.official, 'plant kind', 8) AS kind, row_number() OVER (ORDER BY d.official) - 1 AS number
FROM declared d WHERE draw(d.official, 'plant') < getvariable('planted') AND d.slot = whole(d.official, 'plant slot', 3);

CREATE OR REPLACE TEMPORARY TABLE spelling AS
SELECT i % 2 AS female, i // 2 AS place,
       CASE i % 2 WHEN 0 THEN ['АЛЕКСАНДР','ДМИТРИЙ','СЕРГЕЙ','АНДРЕЙ','АЛЕКСЕЙ','ПАВЕЛ','ИВАН','ОЛЕГ','ИГОРЬ','МИХАИЛ','НИКОЛАЙ','ВИКТОР','РОМАН','ЕВГЕНИЙ','АРТЁМ','ГЛЕБ']
                ELSE ['АННА','МАРИЯ','ЕЛЕНА','ОЛЬГА','НАТАЛЬЯ','ТАТЬЯНА','ИРИНА','СВЕТЛАНА','ЮЛИЯ','ДАРЬЯ','ГАЛИНА','ВЕРА','НИНА','ЛЮБОВЬ','АЛЛА','ЗОЯ'] END[i // 2 + 1] AS given,
       ['АЛЕКСАНДРОВ','ДМИТРИЕВ','СЕРГЕЕВ','АНДРЕЕВ','АЛЕКСЕЕВ','ПАВЛОВ','ИВАНОВ','ОЛЕГОВ','ИГОРЕВ','МИХАЙЛОВ','НИКОЛАЕВ','ВИКТОРОВ','РОМАНОВ','ЕВГЕНЬЕВ','АРТЁМОВ','ГЛЕБОВ'][i // 2 + 1]
           || CASE i % 2 WHEN 0 THEN 'ИЧ' ELSE 'НА' END AS patronymic
FROM range(32) t(i);

-- somebody: everybody who is spoken of anywhere. Surnames are made of syllables, common ones far oftener; persons of one municipality
-- do not get more alike as it grows: the last syllable counts the hundred thousand of officials he belongs to.
CREATE OR REPLACE TEMPORARY TABLE somebody AS
WITH who AS (
    SELECT unnest(range(getvariable('n'))) AS i UNION SELECT person FROM declared
    UNION SELECT strangers_from + unnest(range(CAST(1.4 * n AS BIGINT))) FROM size),
drawn AS (
    SELECT i, whole(i, 'gender', 2) AS female, favoured(i, 'surname', 24 * 24 * 24, 2.0) AS surname_number,
           CASE WHEN i < n THEN i WHEN i < strangers_from THEN (i - n) // 7 ELSE whole(i, 'town', n) END // 100000 AS town FROM who, size)
SELECT i, CASE drawn.female WHEN 0 THEN 'm' ELSE 'f' END AS gender,
       syllable[surname_number % 24 + 1] || syllable[surname_number // 24 % 24 + 1] || syllable[surname_number // 576 + 1]
           || CASE WHEN town = 0 THEN '' ELSE syllable[town + 1] END || CASE drawn.female WHEN 0 THEN 'ОВ' ELSE 'ОВА' END AS surname,
       g.given, p.patronymic, DATE '1950-01-01' + CAST(whole(i, 'born', 19000) AS INTEGER) AS birth_date, person_inn(i) AS inn
FROM drawn JOIN spelling g ON g.female = drawn.female AND g.place = whole(i, 'given', 16)
JOIN spelling p ON p.female = drawn.female AND p.place = whole(i, 'patronymic', 16),
(SELECT ['БА','ВЕ','ГО','ДУ','ЖИ','ЗА','КЕ','ЛО','МУ','НИ','ПА','РЕ','СО','ТУ','ФИ','ХА','ЦЕ','ЧО','ШУ','ЩИ','БРА','ГРЕ','КЛО','СТУ'] AS syllable);
CREATE OR REPLACE TEMPORARY TABLE named AS
SELECT *, concat_ws(' ', surname, given, patronymic) AS name_key, concat_ws(' ', surname, given, patronymic) AS name FROM somebody;

INSERT INTO source SELECT name, name, name || '.xlsx', 'table', 1, TIMESTAMP '2025-01-01', '{}', 0, '[]'
FROM unnest(['officials', 'relatives', 'contracts', 'bids', 'seats', 'registry', 'registry-old', 'proprietors', 'firms', 'duties']) t(name);

INSERT INTO official BY NAME
SELECT 'officials' AS source_id, 'R' || i AS locator, customer_inn(i // 25) || '|' || (100000 + i) AS official_key, CAST(100000 + i AS VARCHAR) AS employee_id,
       customer_inn(i // 25) AS employer_inn, 'Учреждение ' || (i // 25) AS employer, name, surname, given, patronymic, name_key, gender, birth_date,
       year(birth_date) AS birth_year, CASE WHEN draw(i, 'official inn') < greatest(0.95, getvariable('known')) THEN inn END AS inn,
       CASE WHEN i % 25 = 0 THEN 'head of institution' WHEN draw(i, 'status') < 0.6 THEN 'municipal servant' ELSE 'employee of institution' END AS status,
       'должность' AS position,
       CASE WHEN i % 25 = 0 THEN 'head of customer' WHEN i % 25 = 1 THEN 'head of contract service' WHEN i % 25 = 2 THEN 'contract manager'
            WHEN i % 25 < 6 THEN 'specification author' END AS procurement_role,
       CASE WHEN i % 25 > 2 AND draw(i, 'chief') < 0.5 THEN CAST(100000 + i // 25 * 25 + i % 3 AS VARCHAR) END AS reports_to,
       DATE '2010-01-01' + CAST(whole(i, 'hired', 5000) AS INTEGER) AS hired,
       CASE WHEN draw(i, 'left') < 0.05 THEN DATE '2024-01-01' + CAST(whole(i, 'dismissed', 500) AS INTEGER) END AS dismissed,
       CASE WHEN draw(i, 'phone') < 0.5 THEN '+79' || (100000000 + i) END AS phone, DATE '2025-02-01' AS questionnaire_date
FROM named WHERE i < getvariable('n');

INSERT INTO relative BY NAME
SELECT 'relatives' AS source_id, 'R' || (d.official * 7 + d.slot) AS locator, o.official_key, o.employee_id, o.employer_inn, o.name AS official_name,
       o.name_key AS official_name_key, ['супруг', 'родитель', 'родитель', 'ребёнок', 'брат', 'ребёнок', 'родитель супруга'][d.slot + 1] AS relationship,
       ['spouse', 'parent', 'parent', 'child', 'sibling', 'child', 'spouse.parent'][d.slot + 1] AS chains, 'person' AS fact,
       p.name, p.surname, p.given, p.patronymic, p.name_key, p.gender, p.birth_date, year(p.birth_date) AS birth_year,
       CASE WHEN draw(d.official * 7 + d.slot, 'inn') < greatest(CASE WHEN t.official IS NULL THEN 0.35 ELSE 0.85 END, getvariable('known')) THEN p.inn END AS inn,
       CASE WHEN draw(d.official * 7 + d.slot, 'works') < 0.3 THEN 'ООО «Контора ' || whole(d.official * 7 + d.slot, 'office', 5000) || '»' END AS employer,
       CASE WHEN draw(d.official * 7 + d.slot, 'phone') < 0.3 THEN '+78' || (100000000 + d.official * 7 + d.slot) END AS phone, DATE '2025-02-01' AS questionnaire_date
FROM declared d JOIN official o ON o.locator = 'R' || d.official JOIN named p ON p.i = d.person LEFT JOIN planted t ON t.official = d.official AND t.person = d.person;

-- firm: numbers of organisations. Suppliers first, then holdings, then those of planted ties (two numbers each: the firm, its holding).
CREATE OR REPLACE TEMPORARY TABLE firm AS
SELECT unnest(range(suppliers + holdings)) AS f FROM size UNION ALL
SELECT suppliers + holdings + 2 * number + two FROM planted, size, range(2) t(two) WHERE kind <> 6 AND (two = 0 OR kind = 3);

INSERT INTO company BY NAME
SELECT CASE WHEN old THEN 'registry-old' ELSE 'registry' END AS source_id, 'О' || f AS locator, CAST(1025400000000 + f AS VARCHAR) AS ogrn, firm_inn(f) AS inn,
       'ООО «Фирма ' || f || '»' AS full_name, 'ООО «Фирма ' || f || '»' AS short_name, 'ООО ФИРМА ' || f AS name_key,
       CASE WHEN draw(f, 'form') < 0.02 THEN '70401' ELSE '12300' END AS legal_form_code, '54' AS region,
       CASE WHEN old THEN DATE '2022-03-01' ELSE DATE '2025-06-01' END AS extract_date, DATE '2005-01-01' + CAST(whole(f, 'registered', 6000) AS INTEGER) AS registered_on,
       'действует' AS status, CASE WHEN draw(f, 'mail') < 0.5 THEN 'mail' || favoured(f, 'same mail', f + 1, 0.2) || '@firm.test' END AS email
FROM firm, (VALUES (false), (true)) t(old), size WHERE NOT old OR draw(f, 'second extract') < 0.1
   OR f IN (SELECT suppliers + holdings + 2 * number FROM planted WHERE kind = 5);

-- holder: who is shown in which firm as what. Owners of a firm by a power law; holdings own firms and other holdings of a lower number.
CREATE OR REPLACE TEMPORARY TABLE holder AS
WITH ordinary AS (SELECT f, least(60, CAST(floor(pow(1 - draw(f, 'owners'), -0.6)) AS BIGINT)) AS owners FROM firm, size WHERE f < suppliers + holdings),
owning AS (SELECT f, owners, o AS place, draw(f * 64 + o, 'by firm') < CASE WHEN f < suppliers THEN 0.12 ELSE 0.3 END AND f % (suppliers + holdings) <> suppliers AS by_firm
           FROM ordinary, size, range(60) t(o) WHERE o < owners),
theirs AS (SELECT suppliers + holdings + 2 * number AS f, * FROM planted, size WHERE kind <> 6)
SELECT f, 'director' AS kind, strangers_from + favoured(f, 'director', CAST(0.7 * n AS BIGINT), 1.0) AS person, NULL AS by_firm, NULL AS share, 0 AS place, true AS old, true AS new FROM ordinary, size
UNION ALL SELECT f, 'owner', CASE WHEN NOT by_firm THEN strangers_from + whole(f * 64 + place, 'owner', CAST(1.4 * n AS BIGINT)) END,
       CASE WHEN by_firm THEN suppliers + favoured(f * 64 + place, 'holding', greatest(1, least(holdings, f - suppliers + CASE WHEN f < suppliers THEN n ELSE 0 END)), 1.5) END,
       '1/' || owners, place + 1, true, true FROM owning, size
UNION ALL SELECT f, 'director', person, NULL, NULL, 0, true, kind <> 5 FROM theirs WHERE kind IN (0, 5, 7)
UNION ALL SELECT f, 'owner', person, NULL, ['1/1', '3/10', '', '1/10'][kind], 1, true, true FROM theirs WHERE kind IN (1, 2, 4)
UNION ALL SELECT f, 'owner', strangers_from + whole(f, 'partner', n), NULL, ['', '7/10', '', '9/10'][kind], 2, true, true FROM theirs WHERE kind IN (2, 4)
UNION ALL SELECT f, 'owner', NULL, f + 1, '1/2', 1, true, true FROM theirs WHERE kind = 3
UNION ALL SELECT f + 1, 'owner', person, NULL, '1/1', 1, true, true FROM theirs WHERE kind = 3;

INSERT INTO registry_tie BY NAME
SELECT c.source_id, c.locator || '!' || h.kind || h.place AS locator, c.ogrn, c.inn AS company_inn, c.extract_date, h.kind,
       CASE WHEN h.by_firm IS NULL THEN 'person' ELSE 'organisation' END AS holder_kind, p.name, p.surname, p.given, p.patronymic, p.name_key, p.gender, p.inn,
       firm_inn(h.by_firm) AS holder_inn, 'ООО «Фирма ' || h.by_firm || '»' AS holder_name, h.share,
       c.registered_on + CAST(whole(h.f, 'since', 1500) AS INTEGER) AS since, false AS restricted
FROM holder h JOIN company c ON c.locator = 'О' || h.f AND CASE WHEN c.source_id = 'registry' THEN h.new ELSE h.old END LEFT JOIN named p ON p.i = h.person;

-- supplier: who supplies, by the number contracts draw; a twelfth are sole proprietors.
CREATE OR REPLACE TEMPORARY TABLE supplier AS
SELECT s, s % 12 = 11 AS proprietor, CASE WHEN s % 12 = 11 THEN strangers_from + whole(s, 'proprietor', CAST(1.4 * n AS BIGINT)) END AS person FROM size, unnest(range(suppliers)) t(s)
UNION ALL SELECT suppliers + holdings + 2 * number, kind = 6, CASE WHEN kind = 6 THEN person END FROM planted, size;

CREATE OR REPLACE TEMPORARY TABLE deal AS
SELECT k, CASE WHEN k < n THEN k END AS procedure, favoured(k, 'supplier', suppliers, 2.0) AS s, favoured(k, 'customer', customers, 1.3) AS customer FROM size, unnest(range(2 * n)) t(k)
UNION ALL SELECT 2 * n + number, CASE WHEN kind = 7 THEN n + number END, suppliers + holdings + 2 * number, official // 25 FROM planted, size;

INSERT INTO contract BY NAME
SELECT 'contracts' AS source_id, 'R' || k AS locator, coalesce(p.name, 'ООО «Фирма ' || s.s || '»') AS supplier, coalesce(p.inn, firm_inn(s.s)) AS supplier_inn,
       CASE WHEN s.proprietor THEN 'person' ELSE 'organisation' END AS supplier_kind, CASE WHEN NOT s.proprietor THEN 'ООО ФИРМА ' || s.s END AS supplier_key,
       p.surname, p.given, p.patronymic, p.name_key, p.gender, DATE '2023-01-01' + CAST(whole(k, 'signed', 900) AS INTEGER) AS signed_on, 'К-' || k AS contract_number,
       customer_inn(customer) AS customer_inn, 'Учреждение ' || customer AS customer, CAST(round(1000 * pow(1 - draw(k, 'price'), -1.1), 2) AS DECIMAL(18,2)) AS price,
       'Поставка ' || ['бумаги', 'мебели', 'топлива', 'продуктов', 'услуг'][whole(k, 'subject', 5) + 1] AS subject,
       CASE WHEN procedure IS NULL THEN 'Закупка у единственного поставщика' ELSE 'Электронный аукцион' END AS method,
       CASE WHEN procedure IS NULL THEN 'п. 4 ч. 1 ст. 93 44-ФЗ' END AS ground, 'П-' || procedure AS procedure_number
FROM deal JOIN supplier s USING (s) LEFT JOIN named p ON p.i = s.person;

INSERT INTO participant BY NAME
WITH bid AS (
    SELECT procedure, customer, s, true AS winner, k FROM deal WHERE procedure IS NOT NULL
    UNION ALL SELECT procedure, customer, favoured(k * 4 + b, 'bidder', suppliers, 2.0), false, k * 4 + b FROM deal, size, range(3) t(b) WHERE procedure IS NOT NULL AND draw(k * 4 + b, 'bids') < 0.5)
SELECT 'bids' AS source_id, 'R' || row_number() OVER (ORDER BY procedure, winner, s.s) AS locator, 'П-' || procedure AS procedure_number, coalesce(p.name, 'ООО «Фирма ' || s.s || '»') AS participant,
       coalesce(p.inn, firm_inn(s.s)) AS participant_inn, CASE WHEN s.proprietor THEN 'person' ELSE 'organisation' END AS participant_kind,
       CASE WHEN NOT s.proprietor THEN 'ООО ФИРМА ' || s.s END AS participant_key, p.surname, p.given, p.patronymic, p.name_key, p.gender,
       DATE '2023-01-01' + CAST(whole(procedure, 'applied', 900) AS INTEGER) AS applied_on, winner, customer_inn(customer) AS customer_inn
FROM (SELECT procedure, customer, s, bool_or(winner) AS winner FROM bid GROUP BY ALL) JOIN supplier s USING (s) LEFT JOIN named p ON p.i = s.person;

INSERT INTO proprietor BY NAME
SELECT 'proprietors' AS source_id, 'И' || s.s AS locator, CAST(304540000000000 + s.s AS VARCHAR) AS ogrnip, p.inn, p.name, p.surname, p.given, p.patronymic, p.name_key, p.gender,
       DATE '2025-06-01' AS extract_date, DATE '2012-01-01' + CAST(whole(s.s, 'registered', 3000) AS INTEGER) AS registered_on, '54' AS region
FROM supplier s JOIN named p ON p.i = s.person WHERE draw(s.s, 'extract') < 0.8;

INSERT INTO commission_seat BY NAME
SELECT 'seats' AS source_id, 'R' || (o.i * 2 + seat) AS locator, o.official_key, o.employee_id, o.name, o.surname, o.given, o.patronymic, o.name_key, o.gender,
       CASE WHEN seat = 0 THEN o.employer_inn END AS customer_inn, CASE WHEN seat = 1 THEN 'П-' || whole(o.i, 'procedure', getvariable('n')) END AS procedure_number,
       'член комиссии' AS role, DATE '2022-01-01' AS valid_from
FROM (SELECT CAST(substr(locator, 2) AS BIGINT) AS i, * FROM official) o, range(2) t(seat) WHERE draw(o.i, 'seat' || seat) < CASE seat WHEN 0 THEN 0.2 ELSE 0.05 END;

INSERT INTO duty BY NAME
SELECT 'duties' AS source_id, 'R' || k AS locator, customer_inn(customer) || '|' || (100000 + customer * 25 + whole(k, 'who', 25)) AS official_key, 'К-' || k AS contract_number,
       customer_inn(customer) AS customer_inn, 'specification author' AS role, 'составил описание' AS detail
FROM deal, size WHERE draw(k, 'duty') < 0.1 AND customer * 25 + 25 <= n;
