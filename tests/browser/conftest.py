"""A real Chromium beside a live server. Playwright's loop runs in the test's own thread."""

import re
import threading

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from second_opinion.candidates.services import make_token
from second_opinion.cases.models import Candidacy
from tests.web.cast import make_cast


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Django takes Playwright's loop for an asynchronous program, and these tests are none.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr(WSGIHandler, "__call__", _one_at_a_time(WSGIHandler.__call__))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Each test may ask for as many codes as the rate limits allow."""
    cache.clear()


@pytest.fixture
def cast(browser, live_server):
    return make_cast()


@pytest.fixture
def open_browser(browser, live_server):
    """A window: `open_browser(width=360, language="sv", color_scheme="dark", person=...)`."""
    contexts = []

    def open_window(*, width=1280, language="en", person=None, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, base_url=live_server.url, **options
        )
        contexts.append(context)
        cookies = {"django_language": language}
        if person is not None:
            cookies["sessionid"] = _session_of(person)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in cookies.items()
            ]
        )
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def mailed_code():
    return lambda: re.search(r"\b[A-Z0-9]{3,}-?[A-Z0-9]{3,}\b", mail.outbox[-1].body)[0]


def _one_at_a_time(answer):
    """The server's threads share the one connection that a database in memory has."""
    lock = threading.Lock()

    def wait_for_the_one_before(handler, *request):
        with lock:
            return answer(handler, *request)

    return wait_for_the_one_before


def _session_of(person):
    """Of somebody who signed in, or of a candidate who followed their link."""
    client = Client()
    if isinstance(person, Candidacy):
        _link, token = make_token(candidacy=person)
        client.post(reverse("personal_link", args=[token]))
    else:
        client.force_login(person)
    return client.cookies["sessionid"].value
