"""The Celery application and beat's whole schedule.

Tasks take ids and are idempotent; what they have to do stands in rows (see docs/decisions.md), so losing the broker
loses nothing: beat asks again.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attendance_site.settings")

app = Celery("first_bell")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Idempotent and cheap when the day stands open, so that an outage in the morning is made good within minutes.
    "open the school day": {"task": "attendance.open_day", "schedule": 300.0},
    # In the night of every zone of the United States.
    "rebuild the ledger": {"task": "attendance.rebuild", "schedule": crontab(hour="9", minute="30")},
    # What a save left in the outbox: a tier is reached within seconds of the mark that reaches it.
    "look at changed days": {"task": "interventions.drain_changes", "schedule": 5.0},
    # When every ledger stands rebuilt.
    "pass over the tiers": {"task": "interventions.nightly_pass", "schedule": crontab(hour="10", minute="0")},
    "take up waiting passes": {"task": "interventions.take_up_passes", "schedule": 15.0},
    # What no save tells: a report that was taken back, a class that nobody has entered by the evening.
    "look for alerts": {"task": "interventions.look_for_alerts", "schedule": 180.0},
    "send mail": {"task": "interventions.send_messages", "schedule": 5.0},
    "take up waiting campaigns": {"task": "interventions.take_up_campaigns", "schedule": 15.0},
    # Somebody waits before the page: the asking itself sends the message, and this what a killed worker left.
    "take up waiting policy trials": {"task": "interventions.take_up_trials", "schedule": 15.0},
    "remove old policy trials": {"task": "interventions.remove_trials", "schedule": crontab(hour="8", minute="45")},
    # What a killed worker wrote and no row names; whoever restores a backup has a week.
    "sweep documents": {"task": "attendance.sweep_documents", "schedule": crontab(hour="9", minute="0")},
    # Takes up months whose worker was killed, and months whose message never reached the broker.
    "take up waiting months": {"task": "reporting.take_up_months", "schedule": 15.0},
    "take up waiting packets": {"task": "reporting.take_up_packets", "schedule": 15.0},
    # Before anybody asks for one in the morning.
    "remove old packets": {"task": "reporting.remove_packets", "schedule": crontab(hour="8", minute="30")},
    # A school whose ledger moved is counted anew within minutes, not with every save: a year of a school takes 0.5 s.
    "count figures": {"task": "reporting.count_news", "schedule": 300.0},
    # Only dates of which there is news: a late save of an old date is seen within minutes.
    "count entries": {"task": "attendance.count_entry_news", "schedule": 300.0},
    "count every school": {"task": "reporting.count_every_school", "schedule": crontab(hour="10", minute="45")},
    # A set is taken in when it has stayed the same from one look to the next, so within two rounds.
    "look for nightly rosters": {"task": "students.watch_roster_folder", "schedule": 120.0},
    # As the months: what a killed worker left, and what never reached the broker.
    "take up waiting imports": {"task": "students.sweep_imports", "schedule": 15.0},
    # What two persons agreed to dispose of; a killed worker's disposal goes on where it stopped.
    "take up waiting disposals": {"task": "students.take_up_disposals", "schedule": 60.0},
    "take up waiting LMS files": {"task": "attendance.sweep_lms_files", "schedule": 15.0},
}
