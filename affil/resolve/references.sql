-- reference: what each mention is called by in the decision log (affil/decisions/references.py says what each means).
CREATE OR REPLACE TEMPORARY VIEW reference AS
SELECT mention, 'inn:' || inn AS reference FROM mention WHERE inn IS NOT NULL
UNION ALL
SELECT mention, 'born:' || name_key || '|' || CAST(birth_date AS VARCHAR) FROM mention
WHERE birth_date IS NOT NULL AND given IS NOT NULL AND patronymic IS NOT NULL AND name_key IS NOT NULL
UNION ALL
SELECT mention, 'official:' || owner || '|' || concat_ws(' ', given, patronymic) FROM mention WHERE kind = 'official' AND given IS NOT NULL
UNION ALL
SELECT mention, 'kin:' || owner || '|' || name_key FROM mention WHERE kind = 'relative' AND name_key IS NOT NULL
UNION ALL
SELECT mention, 'name:' || company || '|' || name_key FROM mention
WHERE kind NOT IN ('official', 'relative') AND company IS NOT NULL AND name_key IS NOT NULL;
