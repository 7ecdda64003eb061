"""The page where an assessor offers times for an interview."""

import pytest
from django.urls import reverse

from second_opinion.candidates import services
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.opinions.selectors import interview_of

FORM = {"act": "offer", "start_1": "2100-01-04T09:00", "minutes": "60", "place": "Zqplace"}


@pytest.fixture
def opinion(cast):
    candidacy = cast.case_in(CaseState.IN_ASSESSMENT).candidacies.first()
    return Opinion.objects.get(candidacy=candidacy, assessor=cast.second_assessor)


@pytest.fixture
def page(client, cast, opinion):
    client.force_login(cast.second_assessor)
    address = reverse("interview", args=[opinion.pseudonym])

    def visit(sent=None):
        return client.get(address) if sent is None else client.post(address, sent)

    return visit


def test_times_are_offered_chosen_put_in_the_calendar_and_called_off(client, page, opinion):
    assert page(FORM).status_code == 302
    talk = interview_of(opinion.assessor, opinion.candidacy)
    assert talk.offers[0].time.starts_at.isoformat() == "2100-01-04T08:00:00+00:00"
    calendar = reverse("interview_calendar", args=[opinion.pseudonym])
    assert client.get(calendar).status_code == 404

    services.choose_time(
        candidacy=opinion.candidacy, meeting=talk.meeting, time=talk.offers[0].time
    )
    assert "Zqplace" in page().content.decode()
    assert "STATUS:CONFIRMED" in client.get(calendar).content.decode()
    workspace = client.get(reverse("assessment", args=[opinion.pseudonym])).content.decode()
    assert "4 January 2100" in workspace

    page({"act": "call_off"})
    assert "It was called off" in page().content.decode()
    assert "STATUS:CANCELLED" in client.get(calendar).content.decode()


def test_what_is_missing_is_said_and_what_was_written_stays(page):
    answer = page(FORM | {"start_1": "tomorrow"})

    assert answer.status_code == 422
    assert "Write each time as" in answer.content.decode()
    assert "Zqplace" in answer.content.decode()
