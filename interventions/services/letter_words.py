"""Writes the district's words for letters: another row from a day on, checked before anybody is written to."""

from datetime import date

from django.db import transaction

from interventions.models import LetterTemplate
from interventions.rules.letter_text import Template, findings
from interventions.selectors.letter_findings import finding_words
from interventions.selectors.letter_templates import template_page
from students.access import Scope
from students.models import District
from students.refusals import Forbidden, Refused, Stale

DISTRICT_ALONE = "The words of letters are the district’s: only a district administrator writes them."


def write_letter_words(
    scope: Scope, kind: str, language: str, words: Template, *, holds_from: date, seen: int
) -> LetterTemplate:
    """Let other words hold from a day on; letters that are written stay as they are. Sent twice it is written once.

    `seen` is the row that stood when the page was read. Raises NotInScope, Forbidden, Refused with everything that is
    wrong with the words or the day, or Stale where somebody wrote others meanwhile.
    """
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    words = Template(_tidy(words.subject), _tidy(words.body))
    with transaction.atomic():
        # The district's row orders two administrators.
        District.objects.select_for_update(no_key=True).first()
        page = template_page(scope, kind, language)
        newest = page.newest
        if (newest.subject, newest.body, newest.holds_from) == (words.subject, words.body, holds_from):
            return newest
        if newest.pk != seen:
            raise Stale("Somebody else wrote other words since you opened the page. Look at them first.")
        if holds_from < scope.today:
            raise Refused("Words hold from today at the earliest: what was written before stands.")
        if wrong := findings(page.kind, words):
            raise Refused(" ".join(finding_words(each) for each in wrong))
        return LetterTemplate.objects.create(
            kind=kind,
            language=language,
            holds_from=holds_from,
            subject=words.subject,
            body=words.body,
            written_by_id=scope.person,
            written_at=scope.now,
        )


def _tidy(text: str) -> str:
    """As a browser sends it: its line ends, and blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
