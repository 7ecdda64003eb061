"""What a candidate or the client tells of their own tie to an assessor who is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from second_opinion.accounts.models import Person
from second_opinion.accounts.policies import require
from second_opinion.audit.services import record_event
from second_opinion.cases.models import Candidacy, Case
from second_opinion.cases.services import write_letter
from second_opinion.cases.states import LetterKind
from second_opinion.panels import policies
from second_opinion.panels.errors import TieError
from second_opinion.panels.models import Tie
from second_opinion.panels.selectors.proposals import Standing, standing_in
from second_opinion.panels.selectors.ties import ties_told_by
from second_opinion.panels.services.proposals import add_step, locked_case
from second_opinion.panels.services.ties import check_days, party_of
from second_opinion.panels.states import Ending, Source, StepKind, TieKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTie:
    """How somebody knows the assessor. words : in their own, if they like"""

    kind: TieKind
    ending: Ending
    began_on: date | None = None
    ended_on: date | None = None
    words: str = ""


@transaction.atomic
def tell_tie(*, candidacy: Candidacy, standing: Standing, told: ToldTie) -> Tie:
    """A candidate knows who is to assess them: a declared tie from now on."""
    case, fresh = _anew(standing)
    candidacy = Candidacy.objects.select_related("case").get(pk=candidacy.pk)
    require(policies.may_tell_tie(candidacy, fresh))
    return _tell(case, fresh, candidacy, told)


@transaction.atomic
def tell_clients_tie(*, actor: Person, standing: Standing, told: ToldTie) -> Tie:
    """The orderer knows who is to assess in their case: a declared tie from now on."""
    case, fresh = _anew(standing)
    require(policies.may_tell_clients_tie(actor, fresh))
    return _tell(case, fresh, actor, told)


def _anew(standing: Standing) -> tuple[Case, Standing]:
    case = locked_case(standing.proposal.case)
    return case, standing_in(case, standing.proposal.pseudonym) or standing


def _tell(case: Case, standing: Standing, teller: Candidacy | Person, told: ToldTie) -> Tie:
    """The check counts it at once, and what it finds waits for the coordinator."""
    assessor = standing.proposal.assessor
    check_days(told.ending, told.began_on, told.ended_on)
    if any(one.kind == told.kind for one in ties_told_by(teller, assessor)):
        raise TieError(_("You have said that already, and it stands. Nothing more was saved."))
    author = teller if isinstance(teller, Person) else None
    candidacy = teller if isinstance(teller, Candidacy) else None
    step = add_step(
        case, standing, StepKind.TIED, author=author, candidacy=candidacy, words=told.words
    )
    tie = Tie.objects.create(
        provider=case.provider,
        one=party_of(case.provider, teller),
        other=party_of(case.provider, assessor),
        kind=TieKind(told.kind),
        ending=Ending(told.ending),
        began_on=told.began_on,
        ended_on=told.ended_on,
        source=Source.CLIENT if author else Source.CANDIDATE,
        author=author,
        told_in=step,
    )
    record_event(
        actor=author,
        verb="tie.declared",
        subject=tie,
        case=None,
        details={"kind": tie.kind, "source": tie.source, "ending": tie.ending},
    )
    write_letter(case=case, kind=LetterKind.TIE_TOLD, reader=case.coordinator, author=author)
    return tie
