"""What the pages of imports say of a run."""

from django.utils.translation import gettext_lazy as _

from students.models import RosterRun, RunOrigin, RunStage
from students.oneroster.kinds import FACTS, RECORDS
from students.services.roster_import import STEPS

_ORDER = [kind.name for kind in (*RECORDS, *FACTS)]
STEP_WORDS = {
    "reading": _("Reading the files"),
    "comparing": _("Comparing them with what is stored"),
    "writing": _("Writing what changes"),
    "judging": _("Judging the days that it touches"),
}
# The mark whose shape and colour say the same.
MARKS = {
    RunStage.APPLIED: "present",
    RunStage.UNCHANGED: "present",
    RunStage.PLANNED: "tardy",
    RunStage.HELD: "tardy",
    RunStage.REFUSED: "absent",
    RunStage.FAILED: "absent",
    RunStage.CANCELLED: "void",
    RunStage.SUPERSEDED: "void",
}
STANDS = {
    RunStage.RECEIVED: _("Waits for a worker"),
    RunStage.PLANNING: _("Being compared"),
    RunStage.PLANNED: _("Waits for you"),
    RunStage.HELD: _("Held"),
    RunStage.APPROVED: _("Waits for a worker"),
    RunStage.APPLYING: _("Being applied"),
    RunStage.APPLIED: _("Applied"),
    RunStage.UNCHANGED: _("Nothing to change"),
    RunStage.REFUSED: _("Refused"),
    RunStage.FAILED: _("Failed"),
    RunStage.CANCELLED: _("Cancelled"),
    RunStage.SUPERSEDED: _("Replaced"),
}
SHOW_CHOICES = [
    ("", _("All")),
    ("open", _("Not finished")),
    ("applied", _("Applied")),
    ("unchanged", _("Nothing to change")),
    ("refused", _("Refused or failed")),
    ("left", _("Cancelled or replaced")),
]
ORIGIN_CHOICES = [("", _("Anywhere")), *RunOrigin.choices]


def standing_of(run: RosterRun) -> dict[str, object]:
    """Where a run stands, as a mark and in a word or two; `late` where somebody has to do something."""
    stage = RunStage(run.stage)
    asks = stage in (RunStage.REFUSED, RunStage.FAILED, RunStage.HELD)
    return {"mark": MARKS.get(stage, "undetermined"), "text": STANDS[stage], "asks": asks}


def plan_rows(run: RosterRun) -> list[tuple[str, dict[str, int]]]:
    """The kinds of which the set speaks, in the order in which they are written; those without a record left out."""
    kinds = [(name, counts) for name, counts in run.counts.items() if any(counts.values())]
    return sorted(kinds, key=lambda kind: (_ORDER.index(kind[0]) if kind[0] in _ORDER else len(_ORDER), kind[0]))


def progress_of(run: RosterRun) -> dict[str, object]:
    """The step that a worker is at, and its place among all of them."""
    step = STEPS.index(run.step) + 1 if run.step in STEPS else 0
    return {"text": STEP_WORDS.get(run.step, _("Waiting for a worker; it begins within seconds.")), "value": step}
