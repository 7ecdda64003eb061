"""Engaging assessors, recording and sealing their opinions, and opening a case."""

import dataclasses
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.audit.services import encrypt, record_event
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case, Criterion
from second_opinion.cases.services import mark_opened, write_letter, write_letters
from second_opinion.cases.states import LetterKind
from second_opinion.cases.writing.figures import figure
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import policies, selectors
from second_opinion.opinions.analysis import NONCE_LENGTH, canonical_text, commitment_to
from second_opinion.opinions.errors import (
    EngagementError,
    IncompleteError,
    InvalidRatingError,
    NotAllSealedError,
    ReasonMissingError,
)
from second_opinion.opinions.models import Opening, Opinion
from second_opinion.opinions.selectors import Content
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels


@transaction.atomic
def engage_assessor(
    *, actor: Person, candidacy: Candidacy, assessor: Person, kind: OpinionKind
) -> Opinion:
    """Ask a person for an opinion on a candidate; the opinion begins empty."""
    case = locked_case(candidacy.case)
    require(policies.may_engage(actor, case))
    decision = policies.may_give(assessor, case, kind)
    if isinstance(decision, Denied):
        raise EngagementError(decision.reason)
    if Candidacy.objects.get(pk=candidacy.pk).is_withdrawn:
        raise EngagementError(
            _("%(candidate)s has withdrawn: nobody is engaged any more.") % {"candidate": candidacy}
        )
    if Opinion.objects.filter(candidacy=candidacy, assessor=assessor).exists():
        raise EngagementError(
            _("%(person)s is engaged for %(candidate)s already.")
            % {"person": assessor, "candidate": candidacy}
        )
    if isinstance(denied := policies.is_free_of_conflict(assessor, case, kind), Denied):
        raise EngagementError(denied.reason)
    if isinstance(denied := policies.is_certified(assessor, case, kind), Denied):
        raise EngagementError(denied.reason)
    if kind != OpinionKind.FIRST and not case.is_practice:
        panels.note_engagement(actor=actor, case=case, assessor=assessor)
    opinion = Opinion.objects.create(candidacy=candidacy, assessor=assessor, kind=kind)
    record_event(
        actor=actor,
        verb="assessor.engaged",
        subject=opinion,
        case=case,
        details={"case": case.pseudonym, "assessor": assessor.pseudonym, "kind": kind.value},
    )
    return opinion


@transaction.atomic
def engage_for_case(
    *, actor: Person, case: Case, assessor: Person, kind: OpinionKind
) -> list[Opinion]:
    """Ask a person for an opinion on every candidate they have not been asked about, by mail.

    Pressed twice it engages nobody twice, and tells nobody twice.
    """
    case = locked_case(case)
    remaining = cases.remaining_candidacies_of(case).exclude(opinions__assessor=assessor)
    engaged = [
        engage_assessor(actor=actor, candidacy=candidacy, assessor=assessor, kind=kind)
        for candidacy in remaining
    ]
    if engaged:
        write_letter(case=case, kind=LetterKind.ENGAGED, reader=assessor, author=actor)
    return engaged


@transaction.atomic
def engage_all(
    *, actor: Person, case: Case, assessors: Sequence[tuple[Person, OpinionKind]]
) -> list[Opinion]:
    """Engage several people for a case, all or none."""
    return [
        opinion
        for assessor, kind in assessors
        for opinion in engage_for_case(actor=actor, case=case, assessor=assessor, kind=kind)
    ]


@transaction.atomic
def record_opinion(
    *,
    actor: Person,
    opinion: Opinion,
    ratings: Sequence[RatingEntry] = (),
    conclusion: str | None = None,
) -> Opinion:
    """Save ratings, each in place of an earlier one on its criterion, and the conclusion if given.

    Nothing about the content reaches the log, not even how much of it there is.
    """
    opinion = locked_row(opinion)
    require(policies.may_record(actor, opinion))
    case = opinion.candidacy.case
    criteria = {criterion.name: criterion for criterion in cases.criteria_of(case)}
    content = selectors.content_of(opinion)
    rated = {rating.criterion: rating for rating in content.ratings}
    for entry in ratings:
        check_rating(case, entry, criteria)
        rated[entry.criterion] = tidied(entry)
    _write(
        opinion,
        Content(
            ratings=tuple(rated[name] for name in criteria if name in rated),
            conclusion=content.conclusion if conclusion is None else conclusion.strip(),
        ),
    )
    record_event(
        actor=actor,
        verb="opinion.recorded",
        subject=opinion,
        case=case,
        is_hidden_until_opening=True,
    )
    return opinion


@transaction.atomic
def seal_opinion(*, actor: Person, opinion: Opinion) -> Opinion:
    """Fix an opinion for good: triggers refuse every change, and the log holds a commitment.

    The commitment is under a nonce, so that nobody can guess a few scores from it. The last seal
    opens a case whose coordinator has an opinion in it, for nobody else may choose the moment.
    """
    locked_case(opinion.candidacy.case)  # before its opinions, as the opening does
    opinion = locked_row(opinion)
    require(policies.may_record(actor, opinion))
    _check_complete(opinion)
    case, nonce = opinion.candidacy.case, secrets.token_bytes(NONCE_LENGTH)
    opinion.commitment = commitment_to(selectors.sealed_content(opinion), nonce=nonce)
    opinion.nonce = encrypt(nonce, case=case, label=selectors.nonce_label(opinion))
    opinion.sealed_at = timezone.now()
    opinion.save(update_fields=["commitment", "nonce", "sealed_at"])
    record_event(
        actor=actor,
        verb="opinion.sealed",
        subject=opinion,
        case=case,
        details={"case": case.pseudonym, "commitment": opinion.commitment},
        is_hidden_until_opening=True,
    )
    if selectors.is_everything_sealed(case):
        if selectors.is_opening_automatic(case):
            _open(case=case, actor=None)
        else:
            write_letter(case=case, kind=LetterKind.ALL_SEALED, reader=case.coordinator)
    return opinion


@transaction.atomic
def open_case(*, actor: Person, case: Case, reason: str = "") -> Case:
    """Open all of a case's opinions together, in one event: when every one of them is sealed.

    After the deadline it opens without those that are not, for a reason that stays with it; what
    was not sealed is shut out for good.
    """
    asked, case = case, locked_case(case)
    require(policies.may_open(actor, case))
    list(Opinion.objects.select_for_update().filter(candidacy__case=case))
    if isinstance(denied := policies.is_ready_to_open(case), Denied):
        raise NotAllSealedError(denied.reason)
    because = "" if selectors.is_everything_sealed(case) else reason.strip()
    if not because and not selectors.is_everything_sealed(case):
        raise ReasonMissingError(
            _("Say why the case opens without the opinions that are not sealed.")
        )
    opened = _open(case=case, actor=actor, at_deadline_because=because)
    asked.state = opened.state  # the caller's object tells the truth too
    return opened


def _open(*, case: Case, actor: Person | None, at_deadline_because: str = "") -> Case:
    is_at_deadline = bool(at_deadline_because)
    Opening.objects.create(
        case=case, actor=actor, is_at_deadline=is_at_deadline, reason=at_deadline_because
    )
    record_event(
        actor=actor,
        verb="case.opened",
        subject=case,
        case=case,
        details={"at_deadline": is_at_deadline, "by_itself": actor is None},
    )
    opened = mark_opened(actor=actor, case=case, reason=at_deadline_because)
    write_letters(
        case=opened,
        kind=LetterKind.OPENED,
        readers=selectors.sealers_of(case),
        author=actor,
    )
    return opened


def _write(opinion: Opinion, content: Content) -> None:
    case = opinion.candidacy.case
    profile = cases.locked_profile(case)
    text = canonical_text(
        opinion,
        ratings=content.ratings,
        conclusion=content.conclusion,
        profile_hash=profile.content_hash if profile else "",
    )
    opinion.content = encrypt(text, case=case, label=selectors.content_label(opinion))
    opinion.save(update_fields=["content"])


def tidied(entry: RatingEntry) -> RatingEntry:
    return dataclasses.replace(
        entry,
        evidence=tuple(text.strip() for text in entry.evidence if text.strip()),
        reason_not_observed=entry.reason_not_observed.strip(),
    )


def locked_row(opinion: Opinion) -> Opinion:
    return (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("candidacy__case__provider", "candidacy__case__coordinator", "assessor")
        .get(pk=opinion.pk)
    )


def locked_case(case: Case) -> Case:
    """Hold the case, so that it does not open while somebody is engaged, or the other way."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("provider", "coordinator")
        .get(pk=case.pk)
    )


def check_rating(case: Case, entry: RatingEntry, criteria: dict[str, Criterion]) -> None:
    if entry.criterion not in criteria:
        raise InvalidRatingError(
            _("%(criterion)s is no criterion of this case.") % {"criterion": entry.criterion}
        )
    if entry.score is None:
        return
    # Written so that not-a-number fails too.
    if not case.scale_low <= entry.score <= case.scale_high:
        raise InvalidRatingError(
            _("%(criterion)s: %(score)s lies outside the scale %(low)s to %(high)s.")
            % {
                "criterion": entry.criterion,
                "score": figure(entry.score),
                "low": figure(case.scale_low),
                "high": figure(case.scale_high),
            }
        )
    if entry.reason_not_observed:
        raise InvalidRatingError(
            _("%(criterion)s has a score and a reason why it was not observed: choose one.")
            % {"criterion": entry.criterion}
        )


def _check_complete(opinion: Opinion) -> None:
    written = {rating.criterion: rating for rating in selectors.content_of(opinion).ratings}
    missing = [
        f"{criterion.name} ({lacks})"
        for criterion in cases.criteria_of(opinion.candidacy.case)
        if (lacks := selectors.missing_of(written.get(criterion.name), kind=opinion.kind))
    ]
    if missing:
        raise IncompleteError(
            _("Before you can seal, this is missing: %(criteria)s.")
            % {"criteria": "; ".join(missing)}
        )
