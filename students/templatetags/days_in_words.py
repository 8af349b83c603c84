"""Days and times in the words of the page's language: `{{ day|weekday_in_words }}`. A missing one prints nothing."""

from datetime import date, datetime, time

from django import template

from students.languages import days_in_words as words

register = template.Library()


@register.filter
def weekday_in_words(day: date | None) -> str:
    """Tuesday, October 27."""
    return words.weekday_in_words(day) if day else ""


@register.filter
def weekday_and_year(day: date | None) -> str:
    """Tuesday, October 27, 2020."""
    return words.weekday_in_words(day, year=True) if day else ""


@register.filter
def day_in_words(day: date | None) -> str:
    """October 27."""
    return words.day_in_words(day) if day else ""


@register.filter
def day_and_year(day: date | None) -> str:
    """October 27, 2020."""
    return words.day_in_words(day, year=True) if day else ""


@register.filter
def short_day(day: date | None) -> str:
    """Oct 27."""
    return words.short_day(day) if day else ""


@register.filter
def month_in_words(day: date | None) -> str:
    """October 2020."""
    return words.month_in_words(day) if day else ""


@register.filter(expects_localtime=True)
def time_in_words(moment: time | datetime | None) -> str:
    """1:05 p.m."""
    return words.time_in_words(moment) if moment else ""
