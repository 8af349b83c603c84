"""Staff accounts and the roles they hold."""

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce

from students.languages.offered import OFFERED
from students.models.dated import Dated, FactSource, as_range, date_span, ends_after_start, same
from students.rules.rights import ENDS, Place, roles_at


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pgtrigger.AnyChange("is_enabled", "closed_at")),
    pghistory.DeleteEvent(row=pghistory.Old),
    # Never the password, nor anything that signs somebody in.
    fields=["is_enabled", "closed_at", "closed_by", "opened_at", "opened_by"],
    model_name="UserEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
    context_field=None,
)
class User(AbstractBaseUser):
    """Somebody who signs in. What they may see follows from their roles and classes alone."""

    source_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    given_name = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    # What the roster says; an account is switched off here beside it, so that the nightly file does not undo that.
    is_enabled = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # As typed by whoever joined as a family; it becomes the account's own when the letter to it is answered.
    new_email = models.EmailField(blank=True)
    # In which the pages of families are read; empty where nobody chose.
    language = models.CharField(max_length=3, blank=True, choices=OFFERED.items())
    # By whom and when it was last switched on again.
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The last letter with a link to set the password that was sent from here.
    link_sent_at = models.DateTimeField(null=True, blank=True)
    link_sent_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.GeneratedField(
        expression=Case(When(is_enabled=True, closed_at__isnull=True, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "given_name", "family_name"]

    class Meta:
        constraints = [
            # Whoever was locked out may ask by whom.
            models.CheckConstraint(
                name="closed_account_says_who",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message="An account that is switched off says who did it and when.",
            ),
            # A page in a language that has no texts would be a page in English.
            models.CheckConstraint(
                name="account_language_is_offered",
                condition=Q(language__in=["", *OFFERED]),
                violation_error_message="This language is not offered.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as staff pages print it."""
        return f"{self.given_name} {self.family_name}".strip()


def without_password(account: str = "") -> Q:
    """Accounts by which nobody can sign in before they set a password by mail; `account` is the path to one."""
    return Q(**{f"{account}password": ""}) | Q(**{f"{account}password__startswith": UNUSABLE_PASSWORD_PREFIX})


class Role(models.TextChoices):
    """What somebody does in the district. Teaching is a fact of the classes (SectionTeacher) besides."""

    TEACHER = "teacher", "Teacher"
    CLERK = "clerk", "Attendance clerk"
    COUNSELOR = "counselor", "Counselor"
    SCHOOL_ADMINISTRATOR = "school_administrator", "School administrator"
    DISTRICT_ADMINISTRATOR = "district_administrator", "District administrator"
    OUTREACH = "outreach", "Outreach worker"
    NURSE = "nurse", "Nurse"
    AUDITOR = "auditor", "Auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator", "System administrator"


def _number_of(field: str, choices: type[models.TextChoices]) -> Case:
    """A choice as a number: without btree_gist an exclusion compares ranges alone. New choices go last."""
    whens = [When(**{field: value}, then=Value(number)) for number, value in enumerate(choices.values)]
    return Case(*whens, output_field=models.BigIntegerField())


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class RoleAssignment(Dated):
    """A role held in a school, or in the whole district where no school is named.

    Entered and ended by people on pages, or by imports: then nobody is named. What stood before a change is kept.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=40, choices=Role.choices)
    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )
    source = models.CharField(max_length=10, choices=FactSource.choices, default=FactSource.ROSTER)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            ends_after_start("role_ends_after_start"),
            # A district's role in one school would be taken for that school's alone, a school's role without one for
            # all of them.
            models.CheckConstraint(
                name="role_names_its_place",
                condition=Q(role__in=roles_at(Place.EITHER))
                | Q(role__in=roles_at(Place.DISTRICT), school__isnull=True)
                | Q(role__in=roles_at(Place.SCHOOL), school__isnull=False),
                violation_error_message="A role of the district names no school; a role of a school names one.",
            ),
            # The state's visitors leave again.
            models.CheckConstraint(
                name="auditor_role_has_an_end",
                condition=~Q(role__in=sorted(ENDS)) | Q(ends_on__isnull=False),
                violation_error_message="An auditor’s role has a last day.",
            ),
            # Two overlapping rows would leave the role standing when one of them is ended. What the roster says stands
            # beside what was entered here: each is ended where it came from.
            ExclusionConstraint(
                name="a_role_once_at_a_time",
                expressions=[
                    (same("user"), "&&"),
                    (as_range(_number_of("role", Role)), "&&"),
                    (as_range(_number_of("source", FactSource)), "&&"),
                    (as_range(Coalesce(F("school"), Value(0), output_field=models.BigIntegerField())), "&&"),
                    (date_span(), "&&"),
                ],
                violation_error_message="This person holds the role on some of these days already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.user_id}"
