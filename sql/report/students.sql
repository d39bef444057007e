/*
summary = "The students shown: numbers, lines, awards, place and findings of each, follow-ons beneath their root."
reads = ["picked_students", "candidates", "candidate_identities", "shown_readiness", "student_lines", "shown_findings", "about_people", "student_awards", "places"]
order = ["centre_number", "surname", "forenames", "person_id"]
*/
WITH seen AS (
    SELECT
        i.centre_number,
        i.person_id,
        i.identifier,
        i.value,
        string_agg(DISTINCT i.academic_year, ', ' ORDER BY i.academic_year) AS years,
        string_agg(DISTINCT i.carrier, ', ' ORDER BY i.carrier) AS carriers
    FROM candidate_identities AS i
    INNER JOIN picked_students AS p ON p.centre_number = i.centre_number AND p.person_id = i.person_id AND p.is_shown
    GROUP BY i.centre_number, i.person_id, i.identifier, i.value
),

numbers AS (
    SELECT
        centre_number,
        person_id,
        list({'identifier': identifier, 'value': value, 'years': years, 'carriers': carriers} ORDER BY identifier, value) AS numbers
    FROM seen
    GROUP BY centre_number, person_id
),

lines AS (
    SELECT
        centre_number,
        person_id,
        list(
            {
                'item': item, 'title': title, 'series': series, 'window_from': window_from, 'expected_by': expected_by,
                'edi': edi, 'xml': xml, 'achievement': achievement, 'marks': marks, 'tracker': tracker,
                'state': state, 'flags': flags, 'restricted_until': restricted_until
            }
            ORDER BY kind, item, series NULLS FIRST, window_from NULLS FIRST
        ) AS lines
    FROM student_lines
    GROUP BY centre_number, person_id
),

awards AS (
    SELECT
        centre_number,
        person_id,
        list(
            {
                'qualification_code': qualification_code, 'suite': suite, 'level': level, 'subject': subject, 'size': size,
                'entered': entered, 'is_calculated': is_calculated, 'not_calculated': not_calculated, 'eligible': eligible,
                'unit_count': unit_count, 'glh_counted': glh_counted, 'glh_required': glh_required,
                'mandatory_missing': mandatory_missing, 'points': points, 'grade': grade, 'issued_grade': issued_grade,
                'issued_series': issued_series, 'points_at_award': points_at_award, 'grade_at_award': grade_at_award,
                'next_grade': next_grade, 'points_to_next': points_to_next, 'next_step': next_step,
                'combination_confidence': combination_confidence, 'figures_confidence': figures_confidence, 'units': units,
                'larger_size': larger_size, 'larger_grade': larger_grade, 'restricted_until': restricted_until
            }
            ORDER BY qualification_code
        ) AS awards
    FROM student_awards
    GROUP BY centre_number, person_id
),

follow_ons AS (
    SELECT
        root,
        list(
            {'severity': severity, 'code': code, 'message': message, 'fingerprint': fingerprint, 'restricted_until': restricted_until}
            ORDER BY severity_rank, code, key, fingerprint
        )[1:20] AS follow_ons
    FROM shown_findings
    WHERE root IS NOT NULL
    GROUP BY root
),

findings AS (
    SELECT
        b.centre_number,
        b.person_id,
        count(*) AS total,
        list(
            {
                'severity': f.severity, 'code': f.code, 'message': f.message, 'owner': f.owner, 'state': f.state,
                'due': f.due, 'restricted_until': f.restricted_until, 'fingerprint': f.fingerprint,
                'follow_ons': o.follow_ons
            }
            ORDER BY f.severity_rank, f.state, f.code, f.key, f.fingerprint
        )[1:30] AS findings
    FROM about_people AS b
    INNER JOIN shown_findings AS f ON f.fingerprint = b.fingerprint
    LEFT JOIN follow_ons AS o ON o.root = f.fingerprint
    WHERE f.root IS NULL
    GROUP BY b.centre_number, b.person_id
)

SELECT
    p.centre_number,
    p.person_id,
    c.surname,
    c.forenames,
    c.date_of_birth,
    coalesce(p.readiness, 'none') AS readiness,
    r.reason,
    r.owner,
    r.due,
    r.restricted_until,
    n.numbers,
    l.lines,
    a.awards,
    s.firm_choice,
    s.offer,
    s.tariff_asked,
    s.tariff_issued,
    s.tariff_calculated,
    s.tariff_confidence,
    s.is_at_stake,
    s.restricted_until AS place_restricted_until,
    f.findings,
    f.total
FROM picked_students AS p
INNER JOIN candidates AS c ON c.centre_number = p.centre_number AND c.person_id = p.person_id
LEFT JOIN shown_readiness AS r ON r.centre_number = p.centre_number AND r.person_id = p.person_id
LEFT JOIN numbers AS n ON n.centre_number = p.centre_number AND n.person_id = p.person_id
LEFT JOIN lines AS l ON l.centre_number = p.centre_number AND l.person_id = p.person_id
LEFT JOIN awards AS a ON a.centre_number = p.centre_number AND a.person_id = p.person_id
LEFT JOIN places AS s ON s.centre_number = p.centre_number AND s.person_id = p.person_id
LEFT JOIN findings AS f ON f.centre_number = p.centre_number AND f.person_id = p.person_id
WHERE p.is_shown
ORDER BY p.centre_number, c.surname NULLS LAST, c.forenames NULLS LAST, p.person_id
