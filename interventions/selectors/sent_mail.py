"""What was sent to which family, when, and in what words: the log of the mail, for whoever may call them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from interventions.models import Message, MessageKind, MessageState
from interventions.selectors.mail_addresses import address_of
from students.access import Scope, visible_to
from students.models import Enrollment, School, Student
from students.refusals import NotInScope

PAGE_SIZE = 50


@dataclass(frozen=True)
class AskedMail:
    """What the log is narrowed to; `day` is the local day on which a message was queued."""

    kind: str = ""
    state: str = ""
    school_id: int | None = None
    student_id: int | None = None
    day: date | None = None
    page: int | str = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.state or self.school_id or self.student_id or self.day)


@dataclass(frozen=True)
class SentMail:
    """A page of the log, the newest first, and what it can be narrowed to."""

    page: Page
    schools: Sequence[School]
    student: Student | None
    kinds: Sequence[tuple[str, str]] = tuple(MessageKind.choices)
    states: Sequence[tuple[str, str]] = tuple(MessageState.choices)


def sent_mail(scope: Scope, asked: AskedMail) -> SentMail:
    """A page of the log; so many statements however many messages.

    Raises NotInScope for who may call no family, and for a student out of scope.
    """
    if not scope.calls_families:
        raise NotInScope
    found = _narrowed(scope, visible_to(scope, Message), asked)
    page = Paginator(found.order_by("-made_at", "-pk"), PAGE_SIZE).get_page(asked.page)
    return SentMail(page, list(visible_to(scope, School)), _student(scope, asked))


def one_message(scope: Scope, message_id: int) -> tuple[Message, str]:
    """A message, and the address to which it went or would go. Raises NotInScope."""
    message = visible_to(scope, Message).select_related(*_OF_MESSAGE).filter(pk=message_id).first()
    if message is None:
        raise NotInScope
    return message, message.address or address_of(scope, message)


def newest_mail(scope: Scope, student_id: int, most: int) -> list[Message]:
    """The newest messages about a student that are in the scope; one statement."""
    found = visible_to(scope, Message).filter(student=student_id).select_related(*_OF_MESSAGE).defer("text")
    return list(found.order_by("-made_at", "-pk")[:most])


_OF_MESSAGE = ("guardian", "user", "partner", "student")


def _narrowed(scope: Scope, found: QuerySet[Message], asked: AskedMail) -> QuerySet[Message]:
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.student_id is not None:
        found = found.filter(student=asked.student_id)
    if asked.school_id is not None:
        enrolled = Enrollment.attending_on(scope.today).filter(school=asked.school_id)
        found = found.filter(student__in=enrolled.values("student"))
    if asked.day is not None:
        begins = datetime.combine(asked.day, time.min, ZoneInfo(scope.zone))
        ends = datetime.combine(asked.day + timedelta(days=1), time.min, ZoneInfo(scope.zone))
        found = found.filter(made_at__gte=begins, made_at__lt=ends)
    return found.select_related(*_OF_MESSAGE).defer("text")


def _student(scope: Scope, asked: AskedMail) -> Student | None:
    if asked.student_id is None:
        return None
    student = visible_to(scope, Student).filter(pk=asked.student_id).first()
    if student is None:
        raise NotInScope
    return student
