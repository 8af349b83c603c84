"""The legal bases as the form of a referral explains them, and why a partner is told no more (RD-61)."""

from django.utils.translation import gettext_lazy as _

from interventions.rules.sharing import AGENCIES, COMPANIONS, Kind
from interventions.selectors.refer_page import Chosen

BASES = {
    "consent": _("A parent or guardian agreed, or the student who is 18."),
    "school_official": _("A unit of the district, or a partner under a written agreement with it."),
    "emergency": _("Somebody’s health or safety is in danger now, and the partner can act on it."),
    "court_order": _("A court ordered it."),
    "child_welfare": _("The Department of Children and Families, for a child that it cares for or looks for."),
}
_COMPANION = _(
    "Mentors, volunteers, teams and internship providers are told the name, the school and the grade, and whom to "
    "contact only with consent."
)
_AGENCY = _("An agency that looks for a student is told who it is and whom to contact, and nothing of absences.")
_COMMUNITY = _("A community organization is told whom to contact only with consent.")
_UNIT = _("A unit of the district is told what its part in the plan needs, and no more.")


def why_no_more(chosen: Chosen) -> str:
    """One sentence on the limit of what a chosen partner is told."""
    kind = Kind(chosen.partner.kind)
    if kind in COMPANIONS:
        return str(_COMPANION)
    if kind in AGENCIES or chosen.partner.locates_students:
        return str(_AGENCY)
    return str(_COMMUNITY if kind == Kind.COMMUNITY else _UNIT)
