"""The web application, as gunicorn serves it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attendance_site.settings")
application = get_wsgi_application()

# The pages hand months to the workers: without this import they would not know the broker.
from attendance_site.celery import app as celery_app  # noqa: E402, F401
