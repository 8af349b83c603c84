"""Tells a family who joined that a letter lies in the portal. What it says stands in the letter alone."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from interventions.models import Letter, Message, MessageKind
from interventions.selectors.letter_recipients import Pair
from interventions.services.messages import Written, queue_messages, register_writer
from students.access import Scope
from students.languages.offered import offered_or_english
from students.models import FamilyAccount, GuardianLink


def tell_of_letters(scope: Scope, letters: Iterable[Letter]) -> None:
    """Queue one mail for each letter to somebody who has an account; in the caller's transaction."""
    found = list(letters)
    joined = _accounts(scope, found)
    readers = ((each, joined.get((each.student_id, each.guardian_id))) for each in found)
    queue_messages(scope, [_message(scope, letter, user) for letter, user in readers if user])


def _accounts(scope: Scope, letters: list[Letter]) -> dict[Pair, int]:
    """Of each student and recipient the account that opens the letter, where there is one."""
    ids = {each.student_id for each in letters}
    links = GuardianLink.objects.holding_on(scope.today).filter(student__in=ids, may_access=True)
    standing = FamilyAccount.objects.filter(ended_at__isnull=True)
    guardians = links.filter(guardian__accounts__in=standing.values("pk"))
    rows = guardians.values_list("student_id", "guardian_id", "guardian__accounts__user_id")
    found: dict[Pair, int] = {(student, guardian): user for student, guardian, user in rows}
    alone = standing.filter(student__in=ids).values_list("student_id", "user_id")
    return found | {(student, None): user for student, user in alone}


def _message(scope: Scope, letter: Letter, user_id: int) -> Message:
    return Message(
        key=f"letter:{letter.pk}",
        kind=MessageKind.LETTER,
        guardian_id=letter.guardian_id,
        user_id=None if letter.guardian_id else user_id,
        student_id=letter.student_id,
        about={"letter": letter.pk},
        made_at=scope.now,
        send_after=scope.now,
    )


def write_news(scope: Scope, message: Message) -> Written | None:
    """The mail; None where the letter was withdrawn before it went out."""
    letter = Letter.objects.select_related("student", "school").filter(pk=message.about["letter"]).first()
    if letter is None or not letter.stands:
        return None
    language = _language(message, letter)
    with override(language):
        said = {
            "child": letter.student.first_name,
            "school": letter.school.name,
            "link": settings.SITE_URL + reverse("family_letters", args=[letter.student_id]),
        }
        subject = _("A letter from %(school)s") % said
        text = _(
            "There is a letter about %(child)s from %(school)s for you. You can read it here: %(link)s\n\n"
            "If you have questions, please call the school office."
        )
        return Written(subject, text % said + "\n", language)


def _language(message: Message, letter: Letter) -> str:
    """As the account chose since, else as the letter."""
    whose = Q(guardian=message.guardian_id) if message.guardian_id else Q(user=message.user_id)
    chosen = FamilyAccount.objects.filter(whose, ended_at__isnull=True).values_list("user__language", flat=True).first()
    return offered_or_english(chosen or letter.language)


def register() -> None:
    """Say who writes these mails."""
    register_writer(MessageKind.LETTER, write_news)
