"""Letters to families: the district's words for them, each letter as it was written, and what was printed at once."""

import pgtrigger
from django.db import models
from django.db.models import Q

from interventions.rules.letter_kinds import LANGUAGES, LetterKind

_WRITTEN = ("student", "guardian", "school", "year", "kind", "crossing", "notice", "language", "template")
_TEXT = ("sender", "dated", "addressee", "about", "subject", "body", "made_by", "made_at", "made_on")


class LetterTemplate(models.Model):
    """The words of a kind of letter in a language, from a day on. Never changed: other words are another row, and of
    one day the later row holds.
    """

    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in LetterKind])
    language = models.CharField(max_length=3, choices=[(each, each) for each in LANGUAGES])
    holds_from = models.DateField()
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    # Nobody for the words that came with the product.
    written_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    append_only = True

    class Meta:
        ordering = ["kind", "language", "-holds_from", "-id"]
        constraints = [
            # Words of no kind, or in a language that no letter has, would be sent to nobody.
            models.CheckConstraint(
                name="letter_words_are_of_a_kind_and_language",
                condition=Q(kind__in=list(LetterKind), language__in=LANGUAGES),
                violation_error_message="Letters are of a known kind, in English, Spanish or Haitian Creole.",
            ),
            # Whoever asks who wrote to a family like that is told.
            models.CheckConstraint(
                name="letter_words_say_who_wrote_them",
                condition=Q(written_by__isnull=True, written_at__isnull=True)
                | Q(written_by__isnull=False, written_at__isnull=False),
                violation_error_message="Words that were written here say by whom and when.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="letter_words_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"letter template {self.pk}"


class LetterWay(models.TextChoices):
    """How printed letters go out."""

    STUDENT = "student", "By hand of the students"
    OFFICE = "office", "Handed over at the office"
    MAIL = "mail", "By mail"


class LetterBatch(models.Model):
    """Letters that somebody printed at once. Never changed."""

    # The same form sent twice is one batch.
    submission_id = models.UUIDField(unique=True)
    way = models.CharField(max_length=10, choices=LetterWay.choices)
    printed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["-printed_at", "-id"]
        triggers = [pgtrigger.Protect(name="letter_batches_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"letter batch {self.pk}"


class WhyLetterWithdrawn(models.TextChoices):
    """Why a letter no longer holds."""

    GROUND = "ground", "The absences were corrected"
    CHANGED = "changed", "Other absences than the letter says"
    RECIPIENT = "recipient", "This person may not be written to any more"
    PERSON = "person", "Withdrawn by somebody"


class Letter(models.Model):
    """A letter to one person about one student, word for word as it was written. Withdrawn, never erased.

    Without a guardian it goes to the student in person (RD-62). The family sees it from when it was printed.
    """

    student = models.ForeignKey("students.Student", on_delete=models.PROTECT, related_name="letters", db_index=False)
    guardian = models.ForeignKey(
        "students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="letters", db_index=False
    )
    # Whose letter it is: the school of the primary enrollment, or the one that owes the notice (RD-41).
    school = models.ForeignKey("students.School", on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.ForeignKey("students.SchoolYear", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in LetterKind])
    crossing = models.ForeignKey(
        "interventions.Crossing", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    notice = models.ForeignKey(
        "interventions.TruancyNotice", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    language = models.CharField(max_length=3, choices=[(each, each) for each in LANGUAGES])
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="+", db_index=False)
    sender = models.CharField(max_length=450)
    dated = models.CharField(max_length=60)
    addressee = models.CharField(max_length=900)
    about = models.CharField(max_length=500)
    subject = models.TextField()
    body = models.TextField()
    made_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_on = models.DateField(help_text="The local date of the instant.")
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    printed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=10, choices=WhyLetterWithdrawn.choices, blank=True)
    withdrawn_by = models.ForeignKey(
        "students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    is_due_again = models.BooleanField(default=False, help_text="It was withdrawn to be written anew.")

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["school", "-made_at"], name="letter_school_made"),
            models.Index(fields=["student"], name="letter_student"),
        ]
        constraints = [
            # Whoever asks why a family was written to is shown the days.
            models.CheckConstraint(
                name="letter_has_one_ground",
                condition=Q(crossing__isnull=False, notice__isnull=True)
                | Q(crossing__isnull=True, notice__isnull=False),
                violation_error_message="A letter is about a tier that was reached, or about a notice of truancy.",
            ),
            # Two people who choose the same line at once write one letter.
            models.UniqueConstraint(
                fields=["crossing", "student", "guardian"],
                condition=Q(crossing__isnull=False, is_due_again=False),
                nulls_distinct=False,
                name="one_letter_per_crossing_and_recipient",
                violation_error_message="This person has this letter.",
            ),
            models.UniqueConstraint(
                fields=["notice", "student", "guardian"],
                condition=Q(notice__isnull=False, is_due_again=False),
                nulls_distinct=False,
                name="one_letter_per_notice_and_recipient",
                violation_error_message="This person has this letter.",
            ),
            models.CheckConstraint(
                name="letter_is_of_a_kind_and_language",
                condition=Q(kind__in=list(LetterKind), language__in=LANGUAGES),
                violation_error_message="Letters are of a known kind, in English, Spanish or Haitian Creole.",
            ),
            # The family sees what was printed: a letter in no batch was handed to nobody.
            models.CheckConstraint(
                name="printed_letter_is_in_a_batch",
                condition=Q(batch__isnull=True, printed_at__isnull=True)
                | Q(batch__isnull=False, printed_at__isnull=False),
                violation_error_message="A letter that was printed says in which batch.",
            ),
            # A family that asks why is told; a person says the reason, what follows from the days needs none.
            models.CheckConstraint(
                name="withdrawn_letter_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="", withdrawn_by__isnull=True, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_why="person", withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                )
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_why__in=["ground", "changed", "recipient"],
                    withdrawn_by__isnull=True,
                    withdrawn_reason="",
                ),
                violation_error_message="A letter that is withdrawn says why, and by whom where a person did it.",
            ),
            # Only then is the same person written to once more about the same thing.
            models.CheckConstraint(
                name="letter_is_due_again_when_withdrawn",
                condition=Q(is_due_again=False) | Q(withdrawn_at__isnull=False),
                violation_error_message="A letter is written anew when the first is withdrawn.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="letters_are_kept", operation=pgtrigger.Delete),
            # What a family was told stays as it was told, whatever becomes of it.
            pgtrigger.ReadOnly(name="letters_stay_as_written", fields=[*_WRITTEN, *_TEXT]),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None
