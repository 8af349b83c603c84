"""The site: settings, URLs, Celery and the embedded services. Nothing imports it but the processes it starts."""
