"""The operator lets the first people in, and helps who has lost a telephone."""

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.core import mail
from django.test import Client

from second_opinion.accounts.selectors import is_administrator, person_of_address, sessions_of
from second_opinion.accounts.services import begin_session
from second_opinion.accounts.states import Role
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.cli.errors import CommandError
from second_opinion.cli.people import invite, reset_sign_in
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = ["anna@example.com", "--name", "Anna Berg", "--organisation", "Berg AB"]


def run(command, *arguments, **options):
    return CliRunner().invoke(command, arguments, catch_exceptions=False, **options)


def test_the_first_administrator_is_let_in():
    answer = run(invite, *FIRST, "--role", "administrator", "--role", "coordinator")

    assert "anna@example.com can sign in now" in answer.output
    assert is_administrator(person_of_address("anna@example.com"))
    with pytest.raises(CommandError, match="has been invited already"):
        run(invite, *FIRST, "--role", "assessor")
    with pytest.raises(CommandError, match="not a complete mail address"):
        run(invite, "anna", *FIRST[1:], "--role", "assessor")


@pytest.fixture
def person():
    one = factories.make_person(Role.ASSESSOR, organisation=factories.make_organisation())
    Authenticator.objects.create(user=one, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return one


def signed_in(person):
    client = Client()
    client.force_login(person)
    request = client.get("/your-sign-in/").wsgi_request
    request.user = person
    begin_session(person=person, request=request)
    request.session.save()
    return client


def test_a_reset_leaves_the_mailed_code_and_tells_the_person(person):
    browser = signed_in(person)
    assert sessions_of(person).count() == 1

    run(reset_sign_in, person.email, "--yes")
    deliver_due()

    assert not Authenticator.objects.filter(user=person).exists()
    assert browser.get("/")["Location"].startswith("/sign-in/")
    verbs = set(Event.objects.filter(subject=person.pseudonym).values_list("verb", flat=True))
    assert {"person.sign_in_reset", "person.sessions_ended"} <= verbs
    assert mail.outbox[-1].to == [person.email]
    assert "did not ask for that" in mail.outbox[-1].body


def test_nothing_is_reset_unless_the_operator_says_so(person):
    assert CliRunner().invoke(reset_sign_in, [person.email], input="n\n").exit_code == 1

    assert Authenticator.objects.filter(user=person).exists()
    with pytest.raises(CommandError, match="Nobody has been invited"):
        run(reset_sign_in, "nobody@example.com", "--yes")
