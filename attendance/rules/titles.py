"""How pages name a class meeting."""


def meeting_title(course: str, period: str) -> str:
    """The course and the period: "Algebra I, period 3"; a period that carries the word is not given it twice."""
    named = period if "period" in period.lower() or not period[:1].isdigit() else f"period {period}"
    return f"{course}, {named}"
