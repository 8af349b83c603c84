"""Which letter an event calls for, and in which languages there are words for it (MD-05 to MD-07, ST-02)."""

from collections.abc import Sequence
from enum import StrEnum

LANGUAGES = ("en", "es", "ht")
DISENGAGED = "disengaged"


class LetterKind(StrEnum):
    """What a letter is about. The district writes its words for each, in each language."""

    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
    DISENGAGED = "disengaged"
    TRUANCY_FIRST = "truancy_first"
    TRUANCY_AGAIN = "truancy_again"
    TRUANCY_FINAL = "truancy_final"

    @property
    def is_of_truancy(self) -> bool:
        """Whether it is about unlawful absences, and not about support."""
        return self in (LetterKind.TRUANCY_FIRST, LetterKind.TRUANCY_AGAIN, LetterKind.TRUANCY_FINAL)


def kind_of_crossing(tier: int, ground: str) -> LetterKind:
    """The letter of a tier that was reached; disengagement has words of its own, for it may be of few absences."""
    return LetterKind.DISENGAGED if ground == DISENGAGED else LetterKind(f"tier_{tier}")


def kind_of_notice(threshold: int, *, is_final: bool, thresholds: Sequence[int]) -> LetterKind:
    """The letter of a threshold of unlawful absences; `thresholds` are those of the policy in force."""
    if is_final:
        return LetterKind.TRUANCY_FINAL
    first = min(thresholds, default=threshold)
    return LetterKind.TRUANCY_FIRST if threshold <= first else LetterKind.TRUANCY_AGAIN
