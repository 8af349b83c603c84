"""The state's own policy of 2020-21 (63 percent, 240 minutes), so that no day is judged by none."""

from datetime import date

from django.db import migrations

DOCUMENTS_THAT_SUFFICE = {
    "activity": ["school_record"],
    "illness": ["medical"],
    "isolation": ["health_order", "medical"],
    "family": ["obituary", "medical", "other_document"],
    "appointment": ["medical"],
    "court": ["court_paper"],
    "religious": ["school_record", "other_document"],
    "educational": ["school_record"],
    "other": ["school_record", "other_document"],
}


def add_policy(apps, schema_editor):
    policy = apps.get_model("attendance", "AttendancePolicy")
    policy.objects.using(schema_editor.connection.alias).create(
        starts_on=date(2020, 7, 1),
        name="State policy 2020-21",
        accepted_documents=DOCUMENTS_THAT_SUFFICE,
    )


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_from_the_bell_to_the_day")]
    operations = [migrations.RunPython(add_policy, migrations.RunPython.noop)]
