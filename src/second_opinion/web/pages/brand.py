from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from second_opinion.reports.rendering.brand import brand


@login_not_required
@cache_control(public=True, max_age=3600)
@require_safe
def brand_styles(_request: HttpRequest) -> HttpResponse:
    """The provider's accent; a file, since pages may hold no styles of their own."""
    return HttpResponse(brand().styles, content_type="text/css; charset=utf-8")
