"""What follows a save, for every page of marks: what to say, and where to go."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.models import MarkStatus


class MarkedPage(Protocol):
    """Any page of marks."""

    @property
    def school_id(self) -> int:
        """The school of its class."""
        ...

    @property
    def day(self) -> date:
        """The day of its class."""
        ...

    @property
    def today(self) -> date:
        """The present day."""
        ...

    @property
    def is_mine(self) -> bool:
        """Whether the reader teaches the class."""
        ...

    @property
    def is_of_my_school(self) -> bool:
        """Whether the reader sees the whole school."""
        ...


def summary(title: str, statuses: Iterable[str]) -> str:
    """What was saved: "Algebra I, period 3 saved: 7 present, 1 tardy."."""
    tally = Counter(statuses)
    told = [f"{tally[each]} {each.label.lower()}" for each in MarkStatus if tally[each] or each == MarkStatus.PRESENT]
    return _("%(class)s saved: %(marks)s.") % {"class": title, "marks": ", ".join(told)}


def page_after(page: MarkedPage) -> str:
    """Where one came from: Today for whoever teaches the class, the school's board for whoever reads the school."""
    on = {} if page.day == page.today else {"on": page.day.isoformat()}
    if page.is_of_my_school and not page.is_mine:
        return f"{reverse('school')}?{urlencode({'school': page.school_id} | on)}"
    return reverse("today") + (f"?{urlencode(on)}" if on else "")
