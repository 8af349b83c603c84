"""What can come of an attempt to reach a family, and which step of a plan it works on."""

from collections.abc import Mapping

# By the kind of the attempt, in the order in which they are offered.
RESULTS: Mapping[str, tuple[str, ...]] = {
    "call": ("reached", "left_message", "no_answer", "wrong_number", "refused"),
    "text": ("sent", "reached", "wrong_number"),
    "email": ("sent", "reached", "wrong_number"),
    "letter": ("sent", "reached", "wrong_number"),
    "visit": ("reached", "left_message", "not_home", "wrong_number", "refused"),
    "meeting": ("reached", "not_home", "refused"),
    "agency": ("sent", "reached", "no_answer", "refused"),
}

# The kinds of step that an attempt works on when nobody says otherwise.
STEPS: Mapping[str, tuple[str, ...]] = {
    "call": ("call",),
    "visit": ("visit",),
    "meeting": ("conference", "family_meeting"),
    "agency": ("agency",),
}


def can_come_of(kind: str, result: str) -> bool:
    """Whether a result can come of an attempt of a kind: nobody is found not at home by telephone."""
    return result in RESULTS.get(kind, ())
