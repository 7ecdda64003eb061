"""What can be done only shortly after signing in."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from second_opinion.accounts.services import is_recently_signed_in

View = Callable[..., HttpResponseBase]


def recently_signed_in(view: View) -> View:
    """Somebody who finds a screen unlocked must not be able to make a passkey of their own."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        if not is_recently_signed_in(request=request):
            return redirect("account_reauthenticate")
        return view(request, *args, **named)

    return guarded
