from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from second_opinion.accounts import services
from second_opinion.accounts.models import Person


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Go on reading the same page in the other language, and get mails in it from now on."""
    if isinstance(request.user, Person):
        services.choose_language(actor=request.user, language=request.POST.get("language", ""))
    return set_language(request)
