"""What the database refuses of alerts, by name."""

from datetime import time

from interventions.models import AlertChoice, AlertPolicy, AlertTiming, OptOut
from tests.broken_constraints import assert_refused_by, refused_by_the_database
from tests.interventions.alerting import joined, mother
from tests.world import NOW, TODAY, World


def test_quiet_hours_begin_and_end_an_alert_is_chosen_once_and_one_reader_opts_out_once(world: World) -> None:
    rosa = mother(world, "Abara")
    account = joined(world, rosa)
    by = {"entered_by": world.users["okafor"], "entered_at": NOW}
    for wrong in ({"quiet_until": None}, {"quiet_from": None}, {"quiet_from": time(6)}):
        assert_refused_by("policys_quiet_hours_begin_and_end", AlertPolicy(starts_on=TODAY, **by, **wrong))
    AlertPolicy(starts_on=TODAY, quiet_from=None, quiet_until=None, **by).save()
    for wrong in ({"quiet_from": time(6)}, {"quiet_until": time(6)}, {"quiet_from": time(6), "quiet_until": time(6)}):
        assert_refused_by("familys_quiet_hours_begin_and_end", AlertTiming(account=account, **wrong))
    choice = {"account": account, "student": world.students["Abara"], "kind": "tardy", "chosen_at": NOW}
    AlertChoice(**choice).save()
    assert_refused_by("an_alert_is_chosen_once", AlertChoice(**choice))
    said = {"topic": "absences", "said_at": NOW, "said_by": "link"}
    assert_refused_by("opt_out_is_of_one", OptOut(**said))
    assert_refused_by("opt_out_is_of_one", OptOut(**said, guardian=rosa, user=account.user))
    assert_refused_by("opt_out_ends_after_it_was_said", OptOut(**said, guardian=rosa, ended_at=NOW.replace(year=2019)))
    OptOut(**said, guardian=rosa).save()
    refused_by_the_database("one_standing_opt_out_of_a_topic", OptOut(**said, guardian=rosa))
    OptOut(**said | {"topic": "alerts"}, guardian=rosa).save()
    OptOut(**said, user=account.user).save()
