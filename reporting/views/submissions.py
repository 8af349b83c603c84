"""The id by which a page makes its request known, so that the same one sent twice counts once."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def submission_id(request: HttpRequest) -> UUID:
    """The id that the form carries; a new one where it carries none that is usable."""
    try:
        return UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return uuid4()
