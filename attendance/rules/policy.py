"""What a district goes by: the policy's figures as plain values, always an argument of the rules."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Policy:
    """The policy in force on a day. Minutes are instructional minutes, days are school days.

    `accepted_documents` maps the reason of an excuse to the kinds of document that suffice (ST-03, MS-34), and
    `undocumented_notes_per_term` to how many notes of parents excuse in a term without one.
    """

    id: int
    name: str
    starts_on: date
    presence_percent: int = 63
    minimum_minutes: int = 240
    encouraged_minutes: int = 330
    instructional_days: int = 180
    waivable_days: int = 10
    excuse_due_days: int = 3
    entry_window_days: int = 7
    accepted_documents: dict[str, list[str]] = field(default_factory=dict, compare=False)
    undocumented_notes_per_term: dict[str, int] = field(default_factory=dict, compare=False)


class NoPolicy(Exception):
    """No policy is in force on a day, so nothing can be judged."""


def policy_on(day: date, policies: list[Policy]) -> Policy:
    """The policy in force on a day: the latest that has begun. Raises NoPolicy before the first."""
    begun = [policy for policy in policies if policy.starts_on <= day]
    if not begun:
        raise NoPolicy(f"No attendance policy is in force on {day}.")
    return max(begun, key=lambda policy: policy.starts_on)
