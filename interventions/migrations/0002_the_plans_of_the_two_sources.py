"""The thresholds and action plans of the two sources (MD-05 to MD-07, ST-02, RD-42), as rows a district can change."""

from datetime import date

from django.db import migrations

# tier, kind, words, school days, only for disengaged or unlocated students
ACTIONS = [
    (1, "call", "Call the family in person", 1, False),
    (1, "visit", "Visit the home", 5, False),
    (1, "conference", "Hold a parent conference", 5, False),
    (1, "services", "Refer to services, or offer them", 10, False),
    (1, "review", "Bring to the attendance review committee", 10, False),
    (1, "family_meeting", "Meet the family and make a support plan", 10, False),
    (1, "incentive", "Agree on an incentive", 10, False),
    (2, "locate", "Locate and engage the student and the family", 2, False),
    (2, "mentoring", "Find a mentor", 5, False),
    (2, "district", "Ask Mental Health Services for support", 5, False),
    (2, "district", "Ask Schools Police for support", 5, False),
    (2, "district", "Ask School Operations for support", 5, False),
    (2, "community", "Bring in a community organization", 10, False),
    (3, "case_management", "Coordinate the case with Region, District, Schools Police and partners", 2, False),
    (3, "case_management", "Hold the first case conference", 5, False),
    (3, "agency", "Ask the housing authority to help to locate the student", 5, True),
    (3, "agency", "Ask the municipality to help to locate the student", 5, True),
    (3, "agency", "Ask the Department of Children and Families to help to locate the student", 5, True),
]
RULES = {1: "MD-05", 2: "MD-06", 3: "MD-07"}


def add_policy_and_plans(apps, schema_editor):
    using = schema_editor.connection.alias
    apps.get_model("interventions", "CarePolicy").objects.using(using).create(
        starts_on=date(2020, 7, 1), name="Tiers and truancy 2020-21", truancy_absences=[5, 10, 12]
    )
    action = apps.get_model("interventions", "PlannedAction")
    action.objects.using(using).bulk_create(
        action(
            tier=tier,
            position=position,
            kind=kind,
            words=words,
            due_school_days=days,
            only_unlocated=only_unlocated,
            rule=RULES[tier],
        )
        for position, (tier, kind, words, days, only_unlocated) in enumerate(ACTIONS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("interventions", "0001_counts_become_care")]
    operations = [migrations.RunPython(add_policy_and_plans, migrations.RunPython.noop)]
