-- unnamed: organisations of purchases without an ИНН, a row for each thing the tables tell of them.
SELECT supplier_key, CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), CAST(NULL AS VARCHAR), customer_inn FROM contract_in_force
WHERE supplier_inn IS NULL AND supplier_key <> '' AND coalesce(supplier_kind, '') <> 'person'
UNION SELECT participant_key, address, phone, email, customer_inn FROM participant_in_force
WHERE participant_inn IS NULL AND participant_key <> '' AND coalesce(participant_kind, '') <> 'person';
-- known: organisations that the tables name together with an ИНН. ОГРН only from extracts.
SELECT inn, ogrn, coalesce(short_name, full_name), name_key, short_key, address, NULL, email, NULL, false FROM company WHERE inn IS NOT NULL
UNION SELECT supplier_inn, NULL, supplier, supplier_key, NULL, NULL, NULL, NULL, customer_inn, true FROM contract_in_force
WHERE supplier_inn IS NOT NULL AND coalesce(supplier_kind, '') <> 'person'
UNION SELECT participant_inn, NULL, participant, participant_key, NULL, address, phone, email, customer_inn, true FROM participant_in_force
WHERE participant_inn IS NOT NULL AND coalesce(participant_kind, '') <> 'person'
UNION SELECT inn, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL, false FROM institution_in_force WHERE inn IS NOT NULL;
