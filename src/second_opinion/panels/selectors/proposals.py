"""What a case needs, who has been asked, and where that stands. Visibility is decided here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import has_role
from second_opinion.accounts.states import Role
from second_opinion.audit.services import decrypt
from second_opinion.cases import selectors as cases
from second_opinion.cases.models import Candidacy, Case
from second_opinion.panels.models import Declaration, NeedsVersion, Proposal, ProposalStep
from second_opinion.panels.states import PROPOSAL_ENDS, StepKind

DECISIONS = frozenset({StepKind.UPHELD, StepKind.DISMISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """words : of the order, that it was mapped from; is_gap : the client cannot judge it itself

    weight : how much it counts beside the others, 2.0 for double
    """

    words: str
    key: str
    level: int
    is_gap: bool = True
    weight: float = 1.0

    @property
    def counts_double(self) -> bool:
        return self.weight > 1


def declarations_of(person: Person) -> QuerySet[Declaration]:
    """For which cases somebody has said that they know of no tie beside those declared."""
    return Declaration.objects.filter(person=person)


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal, and what has happened to it, oldest first."""

    proposal: Proposal
    steps: tuple[ProposalStep, ...]

    @property
    def answer(self) -> ProposalStep | None:
        answers = {StepKind.ACCEPTED, StepKind.DECLINED}
        return next((step for step in self.steps if step.kind in answers), None)

    @property
    def is_over(self) -> bool:
        return any(step.kind in PROPOSAL_ENDS for step in self.steps)

    @property
    def is_awaited(self) -> bool:
        return self.answer is None and not self.is_over

    @property
    def was_accepted(self) -> bool:
        """Whatever has happened since."""
        return self.answer is not None and self.answer.kind == StepKind.ACCEPTED

    @property
    def is_accepted(self) -> bool:
        return self.was_accepted and not self.is_over

    @property
    def open_challenges(self) -> list[ProposalStep]:
        """Those that nobody has decided; each candidate has one at most."""
        decided = {step.candidacy_id for step in self.steps if step.kind in DECISIONS}
        return [
            step
            for step in self.steps
            if step.kind == StepKind.CHALLENGED and step.candidacy_id not in decided
        ]

    def own(self, candidacy: Candidacy, kinds: Collection[StepKind]) -> ProposalStep | None:
        """A candidate's challenge, or the decision on it."""
        return next(
            (
                step
                for step in self.steps
                if step.candidacy_id == candidacy.pk and step.kind in kinds
            ),
            None,
        )


def needs_of(case: Case) -> tuple[Need, ...]:
    """As they were confirmed last; none before anybody has."""
    newest = NeedsVersion.objects.filter(case=case).last()
    return tuple(Need(**one) for one in newest.needs) if newest else ()


def standings_in(case: Case) -> list[Standing]:
    """For its coordinators: everybody who was asked, newest first."""
    return _standings(Proposal.objects.filter(case=case).order_by("-pk"))


def standing_of(case: Case, assessor: Person) -> Standing | None:
    """Of somebody who was asked or engaged, while it is not over."""
    found = _standings(Proposal.objects.filter(case=case, assessor=assessor).order_by("-pk"))
    return next((one for one in found if not one.is_over), None)


def standing_in(case: Case, pseudonym: UUID | str) -> Standing | None:
    found = _standings(Proposal.objects.filter(case=case, pseudonym=pseudonym))
    return found[0] if found else None


def proposals_for(assessor: Person) -> list[Standing]:
    """What an assessor was asked and has not answered, or has and was not engaged for yet."""
    asked = Proposal.objects.filter(cases.is_there_for(assessor, "case__"), assessor=assessor)
    return [one for one in _standings(asked.order_by("-pk")) if not one.is_over]


def proposal_for(assessor: Person, pseudonym: UUID) -> Standing | None:
    found = _standings(
        Proposal.objects.filter(
            cases.is_there_for(assessor, "case__"), assessor=assessor, pseudonym=pseudonym
        )
    )
    return found[0] if found else None


def proposed_to(candidacy: Candidacy) -> list[Standing]:
    """Who is to assess this candidate, once they have accepted, and whom they had challenged."""
    if candidacy.is_withdrawn:
        return []
    return [
        one
        for one in standings_in(candidacy.case)
        if one.is_accepted or one.own(candidacy, {StepKind.CHALLENGED}) is not None
    ]


def proposed_in(case: Case, orderer: Person) -> list[Standing]:
    """Who is to assess in a case, once they have accepted, for its orderer and nobody else."""
    if case.orderer_id != orderer.pk or not has_role(orderer, Role.ORDERER, case.client):
        return []
    return [one for one in standings_in(case) if one.is_accepted]


def is_challenged(case: Case, assessor: Person) -> bool:
    """Whether a candidate's challenge waits for its answer, or was upheld."""
    return any(
        one.open_challenges or any(step.kind == StepKind.UPHELD for step in one.steps)
        for one in _standings(Proposal.objects.filter(case=case, assessor=assessor))
    )


def has_open_challenge(*, case: str, assessor: str) -> Exists:
    """Whether a candidate waits for an answer about an assessor; named are the fields around it."""
    decided = ProposalStep.objects.filter(
        proposal=OuterRef("proposal"), candidacy=OuterRef("candidacy"), kind__in=DECISIONS
    )
    asked = ProposalStep.objects.filter(
        proposal__case=OuterRef(case),
        proposal__assessor=OuterRef(assessor),
        kind=StepKind.CHALLENGED,
    )
    return Exists(asked.filter(~Exists(decided)))


def has_told_tie(*, case: str, assessor: str) -> Exists:
    """Whether a candidate or the client has declared a tie; named are the fields around it."""
    return Exists(
        ProposalStep.objects.filter(
            proposal__case=OuterRef(case),
            proposal__assessor=OuterRef(assessor),
            kind=StepKind.TIED,
        )
    )


def step_words(step: ProposalStep) -> str:
    if step.words is None:
        return ""
    return decrypt(step.words, case=step.proposal.case, label=step.label).decode()


def proposal_reason(proposal: Proposal) -> str:
    if proposal.reason is None:
        return ""
    return decrypt(proposal.reason, case=proposal.case, label=proposal.label).decode()


def _standings(proposals: QuerySet[Proposal]) -> list[Standing]:
    found = proposals.select_related(
        "case__client", "case__provider", "case__coordinator", "case__orderer", "assessor", "author"
    ).prefetch_related("steps__author", "steps__candidacy", "steps__proposal__case")
    return [Standing(proposal, tuple(proposal.steps.all())) for proposal in found]
