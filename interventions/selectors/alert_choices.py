"""What accounts asked to be told of, where they still may know of the child and be told of it."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q

from interventions.models import AlertChoice, MailTopic
from interventions.selectors.opted_out import opted_out
from students.access import Scope
from students.models import Enrollment, FamilyAccount, GuardianLink
from students.selectors.recipients import Recipient, told_about


def recipient_of_account(account: FamilyAccount) -> Recipient:
    """Whom mail of an account goes to: its guardian, or the student in person."""
    if account.guardian_id is not None:
        return Recipient(guardian_id=account.guardian_id)
    return Recipient(user_id=account.user_id)


def standing_choices(scope: Scope, student_ids: Collection[int]) -> list[AlertChoice]:
    """The choices about some students that hold today; six statements at most, one where nobody chose anything."""
    lawful = GuardianLink.objects.holding_on(scope.today).filter(
        may_access=True, guardian=OuterRef("account__guardian"), student=OuterRef("student")
    )
    open_to = Q(Exists(lawful)) | Q(account__student=F("student"))
    standing = AlertChoice.objects.filter(open_to, student__in=list(student_ids), account__ended_at__isnull=True)
    choices = list(standing.select_related("account").order_by("pk"))
    if not choices:
        return []
    told = told_about(scope, {each.student_id for each in choices})
    silent = opted_out(scope, MailTopic.ALERTS, {recipient_of_account(each.account) for each in choices})
    return [
        each
        for each in choices
        if (to := recipient_of_account(each.account)) in told[each.student_id] and to not in silent
    ]


def students_chosen_for(scope: Scope, school_id: int) -> set[int]:
    """Students enrolled in a school of whom somebody asked to be told more."""
    enrolled = Enrollment.attending_on(scope.today).filter(school=school_id)
    chosen = AlertChoice.objects.filter(account__ended_at__isnull=True, student__in=enrolled.values("student"))
    return set(chosen.order_by().values_list("student_id", flat=True))
