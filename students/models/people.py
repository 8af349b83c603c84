"""Staff accounts and the roles they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q

from students.models.dated import Dated, ends_after_start, no_overlap


class User(AbstractBaseUser):
    """Somebody who signs in. What they may see follows from their roles and classes alone."""

    source_id = models.CharField(max_length=255, unique=True, null=True, blank=True)
    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    given_name = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "given_name", "family_name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as staff pages print it."""
        return f"{self.given_name} {self.family_name}".strip()


class Role(models.TextChoices):
    """What somebody does in the district. Teaching is a fact of the classes (SectionTeacher) besides."""

    TEACHER = "teacher", "Teacher"
    SCHOOL_ADMINISTRATOR = "school_administrator", "School administrator"
    DISTRICT_ADMINISTRATOR = "district_administrator", "District administrator"


class RoleAssignment(Dated):
    """A role held in a school, or in the whole district where no school is named."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=40, choices=Role.choices)
    school = models.ForeignKey(
        "students.School", on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )

    class Meta:
        constraints = [
            ends_after_start("role_ends_after_start"),
            # A district administrator sees every school; the others only those named.
            models.CheckConstraint(
                name="role_names_its_place",
                condition=Q(role=Role.DISTRICT_ADMINISTRATOR, school__isnull=True)
                | (~Q(role=Role.DISTRICT_ADMINISTRATOR) & Q(school__isnull=False)),
                violation_error_message="A district role names no school; every other role names one.",
            ),
            *(
                # Two overlapping rows would leave the role standing when one of them is ended.
                no_overlap(
                    f"one_{role}_role_at_a_time",
                    "user",
                    *(["school"] if role != Role.DISTRICT_ADMINISTRATOR else []),
                    condition=Q(role=role),
                    message="This person holds the role on some of these days already.",
                )
                for role in Role.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.user_id}"
