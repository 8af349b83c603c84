"""The floor of a save: the rows that it writes, and nothing asked, judged or rendered."""

from __future__ import annotations

import os
from uuid import uuid4

import psycopg2
from psycopg2 import extensions
from psycopg2.extras import execute_values

from bench.classes import TakenClass

_LOCK = """
    SELECT 1 FROM attendance_dailyattendance WHERE student_id = ANY(%s) AND date = %s
    ORDER BY student_id, date FOR UPDATE
"""
_MARKS = """
    INSERT INTO attendance_mark (meeting_id, student_id, status, minutes_attended, marked_by_id, marked_at, reason)
    VALUES %s ON CONFLICT (meeting_id, student_id) DO UPDATE SET status = EXCLUDED.status,
        minutes_attended = EXCLUDED.minutes_attended, arrived_at = NULL, left_at = NULL,
        marked_by_id = EXCLUDED.marked_by_id, marked_at = EXCLUDED.marked_at, reason = EXCLUDED.reason
"""
_MARK = "(%s, %s, 'tardy', %s, %s, now(), 'bare')"
_MEETING = "UPDATE attendance_classmeeting SET version = version + 1, taken_at = now() WHERE id = %s RETURNING version"
_SUBMISSION = """
    INSERT INTO attendance_submission (submission_id, meeting_id, submitted_by_id, submitted_at, version, on_paper_by)
    VALUES (%s, %s, %s, now(), %s, '')
"""
_DAYS = """
    UPDATE attendance_dailyattendance SET minutes_attended = (minutes_attended + 1) %% 300
    WHERE student_id = ANY(%s) AND date = %s
"""


def connect() -> extensions.connection:
    """A connection as the application's role, whose rights and triggers are the site's."""
    return psycopg2.connect(os.environ["DATABASE_URL"])


def save(connection: extensions.connection, saved: TakenClass) -> None:
    """Write the rows of one save, in one transaction and the site's lock order."""
    marks = [(saved.meeting_id, student, saved.minutes, saved.teacher_id) for student in saved.students]
    with connection, connection.cursor() as cursor:
        cursor.execute(_LOCK, [saved.students, saved.day])
        execute_values(cursor, _MARKS, marks, _MARK)
        cursor.execute(_MEETING, [saved.meeting_id])
        (version,) = cursor.fetchone()
        cursor.execute(_SUBMISSION, [str(uuid4()), saved.meeting_id, saved.teacher_id, version])
        cursor.execute(_DAYS, [saved.students, saved.day])
