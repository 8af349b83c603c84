"""Dates and counts as findings and refusals write them."""

from collections.abc import Sequence
from datetime import date


def day_in_words(day: date) -> str:
    """Monday, October 26, 2020."""
    return f"{day:%A, %B} {day.day}, {day.year}"


def span_in_words(starts_on: date, ends_on: date) -> str:
    """A day, or from one day to another."""
    if starts_on == ends_on:
        return day_in_words(starts_on)
    return f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"


def counted(number: int, noun: str) -> str:
    """1 student, 28 students, 1,204 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def first_of(words: Sequence[str], most: int, separator: str = ", ") -> str:
    """The first ones, and how many more there are."""
    more = f" and {len(words) - most} more" if len(words) > most else ""
    return separator.join(words[:most]) + more
