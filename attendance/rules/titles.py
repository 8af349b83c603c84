"""How pages name a class and its meetings."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Protocol


def meeting_title(course: str, period: str) -> str:
    """The course and the period: "Algebra I, period 3"."""
    return f"{course}, {period_title(period)}"


def period_title(period: str) -> str:
    """A period as it is spoken of: "period 3", "Reading"; one that carries the word is not given it twice."""
    return period if "period" in period.lower() or not period[:1].isdigit() else f"period {period}"


class Named(Protocol):
    """A class as the roster names it."""

    @property
    def pk(self) -> int:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title, which other classes of its course have too."""

    @property
    def periods(self) -> Sequence[str]:
        """The periods that the roster gives it."""


def told_apart(classes: Collection[Named]) -> dict[int, str]:
    """What each of some classes is called, by id; those of one title by the periods that the roster gives them too."""
    alike = Counter(each.title for each in classes)
    return {each.pk: class_title(each.title, each.periods if alike[each.title] > 1 else []) for each in classes}


def class_title(title: str, periods: Sequence[str]) -> str:
    """A class among others of its course: "Algebra I, period 3"."""
    return ", ".join([title, *map(period_title, periods)])


def on_rotation_days(title: str, days: Sequence[str]) -> str:
    """A class among others of its period: "Algebra I, Block 2, A days"; as it was for one that meets on every day."""
    return f"{title}, {'/'.join(days)} days" if days else title
