"""What a case needs, whom to ask, and what they answer before they see the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.services import encrypt, record_event
from second_opinion.candidates.selectors import newest_notice
from second_opinion.candidates.services import tell_candidate
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.panels import policies
from second_opinion.panels.analysis import Around, Asking, shortlist_for, unresolved_in
from second_opinion.panels.errors import ProposalError, RegisterError
from second_opinion.panels.models import Declaration, NeedsVersion, Proposal, ProposalStep
from second_opinion.panels.selectors.certificates import certificate_sentence, certificates_at
from second_opinion.panels.selectors.proposals import (
    Need,
    Standing,
    needs_of,
    standing_of,
    standings_in,
)
from second_opinion.panels.selectors.vocabulary import vocabulary_of
from second_opinion.panels.services.vocabulary import OwnWord, entered
from second_opinion.panels.states import DeclineReason, Level, StepKind

MOST_NEEDS = 12
LONGEST_WORDS = 2000
WEIGHTS = (1.0, 2.0)  # once, double


@transaction.atomic
def confirm_needs(
    *,
    actor: Person,
    case: Case,
    needs: Sequence[Need],
    entering: Mapping[str, OwnWord] = MappingProxyType({}),
) -> NeedsVersion:
    """Keep what a person says the case needs; matching uses nothing that nobody confirmed.

    entering : words that the vocabulary lacks, by the key that `needs` give them until then
    """
    case = locked_case(case)
    require(policies.may_map_needs(actor, case))
    keyed = entered(actor, case.provider, entering)
    needs = [replace(need, key=keyed.get(need.key, need.key)) for need in needs]
    keys = [need.key for need in needs]
    if not keys or len(keys) > MOST_NEEDS or len(set(keys)) < len(keys):
        raise RegisterError(
            _("Choose one to %(most)s competences, each once. Nothing was saved.")
            % {"most": MOST_NEEDS}
        )
    if set(keys) - vocabulary_of(case.provider, keys=keys).keys():
        raise RegisterError(_("That is no entry of the vocabulary. Nothing was saved."))
    if any(need.level not in Level.values for need in needs):
        raise RegisterError(_("A level is one of the four. Nothing was saved."))
    if any(need.weight not in WEIGHTS for need in needs):
        raise RegisterError(_("A competence counts once or double. Nothing was saved."))
    latest = NeedsVersion.objects.filter(case=case).last()
    if latest is not None and needs_of(case) == tuple(needs):
        return latest
    version = NeedsVersion.objects.create(
        case=case,
        number=latest.number + 1 if latest else 1,
        needs=[asdict(need) for need in needs],
        author=actor,
    )
    record_event(actor=actor, verb="needs.confirmed", subject=version, case=case)
    return version


@transaction.atomic
def propose_assessor(
    *, actor: Person, case: Case, assessor: Person, asking: Asking, reason: str = ""
) -> Proposal:
    """Ask somebody, by mail; they see enough to answer, and not the file.

    Anybody but the first of the shortlist is picked with a reason that stays.
    """
    case = locked_case(case)
    require(policies.may_propose(actor, case))
    _check_free(case, assessor, asking)
    reason = reason.strip()[:LONGEST_WORDS]
    if not reason and not _is_first(case, assessor, asking):
        raise ProposalError(
            _("%(person)s does not stand first on the shortlist: say why you ask them.")
            % {"person": assessor}
        )
    proposal = Proposal(case=case, assessor=assessor, author=actor)
    if reason:
        proposal.reason = encrypt(reason.encode(), case=case, label=proposal.label)
    proposal.save()
    record_event(
        actor=actor,
        verb="assessor.asked",
        subject=proposal,
        case=case,
        details={"assessor": assessor.pseudonym, "with_reason": bool(reason)},
    )
    write_letter(case=case, kind=LetterKind.ASKED, reader=assessor, author=actor)
    return proposal


def note_engagement(*, actor: Person, case: Case, assessor: Person) -> None:
    """Who is engaged without being asked first is proposed by that, for a service that asked.

    So they accept or decline before they see the file, and the candidates may challenge them.
    """
    if standing_of(case, assessor) is not None:
        return
    proposal = Proposal.objects.create(case=case, assessor=assessor, author=actor)
    record_event(
        actor=actor,
        verb="assessor.asked",
        subject=proposal,
        case=case,
        details={"assessor": assessor.pseudonym, "with_reason": False},
    )


@transaction.atomic
def answer_proposal(
    *,
    actor: Person,
    standing: Standing,
    around: Around,
    declined_because: DeclineReason | None = None,
    words: str = "",
    declares_no_more: bool = False,
) -> ProposalStep:
    """Accept or decline, once. Who accepts has declared every tie they know of."""
    case = locked_case(standing.proposal.case)
    require(policies.may_answer(actor, _anew(case, standing)))
    if declined_because is not None:
        told = f"{DeclineReason(declined_because).value}\n{words.strip()}"[:LONGEST_WORDS]
        kind = StepKind.DECLINED
    else:
        _check_declared(case, actor, around, declares_no_more=declares_no_more)
        kind, told = StepKind.ACCEPTED, ""
        _keep_declaration(case, actor)
    step = add_step(case, standing, kind, author=actor, words=told)
    write_letter(case=case, kind=LetterKind.ANSWERED, reader=case.coordinator, author=actor)
    if kind == StepKind.ACCEPTED:
        _tell_candidates(case)
    return step


def _tell_candidates(case: Case) -> None:
    """Their page names who has accepted; who has no page yet is told of it with the rest."""
    for candidacy in remaining_candidacies_of(case):
        if newest_notice(candidacy) is not None:
            tell_candidate(candidacy, author=case.coordinator)


@transaction.atomic
def declare_for_case(
    *, actor: Person, case: Case, around: Around, declares_no_more: bool
) -> Declaration:
    """Of oneself, who is engaged and was not asked first: no tie beside those declared."""
    case = locked_case(case)
    _check_declared(case, actor, around, declares_no_more=declares_no_more)
    return _keep_declaration(case, actor)


def _keep_declaration(case: Case, person: Person) -> Declaration:
    """Twice is once."""
    declaration, is_new = Declaration.objects.get_or_create(case=case, person=person)
    if is_new:
        record_event(actor=person, verb="ties.declared_all", subject=declaration, case=case)
    return declaration


@transaction.atomic
def end_engagement(*, actor: Person, standing: Standing, words: str) -> ProposalStep:
    """Nothing more is asked of somebody who was engaged, for a service that asked who may."""
    case = locked_case(standing.proposal.case)
    if _anew(case, standing).is_over:
        raise ProposalError(_("That is over already. Nothing was changed."))
    if not words.strip():
        raise ProposalError(_("Say why. Nothing was changed."))
    return add_step(case, standing, StepKind.WITHDRAWN, author=actor, words=words)


@transaction.atomic
def withdraw_proposal(*, actor: Person, standing: Standing, reason: str) -> ProposalStep:
    """Take back that somebody was asked, with a reason that the log's readers find."""
    case = locked_case(standing.proposal.case)
    require(policies.may_propose(actor, case))
    if _anew(case, standing).is_over:
        raise ProposalError(_("That is over already. Nothing was changed."))
    if not reason.strip():
        raise ProposalError(_("Say why. Nothing was changed."))
    return add_step(case, standing, StepKind.WITHDRAWN, author=actor, words=reason)


def add_step(
    case: Case,
    standing: Standing,
    kind: StepKind,
    *,
    author: Person | None = None,
    candidacy: Candidacy | None = None,
    words: str = "",
) -> ProposalStep:
    step = ProposalStep(proposal=standing.proposal, kind=kind, author=author, candidacy=candidacy)
    if words.strip():
        text = words.strip()[:LONGEST_WORDS].encode()
        step.words = encrypt(text, case=case, label=step.label)
    step.save()
    record_event(
        actor=author,
        verb=f"proposal.{kind.value}",
        subject=standing.proposal,
        case=case,
        details={"candidacy": candidacy.pseudonym} if candidacy else {},
    )
    return step


def locked_case(case: Case) -> Case:
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("provider", "client", "coordinator", "orderer")
        .get(pk=case.pk)
    )


def _anew(case: Case, standing: Standing) -> Standing:
    """As it stands now that the case is held."""
    return next(one for one in standings_in(case) if one.proposal == standing.proposal)


def _check_free(case: Case, assessor: Person, asking: Asking) -> None:
    if not has_role(assessor, Role.ASSESSOR, case.provider):
        raise ProposalError(
            _("%(person)s is no assessor at %(provider)s.")
            % {"person": assessor, "provider": case.provider}
        )
    asked = {one.proposal.assessor_id for one in standings_in(case) if not one.is_over}
    if assessor.pk in asked | asking.engaged:
        raise ProposalError(_("%(person)s has been asked already.") % {"person": assessor})
    if lacking := certificates_at(case.provider).lacking(assessor, asking.instruments):
        raise ProposalError(certificate_sentence(assessor, lacking))
    if unresolved_in(case, [assessor], around=asking.around):
        raise ProposalError(
            _("%(person)s may have a conflict of interest: decide on that first.")
            % {"person": assessor}
        )


def _is_first(case: Case, assessor: Person, asking: Asking) -> bool:
    taken = {one.proposal.assessor_id for one in standings_in(case)} | asking.engaged
    found = shortlist_for(
        case,
        around=asking.around,
        load=asking.load,
        taken=frozenset(taken),
        instruments=asking.instruments,
        language=get_language() or "en",
    )
    return found is not None and bool(found.listed) and found.listed[0].person == assessor


def _check_declared(
    case: Case, assessor: Person, around: Around, *, declares_no_more: bool
) -> None:
    if not declares_no_more:
        raise ProposalError(_("Say first that you know of no tie beside those you have declared."))
    if unresolved_in(case, [assessor], around=around):
        raise ProposalError(
            _(
                "What you have declared ties you to this case. The coordinator has to decide on "
                "that first. You need do nothing, or you can decline."
            )
        )
