"""Families of a large district, of whom some have an account; and what became of its cases: opened on different days,
taken by somebody or by nobody, worked or overdue.
"""

from __future__ import annotations

from bench.large_district import YEAR_STARTS, Cursor, LargeDistrict

# Two students in a row are of one family. One family in forty has nobody on record, one in three two guardians; of ten
# guardians two read Spanish, and nearly one Haitian Creole; seven have an address, and two an account.
_FAMILIES = """
    CREATE TEMPORARY TABLE bench_family ON COMMIT DROP AS
        SELECT 'f' || family || '-' || place AS source_id, family, place, hashint4(family * 2 + place) & 1023 AS chance
        FROM generate_series(1, (%(students)s + 1) / 2) family, generate_series(1, 2) place
        WHERE family %% 40 > 0 AND (place = 1 OR family %% 3 = 0);
    INSERT INTO students_guardian (source_id, given_name, family_name, email, phone, sms, language)
        SELECT source_id, 'Parent', 'Family ' || family,
            CASE WHEN family %% 10 < 7 THEN source_id || '@example.org' ELSE '' END, '601 555 0100', '',
            CASE WHEN chance < 205 THEN 'es' WHEN chance < 280 THEN 'ht' WHEN chance < 640 THEN 'en' ELSE '' END
        FROM bench_family;
    INSERT INTO students_guardianlink (guardian_id, student_id, relationship, contact_order, may_access, may_contact,
            starts_on)
        SELECT guardian.id, student.id, 'parent', place, true, chance %% 50 > 0, %(starts)s
        FROM bench_family JOIN students_guardian guardian USING (source_id)
        JOIN students_student student ON (student.state_id::integer + 1) / 2 = family
        ORDER BY guardian.id, student.id;
    INSERT INTO students_user (source_id, username, password, email, given_name, family_name, is_enabled, new_email,
            language)
        SELECT 'u-' || source_id, source_id, '', '', 'Parent', 'Family ' || family, true, '',
            CASE chance %% 3 WHEN 0 THEN 'es' WHEN 1 THEN 'en' ELSE '' END
        FROM bench_family WHERE chance %% 5 = 0;
    INSERT INTO students_invitation (code_hash, guardian_id, made_by_id, made_at, sent_to, expires_at, used_at,
            used_by_id)
        SELECT source.source_id, guardian.id, holder.id, %(starts)s, '', %(starts)s + 30, %(starts)s, holder.id
        FROM bench_family source JOIN students_guardian guardian USING (source_id)
        JOIN students_user holder ON holder.source_id = 'u-' || source.source_id;
    INSERT INTO students_familyaccount (user_id, guardian_id, invitation_id, joined_at)
        SELECT used_by_id, guardian_id, id, used_at FROM students_invitation;
"""
# Two counselors in every school, beside the one who opens the pages.
_COUNSELORS = """
    INSERT INTO students_user (source_id, username, password, email, given_name, family_name, is_enabled, new_email,
            language)
        SELECT 'k-' || school.id || '-' || place, 'counselor' || school.id || '-' || place, '', '', 'Kim',
            'Counselor ' || school.id || '-' || place, true, '', ''
        FROM students_school school, generate_series(1, 2) place;
    INSERT INTO students_roleassignment (user_id, role, school_id, source, starts_on)
        SELECT counselor.id, 'counselor', school.id, 'roster', %(starts)s
        FROM students_school school, generate_series(1, 2) place
        JOIN students_user counselor ON counselor.source_id LIKE 'k-%%'
        WHERE counselor.source_id = 'k-' || school.id || '-' || place;
"""
# The night opened all of them at once. A case is as old as its first crossing; three of four have an owner. What was
# due is mostly done; somebody was rung about most, now and then.
_CASES = """
    CREATE TEMPORARY TABLE bench_case ON COMMIT DROP AS
        SELECT held.id, held.student_id, since.day, hashint8(held.id) & 1023 AS chance, (
                SELECT assigned.user_id FROM students_roleassignment assigned
                WHERE assigned.school_id = held.school_id AND assigned.role = 'counselor'
                ORDER BY hashint8extended(held.id, assigned.user_id) LIMIT 1) AS counselor_id
        FROM interventions_case held CROSS JOIN LATERAL (SELECT min(crossing.crossed_on) AS day
            FROM interventions_crossing crossing WHERE crossing.case_id = held.id) since;
    UPDATE interventions_case held SET opened_on = day, opened_at = day + time '20:00',
            owner_id = CASE WHEN chance %% 4 > 0 THEN counselor_id END
        FROM bench_case WHERE bench_case.id = held.id;
    UPDATE interventions_step step SET due_on = moved.due_on,
            state = CASE WHEN is_over THEN 'done' ELSE 'open' END,
            ended_at = CASE WHEN is_over THEN moved.due_on + time '15:00' END,
            ended_by_id = CASE WHEN is_over THEN counselor_id END
        FROM (SELECT step.id, put.due_on, counselor_id,
                put.due_on <= %(today)s AND hashint8(step.id) & 1023 < 960 AS is_over
            FROM (SELECT id, case_id, due_on FROM interventions_step) step
            JOIN bench_case ON bench_case.id = step.case_id
            CROSS JOIN LATERAL (SELECT step.due_on - (%(today)s - day) AS due_on) put) moved
        WHERE moved.id = step.id;
    INSERT INTO interventions_contact (submission_id, student_id, case_id, kind, result, happened_at, day, words,
            made_by_id, entered_at, withdrawn_reason)
        SELECT gen_random_uuid(), student_id, id, 'call',
            CASE WHEN (chance + turn) %% 3 = 0 THEN 'reached' ELSE 'no_answer' END, put.day + time '15:00', put.day, '',
            counselor_id, put.day + time '15:00', ''
        FROM bench_case, generate_series(1, 4) turn
        CROSS JOIN LATERAL (SELECT bench_case.day + 1 + (chance * turn) %% 45 AS day) put
        WHERE chance %% 5 >= turn AND put.day <= %(today)s;
"""


def insert_families(district: LargeDistrict, cursor: Cursor) -> None:
    """Guardians, their accounts, and the counselors of every school."""
    given = {"students": district.students, "starts": YEAR_STARTS}
    cursor.execute(_FAMILIES, given)
    cursor.execute(_COUNSELORS, given)


def work_cases(district: LargeDistrict, cursor: Cursor) -> None:
    """Let the cases that a night opened be the work of a year."""
    cursor.execute(_CASES, {"today": district.today})


def without_history(cursor: Cursor) -> None:
    """Let rows change without a trace, as their owner may: what stood before a made-up year is nobody's history."""
    _switch(cursor, "DISABLE")


def with_history(cursor: Cursor) -> None:
    """Keep again what stood before."""
    # No table is altered while a key of one of its rows waits to be looked up.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _switch(cursor, "ENABLE")


def _switch(cursor: Cursor, how: str) -> None:
    for table in ("case", "step"):
        cursor.execute(f"ALTER TABLE interventions_{table} {how} TRIGGER USER")
