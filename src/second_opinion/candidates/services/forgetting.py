"""Emptying what a candidate gave; what was said is append-only, and goes with the key."""

from django.utils import timezone

from second_opinion.candidates.models import Mailing, Material, PersonalLink, Referee
from second_opinion.cases.models import Case


def forget_candidates(*, case: Case) -> None:
    """For a service that asked who may: links with their codes, files, names and addresses."""
    PersonalLink.objects.filter(candidacy__case=case).delete()
    Mailing.objects.filter(candidacy__case=case).update(address="")
    Referee.objects.filter(candidacy__case=case).update(name="", email="")
    Material.objects.filter(candidacy__case=case).update(
        content=b"", about=None, removed_at=timezone.now()
    )
