"""All settings of the hub. What differs between hubs comes from the environment: .env.example lists it.

Three ways to run:
- a trial on this machine (ALLYHUB_DEMO=1): sample sign-in, mail in the browser; no address others can reach
- development (DEBUG=1): the same, without the samples
- production (neither): refuses to start without SITE_URL, SECRET_KEY and ALLYHUB_KEYS

Here stands what the hub is made of, its mail and its logs; the parts that have much to say have a file of their own.
"""

from allyhub.settings.browsers import *
from allyhub.settings.running import *
from allyhub.settings.running import BASE_DIR, DEMO, PRODUCTION, SITE_HOST
from allyhub.settings.signing_in import *
from allyhub.settings.storage import *
from kit import environment

# --- What it is made of ---

INSTALLED_APPS = [
    "allyhub",
    "people",
    "mail",
    "events",
    "breakouts",
    "concerns",
    "learning",
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
    "allyhub.middleware.KeptPages",
    "allyhub.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allyhub.middleware.TokenPages",
    "allyhub.middleware.PublicPages",
    "allyhub.middleware.DatabaseGone",
    "allyhub.middleware.KeyMissing",
    "allyhub.middleware.ReadersLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allyhub.middleware.VisitorsForms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allyhub.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

if DEMO:
    MIDDLEWARE.insert(0, "allyhub.demo.ThisMachineAlone")

ROOT_URLCONF = "allyhub.urls"
# What the apps contribute to one another's pages and jobs, for those that cannot import one another.
JOINS = "allyhub.joins"
WSGI_APPLICATION = "allyhub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # {% typed %} stands on most pages, next to what people typed.
            "builtins": ["kit.templatetags.forms", "kit.templatetags.languages"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allyhub.context_processors.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["kit.markup.loader.Loader", "django.template.loaders.app_directories.Loader"],
                ),
            ],
        },
    },
]

# One field template for our forms, crispy's and allauth's: templates/django/forms/field.html.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["allyhub_forms"]
CRISPY_TEMPLATE_PACK = "allyhub_forms"

# --- Language and time ---

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Mail ---

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", default=587, least=1, most=65535)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
# Port 465 speaks TLS from the first byte, the others switch to it.
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True) and not EMAIL_USE_SSL
# The clock's other jobs wait as long for a mail server that does not answer.
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
