/*
severity = "error"
owner = "centre"
summary = "A student has Cambridge Technicals units this season and no qualification entry in the subject, so no award can be made."
message = "{subject}: this student has units this season and no qualification entry at any level, so no award can follow."
action = """
1. Ask the teacher which qualification and level the student is taking.
2. Make the qualification entry on Interchange, in the annual series (9I; 9C for the 2012 suite), under the eight-digit number that the units stand under.
3. Look at the Progress Tracker the day after: the units should now stand under the entry.
4. If all units are achieved the award follows by itself; if the grade is needed this week, ring Customer Support, 01223 553998."""
why = "The unit entries were made and the qualification entry was forgotten, or was made under another student or number."
source = "docs/semantics.md; awarding body guidance: an award needs a qualification entry"
population = "students and subjects with a Cambridge Technicals unit achieved or claimed this season, at centres whose entries of that suite's annual series are here"
reads = ["achieved_units", "claims", "run", "entered_options", "qualification_entries", "qualification_results", "coverage", "qualifications", "unit_results", "series_seen"]
needs = ["entries"]
key = ["person", "subject", "key_suite"]
follows_from = ["shared_candidate_number", "shared_uci", "identity_conflict", "duplicate_candidate_number"]
confidence = "documented"
wording = ["No qualification entry"]
where = ["Interchange > Cambridge Technicals > entries, annual series", "My Cambridge > Cambridge Technicals Progress Tracker"]
*/
WITH work AS (
    SELECT a.centre_number, a.person_id, a.subject, a.suite, a.unit_code, 'achieved' AS how, a.file_id, a.line
    FROM achieved_units AS a
    INNER JOIN run AS r ON r.season = a.season
    UNION ALL
    SELECT c.centre_number, c.person_id, c.subject, c.suite, c.unit_code, 'claimed' AS how, c.file_id, c.line
    FROM claims AS c
    INNER JOIN run AS r ON r.season = c.claim_season
),

ranked AS (
    SELECT
        w.*,
        row_number() OVER (
            PARTITION BY w.centre_number, w.person_id, w.subject, w.suite
            ORDER BY w.how ASC NULLS LAST, w.unit_code ASC NULLS LAST, w.file_id ASC NULLS LAST, w.line ASC NULLS LAST
        ) AS place
    FROM work AS w
    WHERE w.subject IS NOT NULL
),

students AS (
    SELECT
        centre_number,
        person_id,
        subject,
        suite,
        count(DISTINCT unit_code) AS units,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM ranked
    GROUP BY centre_number, person_id, subject, suite
),

-- qualifications are entered in an annual series: entries of examined units alone say nothing of them
annual AS (
    SELECT
        o.centre_number,
        o.suite,
        max(CASE WHEN o.season = r.season THEN 1 ELSE 0 END) AS this_season,
        max(CASE WHEN o.season < r.season THEN 1 ELSE 0 END) AS an_earlier_one
    FROM entered_options AS o
    CROSS JOIN run AS r
    WHERE o.is_annual
    GROUP BY o.centre_number, o.suite
),

tracked AS (
    SELECT DISTINCT c.centre_number, q.subject, q.suite
    FROM coverage AS c
    INNER JOIN qualifications AS q ON q.qualification_code = c.qualification_code
    WHERE c.carrier = 'tracker'
),

-- work of earlier seasons: who has some may have been entered then
earlier AS (
    SELECT u.centre_number, u.person_id, u.subject, u.suite
    FROM unit_results AS u
    INNER JOIN series_seen AS e ON e.board IS NOT DISTINCT FROM u.board AND e.series = u.series
    INNER JOIN run AS r ON e.season < r.season
    UNION
    SELECT c.centre_number, c.person_id, c.subject, c.suite
    FROM claims AS c
    INNER JOIN run AS r ON c.claim_season < r.season
),

looked_back AS (
    SELECT DISTINCT centre_number, suite
    FROM earlier
),

entered AS (
    -- of whichever suite: Level 2 of a subject may exist in the other one only, and that is another rule's fault
    SELECT DISTINCT centre_number, person_id, subject
    FROM qualification_entries
),

-- a qualification that the reference data do not know may be the one
unknown AS (
    SELECT centre_number, person_id
    FROM qualification_entries
    WHERE subject IS NULL
    UNION
    SELECT centre_number, person_id
    FROM entered_options
    WHERE is_annual AND subject IS NULL
),

awarded AS (
    SELECT DISTINCT centre_number, person_id, subject, suite
    FROM qualification_results
    WHERE grade IS NULL OR grade NOT IN ('X', 'Q')
)

SELECT
    s.centre_number,
    s.person_id,
    '72' AS board,
    s.subject,
    s.suite AS key_suite,
    ('a qualification entry in ' || s.subject || ', ' || s.suite || ' suite') AS expected,
    ('none; units this season: ' || CAST(s.units AS VARCHAR)) AS found,
    CASE
        WHEN a.an_earlier_one = 1 OR t.subject IS NOT NULL OR (b.suite IS NOT NULL AND p.subject IS NULL) THEN NULL
        ELSE 'entered_last_year_perhaps'
    END AS cause,
    -- a two-year course is entered in its first year: without that year's entries or the tracker nobody can tell
    CASE
        WHEN a.an_earlier_one = 1 OR t.subject IS NOT NULL OR (b.suite IS NOT NULL AND p.subject IS NULL) THEN NULL
        ELSE 'info'
    END AS severity,
    s.file_id,
    s.line,
    (e.subject IS NULL AND u.person_id IS NULL AND w.subject IS NULL) AS speaks
FROM students AS s
INNER JOIN annual AS a ON a.centre_number = s.centre_number AND a.suite = s.suite AND a.this_season = 1
LEFT JOIN tracked AS t ON t.centre_number = s.centre_number AND t.subject = s.subject AND t.suite = s.suite
LEFT JOIN earlier AS p
    ON p.centre_number = s.centre_number AND p.person_id = s.person_id AND p.subject = s.subject AND p.suite = s.suite
LEFT JOIN looked_back AS b ON b.centre_number = s.centre_number AND b.suite = s.suite
LEFT JOIN entered AS e
    ON e.centre_number = s.centre_number AND e.person_id = s.person_id AND e.subject = s.subject
LEFT JOIN unknown AS u ON u.centre_number = s.centre_number AND u.person_id = s.person_id
LEFT JOIN awarded AS w
    ON w.centre_number = s.centre_number AND w.person_id = s.person_id AND w.subject = s.subject AND w.suite = s.suite;

/* cases
units this season and no qualification entry are reported once a subject; with an entry, at whatever level, they are not
  entered_options       | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                        | 99999         | p2        | 9C25   | 2025-26 | 05325       | 2012  | IT      | true         | true
                        | 99999         | p3        | 9I24   | 2024-25 | 05839       | 2016  | IT      | true         | true
                        | 99999         | p3        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject
                        | 99999         | p2        | 05325              | 2012  | 2     | IT
                        | 99999         | p3        | 05839              | 2016  | 3     | IT
  achieved_units        | centre_number | person_id | subject | suite | unit_code | season  | file_id | line
                        | 99999         | p1        | IT      | 2016  | 05838/02  | 2025-26 | e1      | 4
                        | 99999         | p1        | IT      | 2016  | 05838/01  | 2025-26 | e1      | 3
                        | 99999         | p2        | IT      | 2016  | 05838/01  | 2025-26 | e1      | 5
                        | 99999         | p3        | IT      | 2016  | 05838/01  | 2025-26 | e1      | 6
  speaks                | person_id | subject | key                | severity | found                         | file_id | line
                        | p1        | IT      | 99999·p1·IT·2016 | error    | none; units this season: 2 | e1      | 3
  looked_at = 3

a withdrawn entry, a row of the tracker, an award and a qualification nobody knows are silent
  entered_options       | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                        | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                        | 99999         | p4        | 9I25   | 2025-26 | 05999       |       |         | false        | true
  qualification_entries | centre_number | person_id | qualification_code | suite | subject | withdrawn | by_tracker
                        | 99999         | p1        | 05839              | 2016  | IT      | true      | false
                        | 99999         | p2        | 05839              | 2016  | IT      | false     | true
                        | 99999         | p5        | 05998              |       |         | false     | true
  qualification_results | centre_number | person_id | qualification_code | suite | subject | grade
                        | 99999         | p3        | 05839              | 2016  | IT      | M
  claims                | centre_number | person_id | subject | suite | unit_code | claim_season
                        | 99999         | p1        | IT      | 2016  | 05838/04  | 2025-26
                        | 99999         | p2        | IT      | 2016  | 05838/04  | 2025-26
                        | 99999         | p3        | IT      | 2016  | 05838/04  | 2025-26
                        | 99999         | p4        | IT      | 2016  | 05838/04  | 2025-26
                        | 99999         | p5        | IT      | 2016  | 05838/04  | 2025-26
  speaks nothing
  looked_at = 5

a leaver's old units are not of this season, and where no annual entries of the suite are here nothing is said
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                  | 99998         | p8        | 6E26   | 2025-26 | 583801      | 2016  | IT      | true         | false
                  | 99997         | p7        | 9I24   | 2024-25 | 05839       | 2016  | IT      | true         | true
  achieved_units  | centre_number | person_id | subject  | suite | unit_code | season
                  | 99999         | p1        | IT       | 2016  | 05838/01  | 2024-25
                  | 99999         | p2        | Business | 2012  | 05324/01  | 2025-26
                  | 99998         | p3        | IT       | 2016  | 05838/01  | 2025-26
                  | 99997         | p4        | IT       | 2016  | 05838/01  | 2025-26
  speaks nothing
  looked_at = 0

with this year's entries alone, one who took units before may have been entered then: no more than worth knowing
  series_seen     | board | series | season
                  | 72    | 6E25   | 2024-25
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                  | 99998         | p8        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
  unit_results    | centre_number | person_id | board | series | subject | suite | unit_code
                  | 99999         | p1        | 72    | 6E25   | IT      | 2016  | 05838/01
  achieved_units  | centre_number | person_id | subject | suite | unit_code | season
                  | 99999         | p1        | IT      | 2016  | 05838/02  | 2025-26
                  | 99999         | p2        | IT      | 2016  | 05838/02  | 2025-26
                  | 99998         | p3        | IT      | 2016  | 05838/02  | 2025-26
  speaks          | centre_number | person_id | severity | cause
                  | 99999         | p1        | info     | entered_last_year_perhaps
                  | 99999         | p2        | error    |
                  | 99998         | p3        | info     | entered_last_year_perhaps
  looked_at = 3

the tracker lists what was entered in any year: where it covers the subject the finding is an error for all
  coverage        | centre_number | carrier | qualification_code
                  | 99999         | tracker | 05839
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
  achieved_units  | centre_number | person_id | subject  | suite | unit_code | season
                  | 99999         | p1        | IT       | 2016  | 05838/02  | 2025-26
                  | 99999         | p2        | Business | 2016  | 05834/02  | 2025-26
  speaks          | person_id | subject  | severity
                  | p1        | IT       | error
                  | p2        | Business | info

what was entered or awarded in another subject, in another suite or for somebody else is no answer; an X is no award
  entered_options       | centre_number | person_id | series | season  | option_code | suite | subject  | is_technical | is_annual
                        | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT       | true         | true
                        | 99999         | p2        | 9I25   | 2025-26 | 05834       | 2016  | Business | true         | true
                        | 99999         | p3        | 6E26   | 2025-26 | 583899      |       |          | true         | false
  qualification_entries | centre_number | person_id | qualification_code | suite | level | subject
                        | 99999         | p2        | 05834              | 2016  | 3     | Business
  qualification_results | centre_number | person_id | qualification_code | suite | subject  | grade
                        | 99999         | p9        | 05839              | 2016  | IT       | M
                        | 99999         | p4        | 05834              | 2016  | Business | M
                        | 99999         | p5        | 05347              | 2012  | IT       | M
                        | 99999         | p6        | 05839              | 2016  | IT       | X
  achieved_units        | centre_number | person_id | subject | suite | unit_code | season
                        | 99999         | p2        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p3        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p4        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p5        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p6        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p7        |         | 2016  | 05999/01  | 2025-26
  claims                | centre_number | person_id | subject | suite | unit_code | claim_season
                        | 99999         | p8        | IT      | 2016  | 05838/04  | 2024-25
  speaks                | person_id | subject | severity | cause
                        | p2        | IT      | error    |
                        | p3        | IT      | error    |
                        | p4        | IT      | error    |
                        | p5        | IT      | error    |
                        | p6        | IT      | error    |
  looked_at = 5

two entries, two awards, or one that only the entries and the tracker know, are one answer; an award without a grade is one
  entered_options       | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                        | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                        | 99999         | p3        | 9I25   | 2025-26 | 05999       |       |         | false        | true
  qualification_entries | centre_number | person_id | qualification_code | suite | subject
                        | 99999         | p1        | 05838              | 2016  | IT
                        | 99999         | p1        | 05839              | 2016  | IT
                        | 99999         | p3        | 05999              |       |
  qualification_results | centre_number | person_id | qualification_code | suite | subject | grade
                        | 99999         | p2        | 05838              | 2016  | IT      | M
                        | 99999         | p2        | 05839              | 2016  | IT      | P
                        | 99999         | p4        | 05839              | 2016  | IT      |
  achieved_units        | centre_number | person_id | subject | suite | unit_code | season
                        | 99999         | p1        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p2        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p3        | IT      | 2016  | 05838/01  | 2025-26
                        | 99999         | p4        | IT      | 2016  | 05838/01  | 2025-26
  speaks nothing
  looked_at = 4

only earlier work in that subject and suite may have been entered for then, and only a centre that shows such work can tell
  series_seen     | board | series | season
                  | 72    | 6E25   | 2024-25
                  | 72    | 6E26   | 2025-26
                  |       | 1E25   | 2024-25
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                  | 99998         | q9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
  unit_results    | centre_number | person_id | board | series | subject  | suite | unit_code
                  | 99999         | p1        | 72    | 6E25   | Business | 2016  | 05834/01
                  | 99999         | p2        | 72    | 6E25   | IT       | 2012  | 05347/01
                  | 99999         | p3        |       | 1E25   | IT       | 2016  | 05838/01
                  | 99999         | p4        | 72    | 6E26   | IT       | 2016  | 05838/02
                  | 99999         | p5        | 72    | 6E25   | IT       | 2016  | 05838/01
                  | 99998         | q1        | 72    | 6E25   | IT       | 2012  | 05347/01
  claims          | centre_number | person_id | subject | suite | unit_code | claim_season
                  | 99999         | p4        | IT      | 2016  | 05838/04  | 2025-26
                  | 99999         | p5        | IT      | 2016  | 05838/04  | 2024-25
  achieved_units  | centre_number | person_id | subject | suite | unit_code | season
                  | 99999         | p1        | IT      | 2016  | 05838/02  | 2025-26
                  | 99999         | p2        | IT      | 2016  | 05838/02  | 2025-26
                  | 99999         | p3        | IT      | 2016  | 05838/02  | 2025-26
                  | 99999         | p4        | IT      | 2016  | 05838/02  | 2025-26
                  | 99999         | p5        | IT      | 2016  | 05838/02  | 2025-26
                  | 99998         | q2        | IT      | 2016  | 05838/02  | 2025-26
  speaks          | person_id | severity | cause
                  | p1        | error    |
                  | p2        | error    |
                  | p3        | info     | entered_last_year_perhaps
                  | p4        | error    |
                  | p5        | info     | entered_last_year_perhaps
                  | q2        | info     | entered_last_year_perhaps

another centre's tracker, another suite's and what is no tracker settle nothing; two sizes on one are one
  coverage        | centre_number | carrier     | qualification_code
                  | 99998         | tracker     | 05838
                  | 99998         | tracker     | 05839
                  | 99999         | tracker     | 05347
                  | 99999         | achievement | 05839
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                  | 99998         | q9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
  achieved_units  | centre_number | person_id | subject | suite | unit_code | season
                  | 99999         | p1        | IT      | 2016  | 05838/02  | 2025-26
                  | 99998         | q1        | IT      | 2016  | 05838/02  | 2025-26
  speaks          | person_id | severity | cause
                  | p1        | info     | entered_last_year_perhaps
                  | q1        | error    |

a unit counts once however often it is said; what was achieved is shown before what was claimed, then the first line
  entered_options | centre_number | person_id | series | season  | option_code | suite | subject | is_technical | is_annual
                  | 99999         | p9        | 9I24   | 2024-25 | 05839       | 2016  | IT      | true         | true
                  | 99999         | p9        | 9I25   | 2025-26 | 05839       | 2016  | IT      | true         | true
                  | 99999         | p9        | 9C24   | 2024-25 | 05347       | 2012  | IT      | true         | true
                  | 99999         | p9        | 9C25   | 2025-26 | 05347       | 2012  | IT      | true         | true
  achieved_units  | centre_number | person_id | subject  | suite | unit_code | season  | file_id | line
                  | 99999         | p1        | IT       | 2016  | 05838/04  | 2025-26 | f2      | 9
                  | 99999         | p2        | IT       | 2016  | 05838/04  | 2025-26 | f1      | 6
                  | 99999         | p2        | IT       | 2016  | 05838/04  | 2025-26 | f1      | 5
                  | 99999         | p2        | IT       | 2016  | 05838/04  | 2025-26 | f2      | 1
                  | 99999         | p2        | Business | 2016  | 05834/04  | 2025-26 | f1      | 7
                  | 99999         | p2        | IT       | 2012  | 05347/04  | 2025-26 | f1      | 8
  claims          | centre_number | person_id | subject | suite | unit_code | claim_season | file_id | line
                  | 99999         | p1        | IT      | 2016  | 05838/01  | 2025-26      | f1      | 1
                  | 99999         | p1        | IT      | 2016  | 05838/04  | 2025-26      | f1      | 2
  speaks          | person_id | key                    | severity | cause | found                      | file_id | line
                  | p1        | 99999·p1·IT·2016       | error    |       | none; units this season: 2 | f2      | 9
                  | p2        | 99999·p2·IT·2016       | error    |       | none; units this season: 1 | f1      | 5
                  | p2        | 99999·p2·Business·2016 | error    |       | none; units this season: 1 | f1      | 7
                  | p2        | 99999·p2·IT·2012       | error    |       | none; units this season: 1 | f1      | 8
*/
