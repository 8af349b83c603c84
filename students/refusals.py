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
