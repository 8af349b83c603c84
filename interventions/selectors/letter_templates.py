"""The words of letters that hold on a day, and those of before."""

from collections.abc import Mapping
from dataclasses import dataclass

from interventions.models import LetterTemplate
from interventions.rules.letter_kinds import LANGUAGES, LetterKind
from interventions.rules.letter_text import Template
from students.access import Scope
from students.refusals import Forbidden, NotInScope

Which = tuple[str, str]
FOR_CARE_TEAMS = "The words of letters are for counselors and administrators."


@dataclass(frozen=True)
class TemplatePage:
    """The words of a kind in a language: those that hold, those to come, and those before, the newest first."""

    kind: LetterKind
    language: str
    holding: LetterTemplate
    coming: list[LetterTemplate]
    past: list[LetterTemplate]

    @property
    def newest(self) -> LetterTemplate:
        """What somebody who writes other words begins with."""
        return self.coming[0] if self.coming else self.holding


def templates_today(scope: Scope) -> Mapping[Which, LetterTemplate]:
    """Of each kind and language the words in force; one statement."""
    rows = LetterTemplate.objects.filter(holds_from__lte=scope.today).select_related("written_by")
    return {(row.kind, row.language): row for row in rows.order_by("holds_from", "pk")}


def template_page(scope: Scope, kind: str, language: str) -> TemplatePage:
    """Raises NotInScope for a kind or language that there is not, and Forbidden for who is in no care team."""
    if kind not in list(LetterKind) or language not in LANGUAGES:
        raise NotInScope
    if not scope.works_cases:
        raise Forbidden(FOR_CARE_TEAMS)
    rows = LetterTemplate.objects.filter(kind=kind, language=language).select_related("written_by")
    ordered = list(rows.order_by("-holds_from", "-pk"))
    coming = [row for row in ordered if row.holds_from > scope.today]
    holding, *past = ordered[len(coming) :]
    return TemplatePage(LetterKind(kind), language, holding, coming, past)


def words_list(scope: Scope) -> list[tuple[LetterKind, list[LetterTemplate]]]:
    """Every kind with the words in force in each language. Raises Forbidden for who is in no care team."""
    if not scope.works_cases:
        raise Forbidden(FOR_CARE_TEAMS)
    held = templates_today(scope)
    return [(kind, [held[kind, language] for language in LANGUAGES]) for kind in LetterKind]


def words_of(template: LetterTemplate) -> Template:
    """The words as the rule takes them."""
    return Template(template.subject, template.body)
