"""The deciders: who they are, and their yes to the criteria or what must change."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts import selectors as accounts
from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import Denied, require
from second_opinion.accounts.states import Role
from second_opinion.audit.services import content_hash, record_event
from second_opinion.cases import policies, selectors
from second_opinion.cases.errors import InvalidOrderError, InvalidProfileError
from second_opinion.cases.models import Case, Decider, ProfileAnswer, RequirementProfile
from second_opinion.cases.services.journey import _locked_row
from second_opinion.cases.services.letters import TIME_TO_CHANGE, ask_deciders, write_letter
from second_opinion.cases.states import LetterKind, Part


@transaction.atomic
def name_deciders(*, actor: Person, case: Case, people: Sequence[Person]) -> None:
    """Say who at the client must approve the criteria, in place of those named before."""
    fresh = _locked_row(case)
    require(policies.may_name_deciders(actor, fresh))
    appoint(fresh, people)
    record_event(
        actor=actor,
        verb="deciders.named",
        subject=fresh,
        case=fresh,
        details={"deciders": len(people)},
    )
    ask_deciders(actor=actor, case=fresh, after=TIME_TO_CHANGE)


def appoint(case: Case, people: Sequence[Person]) -> None:
    """Write the deciders of a case, by whoever was found to be allowed to."""
    for person in people:
        if not accounts.has_role(person, Role.DECIDER, case.client):
            raise InvalidOrderError(
                _("%(person)s is no decider at %(client)s. Give them the role, or choose another.")
                % {"person": person, "client": case.client}
            )
        decision = policies.keeps_interests_apart(person, case, Part.DECIDER)
        if isinstance(decision, Denied):
            raise InvalidOrderError(decision.reason)
    case.deciders.exclude(person__in=people).delete()
    for person in people:
        Decider.objects.get_or_create(case=case, person=person)


@transaction.atomic
def answer_profile(
    *, actor: Person, profile: RequirementProfile, is_approval: bool, words: str = ""
) -> ProfileAnswer:
    """Approve the version that was read, or say what must change in it.

    An answer to a version that has been replaced meanwhile is refused. The latest answer counts,
    and the same answer twice is once.
    """
    case = _locked_row(profile.case)
    require(policies.may_answer_profile(actor, case))
    if selectors.pending_profile(case) != profile:
        raise InvalidProfileError(
            _("The criteria have changed since you read them. Read them again; nothing was saved.")
        )
    if not is_approval and not words.strip():
        raise InvalidProfileError(_("Say what must change, so that somebody can change it."))
    if profile.conclusion_rule is None:  # the standard of today is part of what is answered
        profile.conclusion_rule = dict(selectors.rule_of(profile))
        profile.save(update_fields=["conclusion_rule"])
    answer = ProfileAnswer(
        profile=profile,
        person=actor,
        is_approval=is_approval,
        words="" if is_approval else words.strip(),
        content_hash=content_hash(selectors.profile_content(profile)),
    )
    earlier = ProfileAnswer.objects.filter(profile=profile, person=actor).order_by("pk").last()
    if earlier is not None and _is_same(earlier, answer):
        return earlier
    answer.save()
    record_event(
        actor=actor,
        verb="profile.approved" if is_approval else "profile.objected",
        subject=profile,
        case=case,
        details={"case": case.pseudonym, "sha256": answer.content_hash},
    )
    _tell_coordinator(case, profile, actor=actor, is_approval=is_approval)
    return answer


def _is_same(earlier: ProfileAnswer, answer: ProfileAnswer) -> bool:
    return all(
        getattr(earlier, name) == getattr(answer, name)
        for name in ("is_approval", "words", "content_hash")
    )


def _tell_coordinator(
    case: Case, profile: RequirementProfile, *, actor: Person, is_approval: bool
) -> None:
    """Of an objection at once, of approvals when the last one is there."""
    kind = LetterKind.APPROVED if is_approval else LetterKind.OBJECTED
    if not is_approval or not selectors.approvals_awaited([case]):
        write_letter(case=case, kind=kind, reader=case.coordinator, about=profile, author=actor)
