"""Data for a script, as an attribute: a page has no script of its own inside."""

import json

from django import template

register = template.Library()


@register.filter
def as_json(data: object) -> str:
    return json.dumps(data)
