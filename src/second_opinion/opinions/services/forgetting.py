"""Emptying what nobody has sealed; what is sealed stays as it is, and goes with the key."""

from second_opinion.cases.models import Case
from second_opinion.opinions.models import Opinion


def forget_drafts(*, case: Case) -> None:
    """For a service that asked who may."""
    Opinion.objects.filter(candidacy__case=case, sealed_at__isnull=True).update(content=None)
