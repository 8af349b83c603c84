"""The district's policies for tiers, disengagement and truancy, as plain values for the rules."""

from dataclasses import fields

from interventions import models
from interventions.rules.policy import CarePolicy
from students.access import Scope

_FIELDS = [field.name for field in fields(CarePolicy)]


def care_policies(scope: Scope) -> list[CarePolicy]:
    """Every policy of the district; anybody may know by what it counts, so the scope narrows nothing."""
    return [
        CarePolicy(**row | {"truancy_absences": tuple(row["truancy_absences"])})
        for row in models.CarePolicy.objects.values(*_FIELDS)
    ]
