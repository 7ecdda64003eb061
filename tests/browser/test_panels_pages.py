"""The pages of panels, on a phone and on a desk, in light and dark, in both languages."""

import pytest

from second_opinion.web.urls import PANELS
from tests.browser.looking import faults_of, in_every_way
from tests.web.outline import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONLY_POST = {"correct_tie"}


@pytest.fixture
def pages(cast):
    """By name: path, and who looks at it."""
    asked, tied = cast.asked_case(), cast.tied_case()
    proposal = asked.proposals.get(assessor=cast.second_assessor)
    own = f"/assessors/{cast.second_assessor.pseudonym}/"
    return {
        "conflicts": (path_of("conflicts", case=tied), cast.coordinator),
        "needs": (path_of("needs", case=asked), cast.coordinator),
        "panel": (path_of("panel", case=asked), cast.coordinator),
        "assessor_register": ("/assessors/", cast.coordinator),
        "registered": (own, cast.second_assessor),
        "proposal": (f"/proposals/{proposal.pseudonym}/", cast.second_assessor),
        "own_ties": ("/ties/", cast.second_assessor),
    }


def test_every_page_of_panels_is_among_these(pages):
    assert {page.name for page in PANELS} - ONLY_POST == set(pages)


@in_every_way
def test_axe_finds_nothing_on_the_pages_of_panels(language, scheme, width, pages, open_browser):
    faults = []
    for path, person in pages.values():
        window = open_browser(width=width, language=language, person=person, color_scheme=scheme)
        window.goto(path)
        window.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        faults += [f"{path}: {fault}" for fault in faults_of(window)]

    assert faults == []
