# One image for the web, the worker, beat and the migrations.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin first-bell
WORKDIR /app

COPY requirements.txt ./
RUN pip install --disable-pip-version-check -r requirements.txt
COPY . .
# Collecting reads the settings and signs nothing: this key is thrown away with the layer's process.
RUN SECRET_KEY=only-for-collecting python manage.py collectstatic --noinput

# A new volume takes the folder's owner.
RUN install --directory --owner first-bell --mode 0700 /documents

# Its own files belong to root: a fault cannot rewrite the program.
USER first-bell
EXPOSE 8000
# No control socket: there is no home folder to keep it in.
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "attendance_site.wsgi"]
