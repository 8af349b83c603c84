"""The web application, as gunicorn serves it."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attendance_site.settings")
application = get_wsgi_application()

# The pages hand months to the workers: without this import they would not know the broker.
from attendance_site.celery import app as celery_app  # noqa: E402, F401

# The pages' own modules are loaded with their addresses. What is loaded now is never garbage: looked through again and
# again it would take 40 to 100 ms out of a request that makes many objects.
get_resolver().url_patterns  # noqa: B018
gc.freeze()
