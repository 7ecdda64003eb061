"""Asking for mails to those who sign in, and noting how they went."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import enqueue, record_event
from second_opinion.audit.services.events import Pseudonymous
from second_opinion.cases import policies, selectors
from second_opinion.cases.models import Case, Letter, RequirementProfile
from second_opinion.cases.states import LetterKind

LETTER = "case.letter"
CASE_WITHDRAWN = "case.withdrawn"
# The mail that all is sealed would tell in the log when the last assessor was done.
TELLS_PROGRESS = frozenset({LetterKind.ALL_SEALED})
TIME_TO_CHANGE = timedelta(minutes=10)  # before deciders are asked, who else are asked each time


def write_letter(
    *,
    case: Case,
    kind: LetterKind,
    reader: Person,
    about: Pseudonymous | None = None,
    author: Person | None = None,
    after: timedelta = timedelta(0),
) -> Letter | None:
    """Ask for a mail, inside the caller's transaction; nobody is mailed what they did themselves.

    about : what the mail's link opens, where that is not the case
    """
    if author is not None and author.pk == reader.pk:
        return None
    letter = Letter.objects.create(
        case=case,
        kind=kind,
        reader=reader,
        about=(about or case).pseudonym,
        author=author,
        queued_at=timezone.now(),
    )
    _record(letter, "queued", actor=author)
    if not case.is_practice:  # of practice nothing goes out: it is read in the list of mails
        enqueue(kind=LETTER, subject=letter, due_at=letter.queued_at + after)
    return letter


def write_letters(
    *,
    case: Case,
    kind: LetterKind,
    readers: Iterable[Person],
    about: Pseudonymous | None = None,
    author: Person | None = None,
) -> None:
    """To each of them once, however often they are named."""
    for reader in {reader.pk: reader for reader in readers}.values():
        write_letter(case=case, kind=kind, reader=reader, about=about, author=author)


def ask_deciders(
    *, actor: Person, case: Case, after: timedelta = timedelta(0)
) -> RequirementProfile | None:
    """Mail every decider whose yes is waited for, once for each version of the criteria."""
    profile = selectors.pending_profile(case)
    if profile is None:
        return None
    for person in selectors.approvals_awaited([case]).get(case.pk, ()):
        asked = Letter.objects.filter(
            kind=LetterKind.APPROVAL_WANTED, about=profile.pseudonym, reader=person
        )
        if not asked.exists():
            write_letter(
                case=case,
                kind=LetterKind.APPROVAL_WANTED,
                reader=person,
                about=profile,
                author=actor,
                after=after,
            )
    return profile


@transaction.atomic
def mark_letter_sent(*, letter: Letter) -> None:
    _mark(letter, "sent_at", verb="sent")


@transaction.atomic
def mark_letter_refused(*, letter: Letter) -> None:
    """The mail server says for good that it will not take it: trying again would be of no use."""
    _mark(letter, "refused_at", verb="refused")


@transaction.atomic
def drop_letter(*, letter: Letter) -> None:
    """What it asks for is done or replaced: sending it now would mislead."""
    _mark(letter, "dropped_at", verb="dropped")


@transaction.atomic
def mark_letter_returned(*, actor: Person, letter: Letter) -> None:
    """For the coordinators, in whose mailbox a failure that is found out later arrives."""
    require(policies.may_run(actor, letter.case))
    if letter.returned_at is None:
        _mark(letter, "returned_at", verb="returned", actor=actor)


def _mark(letter: Letter, field: str, *, verb: str, actor: Person | None = None) -> None:
    setattr(letter, field, timezone.now())
    letter.save(update_fields=[field])
    _record(letter, verb, actor=actor)


def _record(letter: Letter, verb: str, *, actor: Person | None) -> None:
    record_event(
        actor=actor,
        verb=f"letter.{verb}",
        subject=letter,
        case=letter.case,
        details={"case": letter.case.pseudonym, "kind": letter.kind},
        is_hidden_until_opening=letter.kind in TELLS_PROGRESS,
    )
