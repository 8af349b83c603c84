"""What a child's day comes to, in the words of a family: a headline, and a sentence with its figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.rules import family_day as day


@dataclass(frozen=True)
class Minutes:
    """The figures of a day, in minutes."""

    attended: int
    required: int
    needed: int


def headline(state: str, *, day_off: str = "") -> str:
    """What the day is, in a few words."""
    if state == day.NO_SCHOOL:
        return _("No school: %(why)s") % {"why": day_off} if day_off else _("No school")
    return str(_HEADLINES[state])


_HEADLINES = {
    day.PRESENT: gettext_lazy("Present"),
    day.PRESENT_ALREADY: gettext_lazy("Present already"),
    day.EXEMPT: gettext_lazy("Present"),
    day.RESCUED: gettext_lazy("Present"),
    day.NOTHING_YET: gettext_lazy("No class taken yet"),
    day.WORK_AHEAD: gettext_lazy("Works at home today"),
    day.SO_FAR: gettext_lazy("Not decided yet"),
    day.NOT_KNOWN: gettext_lazy("Not known yet"),
    day.EXCUSE_OPEN: gettext_lazy("Not known yet"),
    day.NOTHING_ON_FILE: gettext_lazy("Not known yet"),
    day.ABSENT: gettext_lazy("Absent, not excused"),
    day.ABSENT_EVERY_CLASS: gettext_lazy("Absent, not excused"),
    day.EXCUSED: gettext_lazy("Absent, excused"),
    day.SUSPENDED: gettext_lazy("Suspended"),
    day.NOT_ENROLLED: gettext_lazy("Not enrolled"),
    day.TO_COME: gettext_lazy("Still to come"),
    day.NOT_BEGUN: gettext_lazy("Not begun yet"),
}


def meaning(state: str, name: str, minutes: Minutes | None = None, *, school: str = "") -> str:
    """What that means, in a plain sentence or two; `name` is the child's first name."""
    words: dict[str, str | int] = {"name": name, "school": school}
    if minutes is not None:
        words |= {"attended": minutes.attended, "required": minutes.required, "needed": minutes.needed}
    return str(_MEANINGS[state]) % words


_MEANINGS = {
    day.PRESENT: gettext_lazy(
        "Minutes attended: %(attended)s of %(required)s. To count as present, %(needed)s are needed."
    ),
    day.PRESENT_ALREADY: gettext_lazy(
        "Minutes attended so far: %(attended)s. To count as present, %(needed)s are needed. "
        "The other classes cannot change this."
    ),
    day.EXEMPT: gettext_lazy("No class was required of %(name)s on this day."),
    day.RESCUED: gettext_lazy(
        "%(name)s missed time in a live online class, but worked online the same day. That counts."
    ),
    day.NOTHING_YET: gettext_lazy(
        "Teachers mark each class when it meets. Each mark appears here as soon as it is made."
    ),
    day.WORK_AHEAD: gettext_lazy(
        "The work of the day decides. What is done appears here when the computer reports it or the teacher enters it."
    ),
    day.SO_FAR: gettext_lazy(
        "Minutes attended so far: %(attended)s. To count as present, %(needed)s of %(required)s are needed."
    ),
    day.NOT_KNOWN: gettext_lazy("The school has not entered everything for this day yet. This is not an absence."),
    day.EXCUSE_OPEN: gettext_lazy(
        "The school has not entered everything for this day yet. Until then nobody knows whether the excuse covers it."
    ),
    day.NOTHING_ON_FILE: gettext_lazy(
        "The school has no classes on file for %(name)s on this day. This is not an absence. Please ask the school."
    ),
    day.ABSENT: gettext_lazy(
        "Minutes attended: %(attended)s. To count as present, %(needed)s of %(required)s are needed. "
        "The school has accepted no excuse that covers the day."
    ),
    day.ABSENT_EVERY_CLASS: gettext_lazy(
        "On this day every class had to be attended and its work done. Something is missing. "
        "The school has accepted no excuse that covers the day."
    ),
    day.EXCUSED: gettext_lazy(
        "Minutes attended: %(attended)s. To count as present, %(needed)s of %(required)s are needed. "
        "The school has accepted an excuse."
    ),
    day.SUSPENDED: gettext_lazy("The school did not let %(name)s attend on this day. An excuse does not change it."),
    day.NOT_ENROLLED: gettext_lazy("%(name)s was not enrolled in a school of this district on this day."),
    day.NO_SCHOOL: gettext_lazy("%(school)s has no school on this day."),
    day.TO_COME: gettext_lazy("Nobody can be present or absent before the day."),
    day.NOT_BEGUN: gettext_lazy("The classes of the day appear here in the morning."),
}
