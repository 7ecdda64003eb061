"""What an assessor learns of a candidate beside the guide: how, and never why."""

import pytest
from django.urls import reverse

from second_opinion.candidates import services
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.services import engage_assessor
from second_opinion.opinions.states import OpinionKind
from tests import files

HOW, WHY = "A break of ten minutes each hour.", "Zqback"


@pytest.fixture
def candidacy(cast):
    """In assessment, with an adjustment that was granted, and a file."""
    candidacy = cast.case_in(CaseState.IN_ASSESSMENT).candidacies.first()
    need = services.ask_adjustment(candidacy=candidacy, wish="Zqbreaks", why=WHY)
    services.arrange(actor=cast.coordinator, adjustment=need, is_granted=True, how=HOW)
    services.add_file(candidacy=candidacy, name="work.pdf", content=files.pdf("work"))
    return candidacy


def test_the_providers_assessor_reads_how_and_gets_the_file(client, cast, candidacy):
    client.force_login(cast.second_assessor)
    opinion = Opinion.objects.get(candidacy=candidacy, assessor=cast.second_assessor)

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    assert HOW in page
    assert "work.pdf" in page
    assert "Zqbreaks" not in page
    assert WHY not in page
    piece = candidacy.material_rows.get()
    address = reverse("assessment_material", args=[opinion.pseudonym, piece.pseudonym])
    assert "work" in files.text_of(client.get(address).content)


def test_the_clients_own_assessor_learns_of_neither(client, cast, candidacy):
    client.force_login(cast.orderer)
    opinion = engage_assessor(
        actor=cast.coordinator,
        candidacy=candidacy,
        assessor=cast.orderer,
        kind=OpinionKind.FIRST,
    )

    page = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()

    assert HOW not in page
    assert "work.pdf" not in page
    piece = candidacy.material_rows.get()
    address = reverse("assessment_material", args=[opinion.pseudonym, piece.pseudonym])
    assert client.get(address).status_code == 404
