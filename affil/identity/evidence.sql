-- How the parts of two names agree. A part that contradicts leaves no row: the two are two persons.
-- `*_word`: the word both vouch for, an initial where one of them says no more.
CREATE OR REPLACE TEMPORARY TABLE agreeing AS
WITH known AS (
    SELECT *, coalesce(b_gender, gender, '?') AS of_gender,
           -- where the day of birth or the ИНН agrees, one part of the name may be quite another: a marriage, an error
           coalesce(birth_date = b_birth_date, false) OR coalesce(inn = b_inn, false) AS vouched, coalesce(inn <> b_inn, false) AS other_inn
    FROM pair
    WHERE surname IS NOT NULL AND b_surname IS NOT NULL AND given IS NOT NULL AND b_given IS NOT NULL
      AND NOT coalesce(gender <> b_gender, false)),
compared AS (
    SELECT k.*,
        CASE WHEN k.surname = k.b_surname THEN 'same'
             WHEN list_contains(k.former, k.b_surname) OR list_contains(k.b_former, k.surname) THEN 'former'
             WHEN s.kind IS NOT NULL THEN s.kind
             WHEN of_gender <> 'm' AND vouched THEN 'changed' END AS surname_kind,
        CASE WHEN list_contains(k.b_former, k.surname) THEN k.surname ELSE k.b_surname END AS surname_word,
        CASE WHEN k.given = k.b_given AND k.given[2:] <> '.' THEN 'same'
             WHEN k.given[1] = k.b_given[1] AND (k.given[2:] = '.' OR k.b_given[2:] = '.') THEN 'initial'
             ELSE g.kind END AS given_kind,
        CASE WHEN k.given = k.b_given THEN k.given WHEN g.kind IS NULL THEN k.b_given[1] || '.' ELSE k.b_given END AS given_word,
        CASE WHEN k.patronymic IS NULL AND k.b_patronymic IS NULL THEN 'none'
             WHEN k.patronymic IS NULL AND father_fits THEN 'father'
             WHEN k.patronymic IS NULL AND NOT father_fits THEN 'father_other'
             WHEN k.patronymic IS NULL THEN 'not_declared'
             WHEN k.b_patronymic IS NULL THEN 'not_shown'
             WHEN k.patronymic = k.b_patronymic AND k.patronymic[2:] <> '.' THEN 'same'
             WHEN k.patronymic[1] = k.b_patronymic[1] AND (k.patronymic[2:] = '.' OR k.b_patronymic[2:] = '.') THEN 'initial'
             WHEN p.kind IS NOT NULL THEN p.kind
             WHEN vouched AND k.surname = k.b_surname AND k.given[2:] <> '.' THEN 'contradicted' END AS patronymic_kind,
        CASE WHEN k.patronymic IS NULL AND father_fits THEN k.b_patronymic
             WHEN k.patronymic IS NULL OR k.b_patronymic IS NULL THEN NULL
             WHEN k.patronymic = k.b_patronymic THEN k.patronymic WHEN p.kind IS NULL THEN k.b_patronymic[1] || '.' ELSE k.b_patronymic END AS patronymic_word,
        s.ratio AS surname_slip, g.ratio AS given_slip, p.ratio AS patronymic_slip,
        coalesce(s.two_names AND k.surname <> k.b_surname, false) AS two_names
    FROM known k
    LEFT JOIN slip s ON s.part = 'surname' AND s.gender = of_gender AND s.one = k.surname AND s.other = k.b_surname
    LEFT JOIN slip g ON g.part = 'given' AND g.gender = of_gender AND g.one = k.given AND g.other = k.b_given
    LEFT JOIN slip p ON p.part = 'patronymic' AND p.gender = of_gender AND p.one = k.patronymic AND p.other = k.b_patronymic)
SELECT * FROM compared
WHERE surname_kind IS NOT NULL AND given_kind IS NOT NULL AND patronymic_kind IS NOT NULL
  AND (surname_kind = 'typo')::INT + (given_kind = 'typo')::INT + (patronymic_kind = 'typo')::INT <= CASE WHEN vouched THEN 2 ELSE 1 END;

-- What is known beside the names, each as a ratio: how many times oftener it is seen of one person than of two; NULL where it says nothing.
-- Two dates that differ in more than one of day, month and year, and are not each other with day and month swapped, are two people's.
CREATE OR REPLACE TEMPORARY TABLE factual AS
WITH places AS (
    SELECT a.*, coalesce(inn[1:2], home_region) AS place, coalesce(b_inn[1:2], b_home_region) AS b_place,
        (year(birth_date) <> year(b_birth_date))::INT + (month(birth_date) <> month(b_birth_date))::INT + (day(birth_date) <> day(b_birth_date))::INT AS differing,
        year(birth_date) = year(b_birth_date) AND month(birth_date) = day(b_birth_date) AND day(birth_date) = month(b_birth_date) AS swapped,
        abs(coalesce(birth_year, year(birth_date)) - coalesce(b_birth_year, year(b_birth_date))) AS years_apart
    FROM agreeing a)
SELECT p.*,
    h.people AS home_people, h.share AS home_share, coalesce(h.other_names, false) AS other_names,
    CASE WHEN h.region IS NULL OR b_place IS NULL THEN NULL
         WHEN place = b_place THEN 'same' ELSE 'other' END AS region_kind,
    CASE WHEN h.region IS NULL OR b_place IS NULL THEN NULL
         WHEN place = b_place THEN $home / h.share
         ELSE least(1e0, (1 - $home) / (1 - h.share)) END AS region_ratio,
    CASE WHEN differing = 0 THEN 'date' WHEN swapped THEN 'swapped' WHEN differing = 1 THEN 'slip'
         WHEN years_apart = 0 THEN 'year' WHEN years_apart = 1 THEN 'near_year' WHEN years_apart > 1 THEN 'other_year' END AS birth_kind,
    CASE WHEN differing = 0 THEN $born_same * $born_days WHEN swapped THEN $born_swapped * $born_days
         WHEN differing = 1 THEN $born_slip * $born_days / $born_slips
         WHEN years_apart = 0 THEN $year_same * $born_years WHEN years_apart = 1 THEN $year_near * $born_years / 2
         WHEN years_apart > 1 THEN $year_other END AS birth_ratio,
    CASE WHEN list_has_any(phones, b_phones) THEN $phone END AS phone_ratio,
    CASE WHEN list_has_any(emails, b_emails) THEN $email END AS email_ratio,
    CASE WHEN list_has_any(flats, b_flats) THEN $flat END AS flat_ratio,
    CASE WHEN list_has_any(employers, b_employers) THEN $employer END AS employer_ratio,
    CASE WHEN inn = b_inn THEN $inn END AS inn_ratio,
    CASE WHEN inn IS NOT NULL AND b_inn IS NOT NULL THEN inn = b_inn END AS known_same
FROM places p LEFT JOIN region_share h ON h.region = place
WHERE NOT coalesce(differing > 1 AND NOT swapped, false);

-- named: what the agreement of the parts is worth, by the shares of their words. `common_share`: of people who bear the name as far as both
-- sources write it.
CREATE OR REPLACE TEMPORARY TABLE named AS
SELECT f.*, coalesce(home_people, $country) AS people, coalesce(home_share * $near, 1e0) AS prior_share,
    CASE surname_kind WHEN 'same' THEN 1 / s.share WHEN 'former' THEN 1 / s.share WHEN 'changed' THEN $surname_changed ELSE surname_slip END AS surname_ratio,
    CASE WHEN given_kind IN ('same', 'initial') THEN 1 / g.share ELSE given_slip END AS given_ratio,
    CASE WHEN patronymic_kind IN ('same', 'initial', 'father') THEN 1 / t.share WHEN patronymic_kind = 'father_other' THEN $father_other WHEN patronymic_kind = 'contradicted' THEN $patronymic_contradicted
         WHEN patronymic_kind IN ('none', 'not_declared', 'not_shown') THEN 1e0 ELSE patronymic_slip END AS patronymic_ratio,
    CASE WHEN of_gender = '?' THEN 1e0 ELSE 2e0 END AS gender_ratio,
    coalesce(given_word[2:] <> '.' AND patronymic_word[2:] <> '.' AND patronymic_kind <> 'father', false) AS is_full,
    CASE WHEN is_full AND NOT (g.slavic OR t.slavic) THEN 1 / ($cohort * $kindred) ELSE 1 / $cohort END AS dependence_ratio,
    other_names AND given_word[2:] <> '.' AND NOT coalesce(g.slavic OR t.slavic, g.slavic) AS names_unknown, g.share AS given_share, s.share * g.share * coalesce(t.share, 1e0) AS common_share
FROM factual f
JOIN word_share s ON s.part = 'surname' AND s.gender = of_gender AND s.word = surname_word
JOIN word_share g ON g.part = 'given' AND g.gender = of_gender AND g.word = given_word
LEFT JOIN word_share t ON t.part = 'patronymic' AND t.gender = of_gender AND t.word = patronymic_word;

-- supported: kin who match together. A relative of the declared person agrees with another who stands in the same company: of a stranger's
-- company that would be a stranger's kin with the relative's given name, or anybody with his whole name.
CREATE OR REPLACE TEMPORARY TABLE supported AS
WITH placed AS (
    SELECT pair_id, family, company, declared, behind, given_share, common_share, regexp_replace(b_surname, '(А|АЯ|ЯЯ|ИЙ|ЫЙ|ОЙ)$', '') AS kindred
    FROM named JOIN family_of USING (declared) JOIN standing_in USING (behind)),
together AS (
    SELECT one.pair_id, $together / ($together * other.given_share * CASE WHEN one.kindred = other.kindred THEN 1e0 ELSE $stranger_surname END
                                     + $company_persons * other.common_share) AS ratio
    FROM placed one JOIN placed other ON one.family = other.family AND one.company = other.company AND one.declared <> other.declared AND one.behind <> other.behind
    UNION ALL  -- the relative is certainly the one who stands there
    SELECT one.pair_id, $certain_kin FROM placed one JOIN family_of kin ON kin.family = one.family AND kin.declared <> one.declared
    JOIN standing_in s ON s.behind = kin.declared AND s.company = one.company)
SELECT pair_id, least($most_kin, max(ratio)) AS kin_ratio FROM together GROUP BY pair_id;

-- weighed: odds of one person against two: the prior, the name, the facts. `expected`: other people of the home region (of the country, where
-- it is unknown) who bear the name as far as both sources write it; `effective`: those it would agree with by chance, slips weighed in.
CREATE OR REPLACE TEMPORARY TABLE weighed AS
WITH likely AS (
    SELECT n.*, kin_ratio, CASE WHEN NOT names_unknown THEN people * common_share / (gender_ratio * dependence_ratio) END AS expected,
        people / (surname_ratio * given_ratio * patronymic_ratio * gender_ratio * dependence_ratio) AS effective,
        coalesce(birth_ratio, 1e0) * coalesce(phone_ratio, 1e0) * coalesce(email_ratio, 1e0) * coalesce(flat_ratio, 1e0)
            * coalesce(employer_ratio, 1e0) * coalesce(inn_ratio, 1e0) * coalesce(kin_ratio, 1e0) AS facts_ratio,
        list_filter([CASE WHEN birth_kind = 'date' THEN 'birth_date' END, CASE WHEN birth_kind = 'year' THEN 'birth_year' END,
            CASE WHEN email_ratio > 1 THEN 'email' END, CASE WHEN employer_ratio > 1 THEN 'employer' END, CASE WHEN flat_ratio > 1 THEN 'address' END,
            CASE WHEN inn_ratio > 1 THEN 'inn' END, CASE WHEN kin_ratio > 1 THEN 'kin' END, CASE WHEN phone_ratio > 1 THEN 'phone' END],
            x -> x IS NOT NULL) AS facts
    FROM named n LEFT JOIN supported USING (pair_id)),
told AS (
    SELECT *, prior_share / (effective + CASE WHEN names_unknown THEN $few_there ELSE $few END) AS name_odds,
        CASE WHEN patronymic_kind = 'contradicted' THEN 'contradicted' WHEN surname_kind = 'changed' THEN 'changed'
             WHEN list_has_any([surname_kind, given_kind, patronymic_kind], ['typo', 'variant']) THEN 'typo'
             WHEN 'initial' IN (given_kind, patronymic_kind) THEN 'initials'
             WHEN patronymic_kind IN ('none', 'not_declared', 'not_shown', 'father', 'father_other') THEN 'no_patronymic'
             WHEN surname_kind = 'former' THEN 'former_surname' ELSE 'exact' END AS agreement
    FROM likely)
SELECT *,
    CASE WHEN two_names AND len(facts) = 0 THEN least($two_surnames / (1 - $two_surnames), name_odds * coalesce(region_ratio, 1e0))
         ELSE name_odds * coalesce(region_ratio, 1e0) END * facts_ratio AS odds,
    CASE WHEN len(facts) > 0 AND is_full THEN 'C' ELSE 'D' END AS grade
FROM told;
