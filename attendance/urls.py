"""Pages of attendance."""

from django.urls import path

from attendance.views import dates  # noqa: F401 - registers the path converter of dates
from attendance.views.assessments import assessment, assessments
from attendance.views.assignments import packet_sheets, section_assignments
from attendance.views.bell_change import change as change_bells
from attendance.views.bell_day import ring_on_day
from attendance.views.bells import bell_schedule, bells
from attendance.views.bells import copy as copy_bells
from attendance.views.bulk_modes import bulk_modes
from attendance.views.calendar_day import edit_calendar_day
from attendance.views.calendar_law import adopt as adopt_calendar
from attendance.views.calendar_law import waiver, waiver_document, waivers
from attendance.views.calendars import calendar_month, calendars
from attendance.views.colleges import college, colleges
from attendance.views.corrections import correction, corrections
from attendance.views.district_board import district, district_live
from attendance.views.documents import document
from attendance.views.excuses import add_document, decide, excuse, excuses
from attendance.views.family_absences import (
    family_absences,
    family_add_document,
    family_document,
    family_take_back,
)
from attendance.views.family_corrections import family_corrections
from attendance.views.family_notes import family_notes
from attendance.views.homebound import homebound
from attendance.views.homeroom import homeroom
from attendance.views.interactions import section_interactions, student_interactions
from attendance.views.lms import lms, lms_run
from attendance.views.lms_unused import lms_unused
from attendance.views.meeting import meeting
from attendance.views.month_boundaries import reporting_months
from attendance.views.office import office
from attendance.views.office_calls import office_calls
from attendance.views.office_disagreements import office_disagreements
from attendance.views.office_enter import office_enter
from attendance.views.office_entry import office_entry
from attendance.views.office_families import office_families
from attendance.views.office_notes import office_note, office_notes, office_reply_templates
from attendance.views.paper import school_paper, section_paper
from attendance.views.plan import change_plan, plan, take_back
from attendance.views.planning import planning
from attendance.views.school import school, school_live
from attendance.views.sealing import seal_document
from attendance.views.sections import appoint_substitute, end_substitute, section, sections
from attendance.views.student_day import student_day, withdraw
from attendance.views.student_modes import (
    end_student_fact,
    enter_accommodation,
    enter_own_schedule,
    enter_student_mode,
    quarantine,
    student_modes,
)
from attendance.views.students import students
from attendance.views.today import today
from attendance.views.visits import visits
from attendance.views.void import void
from attendance.views.week import week
from attendance.views.weekly import (
    district_entry_window,
    entry_window,
    school_week,
    school_week_csv,
    school_weekly_missing,
    week_report,
    weekly,
)

urlpatterns = [
    path("today/", today, name="today"),
    path("meetings/<int:meeting_id>/", meeting, name="meeting"),
    path("meetings/<int:meeting_id>/void/", void, name="void_meeting"),
    path("homerooms/<int:section_id>/<iso_date:day>/", homeroom, name="homeroom"),
    path("school/", school, name="school"),
    path("office/", office, name="office"),
    path("office/calls/", office_calls, name="office_calls"),
    path("office/enter/", office_enter, name="office_enter"),
    path("office/families/", office_families, name="office_families"),
    path("office/notes/", office_notes, name="office_notes"),
    path("office/notes/<int:thread_id>/", office_note, name="office_note"),
    path("office/notes/answers/", office_reply_templates, name="office_reply_templates"),
    path("office/paper/", school_paper, name="school_paper"),
    path("office/disagreements/", office_disagreements, name="office_disagreements"),
    path("visits/", visits, name="visits"),
    path("office/entries/<int:entry_id>/", office_entry, name="office_entry"),
    path("bells/", bells, name="bells"),
    path("bells/<int:schedule_id>/", bell_schedule, name="bell_schedule"),
    path("bells/<int:schedule_id>/copy/", copy_bells, name="copy_bells"),
    path("bells/<int:schedule_id>/change/", change_bells, name="change_bells"),
    path("bells/<int:schedule_id>/day/", ring_on_day, name="ring_on_day"),
    path("school/live/", school_live, name="school_live"),
    path("district/board/", district, name="district_board"),
    path("district/board/live/", district_live, name="district_board_live"),
    path("sections/", sections, name="sections"),
    path("sections/<int:section_id>/", section, name="section"),
    path("sections/<int:section_id>/paper/", section_paper, name="section_paper"),
    path("sections/<int:section_id>/week/<iso_date:day>/", week, name="section_week"),
    path("sections/<int:section_id>/teachers/", appoint_substitute, name="appoint_substitute"),
    path("sections/<int:section_id>/teachers/<int:teaching_id>/end/", end_substitute, name="end_substitute"),
    path("lms/", lms, name="lms"),
    path("lms/<int:run_id>/", lms_run, name="lms_file"),
    path("lms/unused/", lms_unused, name="lms_unused"),
    path("calendars/", calendars, name="calendars"),
    path("calendars/months/<iso_date:day>/", calendar_month, name="calendar_month"),
    path("calendars/days/<iso_date:day>/", edit_calendar_day, name="calendar_day"),
    path("calendars/adopted/", adopt_calendar, name="adopt_calendar"),
    path("calendars/planning/", planning, name="planning"),
    path("calendars/waivers/", waivers, name="waivers"),
    path("calendars/waivers/<int:waiver_id>/", waiver, name="waiver"),
    path("calendars/waivers/documents/<int:document_id>/", waiver_document, name="waiver_document"),
    path("calendars/reporting-months/", reporting_months, name="reporting_months"),
    path("excuses/", excuses, name="excuses"),
    path("excuses/<int:excuse_id>/", excuse, name="one_excuse"),
    path("excuses/<int:excuse_id>/documents/", add_document, name="add_document"),
    path("excuses/<int:excuse_id>/decision/", decide, name="decide_excuse"),
    path("documents/<int:document_id>/", document, name="document"),
    path("documents/<int:document_id>/seal/", seal_document, name="seal_document"),
    path("family/<int:student_id>/absences/", family_absences, name="family_absences"),
    path(
        "family/<int:student_id>/absences/<int:report_id>/documents/", family_add_document, name="family_add_document"
    ),
    path("family/<int:student_id>/absences/<int:report_id>/take-back/", family_take_back, name="family_take_back"),
    path("family/<int:student_id>/documents/<int:document_id>/", family_document, name="family_document"),
    path("family/<int:student_id>/corrections/", family_corrections, name="family_corrections"),
    path("family/<int:student_id>/notes/", family_notes, name="family_notes"),
    path("corrections/", corrections, name="corrections"),
    path("corrections/<int:request_id>/", correction, name="correction"),
    path("weekly/", weekly, name="weekly"),
    path("sections/<int:section_id>/assignments/<iso_date:monday>/", section_assignments, name="section_assignments"),
    path("sections/<int:section_id>/assignments/<iso_date:monday>/sheets/", packet_sheets, name="packet_sheets"),
    path(
        "sections/<int:section_id>/interactions/<iso_date:monday>/", section_interactions, name="section_interactions"
    ),
    path("sections/<int:section_id>/report/<iso_date:monday>/", week_report, name="week_report"),
    path("school/weekly/", school_weekly_missing, name="school_weekly"),
    path("school/weekly/<iso_date:monday>/", school_week, name="school_week"),
    path("school/weekly/<iso_date:monday>/csv/", school_week_csv, name="school_week_csv"),
    path("school/entry/", entry_window, name="school_entry"),
    path("district/entry/", district_entry_window, name="district_entry"),
    path("plan/", plan, name="plan"),
    path("plan/change/", change_plan, name="change_plan"),
    path("plan/<int:plan_id>/take-back/", take_back, name="take_back_plan"),
    path("modes/", bulk_modes, name="bulk_modes"),
    path("assessments/", assessments, name="assessments"),
    path("assessments/<int:assessment_id>/", assessment, name="assessment"),
    path("colleges/", colleges, name="colleges"),
    path("colleges/<int:college_id>/", college, name="college"),
    path("students/<int:student_id>/own-minutes/", homebound, name="homebound"),
    path("students/", students, name="students"),
    path("students/<int:student_id>/modes/", student_modes, name="student_modes"),
    path("students/<int:student_id>/modes/enter/", enter_student_mode, name="enter_student_mode"),
    path("students/<int:student_id>/modes/quarantine/", quarantine, name="quarantine"),
    path("students/<int:student_id>/modes/own-schedule/", enter_own_schedule, name="enter_own_schedule"),
    path("students/<int:student_id>/modes/accommodation/", enter_accommodation, name="enter_accommodation"),
    path("students/<int:student_id>/modes/<str:kind>/<int:fact_id>/end/", end_student_fact, name="end_student_fact"),
    path("students/<int:student_id>/interactions/", student_interactions, name="student_interactions"),
    path("students/<int:student_id>/days/<iso_date:day>/", student_day, name="student_day"),
    path(
        "students/<int:student_id>/days/<iso_date:day>/excuses/<int:excuse_id>/withdraw/",
        withdraw,
        name="withdraw_excuse",
    ),
]
