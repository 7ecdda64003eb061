"""Filling an empty database through the rooms' services, as people would have."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation

from second_opinion.accounts.models import Organisation, Person
from second_opinion.accounts.services import found_organisation, invite_person
from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates.services import note_feedback
from second_opinion.candidates.states import FeedbackOutcome
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import remaining_candidacies_of
from second_opinion.cases.services import (
    lock_profile,
    order_case,
    start_assessment,
    write_profile,
)
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.after_opening import correct_facts, discuss, share
from second_opinion.cli.demo.candidates import inform
from second_opinion.cli.demo.content import (
    DemoCase,
    DemoOrganisation,
    read_cases,
    read_organisations,
)
from second_opinion.cli.demo.content.orders import read_orders
from second_opinion.cli.demo.drawing import DrawnOpinion, draw_opinions
from second_opinion.cli.demo.instruments import take_in
from second_opinion.cli.demo.orders import write_order
from second_opinion.cli.demo.panels import fill_register, match_case, order_details
from second_opinion.cli.demo.past import as_of, moment_of, moments_between
from second_opinion.cli.demo.questionnaires import answer, give, grounds_of
from second_opinion.cli.demo.written import write_of_candidates
from second_opinion.instruments.services import freeze_guide, prepare_guide
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services import (
    declare_ties,
    engage_assessor,
    open_case,
    record_opinion,
    seal_opinion,
)
from second_opinion.opinions.states import OpinionKind
from second_opinion.reports.services import (
    close_case,
    record_decision,
    release_report,
    release_to_candidates,
    sign_report,
)

# Between the candidates' report and the client's: two working days, and a weekend at most.
DAYS_FOR_CANDIDATES = 5
REGISTER_KEPT_BY = "rosalind"


@dataclass(frozen=True, slots=True)
class _Cast:
    """Everybody entered, by the keys of the content."""

    organisations: Mapping[str, Organisation]
    people: Mapping[str, Person]


def fill_if_empty(told: Callable[[float], None]) -> bool:
    """Enter people and cases, all or none; False where somebody had been entered already.

    told : is told the share done
    """
    if Organisation.objects.exists():
        return False
    cases = read_cases()
    with transaction.atomic():
        cast = _enter(read_organisations())
        fill_register(cast.people, coordinator=cast.people[REGISTER_KEPT_BY])
        for number, case in enumerate(cases, start=1):
            with translation.override(case.language):
                _Player(case, cast).play()
            told(number / len(cases))
        for order in read_orders():
            write_order(order, organisations=cast.organisations, people=cast.people)
    # The mails of reports released "in the past" must not fill the console at the first start.
    with redirect_stdout(io.StringIO()):
        deliver_due()
    return True


def _enter(content: tuple[DemoOrganisation, ...]) -> _Cast:
    organisations, people = {}, {}
    for organisation in content:
        founded = found_organisation(
            actor=None, name=organisation.name, time_zone=organisation.time_zone
        )
        organisations[organisation.key] = founded
        for person in organisation.people:
            people[person.key] = invite_person(
                actor=None,
                name=person.name,
                email=person.email,
                organisation=founded,
                roles={Role(role) for role in person.roles},
                language=person.language,
            )
    return _Cast(organisations, people)


class _Player:
    """Plays one case, step by step, each at its time, up to its stage."""

    def __init__(self, content: DemoCase, cast: _Cast) -> None:
        self._content = content
        self._cast = cast
        self._coordinator = cast.people[content.coordinator]
        self._now = timezone.now()
        with as_of(self._moment("ordered")):
            self._case = self._order()

    def play(self) -> None:
        for stage, step in (
            (CaseState.PROFILE_LOCKED, self._lock),
            (CaseState.IN_ASSESSMENT, self._assess),
            (CaseState.OPENED, self._open),
            (CaseState.REPORTED, self._report),
            (CaseState.DECIDED, self._decide),
            (CaseState.CLOSED, self._close),
        ):
            if self._case.state == self._content.stage:
                return
            with as_of(self._moment(stage)):
                step()
            self._case.refresh_from_db()
            if self._case.state not in (stage, self._opened_by_itself(stage)):
                raise RuntimeError(f"{self._case} should be {stage} and is {self._case.state}.")

    def _opened_by_itself(self, stage: CaseState) -> CaseState:
        """Where the coordinator assesses, the last seal of the assessment opens the case."""
        assesses = self._content.coordinator in {one.person for one in self._content.assessors}
        return CaseState.OPENED if assesses and stage == CaseState.IN_ASSESSMENT else stage

    def _moment(self, step: str) -> datetime:
        return moment_of(step, self._content, now=self._now)

    def _order(self) -> Case:
        content = self._content
        orderer = self._cast.people[content.orderer]
        case = order_case(
            actor=orderer,
            client=self._cast.organisations[content.client],
            provider=self._cast.organisations[content.provider],
            orderer=orderer,
            coordinator=self._coordinator,
            role=content.role,
            due_on=timezone.localdate(self._now) + timedelta(days=content.due_in_days),
            open_questions=content.open_questions,
            candidates=content.candidates,
            reference=content.reference,
            scale_low=content.scale_low,
            scale_high=content.scale_high,
            bar=content.bar,
            language=content.language,
            price=content.stakes.get("price"),
            yearly_pay=content.stakes.get("yearly_pay"),
            worked_out=content.stakes.get("worked_out"),
            details=order_details(content.reference) | dict(content.order),
        )
        write_profile(
            actor=self._coordinator,
            case=case,
            criteria=[criterion.entry for criterion in content.criteria],
            grounds=grounds_of(content),
        )
        return case

    def _lock(self) -> None:
        lock_profile(actor=self._coordinator, case=self._case)
        match_case(self._case, self._cast.people)

    def _assess(self) -> None:
        if self._content.order:  # written out of the profile, and fixed before anybody is met
            prepare_guide(actor=self._coordinator, case=self._case)
            freeze_guide(case=self._case)
        drawn = draw_opinions(self._content)
        engaged = [self._engage(opinion) for opinion in drawn]
        give(self._content, self._case, actor=self._coordinator)
        for candidacy in self._case.candidacies.all():
            inform(candidacy, actor=self._coordinator)
        start_assessment(actor=self._coordinator, case=self._case)
        answer(self._content, self._case, since=timezone.now())
        self._case.refresh_from_db()
        take_in(
            self._content,
            self._case,
            coordinator=self._coordinator,
            people=self._cast.people,
            since=timezone.now(),
        )
        moments = moments_between(
            self._moment("in_assessment"), self._moment("sealed"), number=len(drawn)
        )
        # In the order of the content: the client's own opinions are sealed before others begin.
        for opinion, row, moment in zip(drawn, engaged, moments, strict=True):
            with as_of(moment):
                _give(opinion, row)

    def _engage(self, opinion: DrawnOpinion) -> Opinion:
        assessor = self._cast.people[opinion.assessor.person]
        engaged = engage_assessor(
            actor=self._coordinator,
            candidacy=self._case.candidacies.get(name=opinion.candidate),
            assessor=assessor,
            kind=OpinionKind(opinion.assessor.kind.value),
        )
        if engaged.kind != OpinionKind.FIRST:
            declare_ties(actor=assessor, opinion=engaged, declares_no_more=True)
        return engaged

    def _open(self) -> None:
        if self._case.state != CaseState.OPENED:
            open_case(actor=self._coordinator, case=self._case)
        discuss(self._content, self._case, people=self._cast.people, since=timezone.now())
        write_of_candidates(self._content, self._case, author=self._coordinator)

    def _report(self) -> None:
        shown_at = self._moment(CaseState.REPORTED) - timedelta(days=DAYS_FOR_CANDIDATES)
        with as_of(shown_at):
            version = sign_report(actor=self._coordinator, case=self._case)
            release_to_candidates(actor=self._coordinator, version=version)
        if self._content.replies:
            correct_facts(
                self._content, self._case, coordinator=self._coordinator, shown_at=shown_at
            )
            version = sign_report(actor=self._coordinator, case=self._case)
        release_report(actor=self._coordinator, version=version)
        orderer = self._cast.people[self._content.orderer]
        share(self._content, version, orderer=orderer, since=timezone.now())

    def _decide(self) -> None:
        decided = self._content.decision
        record_decision(
            actor=self._cast.people[self._content.orderer],
            case=self._case,
            hired=self._case.candidacies.filter(name=decided.get("hired", "")).first(),
            reasons=decided["reasons"],
            against=decided.get("against", ""),
        )

    def _close(self) -> None:
        for candidacy in remaining_candidacies_of(self._case):
            note_feedback(
                actor=self._coordinator, candidacy=candidacy, outcome=FeedbackOutcome.HELD
            )
        close_case(actor=self._coordinator, case=self._case)


def _give(opinion: DrawnOpinion, row: Opinion) -> None:
    """Record an opinion and seal it; one that is still being written lacks its last rating."""
    record_opinion(
        actor=row.assessor,
        opinion=row,
        ratings=opinion.ratings if opinion.is_sealed else opinion.ratings[:-1],
        conclusion=opinion.conclusion if opinion.is_sealed else None,
    )
    if opinion.is_sealed:
        seal_opinion(actor=row.assessor, opinion=row)
