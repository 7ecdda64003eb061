from second_opinion.cases.models import Case
from second_opinion.reports.models import Share


def forget_reports(*, case: Case) -> None:
    """For a service that asked who may: what was never given out, and to whom it was shared."""
    case.report_versions.filter(to_candidates_at__isnull=True, released_at__isnull=True).delete()
    Share.objects.filter(version__case=case).update(email="")
