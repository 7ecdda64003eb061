"""The entry for a WSGI server; `second-opinion serve` uses it too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does, and why
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "second_opinion.config.settings")

application = get_wsgi_application()
