from second_opinion.cases.models import Case
from second_opinion.panels.models import Party


def forget_candidates_ties(*, case: Case) -> None:
    """For a service that asked who may: by what a candidate is known where ties are looked for."""
    Party.objects.filter(candidacy__case=case).update(name="", former_names="", mail="")
