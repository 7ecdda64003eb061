"""Emptying a case of names, addresses and words; what is encrypted goes with its key."""

from second_opinion.candidates.services import forget_candidates
from second_opinion.cases.models import Case
from second_opinion.cases.services import forget_order
from second_opinion.instruments.services import forget_counted, forget_maps
from second_opinion.opinions.services import forget_drafts
from second_opinion.panels.services import forget_candidates_ties
from second_opinion.reports.models import Share


def forget_case(*, case: Case) -> None:
    """For a service that asked who may, and destroys the key: each room forgets its own."""
    forget_order(case=case)
    forget_candidates(case=case)
    forget_candidates_ties(case=case)
    forget_counted(case=case)
    forget_maps(case=case)
    forget_drafts(case=case)
    _forget_reports(case)


def _forget_reports(case: Case) -> None:
    """What was never given out, and with whom what was given out is shared."""
    case.report_versions.filter(to_candidates_at__isnull=True, released_at__isnull=True).delete()
    Share.objects.filter(version__case=case).update(email="")
