"""The settings: what would put records at risk, or keep people out."""

from collections.abc import Iterator

from django.conf import settings

from students.access import Scope
from students.findings import Finding, warning, well, wrong

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1"}
PRINTS_MAILS = "django.core.mail.backends.console.EmailBackend"


def check_configuration(scope: Scope) -> Iterator[Finding]:
    """The secret, debugging, TLS, mail and the clock."""
    yield _secret_key()
    yield _debugging()
    yield _tls()
    yield _mail()
    yield _clock()


def _secret_key() -> Finding:
    if settings.SECRET_KEY_IS_KEPT:
        return well("SECRET_KEY is set.")
    return wrong(
        "SECRET_KEY is unset: every process makes its own, and nobody stays signed in.",
        "Set SECRET_KEY to 50 random characters or more, the same for every process.",
    )


def _debugging() -> Finding:
    if not settings.DEBUG:
        return well("DEBUG is off.")
    return wrong("DEBUG is on: a fault shows code and children's records to whoever meets it.", "Unset DEBUG.")


def _tls() -> Finding:
    if settings.SESSION_COOKIE_SECURE:
        return well("HTTPS is on.")
    if not _strangers():
        return well("HTTPS is off, and only this machine is served.")
    return wrong(
        f"HTTPS is off although {', '.join(_strangers())} is served: passwords travel in the clear.",
        "Put TLS in front and set HTTPS=true.",
    )


def _mail() -> Finding:
    if settings.EMAIL_BACKEND != PRINTS_MAILS:
        return well("Mails are sent.")
    return warning(
        "Mails are printed, not sent: nobody who came in by a roster can set a password.",
        "Set EMAIL_URL to the mail server.",
    )


def _clock() -> Finding:
    if not settings.CLOCK_FILE:
        return well("The clock is the machine's.")
    return warning("The clock is the demo's: days are not today's.", "Unset CLOCK_FILE for a real district.")


def _strangers() -> list[str]:
    """The served host names that are not this machine's own."""
    return [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
