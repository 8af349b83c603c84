"""Another policy tried on a large district, whose pages are then opened."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from datetime import time as hour


def try_another_policy(day: date) -> float:
    """Seconds of a worker for a policy with other thresholds and other criteria, asked for on a morning."""
    from interventions.rules.policy import SOURCES
    from interventions.services.policy_trials import ask_for_trial, run_trial
    from students.access import installation_scope, scope_of
    from students.models import User

    morning = datetime.combine(day, hour(15), UTC)
    thresholds = replace(
        SOURCES, starts_on=day, tier_1_absences=4, tier_2_absences=7, tier_3_absences=12, truancy_absences=(4, 9, 12)
    )
    criteria = replace(thresholds, absent_days_running=4, weeks_without_interaction=3, absent_percent=40)
    policy = replace(criteria, tardies_watched=6, failed_contacts=2, absent_window_days=15)
    asker = scope_of(User.objects.get(username="district_administrator"), morning)
    trial = ask_for_trial(asker, policy, name="Tried")
    began = time.perf_counter()
    run_trial(installation_scope(morning), trial.pk, instants=lambda: morning)
    return time.perf_counter() - began
