"""What a load balancer and a container's keeper ask: does the process live, and can it serve?

Both are open to strangers, so they name no version, no address and no person.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from students import probes

ANSWERS = "ok"
BROKER_AWAY = "does not answer: classes can be marked; months and nightly work wait"


@require_safe
@login_not_required
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, since killing it mends no database."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when classes can be marked, 503 when not. A broker that is away is said, and stops nobody from marking."""
    database = _database()
    is_ready = database == ANSWERS
    parts = {"database": database, "redis": ANSWERS if probes.redis_answers() else BROKER_AWAY}
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": is_ready, **parts}, status=status)


def _database() -> str:
    try:
        return "migrations are not applied" if probes.unapplied_migrations() else ANSWERS
    except DatabaseError:
        return "does not answer"
