CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR);
CREATE TABLE source (
  source_id VARCHAR PRIMARY KEY,
  sha256 VARCHAR NOT NULL,
  file VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  batch INTEGER NOT NULL,
  loaded_at TIMESTAMP NOT NULL,
  taken VARCHAR NOT NULL,
  rejected INTEGER NOT NULL,
  notes VARCHAR NOT NULL
);
CREATE TABLE reject (
  source_id VARCHAR NOT NULL, sheet VARCHAR, row_no INTEGER, column_name VARCHAR, value VARCHAR,
  reason VARCHAR NOT NULL,
  params VARCHAR NOT NULL,
  row_taken BOOLEAN NOT NULL
);
CREATE TABLE heading (
  source_id VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
  heading VARCHAR NOT NULL,
  table_name VARCHAR NOT NULL,
  field VARCHAR NOT NULL,
  own VARCHAR NOT NULL,
  filled BOOLEAN NOT NULL
);
CREATE TABLE forgotten (source_id VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL, file VARCHAR NOT NULL, forgotten_at TIMESTAMP NOT NULL);
CREATE TABLE official (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR, employer VARCHAR,
  employer_by VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  former_surnames VARCHAR, birth_date DATE, birth_year INTEGER, inn VARCHAR,
  status VARCHAR,
  position VARCHAR, department VARCHAR,
  unit VARCHAR,
  beside_kin BOOLEAN,
  procurement_role VARCHAR,
  reports_to VARCHAR, hired DATE, dismissed DATE,
  address VARCHAR, phone VARCHAR, email VARCHAR, questionnaire_date DATE
);
CREATE TABLE relative (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,
  link_problem VARCHAR,
  official_row VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  official_name VARCHAR, official_name_key VARCHAR,
  relationship VARCHAR,
  chains VARCHAR,
  fact VARCHAR NOT NULL,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  former_surnames VARCHAR, birth_date DATE, birth_year INTEGER, inn VARCHAR,
  employer VARCHAR, position VARCHAR, address VARCHAR, phone VARCHAR, email VARCHAR,
  valid_from DATE, valid_to DATE,
  questionnaire_date DATE
);
CREATE TABLE contract (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  supplier VARCHAR, supplier_inn VARCHAR,
  supplier_kind VARCHAR,
  supplier_key VARCHAR,
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  signed_on DATE, period VARCHAR, period_from DATE, period_to DATE,
  contract_number VARCHAR, customer_inn VARCHAR, customer VARCHAR, organizer_inn VARCHAR,
  notice_on DATE, price DECIMAL(18,2), subject VARCHAR, method VARCHAR, ground VARCHAR, procedure_number VARCHAR,
  ends_on DATE, terminated_on DATE,
  national_project VARCHAR, subcontractor_inn VARCHAR, contract_manager VARCHAR,
  paper VARCHAR,
  customer_hint VARCHAR,
  own_number VARCHAR,
  version INTEGER,
  stage VARCHAR,
  supplier_phone VARCHAR, supplier_email VARCHAR, supplier_address VARCHAR,
  supplier_contact VARCHAR
);
CREATE TABLE contract_end (
  source_id VARCHAR, locator VARCHAR,
  contract_number VARCHAR, ended_on DATE, stage VARCHAR
);
CREATE TABLE tender (
  source_id VARCHAR, locator VARCHAR,
  procedure_number VARCHAR, version INTEGER, customer_inn VARCHAR, customer VARCHAR,
  organizer_inn VARCHAR, organizer VARCHAR, organizer_role VARCHAR,
  notice_on DATE, method VARCHAR, subject VARCHAR, price DECIMAL(18,2),
  responsible VARCHAR,
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  phone VARCHAR, email VARCHAR
);
CREATE TABLE unfair_supplier (
  source_id VARCHAR, locator VARCHAR,
  number VARCHAR, version INTEGER, state VARCHAR,
  supplier VARCHAR, supplier_inn VARCHAR, supplier_kind VARCHAR, supplier_key VARCHAR,
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  included_on DATE, excluded_on DATE, auto_exclude_on DATE, reason VARCHAR,
  procedure_number VARCHAR, contract_number VARCHAR, customer_inn VARCHAR
);
CREATE TABLE participant (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  procedure_number VARCHAR, participant VARCHAR, participant_inn VARCHAR, participant_kind VARCHAR, participant_key VARCHAR,
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  applied_on DATE, winner BOOLEAN, customer_inn VARCHAR, organizer_inn VARCHAR,
  phone VARCHAR, email VARCHAR, address VARCHAR,
  document VARCHAR,
  admitted BOOLEAN
);
CREATE TABLE participant_person (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  procedure_number VARCHAR, participant_inn VARCHAR, participant_key VARCHAR, applied_on DATE,
  kind VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR, share VARCHAR,
  basis VARCHAR
);
CREATE TABLE commission_seat (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,
  link_problem VARCHAR,
  employee_id VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  customer_inn VARCHAR, organizer_inn VARCHAR, procedure_number VARCHAR,
  customer VARCHAR,
  customer_hint VARCHAR,
  customer_by VARCHAR,
  role VARCHAR, valid_from DATE, valid_to DATE,
  taken_out BOOLEAN
);
CREATE TABLE institution (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  inn VARCHAR, name VARCHAR, parent_inn VARCHAR, head VARCHAR
);
CREATE TABLE duty (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,
  link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  contract_number VARCHAR, procedure_number VARCHAR, customer_inn VARCHAR,
  role VARCHAR,
  detail VARCHAR,
  valid_from DATE, valid_to DATE
);
CREATE TABLE declared_interest (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR, link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  fact VARCHAR NOT NULL,
  holder VARCHAR,
  holder_text VARCHAR,
  organisation VARCHAR, organisation_inn VARCHAR,
  organisation_key VARCHAR,
  share VARCHAR,
  kind VARCHAR,
  kind_text VARCHAR,
  as_of DATE
);
CREATE TABLE notice (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR, link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  kind VARCHAR,
  kind_text VARCHAR,
  number VARCHAR, noticed_on DATE,
  organisation VARCHAR, organisation_inn VARCHAR, organisation_key VARCHAR,
  valid_from DATE, valid_to DATE,
  decision VARCHAR,
  decision_text VARCHAR
);
CREATE TABLE search (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,
  link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  who VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR,
  searched_by VARCHAR, service VARCHAR, searched_on DATE, result VARCHAR, file VARCHAR
);
CREATE TABLE company (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, inn VARCHAR, kpp VARCHAR, full_name VARCHAR, short_name VARCHAR,
  name_key VARCHAR,
  short_key VARCHAR,
  legal_form_code VARCHAR, legal_form VARCHAR, region VARCHAR,
  extract_date DATE, registered_on DATE, ended_on DATE, status VARCHAR,
  capital DECIMAL(24,4), email VARCHAR, address VARCHAR,
  owners_given BOOLEAN,
  directors_given BOOLEAN
);
CREATE TABLE proprietor (
  source_id VARCHAR, locator VARCHAR,
  ogrnip VARCHAR, inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  kind VARCHAR,
  extract_date DATE, registered_on DATE, ended_on DATE, region VARCHAR, email VARCHAR
);
CREATE TABLE registry_tie (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,
  holder_kind VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR,
  holder_ogrn VARCHAR, holder_inn VARCHAR, holder_name VARCHAR,
  position VARCHAR,
  share VARCHAR,
  nominal DECIMAL(24,4),
  since DATE,
  died_on DATE,
  restricted BOOLEAN,
  partial BOOLEAN
);
CREATE TABLE registry_remark (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,
  about VARCHAR,
  of_whom VARCHAR,
  holder_name VARCHAR, holder_inn VARCHAR,
  text VARCHAR, share VARCHAR,
  valid_from DATE, valid_to DATE
);
CREATE TABLE succession (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,
  other_ogrn VARCHAR, other_inn VARCHAR, other_name VARCHAR,
  since DATE
);
CREATE TABLE decision (
  number INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  body VARCHAR NOT NULL,
  documents VARCHAR NOT NULL,
  decided_by VARCHAR NOT NULL, decided_on DATE NOT NULL, why VARCHAR NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  previous VARCHAR NOT NULL,
  hash VARCHAR NOT NULL
);
CREATE VIEW official_in_force AS
WITH told AS (
  SELECT official_key AS told_of, arg_max(name, r) AS name, arg_max(given, r) AS given, arg_max(patronymic, r) AS patronymic,
    arg_max(name_key, r) AS name_key, arg_max(inn, r) AS inn, arg_max(birth_date, r) AS birth_date, arg_max(birth_year, r) AS birth_year,
    arg_max(former_surnames, r) AS former_surnames, arg_max(position, r) AS position, arg_max(address, r) AS address,
    arg_max(phone, r) AS phone, arg_max(email, r) AS email, arg_max(questionnaire_date, r) AS questionnaire_date
  FROM (SELECT *, row(coalesce(questionnaire_date, DATE '0001-01-01'), source_id, locator) AS r FROM official
        WHERE beside_kin AND superseded_by IS NOT NULL AND official_key IS NOT NULL)
  GROUP BY official_key)
SELECT o.* REPLACE (
  CASE WHEN o.given LIKE '%.' THEN coalesce(t.name, o.name) ELSE o.name END AS name,
  CASE WHEN o.given LIKE '%.' THEN coalesce(t.given, o.given) ELSE o.given END AS given,
  CASE WHEN o.given LIKE '%.' THEN coalesce(t.patronymic, o.patronymic) ELSE o.patronymic END AS patronymic,
  CASE WHEN o.given LIKE '%.' THEN coalesce(t.name_key, o.name_key) ELSE o.name_key END AS name_key,
  coalesce(o.inn, t.inn) AS inn, coalesce(o.birth_date, t.birth_date) AS birth_date,
  coalesce(o.birth_year, t.birth_year) AS birth_year, coalesce(o.former_surnames, t.former_surnames) AS former_surnames,
  coalesce(o.position, t.position) AS position, coalesce(o.address, t.address) AS address, coalesce(o.phone, t.phone) AS phone,
  coalesce(o.email, t.email) AS email, coalesce(o.questionnaire_date, t.questionnaire_date) AS questionnaire_date)
FROM official o LEFT JOIN told t ON t.told_of = o.official_key AND NOT coalesce(o.beside_kin, false)
WHERE o.superseded_by IS NULL;
CREATE VIEW relative_in_force AS SELECT * FROM relative WHERE superseded_by IS NULL;
CREATE VIEW contract_in_force AS SELECT * FROM contract WHERE superseded_by IS NULL;
CREATE VIEW participant_in_force AS SELECT * FROM participant WHERE superseded_by IS NULL;
CREATE VIEW participant_person_in_force AS SELECT * FROM participant_person WHERE superseded_by IS NULL;
CREATE VIEW commission_seat_in_force AS
WITH seat AS (SELECT *, coalesce(official_key, name_key) AS holder FROM commission_seat WHERE superseded_by IS NULL),
out AS (
  SELECT s.source_id, s.locator, min(o.valid_to) AS taken_out_on
  FROM seat s JOIN seat o ON o.taken_out AND NOT coalesce(s.taken_out, false) AND o.holder = s.holder
    AND o.customer_inn = s.customer_inn AND o.valid_to >= coalesce(s.valid_from, DATE '0001-01-01')
  GROUP BY ALL)
SELECT s.* EXCLUDE (holder) REPLACE (coalesce(s.valid_to, o.taken_out_on) AS valid_to)
FROM seat s LEFT JOIN out o USING (source_id, locator)
WHERE NOT coalesce(s.taken_out, false) OR NOT EXISTS (
  FROM seat e WHERE e.holder = s.holder AND e.customer_inn = s.customer_inn AND NOT coalesce(e.taken_out, false)
    AND s.valid_to >= coalesce(e.valid_from, DATE '0001-01-01'));
CREATE VIEW institution_in_force AS SELECT * FROM institution WHERE superseded_by IS NULL;
CREATE VIEW duty_in_force AS SELECT * FROM duty WHERE superseded_by IS NULL;
CREATE VIEW declared_interest_in_force AS SELECT * FROM declared_interest WHERE superseded_by IS NULL;
CREATE VIEW notice_in_force AS SELECT * FROM notice WHERE superseded_by IS NULL;
CREATE VIEW search_in_force AS SELECT * FROM search WHERE superseded_by IS NULL;
