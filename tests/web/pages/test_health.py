import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from second_opinion.web.pages import health


def test_live_says_alive_without_asking_the_database(client):
    answer = client.get("/health/live")

    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_when_the_database_is_migrated(client):
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    newest = MigrationRecorder.Migration.objects.filter(app="reports").latest("pk")
    MigrationRecorder(connection).record_unapplied("reports", newest.name)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert b"second-opinion migrate" in answer.content


def test_not_ready_when_the_database_does_not_answer(client, monkeypatch):
    def no_answer(connection):
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", no_answer)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert b"does not answer" in answer.content
