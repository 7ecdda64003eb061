"""Which cases have been kept for long enough."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from second_opinion.candidates.writing.notice import KEPT_MONTHS
from second_opinion.cases.models import Case
from second_opinion.cases.states import CaseState
from second_opinion.library.calendar_months import months_before

# A case that ends without a decision is kept for as long, counted from its end.
_ENDED_WITHOUT_DECISION = (CaseState.WITHDRAWN, CaseState.DECLINED)


def cases_due_for_erasure(now: datetime) -> QuerySet[Case]:
    """Those whose client decided, or that ended without a decision, KEPT_MONTHS ago or more.

    The day is the one in UTC, which has begun no earlier than Sweden's.
    """
    day = months_before(now.astimezone(ZoneInfo("UTC")).date(), KEPT_MONTHS)
    until = datetime.combine(day, time.max, tzinfo=ZoneInfo("UTC"))
    return Case.objects.filter(
        Q(decision__decided_at__lte=until)
        | Q(state__in=_ENDED_WITHOUT_DECISION, state_since__lte=until),
        removed_at__isnull=True,
        practised_by__isnull=True,
    ).order_by("pk")
