"""Emptying what a case holds in plain words; what is append-only stays, and names nobody."""

from second_opinion.cases.models import Belief, Case, RequirementProfile


def forget_order(*, case: Case) -> None:
    """For a service that asked who may: the words of the order, names and addresses.

    Criteria that were locked or answered stay, for they are about a role and about nobody.
    """
    order = case.order
    order.why, order.signed_by, order.signed_at = "", None, None
    order.role_preview = order.competence_lacking = order.how_chosen = order.further_readers = ""
    order.save()
    case.open_questions.all().delete()
    Belief.objects.filter(candidacy__case=case).delete()
    for candidacy in case.candidacies.all():
        candidacy.name, candidacy.email = str(candidacy.position), ""
        candidacy.save(update_fields=["name", "email"])
    unfixed = RequirementProfile.objects.filter(case=case, locked_at__isnull=True)
    unfixed.filter(answers__isnull=True).delete()
