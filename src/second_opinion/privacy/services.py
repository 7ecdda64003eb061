from django.db import transaction
from django.utils import timezone

from second_opinion.audit.services import destroy_case_key, record_event
from second_opinion.cases.models import Case
from second_opinion.privacy.selectors import cases_due_for_erasure
from second_opinion.reports.services import forget_case


@transaction.atomic
def erase_case(*, case: Case) -> bool:
    """Erase what a case holds, where its time has come; False where it has not, or is erased.

    Names, addresses and the order's words go, and the case's key is destroyed, which makes all
    that it protected unreadable here and, 30 days later, in every backup. The log stays, which
    knows people by pseudonym, so that receipts and commitments can be verified for ever.
    """
    due = cases_due_for_erasure(timezone.now()).select_for_update(of=("self",))
    fresh = due.filter(pk=case.pk).first()
    if fresh is None:
        return False
    fresh.removed_at = timezone.now()
    fresh.save(update_fields=["removed_at"])
    forget_case(case=fresh)
    record_event(actor=None, verb="case.erased", subject=fresh, case=fresh)
    transaction.on_commit(lambda: destroy_case_key(fresh))
    return True
