"""A time of day as minutes from midnight, for the statement that gathers facts (attendance/selectors/facts.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("attendance", "0002_the_states_policy_of_2020_21")]
    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION attendance_minute(time) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
            "RETURN (extract(epoch FROM $1)::bigint) / 60",
            "DROP FUNCTION attendance_minute(time)",
        )
    ]
