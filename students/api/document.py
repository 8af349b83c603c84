"""The OpenAPI document itself, and the answer where there is no address."""

from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from students.api.permissions import TokenAllows
from students.refusals import NotInScope


class Document(SpectacularJSONAPIView):
    """The OpenAPI document, for whoever is signed in."""

    permission_classes = [TokenAllows]


class NoSuchAddress(APIView):
    """Whatever else begins as an address of the API: a problem, and not a page."""

    permission_classes = [AllowAny]
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse at once, whatever the method, and whoever asks."""
        raise NotInScope
