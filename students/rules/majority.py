"""When a student's rights are the student's own (RD-62)."""

from datetime import date

AGE = 18


def of_age_on(birth_date: date) -> date:
    """The 18th birthday; who was born on February 29 has it on March 1 in a year without that day."""
    try:
        return birth_date.replace(year=birth_date.year + AGE)
    except ValueError:
        return date(birth_date.year + AGE, 3, 1)


def is_of_age(birth_date: date | None, today: date) -> bool:
    """Whether a student is 18 or older; without a birth date nobody is."""
    return birth_date is not None and of_age_on(birth_date) <= today


def born_by(today: date) -> date:
    """The last day of birth of who is 18 or older on a day."""
    try:
        return today.replace(year=today.year - AGE)
    except ValueError:
        return date(today.year - AGE, 2, 28)
