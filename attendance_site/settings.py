"""Settings, from the environment by django-environ. Importing them starts nothing.

Unset addresses are read from `.data/services.env`, which the embedded services write while they run. Each variable may
also stand in a file that `<its name>_FILE` names, as secrets of containers do. `docs/configuration.md` lists them all.
"""

import secrets
from pathlib import Path

import environ
from django.conf.locale import LANG_INFO

from students.languages.offered import ENGLISH, HAITIAN_CREOLE, OFFERED

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".data"

env = environ.FileAwareEnv()
if (DATA_DIR / "services.env").exists():
    env.read_env(DATA_DIR / "services.env")


def _secret(variable: str, fallback: str = "") -> str:
    """What a variable or its file says, without the newline that editors end a file with."""
    return env.str(variable, default=fallback).strip()


DEBUG = env.bool("DEBUG", default=False)
# Without one each process makes its own: nobody stays signed in across a restart, and nothing is guessable.
SECRET_KEY_IS_KEPT = bool(_secret("SECRET_KEY"))
SECRET_KEY = _secret("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "pgtrigger",
    "pghistory",
    "students",
    "attendance",
    "interventions",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "students.views.private_pages.PrivatePagesMiddleware",
    "students.views.local_time.LocalTimeMiddleware",
    "students.views.languages.FamilyLanguageMiddleware",
    "students.views.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "attendance_site.urls"
WSGI_APPLICATION = "attendance_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "students.views.context.shell",
            ]
        },
    }
]


def _database(variable: str, fallback: str = "") -> dict:
    """The database that a variable names; one that says what to run when it names none."""
    url = _secret(variable, fallback)
    database = env.db_url_config(url) if url else {"NAME": "not-configured", "OPTIONS": {}}
    database["ENGINE"] = "attendance_site.database"
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
    return database


# The application's role cannot alter the schema; the owner's migrates (see docs/decisions.md).
DATABASES = {
    "default": _database("DATABASE_URL"),
    "owner": _database("DATABASE_OWNER_URL", _secret("DATABASE_URL")),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The database's own cache table: throttles count across processes, and signing in does not need Redis.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

REDIS_URL = _secret("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"

# Where the student information system leaves its rosters; nothing is watched without one.
ROSTER_FOLDER = env.str("ROSTER_FOLDER", default="")
# A worker holds a set unpacked in memory: the engine's own bounds are 200 MB packed and 1 GB unpacked.
# A term of a large district's LMS; read in chunks, so the size is never in memory.
LMS_UPLOAD_LIMIT_BYTES = 50_000_000
ROSTER_UPLOAD_LIMIT_BYTES = min(env.int("ROSTER_UPLOAD_LIMIT_MB", default=50), 200) * 1_000_000
ROSTER_FAULT_VALUES_DAYS = env.int("ROSTER_FAULT_VALUES_DAYS", default=30)
# So many days without a delivery and `manage.py doctor` says so: a long weekend is none.
ROSTER_FOLDER_QUIET_DAYS = env.int("ROSTER_FOLDER_QUIET_DAYS", default=4)

# By which the month's files are written; a district's own layouts are files in a folder of its own (docs/layouts.md).
MONTH_LAYOUT = env.str("MONTH_LAYOUT", default="msis-2")
LAYOUTS_FOLDER = env.str("LAYOUTS_FOLDER", default="")

# Outside the web root: what lies there is a child's medical paper, and only a view that asks the scope opens it.
DOCUMENTS_DIR = Path(env.str("DOCUMENTS_DIR", default=str(DATA_DIR / "documents")))
# A document is read whole into memory to be looked into.
DOCUMENT_LIMIT_BYTES = min(env.int("DOCUMENT_LIMIT_MB", default=10), 50) * 1_000_000

# The first stops what is too large; the others keep small files in memory and larger ones on disk.
FILE_UPLOAD_HANDLERS = [
    "students.views.uploads.LargestUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CLOCK_FILE = env.str("CLOCK_FILE", default="")

AUTH_USER_MODEL = "students.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "students.family_sign_in.FamilyBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# So many proxies of our own stand in front: the address that a throttle counts is what the first of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
ACCOUNT_ADAPTER = "students.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

# The district's own sign-in, by OpenID Connect: off while no issuer is named.
SINGLE_SIGN_ON_NAME = env.str("OIDC_NAME", default="District sign-in") if _secret("OIDC_ISSUER") else ""
# By what somebody who comes from there is found among the staff: email, source_id, or nothing (then nobody is).
SINGLE_SIGN_ON_STAFF_BY = env.str("OIDC_STAFF_BY", default="")
SINGLE_SIGN_ON_SOURCE_ID_CLAIM = env.str("OIDC_SOURCE_ID_CLAIM", default="sub")
_DISTRICTS_OWN = {
    "provider_id": "district",
    "name": SINGLE_SIGN_ON_NAME,
    "client_id": _secret("OIDC_CLIENT_ID"),
    "secret": _secret("OIDC_CLIENT_SECRET"),
    "settings": {"server_url": _secret("OIDC_ISSUER")},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_DISTRICTS_OWN] if SINGLE_SIGN_ON_NAME else []}
}
SOCIALACCOUNT_ADAPTER = "students.single_sign_on.Adapter"
# A form that leads to another site is what the content policy forbids; a link is not.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_REQUIRED = False
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
EMAIL_CONFIG = env.email_url_config(_secret("EMAIL_URL") or "consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="First Bell <first-bell@localhost>")
# Where links in a mail lead: a worker sends it, and has no request to ask.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Secure cookies need TLS, which the demo on localhost has not.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE
# Probes ask from inside, without TLS; they are told nothing that is private.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SESSION_COOKIE_SECURE
# Browsers' preload lists take whole domains: that is for the domain's owner to ask for, and not for one site on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# How often a token, or a person, may ask the interface for programs.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=300)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "students.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["students.api.permissions.TokenAllows"],
    "DEFAULT_THROTTLE_CLASSES": ["students.api.throttling.EachCaller"],
    "DEFAULT_PARSER_CLASSES": ["students.api.parsing.JsonBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "students.api.schema.Schema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "students.api.negotiation.SignedInFirst",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "students.api.problems.answer_to",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "First Bell",
    "DESCRIPTION": "District attendance for programs: rosters, class meetings, marking, days and calendars.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["students.api.permissions.TokenAllows"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PATH_CONVERTER_OVERRIDES": {
        "int": {"type": "integer", "minimum": 1, "maximum": 2**63 - 1},
        "iso_date": {"type": "string", "format": "date"},
    },
    # What goes in and what comes out are described apart; choices stand where they are used.
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],
}

# Families read all of these; whatever is for staff is English (students/views/languages.py).
LANGUAGE_CODE = ENGLISH
LANGUAGES = list(OFFERED.items())
LANG_INFO["ht"] = HAITIAN_CREOLE
FORMAT_MODULE_PATH = ["students.formats"]
USE_I18N = True
USE_TZ = True
# Instants are kept in UTC; the district's own zone decides what day it is (students.models.District.time_zone).
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATIC_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}

PGHISTORY_APPEND_ONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
