"""A work sample from the coordinator's page to the candidate's answer and two raters' levels."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from second_opinion.accounts.states import Role
from second_opinion.candidates import services as candidates
from second_opinion.cases.states import CaseState
from second_opinion.instruments.models import Result
from tests import factories

pytestmark = pytest.mark.django_db
LEVELS = {"score-1": "4", "evidence-1": "Zqlevel.", "score-2": "3", "evidence-2": "Line two."}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.IN_ASSESSMENT)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_work_sample_is_written_answered_rated_by_two_and_read(cast, case):
    candidacy = case.candidacies.get()
    raters = [
        factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)
        for name in ("Ria Rater", "Rolf Rater")
    ]
    coordinator, page = signed_in(cast.coordinator), f"/cases/{case.pseudonym}/work-sample/"
    written = {"act": "write", "task": "Choose.", "minutes": "45", "criteria": ["Leadership"]}
    assert coordinator.post(page, written | {"minutes": "many"}).status_code == 422
    coordinator.post(page, written | {"criteria": ["Leadership", "Judgement"]})
    coordinator.post(page, {"act": "give"})

    candidate = Client()
    candidate.post(f"/personal/{candidates.make_token(candidacy=candidacy)[1]}/")
    assert "Please do the work sample" in candidate.get("/candidate/").content.decode()
    assert "Choose." not in candidate.get("/candidate/task/").content.decode()
    candidate.post("/candidate/task/", {"act": "begin"})
    assert "Choose." in candidate.get("/candidate/task/").content.decode()
    candidate.post(
        "/candidate/task/", {"act": "answer", "file": SimpleUploadedFile("a.txt", b"Zqanswer")}
    )
    assert "a.txt" in candidate.get("/candidate/task/").content.decode()
    assert "Please do the work sample" not in candidate.get("/candidate/").content.decode()

    for rater in raters:
        chosen = {"act": "engage", "candidacy": candidacy.pseudonym, "rater": rater.pseudonym}
        coordinator.post(page, chosen)
    paths = [f"/work-samples/{one.pseudonym}/" for one in candidacy.work_sample_ratings.all()]
    clients = [signed_in(one.rater) for one in candidacy.work_sample_ratings.all()]
    assert paths[0] in clients[0].get("/assessments/").content.decode()
    assert clients[0].get(f"{paths[0]}file/").content == b"Zqanswer"
    assert clients[0].post(paths[0], LEVELS | {"act": "seal", "score-2": ""}).status_code == 422
    clients[0].post(paths[0], LEVELS | {"act": "save"})
    assert 'value="4" checked' in clients[0].get(paths[0]).content.decode()
    clients[0].post(paths[0], LEVELS | {"act": "seal"})
    assert "Zqlevel" not in clients[1].get(paths[1]).content.decode()
    assert clients[1].get(paths[0]).status_code == 404
    clients[1].post(paths[1], LEVELS | {"act": "seal"})

    assert Result.objects.get().kind == "work sample"
    assert "Zqlevel" not in coordinator.get(page).content.decode()
    factories.open_case(cast, case)
    given = f"/candidacies/{candidacy.pseudonym}/given/"
    assert "Zqlevel" in coordinator.get(given).content.decode()
    assert coordinator.get(f"{given}file/").content == b"Zqanswer"
    assert signed_in(cast.orderer).get(f"{given}file/").status_code == 404
