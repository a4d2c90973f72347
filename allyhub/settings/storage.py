"""Where things are kept: the database, the counts of rate limits, static files and pictures."""

from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from allyhub.settings.running import BASE_DIR, DEBUG, VAR_DIR
from kit import environment

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
            # overwritten: what people took back, or wrote anonymously, must not be found in the file. With SQLite's
            # own 2 MB of pages a connection, the 304 of a filter takes half as long again; with 8 no longer less. Each
            # thread has a connection: together they keep half as much again as one, not four times as much.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; PRAGMA cache_size=-4000; PRAGMA soft_heap_limit=6000000;",
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
# Of text in a form; files are counted apart.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
PICTURE_MAX_BYTES = 8 * 1024 * 1024

# --- Pages that are kept whole ---

# Not while templates are being written.
KEEP_PAGES = not DEBUG
# What no page for everybody shows anything of, apps and models. All other tables have triggers that raise their version
# (kit/versions.py); a page that reads one of these is never kept.
NEVER_ON_PUBLIC_PAGES = {
    *("account", "admin", "auth", "concerns", "contenttypes", "mail", "mfa", "sessions"),
    *("people.AuditLine", "people.ClockBeat", "people.Fault", "people.Invitation", "people.Login"),
    *("people.Person_groups", "people.Person_user_permissions", "people.SealingKey"),
    *("people.SecondStepReset", "events.AccessCount", "events.AccessMessage", "events.AccessNeed"),
    *("events.AccessReading", "events.AccessRequest", "events.AddressChange", "events.Attendance"),
    *("events.CalendarImport", "events.ImportedEvent", "events.Suggestion"),
    *("events.ImportLine", "events.KeptOut", "events.KeptOutMailbox", "events.KeptOutStep"),
    *(
        "events.KeptOut_let_in_at",
        "events.Letter",
        "events.LetterCopy",
        "events.ListAct",
        "events.ListActLine",
    ),
    *("events.PeopleImport", "events.PersonalFeed", "events.PersonalInvitation", "events.QuotaOrganiser"),
    *("events.RegistrationStep", "feedback.AnswerLink", "feedback.Thanks", "feedback.ThanksGiven"),
    *("feedback.WaitingSheet", "breakouts.AskMeAgain", "breakouts.RoomChoice"),
    *("learning.Enquiry", "learning.LearningPageVersion", "learning.LiveCount", "learning.ScenarioAnswered"),
    "learning.ScenarioCount",
    *("learning.Surgery", "learning.SurgeryQuestion", "learning.SurgeryReply"),
}
