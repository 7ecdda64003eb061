"""Files come at the pace of a person: each costs the service work before it can say no."""

from collections.abc import Callable
from functools import wraps

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def at_a_persons_pace(view: View) -> View:
    """Answers 429, before the file is read, whoever sends more of them than a person does.

    It counts for whom the page belongs to, so it stands inside what lets them in. Pages can be
    read, and words sent, as often as one likes.
    """

    @wraps(view)
    def paced(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        limited: HttpResponse | None = None
        if request.method == "POST" and request.content_type == "multipart/form-data":
            limited = consume_or_429(request, action="upload", key=_sender(request))
        return limited or view(request, *args, **named)

    return paced


def _sender(request: HttpRequest) -> str:
    """Pages with files let in candidates and signed-in people only."""
    sender = getattr(request, "candidacy", request.user)
    return str(getattr(sender, "pseudonym", ""))
