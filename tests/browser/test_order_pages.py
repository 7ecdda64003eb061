"""The pages of an order, on a phone and on a desk, in light and dark, in both languages."""

import pytest

from second_opinion.web.urls import ORDERS
from tests import factories
from tests.browser.looking import faults_of, in_every_way
from tests.web.outline import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_COORDINATOR = ("ask_back", "decline", "change_profile", "waive_first_opinion")
OF_PROFILE = ("order_criteria", "criteria_library", "weigh_criteria", "order_plan")
PARTS = ("role", "candidates", "why", "questions", "deciders", "terms")


@pytest.fixture
def pages(browser, live_server):
    cast = factories.Cast()
    draft = factories.make_whole_draft(cast, open_questions=["Can Kim lead?"])
    sent = factories.make_whole_draft(cast, candidates=("Åsa Öberg",))
    factories.submit_order(cast, sent)
    of_draft = ("order", "order_beliefs", "order_worth", "submit_order", *OF_PROFILE)
    return [
        ("/orders/new/", cast.orderer),
        *[(path_of(name, case=draft), cast.orderer) for name in of_draft],
        *[(f"/orders/{draft.pseudonym}/{part}/", cast.orderer) for part in PARTS],
        (path_of("profile", case=sent), cast.decider),
        (path_of("case", case=sent), cast.coordinator),
        *[(path_of(name, case=sent), cast.coordinator) for name in OF_COORDINATOR],
    ]


def test_every_page_of_an_order_is_among_these(pages):
    """What only takes an answer leads back to one of these."""
    only_post = {"believe", "order_criterion", "remove_criterion", "choose_criterion"}
    only_post |= {"sign_why", "accept"}
    looked_at = {
        "begin_order",
        *("order", "order_beliefs", "order_worth", "submit_order", *OF_PROFILE),
        *("order_part", "profile", *OF_COORDINATOR),
    }

    assert {page.name for page in ORDERS} - only_post == looked_at


@in_every_way
def test_axe_finds_nothing_on_the_pages_of_an_order(language, scheme, width, pages, open_browser):
    windows, faults = {}, []
    for path, person in pages:
        if person not in windows:
            windows[person] = open_browser(
                width=width, language=language, person=person, color_scheme=scheme
            )
        windows[person].goto(path)
        faults += [f"{path}: {fault}" for fault in faults_of(windows[person])]

    assert faults == []
