"""The conflicts page of a register that does not fit on one page."""

import pytest

from second_opinion.accounts.models import Membership, Person
from second_opinion.accounts.states import Role
from tests.browser.looking import faults_of, in_every_way
from tests.web.outline import path_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@in_every_way
def test_a_long_register_is_paged_and_searched(language, scheme, width, cast, open_browser):
    case = cast.tied_case()
    people = Person.objects.bulk_create(
        Person(email=f"free{n}@free.example", name=f"Åsa Öberg-Lindqvist {n}") for n in range(60)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=case.provider, role=Role.ASSESSOR) for one in people
    )
    window = open_browser(
        width=width, language=language, person=cast.coordinator, color_scheme=scheme
    )

    window.goto(path_of("conflicts", case=case))
    faults = faults_of(window)
    window.get_by_role("searchbox").fill("oberg 59")
    window.get_by_role("searchbox").press("Enter")
    window.wait_for_url("**q=oberg**")
    faults += faults_of(window)

    assert window.locator("ul.rows h2").all_inner_texts() == ["Åsa Öberg-Lindqvist 59"]
    assert faults == []
