from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from second_opinion.accounts import services
from second_opinion.accounts.errors import DemoLinkError
from second_opinion.web.desk import role_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A link signs nobody in by being followed: the page asks first, and the button posts."""
    if not settings.SECOND_OPINION_DEMO:
        raise Http404
    try:
        person = services.person_of_demo_token(token)
    except DemoLinkError as error:
        return render(request, "session/demo-refused.html", {"reason": error}, status=404)
    if request.method != "POST":
        context = {"person": person, "roles": role_words(person)}
        return render(request, "session/demo.html", context)
    login(request, person)
    services.begin_session(person=person, request=request)
    services.note_sign_in(person=person)
    response = redirect("cases")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax")
    return response
