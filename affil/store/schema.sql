-- The store: one wide row for each record of a source, original and comparable columns side by side.
-- Every record names where it came from: source_id and locator. Nothing is overwritten: a newer source
-- sets superseded_by on what it replaces, and the *_in_force views leave those rows out.
--
-- The person columns, the same in every table that speaks of a person:
--   name             as written
--   surname, given, patronymic   comparable: upper case, ё as е, no doubtful letters; an initial is 'И.'
--   name_key         'SURNAME GIVEN PATRONYMIC', missing parts left out; NULL if no surname could be read
--   gender           'm', 'f' or NULL
--   former_surnames  comparable surnames joined by '|', NULL if none
--   birth_date, birth_year   the date where all of it is known, the year where at least that is known
--   inn              12 digits that pass their check, else NULL (a faulty one is reported, never a key)

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR);

CREATE TABLE source (
  source_id VARCHAR PRIMARY KEY,      -- first 16 hex digits of the SHA-256 of the bytes
  sha256 VARCHAR NOT NULL,
  file VARCHAR NOT NULL,              -- path below the workspace, with '/'; 'a.zip!b.xml' inside an archive
  kind VARCHAR NOT NULL,              -- 'table', 'egrul', 'egrip', …, 'unreadable'
  batch INTEGER NOT NULL,             -- which call of load brought it
  loaded_at TIMESTAMP NOT NULL,
  taken VARCHAR NOT NULL,             -- JSON object of counts
  rejected INTEGER NOT NULL,
  notes VARCHAR NOT NULL              -- JSON list
);

CREATE TABLE reject (
  source_id VARCHAR NOT NULL, sheet VARCHAR, row_no INTEGER, column_name VARCHAR, value VARCHAR,
  reason VARCHAR NOT NULL,            -- key in the word catalogue
  params VARCHAR NOT NULL,            -- JSON object
  row_taken BOOLEAN NOT NULL
);

-- What the headings of a table were taken for, so that a heading mapped later is known to change the file.
CREATE TABLE heading (
  source_id VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
  heading VARCHAR NOT NULL,           -- as written
  table_name VARCHAR NOT NULL,        -- of the vocabulary; the nearest one where the sheet is none
  field VARCHAR NOT NULL,             -- '' where nothing is known of it, '-' where nothing needs it
  own VARCHAR NOT NULL,               -- what `[headings]` of affil.toml said of it then, '' where nothing
  filled BOOLEAN NOT NULL             -- whether the first rows have anything under it
);

-- Sources that were taken back: not to be loaded again unless asked for by name.
CREATE TABLE forgotten (source_id VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL, file VARCHAR NOT NULL, forgotten_at TIMESTAMP NOT NULL);

CREATE TABLE official (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,               -- set by linking: employer and employee_id, or name and birth date where no id is known
  employee_id VARCHAR, employer_inn VARCHAR, employer VARCHAR,
  employer_by VARCHAR,                -- set by linking where the row has no ИНН of the employer: how it was found
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  former_surnames VARCHAR, birth_date DATE, birth_year INTEGER, inn VARCHAR,
  status VARCHAR,                     -- one of CONTRACT 3, NULL = unknown
  position VARCHAR, department VARCHAR,
  unit VARCHAR,                       -- names of a separator row and of the sheet, joined by '|': departments, or institutions known by name
  beside_kin BOOLEAN,                 -- the row stands in a sheet of kin: it counts where no list has the official
  procurement_role VARCHAR,           -- one of CONTRACT 3, NULL = none or unknown
  reports_to VARCHAR, hired DATE, dismissed DATE,
  address VARCHAR, phone VARCHAR, email VARCHAR, questionnaire_date DATE
);

CREATE TABLE relative (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,               -- set by linking: key of the official the row belongs to
  link_problem VARCHAR,               -- why no official could be found, a key under `rejects` in the word catalogue
  official_row VARCHAR,               -- locator of the official's own row in this source, where it has one
  employee_id VARCHAR, employer_inn VARCHAR,  -- as the row names the official
  official_name VARCHAR, official_name_key VARCHAR,
  relationship VARCHAR,               -- as written
  chains VARCHAR,                     -- readings of that word as chains, joined by '|', best first
  fact VARCHAR NOT NULL,              -- 'person'; 'none' = declared that there is nobody; 'deceased'
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  former_surnames VARCHAR, birth_date DATE, birth_year INTEGER, inn VARCHAR,
  employer VARCHAR, position VARCHAR, address VARCHAR, phone VARCHAR, email VARCHAR,
  valid_from DATE, valid_to DATE,     -- of the kinship tie, where the row says so (a divorce)
  questionnaire_date DATE
);

CREATE TABLE contract (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  supplier VARCHAR, supplier_inn VARCHAR,     -- 10 or 12 digits that pass their check
  supplier_kind VARCHAR,              -- 'organisation', 'person', NULL where neither the ИНН nor the name tells
  supplier_key VARCHAR,               -- comparable name of an organisation; ' ОГРН n' after it where the row gives that and no ИНН
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,  -- of a person who supplies
  signed_on DATE, period VARCHAR, period_from DATE, period_to DATE,  -- first and last day of the period, where its text names them surely
  contract_number VARCHAR, customer_inn VARCHAR, customer VARCHAR, organizer_inn VARCHAR,
  notice_on DATE, price DECIMAL(18,2), subject VARCHAR, method VARCHAR, ground VARCHAR, procedure_number VARCHAR,
  ends_on DATE, terminated_on DATE,   -- as planned or prolonged; ended before its time
  national_project VARCHAR, subcontractor_inn VARCHAR, contract_manager VARCHAR,
  paper VARCHAR,                      -- 'agreement': the row tells of a paper that changes the contract, 'payment': of money paid; NULL: of the contract itself
  customer_hint VARCHAR,              -- names of sheet and folders, nearest first, by '|': one may be the customer's, where none is named
  own_number VARCHAR,                 -- of the document, where contract_number is that of the register of ЕИС
  version INTEGER,                    -- ЕИС: of the record; the highest of a contract is in force, whenever it was loaded
  stage VARCHAR,                      -- ЕИС: 'executing', 'completed', 'terminated', 'annulled'
  supplier_phone VARCHAR, supplier_email VARCHAR, supplier_address VARCHAR,
  supplier_contact VARCHAR            -- who speaks for the supplier as ЕИС names him: no director
);

-- ЕИС: a contract that ended before its time (contractProcedure), or whose record was taken back (contractCancel).
CREATE TABLE contract_end (
  source_id VARCHAR, locator VARCHAR,
  contract_number VARCHAR, ended_on DATE, stage VARCHAR
);

-- ЕИС: the purchase itself, as its notice has it. One row a version and customer.
CREATE TABLE tender (
  source_id VARCHAR, locator VARCHAR,
  procedure_number VARCHAR, version INTEGER, customer_inn VARCHAR, customer VARCHAR,
  organizer_inn VARCHAR, organizer VARCHAR, organizer_role VARCHAR,  -- who places it, where that is not the customer; the code of ЕИС
  notice_on DATE, method VARCHAR, subject VARCHAR, price DECIMAL(18,2),  -- the starting price
  responsible VARCHAR,                -- the official who answers for the purchase, as written
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  phone VARCHAR, email VARCHAR
);

-- РНП: who was entered into the register of unfair suppliers (44-ФЗ ст. 104). Who stands behind him is in participant_person.
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
  surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,  -- of a person who bids
  applied_on DATE, winner BOOLEAN, customer_inn VARCHAR, organizer_inn VARCHAR,
  phone VARCHAR, email VARCHAR, address VARCHAR,
  document VARCHAR,                   -- ЕИС: the protocol that names him; protocols of one procedure add to each other
  admitted BOOLEAN                    -- ЕИС: whether the application was let in
);

-- Persons an application discloses: the director, and owners of more than 25 % (44-ФЗ ст. 43 ч. 1 п. 1); and those an entry of
-- РНП names, whose number and day stand for those of an application.
CREATE TABLE participant_person (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  procedure_number VARCHAR, participant_inn VARCHAR, participant_key VARCHAR, applied_on DATE,
  kind VARCHAR,                       -- 'director' or 'owner'
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR, share VARCHAR,         -- exact fraction 'n/d' or NULL
  basis VARCHAR                       -- 'РНП'; NULL of an application
);

CREATE TABLE commission_seat (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,               -- set by linking: the official the seat belongs to
  link_problem VARCHAR,               -- 'not_ours': a protocol of ЕИС about a body that no official serves
  employee_id VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  customer_inn VARCHAR, organizer_inn VARCHAR, procedure_number VARCHAR,
  customer VARCHAR,                   -- as a list or an order's heading names it: its ИНН is found by linking
  customer_hint VARCHAR,              -- names of sheet and folders, nearest first, by '|': one may be the customer's, where none is named
  customer_by VARCHAR,                -- set by linking where the source has no ИНН of the customer: how it was found
  role VARCHAR, valid_from DATE, valid_to DATE,
  taken_out BOOLEAN                   -- the row tells of a member taken out on `valid_to`: it ends the seats he had before
);

-- The officer's own list of subordinate institutions.
CREATE TABLE institution (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  inn VARCHAR, name VARCHAR, parent_inn VARCHAR, head VARCHAR
);

-- Who did what in a purchase: wrote the specification, reckoned the price, took delivery. One row a role.
CREATE TABLE duty (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,               -- set by linking: the official the duty is of
  link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  contract_number VARCHAR, procedure_number VARCHAR, customer_inn VARCHAR,
  role VARCHAR,                       -- one of procurement_role of CONTRACT 3, NULL = words not known
  detail VARCHAR,                     -- the role as written
  valid_from DATE, valid_to DATE
);

-- What officials declare of themselves and their families (справка о доходах, разд. 1, 2, 5.1, 6.2, 7).
CREATE TABLE declared_interest (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR, link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  fact VARCHAR NOT NULL,              -- 'interest'; 'none' = declared that there is none, no organisation then
  holder VARCHAR,                     -- 'self', 'spouse', 'child', 'other' = somebody else is named; NULL = unknown
  holder_text VARCHAR,                -- as written
  organisation VARCHAR, organisation_inn VARCHAR,  -- 12 digits where it is a person (a proprietor, a creditor)
  organisation_key VARCHAR,           -- comparable name of an organisation, NULL for a person
  share VARCHAR,                      -- exact fraction 'n/d' or NULL
  kind VARCHAR,                       -- 'share' 5.1, 'obligation' 6.2, 'transfer' 7, 'income' 1 and 2; NULL = unknown
  kind_text VARCHAR,
  as_of DATE                          -- the day the declaration speaks of
);

-- The journal of notices to the employer's representative (25-ФЗ ст. 11 ч. 2; 273-ФЗ ст. 11, 12).
CREATE TABLE notice (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR, link_problem VARCHAR,
  employee_id VARCHAR, employer_inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  kind VARCHAR,                       -- a key of notice_kind in affil/ingest/vocabulary/values.yml: 'other work', 'gift', …; NULL = unknown
  kind_text VARCHAR,
  number VARCHAR, noticed_on DATE,
  organisation VARCHAR, organisation_inn VARCHAR, organisation_key VARCHAR,
  valid_from DATE, valid_to DATE,
  decision VARCHAR,                   -- 'consent', 'refusal'; NULL = none, or its words are not known
  decision_text VARCHAR
);

-- The journal of searches in open services of the ФНС. Anybody may be searched, so a row need not have an official.
CREATE TABLE search (
  source_id VARCHAR, locator VARCHAR, superseded_by VARCHAR,
  official_key VARCHAR,               -- set by linking where exactly one official is who was searched
  link_problem VARCHAR,               -- why there is none; tells nobody's fault and is no reject
  employee_id VARCHAR, employer_inn VARCHAR,
  who VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR,                        -- 10 or 12 digits that pass their check, from either cell
  searched_by VARCHAR, service VARCHAR, searched_on DATE, result VARCHAR, file VARCHAR
);

-- ЕГРЮЛ: one row an extract (СвЮЛ). Several extracts of one company over time all stay.
CREATE TABLE company (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, inn VARCHAR, kpp VARCHAR, full_name VARCHAR, short_name VARCHAR,
  name_key VARCHAR,                   -- comparable name, see affil/language/companies.py
  short_key VARCHAR,                  -- that of the short name, NULL where it is no other
  legal_form_code VARCHAR, legal_form VARCHAR, region VARCHAR,   -- region: two digits
  extract_date DATE, registered_on DATE, ended_on DATE, status VARCHAR,
  capital DECIMAL(24,4), email VARCHAR, address VARCHAR,
  owners_given BOOLEAN,               -- false: the source never tells the owners of this record (a search result, a cheaper tariff of a
                                      -- service), so that none are there means nothing; NULL: it does
  directors_given BOOLEAN             -- the same of who runs it: false where the source may leave some out
);

-- ЕГРИП: one row an extract (СвИП).
CREATE TABLE proprietor (
  source_id VARCHAR, locator VARCHAR,
  ogrnip VARCHAR, inn VARCHAR,
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  kind VARCHAR,                       -- НаимВидИП
  extract_date DATE, registered_on DATE, ended_on DATE, region VARCHAR, email VARCHAR
);

-- ЕГРЮЛ: who runs and who owns a company, one row an element of an extract.
CREATE TABLE registry_tie (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,                       -- 'director' (СведДолжнФЛ), 'managing' (СвУпрОрг), 'owner' (any child of СвУчредит)
  holder_kind VARCHAR,                -- 'person', 'organisation', 'foreign', 'public', 'fund', 'other'
  name VARCHAR, surname VARCHAR, given VARCHAR, patronymic VARCHAR, name_key VARCHAR, gender VARCHAR,
  inn VARCHAR,                        -- of a person who holds
  holder_ogrn VARCHAR, holder_inn VARCHAR, holder_name VARCHAR,  -- of an organisation that holds
  position VARCHAR,
  share VARCHAR,                      -- exact fraction of the capital 'n/d', from РазмерДоли, else НоминСтоим / СумКап; NULL if unknown
  nominal DECIMAL(24,4),
  since DATE,                         -- ГРНДатаПерв
  died_on DATE,                       -- of an owner: the day his inheritance opened (ДатаОткрНасл); he holds nothing after it
  restricted BOOLEAN,                 -- ОгрДосСв: the registry hides who it is
  partial BOOLEAN                     -- true: its record does not tell all who run or own the company (company.owners_given, directors_given)
);

-- ЕГРЮЛ: what an extract says of its own entries. One row a remark; the locator is that of the tie, or of the company.
CREATE TABLE registry_remark (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,                       -- 'hidden', 'untrue', 'disqualified', 'trust', 'inherited', 'pledged', 'own_share', …: affil/ingest/registry/fns_remarks.py
  about VARCHAR,                      -- element it is about: 'СведДолжнФЛ', 'УчрФЛ', 'СвАдресЮЛ', …
  of_whom VARCHAR,                    -- name of the director or owner it is about
  holder_name VARCHAR, holder_inn VARCHAR,  -- who else it names: trustee, pledgee, heirs' manager, body of power
  text VARCHAR, share VARCHAR,        -- share: exact fraction 'n/d'
  valid_from DATE, valid_to DATE
);

-- ЕГРЮЛ: reorganisation. One row an element СвПредш or СвПреем of an extract: whose rights a company took over, and who took over its.
CREATE TABLE succession (
  source_id VARCHAR, locator VARCHAR,
  ogrn VARCHAR, company_inn VARCHAR, extract_date DATE,
  kind VARCHAR,                       -- 'predecessor' (СвПредш), 'successor' (СвПреем)
  other_ogrn VARCHAR, other_inn VARCHAR, other_name VARCHAR,
  since DATE                          -- day of the record (ГРНДатаПерв, else ГРНДата)
);

-- What people decided (affil/decisions/). Only ever added to; each entry holds the hash of the one before it. Purge empties subject,
-- body, documents, decided_by, why and salt of an entry; what is left of it keeps the chain whole.
CREATE TABLE decision (
  number INTEGER NOT NULL,            -- 1, 2, 3 … in the order written
  kind VARCHAR NOT NULL,              -- what it is about: 'identity', 'case', 'purge'
  verdict VARCHAR NOT NULL,           -- of an identity: 'same', 'different', 'unsure'; of a case: an event of events.yml; 'undo' takes an earlier
                                      -- entry back, 'purged': its content was destroyed
  subject VARCHAR NOT NULL,           -- id of what was decided on: of an identity, of the pair of persons; of a case, of the tie
  body VARCHAR NOT NULL,              -- JSON object: what entries of this kind have beside what all have
  documents VARCHAR NOT NULL,         -- JSON list: what it rests on
  decided_by VARCHAR NOT NULL, decided_on DATE NOT NULL, why VARCHAR NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  salt VARCHAR NOT NULL,              -- 32 random hex digits; '' in entries of version 4, whose text was hashed without
  digest VARCHAR NOT NULL,            -- SHA-256 of the salt, a line end and the text of this entry; of its text where it has no salt
  previous VARCHAR NOT NULL,          -- hash of the entry before, 64 zeros for the first
  hash VARCHAR NOT NULL               -- SHA-256 of `previous`, a line end and `digest`
);

-- What the list of officials leaves blank is taken from the official's own questionnaire, which the list sets aside.
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
-- A seat ends on the day an order takes the member out; the row of that order counts where it is all that tells of his seat.
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
-- Whom a number in `audit` means. Purge deletes the row: the log stays whole and says no more of whom.
CREATE TABLE person_number (number VARCHAR NOT NULL, person VARCHAR NOT NULL);   -- 'P-' and 10 random signs; a reference of affil/decisions/references.py
-- Who ran, loaded, looked, decided: append-only, chained; counts, hashes, run ids and person numbers, never a name, a number of a document or a file's name.
CREATE TABLE audit (
  number INTEGER NOT NULL, "at" TIMESTAMP NOT NULL, who VARCHAR NOT NULL, command VARCHAR NOT NULL,
  body VARCHAR NOT NULL,              -- JSON object
  previous VARCHAR NOT NULL, hash VARCHAR NOT NULL);
