"""Loads the whole demo: the district with its days, and then what people did about the absences."""

from django.db import transaction

from attendance.demo import loading
from attendance.demo.loading import Loaded
from interventions.demo.campaigns import write_campaigns
from interventions.demo.care import care_so_far
from interventions.demo.directory import write_directory
from interventions.models import DaysChanged, MarksChanged, PassState, TierPass
from interventions.selectors.pupils import pupils
from interventions.services.early_warnings import write_warnings
from students.access import Scope
from students.models import School


def load(scope: Scope) -> Loaded | None:
    """Load the demo into an empty database, all or nothing; None where it is loaded already. Raises Refused."""
    with transaction.atomic():
        loaded = loading.load(scope)
        if loaded is not None:
            write_directory(scope)
            care_so_far(scope)
            for school_id in School.objects.values_list("pk", flat=True):
                write_warnings(scope, school_id)
            _note_the_night(scope)
            # The days were all looked at above, and what families were told of them is past.
            DaysChanged.objects.all().delete()
            MarksChanged.objects.all().delete()
            write_campaigns(scope)
        return loaded


def _note_the_night(scope: Scope) -> None:
    """What a nightly pass does is done: everybody was looked at, and so was who is on course."""
    done = {"on": scope.today, "state": PassState.DONE, "requested_at": scope.now, "finished_at": scope.now}
    for school_id in School.objects.values_list("pk", flat=True):
        TierPass.objects.create(school_id=school_id, students=len(pupils(scope, [school_id])), **done)
