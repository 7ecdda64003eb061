import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from second_opinion.accounts import selectors, services
from second_opinion.accounts.errors import AlreadyInvitedError, DemoLinkError, NotAllowedError
from second_opinion.accounts.models import Membership, Organisation, Person
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def invite(cast, *, actor, email="new@example.com", organisation=None, roles=(Role.ASSESSOR,)):
    return services.invite_person(
        actor=actor,
        name="Ny Person",
        email=email,
        organisation=organisation or cast.provider,
        roles=set(roles),
    )


def test_an_invited_person_can_ask_for_a_code_at_a_verified_address(cast):
    person = invite(cast, actor=cast.coordinator, email=" New@Example.com ")

    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == ("new@example.com", True, True)
    assert not person.has_usable_password()
    assert selectors.roles_of(person) == {Role.ASSESSOR}


def test_an_invitation_leaves_its_events_without_name_or_address(cast):
    person = invite(cast, actor=cast.coordinator)

    events = list(Event.objects.filter(subject=person.pseudonym))
    assert [(event.verb, event.actor) for event in events] == [
        ("person.invited", cast.coordinator.pseudonym),
        ("role.given", cast.coordinator.pseudonym),
    ]
    assert "new@example.com" not in repr([event.details for event in events])


def test_an_address_is_invited_once_however_it_is_written(cast):
    invite(cast, actor=cast.coordinator)

    with pytest.raises(AlreadyInvitedError, match="has been invited already"):
        invite(cast, actor=cast.coordinator, email="NEW@example.COM")


def test_the_database_keeps_one_person_per_address_however_it_is_written(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email=cast.coordinator.email.upper(), name="Double")


@pytest.mark.parametrize("who", ["orderer", "decider", "assessor", "stranger"])
def test_nobody_else_invites(cast, who):
    with pytest.raises(NotAllowedError, match="can invite people"):
        invite(cast, actor=getattr(cast, who))

    assert not Person.objects.filter(email="new@example.com").exists()


def test_an_administrator_invites_everywhere(cast):
    administrator = factories.make_person(Role.ADMINISTRATOR, organisation=cast.provider)

    person = invite(cast, actor=administrator, organisation=cast.client, roles=[Role.DECIDER])

    assert selectors.has_role(person, Role.DECIDER, cast.client)


def test_giving_a_role_twice_changes_nothing(cast):
    for _ in range(2):
        services.give_role(
            actor=cast.coordinator,
            person=cast.coordinator,
            organisation=cast.provider,
            role=Role.ASSESSOR,
        )

    assert Membership.objects.filter(person=cast.coordinator, role=Role.ASSESSOR).count() == 1
    assert (
        Event.objects.filter(
            verb="role.given", subject=cast.coordinator.pseudonym, details__role="assessor"
        ).count()
        == 1
    )


def test_coordinators_enter_their_clients_and_others_do_not(cast):
    made = services.found_organisation(
        actor=cast.coordinator, name=" Acme ", time_zone="Europe/Helsinki"
    )

    assert (made.name, made.time_zone) == ("Acme", "Europe/Helsinki")
    with pytest.raises(NotAllowedError, match="Only a coordinator or an administrator"):
        services.found_organisation(actor=cast.orderer, name="Other")


def test_an_organisation_needs_a_name(cast):
    with pytest.raises(ValidationError):
        services.found_organisation(actor=cast.coordinator, name=" ")

    assert not Organisation.objects.filter(name="").exists()


def test_a_person_chooses_among_the_languages_there_are(cast):
    services.choose_language(actor=cast.orderer, language="sv")
    services.choose_language(actor=cast.orderer, language="de")

    cast.orderer.refresh_from_db()
    assert cast.orderer.language == "sv"
    assert selectors.language_of_address(cast.orderer.email) == "sv"


def test_a_demo_link_leads_to_its_person_in_the_demo(cast, settings):
    settings.SECOND_OPINION_DEMO = True
    token = services.demo_sign_in_token(cast.orderer)

    assert services.person_of_demo_token(token) == cast.orderer


def test_a_demo_link_is_worth_nothing_outside_the_demo(cast):
    token = services.demo_sign_in_token(cast.orderer)

    with pytest.raises(DemoLinkError, match="only in the demo"):
        services.person_of_demo_token(token)


def test_a_link_that_the_demo_did_not_make_is_refused(cast, settings):
    settings.SECOND_OPINION_DEMO = True
    token = services.demo_sign_in_token(cast.orderer)
    foreign = signing.dumps(str(cast.orderer.pseudonym), salt="another purpose")

    for tampered in (token[:-1] + ("A" if token[-1] != "A" else "B"), foreign, "", "x:y:z"):
        with pytest.raises(DemoLinkError, match="not made by this demo"):
            services.person_of_demo_token(tampered)


def test_a_demo_link_of_somebody_who_left_is_refused(cast, settings):
    settings.SECOND_OPINION_DEMO = True
    token = services.demo_sign_in_token(cast.orderer)
    cast.orderer.is_active = False
    cast.orderer.save()

    with pytest.raises(DemoLinkError, match="no longer in the demo"):
        services.person_of_demo_token(token)
