-- slips: letters that differ. DuckDB counts bytes, and a Cyrillic letter has two; so the words are compared letter for letter in Latin.
CREATE OR REPLACE TEMPORARY MACRO letters(word) AS
    translate(word, 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', 'ABVGDEJZIYKLMNOPRSTUFHCQWX!@#$%&');
CREATE OR REPLACE TEMPORARY MACRO slips(a, b) AS damerau_levenshtein(letters(a), letters(b));
-- at most one slip; asked first what is quick to see: of such two words the beginning or the end is the same
CREATE OR REPLACE TEMPORARY MACRO near(a, b) AS (a = b OR ((a[1:2] = b[1:2] OR a[-2:] = b[-2:]) AND abs(len(a) - len(b)) <= 1 AND slips(a, b) <= 1));
CREATE OR REPLACE TEMPORARY MACRO near_patronymic(a, b) AS (
    a = b OR ((a[1:2] = b[1:2] OR a[-5:] = b[-5:] OR len(a) < 8) AND abs(len(a) - len(b)) <= 1 AND slips(replace(a, 'Ь', 'И'), replace(b, 'Ь', 'И')) <= 1));

-- fold: what is left of a word when the rules by which it was carried from one alphabet to another no longer matter, as fold_russian of
-- affil/language/fio_fold.py.
CREATE OR REPLACE TEMPORARY MACRO fold(word) AS regexp_replace(replace(replace(replace(replace(replace(
    translate(word, 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЫЭ', 'abvgdeejziiklmnoprstufhcqwie'), 'Ь', ''), 'Ъ', ''), 'Я', 'ia'), 'Ю', 'iu'), 'Щ', 'wq'), 'i{2,}', 'i', 'g');
-- sound: as `sound` there, what two languages hear alike.
CREATE OR REPLACE TEMPORARY MACRO sound(word) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    translate(replace(fold(word), 'wq', 'w'), 'jhzc', 'wgss'), 's{2,}', 's', 'g'), 'w{2,}', 'w', 'g'), 'n{2,}', 'n', 'g'), 'l{2,}', 'l', 'g');
CREATE OR REPLACE TEMPORARY TABLE declared_form AS
SELECT n.*, f.form AS given_form, sound(coalesce(u.russian, n.patronymic)) AS patronymic_form FROM declared_name n LEFT JOIN given_form f ON f.given = n.given LEFT JOIN unmarked u ON u.patronymic = n.patronymic;
CREATE OR REPLACE TEMPORARY TABLE known_form AS
SELECT n.*, f.form AS given_form, sound(coalesce(u.russian, n.patronymic)) AS patronymic_form FROM known_name n LEFT JOIN given_form f ON f.given = n.given LEFT JOIN unmarked u ON u.patronymic = n.patronymic;

-- near_surname: surnames with one slip. Such two have in common what is left of one or the other without one letter, so they are joined by
-- that and not each with each; of a word of three letters a slip makes anything (channel.py, SHORTEST_MISSPELT).
CREATE OR REPLACE TEMPORARY TABLE declared_rest AS
WITH word AS (SELECT surname, unnest(range(0, len(surname) + 1)) AS i FROM (SELECT DISTINCT surname FROM declared_name) WHERE len(surname) > 3)
SELECT surname, hash(surname[1:i - 1] || surname[i + 1:]) AS rest FROM word WHERE i > 0 UNION ALL SELECT surname, hash(surname) FROM word WHERE i = 0;
CREATE OR REPLACE TEMPORARY TABLE near_surname AS
WITH word AS (SELECT surname, unnest(range(0, len(surname) + 1)) AS i FROM (SELECT DISTINCT surname FROM known_name) WHERE len(surname) > 3),
known_rest AS (SELECT surname, hash(surname[1:i - 1] || surname[i + 1:]) AS rest FROM word WHERE i > 0 UNION ALL SELECT surname, hash(surname) FROM word WHERE i = 0),
joined AS (SELECT DISTINCT d.surname, k.surname AS near FROM declared_rest d JOIN known_rest k USING (rest) WHERE d.surname <> k.surname)
SELECT * FROM joined WHERE slips(surname, near) <= 1
UNION
SELECT d.surname, k.surname FROM (SELECT surname, sound(surname) AS form FROM (SELECT DISTINCT surname FROM declared_name)) d
JOIN (SELECT surname, sound(surname) AS form FROM (SELECT DISTINCT surname FROM known_name)) k USING (form) WHERE d.surname <> k.surname;

-- name_pair: names that may be one person's. Given name and patronymic equal (the patronymic may be missing) and the surname near or a former one; or surname and
-- one of the others equal and the third near, missing or an initial. What they are worth is for the evidence to say.
CREATE OR REPLACE TEMPORARY TABLE name_pair AS
WITH found AS (
    SELECT d.*, k.surname AS k_surname, k.given AS k_given, k.patronymic AS k_patronymic
    FROM declared_form d JOIN near_surname n USING (surname)
    JOIN known_form k ON k.surname = n.near AND d.given_form = k.given_form AND d.patronymic_form = k.patronymic_form
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM (FROM declared_form WHERE patronymic IS NULL) d JOIN near_surname n USING (surname)
    JOIN known_form k ON k.surname = n.near AND d.given_form = k.given_form
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_form d JOIN near_surname n USING (surname)
    JOIN (FROM known_form WHERE patronymic IS NULL) k ON k.surname = n.near AND d.given_form = k.given_form
    UNION ALL
    SELECT d.* EXCLUDE (former), k.surname, k.given, k.patronymic FROM (SELECT *, unnest(string_split(former_surnames, '|')) AS former FROM declared_form) d
    JOIN known_form k ON k.surname = d.former AND d.given_form = k.given_form AND d.patronymic_form = k.patronymic_form
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_form d JOIN known_form k ON d.surname = k.surname AND d.given_form = k.given_form
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR near_patronymic(d.patronymic, k.patronymic) OR d.patronymic_form = k.patronymic_form
       OR (d.patronymic[1] = k.patronymic[1] AND (d.patronymic[2:] = '.' OR k.patronymic[2:] = '.'))
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_form d JOIN known_form k ON d.surname = k.surname AND d.patronymic_form = k.patronymic_form
    WHERE near(d.given, k.given)
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM (FROM declared_form WHERE given[2:] = '.') d JOIN known_form k ON d.surname = k.surname AND d.given[1] = k.given[1]
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1]
    UNION ALL
    SELECT d.*, k.surname, k.given, k.patronymic FROM declared_form d JOIN (FROM known_form WHERE given[2:] = '.') k ON d.surname = k.surname AND d.given[1] = k.given[1]
    WHERE d.patronymic IS NULL OR k.patronymic IS NULL OR d.patronymic[1] = k.patronymic[1])
SELECT DISTINCT surname, given, patronymic, former_surnames, k_surname, k_given, k_patronymic FROM found;
