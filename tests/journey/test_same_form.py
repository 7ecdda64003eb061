"""Every assignment has the same form: nothing of the client's own opinion can be read from it."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from second_opinion.accounts.states import Role
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from second_opinion.opinions import policies
from second_opinion.opinions import services as opinions
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.proposals import standing_in, standing_of
from tests import factories

pytestmark = pytest.mark.django_db

NONE, AWAITED, SEALED = "no first opinion", "first opinion awaited", "first opinion sealed"
FIRST = (NONE, AWAITED, SEALED)
# What differs by construction: names of rows, the number of a case, a form's token, the moment.
MASKED = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d{4}-\d{4}\b"
    r'|name="csrfmiddlewaretoken" value="\w+"|\b\d\d:\d\d\b'
)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def cast():
    cast = factories.Cast()
    # Neither orderer nor decider of the case: named on a page, it would tell that there is one.
    cast.first = factories.make_person(Role.ASSESSOR, organisation=cast.client, name="Fia First")
    return cast


def case_with(cast, first):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT, deciders=[cast.decider])
    if first != NONE:
        opinion = factories.engage(cast, case.candidacies.get(), cast.first, OpinionKind.FIRST)
    if first == SEALED:
        factories.seal(opinion)
    return case


def propose(cast, case):
    return panels.propose_assessor(
        actor=cast.coordinator,
        case=case,
        assessor=cast.assessor,
        asking=asking_in(case),
        reason="Knows the trade.",
    )


def accept(cast, case, proposal):
    panels.answer_proposal(
        actor=cast.assessor,
        standing=standing_in(case, proposal.pseudonym),
        around=around_of(case),
        declares_no_more=True,
    )


def engage_without_asking(cast, case):
    opinions.engage_for_case(
        actor=cast.coordinator, case=case, assessor=cast.assessor, kind=OpinionKind.SECOND
    )
    return Opinion.objects.select_related("candidacy__case", "assessor").get(
        candidacy__case=case, kind=OpinionKind.SECOND
    )


def page(cast, name, *arguments):
    client = Client()
    client.force_login(cast.assessor)
    answer = client.get(reverse(name, args=arguments))
    return answer.status_code, MASKED.sub("", answer.content.decode())


def letters_to(person):
    deliver_due()
    mine = [one for one in mail.outbox if one.to == [person.email]]
    mail.outbox.clear()
    return [(one.subject, MASKED.sub("", one.body), one.extra_headers.keys()) for one in mine]


def one_at_a_time(cast, look):
    """What is seen of each kind of case, when it is the only one that its assessor has."""
    seen = []
    for first in FIRST:
        case = case_with(cast, first)
        letters_to(cast.assessor)
        seen.append(look(case))
        cast.assessor = factories.make_person(
            Role.ASSESSOR, organisation=cast.provider, name="Anna Assessor"
        )
    return seen


def test_the_page_the_desk_and_the_mail_of_who_is_asked_are_the_same_to_the_byte(cast):
    def look(case):
        proposal = propose(cast, case)
        asked = letters_to(cast.assessor)
        before = page(cast, "proposal", proposal.pseudonym), page(cast, "assessments")
        accept(cast, case, proposal)
        after = page(cast, "proposal", proposal.pseudonym), page(cast, "assessments")
        return asked, before, after, letters_to(cast.assessor)

    none, awaited, sealed = one_at_a_time(cast, look)

    assert none[0], "nobody was mailed"
    assert "Fia First" in none[1][0][1]  # whoever could give the client's own stands there
    assert none == awaited == sealed


def test_the_page_the_desk_and_the_mail_of_who_is_engaged_at_once_are_the_same_to_the_byte(cast):
    def look(case):
        opinion = engage_without_asking(cast, case)
        return (
            letters_to(cast.assessor),
            page(cast, "declare_ties", opinion.pseudonym),
            page(cast, "assessment", opinion.pseudonym),
            page(cast, "assessments"),
        )

    none, awaited, sealed = one_at_a_time(cast, look)

    assert none[0], "nobody was mailed"
    assert none == awaited == sealed


def test_once_declared_a_sealed_first_opinion_looks_like_none(cast):
    def look(case):
        opinion = factories.declare(engage_without_asking(cast, case))
        return page(cast, "assessment", opinion.pseudonym), page(cast, "assessments")

    none, awaited, sealed = one_at_a_time(cast, look)

    assert none == sealed
    assert awaited != sealed  # the time order: it is waited for, see ADR 0024


# --- the one sentence for all that is waited for


def waiting_for_the_start(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    factories.inform(cast, case)
    return factories.declare(engage_without_asking(cast, case))


def waiting_for_the_first_opinion(cast):
    return factories.declare(engage_without_asking(cast, case_with(cast, AWAITED)))


def waiting_for_an_answer_to_a_challenge(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    opinion = factories.declare(engage_without_asking(cast, case))
    panels.challenge_proposal(
        candidacy=case.candidacies.get(),
        standing=standing_of(case, cast.assessor),
        words="We know each other.",
    )
    return opinion


def waiting_for_the_candidate(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    factories.cases.start_assessment(actor=cast.coordinator, case=case)
    return factories.declare(engage_without_asking(cast, case))


def waiting_for_the_candidate_and_the_start(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    return factories.declare(engage_without_asking(cast, case))


def waiting_for_the_candidate_and_the_first_opinion(cast):
    opinion = waiting_for_the_candidate(cast)
    factories.engage(cast, opinion.candidacy, cast.first, OpinionKind.FIRST)
    return opinion


# Whether the candidate has read the notice the assessor does see: only then times are offered.
TOLD = (
    waiting_for_the_start,
    waiting_for_the_first_opinion,
    waiting_for_an_answer_to_a_challenge,
)
UNTOLD = (
    waiting_for_the_candidate,
    waiting_for_the_candidate_and_the_start,
    waiting_for_the_candidate_and_the_first_opinion,
)


@pytest.mark.parametrize("waiting", [*TOLD, *UNTOLD])
def test_one_sentence_stands_for_whatever_is_waited_for(cast, waiting):
    opinion = waiting(cast)
    opinion = Opinion.objects.select_related("candidacy__case", "assessor").get(pk=opinion.pk)

    denied = policies.may_record(cast.assessor, opinion)

    assert denied.reason == policies.not_yet_sentence()
    assert policies.not_yet_sentence() in page(cast, "assessment", opinion.pseudonym)[1]
    assert policies.not_yet_sentence() in page(cast, "assessments")[1]


@pytest.mark.parametrize("reasons", [TOLD, UNTOLD])
def test_the_whole_page_and_the_desk_are_the_same_whatever_is_waited_for(cast, reasons):
    seen = set()
    for waiting in reasons:
        opinion = waiting(cast)
        seen.add((page(cast, "assessment", opinion.pseudonym), page(cast, "assessments")))
        cast.assessor = factories.make_person(
            Role.ASSESSOR, organisation=cast.provider, name="Anna Assessor"
        )

    assert len(seen) == 1
