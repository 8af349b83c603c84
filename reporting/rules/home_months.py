"""Whose turn a month is that is over, and for what (RD-70, RD-71)."""

from enum import StrEnum


class Turn(StrEnum):
    """What a school's month waits for."""

    SCHOOL = "school"
    """To be built, mended or approved."""
    DISTRICT = "district"
    """To be certified."""
    STATE = "state"
    """Its files to be filed, until the state has taken each."""
    WORKER = "worker"
    """Being built."""
    NOBODY = "nobody"


def turn_of(run_state: str, *, is_approved: bool, is_certified: bool, is_filed: bool) -> Turn:
    """Whose turn it is; `run_state` is that of the newest run that was not cancelled, empty for none.

    One that is blocked by findings or failed is the school's again.
    """
    if run_state in ("waiting", "running"):
        return Turn.WORKER
    if run_state != "done":
        return Turn.SCHOOL
    if is_certified:
        return Turn.NOBODY if is_filed else Turn.STATE
    return Turn.DISTRICT if is_approved else Turn.SCHOOL
