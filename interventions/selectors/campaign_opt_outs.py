"""Who wants no campaigns, of families and partners; what the district writes to its staff is work."""

from interventions.models import MailTopic, OptOut
from students.access import Scope


def declined(scope: Scope) -> set[tuple[str, int]]:
    """Everybody who wants none, as (guardian, user or partner, id)."""
    standing = OptOut.objects.filter(topic=MailTopic.CAMPAIGNS, ended_at__isnull=True)
    return {
        (kind, pk)
        for row in standing.values_list("guardian_id", "user_id", "partner_id")
        for kind, pk in zip(("guardian", "user", "partner"), row, strict=True)
        if pk is not None
    }
