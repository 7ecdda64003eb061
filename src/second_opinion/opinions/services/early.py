"""Reading one sealed opinion before the opening: asked for, agreed to by a second person, marked.

Nothing of it is quiet. Client, candidates, assessors and coordinators are told when it is agreed
to, which is before the first word is shown, and each look is a row and an event that stay.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import people_with
from second_opinion.accounts.states import Role
from second_opinion.audit.services import encrypt, record_event
from second_opinion.candidates.services import tell_candidate
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Case
from second_opinion.cases.services import write_letters
from second_opinion.cases.states import LetterKind
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.errors import EarlyReadingError
from second_opinion.opinions.models import EarlyAnswer, EarlyLook, EarlyReading, Opinion
from second_opinion.opinions.selectors import Content
from second_opinion.opinions.services.until_opening import locked_case, locked_row
from second_opinion.opinions.states import EarlyGround

TIME_TO_READ = timedelta(hours=4)  # from when it was agreed to
LEAST_WORDS, MOST_CHARACTERS = 3, 2_000


@transaction.atomic
def ask_early_reading(
    *, actor: Person, opinion: Opinion, ground: EarlyGround, words: str
) -> EarlyReading:
    """Ask to read one sealed opinion before the opening; the other coordinators get a mail.

    Where the provider has nobody else, it is agreed to at once, and the parties are told.
    """
    case, opinion = locked_case(opinion.candidacy.case), locked_row(opinion)
    require(policies.may_ask_early(actor, opinion))
    reading = EarlyReading(opinion=opinion, asked_by=actor, ground=ground)
    reading.words = encrypt(_tidied(words).encode(), case=case, label=reading.label)
    reading.save()
    record_event(
        actor=actor,
        verb="early_reading.asked",
        subject=reading,
        case=case,
        details={"opinion": opinion.pseudonym, "ground": ground.value},
    )
    if policies.may_grant_alone(actor, case):
        _grant(actor, reading, case)
    else:
        write_letters(
            case=case,
            kind=LetterKind.EARLY_ASKED,
            readers=people_with({Role.COORDINATOR}, case.provider),
            author=actor,
        )
    return reading


@transaction.atomic
def grant_early_reading(*, actor: Person, reading: EarlyReading) -> EarlyAnswer:
    """Agree to it, as the second person: everybody is told, and the time for reading begins."""
    case, reading = _locked(reading)
    require(policies.may_grant_early(actor, reading))
    return _grant(actor, reading, case)


@transaction.atomic
def refuse_early_reading(*, actor: Person, reading: EarlyReading) -> EarlyAnswer:
    """Say no to it, or take one's own back."""
    case, reading = _locked(reading)
    require(policies.may_refuse_early(actor, reading))
    now = timezone.now()
    answer = EarlyAnswer.objects.create(
        reading=reading, by=actor, is_granted=False, at=now, ends_at=now
    )
    record_event(actor=actor, verb="early_reading.refused", subject=reading, case=case)
    return answer


@transaction.atomic
def read_early(*, actor: Person, reading: EarlyReading) -> Content:
    """What stands in the sealed opinion; that it was shown is written before it is."""
    case, reading = _locked(reading)
    require(policies.may_look_early(actor, reading))
    EarlyLook.objects.create(reading=reading)
    record_event(actor=actor, verb="early_reading.read", subject=reading, case=case)
    return selectors.content_of(reading.opinion)


def _grant(actor: Person, reading: EarlyReading, case: Case) -> EarlyAnswer:
    now = timezone.now()
    answer = EarlyAnswer.objects.create(
        reading=reading, by=actor, is_granted=True, at=now, ends_at=now + TIME_TO_READ
    )
    is_alone = actor.pk == reading.asked_by_id
    record_event(
        actor=actor,
        verb="early_reading.granted",
        subject=reading,
        case=case,
        details={"alone": is_alone},
    )
    _tell_everybody(case)
    return answer


def _tell_everybody(case: Case) -> None:
    """No author: who asked and who agreed get the same mail as all the others, for their file."""
    readers = (
        case.orderer,
        *cases.deciders_of(case),
        *selectors.assessors_of(case),
        *people_with({Role.COORDINATOR}, case.provider),
    )
    write_letters(case=case, kind=LetterKind.EARLY_READ, readers=readers)
    for candidacy in case.candidacies.select_related("case"):
        tell_candidate(candidacy, author=case.coordinator)


def _tidied(words: str) -> str:
    words = words.strip().replace("\r\n", "\n").replace("\x00", "")
    if len(words.split()) < LEAST_WORDS:
        raise EarlyReadingError(
            _("Say in a sentence why it has to be read now. Nothing was asked for.")
        )
    if len(words) > MOST_CHARACTERS:
        raise EarlyReadingError(
            _("That is %(found)s characters, and there is room for %(most)s. Nothing was saved.")
            % {"found": len(words), "most": MOST_CHARACTERS}
        )
    return words


def _locked(reading: EarlyReading) -> tuple[Case, EarlyReading]:
    """The case and the reading held, so that two answers or an opening cannot cross."""
    case = locked_case(reading.opinion.candidacy.case)
    found = EarlyReading.objects.select_related(
        "asked_by", "answer__by", "opinion__assessor", "opinion__candidacy__case__provider"
    ).get(pk=reading.pk)
    return case, found
