"""Who may see which case, and what was told of its student: the care team of its school (RD-61). The directory of
partners is for every care team; passes and trials of policies are the district's. Notices of truancy are for the care
team and the office of the school that owes them.
"""

from django.db.models import Q, QuerySet

from interventions.models import (
    Audience,
    Campaign,
    Case,
    CaseNote,
    Disclosure,
    EarlyWarning,
    Letter,
    Message,
    OutreachAssignment,
    Partner,
    PolicyTrial,
    Referral,
    TierPass,
    TruancyNotice,
    WarningRecord,
)
from students.access import AccessRule, Scope, register, why_in_school
from students.models import Enrollment, School
from students.rules.rights import Right


def _visible_cases(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.CASES):
        return Case.objects.all()
    return Case.objects.filter(school__in=scope.schools_with(Right.CASES))


def _why_case(scope: Scope, case: Case) -> str | None:
    return why_in_school(scope, Right.CASES, case.school_id)


def _visible_notes(scope: Scope) -> QuerySet:
    """A note is the care team's alone, whoever else may see the student (RD-61)."""
    return CaseNote.objects.filter(case__in=_visible_cases(scope))


def _why_note(scope: Scope, note: CaseNote) -> str | None:
    return _why_case(scope, note.case)


def _of_the_district(model: type[TierPass] | type[PolicyTrial]) -> AccessRule:
    """What the district's administrators alone see, whoever of them asked for it."""
    return AccessRule(
        lambda scope: model._default_manager.all() if scope.district_wide else model._default_manager.none(),
        lambda scope, _: "district administrator" if scope.district_wide else None,
    )


def _visible_partners(scope: Scope) -> QuerySet:
    return Partner.objects.all() if scope.works_cases else Partner.objects.none()


def _why_partner(scope: Scope, partner: Partner) -> str | None:
    return "works cases" if scope.works_cases else None


def _visible_referrals(scope: Scope) -> QuerySet:
    return Referral.objects.filter(case__in=_visible_cases(scope))


def _why_referral(scope: Scope, referral: Referral) -> str | None:
    return _why_case(scope, referral.case)


def _visible_disclosures(scope: Scope) -> QuerySet:
    if scope.everywhere(Right.CASES):
        return Disclosure.objects.all()
    return Disclosure.objects.filter(student__in=_visible_cases(scope).values("student"))


def _why_disclosure(scope: Scope, disclosure: Disclosure) -> str | None:
    found = _visible_disclosures(scope).filter(pk=disclosure.pk).exists()
    return "has a case of the student" if found else None


register(Partner, AccessRule(_visible_partners, _why_partner))
register(Referral, AccessRule(_visible_referrals, _why_referral))
register(Disclosure, AccessRule(_visible_disclosures, _why_disclosure))
register(Case, AccessRule(_visible_cases, _why_case))
register(CaseNote, AccessRule(_visible_notes, _why_note))
register(TierPass, _of_the_district(TierPass))
register(PolicyTrial, _of_the_district(PolicyTrial))


def _of_cases(model: type[EarlyWarning] | type[WarningRecord]) -> AccessRule:
    """What is guessed of students is the care team's, who may act on it; a teacher sees no tier either (RD-60)."""

    def visible(scope: Scope) -> QuerySet:
        found = model._default_manager.all()
        return found if scope.everywhere(Right.CASES) else found.filter(school__in=scope.schools_with(Right.CASES))

    return AccessRule(visible, lambda scope, row: why_in_school(scope, Right.CASES, row.school_id))


register(EarlyWarning, _of_cases(EarlyWarning))
register(WarningRecord, _of_cases(WarningRecord))


# Whoever works the cases of a school or keeps its office tells the attendance officer.
_TELLING = (Right.CASES, Right.OFFICE)


def tells_officer(scope: Scope) -> bool:
    """Whether somebody tells the School Attendance Officer of some school's students."""
    return any(scope.somewhere(right) for right in _TELLING)


def telling_schools(scope: Scope) -> QuerySet[School]:
    """The schools of which somebody tells the School Attendance Officer."""
    if any(scope.everywhere(right) for right in _TELLING):
        return School.objects.all()
    return School.objects.filter(pk__in=frozenset().union(*(scope.schools_with(right) for right in _TELLING)))


def _visible_notices(scope: Scope) -> QuerySet:
    return TruancyNotice.objects.filter(school__in=telling_schools(scope))


def _why_notice(scope: Scope, notice: TruancyNotice) -> str | None:
    whys = (why_in_school(scope, right, notice.school_id) for right in _TELLING)
    return next((why for why in whys if why), None)


register(TruancyNotice, AccessRule(_visible_notices, _why_notice))


def writes_letters(scope: Scope) -> bool:
    """Whether somebody writes letters to families: of support and of truancy, or as an office of truancy alone."""
    return tells_officer(scope)


def _visible_letters(scope: Scope) -> QuerySet:
    """Letters of support are the care team's; those of truancy the office's too."""
    if scope.everywhere(Right.CASES):
        return Letter.objects.all()
    of_truancy = Q(notice__isnull=False, school__in=telling_schools(scope))
    return Letter.objects.filter(Q(school__in=scope.schools_with(Right.CASES)) | of_truancy)


def _why_letter(scope: Scope, letter: Letter) -> str | None:
    rights = _TELLING if letter.notice_id else (Right.CASES,)
    return next((why for right in rights if (why := why_in_school(scope, right, letter.school_id))), None)


register(Letter, AccessRule(_visible_letters, _why_letter))


def _visible_outreach(scope: Scope) -> QuerySet:
    """A worker's own assignments, and those of students whose cases somebody works."""
    if scope.everywhere(Right.CASES):
        return OutreachAssignment.objects.all()
    mine = Q(worker__user=scope.user_id)
    of_school = Q(student__in=_students_of_cases(scope).values("student_id"))
    return OutreachAssignment.objects.filter(mine | of_school)


def _students_of_cases(scope: Scope) -> QuerySet:
    held = Enrollment.objects.filter(is_primary=True, school__in=scope.schools_with(Right.CASES))
    return held.filter(starts_on__lte=scope.today).exclude(ends_on__lt=scope.today)


def _why_outreach(scope: Scope, assignment: OutreachAssignment) -> str | None:
    if why := why_in_school(scope, Right.CASES, _school_today(scope, assignment)):
        return why
    return "the student is assigned to them" if assignment.worker.user_id == scope.user_id else None


def _school_today(scope: Scope, assignment: OutreachAssignment) -> int:
    """The school whose care team the student has today; 0 is none's."""
    held = Enrollment.objects.holding_on(scope.today).filter(student=assignment.student_id, is_primary=True)
    return held.values_list("school_id", flat=True).first() or 0


register(OutreachAssignment, AccessRule(_visible_outreach, _why_outreach))


def _visible_messages(scope: Scope) -> QuerySet:
    """Mail about a student is for whoever may call that student's family; other mail is the district's."""
    if scope.everywhere(Right.CONTACTS):
        return Message.objects.all()
    enrolled = Enrollment.objects.filter(school__in=scope.schools_with(Right.CONTACTS), starts_on__lte=scope.today)
    this_year = enrolled.exclude(ends_on__lt=scope.year_starts_on)
    return Message.objects.filter(student__in=this_year.values("student_id"))


def _why_message(scope: Scope, message: Message) -> str | None:
    return "may call the student's family" if _visible_messages(scope).filter(pk=message.pk).exists() else None


register(Message, AccessRule(_visible_messages, _why_message))


# By which right somebody writes to an audience; partners are the district's alone.
CAMPAIGN_RIGHTS = {Audience.FAMILIES: Right.CASES, Audience.STAFF: Right.ADMINISTER}


def _visible_campaigns(scope: Scope) -> QuerySet:
    """The campaigns that somebody might have written: none that reaches beyond the own schools."""
    if scope.district_wide:
        return Campaign.objects.all()
    mine = Q(pk__in=[])
    for audience, right in CAMPAIGN_RIGHTS.items():
        within = Q(school_ids__contained_by=sorted(scope.schools_with(right))) & ~Q(school_ids=[])
        mine |= Q(audience=audience) & (Q() if scope.everywhere(right) else within)
    return Campaign.objects.filter(mine)


def _why_campaign(scope: Scope, campaign: Campaign) -> str | None:
    found = _visible_campaigns(scope).filter(pk=campaign.pk).exists()
    return "may write to everybody it is for" if found else None


register(Campaign, AccessRule(_visible_campaigns, _why_campaign))
