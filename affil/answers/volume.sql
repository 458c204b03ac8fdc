SELECT
  (SELECT count(*) FROM relative_in_force WHERE fact = 'person') AS relatives,
  (SELECT count(DISTINCT coalesce(official_key, name_key, name, employee_id)) FROM commission_seat_in_force WHERE link_problem IS DISTINCT FROM 'not_ours') AS members,
  (SELECT count(DISTINCT coalesce(name_key, name, employee_id)) FROM commission_seat_in_force WHERE official_key IS NULL AND link_problem IS DISTINCT FROM 'not_ours') AS unlinked_members,
  (SELECT count(DISTINCT supplier) FROM purchase WHERE event = 'award' AND role = 'winner') AS suppliers,
  (SELECT count(DISTINCT supplier) FROM purchase WHERE event = 'bid') AS participants,
  (SELECT count(DISTINCT procedure_number) FROM purchase WHERE procedure_number IS NOT NULL) AS procedures,
  (SELECT count(DISTINCT coalesce(inn, ogrn)) FROM company) AS companies,
  (SELECT count(DISTINCT coalesce(inn, ogrnip)) FROM proprietor) AS proprietors,
  (SELECT min(extract_date) FROM (SELECT extract_date FROM company UNION ALL SELECT extract_date FROM proprietor)) AS oldest,
  (SELECT max(extract_date) FROM (SELECT extract_date FROM company UNION ALL SELECT extract_date FROM proprietor)) AS newest,
  (SELECT count(*) FROM search_in_force) AS searches
