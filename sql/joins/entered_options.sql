/*
summary = "The options each person is entered for in each series, one row each, whichever files say so."
reads = ["entries", "series_seen", "offered_options"]
order = ["centre_number", "person_id", "series", "option_code"]

[columns]
centre_number = "VARCHAR: the centre"
person_id = "VARCHAR: the person"
board = "VARCHAR: awarding body: as the entry says, else the one board that offers the option here; NULL where neither tells"
series = "VARCHAR: the series"
season = "VARCHAR: the academic year of the series"
option_code = "VARCHAR: the option, as EDI spells it"
kind = "VARCHAR: qualification, unit or certification"
qualification_code = "VARCHAR: of a qualification or certification entry"
unit_code = "VARCHAR: of a unit entry"
suite = "VARCHAR: 2016 or 2012"
level = "INTEGER: the level entered"
subject = "VARCHAR: subject"
assessment = "VARCHAR: examined or moderated"
is_technical = "BOOLEAN: Cambridge Technicals"
is_annual = "BOOLEAN: the series runs a whole academic year"
withdrawn = "BOOLEAN: the school's export says so, else the amendments, else the entry file"
embargo_until = "TIMESTAMP WITH TIME ZONE: its result may not be told to candidates before"
file_id = "VARCHAR: the file of the entry"
line = "INTEGER: its line"
*/
WITH sourced AS (
    SELECT
        e.*,
        -- the school's own export is kept up to date; an entry file is a record of what was sent once
        min(CASE e.source WHEN 'csv' THEN 1 WHEN 'edi_amendment' THEN 2 ELSE 3 END)
            OVER (PARTITION BY e.centre_number, e.person_id, e.series, e.option_code) AS best,
        CASE e.source WHEN 'csv' THEN 1 WHEN 'edi_amendment' THEN 2 ELSE 3 END AS source_rank
    FROM entries AS e
),

ranked AS (
    SELECT
        s.*,
        row_number() OVER (
            PARTITION BY s.centre_number, s.person_id, s.series, s.option_code
            ORDER BY
                s.source_rank ASC NULLS LAST,
                CASE WHEN s.withdrawn THEN 1 ELSE 0 END ASC NULLS LAST,
                s.file_id ASC NULLS LAST,
                s.line ASC NULLS LAST
        ) AS place
    FROM sourced AS s
),

folded AS (
    SELECT
        centre_number,
        person_id,
        series,
        option_code,
        max(board) AS board,
        max(season) AS season,
        max(CASE WHEN place = 1 THEN kind END) AS kind,
        max(CASE WHEN place = 1 THEN qualification_code END) AS qualification_code,
        max(CASE WHEN place = 1 THEN unit_code END) AS unit_code,
        max(suite) AS suite,
        max(level) AS level,
        max(subject) AS subject,
        max(assessment) AS assessment,
        max(CASE WHEN is_technical THEN 1 ELSE 0 END) = 1 AS is_technical,
        min(CASE WHEN source_rank <> best THEN NULL WHEN withdrawn THEN 1 ELSE 0 END) = 1 AS withdrawn,
        max(embargo_until) AS embargo_until,
        max(CASE WHEN place = 1 THEN file_id END) AS file_id,
        max(CASE WHEN place = 1 THEN line END) AS line
    FROM ranked
    GROUP BY centre_number, person_id, series, option_code
),

known_series AS (
    SELECT
        series,
        max(CASE WHEN family = 'cambridge_technicals' THEN 1 ELSE 0 END) AS is_technical,
        max(CASE WHEN family = 'cambridge_technicals' AND is_annual THEN 1 ELSE 0 END) AS is_annual
    FROM series_seen
    WHERE board IS NULL OR board = '72'
    GROUP BY series
)

SELECT
    f.centre_number,
    f.person_id,
    coalesce(f.board, o.board, CASE WHEN f.is_technical OR k.is_technical = 1 THEN '72' END) AS board,
    f.series,
    f.season,
    f.option_code,
    f.kind,
    f.qualification_code,
    f.unit_code,
    f.suite,
    f.level,
    f.subject,
    f.assessment,
    f.is_technical,
    coalesce(k.is_annual, 0) = 1 AS is_annual,
    f.withdrawn,
    f.embargo_until,
    f.file_id,
    f.line
FROM folded AS f
LEFT JOIN offered_options AS o ON o.option_code = f.option_code
LEFT JOIN known_series AS k ON k.series = f.series
