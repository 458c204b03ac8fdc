-- joint_stock: the registry names who founded one, not who holds its shares now, so a founder's share today is unknown.
CREATE OR REPLACE TEMPORARY TABLE joint_stock AS
SELECT inn FROM company WHERE inn IS NOT NULL GROUP BY inn
HAVING starts_with(arg_max(legal_form_code, extract_date), '122') OR contains(upper(arg_max(legal_form, extract_date)), 'АКЦИОНЕРН');

-- public_body: ОКОПФ 75xxx among the owners extracts name as organisations; where no extract of one is loaded, who buys for itself or
-- employs the officials is taken for one. What it owns joins nobody: half of a town is its.
CREATE OR REPLACE TEMPORARY TABLE public_body AS
WITH form AS (SELECT inn, arg_max(legal_form_code, extract_date) AS code FROM company WHERE inn IS NOT NULL GROUP BY inn)
SELECT 'inn:' || inn AS party FROM form WHERE starts_with(code, '75')
UNION
SELECT 'inn:' || inn FROM (SELECT customer_inn AS inn FROM any_purchase UNION SELECT employer_inn FROM official_in_force)
WHERE inn IS NOT NULL AND inn NOT IN (SELECT inn FROM form WHERE code IS NOT NULL);

-- held: who directs, manages or owns which organisation, by its newest extract; by a source that leaves some out only where no other is.
CREATE OR REPLACE TEMPORARY TABLE held AS
WITH newest AS (
    SELECT t.*, 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '') AS evidence FROM registry_tie t
    JOIN (SELECT company_inn, coalesce(max(extract_date) FILTER (NOT coalesce(partial, false)), max(extract_date)) AS day
          FROM registry_tie GROUP BY 1) n
      ON n.company_inn = t.company_inn AND n.day IS NOT DISTINCT FROM t.extract_date
    WHERE NOT coalesce(t.restricted, false) AND t.holder_kind IN ('person', 'organisation')),
share AS (
    SELECT * EXCLUDE (share), split_part(known, '/', 1) AS part, coalesce(nullif(split_part(known, '/', 2), ''), '1') AS whole
    FROM (SELECT *, CASE WHEN kind = 'owner' AND company_inn IN (SELECT inn FROM joint_stock) THEN NULL ELSE share END AS known FROM newest))
SELECT DISTINCT coalesce(p.party, 'inn:' || s.holder_inn) AS holder, 'inn:' || s.company_inn AS organisation, s.holder_kind, s.since, s.evidence,
       -- Who runs it or owns more than half of it (135-ФЗ ст. 9 ч. 1 п. 1, 2). Shares are exact fractions, so they are compared as whole numbers.
       s.kind IN ('director', 'managing') OR coalesce(CAST(s.part AS HUGEINT) * 2 > CAST(s.whole AS HUGEINT), false) AS decides,
       s.kind = 'owner' AND s.holder_kind = 'organisation' AS owns
FROM share s LEFT JOIN party p ON p.mention = s.evidence
WHERE coalesce(p.party, s.holder_inn) IS NOT NULL AND s.company_inn IS NOT NULL
  AND NOT (s.kind = 'owner' AND coalesce(p.party, 'inn:' || s.holder_inn) IN (FROM public_body));

-- hub: a holder of too many organisations joins none of them, nor does a contact of too many.
CREATE OR REPLACE TEMPORARY TABLE hub AS
WITH supplier AS (SELECT DISTINCT supplier AS party FROM purchase)
SELECT 'holder' AS means, holder AS key, holder AS loose, count(DISTINCT organisation) AS holders
FROM held WHERE holder IN (SELECT holder FROM held SEMI JOIN supplier ON organisation = party) OR organisation IN (FROM supplier)
GROUP BY holder HAVING holders > $most_held
UNION ALL
SELECT means, key, min(loose), count(DISTINCT holder) AS holders FROM organisation_contact GROUP BY means, key
HAVING holders > $most_organisations AND bool_or(holder IN (FROM supplier));

-- related: `one` and the supplier `other` have the holder in common, or one holds the other. `valid_from`: of the tie that began last.
CREATE OR REPLACE TEMPORARY TABLE related AS
WITH supplier AS (SELECT DISTINCT supplier AS party FROM purchase),
joining AS (SELECT * FROM held ANTI JOIN hub ON hub.means = 'holder' AND hub.key = held.holder),
both_held AS (
    SELECT a.organisation AS one, b.organisation AS other, a.holder_kind AS link, a.holder, a.evidence, b.evidence AS other_evidence,
           greatest(a.since, b.since) AS valid_from, a.decides AND b.decides AS decided
    FROM joining a JOIN joining b ON b.holder = a.holder AND b.organisation <> a.organisation SEMI JOIN supplier ON b.organisation = party),
subsidiary AS (SELECT * FROM joining WHERE owns AND decides),
found AS (
    SELECT * EXCLUDE (decided) FROM both_held
    UNION ALL SELECT * EXCLUDE (decided) REPLACE ('majority' AS link) FROM both_held WHERE decided
    UNION ALL SELECT holder, organisation, 'majority', holder, evidence, NULL, since FROM subsidiary SEMI JOIN supplier ON organisation = party
    UNION ALL SELECT organisation, holder, 'majority', holder, evidence, NULL, since FROM subsidiary SEMI JOIN supplier ON holder = party
    UNION ALL
    SELECT a.holder, b.holder, a.means, a.means || ':' || a.key, a.evidence, b.evidence, NULL
    FROM (FROM organisation_contact ANTI JOIN hub USING (means, key)) a
    JOIN organisation_contact b ON b.means = a.means AND b.key = a.key AND b.holder <> a.holder SEMI JOIN supplier ON b.holder = party)
SELECT row_number() OVER (ORDER BY one, other, link, holder, evidence, other_evidence, valid_from) - 1 AS related_id, *, CAST(NULL AS DATE) AS valid_to
FROM (SELECT DISTINCT * FROM found)
