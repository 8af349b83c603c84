"""In which schools somebody is asked what: by the roles held there, and not by every right they bring."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.rules.home_needs import ASKED_OF, What, asked_of
from students.access import Scope
from students.models import School
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Places:
    """The schools that somebody reads, by name, and what is asked of them there; by teaching too."""

    scope: Scope
    schools: Sequence[School]
    asked: frozenset[What]

    def of(self, *kinds: What) -> list[School]:
        """The schools in which somebody is asked one of some kinds; a role in the district is asked in each."""
        roles = [held for held in self.scope.roles if not ASKED_OF[held.role].isdisjoint(kinds)]
        if any(held.school_id is None for held in roles):
            return list(self.schools)
        ids = {held.school_id for held in roles}
        return [each for each in self.schools if each.pk in ids]


def places_of(scope: Scope, *, teaches: bool) -> Places:
    """The places of somebody; one statement, and none for whoever reads no school."""
    schools = list(schools_with_right(scope, Right.READ)) if scope.reads_schools else []
    return Places(scope, schools, asked_of((held.role for held in scope.roles), teaches=teaches))
