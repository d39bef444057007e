/*
summary = "What pairs of groups say of each other: whether they may be one person, and whether their names agree."
makes = "{judged}"
reads = ["{pairs}", "{groups}", "people_identities", "people_known_forenames"]
parameters = ["pairs", "judged", "groups", "strict", "same_forename"]

[columns]
one = "BIGINT: the lesser group"
other = "BIGINT: the greater"
forenames_differ = "BOOLEAN: both have one, and no two of them agree"
names_agree = "BOOLEAN: they have part of a name in common, and no part differs"
is_apart = "BOOLEAN: the step must not bring them together"
*/
WITH spoken AS (
    SELECT one AS group_id FROM {pairs}
    UNION
    SELECT other AS group_id FROM {pairs}
),

said AS (
    SELECT
        g.group_id,
        i.ocr_candidate_number,
        i.surname_key,
        i.surname_sorted,
        i.forename_key,
        i.name_truncated,
        CAST(i.date_of_birth AS VARCHAR) AS birth
    FROM spoken AS s
    INNER JOIN {groups} AS g ON g.group_id = s.group_id
    INNER JOIN people_identities AS i ON i.identity = g.identity
),

details AS (
    SELECT
        group_id,
        'number' AS detail,
        ocr_candidate_number AS value,
        CAST(NULL AS VARCHAR) AS turned,
        FALSE AS is_cut
    FROM said
    WHERE ocr_candidate_number IS NOT NULL
    UNION
    SELECT
        group_id,
        'surname' AS detail,
        surname_key AS value,
        surname_sorted AS turned,
        name_truncated AS is_cut
    FROM said
    WHERE surname_key IS NOT NULL
    UNION
    SELECT
        group_id,
        'forename' AS detail,
        forename_key AS value,
        CAST(NULL AS VARCHAR) AS turned,
        name_truncated AS is_cut
    FROM said
    WHERE forename_key IS NOT NULL
    UNION
    SELECT
        group_id,
        'birth' AS detail,
        birth AS value,
        (substr(birth, 1, 5) || substr(birth, 9, 2) || '-' || substr(birth, 6, 2)) AS turned,
        FALSE AS is_cut
    FROM said
    WHERE birth IS NOT NULL
),

-- one row for a detail that both groups have: where one is silent there is nothing to differ
compared AS (
    SELECT
        p.one,
        p.other,
        a.detail,
        max(CASE
            WHEN a.value = b.value THEN 1
            WHEN a.detail = 'birth' AND a.turned = b.value THEN 1
            WHEN a.detail = 'surname' AND a.turned = b.turned THEN 1
            WHEN a.detail = 'forename' AND length(a.value) = 1 AND a.value = substr(b.value, 1, 1) THEN 1
            WHEN a.detail = 'forename' AND length(b.value) = 1 AND b.value = substr(a.value, 1, 1) THEN 1
            WHEN k.one IS NOT NULL THEN 1
            WHEN a.is_cut AND a.value = substr(b.value, 1, length(a.value)) THEN 1
            WHEN b.is_cut AND b.value = substr(a.value, 1, length(b.value)) THEN 1
            ELSE 0
        END) AS agrees
    FROM {pairs} AS p
    INNER JOIN details AS a ON a.group_id = p.one
    INNER JOIN details AS b ON b.group_id = p.other AND b.detail = a.detail
    LEFT JOIN people_known_forenames AS k ON a.detail = 'forename' AND k.one = a.value AND k.other = b.value
    GROUP BY p.one, p.other, a.detail
),

verdicts AS (
    SELECT
        p.one,
        p.other,
        coalesce(max(CASE WHEN c.detail = 'number' AND c.agrees = 0 THEN 1 ELSE 0 END), 0) = 1 AS numbers_differ,
        coalesce(max(CASE WHEN c.detail = 'birth' AND c.agrees = 0 THEN 1 ELSE 0 END), 0) = 1 AS births_differ,
        coalesce(max(CASE WHEN c.detail = 'surname' AND c.agrees = 0 THEN 1 ELSE 0 END), 0) = 1 AS surnames_differ,
        coalesce(max(CASE WHEN c.detail = 'forename' AND c.agrees = 0 THEN 1 ELSE 0 END), 0) = 1 AS forenames_differ,
        coalesce(max(CASE WHEN c.detail IN ('surname', 'forename') THEN 1 ELSE 0 END), 0) = 1 AS name_in_common
    FROM {pairs} AS p
    LEFT JOIN compared AS c ON c.one = p.one AND c.other = p.other
    GROUP BY p.one, p.other
)

SELECT
    v.one,
    v.other,
    v.forenames_differ,
    v.name_in_common AND NOT v.surnames_differ AND NOT v.forenames_differ AS names_agree,
    (v.forenames_differ AND (v.numbers_differ OR v.births_differ))
    OR (v.surnames_differ AND v.births_differ)
    OR ({strict} AND (v.births_differ OR v.surnames_differ))
    OR ({same_forename} AND v.forenames_differ) AS is_apart
FROM verdicts AS v
