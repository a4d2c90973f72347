"""How the hub runs, what it signs and seals with, and who may ask it."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from kit import environment

BASE_DIR = environment.BASE_DIR
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

VERSION = environment.version()
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

_key_of_the_trial = VAR_DIR / "sealing_key"

if PRODUCTION:
    SECRET_KEY = environment.text("SECRET_KEY")
    _sealing_keys = environment.text("ALLYHUB_KEYS")
else:
    SECRET_KEY = environment.text("SECRET_KEY") or environment.kept_in(
        VAR_DIR / "secret_key", lambda: secrets.token_urlsafe(50)
    )
    _sealing_keys = environment.text("ALLYHUB_KEYS") or environment.kept_in(
        _key_of_the_trial, environment.new_sealing_key
    )

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "change-me" in SECRET_KEY:
    raise ImproperlyConfigured(f"SECRET_KEY needs 50 random characters. {environment.MAKE_SECRETS}")
if not _sealing_keys:
    raise ImproperlyConfigured(f"ALLYHUB_KEYS seal what people need: missing. {environment.MAKE_SECRETS}")

# Keys from before: sessions and links made with them still work.
SECRET_KEY_FALLBACKS = environment.listing("OLD_SECRET_KEYS")
SEALING_KEYS = environment.sealing_keys("ALLYHUB_KEYS", _sealing_keys)
KEY_LIES_BESIDE_THE_DATABASE = (
    _key_of_the_trial.exists() and _key_of_the_trial.read_text().strip() in _sealing_keys
)

# --- Who may ask, and how they are told apart behind a proxy ---

ALLOWED_HOSTS = [SITE_HOST, *environment.listing("ALLOWED_HOSTS")]
if not PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Our web server speaks no TLS, so in production something of the host's own stands in front of it.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", default=1 if PRODUCTION else 0, most=5)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
