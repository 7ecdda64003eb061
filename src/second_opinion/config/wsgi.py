"""The entry for a WSGI server; `second-opinion serve` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "second_opinion.config.settings")

application = get_wsgi_application()
