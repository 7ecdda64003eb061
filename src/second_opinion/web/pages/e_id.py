"""Signing in with an e-ID, and linking one to one's sign-in; there only where it is configured."""

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from second_opinion.accounts import services
from second_opinion.web.requests import SignedInRequest


@login_not_required
@never_cache
@require_safe
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the broker sends people back to."""
    view = OAuth2CallbackView.adapter_view(services.BrokerAdapter(request, provider_id))
    answered: HttpResponse = view(request)
    return answered


@require_POST
def unlink(request: SignedInRequest) -> HttpResponse:
    services.unlink_identity(actor=request.user)
    messages.success(request, _("Your e-ID signs you in no longer."))
    return redirect("mfa_index")
