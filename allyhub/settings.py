"""All settings of the hub. What differs between hubs comes from the environment: .env.example lists it.

Three ways to run:
- a trial on this machine (ALLYHUB_DEMO=1): sample sign-in, mail in the browser; no address others can reach
- development (DEBUG=1): the same, without the samples
- production (neither): refuses to start without SITE_URL, SECRET_KEY and ALLYHUB_KEYS
"""

import secrets
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kit import environment

BASE_DIR = environment.BASE_DIR
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

# --- How it runs ---

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("ALLYHUB_DEMO")
PRODUCTION = not (DEBUG or DEMO)

SITE_URL = environment.web_address("SITE_URL", "" if PRODUCTION else "http://127.0.0.1:8000")
SITE_HOST = environment.host_of(SITE_URL)
HTTPS = SITE_URL.startswith("https://")

if not PRODUCTION and not environment.is_loopback(SITE_HOST):
    raise ImproperlyConfigured(
        f"DEBUG and ALLYHUB_DEMO are for this machine alone, but SITE_URL is {SITE_URL}. "
        "Set both to 0, or SITE_URL to http://127.0.0.1:8000."
    )
if PRODUCTION and not HTTPS:
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL}: a hub that people use needs https.")

# --- Secrets ---

if PRODUCTION:
    SECRET_KEY = environment.text("SECRET_KEY")
    _sealing_keys = environment.text("ALLYHUB_KEYS")
else:
    SECRET_KEY = environment.text("SECRET_KEY") or environment.kept_in(
        VAR_DIR / "secret_key", lambda: secrets.token_urlsafe(50)
    )
    _sealing_keys = environment.text("ALLYHUB_KEYS") or environment.kept_in(
        VAR_DIR / "sealing_keys", lambda: f"trial:{environment.new_sealing_key()}"
    )

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "change-me" in SECRET_KEY:
    raise ImproperlyConfigured(f"SECRET_KEY needs 50 random characters. {environment.MAKE_SECRETS}")
if not _sealing_keys:
    raise ImproperlyConfigured(f"ALLYHUB_KEYS seal what people need: missing. {environment.MAKE_SECRETS}")

# Keys from before: sessions and links made with them still work.
SECRET_KEY_FALLBACKS = environment.listing("OLD_SECRET_KEYS")
SEALING_KEYS = environment.sealing_keys("ALLYHUB_KEYS", _sealing_keys)

# --- Who may ask, and how they are told apart behind a proxy ---

ALLOWED_HOSTS = [SITE_HOST, *environment.listing("ALLOWED_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Our web server speaks no TLS, so in production something of the host's own stands in front of it.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", default=1 if PRODUCTION else 0, most=5)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# --- What it is made of ---

INSTALLED_APPS = [
    "allyhub",
    "people",
    "mail",
    "events",
    "breakouts",
    "concerns",
    "feedback",
    "kit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "allyhub.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allyhub.middleware.TokenPages",
    "allyhub.middleware.PublicPages",
    "allyhub.middleware.DatabaseGone",
    "allyhub.middleware.KeyMissing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allyhub.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "allyhub.urls"
# What the apps contribute to one another's pages and jobs, for those that cannot import one another.
JOINS = "allyhub.joins"
WSGI_APPLICATION = "allyhub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        # Django keeps compiled templates in memory (its cached loader) because no loaders are named here.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allyhub.context_processors.frame",
            ],
        },
    },
]

# One field template for our forms, crispy's and allauth's: templates/django/forms/field.html.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["allyhub_forms"]
CRISPY_TEMPLATE_PACK = "allyhub_forms"

# --- Where things are kept ---

DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'allyhub.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
_database = DATABASES["default"]

if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers take turns from the start: with DEFERRED, 61 of 64 simultaneous registrations failed.
            "transaction_mode": "IMMEDIATE",
            # WAL with synchronous=NORMAL can lose what was acknowledged when the power fails. What is deleted is
            # overwritten: what people took back, or wrote anonymously, must not be found in the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;",
            "timeout": 20,
        },
    }
    Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
elif _database["ENGINE"] == "django.db.backends.postgresql":
    from psycopg import IsolationLevel

    _database |= {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer hands out connections by transaction: a cursor that outlives one would be lost.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": _database.get("OPTIONS", {})
        | {
            # REPEATABLE READ oversells places: its snapshot is older than the lock on the event.
            "isolation_level": IsolationLevel.READ_COMMITTED,
            "connect_timeout": 5,
        },
    }
else:
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")

# Rate limits of sign-in are counted here, so it must be shared by all processes: never local memory.
REDIS_URL = environment.text("REDIS_URL")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"


def _static_storage() -> str:
    if DEBUG:
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    if find_spec("allyhub.static_files"):
        return "allyhub.static_files.BundledManifestStorage"
    return "whitenoise.storage.CompressedManifestStaticFilesStorage"


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage()},
}

FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
PICTURE_MAX_BYTES = 8 * 1024 * 1024

# --- Language and time ---

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Signing in: by a code sent by e-mail or by passkey; there are no passwords ---

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "events:places"
LOGOUT_REDIRECT_URL = "events:home"

ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.account.LoginForm",
    "request_login_code": "people.forms.account.RequestLoginCodeForm",
    "confirm_login_code": "people.forms.account.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "people.forms.account.ConfirmEmailVerificationCodeForm",
    "add_email": "people.forms.account.AddEmailForm",
}
# Digits, so that a phone's keypad can type them; five tries a code and five codes in ten minutes keep them safe.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
# Three minutes, the default, is too short for many people (WCAG 2.2, 2.2.1).
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
# Long enough for a code and the two further ones that people can ask for.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# An organisation's people often share one address towards the internet: generous by IP, strict by account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,10/10m/key",
    "request_login_code": "60/m/ip,5/10m/key",
    "signup": "60/m/ip",
    "reauthenticate": "10/m/user",
    # Wrong codes of people who told us something (kit.attempts).
    "concern_code": "10/10m/key",
}

MFA_ADAPTER = "people.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.account.AuthenticateForm",
    "reauthenticate": "people.forms.account.ReauthenticateForm",
    "activate_totp": "people.forms.account.ActivateTOTPForm",
    "add_webauthn": "people.forms.passkeys.AddWebAuthnForm",
    "authenticate_webauthn": "people.forms.passkeys.AuthenticateWebAuthnForm",
    "edit_webauthn": "people.forms.passkeys.EditWebAuthnForm",
    "login_webauthn": "people.forms.passkeys.LoginWebAuthnForm",
    "reauthenticate_webauthn": "people.forms.passkeys.ReauthenticateWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = SITE_HOST
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

# --- Sessions, cookies, messages ---

# With __Host- a browser takes the cookie only over https and from this host alone.
_cookie_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}session"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "allyhub.errors.csrf_failure"
# Sessions are for people who are signed in; a visitor's message travels in a cookie to the next page.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- What browsers are told ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Chromium holds redirects after a form to this too: see allyhub/views/door.py for the way out.
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PRODUCTION else 0
# Other sites under the same domain are not ours to speak for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Mail ---

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", default=587, least=1, most=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
# Port 465 speaks TLS from the first byte, the others switch to it.
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", f"AllyHub <hub@{SITE_HOST}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_smtp, _browsable = "django.core.mail.backends.smtp.EmailBackend", "mail.backends.BrowsableBackend"
EMAIL_BACKEND = _smtp if PRODUCTION else _browsable

# --- Logs: to standard error, where whatever runs us collects them ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "allyhub.logs.WithoutTokens",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
