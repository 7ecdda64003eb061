"""Memberships come along with who has signed in, once a request."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from second_opinion.accounts.selectors import has_role, roles_of
from second_opinion.accounts.services import take_role
from second_opinion.accounts.services.backend import PersonBackend
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState

pytestmark = pytest.mark.django_db


def test_who_has_signed_in_is_asked_for_roles_without_the_database(cast):
    provider = cast.coordinator.memberships.get().organisation
    person = PersonBackend().get_user(cast.coordinator.pk)

    with CaptureQueriesContext(connection) as asked:
        assert has_role(person, Role.COORDINATOR, provider)
        assert not has_role(person, Role.ORDERER, provider)
        assert roles_of(person) == {Role.COORDINATOR}

    assert len(asked) == 0


def test_nobody_is_behind_an_unknown_key(cast):
    assert PersonBackend().get_user(10**9) is None


def test_a_role_that_was_taken_is_gone_at_the_next_request(cast, client):
    report = cast.case_in(CaseState.REPORTED).report_versions.get()
    path = reverse("report", args=[report.pseudonym])
    client.force_login(cast.coordinator)
    assert client.get(path).status_code == 200

    provider = report.case.provider
    take_role(
        actor=cast.coordinator,
        person=cast.coordinator,
        organisation=provider,
        role=Role.COORDINATOR,
    )

    assert client.get(path).status_code in {403, 404}


def test_a_report_is_read_in_six_statements(cast, client):
    report = cast.case_in(CaseState.REPORTED).report_versions.get()
    path = reverse("report", args=[report.pseudonym])
    client.force_login(cast.coordinator)
    client.get(path)

    with CaptureQueriesContext(connection) as asked:
        client.get(path)

    assert len(asked) <= 6
