"""What the e-ID is called on the sign-in page, where there is one."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def e_id_name() -> str:
    """Empty while no broker is configured."""
    return settings.SECOND_OPINION_E_ID_NAME
