"""The site's addresses and one that fails, as a fault of ours would."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from attendance_site.urls import urlpatterns as site

SECRET = "Abara Chidi, 100000000, has asthma"


class Fault(Exception):
    """A fault nobody thought of."""


def fails(request: HttpRequest) -> HttpResponse:
    """Fail with a child's name in the words."""
    raise Fault(SECRET)


urlpatterns = [*site, path("fails/", fails, name="fails")]
