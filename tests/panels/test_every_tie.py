"""Every relation that ties, on each of the three sides: direct, and through a firm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.analysis import CONFLICT, QUESTION, UNDATED
from second_opinion.panels.models import Tie
from second_opinion.panels.services import Named
from second_opinion.panels.states import Ending, Side, Source, TieKind
from second_opinion.web.ties import told
from tests import factories
from tests.panels.test_ties import Panel

pytestmark = pytest.mark.django_db

SEARCH_FIRM = "Nordljus Search AB"


@pytest.fixture
def panel():
    """A panel whose client's own assessor belongs to neither firm."""
    panel = Panel()
    outside = factories.make_organisation("Outside")
    panel.first = factories.make_person(
        Role.ASSESSOR, organisation=panel.cast.client, name="Fredrika Lindqvist"
    )
    panel.engage(OpinionKind.FIRST, panel.first)
    panel.first.memberships.update(organisation=outside)
    return panel


def ends(panel):
    """Who stands on each side, as a tie names them."""
    return {
        Side.CANDIDATE: panel.kim,
        Side.CLIENT: panel.cast.client,
        Side.FIRST_ASSESSOR: panel.first,
    }


def verdicts(panel, side):
    return {one.verdict for one in panel.found() if one.side == side}


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", list(TieKind))
def test_every_kind_is_found_on_every_side(panel, kind, side):
    assert verdicts(panel, side) == set()

    panel.declare(panel.cast.assessor, ends(panel)[side], kind)

    assert verdicts(panel, side) == {CONFLICT}


@pytest.mark.parametrize("side", list(Side))
def test_who_was_placed_by_the_firm_that_the_assessor_works_at_is_tied_to_them(panel, side):
    panel.declare(ends(panel)[side], Named(name=SEARCH_FIRM, is_firm=True), TieKind.PLACED_BY)
    assert verdicts(panel, side) == set()

    panel.declare(panel.cast.assessor, Named(name="Nordljus Search Aktiebolag", is_firm=True))

    (found,) = [one for one in panel.found() if one.side == side]
    assert found.verdict is CONFLICT
    assert "one placed the other, or people there, in a job" in " ".join(told(found).lines)


def test_a_placement_has_its_source_and_ends_when_the_policy_says(panel):
    long_ago = timezone.localdate() - timedelta(days=3000)
    firm = Named(name=SEARCH_FIRM, is_firm=True)
    panel.declare(panel.cast.assessor, firm)
    panel.declare(panel.kim, firm, TieKind.PLACED_BY, Ending.ENDED, ended_on=long_ago)
    assert verdicts(panel, Side.CANDIDATE) == set()

    panel.declare(panel.kim, firm, TieKind.PLACED_BY, Ending.UNKNOWN)

    assert verdicts(panel, Side.CANDIDATE) == {UNDATED}
    assert {one.source for one in Tie.objects.all()} == {Source.COORDINATOR}


def test_a_firm_of_a_name_that_is_alike_is_asked_about(panel):
    panel.declare(panel.kim, Named(name=SEARCH_FIRM, is_firm=True), TieKind.PLACED_BY)
    panel.declare(panel.cast.assessor, Named(name="Nordljus Serach AB", is_firm=True))

    assert verdicts(panel, Side.CANDIDATE) == {QUESTION}


def test_the_same_person_and_the_same_firm_need_no_declaration(panel):
    assessor = panel.cast.assessor
    panel.kim.email = assessor.email
    panel.kim.save(update_fields=["email"])
    panel.first.memberships.update(organisation=panel.cast.provider)

    sides = {one.side for one in panel.found()}

    assert {Side.CANDIDATE, Side.FIRST_ASSESSOR} <= sides
