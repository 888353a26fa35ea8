"""Django settings: one file, one instance; what differs comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from soichieu import instance

PACKAGE = Path(__file__).resolve().parent
HOME = instance.home()

SECRET_KEY = instance.secret_key(HOME)
instance.keep_compiled(HOME)
DEBUG = os.environ.get("SOICHIEU_DEBUG") == "1"
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [name.strip() for name in os.environ.get("SOICHIEU_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = ALLOWED_HOSTS or LOOPBACK_HOSTS
CSRF_TRUSTED_ORIGINS = [one.strip() for one in os.environ.get("SOICHIEU_ORIGINS", "").split(",") if one.strip()]
# What a proxy says of a visitor is believed only where one stands in front: anybody else could write these heads.
BEHIND_PROXY = os.environ.get("SOICHIEU_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "soichieu.organisation",
    "soichieu.documents",
    "soichieu.ledger",
    "soichieu.links",
    "soichieu.findings",
    "soichieu.directives",
    "soichieu.plans",
    "soichieu.conferences",
    "soichieu.exchange",
    "soichieu.web",
    "soichieu.accounts",
    "soichieu.board",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "soichieu.accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "soichieu.accounts.middleware.AskerMiddleware",
    "soichieu.web.middleware.FormAddressMiddleware",
]
ROOT_URLCONF = "soichieu.urls"
WSGI_APPLICATION = "soichieu.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "soichieu.web.context.shell",
                "soichieu.accounts.context.who",
            ],
        },
    }
]

_url = os.environ.get("DATABASE_URL", "")
if _url:
    DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / instance.DATABASE_NAME),
            "OPTIONS": {
                # A writer takes its place in the queue when it begins, not at its first write: DEFERRED
                # transactions fail with "database is locked" as soon as two of them read before they write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
CSRF_FAILURE_VIEW = "soichieu.web.views.csrf_failed"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = ["soichieu.web.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
# Served straight from the packages by whitenoise: nothing is collected, so nothing can be stale.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

FILES_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
# A plan of 2,000 lines is mended in one form of twelve fields a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
MAX_FILE_BYTES = int(os.environ.get("SOICHIEU_MAX_FILE_BYTES", 200 * 2**20))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("SOICHIEU_HTTPS") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # A plain refusal (403, 404, 400) is a line of the log; a traceback stands for what broke.
    "filters": {
        "refusals": {"()": "soichieu.web.logs.Short"},
        "unknown_host": {"()": "soichieu.web.logs.UnknownHost"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["unknown_host"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
