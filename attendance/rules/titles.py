"""How pages name a class and its meetings."""

from collections.abc import Sequence


def meeting_title(course: str, period: str) -> str:
    """The course and the period: "Algebra I, period 3"."""
    return f"{course}, {period_title(period)}"


def period_title(period: str) -> str:
    """A period as it is spoken of: "period 3", "Reading"; one that carries the word is not given it twice."""
    return period if "period" in period.lower() or not period[:1].isdigit() else f"period {period}"


def class_title(title: str, periods: Sequence[str]) -> str:
    """A class among others of its course: "Algebra I, period 3"."""
    return ", ".join([title, *map(period_title, periods)])
