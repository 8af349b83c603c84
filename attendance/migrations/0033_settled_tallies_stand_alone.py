"""Tallies of weeks that are added up stand alone: what finds the fewest students of a day relies on it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0032_the_ledger_is_counted_by_weeks'),
        ('students', '0017_records_are_kept_for_five_years_and_disposed_of_by_two_persons'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='weektally',
            constraint=models.UniqueConstraint(condition=models.Q(('settled', True)), fields=('school', 'week', 'grade', 'ada_included', 'mode'), name='one_settled_tally_of_a_kind_and_week', violation_error_message='The tallies of this week were added up already.'),
        ),
    ]
