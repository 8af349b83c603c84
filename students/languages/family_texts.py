"""What families read: the sources whose every text must exist in all offered languages, and who keeps its translation.

Add the file of a new text for families to the app that owns it; templates/family/ is looked at in any case. A text may
stand in the catalog of any app; a new one is put into that of the app under which its source is named here.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SOURCES: dict[str, tuple[str, ...]] = {
    "students": (
        "students/languages/*.py",
        "students/services/joining.py",
        "students/views/join*.py",
        "students/views/family_*.py",
        "templates/40*.html",
        "templates/account/**/*",
        "templates/socialaccount/*.html",
        "templates/base.html",
        "templates/components/empty.html",
        "templates/components/field.html",
        "templates/components/form_errors.html",
        "templates/components/messages.html",
        "templates/components/notice.html",
        "templates/components/page_head.html",
        "templates/components/status.html",
        "students/views/language*.py",
        "students/services/signing_up.py",
        "students/services/family_accounts.py",
        "templates/family/account*.html",
        "templates/family/address*",
        "templates/family/join*.html",
        "templates/family/frame.html",
        "templates/family/language*.html",
        "templates/students/invitation_*",
    ),
    "attendance": (
        "attendance/selectors/absence_reports.py",
        "attendance/selectors/family_*.py",
        "attendance/services/absence_reports.py",
        "attendance/services/correction_requests.py",
        "attendance/services/document_intake.py",
        "attendance/services/family_*.py",
        "attendance/views/document_fields.py",
        "attendance/views/family_*.py",
        "templates/family/absence*.html",
        "templates/family/corrections.html",
        "templates/family/document_*.html",
        "templates/family/notes.html",
    ),
    "interventions": (
        "interventions/selectors/alert_words.py",
        "interventions/services/alert_choices.py",
        "interventions/services/alert_mail.py",
        "interventions/services/answer_mail.py",
        "interventions/services/letter_news.py",
        "interventions/views/family_alerts.py",
        "interventions/views/unsubscribe.py",
        "templates/family/alerts*.html",
        "templates/family/letters.html",
        "templates/family/unsubscribe.html",
    ),
    # Whatever page of families nobody else has named.
    "reporting": ("templates/family/**/*", "templates/components/live.html", "reporting/*/family_*.py"),
}

# Texts of Django and allauth that a family meets: their own catalogs say them in some languages, ours in the others.
BORROWED = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    "a.m.",
    "p.m.",
    "AM",
    "PM",
    "midnight",
    "noon",
    # Forms.
    "This field is required.",
    "Enter a valid value.",
    "Enter a valid email address.",
    "Enter a valid date.",
    "Enter a valid time.",
    "Enter a whole number.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "No file was submitted. Check the encoding type on the form.",
    "No file was submitted.",
    "The submitted file is empty.",
    "Null characters are not allowed.",
    # Passwords.
    "The password is too similar to the %(verbose_name)s.",
    "This password is too common.",
    # Signing in.
    "This account is currently inactive.",
    "A user is already registered with this email address.",
    "Please type your current password.",
    "The email address and/or password you specified are not correct.",
    "The username and/or password you specified are not correct.",
    "Too many failed login attempts. Try again later.",
    "You must type the same password each time.",
    "The password reset token was invalid.",
    "Current Password",
    "New Password",
    "New Password (again)",
    "Password",
    "Password (again)",
)
BORROWED_PLURALS = (
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
)


def files_of(app: str) -> list[Path]:
    """The files of an app's texts, each named by one app alone: the first that names it."""
    before = {path for name in list(SOURCES)[: list(SOURCES).index(app)] for path in files_of(name)}
    found = {path for pattern in SOURCES[app] for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(found - before)
