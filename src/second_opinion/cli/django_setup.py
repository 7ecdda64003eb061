"""Django for commands that need its templates and translations, started only then."""

from __future__ import annotations

import os

from second_opinion.cli.errors import ConfigurationError

SETTINGS = "second_opinion.config.settings"


def start_django() -> None:
    """Load the settings and the rooms.

    Raises
    ------
    ConfigurationError : the environment holds a setting that cannot be used
    """
    import django  # not at the top: `--help` and `evidence` never need it
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise ConfigurationError(f"The settings cannot be used: {fault}") from fault
