"""Who writes campaigns to whom: a school's care team to its families, its administrators to its staff, the district to
everybody, partners included.
"""

from collections.abc import Sequence

from interventions.access import CAMPAIGN_RIGHTS
from interventions.models import Audience, Campaign
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope
from students.selectors.places import schools_with_right


def check_writes_campaigns(scope: Scope) -> None:
    """Raises NotInScope for whom there are no campaigns."""
    if not scope.works_cases:
        raise NotInScope


def audiences_of(scope: Scope) -> list[Audience]:
    """To whom somebody may write."""
    found = [audience for audience, right in CAMPAIGN_RIGHTS.items() if scope.somewhere(right)]
    return [*found, Audience.PARTNERS] if scope.district_wide else found


def schools_to_write_to(scope: Scope, audience: str) -> Sequence[School]:
    """The schools whose families, or staff, somebody may write to; none for partners, who are the district's."""
    right = CAMPAIGN_RIGHTS.get(Audience(audience))
    return list(schools_with_right(scope, right)) if right else []


def schools_of_campaign(scope: Scope, audience: str, asked: Sequence[int]) -> list[int]:
    """The schools that a campaign is stored with; empty is the whole district.

    Who writes for some schools alone and names none writes to all of these. Raises NotInScope for another's school, and
    Forbidden for an audience that is not this person's to write to.
    """
    if audience not in audiences_of(scope):
        raise Forbidden("Only an administrator writes to staff, and only the district to partners.")
    right = CAMPAIGN_RIGHTS.get(Audience(audience))
    if right is None:
        return []
    mine = {each.pk for each in schools_to_write_to(scope, audience)}
    if not mine.issuperset(asked):
        raise NotInScope
    return sorted(set(asked)) or ([] if scope.everywhere(right) else sorted(mine))


def campaign_in_scope(scope: Scope, campaign_id: int) -> Campaign:
    """A campaign with its texts and people. Raises NotInScope."""
    people = ("written_by", "queued_by", "stopped_by")
    found = visible_to(scope, Campaign).select_related(*people).prefetch_related("texts").filter(pk=campaign_id).first()
    if found is None:
        raise NotInScope
    return found
