"""Pages of interventions."""

from django.urls import URLPattern, path

from interventions.views.calls import log_call
from interventions.views.queue import hand_over_cases, queue, queue_csv
from interventions.views.tardy import tardy

urlpatterns: list[URLPattern] = [
    path("queue/", queue, name="queue"),
    path("queue/csv/", queue_csv, name="queue_csv"),
    path("queue/hand-over/", hand_over_cases, name="hand_over_cases"),
    path("cases/<int:case_id>/call/", log_call, name="log_call"),
    path("tardy/", tardy, name="tardy"),
]
