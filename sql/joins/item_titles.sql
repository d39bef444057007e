/*
summary = "What each unit or qualification is called."
reads = ["code_spellings"]
order = ["code"]

[columns]
code = "VARCHAR: a unit code 05838/01 or a qualification code"
title = "VARCHAR: its title; NULL where no source has one"
subject = "VARCHAR: its subject, of a Cambridge Technical"
*/
SELECT
    coalesce(unit_code, qualification_code) AS code,
    max(title) AS title,
    max(subject) AS subject
FROM code_spellings
GROUP BY coalesce(unit_code, qualification_code)
