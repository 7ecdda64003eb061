"""The page that says who has read what is sealed: told to every party, acted on by coordinators."""

import pytest
from django.urls import reverse

from second_opinion.candidates.services import make_token
from second_opinion.cases.states import CaseState
from second_opinion.opinions import services
from second_opinion.opinions.models import EarlyReading
from second_opinion.opinions.states import EarlyGround, OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "Zirkon 4711"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def colleague(cast):
    return factories.make_person(
        factories.Role.COORDINATOR, organisation=cast.provider, name="Cai Colleague"
    )


@pytest.fixture
def opinion(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT, deciders=[cast.decider])
    opinion = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    factories.seal(opinion, evidence=(WORDS,))
    opinion.refresh_from_db()
    return opinion


def page_of(opinion):
    return reverse("early_readings", args=[opinion.candidacy.case.pseudonym])


def press(client, of, person, **posted):
    client.force_login(person)
    return client.post(page_of(of), posted)


def test_from_asking_to_reading(client, cast, colleague, opinion):
    answer = press(
        client,
        opinion,
        cast.coordinator,
        act="ask",
        opinion=opinion.pseudonym,
        ground=EarlyGround.DANGER,
        words="A threat was mentioned in it.",
    )
    assert answer.status_code == 302
    reading = EarlyReading.objects.get()
    assert press(client, opinion, cast.coordinator, act="grant", reading=reading.pseudonym)
    assert press(client, opinion, colleague, act="grant", reading=reading.pseudonym)

    shown = press(client, opinion, cast.coordinator, act="read", reading=reading.pseudonym)

    assert WORDS in shown.content.decode()
    assert WORDS not in client.get(page_of(opinion)).content.decode()
    assert reading.looks.count() == 1


def test_who_asked_cannot_agree(client, cast, colleague, opinion):
    reading = services.ask_early_reading(
        actor=cast.coordinator, opinion=opinion, ground=EarlyGround.LAW, words="The court wants it."
    )

    refused = press(client, opinion, cast.coordinator, act="grant", reading=reading.pseudonym)

    assert refused.status_code == 422
    assert "It takes two" in refused.content.decode()


@pytest.mark.parametrize("who", ["orderer", "assessor"])
@pytest.mark.parametrize("act", ["ask", "grant", "refuse", "read"])
def test_nobody_else_acts(client, cast, colleague, opinion, who, act):
    reading = services.ask_early_reading(
        actor=cast.coordinator, opinion=opinion, ground=EarlyGround.LAW, words="The court wants it."
    )
    if act == "read":
        services.grant_early_reading(actor=colleague, reading=reading)

    answer = press(
        client,
        opinion,
        getattr(cast, who),
        act=act,
        reading=reading.pseudonym,
        opinion=opinion.pseudonym,
        ground=EarlyGround.LAW,
        words="I am curious, that is all.",
    )

    assert answer.status_code in {404, 422}
    assert EarlyReading.objects.count() == 1
    assert not reading.looks.exists()


def test_every_party_sees_the_mark_and_nobody_whose_opinion_it_was(
    client, cast, colleague, opinion
):
    case = opinion.candidacy.case
    reading = services.ask_early_reading(
        actor=cast.coordinator, opinion=opinion, ground=EarlyGround.LAW, words="The court wants it."
    )
    services.grant_early_reading(actor=colleague, reading=reading)
    sentence = "Cilla Coordinator was allowed to read one sealed opinion"

    for person, name, key in (
        (cast.orderer, "case", case.pseudonym),
        (cast.decider, "early_readings", case.pseudonym),
        (cast.coordinator, "case", case.pseudonym),
        (cast.assessor, "seal_assessment", opinion.pseudonym),
    ):
        client.force_login(person)
        shown = client.get(reverse(name, args=[key])).content.decode()
        assert sentence in shown, person
        if person in {cast.orderer, cast.decider}:
            assert "Anna Assessor" not in shown
            assert "court wants" not in shown
    client.logout()
    _link, token = make_token(candidacy=opinion.candidacy)
    client.post(reverse("personal_link", args=[token]))
    page = client.get(reverse("candidate"))
    assert sentence in page.content.decode()
