"""A network that is gone, a sign-in that has run out: what was typed comes back, and it is said."""

import pytest
from playwright.sync_api import expect

from second_opinion.candidates.selectors import questions_of
from second_opinion.cases.models import Case
from second_opinion.cases.selectors import order_of
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import content_of
from tests import factories
from tests.web import candidates
from tests.web.outline import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Who will I meet, and for how long?"
NO_CONTACT = "Not saved yet: there is no contact with the service."


@pytest.fixture
def order(browser, live_server):
    people = factories.Cast()
    return people.orderer, factories.make_draft(people)


def test_a_candidates_words_outlast_a_lost_network(cast, open_browser):
    candidacy = candidates.willing(cast)
    page = open_browser(width=360, person=candidacy)
    page.goto("/candidate/questions/")
    words = page.get_by_label("Your question")

    page.context.set_offline(True)
    words.fill(TYPED)
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_text("Not sent: there is no contact with the network.")).to_be_visible()

    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("What you had written is here again.")).to_be_visible()
    expect(words).to_have_value(TYPED)
    page.get_by_role("button", name="Send the question").click()

    expect(page.get_by_text("It has reached us.")).to_be_visible()
    expect(words).to_have_value("")
    page.reload()
    expect(words).to_have_value("")
    assert [one.words for one in questions_of(candidacy)] == [TYPED]


def test_a_link_that_was_closed_while_one_wrote_loses_no_word(cast, open_browser):
    candidacy = candidates.willing(cast)
    page = open_browser(person=candidacy)
    page.goto("/candidate/questions/")
    page.get_by_label("Your question").fill(TYPED)
    cookies = page.context.cookies()
    page.context.clear_cookies()

    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_label("Your question")).to_have_count(0)
    page.context.add_cookies(cookies)
    page.goto("/candidate/questions/")

    expect(page.get_by_label("Your question")).to_have_value(TYPED)


def test_leaving_takes_what_was_typed_along(cast, open_browser):
    page = open_browser(person=candidates.willing(cast))
    page.goto("/candidate/questions/")
    page.get_by_label("Your question").fill(TYPED)

    page.get_by_role("button", name="Leave the page").click()
    expect(page.get_by_role("heading", name="You have left the page")).to_be_visible()

    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_an_order_outlasts_a_lost_network(order, open_browser):
    orderer, case = order
    page = open_browser(person=orderer)
    page.goto(path_of("order", case=case) + "why/")
    page.context.set_offline(True)
    why = page.get_by_label("Why do you want a second opinion?")

    why.fill(TYPED)
    why.blur()
    expect(page.get_by_text(NO_CONTACT)).to_be_visible()
    page.context.set_offline(False)
    page.reload()

    expect(page.locator(".state")).to_contain_text("Saved")
    expect(why).to_have_value(TYPED)
    assert order_of(case).why == TYPED


def test_an_order_outlasts_a_sign_in_that_has_run_out(order, open_browser):
    orderer, case = order
    page = open_browser(person=orderer)
    page.goto(path_of("order", case=case) + "why/")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    why = page.get_by_label("Why do you want a second opinion?")

    why.fill(TYPED)
    why.blur()
    expect(page.get_by_text("Not saved yet: you have been signed out.")).to_be_visible()
    page.context.add_cookies(cookies)
    page.reload()

    expect(page.locator(".state")).to_contain_text("Saved")
    assert order_of(case).why == TYPED


def test_an_assessment_outlasts_a_lost_network(cast, open_browser):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    page = open_browser(person=cast.second_assessor)
    page.goto(path_of("assessment", case=case))
    page.context.set_offline(True)
    conclusion = page.get_by_label("Conclusion", exact=True)

    conclusion.fill(TYPED)
    conclusion.blur()
    expect(page.get_by_text(NO_CONTACT)).to_be_visible()
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("#conclusion .state")).to_contain_text("Saved")
    expect(conclusion).to_have_value(TYPED)
    own = Opinion.objects.filter(candidacy__case=case, assessor=cast.second_assessor)
    assert TYPED in [content_of(one).conclusion for one in own]


def test_what_can_no_longer_be_changed_is_said_and_not_sent_for_ever(order, open_browser):
    orderer, case = order
    page = open_browser(person=orderer)
    page.clock.install()
    page.goto(path_of("order", case=case) + "why/")
    Case.objects.filter(pk=case.pk).update(state=CaseState.ORDERED)
    sent = []
    page.on("request", lambda request: sent.append(request.method == "POST"))
    why = page.get_by_label("Why do you want a second opinion?")

    why.fill(TYPED)
    why.blur()
    expect(page.get_by_text("Not saved: this can no longer be changed here.")).to_be_visible()
    before = sum(sent)
    page.clock.run_for(30_000)
    page.wait_for_load_state("networkidle")

    assert sum(sent) == before
    expect(why).to_have_value(TYPED)
