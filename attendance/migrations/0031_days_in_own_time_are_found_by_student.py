from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0030_students_are_taken_off_an_assessments_list")]

    operations = [
        migrations.RemoveIndex(model_name="classmeeting", name="meeting_not_taken"),
        migrations.AddIndex(
            model_name="classmeeting",
            index=models.Index(
                condition=models.Q(("state", "expected")),
                fields=["school", "date"],
                include=("section",),
                name="meeting_not_taken_of_class",
            ),
        ),
        migrations.AddIndex(
            model_name="dailyattendance",
            index=models.Index(
                condition=models.Q(("own_time_sections", []), _negated=True),
                fields=["student", "date"],
                name="ledger_own_time",
            ),
        ),
    ]
