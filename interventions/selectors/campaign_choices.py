"""What a campaign's form offers to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from interventions.models import Audience
from interventions.selectors.campaign_audience import spoken
from interventions.selectors.campaign_rights import audiences_of, check_writes_campaigns, schools_to_write_to
from students.access import Scope, visible_to
from students.languages.offered import OFFERED
from students.models import Enrollment, Guardian, School


@dataclass(frozen=True)
class CampaignChoices:
    """Audiences, schools and grades in scope; languages that families read, and those that they speak besides."""

    audiences: Sequence[Audience]
    schools: Sequence[School]
    grades: Sequence[str]
    languages: Sequence[str]


def campaign_choices(scope: Scope) -> CampaignChoices:
    """What can be chosen; the same statements for everybody. Raises NotInScope for who writes no campaigns."""
    check_writes_campaigns(scope)
    schools = schools_to_write_to(scope, Audience.FAMILIES)
    held = Enrollment.attending_on(scope.today).filter(school__in=[each.pk for each in schools], is_primary=True)
    grades = held.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct()
    codes = visible_to(scope, Guardian).exclude(language="").order_by().values_list("language", flat=True).distinct()
    besides = sorted({spoken(code) for code in codes} - set(OFFERED))
    return CampaignChoices(audiences_of(scope), schools, list(grades), [*OFFERED, *besides])
