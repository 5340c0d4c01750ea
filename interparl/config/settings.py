"""Settings. Everything that an administrator may change comes from the environment; the README lists the names."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from interparl.config.file_settings import files_storage, megabytes

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("INTERPARL_FOLDER", PACKAGE.parent / "data"))
PRODUCTION = os.environ.get("INTERPARL_MODE", "development") == "production"
# Whether a web server that ends TLS stands before this one and sets X-Forwarded-Proto and -For itself.
BEHIND_PROXY = os.environ.get("INTERPARL_PROXY", "") == "1"
DEBUG = False


def _secret_key() -> str:
    """The key from the environment, else one made once and kept in the data folder, readable by its owner only."""
    if given := os.environ.get("INTERPARL_SECRET_KEY"):
        return given
    kept = FOLDER / "secret_key"
    if not kept.exists():
        FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("INTERPARL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("INTERPARL_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "interparl.accounts",
    "interparl.core",
    "interparl.search",
    "interparl.tasks",
    "interparl.documents",
    "interparl.exchange",
    "interparl.directory",
    "interparl.bodies",
    "interparl.meetings",
    "interparl.briefs",
    "interparl.portal",
    "interparl.administration",
]

MIDDLEWARE = [
    "interparl.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "interparl.config.limits.LimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "interparl.core.kept.KeptPageMiddleware",
    "interparl.config.sessions.SessionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "interparl.config.sessions.SessionLimitsMiddleware",
    "interparl.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "interparl.core.middleware.RequestScopeMiddleware",
    "interparl.core.middleware.ReadLogMiddleware",
]

ROOT_URLCONF = "interparl.config.urls"
WSGI_APPLICATION = "interparl.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "interparl.config.shell.desk_context",
                "interparl.accounts.appearance.appearance_context",
            ],
            "builtins": ["interparl.core.templatetags.ui"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{FOLDER / 'interparl.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What was removed is gone from the file as well.
        "PRAGMA secure_delete=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In the database, so that all processes count attempts together. A full cache forgets counts; a stranger must not
# fill it by trying names, so it is large.
CACHES = {
    "default": {
        "BACKEND": "interparl.config.counting.CountingCache",
        "LOCATION": "interparl_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["interparl.meetings.models.access.Access"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "interparl.accounts.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  a class
DEFAULT_FROM_EMAIL = os.environ.get("INTERPARL_FROM", "interparl@localhost")
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}

MFA_ADAPTER = "interparl.accounts.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Interparl"
MFA_TOTP_TOLERANCE = 1
SECOND_FACTOR = os.environ.get("INTERPARL_SECOND_FACTOR", "required" if PRODUCTION else "offered")
if SECOND_FACTOR not in ("offered", "required"):
    raise ImproperlyConfigured(f"INTERPARL_SECOND_FACTOR is offered or required, not {SECOND_FACTOR!r}")

# Signing in through the parliament's own system (OpenID Connect): only with all four given.
SOCIALACCOUNT_ADAPTER = "interparl.accounts.single_sign_on.SingleSignOn"
_OIDC = {part: os.environ.get(f"INTERPARL_OIDC_{part}", "") for part in ("URL", "CLIENT", "SECRET", "NAME")}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "sso",
                "name": _OIDC["NAME"],
                "client_id": _OIDC["CLIENT"],
                "secret": _OIDC["SECRET"],
                "settings": {"server_url": _OIDC["URL"], "oauth_pkce_enabled": True},
            }
        ]
        if all(_OIDC.values())
        else []
    }
}

# A session ends after so many minutes without a request, and after twelve hours in any case.
IDLE_MINUTES = int(os.environ.get("INTERPARL_IDLE_MINUTES", "60"))
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Not in a cookie: what was done is nobody's but the session's.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("be", _("Belarusian"))]
LOCALE_PATHS = [PACKAGE / "core" / "locale"]
FORMAT_MODULE_PATH = ["interparl.core.date_formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("INTERPARL_TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = FOLDER / "static"
STORAGES = {
    "files": files_storage(os.environ.get("INTERPARL_FILES", "")),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_HANDLERS = ["interparl.config.uploads.UploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A table of 400 columns, each with what is said of it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_PROXY:
    # Anybody could send these, so they are believed only on an administrator's word.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # With this prefix no other host of the domain can set them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "__Host-session", "__Host-csrf", "__Host-language"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # smtps://user:password@host:465, smtp+starttls://user:password@host:587, or a relay on this computer.
    _mail = urlsplit(os.environ.get("INTERPARL_MAIL", "smtp://localhost:25"))
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+starttls"
    EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "dated": {
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "dated": {"class": "logging.StreamHandler", "formatter": "dated"},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # Foreign host names, forms without their token, forged cookies.
        "django.security": {"handlers": ["dated"], "level": "WARNING", "propagate": False},
        # Who signed in, who failed to, who was refused.
        "interparl.security": {"handlers": ["dated"], "level": "INFO", "propagate": False},
    },
}

# Backups by the clock: the folder ("" for none), from which time of day on (the parliament's), and of how many days,
# weeks and months the last one stays.
BACKUPS = os.environ.get("INTERPARL_BACKUPS", "")
BACKUP_AT = os.environ.get("INTERPARL_BACKUP_AT", "03:00")
BACKUP_KEEP = os.environ.get("INTERPARL_BACKUP_KEEP", "7,4,12")

# What one file of a document may have of bytes, and all that are handed in at once.
FILE_LIMIT = megabytes("INTERPARL_FILE_MEGABYTES", 50)
FILES_LIMIT = 4 * FILE_LIMIT

# Rows a page of a list, and the most that an import may hold when unpacked.
ROWS_A_PAGE = 50
IMPORT_LIMIT = 64 * 1024 * 1024
