/*
summary = "One round of spreading: every group takes the least label found in its links."
makes = "{after}"
reads = ["people_joins", "{before}"]
parameters = ["before", "after"]

[columns]
group_id = "BIGINT: a group"
label = "BIGINT: the least group known to be the same person"
moved = "INTEGER: 1 where this round changed it; when none did, the labels are final"
*/
WITH of_links AS (
    SELECT j.link, min(b.label) AS label
    FROM people_joins AS j
    INNER JOIN {before} AS b ON b.group_id = j.group_id
    GROUP BY j.link
),

of_groups AS (
    SELECT j.group_id, min(l.label) AS label
    FROM people_joins AS j
    INNER JOIN of_links AS l ON l.link = j.link
    GROUP BY j.group_id
)

-- Taking the label's own label too makes a chain of a thousand links a matter of ten rounds.
SELECT
    b.group_id,
    least(n.label, r.label) AS label,
    CASE WHEN least(n.label, r.label) < b.label THEN 1 ELSE 0 END AS moved
FROM {before} AS b
INNER JOIN of_groups AS n ON n.group_id = b.group_id
INNER JOIN {before} AS r ON r.group_id = n.label
