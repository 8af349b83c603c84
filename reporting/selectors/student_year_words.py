"""The shapes of a student's year and what stands for a mode beside them; chronic absence in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.models import Mode
from reporting.rules.student_year import Chronic, YearFigures

# In person is the ordinary, and has none.
MODE_LETTERS: dict[str, Promise] = {
    Mode.SYNC_ONLINE: gettext_lazy("L"),
    Mode.ASYNC_ONLINE: gettext_lazy("A"),
    Mode.OFFLINE_DIGITAL: gettext_lazy("D"),
    Mode.OFFLINE_PACKETS: gettext_lazy("P"),
}

# Every shape of the calendar, in the order in which its legend tells them.
SHAPES = (
    ("present", gettext_lazy("present")),
    ("tardy", gettext_lazy("late to a class")),
    ("left_early", gettext_lazy("left a class early")),
    ("absent", gettext_lazy("absent, unexcused")),
    ("excused", gettext_lazy("absent, excused")),
    ("suspended", gettext_lazy("suspended")),
    ("undetermined", gettext_lazy("not known yet")),
    ("void", gettext_lazy("no school")),
    ("away", gettext_lazy("not enrolled")),
)


def mode_letter(mode: str) -> str:
    """The letter that stands beside a day's shape; empty for in person, and where there is no mode."""
    return str(MODE_LETTERS.get(mode, ""))


def chronic_words(figures: YearFigures) -> str:
    """Where a student stands with chronic absence (RD-43)."""
    return {
        Chronic.TOO_EARLY: _("Too early to say"),
        Chronic.NO: _("Not chronic"),
        Chronic.YES: _("Chronic"),
    }[figures.chronic]
