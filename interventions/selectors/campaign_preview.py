"""What somebody sees before a campaign is sent: how many, who is left out, a few of them, and what they will read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from interventions.models import Campaign, Partner
from interventions.rules.campaign_text import ENGLISH, Text, filled, language_for
from interventions.selectors.campaign_audience import GUARDIAN, PARTNER, LeftOut, Person, reach
from interventions.selectors.campaign_list import school_names
from interventions.selectors.campaign_words import Child, children_enrolled, district_name, texts_of, values_for
from students.access import Scope, visible_to
from students.models import Guardian, Student, User

SAMPLE = 8


@dataclass(frozen=True)
class LanguageLine:
    """How many speak a language, and whether the campaign is written in it; else they get English."""

    language: str
    people: int
    is_written: bool


@dataclass(frozen=True)
class SampleLine:
    """One who would get it; the name is empty for who may not know it."""

    name: str
    language: str
    children: int


@dataclass(frozen=True)
class Letter:
    """The message in one language, as one of the audience gets it."""

    language: str
    text: Text


@dataclass(frozen=True)
class Preview:
    """A campaign as it would be sent today."""

    people: int
    children: int
    languages: Sequence[LanguageLine]
    schools: Sequence[tuple[str, int]]
    left_out: Sequence[tuple[str, int]]
    sample: Sequence[SampleLine]
    letters: Sequence[Letter]

    @property
    def in_english_instead(self) -> int:
        """How many get English because their language is missing."""
        return sum(line.people for line in self.languages if not line.is_written)


def preview(scope: Scope, campaign: Campaign) -> Preview:
    """The preview of a campaign that the caller took from the scope; the same statements however many people."""
    found, texts = reach(scope, campaign), texts_of(campaign)
    spoken = Counter(each.language for each in found.people)
    schools = school_names(scope)
    at = Counter(school for each in found.people for school in each.school_ids)
    return Preview(
        people=len(found.people),
        children=len({child for each in found.people for child in each.student_ids}),
        languages=[LanguageLine(code, number, code in texts) for code, number in spoken.most_common()],
        schools=sorted((schools.get(school, ""), number) for school, number in at.items()),
        left_out=left_out_words(scope, found.left_out),
        sample=_sample(scope, found.people),
        letters=_letters(scope, texts, found.people),
    )


def left_out_words(scope: Scope, left_out: Mapping[str, int]) -> list[tuple[str, int]]:
    """Why some are left out, and how many."""
    words = {
        LeftOut.OPTED_OUT: _("by their own wish"),
        LeftOut.NO_ADDRESS: _("without an e-mail address"),
        LeftOut.COMES_BACK: _("with an address whose mail comes back"),
        LeftOut.SHARED: _("who share a mailbox with somebody who gets it"),
    }
    return [(said, left_out[why]) for why, said in words.items() if left_out.get(why)]


def _sample(scope: Scope, people: Sequence[Person]) -> list[SampleLine]:
    """A few from the whole length of the list."""
    chosen = people[:: max(1, len(people) // SAMPLE)][:SAMPLE]
    names = _names(scope, chosen)
    return [SampleLine(names.get((each.kind, each.pk), ""), each.language, len(each.student_ids)) for each in chosen]


def _names(scope: Scope, people: Sequence[Person]) -> dict[tuple[str, int], str]:
    """Families' names for who may call them, colleagues' for everybody."""
    ids = {kind: [each.pk for each in people if each.kind == kind] for kind in {each.kind for each in people}}
    found: dict[tuple[str, int], str] = {}
    for guardian in visible_to(scope, Guardian).filter(pk__in=ids.get(GUARDIAN, [])):
        found[GUARDIAN, guardian.pk] = str(guardian)
    for partner in visible_to(scope, Partner).filter(pk__in=ids.get(PARTNER, [])):
        found[PARTNER, partner.pk] = partner.name
    in_person = {child: each for each in people if each.kind not in (GUARDIAN, PARTNER) for child in each.student_ids}
    for student in visible_to(scope, Student).filter(pk__in=list(in_person)):
        found[in_person[student.pk].kind, in_person[student.pk].pk] = student.listed_name
    staff = [each.pk for each in people if each.kind not in (GUARDIAN, PARTNER) and not each.student_ids]
    for user in User.objects.filter(pk__in=staff):
        found["user", user.pk] = user.full_name
    return found


def _letters(scope: Scope, texts: Mapping[str, Text], people: Sequence[Person]) -> list[Letter]:
    readers = {language: _reader(language, texts, people) for language in texts}
    ids = {child for reader in readers.values() if reader for child in reader.student_ids}
    children = {each.student_id: each for each in children_enrolled(scope, Q(student__in=ids))}
    district = district_name(scope)
    return [
        Letter(language, _as_read(text, language, readers[language], children, district))
        for language, text in texts.items()
    ]


def _reader(language: str, texts: Mapping[str, Text], people: Sequence[Person]) -> Person | None:
    """Somebody who gets it in the language; anybody where nobody does."""
    gets = (each for each in people if language_for(each.language, texts) == language)
    return next(gets, people[0] if people else None)


def _as_read(text: Text, language: str, reader: Person | None, children: Mapping[int, Child], district: str) -> Text:
    if reader is None:
        return text
    told = [children[each] for each in reader.student_ids if each in children]
    return filled(text, values_for(district, told, language or ENGLISH))
