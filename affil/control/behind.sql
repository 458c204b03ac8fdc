-- target: organisations whose control is asked for: suppliers, what is related to them, the officials' own institutions.
CREATE OR REPLACE TEMPORARY TABLE target AS
SELECT supplier AS party FROM purchase UNION SELECT one FROM related UNION SELECT institution FROM institution_of;

-- above: pairs of a target and a company from which something leads down to it: itself, its holders, their holders …
CREATE OR REPLACE TEMPORARY TABLE above AS
WITH RECURSIVE up(target, inn) AS (
    SELECT substr(party, 5), substr(party, 5) FROM target WHERE starts_with(party, 'inn:')
    UNION
    SELECT up.target, t.holder_inn FROM up JOIN registry_tie t ON t.company_inn = up.inn WHERE t.holder_inn IS NOT NULL)
FROM up;

-- stands_behind: persons who may have to do with an organisation, however little; what they have and when is for control.py to say.
CREATE OR REPLACE TEMPORARY TABLE stands_behind AS
SELECT DISTINCT p.party AS person, 'inn:' || a.target AS organisation
FROM registry_tie t JOIN above a ON a.inn = t.company_inn
JOIN party p ON p.mention = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')
WHERE NOT coalesce(t.restricted, false)
UNION
SELECT p.party, coalesce('inn:' || d.participant_inn, f.party, 'firm:' || d.participant_key) FROM participant_person_in_force d
LEFT JOIN firm_party f ON f.firm_key = CASE WHEN d.participant_inn IS NULL THEN d.participant_key END
JOIN party p ON p.mention = 'disclosed|' || d.source_id || '|' || d.locator || '|' || d.kind || '|' || coalesce(d.name_key, d.inn)
UNION
SELECT supplier, supplier FROM purchase WHERE supplier_kind = 'person';

-- looped: companies that hold themselves through others; only those that hold something and are held can.
CREATE OR REPLACE TEMPORARY TABLE looped AS
WITH RECURSIVE held AS (
    SELECT DISTINCT t.company_inn, t.holder_inn FROM registry_tie t SEMI JOIN above ON above.inn = t.company_inn
    WHERE t.holder_inn <> t.company_inn AND t.holder_inn IN (SELECT company_inn FROM registry_tie WHERE holder_inn IS NOT NULL)
      AND t.company_inn IN (SELECT holder_inn FROM registry_tie)),
up(start, inn) AS (
    SELECT company_inn, holder_inn FROM held
    UNION
    SELECT up.start, held.holder_inn FROM up JOIN held ON held.company_inn = up.inn)
SELECT DISTINCT inn FROM up WHERE start = inn
