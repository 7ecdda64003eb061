"""At most two reminders of a questionnaire, in the reader's daytime; then a person is told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.policies import Denied
from second_opinion.audit.services import enqueue
from second_opinion.candidates.selectors import acknowledgement_of
from second_opinion.candidates.services import next_daytime, queue_mail
from second_opinion.candidates.states import MailKind
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.instruments import policies, selectors
from second_opinion.instruments.models import GivenQuestionnaire

ANSWERS_REMINDER = "questionnaire.reminder"
MOST_REMINDERS = 2
BETWEEN = timedelta(days=2)


def await_answers(given: GivenQuestionnaire) -> None:
    """Look after it in two days; of practice nobody is reminded."""
    if not given.candidacy.case.is_practice:
        _look_again(given, timezone.now() + BETWEEN)


@transaction.atomic
def remind_of_questionnaire(*, given: GivenQuestionnaire) -> None:
    """The worker's: nothing is asked again within two days of the last answer or reminder.

    It waits until the questionnaire can be answered, and stops when it is sent in or taken back,
    when the candidate withdraws, and when the assessment is over.
    """
    given, now = _locked(given), timezone.now()
    candidacy = given.candidacy
    if not _is_standing(given, candidacy):
        return
    read = acknowledgement_of(candidacy)
    if read is None or isinstance(policies.may_answer(given), Denied):
        _look_again(given, now + BETWEEN)
        return
    sent = candidacy.mailings.filter(kind=MailKind.ANSWERS_REMINDER, queued_at__gt=given.at)
    heard_at = selectors.waited_for_since(given, told_at=read.at)
    newest = sent.order_by("queued_at").last()
    due_at = max(heard_at, newest.queued_at if newest else heard_at) + BETWEEN
    if due_at > now:
        _look_again(given, due_at)
    elif _daytime(candidacy, now) > now:
        _look_again(given, now)
    elif sent.count() < MOST_REMINDERS:
        queue_mail(candidacy=candidacy, kind=MailKind.ANSWERS_REMINDER)
        _look_again(given, now + BETWEEN)
    else:
        case = candidacy.case
        write_letter(case=case, kind=LetterKind.SILENT, reader=case.coordinator, about=candidacy)


def _is_standing(given: GivenQuestionnaire, candidacy: Candidacy) -> bool:
    return (
        given.taken_back_at is None
        and not hasattr(given, "sent")
        and not candidacy.is_withdrawn
        and bool(candidacy.email)
        and candidacy.case.state in policies.IS_GUIDED
    )


def _look_again(given: GivenQuestionnaire, moment: datetime) -> None:
    due_at = _daytime(given.candidacy, moment)
    enqueue(kind=ANSWERS_REMINDER, subject=given, due_at=due_at)


def _daytime(candidacy: Candidacy, moment: datetime) -> datetime:
    return next_daytime(moment, zone=ZoneInfo(candidacy.case.provider.time_zone))


def _locked(given: GivenQuestionnaire) -> GivenQuestionnaire:
    """As it stands while its case is held: the answers may have been sent in meanwhile."""
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("provider", "coordinator")
        .get(candidacies=given.candidacy_id)
    )
    fresh = GivenQuestionnaire.objects.select_related("form", "sent", "candidacy").get(pk=given.pk)
    fresh.candidacy.case = case
    return fresh
