"""How quickly a campaign's mail goes out: in batches with room between them, so that no morning's alert waits long."""

from datetime import datetime, timedelta

BATCH = 200
BETWEEN = timedelta(seconds=10)


def goes_at(position: int, begins: datetime) -> datetime:
    """When the message at a position, counted from 0, may go out."""
    return begins + (position // BATCH) * BETWEEN
