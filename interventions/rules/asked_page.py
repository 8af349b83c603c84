"""Which page of a list that the database cuts somebody asks for."""

_MOST = 1_000_000


def place_of(page: int | str) -> int:
    """The place of a page, from 0, as a paginator reads its number: the first for what is no number, a place beyond the
    last for what is not there.
    """
    try:
        number = int(page)
    except ValueError:
        return 0
    return min(number if number > 0 else _MOST, _MOST) - 1
