"""Each request has a number, which every line of the log and the page of a fault carry."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_FROM_A_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")
_number: ContextVar[str] = ContextVar("request_id", default="-")

Answer = Callable[[HttpRequest], HttpResponse]


def request_id() -> str:
    """The number of the request at hand, or a dash where there has been none."""
    return _number.get()


def numbered(get_response: Answer) -> Answer:
    """The proxy's number where it gives a plain one: its log and ours can then be read as one."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if _FROM_A_PROXY.fullmatch(given) else secrets.token_hex(8)
        _number.set(number)  # not taken back: Django logs a refusal after all middleware has ended
        response = get_response(request)
        response.headers[HEADER] = number
        return response

    return answer
