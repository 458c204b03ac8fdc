-- Every place where a source speaks of a natural person, in one shape.
-- mention: what it is called inside a run; ref: the record it stands for (table, source_id, locator).
-- company: for a person in a registry extract, the company whose extract it is.
CREATE OR REPLACE TEMPORARY TABLE mention AS
SELECT 'official|' || official_key AS mention, 'official' AS kind, source_id, locator, official_key AS owner,
       name, surname, given, patronymic, name_key, gender, former_surnames, birth_date, birth_year, inn,
       phone, email, address, CAST(NULL AS VARCHAR) AS employer, CAST(NULL AS VARCHAR) AS company
FROM official_in_force
UNION ALL
SELECT 'relative|' || source_id || '|' || locator, 'relative', source_id, locator, official_key AS owner,
       name, surname, given, patronymic, name_key, gender, former_surnames, birth_date, birth_year, inn,
       phone, email, address, employer, NULL
FROM relative_in_force WHERE fact = 'person' AND official_key IS NOT NULL
UNION ALL
SELECT DISTINCT 'tie|' || source_id || '|' || locator || '|' || coalesce(CAST(extract_date AS VARCHAR), ''), 'tie', source_id, locator, NULL AS owner,
       name, surname, given, patronymic, name_key, gender, NULL AS former_surnames, NULL AS birth_date, NULL AS birth_year, inn,
       NULL AS phone, NULL AS email, NULL AS address, NULL AS employer, coalesce(company_inn, ogrn) AS company
FROM registry_tie WHERE holder_kind = 'person' AND (name_key IS NOT NULL OR inn IS NOT NULL)
UNION ALL
SELECT DISTINCT 'proprietor|' || source_id || '|' || locator || '|' || coalesce(CAST(extract_date AS VARCHAR), ''), 'proprietor', source_id, locator, NULL,
       name, surname, given, patronymic, name_key, gender, NULL, NULL, NULL, inn, NULL, email, NULL, NULL, ogrnip AS company
FROM proprietor
UNION ALL
SELECT 'contract|' || source_id || '|' || locator, 'contract', source_id, locator, NULL,
       supplier AS name, surname, given, patronymic, name_key, gender, NULL, NULL, NULL, supplier_inn AS inn, NULL, NULL, NULL, NULL,
       customer_inn AS company
FROM contract_in_force WHERE supplier_kind = 'person' AND (name_key IS NOT NULL OR supplier_inn IS NOT NULL)
UNION ALL
SELECT 'participant|' || source_id || '|' || locator, 'participant', source_id, locator, NULL,
       participant AS name, surname, given, patronymic, name_key, gender, NULL, NULL, NULL, participant_inn AS inn, phone, email, address, NULL,
       customer_inn AS company
FROM participant_in_force WHERE participant_kind = 'person' AND (name_key IS NOT NULL OR participant_inn IS NOT NULL)
UNION ALL
SELECT 'disclosed|' || source_id || '|' || locator || '|' || kind || '|' || coalesce(name_key, inn), 'disclosed', source_id, locator, NULL,
       name, surname, given, patronymic, name_key, gender, NULL, NULL, NULL, inn, NULL, NULL, NULL, NULL,
       coalesce(participant_inn, participant_key) AS company
FROM participant_person_in_force WHERE name_key IS NOT NULL OR inn IS NOT NULL;
