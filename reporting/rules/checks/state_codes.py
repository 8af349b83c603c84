"""A school without its complete state code cannot be named in any file (MS-37)."""

import re
from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found


def check(facts: MonthFacts) -> Iterator[Found]:
    """A school code that the state could not read."""
    if not re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{3}", facts.school.organization):
        yield Found(
            ERROR,
            "no_state_code",
            "MS-37",
            f"{facts.school.name} has no complete state code: “{facts.school.organization}”.",
            "Give the district's dddd and the school's dddd-sss in orgs.identifier of the next roster import.",
        )
