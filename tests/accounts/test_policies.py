from itertools import product

import pytest

from second_opinion.accounts import policies
from second_opinion.accounts.errors import NotAllowedError
from second_opinion.accounts.policies import Allowed, Denied
from second_opinion.accounts.states import Role
from tests import factories


def test_a_denial_stops_with_its_reason_and_an_allowance_does_not():
    policies.require(Allowed())

    with pytest.raises(NotAllowedError, match=r"Not today\."):
        policies.require(Denied("Not today."))


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "is_own"), list(product(Role, [True, False])))
def test_each_role_invites_exactly_where_it_may(role, is_own):
    own, other = factories.make_organisation("Own"), factories.make_organisation("Other")
    person = factories.make_person(role, organisation=own)

    decision = policies.may_invite(person, own if is_own else other)

    expected = role == Role.ADMINISTRATOR or (role == Role.COORDINATOR and is_own)
    assert bool(decision) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_coordinators_and_administrators_enter_organisations(role):
    person = factories.make_person(role, organisation=factories.make_organisation())

    expected = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
    assert bool(policies.may_found_organisation(person)) is expected
