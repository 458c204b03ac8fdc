-- searched_person(party): the person and whom he declares; made before this script runs.
-- sought, behind_mention: their records, and those of everybody an extract, an application or a purchase shows, and of the
-- officials of the customers; all that affil/resolve/suppose.py would compare, were each joined to the other by a purchase.
CREATE OR REPLACE TEMPORARY TABLE sought AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL AND p.party IN (SELECT party FROM searched_person);

CREATE OR REPLACE TEMPORARY TABLE behind_mention AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.surname IS NOT NULL AND m.given IS NOT NULL AND p.party NOT IN (SELECT party FROM searched_person)
  AND (m.kind NOT IN ('official', 'relative')
       OR (m.kind = 'official' AND m.owner IN (SELECT official_key FROM official_in_force WHERE list_contains($customers, employer_inn))));

CREATE OR REPLACE TEMPORARY TABLE declared_name AS SELECT DISTINCT surname, given, patronymic, former_surnames FROM sought;
CREATE OR REPLACE TEMPORARY TABLE known_name AS SELECT DISTINCT surname, given, patronymic FROM behind_mention;
