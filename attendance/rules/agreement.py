"""Whether what somebody agreed to in a preview is what would be done now."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was asked for, and what it was asked of, each as a digest."""

    asked: str
    stood: str

    def __str__(self) -> str:
        return f"{self.asked}-{self.stood}"

    def differs_in_what_was_asked(self, agreed: str) -> bool:
        """Whether somebody agreed to another request."""
        return agreed.partition("-")[0] != self.asked

    def differs(self, agreed: str) -> bool:
        """Whether somebody agreed to another request, or to the same on other grounds."""
        return agreed != str(self)


def agreement(asked: Iterable[object], stood: Iterable[object]) -> Agreement:
    """The agreement on a request, and on what it meets; both in an order of their own."""
    return Agreement(_digest(asked), _digest(stood))


def _digest(parts: Iterable[object]) -> str:
    return sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:_LENGTH]
