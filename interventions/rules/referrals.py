"""How a referral goes on: which status may follow which."""

from collections.abc import Mapping

MADE, ACCEPTED, DECLINED, UNDER_WAY, COMPLETED, WITHDRAWN = (
    "made",
    "accepted",
    "declined",
    "under_way",
    "completed",
    "withdrawn",
)
# A partner may be quick, or change its mind; what was declined or completed by a slip is taken up again. Withdrawn is
# withdrawn: another referral is made.
_NEXT: Mapping[str, tuple[str, ...]] = {
    MADE: (ACCEPTED, UNDER_WAY, COMPLETED, DECLINED, WITHDRAWN),
    ACCEPTED: (UNDER_WAY, COMPLETED, DECLINED, WITHDRAWN),
    UNDER_WAY: (COMPLETED, DECLINED, WITHDRAWN),
    DECLINED: (ACCEPTED, UNDER_WAY),
    COMPLETED: (UNDER_WAY,),
    WITHDRAWN: (),
}
OPEN = frozenset({MADE, ACCEPTED, UNDER_WAY})
# Which ask for words: why, or what came of it.
TOLD_WHY = frozenset({DECLINED, COMPLETED, WITHDRAWN})


def next_statuses(status: str) -> tuple[str, ...]:
    """The statuses that may follow one, the likeliest first; none after a withdrawal."""
    return _NEXT[status]
