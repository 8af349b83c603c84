"""What a campaign's placeholders mean to one person, and what is said of what is wrong with a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from interventions.models import Campaign
from interventions.rules.campaign_text import Fault, Finding, Text, listed
from students.access import Scope
from students.models import District, Enrollment
from students.templatetags.languages import language_name


@dataclass(frozen=True, slots=True)
class Child:
    """What a family is told of its child: nothing that another family is not told of its own."""

    student_id: int
    first_name: str
    school: str


def children_enrolled(scope: Scope, of: Q) -> list[Child]:
    """Those of some enrollments' children who go to school today, as their families call them."""
    held = Enrollment.attending_on(scope.today).filter(of, is_primary=True)
    rows = held.values_list("student_id", "student__preferred_name", "student__given_name", "school__name")
    return [Child(pk, preferred or given, school) for pk, preferred, given, school in rows]


def district_name(scope: Scope) -> str:
    """The district's name; empty before there is one."""
    return District.objects.values_list("name", flat=True).first() or ""


def values_for(district: str, children: Sequence[Child], language: str) -> Mapping[str, str]:
    """What each placeholder is filled with."""
    return {
        "children": listed(sorted({each.first_name for each in children}), language),
        "school": listed(sorted({each.school for each in children}), language),
        "district": district,
    }


def texts_of(campaign: Campaign) -> dict[str, Text]:
    """A campaign's texts by language, English first."""
    texts = sorted(campaign.texts.all(), key=lambda each: (each.language != "en", each.language))
    return {each.language: Text(each.subject, each.body) for each in texts}


def finding_words(finding: Finding, language: str) -> str:
    """A fault of a text, in words for who wrote it."""
    said = {
        Fault.EMPTY: _("The text in %(language)s lacks its subject, or its words."),
        Fault.BRACE: _("The text in %(language)s has a brace that opens or closes no placeholder."),
        Fault.UNKNOWN: _("The text in %(language)s has {%(about)s}, which cannot be filled in for this audience."),
        Fault.REVEALS: _(
            "The text in %(language)s says “%(about)s”. A message chosen by tier never says so: write what the "
            "family can do, and not why it was chosen (MD-09)."
        ),
    }[finding.fault]
    return said % {"language": language_name(language), "about": finding.about}
