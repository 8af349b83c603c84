"""What the pages of audit packets ask for."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from attendance.views.school import asked_id
from reporting.models import PacketBasis, PacketKind
from reporting.selectors.packet_choices import Subject, packet_subject
from reporting.services.packets import AskedPacket
from students.access import Scope
from students.refusals import NotInScope

_DATE = {"type": "date"}


class PacketForm(forms.Form):
    """Which days, for whom and on which legal basis (RD-61)."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    recipient = forms.CharField(
        label=_("Who is given it"), max_length=200, help_text=_("An office or a person, by name.")
    )
    basis = forms.ChoiceField(
        label=_("Legal basis (RD-61)"),
        choices=PacketBasis.choices,
        help_text=_(
            "Why the law lets these records be looked at. It is kept with each child that the packet tells of."
        ),
    )

    def __init__(self, subject: Subject, data: Any = None, *, auditor: bool = False) -> None:
        """`auditor`: whoever asks is the state's auditor, and takes the packet for an audit."""
        initial = {
            "submission_id": uuid4(),
            "starts_on": subject.starts_on,
            "ends_on": subject.ends_on,
            "basis": PacketBasis.AUDIT if auditor else PacketBasis.SCHOOL_OFFICIAL,
            "recipient": _("Office of the State Auditor") if auditor else "",
        }
        super().__init__(data, initial=initial, label_suffix="")
        self.subject = subject
        if subject.kind == PacketKind.DAY:
            self.fields["starts_on"].label = _("Day")
            del self.fields["ends_on"]
        elif not subject.may_choose:
            del self.fields["starts_on"], self.fields["ends_on"]

    @property
    def asked(self) -> AskedPacket:
        """What is asked for."""
        subject, given = self.subject, self.cleaned_data
        return AskedPacket(
            subject.kind, subject.student_id, subject.school_id, subject.month, given.get("starts_on"),
            given.get("ends_on"),
        )  # fmt: skip


def asked_subject(request: HttpRequest, scope: Scope) -> Subject:
    """What the parameters ask about: ids and a day, never a name. Raises NotInScope, or Refused."""
    kind = request.GET.get("kind", "")
    return packet_subject(
        scope,
        kind if kind in PacketKind.values else "",
        student_id=asked_id(request, "student"),
        school_id=asked_id(request, "school"),
        month=asked_id(request, "month"),
        day=_day(request.GET.get("day", "")),
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotInScope from None
