"""In which language somebody is written to."""

from interventions.models import Message
from students.access import Scope
from students.languages.offered import offered_or_english
from students.selectors.family_language import languages_to_write_in


def language_of(scope: Scope, message: Message) -> str:
    """What an account chose, else what the roster says of the guardian, else English."""
    if message.guardian_id is not None:
        return languages_to_write_in(scope, [message.guardian_id])[message.guardian_id]
    return offered_or_english(message.user.language if message.user else None)
