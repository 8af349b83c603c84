"""What the database refuses of the trials of policies, by the names of its constraints."""

from typing import Any

from interventions.models import PolicyTrial, TrialState
from interventions.rules.policy import SOURCES
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, World


def trial(world: World, **given: Any) -> PolicyTrial:
    facts = {"asked_by": world.users["reyes"], "asked_at": NOW, "name": "Spring", "agreed": "a-b"}
    return PolicyTrial(**facts | {"tried": SOURCES.figures} | given)


def test_a_trial_runs_under_a_lease_and_is_done_with_what_it_compared(world: World) -> None:
    trial(world).save()
    assert_refused_by("running_trial_has_a_lease", trial(world, state=TrialState.RUNNING))
    done = {"state": TrialState.DONE, "as_of": NOW, "finished_at": NOW, "replaced": SOURCES.figures}
    trial(world, **done).save()
    for lacking in ("as_of", "finished_at", "replaced"):
        assert_refused_by("done_trial_says_what_it_compared", trial(world, **done | {lacking: None}))
