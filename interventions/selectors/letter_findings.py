"""What is wrong with the words of a letter, in words; and a letter of nobody, to look at them with."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interventions.rules import letter_text as rule
from interventions.rules.letter_kinds import LetterKind
from interventions.rules.letter_text import Fault, Finding, LetterFacts, LetterText, Template
from students.access import Scope
from students.models import District

_SAMPLE_DAYS, _SATURDAY = 5, 5
_MOST = {"subject": rule.MOST_SUBJECT, "body": rule.MOST_BODY}
# What each placeholder stands for, as the page of words says it.
PLACEHOLDERS: dict[str, Promise] = {
    "student": gettext_lazy("the student’s full name"),
    "child": gettext_lazy("the student’s first name"),
    "recipient": gettext_lazy("who the letter is to"),
    "school": gettext_lazy("the school"),
    "district": gettext_lazy("the district"),
    "date": gettext_lazy("the date of the letter"),
    "absences": gettext_lazy("how many days, as “5 days”"),
    "days": gettext_lazy("the days of the unexcused absences"),
}


def finding_words(finding: Finding) -> str:
    """A sentence that says what to mend."""
    return {
        Fault.UNKNOWN: _("{%(about)s} is no placeholder of this letter."),
        Fault.MISSING: _("{%(about)s} has to stand somewhere."),
        Fault.BRACE: _("A curly brace stands alone: placeholders are written as {student}."),
        Fault.NAMES_TIER: _("A letter never names the tier."),
        Fault.EMPTY: _("The %(about)s is empty."),
        Fault.LONG: _("The %(about)s is too long: at most %(most)s characters."),
    }[finding.fault] % {
        "about": finding.about,
        "most": rule.MOST_SUBJECT if finding.about == "subject" else rule.MOST_BODY,
    }


def sample_letter(scope: Scope, kind: LetterKind, language: str, words: Template) -> LetterText:
    """The words as a letter to nobody who exists; without fault, or they could not be filled."""
    month = [scope.today.replace(day=1) + timedelta(days=each) for each in range(2 * _SAMPLE_DAYS)]
    return rule.written(
        words,
        LetterFacts(
            language=language,
            student="María-José Désir Núñez",
            child="María-José",
            recipient="Jean-Baptiste Désir",
            is_to_student=False,
            school=_("Sample School"),
            district=District.objects.values_list("name", flat=True).get(),
            on=scope.today,
            absences=_SAMPLE_DAYS,
            days=[day for day in month if day.weekday() < _SATURDAY][:_SAMPLE_DAYS],
        ),
    )
