"""A provider's own norms in a browser: switched on, agreed to, counted, made and read."""

import pytest

from second_opinion.cases.states import CaseState
from second_opinion.instruments import services
from second_opinion.instruments.models import NormVersion
from tests import factories, norms
from tests.browser.looking import faults_of, in_every_way
from tests.browser.test_instrument_pages import by_link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return factories.Cast()


@pytest.fixture
def given(people):
    return norms.sent_case(people)


def by_own_link(window, given):
    by_link(window, given.candidacy)
    window.goto(f"/candidate/questionnaires/{given.pseudonym}/")


@in_every_way
def test_axe_finds_nothing_in_any_state(language, scheme, width, people, given, open_browser):
    look = {"width": width, "language": language, "color_scheme": scheme}
    desk, phone, faults = open_browser(person=people.coordinator, **look), open_browser(**look), []

    def at(window, where, path=None):
        if path:
            window.goto(path)
        faults.extend(f"{where}: {fault}" for fault in faults_of(window))

    at(desk, "off", "/norms/")
    norms.switch_on(people)
    at(desk, "on", "/norms/")
    by_own_link(phone, given)
    at(phone, "asked")
    norms.agree(given)
    phone.reload()
    at(phone, "agreed")
    norms.add_people(given, 211)
    at(desk, "counted", "/norms/")
    norms.add_people(given, 88, prefix="further")
    at(desk, "enough", "/norms/")
    services.make_norm(actor=people.coordinator, group=norms.group())
    at(desk, "made", "/norms/")
    at(desk, "register", "/questionnaires/")
    phone.reload()
    at(phone, "in the figures")

    assert faults == []


def test_a_coordinator_switches_on_a_candidate_agrees_and_a_norm_is_made(
    people, given, open_browser
):
    desk, phone = open_browser(person=people.coordinator), open_browser(width=360)
    desk.goto("/norms/")
    desk.get_by_role("button", name="Switch norms on").click()
    desk.get_by_role("heading", name="Norms are switched on").wait_for()

    by_own_link(phone, given)
    box = phone.get_by_role("checkbox")
    assert not box.is_checked()
    phone.get_by_role("button", name="Save what I chose").click()
    phone.get_by_text("Nothing is counted: you did not tick the box.").wait_for()
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Save what I chose").click()
    phone.get_by_role("button", name="Take back my yes").wait_for()
    norms.add_people(given, 299)

    desk.goto("/norms/")
    desk.get_by_role("button", name="Make this norm").click()
    desk.get_by_text("Norm 1: 300 people").wait_for()

    assert NormVersion.objects.get().n_people == 300
    assert given.candidacy.case.state == CaseState.IN_ASSESSMENT
