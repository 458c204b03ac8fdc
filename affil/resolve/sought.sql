-- sought: mentions of officials and their kin; behind_mention: mentions of persons behind the suppliers of this run's purchases.
CREATE OR REPLACE TEMPORARY TABLE sought AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL;

CREATE OR REPLACE TEMPORARY TABLE behind_mention AS
SELECT DISTINCT p.party, m.* FROM mention m JOIN party p USING (mention)
WHERE m.kind NOT IN ('official', 'relative') AND m.surname IS NOT NULL AND m.given IS NOT NULL
  AND p.party IN (SELECT person FROM stands_behind);

CREATE OR REPLACE TEMPORARY TABLE declared_name AS SELECT DISTINCT surname, given, patronymic, former_surnames FROM sought;
CREATE OR REPLACE TEMPORARY TABLE known_name AS SELECT DISTINCT surname, given, patronymic FROM behind_mention;
