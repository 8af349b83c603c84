"""Addresses of attendance."""

from django.urls import path

from attendance.api import excuses, homerooms, lms, marking, office, reading

# `iso_date` is registered by the pages, whose addresses the site reads before these.
urlpatterns = [
    path("sections/<int:section_id>/roster/", reading.Roster.as_view(), name="api_roster"),
    path("class-meetings/", reading.ClassMeetings.as_view(), name="api_class_meetings"),
    path("class-meetings/<int:meeting_id>/", reading.OneClassMeeting.as_view(), name="api_class_meeting"),
    path("class-meetings/<int:meeting_id>/marks/", marking.Marks.as_view(), name="api_marks"),
    path("class-meetings/<int:meeting_id>/void/", marking.Void.as_view(), name="api_void"),
    path("class-meetings/<int:meeting_id>/restore/", marking.Restore.as_view(), name="api_restore"),
    path("sections/<int:section_id>/days/<iso_date:day>/marks/", homerooms.DayMarks.as_view(), name="api_day_marks"),
    path("sections/<int:section_id>/days/<iso_date:day>/", homerooms.HomeroomDay.as_view(), name="api_homeroom_day"),
    path("daily-attendance/", reading.DailyAttendances.as_view(), name="api_daily_attendance"),
    path(
        "students/<int:student_id>/days/<iso_date:day>/", reading.DayExplanation.as_view(), name="api_day_explanation"
    ),
    path("students/<int:student_id>/excuses/", excuses.Excuses.as_view(), name="api_excuses"),
    path("excuses/<int:excuse_id>/decision/", excuses.Decision.as_view(), name="api_decision"),
    path("excuses/<int:excuse_id>/documents/", excuses.ExcuseDocuments.as_view(), name="api_excuse_documents"),
    path("excuses/<int:excuse_id>/withdrawal/", excuses.Withdrawal.as_view(), name="api_withdrawal"),
    path("documents/<int:document_id>/", excuses.OneDocument.as_view(), name="api_excuse_document"),
    path("lms-events/", lms.LmsEvents.as_view(), name="api_lms_events"),
    path("calendar-days/", reading.CalendarDays.as_view(), name="api_calendar_days"),
    path("office-events/", office.OfficeEvents.as_view(), name="api_office_events"),
    path("schools/<int:school_id>/office-entries/", office.OfficeEntries.as_view(), name="api_office_entries"),
    path("office-entries/<int:entry_id>/withdrawal/", office.OfficeWithdrawal.as_view(), name="api_office_withdrawal"),
]
