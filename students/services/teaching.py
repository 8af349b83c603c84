"""Appointing a substitute for a class, and ending what was entered here."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction

from students.access import Scope, visible_to
from students.models import FactSource, SchoolYear, Section, SectionTeacher, User
from students.refusals import Forbidden, NotInScope, Refused


@dataclass(frozen=True)
class Appointed:
    """A substitute's days; `repeated` where they stood already and nothing was written."""

    teaching: SectionTeacher
    repeated: bool


def appoint(scope: Scope, section_id: int, user_id: int, *, starts_on: date, ends_on: date) -> Appointed:
    """Let somebody teach a class from one day to another, both inclusive; the same asked twice is one row.

    Raises NotInScope, Forbidden for whoever does not administer the school, and Refused for an account that does not
    sign in, days out of order or outside the school year, and days on which the person teaches the class already.
    """
    with transaction.atomic():
        section = _administered(scope, section_id)
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None:
            raise Refused("Choose somebody of the staff whose account is open.")
        _refuse_days(scope, starts_on, ends_on)
        held = SectionTeacher.objects.filter(section=section, user=user, starts_on__lte=ends_on)
        standing = held.exclude(ends_on__lt=starts_on).first()
        if standing is None:
            return Appointed(_appointed(scope, section, user, starts_on, ends_on), repeated=False)
    if standing.source == FactSource.HERE and (standing.starts_on, standing.ends_on) == (starts_on, ends_on):
        return Appointed(standing, repeated=True)
    raise Refused(f"{user.full_name} teaches this class on some of these days already.")


def end_teaching(scope: Scope, teaching_id: int, *, last_day: date) -> SectionTeacher | None:
    """End what was entered here on a day, inclusive; None where it then never held and is taken away.

    Raises NotInScope, Forbidden for whoever does not administer the school, and Refused for what the roster brought,
    and for a later day than the one it ends on.
    """
    with transaction.atomic():
        found = SectionTeacher.objects.filter(pk=teaching_id, section__in=visible_to(scope, Section))
        teaching = found.select_related("section").first()
        if teaching is None:
            raise NotInScope
        _administered(scope, teaching.section_id)
        teaching.refresh_from_db()
        if teaching.source != FactSource.HERE:
            raise Refused("This came with the roster. End it in the system that the roster comes from.")
        if teaching.ends_on is not None and last_day > teaching.ends_on:
            raise Refused("It ends before that day. Appoint the person again for more days.")
        return _ended(scope, teaching, last_day)


def _ended(scope: Scope, teaching: SectionTeacher, last_day: date) -> SectionTeacher | None:
    if last_day < teaching.starts_on:
        teaching.delete()
        return None
    if teaching.ends_on != last_day:
        teaching.ends_on, teaching.ended_by_id, teaching.ended_at = last_day, scope.person, scope.now
        teaching.save(update_fields=["ends_on", "ended_by", "ended_at"])
    return teaching


def _administered(scope: Scope, section_id: int) -> Section:
    # Locked: two people appointing at once see each other's rows.
    section = visible_to(scope, Section).filter(pk=section_id).first()
    if section is None:
        raise NotInScope
    if not scope.administers(section.school_id):
        raise Forbidden("Only an administrator of the school says who stands in for a teacher.")
    return Section.objects.select_for_update().get(pk=section_id)


def _refuse_days(scope: Scope, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("The last day lies before the first.")
    year = SchoolYear.objects.filter(starts_on__lte=starts_on, ends_on__gte=ends_on).exists()
    if not year:
        raise Refused("These days do not lie in one school year.")


def _appointed(scope: Scope, section: Section, user: User, starts_on: date, ends_on: date) -> SectionTeacher:
    return SectionTeacher.objects.create(
        source_id=f"here-{uuid4()}",
        source=FactSource.HERE,
        user=user,
        section=section,
        starts_on=starts_on,
        ends_on=ends_on,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
