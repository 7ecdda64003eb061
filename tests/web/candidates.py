"""Candidates at different places on their way, for the tests of their pages and of their card."""

from datetime import timedelta

from django.utils import timezone

from second_opinion.candidates import selectors, services
from second_opinion.candidates.states import Purpose
from second_opinion.candidates.writing.notice import NoticeFacts, write_sections
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.panels.selectors.proposals import standings_in
from second_opinion.panels.services import answer_proposal, propose_assessor

WHY = "We know each other too well here. We need eyes that do not."


def locked_case(cast, **changes):
    """A case whose candidates can be told, and have not been."""
    case = cast.case_in(CaseState.PROFILE_LOCKED, **changes)
    for number, candidacy in enumerate(case.candidacies.all(), start=1):
        enter_contact(
            actor=cast.coordinator, candidacy=candidacy, email=f"candidate{number}@example.com"
        )
    return case


def told(cast, **changes):
    """A candidate who has been written to, and has not read it."""
    candidacy = locked_case(cast, **changes).candidacies.first()
    facts = NoticeFacts(
        candidacy=candidacy,
        criteria=list(criteria_of(candidacy.case)),
        words=WHY,
        assessors=["Per Sand"],
    )
    services.write_notice(
        actor=cast.coordinator,
        candidacy=candidacy,
        sections=write_sections(facts, language=candidacy.language),
        language=candidacy.language,
    )
    services.send_notice(actor=cast.coordinator, candidacy=candidacy)
    return candidacy


def willing(cast, **changes):
    """A candidate who has read it, and said so."""
    candidacy = told(cast, **changes)
    services.acknowledge(candidacy=candidacy, notice=selectors.notice_of(candidacy))
    return candidacy


def busy(cast, **changes):
    """A willing candidate with something of everything."""
    candidacy = willing(cast, **changes)
    question = services.ask(candidacy=candidacy, words="Who will I meet, and for how long?")
    services.answer(actor=cast.coordinator, question=question, words="Per Sand, for 90 minutes.")
    services.ask(candidacy=candidacy, words="سؤال آخر: " + "a long question " * 40)
    need = services.ask_adjustment(candidacy=candidacy, wish="Breaks, please.", why="My back.")
    services.arrange(
        actor=cast.coordinator, adjustment=need, is_granted=True, how="Ten minutes each hour."
    )
    services.add_words(candidacy=candidacy, words="I built the team in Oslo from two to nine.")
    services.add_link(candidacy=candidacy, address="https://example.com/" + "long-" * 60)
    services.offer_times(
        actor=cast.coordinator,
        candidacy=candidacy,
        purpose=Purpose.INTERVIEW,
        times=services.Times(
            starts=[timezone.now() + timedelta(days=day) for day in (2, 3, 4)],
            minutes=90,
            place="Storgatan 1, third floor",
        ),
    )
    return candidacy


def with_assessor(cast, **changes):
    """A told candidate whose assessor was asked and has accepted."""
    candidacy = told(cast, **changes)
    case = candidacy.case
    propose_assessor(
        actor=cast.coordinator,
        case=case,
        assessor=cast.second_assessor,
        asking=asking_in(case),
        reason="Free now.",
    )
    (standing,) = standings_in(case)
    answer_proposal(
        actor=cast.second_assessor,
        standing=standing,
        around=around_of(case),
        declares_no_more=True,
    )
    return candidacy


def enter(client, candidacy):
    """Let the candidate in by a fresh link; answers its token."""
    _link, token = services.make_token(candidacy=candidacy)
    client.post(f"/personal/{token}/")
    return token
