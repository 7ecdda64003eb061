"""Equals on a shortlist stand in an order that is drawn for each case."""

from collections import Counter
from uuid import UUID

import pytest

from second_opinion.accounts.states import Role
from second_opinion.cases.models import Case
from second_opinion.panels.analysis.matching import lot_of
from tests import factories
from tests.panels.test_proposals import LAW_SHOWN, Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    """Three more, of whom each shows exactly what the others do."""
    firm = Firm()
    firm.equals = [
        factories.make_person(Role.ASSESSOR, organisation=firm.cast.provider, name=name)
        for name in ("Ada Alm", "Bo Berg", "Cia Ceder")
    ]
    for person in firm.equals:
        firm.show(person, LAW_SHOWN)
    firm.need()
    return firm


def order_of(firm):
    return [one.person for one in firm.shortlist().listed if one.person in firm.equals]


def test_the_order_of_equals_is_the_same_each_time_and_follows_their_lots(firm):
    drawn = order_of(firm)

    assert order_of(firm) == drawn
    assert drawn == sorted(firm.equals, key=lambda person: lot_of(firm.case, person))


def test_nobody_is_always_first(firm):
    first = Counter(
        min(firm.equals, key=lambda person: lot_of(Case(pseudonym=UUID(int=number)), person))
        for number in range(600)
    )

    assert all(150 < first[person] < 250 for person in firm.equals)
