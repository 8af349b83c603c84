"""What a service says when it refuses. Faces map each once: a page, a status, an exit code."""

# What is said of a record out of scope, in the one way that tells nobody whether it exists.
NOT_HERE = (
    "It does not exist, or it is of a class or student that is not yours. "
    "A class that should be yours comes with the roster: ask your school’s administrator."
)


class Refused(Exception):
    """The act is not allowed as asked; the message says why and what to do, in words for people."""


class Forbidden(Refused):
    """The record is in scope, but the act is not this person's to do (403)."""


class Stale(Refused):
    """Somebody else changed the record since the page was read; nothing was written (409)."""


class NotInScope(Exception):
    """There is no such record for this person (404), whether or not it exists."""


class FrozenDays(Exception):
    """Days of a certified month would change, and nobody said why. Faces ask for the reason and send it again.

    `days` of one school, from `first` to `last`, both ISO dates and inclusive.
    """

    # The SQLSTATE that the triggers of frozen months raise.
    SQLSTATE = "FB001"

    def __init__(self, days: int, first: str, last: str) -> None:
        """What the database said."""
        shown = first if first == last else f"{first} to {last}"
        super().__init__(f"{shown} lies in a month that is certified. Say why it is changed.")
        self.days, self.first, self.last = days, first, last

    @classmethod
    def read(cls, detail: str) -> "FrozenDays":
        """From the detail of the database's error: days, first and last, apart by spaces."""
        days, first, last = detail.split()
        return cls(int(days), first, last)
