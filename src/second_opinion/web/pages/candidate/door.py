"""How a candidate comes in: by a personal link, to one candidacy, without an account.

Following the link changes nothing, since mail scanners follow links too: the page asks first, and
the button posts. The token then stands in no further address.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from second_opinion.candidates import selectors, services
from second_opinion.candidates.models import PersonalLink
from second_opinion.candidates.states import LinkRole
from second_opinion.web.candidate import menu_of
from second_opinion.web.requests import CandidateRequest, RefereeRequest

SESSION, REFEREE_SESSION = "candidate", "referee"

View = Callable[..., HttpResponse]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """A live link opens its page; any other is answered alike, whether it ever existed."""
    limited: HttpResponse | None = consume_or_429(request, action="personal_link", limit_get=True)
    if limited is not None:
        return limited
    link = selectors.link_of_token(token)
    if link is None or not link.is_live:
        return _dead(request, token)
    referee = selectors.referee_of_link(link)
    if link.role == LinkRole.REFEREE and referee is None:
        return unlisted(render(request, "candidate/link-ended.html", status=404))
    language = link.candidacy.language if referee is None else referee.language
    with translation.override(language):
        if request.method != "POST":
            return unlisted(render(request, "candidate/door.html"))
        if referee is not None and _is_candidates_browser(request, link):
            services.note_opened_by_candidate(referee=referee)
            return unlisted(render(request, "referee/not-yours.html", status=403))
        request.session.cycle_key()
        request.session[SESSION if referee is None else REFEREE_SESSION] = str(link.pseudonym)
        response = redirect("candidate" if referee is None else "referee")
        return unlisted(_in_language(response, language))


def _is_candidates_browser(request: HttpRequest, link: PersonalLink) -> bool:
    """Whether the candidate who named this referee has their own page open here."""
    own = _link(request)
    return own is not None and own.candidacy_id == link.candidacy_id


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@require_POST
def leave(request: CandidateRequest) -> HttpResponse:
    """Forget candidate and referee in this browser; who is signed in beside them stays so."""
    request.session.pop(SESSION, None)
    request.session.pop(REFEREE_SESSION, None)
    request.session.cycle_key()
    return render(request, "candidate/left.html")


def for_candidate(view: View) -> View:
    """Let in who holds a live link, to its candidacy and nothing else; no sign-in does for it."""

    @login_not_required
    @never_cache
    @wraps(view)
    def inside(request: CandidateRequest, *args: object, **named: object) -> HttpResponse:
        link = _link(request)
        if link is None:
            return unlisted(render(request, "candidate/no-link.html", status=403))
        request.link, request.candidacy = link, link.candidacy
        return unlisted(view(request, *args, **named))

    return inside


def for_referee(view: View) -> View:
    """Let in who holds a live link of a referee, to their own answer and nothing else.

    A browser that has the candidate's own page open is shown nothing of it.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def inside(request: RefereeRequest, *args: object, **named: object) -> HttpResponse:
        held = request.session.get(REFEREE_SESSION)
        link = selectors.live_link(held, role=LinkRole.REFEREE) if held else None
        referee = None if link is None else selectors.referee_of_link(link)
        if link is None or referee is None:
            return unlisted(render(request, "candidate/no-link.html", status=403))
        if _is_candidates_browser(request, link):
            services.note_opened_by_candidate(referee=referee)
            return unlisted(render(request, "referee/not-yours.html", status=403))
        referee.candidacy = link.candidacy
        request.referee = referee
        return unlisted(view(request, *args, **named))

    return inside


def page(
    request: CandidateRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the candidate's own, with times as they are where the provider is."""
    case = request.candidacy.case
    around = {
        "candidacy": request.candidacy,
        "case": case,
        "zone": ZoneInfo(case.provider.time_zone),
        "menu": menu_of(request.candidacy),
    }
    return render(request, template, around | dict(context), status=status)


def _link(request: HttpRequest) -> PersonalLink | None:
    held = request.session.get(SESSION)
    return selectors.live_link(held) if held else None


def _dead(request: HttpRequest, token: str) -> HttpResponse:
    if request.method == "POST":
        services.renew_link(token=token)
        return unlisted(render(request, "candidate/link-asked-for.html"))
    return unlisted(render(request, "candidate/link-expired.html", status=404))


def unlisted(response: HttpResponse) -> HttpResponse:
    """What a link opens is for nobody's index."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
