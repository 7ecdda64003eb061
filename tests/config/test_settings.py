"""The settings as a whole, loaded in a process of their own with an environment of their own."""

import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command

from second_opinion.config.environment import Environment

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"


def django(*arguments, **environment):
    ours = {field.validation_alias for field in Environment.model_fields.values()}
    ours |= {"DJANGO_ALLOW_ASYNC_UNSAFE"}  # what browser tests in this process have set
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    settings = {"DJANGO_SETTINGS_MODULE": "second_opinion.config.settings", "PYTHONWARNINGS": ""}
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=clean | settings | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"SECOND_OPINION_PUBLIC_URL": "https://opinion.example.com"},
        {
            "SECOND_OPINION_PUBLIC_URL": "https://opinion.example.com",
            "SECOND_OPINION_TRUSTED_PROXY_HEADER": "X-Forwarded-Proto",
            "SECOND_OPINION_SMTP_URL": "smtp://me:secret@mail.example.com:587",
            "DATABASE_URL": "postgres://me@db.example.com/opinion",
        },
    ],
    ids=["nothing set", "public address", "all set"],
)
def test_the_deployment_check_finds_nothing(environment):
    checked = django(
        "check", "--deploy", "--fail-level", "WARNING", SECOND_OPINION_MASTER_KEY=KEY, **environment
    )

    assert checked.returncode == 0, checked.stderr
    assert "System check identified no issues" in checked.stdout


def test_the_deployment_check_refuses_the_demo_on_postgresql():
    checked = django(
        "check", "--deploy", SECOND_OPINION_DEMO="1", DATABASE_URL="postgres://me@localhost/demo"
    )

    assert checked.returncode == 1
    assert "second_opinion.E001" in checked.stderr


def test_the_deployment_check_refuses_plain_http_for_others():
    checked = django("check", "--deploy", SECOND_OPINION_PUBLIC_URL="http://opinion.example.com")

    assert checked.returncode == 1
    assert "second_opinion.E002" in checked.stderr


def test_a_wrong_setting_is_named_without_a_list_of_calls_about_pydantic():
    checked = django("check", SECOND_OPINION_LANGUAGE="de")

    assert checked.returncode == 1
    assert "SECOND_OPINION_LANGUAGE: Input should be 'sv' or 'en'." in checked.stderr
    assert "ValidationError" not in checked.stderr


def test_another_database_than_the_two_is_refused_with_their_addresses():
    checked = django("check", DATABASE_URL="mysql://root@localhost/opinion")

    assert checked.returncode == 1
    assert "sqlite:///path/to/file or postgres://" in checked.stderr


@pytest.mark.django_db
def test_the_migrations_are_up_to_date_with_the_tables():
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert said.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_every_answer_protects_its_reader(client):
    answer = client.get("/sign-in/")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_a_page_that_nobody_opened_to_all_asks_for_sign_in(client):
    answer = client.get("/")

    assert answer["Location"] == "/sign-in/?next=/"


def test_the_public_service_speaks_https_and_answers_the_machine_it_runs_on_too():
    shown = django(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE,"
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, *s.ALLOWED_HOSTS)",
        SECOND_OPINION_PUBLIC_URL="https://opinion.example.com",
    )

    *protected, name, one, two, three = shown.stdout.split()
    assert protected == ["True", "True", "True", "True", "31536000"], shown.stderr
    assert [name, one, two, three] == ["opinion.example.com", "localhost", "127.0.0.1", "[::1]"]
