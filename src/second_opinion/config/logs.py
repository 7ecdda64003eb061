"""What goes into the log: that something happened and where, and nothing of anybody.

Addresses of pages hold links that let their holder in, messages of exceptions hold what people
wrote, and a statement's values are their data. None of it is written; the type of a fault, the
places it passed and the number of the request are enough to find it.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.urls import Resolver404, resolve

from second_opinion.web.middleware.request_ids import request_id

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "request",
    "taskName",
}


class WithoutPeople(logging.Filter):
    """Puts the pattern of an address in the place of the address, and adds the request's number."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        request = getattr(record, "request", None)
        if request is not None and record.name.startswith("django."):
            record.msg = (
                f"{getattr(record, 'status_code', '')} {_pattern(request.path_info)}".strip()
            )
            record.args = ()
        return True


class _Placed(logging.Formatter):
    """Writes faults as their type and the places they passed, without their words."""

    def formatException(self, ei: Fault) -> str:  # noqa: N802  # logging's own name
        kind, fault, _ = ei
        if kind is None or fault is None:
            return "no fault"
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(fault.__traceback__)
        ]
        return "\n  ".join([f"{kind.__module__}.{kind.__qualname__}", *places])


class Lines(_Placed):
    """For people: one line for each event."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")


class Json(_Placed):
    """For machines: one JSON object for each event, with what its `extra` holds."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, default=str, ensure_ascii=False)


def logging_of(form: str) -> dict[str, Any]:
    """Django's LOGGING for one of the two forms, `lines` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_people": {"()": f"{__name__}.WithoutPeople"}},
        "formatters": {
            "lines": {"()": f"{__name__}.Lines"},
            "json": {"()": f"{__name__}.Json"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["without_people"],
            }
        },
        "loggers": {
            "second_opinion": {"handlers": ["console"], "level": "INFO"},
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        },
    }


def _pattern(path: str) -> str:
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return "(no such address)"
