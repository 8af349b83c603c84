from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0028_entries_are_counted")]

    operations = [
        migrations.AddIndex(
            model_name="classmeeting",
            index=models.Index(
                condition=models.Q(("state", "expected")), fields=["school", "date"], name="meeting_not_taken"
            ),
        ),
    ]
