"""A candidate's withdrawal, and where they are reached."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.cases import selectors, services
from second_opinion.cases.models import Candidacy
from second_opinion.cases.states import CANDIDATES_CAN_WITHDRAW, CaseState
from second_opinion.opinions import services as opinions
from second_opinion.opinions.errors import EngagementError
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("candidate", "orderer", "decider", "coordinator", "assessor", "stranger")


def test_a_candidate_withdraws_once_and_the_log_names_nobody(cast):
    candidacy = factories.make_case(cast).candidacies.get()

    services.withdraw_candidacy(actor=None, candidacy=candidacy)
    first = candidacy.withdrawn_at
    services.withdraw_candidacy(actor=None, candidacy=Candidacy.objects.get())

    assert Candidacy.objects.get().withdrawn_at == first
    event = Event.objects.get(verb="candidacy.withdrawn")
    assert (event.actor, event.details["by"]) == (None, "candidate")


@pytest.mark.parametrize(("who", "state"), list(product(PEOPLE, CaseState)))
def test_who_withdraws_a_candidacy_and_when(cast, who, state):
    case = factories.make_case(cast)
    candidacy = case.candidacies.get()
    candidacy.opinions.create(assessor=cast.assessor, kind="second", **factories.sealed_by_hand())
    factories.put_in_state(case, state)
    actor = None if who == "candidate" else getattr(cast, who)

    if who in {"candidate", "orderer", "coordinator"} and state in CANDIDATES_CAN_WITHDRAW:
        services.withdraw_candidacy(actor=actor, candidacy=candidacy)
    else:
        with pytest.raises(NotAllowedError):
            services.withdraw_candidacy(actor=actor, candidacy=candidacy)


def test_the_database_itself_takes_no_withdrawal_back(cast):
    candidacy = factories.make_case(cast).candidacies.get()
    services.withdraw_candidacy(actor=None, candidacy=candidacy)

    with pytest.raises(IntegrityError, match="stays withdrawn"), transaction.atomic():
        Candidacy.objects.update(withdrawn_at=None)
    Candidacy.objects.update(name="erased", email="")  # erasure is not withdrawal


def test_a_withdrawn_candidate_is_not_waited_for(cast):
    case = factories.make_case(
        cast, state=CaseState.IN_ASSESSMENT, candidates=["Kim Karlsson", "Åsa Öberg"]
    )
    kim, asa = case.candidacies.all()
    theirs = factories.engage(cast, asa, cast.decider, OpinionKind.FIRST)
    first = factories.engage(cast, kim, cast.decider, OpinionKind.FIRST)
    second = factories.engage(cast, kim, cast.assessor, OpinionKind.SECOND)

    services.withdraw_candidacy(actor=cast.coordinator, candidacy=asa)
    factories.seal(first)
    factories.seal(second)  # Åsa's first opinion is waited for no longer
    opinions.open_case(actor=cast.coordinator, case=case)

    case.refresh_from_db()
    assert case.state == CaseState.OPENED
    theirs.refresh_from_db()
    assert not theirs.is_sealed
    assert list(selectors.remaining_candidacies_of(case)) == [kim]


def test_a_withdrawn_candidate_is_assessed_no_further(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    opinion = factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    services.withdraw_candidacy(actor=None, candidacy=candidacy)
    opinion.refresh_from_db()

    with pytest.raises(NotAllowedError, match="has withdrawn"):
        factories.rate(opinion)
    with pytest.raises(EngagementError, match="has withdrawn"):
        factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)


def test_a_contact_is_plain_in_the_row_and_absent_from_the_log(cast):
    candidacy = factories.make_case(cast).candidacies.get()

    services.enter_contact(
        actor=cast.coordinator, candidacy=candidacy, email=" Kim@Example.com ", language="sv"
    )

    stored = Candidacy.objects.get()
    assert (stored.email, stored.language) == ("kim@example.com", "sv")
    assert "kim" not in str(list(Event.objects.values())).lower()


def test_an_address_that_is_none_is_refused(cast):
    candidacy = factories.make_case(cast).candidacies.get()

    with pytest.raises(ValidationError):
        services.enter_contact(actor=cast.coordinator, candidacy=candidacy, email="kim")
    with pytest.raises(NotAllowedError):
        services.enter_contact(actor=cast.stranger, candidacy=candidacy, email="kim@example.com")
