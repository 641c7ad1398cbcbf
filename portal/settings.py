"""Settings of the site. What varies is read from the environment, in one place each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from portal import database, provider, secret_key
from portal.env import BadSettingError, Env

env = Env(os.environ)
SETTINGS_DECLARED = env.declared  # what `manage.py settings_table` tells: no values are in it

# Where things are
BASE_DIR = Path(__file__).resolve().parent.parent
SHIPPED_PAGES = BASE_DIR / "rendered"  # of the course that comes with it, in an image
_DATA_HOME = Path(env.given("XDG_DATA_HOME") or Path.home() / ".local" / "share")
PORTAL_DATA_DIR = env.folder(
    "PORTAL_DATA_DIR",
    _DATA_HOME / "gantry",
    shown="(the user's data folder, `~/.local/share/gantry`; `/data` in a container)",
    meaning="Where the database, keys made by the site and rendered pages are kept.",
)
PORTAL_COURSES_DIR = env.folder(
    "PORTAL_COURSES_DIR",
    BASE_DIR / "content" / "courses",
    shown="(the course that comes with Gantry)",
    meaning="The folder of your own courses.",
    must_exist=True,
)

# What kind of site this is
PRODUCTION = env.flag(
    "PORTAL_PRODUCTION",
    default=False,
    meaning="A site that other people reach, behind TLS; then the key and the names are required.",
)
DEBUG = env.flag(
    "PORTAL_DEBUG",
    default=False,
    meaning="For development: reload courses and code as they change.",
)
if PRODUCTION and DEBUG:
    raise BadSettingError("PORTAL_DEBUG is 'true'; it should be false when PORTAL_PRODUCTION is.")
SECRET_KEY = env.secret(
    "PORTAL_SECRET_KEY",
    shown="(made and kept in the data folder)",
    meaning="Signs sessions and links: at least 50 random characters, the same for all replicas.",
)
if PRODUCTION and len(SECRET_KEY) < secret_key.LEAST:
    raise BadSettingError(
        "PORTAL_SECRET_KEY is missing or short; it should be at least 50 random characters, "
        "such as python3 -c 'import secrets; print(secrets.token_urlsafe(50))' prints."
    )
SECRET_KEY = SECRET_KEY or secret_key.kept_in(PORTAL_DATA_DIR)
_hosts = env.words("PORTAL_HOSTS", meaning="The names people type to reach the site.")
ALLOWED_HOSTS = [*_hosts, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _hosts]
if PRODUCTION and not _hosts:
    raise BadSettingError(
        "PORTAL_HOSTS is missing; it should be the names people type, such as study.example.com."
    )
PORTAL_REQUIRE_LOGIN = env.flag(
    "PORTAL_REQUIRE_LOGIN", default=False, meaning="Whether reading needs an account, too."
)
PORTAL_OPEN_SIGNUP = env.flag(
    "PORTAL_OPEN_SIGNUP",
    default=True,
    meaning="Whether people may make accounts themselves; the first one, the owner's, always may.",
)

# What it is made of
INSTALLED_APPS = [
    "accounts",
    "content",
    "classes",
    "quizzes",
    "labs",
    "portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]
MIDDLEWARE = [
    "portal.observing.ObservingMiddleware",
    "portal.middleware.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "portal.middleware.UnchangedPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.HtmxRedirectMiddleware",
    "portal.middleware.BodyLimitMiddleware",
    "portal.middleware.LoginMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("portal.middleware.CourseReloadMiddleware")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [  # Any: the shape is Django's
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    },
]

# What may decide about a quiz from above: quizzes ask it, and know nothing of classes.
QUIZ_RULES = "classes.rules"

# Database
_database = database.read(env, PORTAL_DATA_DIR)
DATABASES = {"default": database.settings(_database, is_served="GUNICORN_SERVES" in os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # rate limits: every process and replica must see the same counts
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # beyond, counts are forgotten that still hold
    },
    "fragments": {  # parts of pages that change with the release only: each process has its own
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 90 * 24 * 3600
ACCOUNT_FORMS = {"login": "accounts.forms.SignInForm"}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# A class sits behind one address: guesses are limited by account, floods by address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/m/ip,10/5m/key",
    "signup": "300/h/ip",
    "reset_password": "100/h/ip,5/h/key",
    "change_password": "10/m/user",
}

MFA_ADAPTER = "accounts.second_factor.MfaAdapter"
MFA_TOTP_ISSUER = "Gantry"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a site without mail cannot verify any

# Signing in by the team's own OpenID provider
_provider = provider.read(env)
PORTAL_OIDC_URL, PORTAL_OIDC_NAME = _provider.url, _provider.name
PORTAL_OIDC_DOMAINS = _provider.domains
PORTAL_OIDC_STAFF, PORTAL_OIDC_GROUPS_CLAIM = _provider.staff_group, _provider.groups_claim
if PORTAL_OIDC_URL:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.SocialAdapter"
# A form could not lead to the provider: the CSP lets forms go nowhere else.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = provider.for_allauth(_provider)

# Labs: how a learner's AWS account may be reached
PORTAL_LABS_PRINCIPAL = env.text(
    "PORTAL_LABS_PRINCIPAL",
    meaning="The ARN that learners' read-only roles trust: the site's own role.",
)
PORTAL_LABS_MACHINE = env.flag(
    "PORTAL_LABS_MACHINE",
    default=False,
    meaning="True only on a machine that one learner runs: its own AWS credentials may be used.",
)
PORTAL_LABS_PROFILE = env.text(
    "PORTAL_LABS_PROFILE", meaning="The profile of those credentials; without, the default one."
)
PORTAL_SANDBOX_URL = env.text(
    "PORTAL_SANDBOX_URL",
    meaning="Where the site and learners' terminals reach the practice account; without, none.",
)
PORTAL_SANDBOX_TOKEN = env.secret(
    "PORTAL_SANDBOX_TOKEN",
    shown="(made and kept in the data folder)",
    meaning="The secret that site and practice account share: at least 32 random characters.",
)

# E-mail, where there is a server for it
EMAIL_HOST = env.text(
    "PORTAL_EMAIL_HOST",
    meaning="The mail server for password resets; without, the owner resets passwords.",
)
EMAIL_PORT = env.integer(
    "PORTAL_EMAIL_PORT", 587, least=1, most=65535, meaning="The port it listens to."
)
EMAIL_HOST_USER = env.text("PORTAL_EMAIL_USER", meaning="Who the site is to it.")
EMAIL_HOST_PASSWORD = env.secret("PORTAL_EMAIL_PASSWORD", meaning="The password that goes with it.")
EMAIL_USE_TLS = env.flag(
    "PORTAL_EMAIL_TLS", default=True, meaning="Whether mail is handed over by STARTTLS."
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text(
    "PORTAL_EMAIL_FROM", "gantry@localhost", meaning="The address that mail comes from."
)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
PORTAL_SENDS_MAIL = bool(EMAIL_HOST) or DEBUG
ACCOUNT_EMAIL_VERIFICATION = "optional" if EMAIL_HOST else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Languages and time
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_CODE = env.choice(
    "PORTAL_LANGUAGE",
    "ja",
    ("ja", "en"),
    meaning="What newcomers get when their browser asks for nothing we speak: `ja` or `en`.",
)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text(
    "PORTAL_TIME_ZONE",
    "Asia/Tokyo",
    meaning="The time zone of dates, unless a person chooses another.",
)
if TIME_ZONE not in available_timezones():
    raise env.bad("PORTAL_TIME_ZONE", "the name of a time zone, such as Asia/Tokyo or UTC")
USE_TZ = True

# Static files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "portal.bundle.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEBUG:
    _STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC},
}

# Safety
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
PERMISSIONS_POLICY = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
MOST_BODY = (
    1024
    * 1024
    * env.integer(
        "PORTAL_UPLOAD_MB",
        10,
        least=1,
        most=1000,
        meaning="The largest file people may send, in MB.",
    )
)
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
BEHIND_PROXY = env.flag(
    "PORTAL_BEHIND_PROXY",
    default=False,
    meaning="True when a proxy in front sets X-Forwarded-Proto and X-Forwarded-For, always.",
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# HSTS for subdomains and preload lists is the domain's decision, not one site's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# Seeing it: events go to standard error, one line each, without personal data
PORTAL_METRICS_TOKEN = env.secret(
    "PORTAL_METRICS_TOKEN",
    meaning="What a scraper sends as `Authorization: Bearer TOKEN` for /metrics; without, none.",
)
PORTAL_ACCESS_LOG = env.flag(
    "PORTAL_ACCESS_LOG",
    default=False,
    meaning="One line a request: method, route, status, time, queries; no address, no person.",
)
PORTAL_SLOW_QUERY_MS = env.integer(
    "PORTAL_SLOW_QUERY_MS",
    500,
    least=0,
    most=60_000,
    meaning="Queries that take so many milliseconds are logged, without their values; 0: none.",
)
PORTAL_LOG_FORMAT = env.choice(
    "PORTAL_LOG_FORMAT",
    "line",
    ("line", "json"),
    meaning="How events are written: `line` or `json`.",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "portal.logs.RequestIdFilter"},
        "route": {"()": "portal.logs.RouteFilter"},
    },
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} {request_id}: {message}",
            "style": "{",
        },
        "json": {"()": "portal.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": PORTAL_LOG_FORMAT,
            "filters": ["request_id", "route"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
