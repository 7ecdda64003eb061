"""The database a URL names, set up so that both databases keep the same promises."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_START = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # a receipt that was given must survive a power cut
    "PRAGMA foreign_keys=ON;"
)
SECONDS_TO_WAIT_FOR_A_LOCK = 20
SECONDS_TO_KEEP_A_CONNECTION = 60


def database(url: str) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.UnknownSchemeError):
        settings = {"ENGINE": ""}
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        return settings | {"OPTIONS": _sqlite_options(settings)}
    if settings["ENGINE"] == "django.db.backends.postgresql":
        return settings | {
            "CONN_MAX_AGE": SECONDS_TO_KEEP_A_CONNECTION,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        "DATABASE_URL names no database that Second Opinion knows: write sqlite:///path/to/file "
        "or postgres://user:password@host:5432/name."
    )


def _sqlite_options(settings: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = settings.get("OPTIONS", {})
    return options | {
        # Taking the write lock at the start makes a second writer wait instead of fail.
        "transaction_mode": "IMMEDIATE",
        "timeout": SECONDS_TO_WAIT_FOR_A_LOCK,
        "init_command": SQLITE_START,
    }
