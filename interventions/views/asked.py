"""What an address asks for, read with care."""

from django.http import HttpRequest


def asked_id(request: HttpRequest, name: str) -> int | None:
    """The id in a parameter of the address; None where there is none, or no number that an id could be."""
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None
