"""The site's addresses and one of the API that fails, as a fault of ours would."""

from django.urls import path

from attendance_site.urls import handler400 as handler400
from attendance_site.urls import handler500 as handler500
from attendance_site.urls import urlpatterns as site
from students.api.resource import Call, Resource, operation
from students.api.serializers import SchoolSerializer


class Fails(Resource):
    """An address that fails."""

    @operation("rosters:read", SchoolSerializer)
    def get(self, call: Call) -> None:
        """Fail with a child's name in the words."""
        raise KeyError("Abara, Chidi")


urlpatterns = [path("api/v1/fails/", Fails.as_view()), *site]
