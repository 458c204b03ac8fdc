-- slips: letters that differ. DuckDB counts bytes, and a Cyrillic letter has two; so the words are compared letter for letter in Latin.
CREATE OR REPLACE TEMPORARY MACRO letters(word) AS
    translate(word, 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'ABVGDEJZIYKLMNOPRSTUFHCQWX!@#$%&');
CREATE OR REPLACE TEMPORARY MACRO slips(a, b) AS damerau_levenshtein(letters(a), letters(b));

-- soft: what two forms of one given name or patronymic have in common, «Наталия» and «Наталья» (channel.py, `is_variant`).
CREATE OR REPLACE TEMPORARY MACRO soft(word) AS replace(replace(word, 'Ь', 'И'), 'ИИ', 'И');
CREATE OR REPLACE TEMPORARY TABLE declared_soft AS SELECT *, soft(given) AS given_soft, soft(patronymic) AS patronymic_soft FROM declared_name;
CREATE OR REPLACE TEMPORARY TABLE known_soft AS SELECT *, soft(given) AS given_soft, soft(patronymic) AS patronymic_soft FROM known_name;

-- near_surname: surnames with one slip. Such two have in common what is left of one or the other without one letter, so they are joined by
-- that and not each with each; of a word of three letters a slip makes anything (channel.py, SHORTEST_MISSPELT).
CREATE OR REPLACE TEMPORARY TABLE declared_rest AS
WITH word AS (SELECT surname, unnest(range(0, len(surname) + 1)) AS i FROM (SELECT DISTINCT surname FROM declared_name) WHERE len(surname) > 3)
SELECT surname, hash(surname[1:i - 1] || surname[i + 1:]) AS rest FROM word WHERE i > 0 UNION ALL SELECT surname, hash(surname) FROM word WHERE i = 0;
CREATE OR REPLACE TEMPORARY TABLE near_surname AS
WITH word AS (SELECT surname, unnest(range(0, len(surname) + 1)) AS i FROM (SELECT DISTINCT surname FROM known_name) WHERE len(surname) > 3),
known_rest AS (SELECT surname, hash(surname[1:i - 1] || surname[i + 1:]) AS rest FROM word WHERE i > 0 UNION ALL SELECT surname, hash(surname) FROM word WHERE i = 0),
joined AS (SELECT DISTINCT d.surname, k.surname AS near FROM declared_rest d JOIN known_rest k USING (rest) WHERE d.surname <> k.surname)
SELECT * FROM joined WHERE slips(surname, near) <= 1;

-- name_pair: names that may be one person's. Given name and patronymic equal and the surname near or a former one; or surname and
-- one of the others equal and the third near, missing or an initial. What they are worth is for the evidence to say.
CREATE OR REPLACE TEMPORARY TABLE name_pair AS
WITH found AS (
    SELECT d.*, k.surname AS k_surname, k.given AS k_given, k.patronymic AS k_patronymic
    FROM declared_soft d JOIN near_surname n USING (surname)
    JOIN known_soft k ON k.surname = n.near AND d.given_soft = k.given_soft AND d.patronymic_soft = k.patronymic_soft
    UNION ALL
    SELECT d.* EXCLUDE (former), k.surname, k.given, k.patronymic FROM (SELECT *, unnest(string_split(former_surnames, '|')) AS former FROM declared_soft) d
    JOIN known_soft k ON k.surname = d.former AND d.given_soft = k.given_soft AND d.patronymic_soft = k.patronymic_soft
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_soft d JOIN known_soft k ON d.surname = k.surname AND d.given_soft = k.given_soft
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR slips(d.patronymic, k.patronymic) <= 1
       OR (d.patronymic[1] = k.patronymic[1] AND (d.patronymic[2:] = '.' OR k.patronymic[2:] = '.'))
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_soft d JOIN known_soft k ON d.surname = k.surname AND d.patronymic_soft = k.patronymic_soft
    WHERE slips(d.given, k.given) <= 1
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM (FROM declared_soft WHERE given[2:] = '.') d JOIN known_soft k ON d.surname = k.surname AND d.given[1] = k.given[1]
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1]
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_soft d JOIN (FROM known_soft WHERE given[2:] = '.') k ON d.surname = k.surname AND d.given[1] = k.given[1]
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1])
SELECT DISTINCT surname, given, patronymic, former_surnames, k_surname, k_given, k_patronymic FROM found;
