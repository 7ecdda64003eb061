"""Who invites whom, and who gives and takes which role."""

import pytest
from django.core import mail

from second_opinion.accounts import selectors, services
from second_opinion.accounts.errors import AddressError, LastError, NotAllowedError
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider():
    return factories.make_organisation("Provider")


@pytest.fixture
def coordinator(provider):
    return factories.make_person(Role.COORDINATOR, organisation=provider, name="Cilla")


@pytest.fixture
def administrator(provider):
    return factories.make_person(Role.ADMINISTRATOR, organisation=provider, name="Adam")


@pytest.fixture
def client(coordinator):
    return services.found_organisation(
        actor=coordinator, name="Client", mail_domains="@client.example, client.test"
    )


def bring_in(actor, organisation, *, roles=(Role.ORDERER,), email="olle@client.example", **more):
    return services.bring_in(
        actor=actor, name="Olle", email=email, organisation=organisation, roles=roles, **more
    )


def test_who_is_invited_is_told_by_mail_how_to_sign_in(coordinator, client):
    bring_in(coordinator, client)
    deliver_due()

    (message,) = mail.outbox
    assert message.to == ["olle@client.example"]
    assert "There is no password" in message.body or "inget lösenord" in message.body
    assert "Client" not in message.body + message.subject


def test_a_coordinator_keeps_their_own_firm_and_the_clients_it_entered(
    coordinator, administrator, client, provider
):
    elsewhere = factories.make_organisation("Elsewhere")
    bring_in(coordinator, provider, roles=[Role.ASSESSOR], email="anna@provider.example")
    bring_in(coordinator, client)

    assert set(selectors.organisations_kept_by(coordinator)) == {client, provider}
    assert elsewhere in selectors.organisations_kept_by(administrator)
    with pytest.raises(NotAllowedError, match="can invite people to it"):
        bring_in(coordinator, elsewhere)
    with pytest.raises(NotAllowedError, match="the role of coordinator at Client"):
        bring_in(coordinator, client, roles=[Role.COORDINATOR], email="x@client.example")
    assert selectors.person_of_address("x@client.example") is None


def test_no_coordinator_makes_an_administrator(coordinator, administrator, provider):
    with pytest.raises(NotAllowedError, match="the role of administrator"):
        services.give_role(
            actor=coordinator, person=coordinator, organisation=provider, role=Role.ADMINISTRATOR
        )

    services.give_role(
        actor=administrator, person=coordinator, organisation=provider, role=Role.ADMINISTRATOR
    )
    assert selectors.is_administrator(coordinator)


def test_another_firms_coordinator_sees_nobody_of_ours(coordinator, client):
    bring_in(coordinator, client)
    stranger = factories.make_person(
        Role.COORDINATOR, organisation=factories.make_organisation("Elsewhere")
    )

    assert [kept.person for kept in selectors.people_kept_by(stranger)] == [stranger]
    assert selectors.person_kept_by(stranger, coordinator.pseudonym) is None


def test_somebody_known_elsewhere_is_given_the_role_and_keeps_the_name(coordinator, provider):
    known = factories.make_person(
        Role.ASSESSOR, organisation=factories.make_organisation("Elsewhere"), name="Known"
    )

    same = bring_in(coordinator, provider, roles=[Role.ASSESSOR], email=known.email.upper())

    assert (same, same.name) == (known, "Known")
    (kept,) = [one for one in selectors.people_kept_by(coordinator) if one.person == known]
    assert [membership.organisation for membership in kept.memberships] == [provider]


def test_an_address_outside_the_organisation_is_asked_about(coordinator, client):
    with pytest.raises(AddressError, match=r"no address at Client \(client.example, client.test\)"):
        bring_in(coordinator, client, email="olle@gmail.example")

    assert bring_in(coordinator, client, email="olle@gmail.example", is_elsewhere_meant=True)


@pytest.mark.parametrize("changes", [{"email": "olle"}, {"roles": []}])
def test_what_is_missing_invites_nobody(coordinator, client, changes):
    with pytest.raises(AddressError):
        bring_in(coordinator, client, **changes)

    assert len(selectors.people_kept_by(coordinator)) == 1


def test_a_role_is_taken_once_and_the_log_says_by_whom(coordinator, client):
    orderer = bring_in(coordinator, client)

    for _ in range(2):
        services.take_role(
            actor=coordinator, person=orderer, organisation=client, role=Role.ORDERER
        )

    assert not orderer.memberships.exists()
    (event,) = Event.objects.filter(verb="role.taken")
    assert str(event.actor) == str(coordinator.pseudonym)


def test_the_last_administrator_stays(administrator, coordinator, provider):
    take = {
        "actor": administrator,
        "person": administrator,
        "organisation": provider,
        "role": Role.ADMINISTRATOR,
    }
    with pytest.raises(LastError, match="last administrator"):
        services.take_role(**take)

    services.give_role(
        actor=administrator, person=coordinator, organisation=provider, role=Role.ADMINISTRATOR
    )
    services.take_role(**take)
    assert not selectors.is_administrator(administrator)
