"""A provider of one person: who runs the case assesses too, and cannot choose when it opens."""

from django.urls import reverse

from second_opinion.accounts.services import give_role
from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.opinions.states import OpinionKind
from tests import factories


def test_the_last_seal_opens_the_case_and_no_button_does(client, db):
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    give_role(actor=None, person=cast.coordinator, organisation=cast.provider, role=Role.ASSESSOR)
    opinion = factories.engage(cast, case.candidacies.get(), cast.coordinator, OpinionKind.SECOND)
    factories.rate(opinion)
    client.force_login(cast.coordinator)
    opening = reverse("open_case", args=[case.pseudonym])

    for answer in (client.get(opening, follow=True), client.post(opening, follow=True)):
        assert "it opens by itself as soon as all opinions are sealed" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.IN_ASSESSMENT

    client.post(reverse("seal_assessment", args=[opinion.pseudonym]))
    case.refresh_from_db()
    assert case.state == CaseState.OPENED
