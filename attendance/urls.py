"""Pages of attendance."""

from django.urls import path

from attendance.views.meeting import meeting
from attendance.views.today import today

urlpatterns = [
    path("today/", today, name="today"),
    path("meetings/<int:meeting_id>/", meeting, name="meeting"),
]
