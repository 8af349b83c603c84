"""How a child is taught on the days to come, laid together, and what there is to do in each way (MS-17, RD-23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.modes import OFFLINE


@dataclass(frozen=True, slots=True)
class TaughtDay:
    """A school day: the mode of the day, and the classes that are taught otherwise by their ids."""

    date: date
    mode: str
    in_quarantine: bool = False
    of_sections: tuple[tuple[int, str], ...] = ()

    @property
    def ways(self) -> list[str]:
        """Every mode of the day, the day's own first."""
        return list(dict.fromkeys([self.mode, *(mode for _, mode in self.of_sections)]))


def ways(days: Sequence[TaughtDay]) -> list[str]:
    """Every mode of some days, in the order in which they come."""
    return list(dict.fromkeys(mode for day in days for mode in day.ways))


def hand_in_weeks(days: Sequence[TaughtDay]) -> list[date]:
    """The last offline day of each week that has one: its work is handed in together (RD-22)."""
    last: dict[tuple[int, int], date] = {}
    for day in days:
        if OFFLINE & set(day.ways):
            last[day.date.isocalendar()[:2]] = day.date
    return sorted(last.values())
