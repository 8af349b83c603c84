"""School days in addresses, as 2020-10-26."""

from datetime import date

from django.http import HttpRequest
from django.urls import register_converter


class IsoDate:
    """A path converter; what is no date is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The date. Raises ValueError (which Django answers with 404) for 2020-02-30."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The date as addresses write it."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(IsoDate, "iso_date")


def asked_day(request: HttpRequest, today: date) -> date:
    """The day that `?on=` names; today where it names none."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
