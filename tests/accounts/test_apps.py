import pytest
from django.db import connection

from second_opinion.accounts.apps import no_demo_on_postgresql, no_plain_http


@pytest.mark.parametrize(
    ("is_demo", "vendor", "found"),
    [
        (True, "postgresql", ["second_opinion.E001"]),
        (True, "sqlite", []),
        (False, "postgresql", []),
    ],
)
def test_the_demo_is_refused_on_postgresql_only(settings, monkeypatch, is_demo, vendor, found):
    settings.SECOND_OPINION_DEMO = is_demo
    monkeypatch.setattr(connection, "vendor", vendor)

    assert [message.id for message in no_demo_on_postgresql()] == found


@pytest.mark.parametrize(
    ("url", "is_local", "is_demo", "found"),
    [
        ("http://opinion.example.com", False, False, ["second_opinion.E002"]),
        ("https://opinion.example.com", False, False, []),
        ("http://localhost:8000", True, False, []),
        ("http://localhost:8000", False, True, []),
    ],
)
def test_plain_http_is_refused_unless_it_stays_on_the_machine(
    settings, url, is_local, is_demo, found
):
    settings.SECOND_OPINION_PUBLIC_URL = url
    settings.SECOND_OPINION_IS_LOCAL = is_local
    settings.SECOND_OPINION_DEMO = is_demo

    assert [message.id for message in no_plain_http()] == found
