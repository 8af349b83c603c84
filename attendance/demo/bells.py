"""The demo's bells: seven periods and a lunch, 350 instructional minutes, 280 on an early-release day."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Bell:
    """One period in local times, the end exclusive."""

    period: str
    starts_at: time
    ends_at: time
    kind: str = "class"

    @property
    def minutes(self) -> int:
        """From its start to its end."""
        return minute_of(self.ends_at) - minute_of(self.starts_at)


def minute_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def clock_time(minute: int) -> time:
    """The local time at a number of minutes since midnight."""
    return time(minute // 60, minute % 60)


REGULAR = [
    Bell("1", time(8, 0), time(8, 50)),
    Bell("2", time(8, 55), time(9, 45)),
    Bell("3", time(9, 50), time(10, 40)),
    Bell("4", time(10, 45), time(11, 35)),
    Bell("Lunch", time(11, 35), time(12, 5), "lunch"),
    Bell("5", time(12, 10), time(13, 0)),
    Bell("6", time(13, 5), time(13, 55)),
    Bell("7", time(14, 0), time(14, 50)),
]

# Forty minutes each, so that a student with six classes still has the day's 240 (MS-02).
EARLY_RELEASE = [
    Bell("1", time(8, 0), time(8, 40)),
    Bell("2", time(8, 45), time(9, 25)),
    Bell("3", time(9, 30), time(10, 10)),
    Bell("4", time(10, 15), time(10, 55)),
    Bell("5", time(11, 0), time(11, 40)),
    Bell("6", time(11, 45), time(12, 25)),
    Bell("7", time(12, 30), time(13, 10)),
    Bell("Lunch", time(13, 10), time(13, 30), "lunch"),
]

SCHEDULES = {"Regular": REGULAR, "Early release": EARLY_RELEASE}
CLASSES = [bell for bell in REGULAR if bell.kind == "class"]
PERIODS = [bell.period for bell in CLASSES]
