"""How long a message waits after the mail server put it off."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
# What nobody took in so long is no news any more; people see it among the refused.
GIVES_UP_AFTER = timedelta(days=3)


def pause_before(attempt: int) -> timedelta:
    """The pause before another attempt, after so many: a minute, and twice as long each time, four hours at most."""
    return min(FIRST_PAUSE * 2 ** min(attempt - 1, 10), LONGEST_PAUSE)
