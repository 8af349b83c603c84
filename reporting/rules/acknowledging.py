"""What an acknowledgement of warnings is of: their very words, whatever order they come in (RD-71)."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import NamedTuple


class Warned(NamedTuple):
    """One warning: its words, its day, and whom it is of."""

    message: str
    day: date | None
    student_id: int | None


def digest_of(warnings: Iterable[Warned]) -> str:
    """The SHA-256 by which warnings are known again when the month is built anew; another one when any differs."""
    lines = sorted(f"{each.day or ''} {each.student_id or ''} {each.message}" for each in warnings)
    return sha256("\n".join(lines).encode()).hexdigest()
