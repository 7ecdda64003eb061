"""A person's own ways to sign in, and where they are signed in now."""

from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.accounts import selectors, services
from second_opinion.web.devices import device_of
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def your_sign_in(request: SignedInRequest) -> HttpResponse:
    context = {
        "means": selectors.means_of(request.user),
        "sessions": [
            {
                "number": session.pk,
                "device": device_of(session.user_agent),
                "since": session.created_at,
                "is_this": session.session_key == request.session.session_key,
            }
            for session in selectors.sessions_of(request.user)
        ],
    }
    return render(request, "session/your-sign-in.html", context)


@never_cache
def spare_codes(request: SignedInRequest) -> HttpResponse:
    """Allauth leads here after every change; there is something to see only with an app."""
    if not selectors.means_of(request.user).has_spare_codes:
        return redirect("mfa_index")
    shown: HttpResponse = view_recovery_codes(request)
    return shown


@require_POST
def end_sessions(request: SignedInRequest) -> HttpResponse:
    """One session by its number, or all but this one."""
    number = request.POST.get("session", "")
    if number.isdecimal():
        services.end_session(actor=request.user, number=int(number))
    else:
        services.end_other_sessions(actor=request.user, key=request.session.session_key)
    messages.success(request, _("You are signed out there."))
    return redirect("mfa_index")


@never_cache
@require_safe
def sign_in_again(request: SignedInRequest) -> HttpResponse:
    """Before the ways to sign in are changed, whoever sits here shows once more who they are."""
    return render(request, "session/again.html")
