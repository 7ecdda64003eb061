"""A person's own ways to sign in, and where they are signed in now."""

from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from second_opinion.accounts import selectors, services
from second_opinion.accounts.errors import AccountsError
from second_opinion.web.devices import device_of
from second_opinion.web.recently import recently_signed_in
from second_opinion.web.requests import SignedInRequest


@never_cache
@require_safe
def your_sign_in(request: SignedInRequest) -> HttpResponse:
    context = {
        "means": selectors.means_of(request.user),
        "addresses": selectors.addresses_of(request.user),
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


@require_POST
@recently_signed_in
def addresses(request: SignedInRequest) -> HttpResponse:
    """Add an address of one's own, let mails go to it, or remove it."""
    number, act = request.POST.get("address", ""), request.POST.get("act", "")
    try:
        if act == "add":
            email = request.POST.get("email", "")
            services.add_address(actor=request.user, email=email, request=request)
            messages.success(request, _("We have written to that address. Follow the link there."))
        elif number.isdecimal():
            change = services.put_address_first if act == "first" else services.remove_address
            change(actor=request.user, number=int(number))
            messages.success(request, _("Your addresses are changed."))
    except AccountsError as error:
        messages.error(request, str(error))
    return redirect("mfa_index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: SignedInRequest, key: str) -> HttpResponse:
    """Following the link changes nothing, since mail scanners follow links too."""
    if request.method != "POST":
        return render(request, "session/confirm-address.html")
    try:
        email = services.confirm_address(actor=request.user, key=key)
    except AccountsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You can sign in with %(email)s now.") % {"email": email})
    return redirect("mfa_index")


@never_cache
@require_safe
def sign_in_again(request: SignedInRequest) -> HttpResponse:
    """Before the ways to sign in are changed, whoever sits here shows once more who they are."""
    return render(request, "session/again.html")
