"""The band that marks every page of a practice case."""

from typing import Any

from django import template
from django.template import Context

from second_opinion.cases.models import Case

register = template.Library()


@register.inclusion_tag("practice/band.html", takes_context=True)
def practice_band(context: Context) -> dict[str, Any]:
    """Nothing where the page is about no case, or about a real one."""
    request = context.get("request")
    case = next((found for found in _about(context, request) if isinstance(found, Case)), None)
    is_practice = case is not None and case.is_practice
    user = context.get("user")
    return {
        "practice_case": case if is_practice else None,
        "may_play": is_practice
        and case is not None
        and getattr(user, "pk", 0) == case.coordinator_id,
        "user": user,
        "csrf_token": context.get("csrf_token"),
    }


def _about(context: Context, request: object) -> list[object]:
    """The case that a page is about, by whatever it was handed: itself, or what lies in it."""
    version, opinion = context.get("version"), context.get("opinion")
    candidacies = (
        context.get("candidacy"),
        getattr(opinion, "candidacy", None),
        getattr(request, "candidacy", None),
    )
    return [
        context.get("case"),
        getattr(version, "case", None),
        *(getattr(candidacy, "case", None) for candidacy in candidacies),
    ]
