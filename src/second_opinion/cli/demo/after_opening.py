"""What people in the demo do once all opinions are open: discuss, revise, correct and share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from second_opinion.accounts.models import Person
from second_opinion.candidates.services import answer_correction, reply
from second_opinion.candidates.states import ReplyKind
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import criteria_of
from second_opinion.cli.demo.content import DemoCase, DemoContribution
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import rating_as_it_stands
from second_opinion.opinions.services import add_remark, revise_rating
from second_opinion.reports.models import ReportVersion
from second_opinion.reports.services import DAYS, make_share_code, open_share, share_report

BETWEEN_CONTRIBUTIONS = timedelta(minutes=25)


def discuss(
    content: DemoCase, case: Case, *, people: Mapping[str, Person], since: datetime
) -> None:
    """One contribution after another, from the moment of the opening on."""
    for number, one in enumerate(content.discussion, start=1):
        with as_of(since + number * BETWEEN_CONTRIBUTIONS):
            _contribute(one, case, actor=people[one.person])


def correct_facts(
    content: DemoCase, case: Case, *, coordinator: Person, shown_at: datetime
) -> None:
    """Candidates correct a fact on the day they read their version; the next day it is answered."""
    for one in content.replies:
        candidacy = case.candidacies.get(name=one.candidate)
        with as_of(shown_at + timedelta(hours=2)):
            said = reply(
                candidacy=candidacy, kind=ReplyKind.FACTS, words=one.words, released_at=shown_at
            )
        with as_of(shown_at + timedelta(days=1)):
            answer_correction(
                actor=coordinator,
                reply=said,
                is_accepted=True,
                reason=one.reason,
                stated=one.stated,
                correct=one.correct,
            )


def share(content: DemoCase, version: ReportVersion, *, orderer: Person, since: datetime) -> None:
    """The orderer lets somebody at the client read the report, who opens it once."""
    if not content.shared_with:
        return
    with as_of(since + timedelta(hours=1)):
        shared = share_report(
            actor=orderer, version=version, email=content.shared_with, days=max(DAYS)
        )
    with as_of(since + timedelta(hours=3)):
        open_share(share=shared, code=make_share_code(share=shared, mail=uuid4()))


def _contribute(one: DemoContribution, case: Case, *, actor: Person) -> None:
    candidacy = case.candidacies.get(name=one.candidate)
    if not one.change:
        criterion = {each.name: each for each in criteria_of(case)}[one.criterion]
        add_remark(actor=actor, candidacy=candidacy, criterion=criterion, words=one.words)
        return
    opinion = Opinion.objects.get(candidacy=candidacy, assessor=actor)
    stands = rating_as_it_stands(opinion, one.criterion)
    if stands is None or stands.score is None:
        raise RuntimeError(f"{actor} has no score on {one.criterion} that could be revised.")
    score = min(max(stands.score + one.change, case.scale_low), case.scale_high)
    revise_rating(
        actor=actor,
        opinion=opinion,
        rating=RatingEntry(criterion=one.criterion, score=score, evidence=one.evidence),
        reason=one.words,
        report_given_at=None,
    )
