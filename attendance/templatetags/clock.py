"""Times as pages print them, never broken across lines; instants in the time zone of the page.

A missing one prints nothing.
"""

from datetime import datetime, time

from django import template
from django.utils.dateformat import format as date_as

from attendance.rules import time_words

register = template.Library()

NO_BREAK = "\N{NO-BREAK SPACE}"


@register.filter(expects_localtime=True)
def class_time(moment: time | datetime | None) -> str:
    """A time of a class: 1:05."""
    return time_words.class_time(moment) if moment else ""


@register.filter(expects_localtime=True)
def time_of_day(moment: time | datetime | None) -> str:
    """A time by itself: 1:05 pm."""
    return time_words.time_of_day(moment).replace(" ", NO_BREAK) if moment else ""


@register.filter(expects_localtime=True)
def instant(moment: datetime | None, day: str) -> str:
    """A day, in Django's letters for dates, and the time: `at|instant:"M j"` is Oct 27, 10:02 am."""
    return f"{date_as(moment, day)}, {time_of_day(moment)}" if moment else ""
