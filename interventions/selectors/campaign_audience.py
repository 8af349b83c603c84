"""To whom a campaign goes today, and who is left out and why (MD-09); the same statements however many they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from interventions.models import Audience, Campaign, Partner, Standing, UndeliverableAddress
from interventions.rules.campaign_text import ENGLISH, partners_language
from interventions.selectors.campaign_opt_outs import declined
from interventions.selectors.letter_recipients import in_person, lawful_links
from interventions.selectors.queue import newest_day
from interventions.selectors.standings import school_year_on
from students.access import Scope
from students.languages.offered import offered
from students.models import Enrollment, FamilyAccount, RoleAssignment

GUARDIAN, USER, PARTNER = "guardian", "user", "partner"


class LeftOut(StrEnum):
    """Why somebody of the audience is not written to."""

    NO_ADDRESS = "no_address"
    COMES_BACK = "comes_back"
    OPTED_OUT = "opted_out"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to: a guardian, an account or a partner by id, with the children of the audience whom they are
    told of.
    """

    kind: str
    pk: int
    language: str
    address: str
    student_ids: Sequence[int] = ()
    school_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reach:
    """Who is written to, in order, and how many are left out by reason."""

    people: Sequence[Person]
    left_out: Mapping[str, int] = field(default_factory=dict)


def reach(scope: Scope, campaign: Campaign) -> Reach:
    """A campaign's audience of today, a person once; the caller took the campaign from its scope."""
    everybody = _WHO[Audience(campaign.audience)](scope, campaign)
    refused, returned = declined(scope), set(UndeliverableAddress.objects.values_list("address", flat=True))
    people: list[Person] = []
    left_out, seen = Counter[str](), set[str]()
    for person in everybody:
        address = person.address.lower()
        if why := _why_left_out(person, address, refused, returned, seen):
            left_out[why] += 1
            continue
        seen.add(address)
        people.append(person)
    return Reach(people, left_out)


def _why_left_out(
    person: Person, address: str, refused: set[tuple[str, int]], returned: set[str], seen: set[str]
) -> LeftOut | None:
    if (person.kind, person.pk) in refused:
        return LeftOut.OPTED_OUT
    if not address:
        return LeftOut.NO_ADDRESS
    if address in returned:
        return LeftOut.COMES_BACK
    # The same parent on the roster twice, or two with one mailbox: nobody opens it twice for one message.
    return LeftOut.SHARED if address in seen else None


def audience_enrollments(scope: Scope, campaign: Campaign) -> QuerySet[Enrollment]:
    """Where the children by whom families are chosen go to school today."""
    found = Enrollment.attending_on(scope.today).filter(is_primary=True).order_by()
    if campaign.school_ids:
        found = found.filter(school__in=campaign.school_ids)
    if campaign.grades:
        found = found.filter(grade__in=campaign.grades)
    if campaign.tiers:
        stands = Standing.objects.filter(year=school_year_on(scope, scope.today), tier__in=campaign.tiers)
        found = found.filter(Exists(stands.filter(student=OuterRef("student"))))
    if campaign.modes:
        found = found.alias(newest=Subquery(newest_day(scope).values("mode")[:1])).filter(newest__in=campaign.modes)
    return found


def _families(scope: Scope, campaign: Campaign) -> list[Person]:
    enrolled = audience_enrollments(scope, campaign)
    schools: dict[int, int] = dict(enrolled.values_list("student_id", "school_id"))
    people = [*_guardians(scope, enrolled, schools), *_in_person(scope, enrolled, schools)]
    return [each for each in people if not campaign.languages or each.language in campaign.languages]


def _guardians(scope: Scope, enrolled: QuerySet[Enrollment], schools: Mapping[int, int]) -> list[Person]:
    """As students.selectors.recipients says whom the school tells: a test holds them equal."""
    links = lawful_links(scope).filter(student__in=enrolled.values("student_id")).order_by()
    standing = FamilyAccount.objects.filter(ended_at__isnull=True, guardian__in=links.values("guardian_id"))
    chosen = {
        guardian: (email if is_active else "", language)
        for guardian, email, is_active, language in standing.values_list(
            "guardian_id", "user__email", "user__is_active", "user__language"
        )
    }
    roster: dict[int, tuple[str, str]] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for guardian, student, email, language in links.values_list(
        "guardian_id", "student_id", "guardian__email", "guardian__language"
    ):
        roster[guardian] = (email, language)
        children[guardian].append(student)
    return [
        _family(GUARDIAN, pk, chosen.get(pk, ("", "")), roster[pk], sorted(children[pk]), schools)
        for pk in sorted(roster)
    ]


def _in_person(scope: Scope, enrolled: QuerySet[Enrollment], schools: Mapping[int, int]) -> list[Person]:
    """Students of 18, and those for whom nobody answers, by an account."""
    alone = in_person(scope).filter(pk__in=enrolled.values("student_id")).order_by()
    accounts = FamilyAccount.objects.filter(ended_at__isnull=True, student__in=alone.values("pk")).order_by("user_id")
    rows = accounts.values_list("user_id", "student_id", "user__email", "user__language")
    return [_family(USER, pk, (email, language), ("", ""), [student], schools) for pk, student, email, language in rows]


def _family(
    kind: str,
    pk: int,
    chosen: tuple[str, str],
    roster: tuple[str, str],
    student_ids: Sequence[int],
    schools: Mapping[int, int],
) -> Person:
    address, language = (mine or theirs for mine, theirs in zip(chosen, roster, strict=True))
    at = frozenset(schools[each] for each in student_ids if each in schools)
    return Person(kind, pk, spoken(language), address, student_ids, at)


def spoken(code: str) -> str:
    """A language by the code that texts go by; English where none is on record."""
    return offered(code) or code or ENGLISH


def _staff(scope: Scope, campaign: Campaign) -> list[Person]:
    held = RoleAssignment.objects.holding_on(scope.today).filter(user__is_active=True).order_by("user_id")
    if campaign.roles:
        held = held.filter(role__in=campaign.roles)
    if campaign.school_ids:
        held = held.filter(school__in=campaign.school_ids)
    places: dict[int, set[int]] = defaultdict(set)
    addresses: dict[int, str] = {}
    for user, email, school in held.values_list("user_id", "user__email", "school_id"):
        addresses[user] = email
        places[user] |= {school} if school else set()
    return [Person(USER, pk, ENGLISH, email, (), frozenset(places[pk])) for pk, email in addresses.items()]


def _partners(scope: Scope, campaign: Campaign) -> list[Person]:
    found = Partner.objects.filter(ended_at__isnull=True).order_by("pk")
    if campaign.partner_kinds:
        found = found.filter(kind__in=campaign.partner_kinds)
    return [
        Person(PARTNER, pk, partners_language(languages), email)
        for pk, email, languages in found.values_list("pk", "email", "languages")
    ]


_WHO = {Audience.FAMILIES: _families, Audience.STAFF: _staff, Audience.PARTNERS: _partners}
