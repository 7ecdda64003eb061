"""Fixtures for every test, and what to do where this machine lacks something.

A test that needs a browser, PostgreSQL or the shared data says so with a marker, and is skipped
by name where that is missing. Under CI=true it fails instead, so that CI cannot be green without
having run it; tests for PostgreSQL are left out of CI's SQLite run, which has a sister run.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from second_opinion.audit.triggers import set_triggers_up, take_triggers_away
from tests import factories

ROOT = Path(__file__).parents[1]
SHARED_DATA = Path(os.environ.get("SECOND_OPINION_DATA") or ROOT.parent / "shared" / "data")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
IS_CI = os.environ.get("CI", "").lower() == "true"

# A busy machine is no fault: an example may take its time. Under CI=true examples are the same
# in every run, which is Hypothesis's own doing; elsewhere, and in the soak, they are new.
settings.register_profile(
    "house", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared_data():
    """The folder of public data sets."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def chromium():
    """The path of the system's Chromium."""
    return _chromium()


@pytest.fixture(autouse=True, scope="session")
def key_folder(tmp_path_factory):
    """The keys of the cases that tests make; a folder of its own for every process."""
    django_settings.SECOND_OPINION_KEY_FOLDER = tmp_path_factory.mktemp("keys")


@pytest.fixture
def cast(db):
    """The people and organisations of most tests; the pages' tests have a larger cast."""
    return factories.Cast()


@pytest.fixture(autouse=True)
def english():
    """Sentences are tested in their source language; a test of Swedish overrides it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_rate_limits_left_over():
    """What one test asked for must not count against the next."""
    cache.clear()


def pytest_collection_modifyitems(config, items):
    if not IS_CI or connection.vendor == "postgresql":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


def pytest_runtest_setup(item):
    missing = _missing(item)
    if missing is None:
        return
    # The shared data may be absent even in CI: then nobody handed the folder in.
    if IS_CI and not item.get_closest_marker("shared_data"):
        pytest.fail(f"CI must run this, but {missing}", pytrace=False)
    pytest.skip(missing)


def _missing(item):
    if item.get_closest_marker("browser") and _chromium() is None:
        return "there is no Chromium on this machine"
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        return "DATABASE_URL names no PostgreSQL server"
    if item.get_closest_marker("shared_data") and not SHARED_DATA.is_dir():
        return f"there is no folder {SHARED_DATA}; set SECOND_OPINION_DATA"
    return None


def _chromium():
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


# Tests with real transactions end by emptying every table, which the triggers of the append-only
# tables rightly refuse. For that moment, in tests only, they are taken away and put back.
_empty_the_tables = TransactionTestCase._fixture_teardown


def _empty_the_tables_without_triggers(test_case):
    take_triggers_away(connection)
    _empty_the_tables(test_case)
    set_triggers_up(connection)


TransactionTestCase._fixture_teardown = _empty_the_tables_without_triggers
