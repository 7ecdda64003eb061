from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def has_brand() -> bool:
    """Whether pages have an accent of the provider's own."""
    return bool(settings.SECOND_OPINION_ACCENT)
