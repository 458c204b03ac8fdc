-- registered: the persons of the registry, a row for each spelling of each. Whom no ИНН tells apart is a person of his own in each row.
CREATE OR REPLACE TEMPORARY TABLE registered AS
SELECT DISTINCT coalesce(inn, 'row ' || row) AS behind, surname, given, patronymic, gender, inn, birth_date
FROM registry_read WHERE surname IS NOT NULL AND given IS NOT NULL;
CREATE OR REPLACE TEMPORARY TABLE holder AS
SELECT min(surname) AS surname, min(given) AS given, min(patronymic) AS patronymic, min(gender) AS gender, min(inn)[1:2] AS region FROM registered GROUP BY behind;

CREATE OR REPLACE TEMPORARY TABLE declared_name AS SELECT DISTINCT surname, given, patronymic, former_surnames FROM declared_read WHERE surname IS NOT NULL AND given IS NOT NULL;
CREATE OR REPLACE TEMPORARY TABLE known_name AS SELECT DISTINCT surname, given, patronymic FROM registered
