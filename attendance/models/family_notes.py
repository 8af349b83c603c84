"""Notes between a guardian and the office about one child, and nobody else: not the other guardian, no teacher."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

LONGEST_NOTE = 1000


class NoteThread(models.Model):
    """What one guardian, or the student in person, and the office have written about a child."""

    student = models.ForeignKey(
        "students.Student", on_delete=models.PROTECT, related_name="note_threads", db_index=False
    )
    # Empty: the student of age, or without a guardian (RD-62).
    guardian = models.ForeignKey("students.Guardian", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The family wrote last, and nobody has said that no answer is needed.
    needs_answer = models.BooleanField(default=False)
    last_at = models.DateTimeField()
    # When the family last opened it: the office sees whether its answer was read.
    family_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [models.Index(fields=["last_at"], condition=Q(needs_answer=True), name="note_thread_needs_answer")]
        constraints = [
            # Two threads of one guardian would hide half of what was said.
            models.UniqueConstraint(
                fields=["student", "guardian"],
                nulls_distinct=False,
                name="one_note_thread_per_child_and_guardian",
                violation_error_message="There is a thread of this guardian about this child.",
            ),
        ]

    def __str__(self) -> str:
        return f"note thread {self.pk}"


class FamilyNote(models.Model):
    """One note, of the family or of the office. Never changed."""

    # Made by the page that writes; the same form sent twice is one note.
    submission_id = models.UUIDField(unique=True)
    thread = models.ForeignKey(NoteThread, on_delete=models.PROTECT, related_name="notes")
    from_family = models.BooleanField()
    words = models.CharField(max_length=LONGEST_NOTE)
    written_by = models.ForeignKey("students.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    append_only = True

    class Meta:
        ordering = ["written_at", "id"]
        triggers = [pgtrigger.Protect(name="family_notes_are_kept", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                name="family_note_says_something",
                condition=~Q(words=""),
                violation_error_message="A note has words.",
            ),
        ]

    def __str__(self) -> str:
        return f"family note {self.pk}"


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    context_field=None,
)
class ReplyTemplate(models.Model):
    """An answer that offices give often, in the three languages; whoever answers changes it as needed."""

    name = models.CharField(max_length=80, unique=True)
    in_english = models.CharField(max_length=LONGEST_NOTE)
    in_spanish = models.CharField(max_length=LONGEST_NOTE)
    in_haitian_creole = models.CharField(max_length=LONGEST_NOTE)
    retired_at = models.DateTimeField(null=True, blank=True)
    # Empty for those that came with First Bell.
    changed_by = models.ForeignKey("students.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            # A family would get an empty answer in the language that nobody wrote.
            models.CheckConstraint(
                name="reply_template_is_in_every_language",
                condition=~Q(in_english="") & ~Q(in_spanish="") & ~Q(in_haitian_creole=""),
                violation_error_message="Write the answer in all three languages.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
