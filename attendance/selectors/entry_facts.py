"""What an entry is, in SQL: which class meetings somebody was to attend live, and when what was entered first was."""

# The statement has `meeting` and `there`, the calendar day of its school.
IN_SESSION = """(there.event_type IN ('IN', 'LAED') OR EXISTS (
            SELECT 1 FROM attendance_gradeday own
            WHERE own.calendar_day_id = there.id AND own.event_type IN ('IN', 'LAED')))"""

# Whoever works in own time is asked for no mark there, so a meeting that nobody attends live is nobody's to take.
SOMEBODY_LIVE = """EXISTS (
            SELECT 1 FROM students_sectionenrollment roster
            JOIN attendance_dailyattendance ledger ON ledger.student_id = roster.student_id
                AND ledger.date = meeting.date
            WHERE roster.section_id = meeting.section_id AND roster.starts_on <= meeting.date
                AND COALESCE(roster.ends_on, 'infinity') >= meeting.date
                AND NOT meeting.section_id = ANY(ledger.own_time_sections))"""

# The local day of the first entry: a correction later does not make it late, a save again does not make it early.
REVIEWED_ON = """(LEAST(review.entered_at, (
        SELECT min(before.entered_at) FROM attendance_dayreviewevent before WHERE before.pgh_obj_id = review.id
    )) AT TIME ZONE %(zone)s)::date"""
TAKEN_ON = """(COALESCE((
        SELECT min(sent.submitted_at) FROM attendance_submission sent WHERE sent.meeting_id = meeting.id
    ), meeting.taken_at) AT TIME ZONE %(zone)s)::date"""
