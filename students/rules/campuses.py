"""What the name of a school says of it (MS-11)."""

import re

_VIRTUAL = re.compile(r"\b(virtual|online|cyber)\b", re.IGNORECASE)


def speaks_of_virtual(name: str) -> bool:
    """Whether a school's name speaks of virtual instruction, and so hardly of a campus."""
    return _VIRTUAL.search(name) is not None
