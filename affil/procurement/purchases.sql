-- any_purchase: one row a supplier of a contract or a participant of a procedure, with the day that counts (DESIGN 5).
-- A condition on one side of a LEFT JOIN stands inside the key compared: beside it, DuckDB would compare each row with each.
-- supplier: party of the supplier; `by_name` is true where only the name of an organisation tells who it is: with `name_grade`,
-- `name_probability`, `name_agreement` and `name_evidence`, as firms.py has it; an ОГРН is no supposition.
-- A document of ЕИС (it has a version, or is a protocol) is not of the only customer of the settings where it names none: a list she keeps is.
-- What its notice tells of a purchase counts where the row says nothing; of several customers the notice does not tell whose it is.
CREATE OR REPLACE TEMPORARY TABLE tender_of AS
SELECT procedure_number, CASE WHEN count(DISTINCT customer_inn) = 1 THEN min(customer_inn) END AS customer_inn,
       CASE WHEN count(DISTINCT organizer_inn) = 1 THEN min(organizer_inn) END AS organizer_inn, min(notice_on) AS notice_on,
       arg_max(method, (coalesce(version, -1), method)) AS method, arg_max(subject, (coalesce(version, -1), subject)) AS subject
FROM tender WHERE procedure_number IS NOT NULL GROUP BY 1;

CREATE OR REPLACE TEMPORARY TABLE any_purchase AS
WITH registered AS (  -- by its number in the register of ЕИС, a contract that a list names by the customer's own number
    SELECT customer_inn, own_number, signed_on, min(contract_number) AS contract_number FROM contract_in_force
    WHERE (version IS NOT NULL OR regexp_full_match(contract_number, '\d{15,}')) AND own_number IS NOT NULL GROUP BY ALL HAVING count(DISTINCT contract_number) = 1),
award AS (
    SELECT c.* REPLACE (
               coalesce(r.contract_number, c.contract_number) AS contract_number,
               coalesce(c.notice_on, CASE WHEN t.notice_on > coalesce(c.signed_on, c.period_to) THEN NULL ELSE t.notice_on END) AS notice_on,
               coalesce(c.organizer_inn, t.organizer_inn) AS organizer_inn, coalesce(c.method, t.method) AS method,
               CASE WHEN ended.ended_on < c.signed_on THEN c.ends_on ELSE least(c.ends_on, ended.ended_on) END AS ends_on),
           coalesce(c.customer_inn, t.customer_inn, named_customer.inn, CASE WHEN c.customer IS NULL AND c.version IS NULL THEN $default_customer END) AS buyer,
           CASE WHEN coalesce(c.customer_inn, t.customer_inn) IS NOT NULL THEN NULL WHEN named_customer.inn IS NOT NULL THEN 'customer_by_name'
                ELSE 'customer_from_settings' END AS buyer_by,
           CASE WHEN c.supplier_kind = 'person' AND party.party IS NOT NULL THEN party.party  -- «ИП Кристалл» names nobody
                WHEN c.supplier_inn IS NOT NULL THEN 'inn:' || c.supplier_inn
                WHEN named.party IS NOT NULL THEN named.party
                ELSE 'firm:' || coalesce(c.supplier_key, c.supplier) END AS supplier_party,
           coalesce(named.grade <> 'A', false) AS by_name, named.grade AS name_grade, named.probability AS name_probability, named.agreement AS name_agreement, named.evidence AS name_evidence
    FROM contract_in_force c
    LEFT JOIN registered r ON r.own_number = CASE WHEN c.version IS NULL THEN c.contract_number END AND r.customer_inn = c.customer_inn AND r.signed_on = c.signed_on
    LEFT JOIN tender_of t ON t.procedure_number = c.procedure_number
    LEFT JOIN (SELECT contract_number, min(ended_on) AS ended_on FROM contract_end GROUP BY 1) ended ON ended.contract_number = c.contract_number
    LEFT JOIN party ON party.mention = 'contract|' || c.source_id || '|' || c.locator
    LEFT JOIN named_customer ON named_customer.customer = CASE WHEN c.customer_inn IS NULL THEN coalesce(c.customer, '?' || c.customer_hint) END
    LEFT JOIN firm_party named ON named.firm_key = CASE WHEN c.supplier_inn IS NULL AND coalesce(c.supplier_kind, '') <> 'person' THEN c.supplier_key END),
bid AS (
    SELECT p.*, coalesce(p.customer_inn, t.customer_inn, k.customer_inn, s.customer_inn, CASE WHEN p.document IS NULL THEN $default_customer END) AS buyer,
           CASE WHEN coalesce(p.customer_inn, t.customer_inn, k.customer_inn, s.customer_inn) IS NULL THEN 'customer_from_settings' END AS buyer_by,
           coalesce(p.organizer_inn, t.organizer_inn, k.organizer_inn, s.organizer_inn) AS organizer, k.law AS procedure_law,
           CASE WHEN t.notice_on > p.applied_on THEN NULL ELSE t.notice_on END AS notice_on, t.method, t.subject,
           CASE WHEN p.participant_kind = 'person' AND party.party IS NOT NULL THEN party.party
                WHEN p.participant_inn IS NOT NULL THEN 'inn:' || p.participant_inn
                WHEN named.party IS NOT NULL THEN named.party
                ELSE 'firm:' || coalesce(p.participant_key, p.participant) END AS supplier_party,
           coalesce(named.grade <> 'A', false) AS by_name, named.grade AS name_grade, named.probability AS name_probability, named.agreement AS name_agreement, named.evidence AS name_evidence
    FROM participant_in_force p
    LEFT JOIN tender_of t ON t.procedure_number = p.procedure_number
    LEFT JOIN party ON party.mention = 'participant|' || p.source_id || '|' || p.locator
    LEFT JOIN firm_party named ON named.firm_key = CASE WHEN p.participant_inn IS NULL AND coalesce(p.participant_kind, '') <> 'person' THEN p.participant_key END
    LEFT JOIN (SELECT procedure_number, min(customer_inn) AS customer_inn, min(organizer_inn) AS organizer_inn,
                      max(CASE WHEN regexp_matches(concat_ws(' ', method, ground), '223\s*-?\s*ФЗ', 'i') THEN '223-ФЗ' END) AS law FROM contract_in_force
               WHERE procedure_number IS NOT NULL GROUP BY 1) k ON k.procedure_number = p.procedure_number
    LEFT JOIN (SELECT procedure_number, min(customer_inn) AS customer_inn, min(organizer_inn) AS organizer_inn FROM commission_seat_in_force
               WHERE procedure_number IS NOT NULL GROUP BY 1) s ON s.procedure_number = p.procedure_number),
-- deal: what makes rows of one buyer and supplier one contract. Numbers begin anew each year: of several years all but the first have theirs
-- behind the number (19 digits of the ЕИС never do). A row without a day belongs to the last contract it can speak of.
-- who: a person without an ИНН is one in all rows of one contract that name him so.
-- An unknown buyer is none: two customers nobody can tell apart by ИНН are two by name.
dealt AS (
    SELECT *, coalesce(contract_number || CASE WHEN year_of > list_min(years) THEN '/' || year_of ELSE '' END,
                       concat_ws('|', signed_on, price, subject)) AS deal,
           coalesce(buyer, CASE WHEN customer IS NOT NULL THEN '?' || lower(customer) END) AS whose
    FROM (SELECT *, coalesce(year(signed_on), list_max(list_filter(years, lambda y: y <= year(coalesce(period_to, DATE '9999-12-31')))), list_min(years)) AS year_of
          FROM (SELECT *, CASE WHEN NOT regexp_matches(contract_number, '\d{15}') THEN list(year(signed_on)) FILTER (signed_on IS NOT NULL)
                          OVER (PARTITION BY buyer, customer_inn IS NULL AND buyer IS NULL, CASE WHEN buyer IS NULL THEN lower(customer) END,
                                contract_number, who) END AS years
                FROM (SELECT *, CASE WHEN supplier_kind = 'person' AND supplier_inn IS NULL AND contract_number IS NOT NULL THEN coalesce('name:' || name_key, supplier_party)
                                     ELSE supplier_party END AS who FROM award)))),
awarded AS (
    SELECT concat_ws('|', 'contract', whose, deal, arg_min(supplier_party, (source_id, locator))) AS purchase,
           'award' AS event, 'winner' AS role, min(signed_on) AS event_date, arg_min(supplier_party, (source_id, locator)) AS supplier, min(by_name) AS by_name,
           min(name_grade) AS name_grade, max(name_probability) AS name_probability, min(name_agreement) AS name_agreement, arg_max(name_evidence, (name_probability, name_evidence)) AS name_evidence,
           min(supplier_inn) AS supplier_inn, min(supplier) AS supplier_name, min(supplier_kind) AS supplier_kind,
           buyer AS customer_inn, min(customer) AS customer, min(organizer_inn) AS organizer_inn,
           min(buyer_by) AS customer_by,
           min(contract_number) AS contract_number, min(own_number) AS own_number, min(procedure_number) AS procedure_number, min(notice_on) AS notice_on,
           max(price) AS price, min(subject) AS subject, min(method) AS method, min(ground) AS ground, coalesce(min(terminated_on), max(ends_on)) AS ends_on,
           min(national_project) AS national_project, min(contract_manager) AS contract_manager, true AS won,
           min(period_from) AS period_from, max(period_to) AS period_to,
           min({'source_id': source_id, 'locator': locator}) AS ref, 'contract' AS table_name
    FROM dealt GROUP BY buyer, whose, deal, who),
bidden AS (
    SELECT concat_ws('|', 'procedure', procedure_number, supplier_party) AS purchase,
           'bid' AS event, CASE WHEN bool_or(winner) THEN 'winner' ELSE 'bidder' END AS role, min(applied_on) AS event_date,
           supplier_party AS supplier, min(by_name) AS by_name,
           min(name_grade) AS name_grade, max(name_probability) AS name_probability, min(name_agreement) AS name_agreement, arg_max(name_evidence, (name_probability, name_evidence)) AS name_evidence, min(participant_inn) AS supplier_inn, min(participant) AS supplier_name,
           min(participant_kind) AS supplier_kind, min(buyer) AS customer_inn, CAST(NULL AS VARCHAR) AS customer, min(organizer) AS organizer_inn,
           min(buyer_by) AS customer_by, CAST(NULL AS VARCHAR) AS contract_number, procedure_number,
           min(notice_on) AS notice_on, CAST(NULL AS DECIMAL(18,2)) AS price, min(subject) AS subject, min(method) AS method,
           CAST(NULL AS VARCHAR) AS ground, CAST(NULL AS DATE) AS ends_on, CAST(NULL AS VARCHAR) AS national_project,
           CAST(NULL AS VARCHAR) AS contract_manager, bool_or(winner) AS won, max(procedure_law) AS procedure_law,
           min({'source_id': source_id, 'locator': locator}) AS ref, 'participant' AS table_name
    FROM bid GROUP BY procedure_number, supplier_party),
subcontracted AS (  -- a supplier of its contract in a role of its own; nothing but its ИНН is known of it there
    SELECT concat_ws('|', 'subcontract', whose, deal, subcontractor_inn) AS purchase,
           'award' AS event, 'subcontractor' AS role, min(signed_on) AS event_date, 'inn:' || subcontractor_inn AS supplier, false AS by_name,
           subcontractor_inn AS supplier_inn, CAST(NULL AS VARCHAR) AS supplier_name,
           CASE WHEN length(subcontractor_inn) = 12 THEN 'person' ELSE 'organisation' END AS supplier_kind,
           buyer AS customer_inn, min(customer) AS customer, min(organizer_inn) AS organizer_inn, min(buyer_by) AS customer_by,
           min(contract_number) AS contract_number, min(procedure_number) AS procedure_number, min(notice_on) AS notice_on,
           max(price) AS price, min(subject) AS subject, min(method) AS method, min(ground) AS ground, coalesce(min(terminated_on), max(ends_on)) AS ends_on,
           min(national_project) AS national_project, min(contract_manager) AS contract_manager, true AS won,
           min(period_from) AS period_from, max(period_to) AS period_to,
           min({'source_id': source_id, 'locator': locator}) AS ref, 'contract' AS table_name
    FROM dealt WHERE subcontractor_inn IS NOT NULL GROUP BY buyer, whose, deal, subcontractor_inn)
-- event_from, event_to: between which days the event lies, both the day itself where it is known. A contract is signed not before its
-- notice and not after its end; where that contradicts the period, the period alone counts. NULL: not bounded on that side.
SELECT * EXCLUDE (ref, table_name, period_from, period_to, earliest, latest),
       coalesce(event_date, CASE WHEN earliest > latest THEN period_from ELSE earliest END) AS event_from,
       coalesce(event_date, CASE WHEN earliest > latest THEN period_to ELSE latest END) AS event_to,
       ref.source_id AS source_id, ref.locator AS locator, concat_ws('|', table_name, ref.source_id, ref.locator) AS mention
FROM (SELECT *, greatest(period_from, notice_on) AS earliest, least(period_to, ends_on) AS latest
      FROM (SELECT * FROM awarded UNION ALL BY NAME SELECT * FROM bidden UNION ALL BY NAME SELECT * FROM subcontracted))
WHERE coalesce(event_to >= CAST($since AS DATE), true) AND coalesce(event_from <= CAST($until AS DATE), true);

-- purchase: of these what the run looks at; all, or the bids of one procedure. What is counted to tell a contact or a name that many have
-- from one that says something is counted in any_purchase: who bids here must not make it rare.
CREATE OR REPLACE TEMPORARY TABLE purchase AS
SELECT * REPLACE (coalesce(event_from, CAST($today AS DATE)) AS event_from, coalesce(event_to, CAST($today AS DATE)) AS event_to)
FROM any_purchase WHERE CAST($procedure AS VARCHAR) IS NULL OR (event = 'bid' AND procedure_number = $procedure);

-- purchase_scope: by which handles an official can serve a purchase; service uses the same handles.
CREATE OR REPLACE TEMPORARY TABLE purchase_scope AS
SELECT purchase, 'customer:' || customer_inn AS scope FROM purchase WHERE customer_inn IS NOT NULL
UNION ALL SELECT purchase, 'organizer:' || organizer_inn FROM purchase WHERE organizer_inn IS NOT NULL
UNION ALL SELECT purchase, 'procedure:' || procedure_number FROM purchase WHERE procedure_number IS NOT NULL
UNION ALL SELECT purchase, 'contract:' || customer_inn || ':' || contract_number FROM purchase WHERE customer_inn IS NOT NULL AND contract_number IS NOT NULL
UNION ALL SELECT purchase, 'contract:' || customer_inn || ':' || own_number FROM purchase WHERE customer_inn IS NOT NULL AND own_number <> contract_number
UNION ALL SELECT purchase, 'purchase:' || purchase FROM purchase;
