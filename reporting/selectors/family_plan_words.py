"""How a child is taught and what there is to do, in the words of a family: never a word of health (RD-60)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.rules.modes import ASYNC_ONLINE, IN_PERSON, OFFLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS, SYNC_ONLINE
from attendance.rules.plan import DAILY, Plan
from students.languages.days_in_words import day_in_words, weekday_in_words

_WAYS = {
    IN_PERSON: gettext_lazy("At school"),
    SYNC_ONLINE: gettext_lazy("Live classes online"),
    ASYNC_ONLINE: gettext_lazy("Work online, at any hour of the day"),
    OFFLINE_DIGITAL: gettext_lazy("Work on a device, without internet"),
    OFFLINE_PACKETS: gettext_lazy("Paper packets"),
}
_TO_DO = {
    IN_PERSON: gettext_lazy("Come to school on time. Each teacher marks who is in class."),
    SYNC_ONLINE: gettext_lazy(
        "Log on to each class when it meets, and stay to the end. Each teacher marks who is there."
    ),
    ASYNC_ONLINE: gettext_lazy(
        "Work online every school day, on the day itself. What is done a day later does not count for the day before."
    ),
    OFFLINE_DIGITAL: gettext_lazy("Do the work of each day on the device."),
    OFFLINE_PACKETS: gettext_lazy("Do the pages of each day in the packet."),
}


def way_words(mode: str) -> str:
    """A mode of instruction."""
    return str(_WAYS[mode])


def to_do_words(mode: str, plan: Plan, hand_in: Sequence[date]) -> list[str]:
    """What there is to do in a mode; `hand_in` are the last days for handing in work, the next first."""
    said = [str(_TO_DO[mode])]
    if mode in OFFLINE and hand_in:
        said.append(_("Hand the work in by %(day)s.") % {"day": weekday_in_words(hand_in[0])})
    elif mode in OFFLINE:
        said.append(_("Hand the work in every week. The teacher says by which day."))
    if mode in OFFLINE or mode == ASYNC_ONLINE:
        daily = plan.contact_frequency == DAILY
        said.append(_("Talk with the teacher every day.") if daily else _("Talk with each teacher once a week."))
    return said


def span_words(starts_on: date, ends_on: date | None, today: date) -> str:
    """From when until when something holds."""
    first, last = day_in_words(starts_on), day_in_words(ends_on) if ends_on else ""
    if starts_on <= today:
        return _("through %(last)s") % {"last": last} if last else _("until further notice")
    if last:
        return _("from %(first)s through %(last)s") % {"first": first, "last": last}
    return _("from %(first)s on") % {"first": first}
