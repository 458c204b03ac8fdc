-- taking_part(party): the person, his kin, and who may be one of them; made before this script runs.
-- walked: the companies they run or hold, and those these hold, down to the last.
CREATE OR REPLACE TEMPORARY TABLE walked AS
WITH RECURSIVE down(inn) AS (
    SELECT t.company_inn FROM registry_tie t
    JOIN party p ON p.mention = 'tie|' || t.source_id || '|' || t.locator || '|' || coalesce(CAST(t.extract_date AS VARCHAR), '')
    WHERE t.company_inn IS NOT NULL AND NOT coalesce(t.restricted, false) AND p.party IN (SELECT party FROM taking_part)
    UNION
    SELECT t.company_inn FROM down JOIN registry_tie t ON t.holder_inn = down.inn WHERE t.company_inn IS NOT NULL)
FROM down;

-- joint_stock: as affil/control/related.sql has it; that script is not run for one person.
CREATE OR REPLACE TEMPORARY TABLE joint_stock AS
SELECT inn FROM company WHERE inn IS NOT NULL GROUP BY inn
HAVING starts_with(arg_max(legal_form_code, extract_date), '122') OR contains(upper(arg_max(legal_form, extract_date)), 'АКЦИОНЕРН');
