"""What a second opinion is worth for one order: from what its orderer has written and believes."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from second_opinion.cases import services
from second_opinion.cases.models import Belief
from second_opinion.cases.states import Method
from second_opinion.reports.analysis.worth import VALIDITY_NAMES
from tests import factories

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
STAKES = {"price": 25_000, "yearly_pay": 720_000, "worked_out": 6}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def order(cast):
    case = factories.make_whole_draft(cast, candidates=("Kim Karlsson", "Sam Sand"))
    services.save_order(actor=cast.orderer, case=case, fields=STAKES)
    return case


def page_of(person, case, name="order_worth"):
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=[case.pseudonym]))


def text_of(person, case, name="order_worth"):
    return page_of(person, case, name).content.decode()


def worth_in(text):
    """What the second opinion itself is worth, as the page says it."""
    found = re.search(r"([\d,]+) to you and costs", text)
    asked = re.search(r"you asked about is worth about SEK.([\d,]+)", text)
    return float((asked or found)[1].replace(",", ""))


def believe(cast, case, *, would_hire=True, sure_of_ten):
    for candidacy in case.candidacies.all():
        services.record_belief(
            actor=cast.orderer, candidacy=candidacy, would_hire=would_hire, sure_of_ten=sure_of_ten
        )


def test_the_answer_comes_from_the_order_itself(cast, order):
    text = text_of(cast.orderer, order)

    assert "Kim Karlsson: on what is known now" in text
    assert "Sam Sand: if you had to decide today" in text
    assert 'value="25000"' in text
    assert 'id="answer"' in text


def test_what_the_orderer_believes_moves_the_worth(cast, order):
    worths = {}
    for sure in (5, 9):
        believe(cast, order, would_hire=False, sure_of_ten=sure)
        worths[sure] = worth_in(text_of(cast.orderer, order))

    assert worths[9] < worths[5]  # nobody asks who would not change their mind


def test_a_dear_opinion_on_a_sure_thing_is_advised_against(cast, order):
    services.save_order(actor=cast.orderer, case=order, fields={"price": 900_000.0})
    believe(cast, order, would_hire=True, sure_of_ten=10)

    page, sending = (text_of(cast.orderer, order, name) for name in ("order_worth", "submit_order"))

    for text in (page, sending):
        assert re.search("not change your decision|but not for enough|something cheaper", text)


def test_methods_of_the_profile_count_by_the_weight_they_measure(cast, order):
    by_interview = worth_in(text_of(cast.orderer, order))
    for position, entry in enumerate(factories.WHOLE_CRITERIA, start=1):
        services.save_criterion(
            actor=cast.orderer,
            case=order,
            position=position,
            entry=entry,
            grounds=services.Grounds(reason="It leads.", methods=(Method.REFERENCE,)),
        )

    assert worth_in(text_of(cast.orderer, order)) < by_interview


def test_a_criterion_that_nobody_has_seen_can_be_looked_at_alone(cast, order):
    client = Client()
    client.force_login(cast.orderer)
    answers = {
        "price": "40000",
        "yearly_pay": "720000",
        "tenure": "3",
        "worked_out": "6",
        "chosen_by": "application",
        "first_method": "structured_interview",
        "dependence": "independent",
        "unseen": ["Judgement"],
        **{f"candidate_{number}": "yes" for number in (1, 2)},
        **{f"sureness_{number}": "6" for number in (1, 2)},
    }

    part = client.post(reverse("order_worth", args=[order.pseudonym]), answers, headers=PART)

    assert part.status_code == 200
    assert "look at Judgement only" in part.content.decode()
    order.refresh_from_db()
    assert order.price == 25_000  # what is tried changes no order


def test_only_the_orderer_sees_it(cast, order):
    colleague = factories.make_person(factories.Role.ORDERER, organisation=cast.client)
    page, sending = page_of(colleague, order), text_of(colleague, order, "submit_order")

    assert page.status_code == 403
    assert "Only Olle Orderer sees" in page.content.decode()
    assert "What it is worth to you" not in sending
    assert reverse("order_worth", args=[order.pseudonym]) not in sending


def test_a_sent_order_can_still_be_weighed_by_its_orderer_and_by_nobody_else(cast, order):
    factories.submit_order(cast, order)
    people = (cast.orderer, cast.coordinator, cast.decider, cast.stranger)

    assert [page_of(person, order).status_code for person in people] == [200, 403, 403, 404]


def test_what_is_missing_is_named_with_where_to_write_it(cast, order):
    services.save_order(actor=cast.orderer, case=order, fields=dict.fromkeys(STAKES))
    Belief.objects.all().delete()

    text = text_of(cast.orderer, order)

    assert "Give the price of one opinion" in text
    assert "Answer for Kim Karlsson" in text
    assert reverse("order_part", args=[order.pseudonym, "terms"]) in text
    assert 'id="answer"' not in text


def test_every_method_of_a_criterion_has_a_validity():
    assert set(VALIDITY_NAMES) == set(Method.values)
