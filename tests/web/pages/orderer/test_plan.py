"""The plan of an assessment: what ticked methods take and tell, and the best choice."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from second_opinion.cases import selectors, services
from second_opinion.cases.states import CaseState, Method
from second_opinion.reports.analysis.plan_methods import usual_figures
from second_opinion.web.pages.orderer.plan_form import as_written
from tests import factories

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def order(cast):
    case = factories.make_whole_draft(cast)
    services.save_order(actor=cast.orderer, case=case, fields={"price": 20_000, "yearly_pay": 6e5})
    case.refresh_from_db()
    return case


def at(case):
    return reverse("order_plan", args=[case.pseudonym])


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def answers_of(case, **changes):
    written = as_written(case, list(selectors.criteria_of(case)))
    return {name: "" if value is None else value for name, value in (written | changes).items()}


def lead_in(text):
    return text.partition('<p class="lead">')[2].partition("</p>")[0]


def test_it_begins_with_the_methods_of_the_profile(cast, order):
    text = signed_in(cast.orderer).get(at(order)).content.decode()

    # two interviews of 20 minutes; references take none
    assert "takes 40 of the candidate&#x27;s 240 minutes" in text
    assert "Every criterion has 2 different sources or more" in text
    assert "The best choice within the limits" in text
    assert "Per minute" in text


def test_a_method_more_takes_minutes_and_narrows_the_interval(cast, order):
    client = signed_in(cast.orderer)

    def reach(**changes):
        part = client.post(at(order), answers_of(order, **changes), headers=PART).content.decode()
        found = re.search(r"takes (\d+) of .* to within ([\d.]+) points", lead_in(part))
        return int(found[1]), float(found[2])

    fewer, more = reach(uses_1=["interview"], uses_2=[]), reach(uses_2=["interview", "test"])

    assert fewer[0] < more[0]
    assert fewer[1] > more[1]


def test_what_goes_beyond_the_limits_or_has_one_source_is_said(cast, order):
    asked = answers_of(order, minutes="30", price="1000", uses_2=["interview"])

    text = signed_in(cast.orderer).post(at(order), asked, headers=PART).content.decode()

    assert "That is 10 minutes more than may be asked of a candidate" in text
    assert "more than the limit" in text
    assert "With fewer than 2 different sources: Judgement" in text


def test_the_best_choice_is_written_into_the_profile_by_one_button(cast, order):
    asked = answers_of(order, minutes="20", uses_1=["interview"], uses_2=["questionnaire"])

    signed_in(cast.orderer).post(at(order), asked | {"use": "best"})

    methods = {one.name: set(one.methods) for one in selectors.criteria_of(order)}
    assert all("reference" in of_one for of_one in methods.values())  # takes no minutes
    assert sum("interview" in of_one for of_one in methods.values()) <= 1  # of 20 minutes each
    assert all("test" not in of_one for of_one in methods.values())  # ticked nowhere


def test_what_is_ticked_is_written_as_it_is(cast, order):
    asked = answers_of(order, uses_1=["work sample", "interview"], uses_2=[])

    signed_in(cast.orderer).post(at(order), asked | {"use": "ticked"})

    methods = [one.methods for one in selectors.criteria_of(order)]
    assert methods == [["interview", "work sample"], []]


def test_the_coordinator_plans_until_the_lock_and_nobody_else_does(cast, order):
    factories.submit_order(cast, order)
    people = (cast.coordinator, cast.orderer, cast.decider, cast.stranger)

    assert [signed_in(person).get(at(order)).status_code for person in people] == [
        200,
        403,
        403,
        404,
    ]
    case_page = signed_in(cast.coordinator).get(reverse("case", args=[order.pseudonym]))
    assert at(order) in case_page.content.decode()
    factories.approve(cast, order)
    services.lock_profile(actor=cast.coordinator, case=order)
    order.refresh_from_db()
    assert order.state == CaseState.PROFILE_LOCKED
    assert signed_in(cast.coordinator).get(at(order)).status_code == 403


def test_without_criteria_it_says_what_to_do_first(cast):
    case = factories.make_draft(cast)

    assert "Write the criteria first" in signed_in(cast.orderer).get(at(case)).content.decode()


def test_what_cannot_be_used_is_told_and_nothing_is_written(cast, order):
    asked = answers_of(order, minutes="-5") | {"use": "best"}

    answer = signed_in(cast.orderer).post(at(order), asked)

    assert answer.status_code == 422
    assert all(one.methods == ["interview", "reference"] for one in selectors.criteria_of(order))


def test_every_method_has_usual_figures_and_none_tells_more_than_an_interview():
    usual = usual_figures(n_criteria=4, price=20_000)

    assert set(usual) == set(Method.values)
    assert usual["interview"].reliability == pytest.approx(0.40, abs=0.005)
    assert max(usual.values(), key=lambda one: one.reliability) == usual["interview"]
    assert usual["interview"].price == 5_000
