import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from second_opinion.config.databases import database


def test_sqlite_waits_for_the_lock_and_keeps_what_it_confirmed():
    options = database("sqlite:////tmp/x.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_postgresql_connections_are_kept_and_looked_after():
    settings = database("postgres://me:secret@db.example.com:5433/opinion")

    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == (
        "db.example.com",
        5433,
        "opinion",
    )
    assert settings["CONN_HEALTH_CHECKS"] is True
    assert settings["CONN_MAX_AGE"] == 60


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "oracle://x", "://"])
def test_no_other_database_is_accepted(url):
    with pytest.raises(ImproperlyConfigured, match="names no database that Second Opinion knows"):
        database(url)


@pytest.mark.django_db
def test_foreign_keys_are_enforced_on_both_databases():
    assert connection.features.supports_foreign_keys
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
