"""Help, law and excuses in the words of a family."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.rules import family_excuse as excuse
from reporting.rules.family_excuse import ToDo
from reporting.rules.family_support import Law
from students.languages.days_in_words import day_in_words

_OFFERS = {
    "call": gettext_lazy("a call to talk about what would help"),
    "visit": gettext_lazy("a visit at your home"),
    "conference": gettext_lazy("a meeting with you at school"),
    "services": gettext_lazy("services that can help"),
    "review": gettext_lazy("a meeting of the school’s attendance team"),
    "family_meeting": gettext_lazy("a plan that you make together with the school"),
    "incentive": gettext_lazy("encouragement for coming to school"),
    "mentoring": gettext_lazy("a mentor"),
    "district": gettext_lazy("help from the district, such as counseling"),
    "community": gettext_lazy("help from organizations near you"),
    "case_management": gettext_lazy("one team that plans all the help together with you"),
}


def offer_words(kinds: Sequence[str]) -> list[str]:
    """What the school offers, in the order given."""
    return [str(_OFFERS[kind]) for kind in kinds]


def absences_words(absences: int) -> str:
    """So many absences."""
    return ngettext("%(n)s absence", "%(n)s absences", absences) % {"n": absences}


def law_words(law: Law) -> list[str]:
    """What the law expects, and where the child stands, a sentence each."""
    *first, last = (str(each) for each in law.thresholds)
    numbers = _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    said = [
        _(
            "State law asks children to be in school every day. At %(numbers)s absences without an accepted excuse in "
            "one school year, the school must tell the school attendance officer."
        )
        % {"numbers": numbers},
        ngettext(
            "So far there is %(n)s absence without an accepted excuse.",
            "So far there are %(n)s absences without an accepted excuse.",
            law.unexcused,
        )
        % {"n": law.unexcused},
    ]
    if law.is_final:
        said.append(_("The last notice is reached: a court may be asked to step in. Please talk to the school now."))
    elif law.next_at is not None:
        left = law.next_at - law.unexcused
        said.append(
            ngettext(
                "With %(n)s more, the school must tell the officer.",
                "With %(n)s more, the school must tell the officer.",
                left,
            )
            % {"n": left}
        )
    return said


def to_do_words(each: ToDo) -> str:
    """What a family can do about an unexcused day."""
    until = {"day": day_in_words(each.until) if each.until else ""}
    return {
        excuse.SEND: _("Send the doctor’s excuse or another document by %(day)s."),
        excuse.SEND_ANY_TIME: _("Send the doctor’s excuse or another document."),
        excuse.TOO_LATE: _("The last day for a document was %(day)s. Ask the school’s office what can be done."),
        excuse.WAITS: _("An excuse is on file, and the school has not accepted it yet."),
        excuse.NEEDS_MORE: _("What the school has is not enough. Ask the school’s office which document is needed."),
        excuse.WAS_REFUSED: _("The school did not accept the excuse. Ask the school’s office why."),
    }[each.what] % until
