"""What a disengaged student needs most, as the criteria suggest it; people may say otherwise (MD-08)."""

from collections.abc import Collection

from interventions.rules.disengagement import Sign

LOCATE, CONNECT, RETURN = "locate", "connect", "return"


def need_of(signs: Collection[str], *, is_unlocated: bool = False) -> str:
    """To be found, where nobody was reached; to get online, where the week's talk is missing; else to come back."""
    if is_unlocated or Sign.FAILED_CONTACTS in signs:
        return LOCATE
    return CONNECT if Sign.WEEKS in signs else RETURN
