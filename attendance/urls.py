"""Pages of attendance."""

from django.urls import path

from attendance.views import dates  # noqa: F401 - registers the path converter of dates
from attendance.views.homeroom import homeroom
from attendance.views.meeting import meeting
from attendance.views.school import school
from attendance.views.student_day import student_day, withdraw
from attendance.views.students import students
from attendance.views.today import today
from attendance.views.void import void

urlpatterns = [
    path("today/", today, name="today"),
    path("meetings/<int:meeting_id>/", meeting, name="meeting"),
    path("meetings/<int:meeting_id>/void/", void, name="void_meeting"),
    path("homerooms/<int:section_id>/<iso_date:day>/", homeroom, name="homeroom"),
    path("school/", school, name="school"),
    path("students/", students, name="students"),
    path("students/<int:student_id>/days/<iso_date:day>/", student_day, name="student_day"),
    path(
        "students/<int:student_id>/days/<iso_date:day>/excuses/<int:excuse_id>/withdraw/",
        withdraw,
        name="withdraw_excuse",
    ),
]
