"""How many minutes make presence (MS-05, MS-06)."""


def minutes_needed(minutes_required: int, *, percent: int = 63) -> int:
    """Minutes to attend of the minutes required, of a day (MS-05) or of one class period (MS-06).

    Rounded to the nearest whole minute, an exact half upwards: the only rounding under which both published
    examples hold (34.65 is 35, 151.2 is 151). Integers alone. Raises ValueError for fewer than no minutes, and for a
    percentage that is none from 1 to 100.
    """
    if minutes_required < 0:
        raise ValueError(f"The minutes required are 0 or more, not {minutes_required}.")
    if not 0 < percent <= 100:
        raise ValueError(f"The percentage that makes presence lies between 1 and 100, not at {percent}.")
    return (percent * minutes_required + 50) // 100


def is_present(minutes_attended: int, minutes_required: int, *, percent: int = 63) -> bool:
    """Whether the minutes attended reach the minutes needed, of a day or of one class period."""
    return minutes_attended >= minutes_needed(minutes_required, percent=percent)
