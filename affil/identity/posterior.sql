-- best: of the records of the same two persons the pair that tells most.
CREATE OR REPLACE TEMPORARY TABLE best AS
SELECT arg_max(pair_id, (odds, -pair_id)) AS pair_id FROM weighed WHERE NOT other_inn GROUP BY declared, behind;

-- exclusive: what speaks against a pair without a word on it. A declared person is one of the holders at most, so the odds of all that bear
-- another ИНН stand against each. Holders of the full name whom the registry shows and who were not compared (they have to do with no purchase
-- here) count each like the one compared, but for what is known beside the name. A father and a son declared under one name cannot both be he.
CREATE OR REPLACE TEMPORARY TABLE exclusive AS
WITH w AS (SELECT pair_id, declared, behind, odds, odds / facts_ratio AS bare_odds, b_inn, seen, surname, given, patronymic, b_surname, b_given, b_patronymic,
                  coalesce(birth_year, year(birth_date)) AS born
           FROM weighed SEMI JOIN best USING (pair_id)),
compared AS (SELECT declared, b_surname, b_given, b_patronymic, count(DISTINCT behind) AS holders FROM pair GROUP BY ALL),
holders AS (SELECT declared, b_inn, max(odds) AS odds FROM w WHERE b_inn IS NOT NULL GROUP BY ALL),
-- sorted before they are added: a sum of doubles depends on the order, and a probability must not
row_sum AS (SELECT declared, list_sum(list_sort(list(odds))) AS odds FROM holders GROUP BY declared),
rivals AS (SELECT behind, surname, given, patronymic, greatest(count(DISTINCT born), 1) AS declared_born FROM w GROUP BY ALL)
SELECT w.pair_id, CASE WHEN w.b_inn IS NULL THEN w.odds ELSE r.odds END + greatest(w.seen - c.holders, 0) * bare_odds + (declared_born - 1) * w.odds AS odds
FROM w LEFT JOIN row_sum r USING (declared)
JOIN compared c ON c.declared = w.declared AND c.b_surname = w.b_surname AND c.b_given = w.b_given AND c.b_patronymic IS NOT DISTINCT FROM w.b_patronymic
JOIN rivals v ON v.behind = w.behind AND v.surname = w.surname AND v.given = w.given AND v.patronymic IS NOT DISTINCT FROM w.patronymic;

-- likeness: one row for each two persons, with the probability (0 to 1) that they are one.
CREATE OR REPLACE TEMPORARY TABLE likeness AS
SELECT w.*, w.odds / (1 + e.odds) AS probability FROM weighed w JOIN exclusive e USING (pair_id);
