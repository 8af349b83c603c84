"""Whether somebody teaches, whatever else they do."""

from students.access import Scope, taught_section_ids


def teaches(scope: Scope) -> bool:
    """Whether a section is this person's to teach on the scope's day."""
    return taught_section_ids(scope).exists()
