"""What a day on which every class and its work are asked for still lacks, piece by piece (RD-26)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from attendance.rules.contributions import attended_and_done
from attendance.selectors.judged import JudgedDay

MISSED, NOT_DONE, NOT_TAKEN, NOT_CONFIRMED = "missed", "work_not_done", "not_taken", "work_not_confirmed"
# What may still come; the others are lost.
OPEN = (NOT_TAKEN, NOT_CONFIRMED)


def lacks_of(judged: JudgedDay) -> Mapping[tuple[str, int], str]:
    """What is missing, by kind and id of the piece; empty on a day that asks no such thing."""
    if judged.facts.every_class is None:
        return {}
    reviews = {each.section_id: each for each in judged.day.about.reviews}
    found = {}
    for piece in judged.facts.meetings:
        review = reviews.get(piece.section_id)
        there, done = attended_and_done(piece, review, judged.plan, percent=judged.policy.presence_percent)
        if not there.possible:
            found[piece.kind, piece.id] = MISSED
        elif not done.possible:
            found[piece.kind, piece.id] = NOT_DONE
        elif not there.certain:
            found[piece.kind, piece.id] = NOT_TAKEN
        elif not done.certain:
            found[piece.kind, piece.id] = NOT_CONFIRMED
    return found


def lack_words(lack: str) -> str:
    """What is missing of a class; empty where nothing is."""
    return {
        MISSED: _("missed"),
        NOT_DONE: _("its work not done"),
        NOT_TAKEN: _("not taken yet"),
        NOT_CONFIRMED: _("its work not confirmed yet"),
    }.get(lack, "")
