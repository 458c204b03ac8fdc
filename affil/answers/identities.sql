-- described: the records of all parties that were asked of, each with the role it shows its person in.
CREATE OR REPLACE TEMPORARY TABLE described AS
WITH wanted AS MATERIALIZED (
    SELECT mention, party FROM party WHERE party IN (SELECT party FROM party SEMI JOIN asked_of USING (mention))),
firm AS (SELECT inn, arg_max(coalesce(short_name, full_name), (extract_date, source_id)) AS name FROM company GROUP BY inn),
seen AS (SELECT DISTINCT m.mention, wanted.party, m.kind, m.source_id, m.locator, m.owner, m.name, m.inn, m.birth_date, m.company FROM mention m JOIN wanted USING (mention)),
held AS (
    SELECT t.source_id, t.locator, coalesce(CAST(t.extract_date AS VARCHAR), '') AS day, min(t.kind) AS kind, min(t.position) AS position
    FROM registry_tie t SEMI JOIN seen ON seen.source_id = t.source_id AND seen.locator = t.locator GROUP BY ALL)
SELECT seen.mention, seen.party, seen.name, seen.inn, seen.birth_date, source.file, seen.locator,
       CASE WHEN seen.kind = 'tie' THEN held.kind WHEN seen.kind = 'disclosed' THEN split_part(seen.mention, '|', 4) ELSE seen.kind END AS role,
       CASE seen.kind WHEN 'official' THEN o.position WHEN 'relative' THEN r.relationship WHEN 'tie' THEN held.position END AS word,
       CASE WHEN seen.kind = 'official' THEN o.employer WHEN seen.kind = 'relative' THEN o.name
            WHEN seen.kind IN ('tie', 'disclosed') THEN coalesce(firm.name, seen.company) END AS whose
FROM seen JOIN source USING (source_id)
LEFT JOIN official_in_force o ON o.official_key = seen.owner
LEFT JOIN relative_in_force r ON seen.kind = 'relative' AND r.source_id = seen.source_id AND r.locator = seen.locator
LEFT JOIN held ON seen.kind = 'tie' AND held.source_id = seen.source_id AND held.locator = seen.locator AND held.day = split_part(seen.mention, '|', 4)
LEFT JOIN firm ON firm.inn = seen.company
ORDER BY ALL;

-- borne: what they are called by, and by whom else.
CREATE OR REPLACE TEMPORARY TABLE borne AS
SELECT DISTINCT reference, mention, party FROM reference JOIN party USING (mention)
WHERE reference IN (SELECT reference FROM reference SEMI JOIN described USING (mention));
