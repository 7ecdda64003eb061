"""Referees: named by the candidate, written to once they are released, reminded twice at most."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import canonical_json, encrypt, enqueue, record_event
from second_opinion.candidates import policies, selectors
from second_opinion.candidates.errors import AddressError, NotAskedError, WordsError
from second_opinion.candidates.models import Mailing, Referee, RefereeReview
from second_opinion.candidates.selectors import Named
from second_opinion.candidates.services.mails import next_daytime, queue_mail
from second_opinion.candidates.services.rows import call_coordinator, keep, locked_row, tidied
from second_opinion.candidates.states import MailKind, RefereeQuestion, Relation
from second_opinion.cases.models import Candidacy
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind

REFEREE_REMINDER = "referee.reminder"
MOST_REFEREES = 6
MOST_REMINDERS = 2
BETWEEN = timedelta(days=2)
TOO_SOON = timedelta(days=1)  # a row that is carried out twice reminds once


@dataclass(frozen=True, slots=True, kw_only=True)
class RefereeEntry:
    """Whom a candidate names, in the candidate's own words."""

    name: str
    email: str
    language: str
    relation: Relation
    employer: str
    began: date
    ended: date | None
    is_at_present_employer: bool


@transaction.atomic
def name_referee(*, candidacy: Candidacy, entry: RefereeEntry) -> Referee:
    """Name somebody; nobody writes to them before they are released. Twice the same is once."""
    candidacy = locked_row(candidacy)
    require(policies.may_take_part(candidacy))
    named = selectors.referees_of(candidacy)
    _check(entry, candidacy)
    for one in named:
        if (one.referee.email, one.referee.name) == (entry.email.strip(), entry.name.strip()):
            return one.referee
    if len(named) >= MOST_REFEREES:
        raise NotAskedError(
            _("There is room for %(most)s referees. Take one back first. Nothing was saved.")
            % {"most": MOST_REFEREES}
        )
    referee = Referee(
        candidacy=candidacy,
        name=entry.name.strip(),
        email=entry.email.strip(),
        language=entry.language,
        relation=entry.relation,
        is_at_present_employer=entry.is_at_present_employer,
    )
    about = {
        "employer": entry.employer.strip(),
        "began": entry.began.isoformat(),
        "ended": entry.ended.isoformat() if entry.ended else "",
    }
    referee.about = encrypt(canonical_json(about), case=candidacy.case, label=referee.label)
    referee.save()
    _record(candidacy, "referee.named", referee)
    return referee


@transaction.atomic
def release_referee(*, candidacy: Candidacy, referee: Referee) -> Referee:
    """The candidate says that we may write to them; what is a question waits for a person first."""
    candidacy, referee = _both(candidacy, referee)
    require(policies.may_release_referee(candidacy))
    if referee.is_released:
        return referee
    referee.released_at = timezone.now()
    referee.save(update_fields=["released_at"])
    _record(candidacy, "referee.released", referee)
    named = _named(referee)
    if named.may_be_written_to:
        _invite(referee)
    else:
        call_coordinator(candidacy)
    return referee


@transaction.atomic
def remove_referee(*, candidacy: Candidacy, referee: Referee) -> None:
    """The candidate takes one back: their link is closed, and nobody writes to them again."""
    candidacy, referee = _both(candidacy, referee)
    require(policies.may_take_part(candidacy))
    referee.removed_at = timezone.now()
    referee.save(update_fields=["removed_at"])
    referee.links.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    _record(candidacy, "referee.removed", referee)


@transaction.atomic
def review_referee(
    *,
    actor: Person,
    referee: Referee,
    words: str,
    counts: bool,
    kinds: tuple[RefereeQuestion, ...],
) -> RefereeReview:
    """A coordinator has looked at the questions: what they make of them, and whether we write.

    Where we do not, or no longer, the referee's link stays and says so.

    kinds : those that stood open when they looked
    """
    candidacy, referee = _both(referee.candidacy, referee)
    require(policies.may_attend(actor, candidacy))
    words = tidied(words, what=_("what you make of it"))
    review = keep(
        RefereeReview(
            candidacy=candidacy,
            referee=referee,
            author=actor,
            counts=counts,
            kinds=[kind.value for kind in kinds],
        ),
        words,
    )
    record_event(
        actor=actor,
        verb="referee.reviewed",
        subject=referee,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym, "counts": counts},
    )
    if counts and _named(referee).may_be_written_to and not referee.mailings.exists():
        _invite(referee)
    return review


@transaction.atomic
def note_opened_by_candidate(*, referee: Referee) -> None:
    """The candidate's own browser opened a referee's link: a question to a person, nothing more."""
    if referee.opened_by_candidate_at is not None:
        return
    referee.opened_by_candidate_at = timezone.now()
    referee.save(update_fields=["opened_by_candidate_at"])
    _record(referee.candidacy, "referee.opened_by_candidate", referee)
    call_coordinator(referee.candidacy)


@transaction.atomic
def remind_referee(*, mailing: Mailing, is_answered: bool) -> None:
    """At most two reminders, in the daytime; an answer, or anything that ends the case, ends them.

    is_answered : which the room of the answers knows
    """
    mailing = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
    referee = mailing.referee
    if referee is None or is_answered or not _is_awaited(referee):
        return
    now, zone = timezone.now(), ZoneInfo(mailing.candidacy.case.provider.time_zone)
    daytime = next_daytime(now, zone=zone)
    if daytime > now:
        enqueue(kind=REFEREE_REMINDER, subject=mailing, due_at=daytime)
        return
    sent = referee.mailings.filter(kind=MailKind.REFERENCE_REMINDER)
    if sent.filter(queued_at__gt=now - TOO_SOON).exists():
        return
    if sent.count() >= MOST_REMINDERS:
        candidacy = mailing.candidacy
        write_letter(
            case=candidacy.case,
            kind=LetterKind.SILENT,
            reader=candidacy.case.coordinator,
            about=candidacy,
        )
        return
    queue_mail(candidacy=mailing.candidacy, kind=MailKind.REFERENCE_REMINDER, referee=referee)
    enqueue(kind=REFEREE_REMINDER, subject=mailing, due_at=next_daytime(now + BETWEEN, zone=zone))


def _invite(referee: Referee) -> None:
    candidacy = referee.candidacy
    mailing = queue_mail(candidacy=candidacy, kind=MailKind.REFERENCE, referee=referee)
    if not candidacy.case.is_practice:
        zone = ZoneInfo(candidacy.case.provider.time_zone)
        due_at = next_daytime(timezone.now() + BETWEEN, zone=zone)
        enqueue(kind=REFEREE_REMINDER, subject=mailing, due_at=due_at)


def _is_awaited(referee: Referee) -> bool:
    candidacy = referee.candidacy
    return _named(referee).may_be_written_to and bool(policies.may_release_referee(candidacy))


def _named(referee: Referee) -> Named:
    found = selectors.referees_of(referee.candidacy)
    return next(one for one in found if one.referee.pk == referee.pk)


def _both(candidacy: Candidacy, referee: Referee) -> tuple[Candidacy, Referee]:
    candidacy = locked_row(candidacy)
    found = (
        Referee.objects.select_for_update(of=("self",))
        .filter(pk=referee.pk, candidacy=candidacy, removed_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotAskedError(_("There is no such referee any more."))
    found.candidacy = candidacy
    return candidacy, found


def _check(entry: RefereeEntry, candidacy: Candidacy) -> None:
    for text, what in ((entry.name, _("their name")), (entry.employer, _("where it was"))):
        tidied(text, what=what)
    try:
        validate_email(entry.email.strip())
    except ValidationError:
        raise AddressError(
            _("That is not a complete mail address. Write it as anna@example.com.")
        ) from None
    if entry.email.strip().lower() == candidacy.email.lower():
        raise AddressError(
            _("That is your own address. A referee answers for themselves. Nothing was saved.")
        )
    if entry.language not in dict(settings.LANGUAGES):
        raise WordsError(_("Choose the language that they read. Nothing was saved."))
    if entry.ended is not None and entry.ended < entry.began:
        raise WordsError(_("It ended before it began: look at the months. Nothing was saved."))
    if entry.began > timezone.localdate():
        raise WordsError(_("It has not begun yet: look at the months. Nothing was saved."))


def _record(candidacy: Candidacy, verb: str, referee: Referee) -> None:
    record_event(
        actor=candidacy,
        verb=verb,
        subject=referee,
        case=candidacy.case,
        details={"candidacy": candidacy.pseudonym},
    )
