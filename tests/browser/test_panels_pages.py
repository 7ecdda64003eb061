"""The pages of panels, on a phone and on a desk, in light and dark, in both languages."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from second_opinion.cases.states import CaseState
from second_opinion.opinions.services import (
    ask_early_reading,
    grant_early_reading,
    read_early,
)
from second_opinion.opinions.states import EarlyGround, OpinionKind
from second_opinion.panels.selectors.assessors import Spoken, newest_of, shown_in
from second_opinion.panels.services import save_assessor
from second_opinion.panels.states import LanguageLevel
from second_opinion.web.urls import PANELS
from tests import factories
from tests.browser.looking import faults_of, in_every_way
from tests.web.outline import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONLY_POST = {"correct_tie"}


@pytest.fixture
def pages(cast):
    """By name: path, and who looks at it."""
    read = _read_early(cast)  # before its assessors are tied to anybody
    asked, tied = cast.asked_case(), cast.tied_case()
    proposal = asked.proposals.get(assessor=cast.second_assessor)
    _describe_anew(cast)
    own = f"/assessors/{cast.second_assessor.pseudonym}/"
    return {
        "conflicts": (path_of("conflicts", case=tied), cast.coordinator),
        "early_readings": (path_of("early_readings", case=read), cast.coordinator),
        "who_assesses": (path_of("who_assesses", case=read), cast.orderer),
        "needs": (path_of("needs", case=asked), cast.coordinator),
        "panel": (path_of("panel", case=asked), cast.coordinator),
        "assessor_register": ("/assessors/", cast.coordinator),
        "registered": (own, cast.second_assessor),
        "assessor_version": (f"{own}versions/2/", cast.coordinator),
        "proposal": (f"/proposals/{proposal.pseudonym}/", cast.second_assessor),
        "own_ties": ("/ties/", cast.second_assessor),
    }


def _describe_anew(cast):
    """A second version, which waits for a coordinator."""
    person = cast.second_assessor
    provider = cast.coordinator.memberships.get().organisation
    now = shown_in(newest_of(person, provider))
    changed = replace(
        now,
        competences=now.competences[1:],
        languages=(Spoken(code="sv", level=LanguageLevel.NATIVE), Spoken(code="de")),
        places="Malmö and Lund",
    )
    save_assessor(actor=person, assessor=person, provider=provider, shown=changed)


def _read_early(cast):
    """One reading was agreed to and made, another is asked for."""
    case = cast.case_in(CaseState.IN_ASSESSMENT, role="Read early")
    first = case.candidacies.first().opinions.get(kind=OpinionKind.FIRST)
    colleague = factories.make_person(
        factories.Role.COORDINATOR, organisation=case.provider, name="Cai Colleague"
    )
    for who in (cast.coordinator, colleague):
        reading = ask_early_reading(
            actor=who, opinion=first, ground=EarlyGround.FAULT, words="The text may be cut off."
        )
        if who == cast.coordinator:
            grant_early_reading(actor=colleague, reading=reading)
            read_early(actor=who, reading=reading)
    return case


def test_every_page_of_panels_is_among_these(pages):
    files = {"assessor_batch"}
    assert {page.name for page in PANELS} - ONLY_POST - files == set(pages)


@in_every_way
def test_axe_finds_nothing_on_the_pages_of_panels(language, scheme, width, pages, open_browser):
    faults = []
    for path, person in pages.values():
        window = open_browser(width=width, language=language, person=person, color_scheme=scheme)
        window.goto(path)
        window.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        faults += [f"{path}: {fault}" for fault in faults_of(window)]

    assert faults == []


def test_a_word_that_the_vocabulary_lacks_is_asked_for_where_that_is_chosen(cast, open_browser):
    asked = cast.asked_case()
    desk = open_browser(width=360, language="sv", person=cast.coordinator)
    desk.goto(path_of("needs", case=asked))
    phrase = desk.get_by_role("group", name="IFRS").first
    expect(phrase.get_by_label("På svenska")).to_be_hidden()

    phrase.get_by_label("Ingen av dessa: lägg in den").check()

    english = phrase.get_by_label("På engelska")
    expect(english).to_be_visible()
    assert english.evaluate("field => field.clientWidth") > 200
    faults = faults_of(desk)
    own = open_browser(width=360, language="sv", person=cast.second_assessor)
    own.goto(f"/assessors/{cast.second_assessor.pseudonym}/")
    own.get_by_label("Lägg till några").fill("orgelstämning, redovisning")
    own.get_by_role("button", name="Sök i ordlistan").click()
    first = own.get_by_role("group", name="orgelstämning").first
    first.get_by_label("Ingen av dessa: föreslå den").check()
    expect(first.get_by_label("På svenska")).to_be_visible()
    assert faults + faults_of(own) == []


def test_the_orderer_says_on_a_phone_that_they_know_who_assesses(cast, open_browser):
    case = cast.case_in(CaseState.IN_ASSESSMENT)
    page = open_browser(person=cast.orderer, width=360)
    page.goto(path_of("who_assesses", case=case))

    page.get_by_text(f"I know {cast.second_assessor}").click()
    faults = faults_of(page)
    page.get_by_label("How do you know each other?").select_option("trained_by")
    page.get_by_label("It still holds").check()
    page.get_by_label("In a few words").fill("A course in Lund.")
    page.get_by_role("button", name="Say it").press("Enter")

    assert faults == []
    expect(page.get_by_text("A course in Lund.")).to_be_visible()
    assert page.get_by_text("You have said:").count() == 1
