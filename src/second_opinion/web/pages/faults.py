"""What a visitor is told when the fault is ours, and an operator when it is the database's."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

SECONDS_TO_WAIT = 60


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Rendered without request, database or context: each of them may be what has failed."""
    fault = sys.exc_info()[1]
    if not isinstance(fault, OperationalError | InterfaceError):
        return HttpResponse(render_to_string("500.html"), status=500)
    log.error("The database does not answer or cannot write (%s).", _what_it_said(fault))
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": str(SECONDS_TO_WAIT)}
    )


def _what_it_said(fault: Exception) -> str:
    """The database's own code, such as SQLITE_FULL or 57P01; its words may hold values."""
    cause = fault.__cause__
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(code or type(fault).__name__)
