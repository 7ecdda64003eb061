"""The worker's part: it erases what is due, case by case, whether anybody thinks of it or not."""

import logging

from django.utils import timezone

from second_opinion.privacy.selectors import cases_due_for_erasure
from second_opinion.privacy.services import erase_case

log = logging.getLogger(__name__)


def erase_what_is_due() -> None:
    for case in cases_due_for_erasure(timezone.now()).iterator():
        if erase_case(case=case):
            log.info("Case %s was erased: it has been kept for its time.", case.pseudonym)
