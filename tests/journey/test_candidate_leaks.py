"""A candidate walks every page of their own in every stage: nothing of anybody else is there."""

import io
import re
import zipfile
from types import SimpleNamespace
from uuid import uuid4

import pymupdf
import pytest
from django.core import mail
from django.test import Client

from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services as candidates
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.opinions.selectors import around_of, asking_in
from second_opinion.opinions.services import decide_challenge
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.proposals import standing_in
from tests import factories, files
from tests.journey.addresses import paths_of
from tests.journey.test_leaks import BELIEFS, IN_A_NUMBER, with_belief

pytestmark = pytest.mark.django_db

NEVER = {
    "Zqother": "the other finalist",
    "Zqtheirs": "what the other finalist asked, needs and added",
    "Zqofother": "what was written on the other finalist",
    "Zqfirst": "the client's own opinion",
    "Zqpicked": "why this assessor was picked",
    "Zqlacking": "what the client cannot judge",
    "7918273": "what the work pays",
    "73917": "what an opinion costs",
    "Zqdecision": "the client's reasons, and why it went against the report",
}
OWN, SECOND = "Zqmine", "Zqsecond"  # the second opinion: only with the report
WRITTEN = "Zqwritten"  # of this candidate, by the report's author: only with the report
STAGES = (
    CaseState.PROFILE_LOCKED,
    CaseState.IN_ASSESSMENT,
    CaseState.OPENED,
    CaseState.REPORTED,
    CaseState.DECIDED,
)


def case_in(cast, stage):
    case = factories.make_case(
        cast,
        state=CaseState.PROFILE_LOCKED,
        candidates=["Kim Karlsson", "Zqother Olsson"],
        details={"why": "We wonder.", "competence_lacking": "Zqlacking"},
        yearly_pay=7918273.0,
        price=73917.0,
    )
    own, other = case.candidacies.all()
    for candidacy, words in ((own, OWN), (other, "Zqtheirs")):
        enter_contact(
            actor=cast.coordinator, candidacy=candidacy, email=f"{candidacy.pk}@example.com"
        )
        candidates.ask(candidacy=candidacy, words=f"{words} asks.")
        candidates.ask_adjustment(candidacy=candidacy, wish=f"{words} wishes.", why=f"{words}.")
        candidates.add_words(candidacy=candidacy, words=f"{words} adds.")
        candidates.add_file(
            candidacy=candidacy, name=f"{words}.pdf", content=files.cv(f"{words} wrote it.")
        )
    _ask_assessor(cast, case, other)
    if stage != CaseState.PROFILE_LOCKED:
        factories.start_assessment(cast, case)
        _assess(cast, case, stage)
    if stage not in {CaseState.PROFILE_LOCKED, CaseState.IN_ASSESSMENT}:
        for candidacy, words in ((own, WRITTEN), (other, "Zqofother")):
            factories.reports.save_draft(
                actor=cast.coordinator,
                case=case,
                written=factories.some_written(candidacy, words=f"{words} did so."),
            )
    if stage in {CaseState.REPORTED, CaseState.DECIDED}:
        factories.release_report(cast, case)
    if stage == CaseState.DECIDED:
        factories.decide(cast, case, reasons="Zqdecision fits.", against="Zqdecision doubts.")
    return own, other


def _ask_assessor(cast, case, other):
    """Who has accepted; the other finalist had something against it, and has an answer."""
    proposal = panels.propose_assessor(
        actor=cast.coordinator,
        case=case,
        assessor=cast.assessor,
        asking=asking_in(case),
        reason="Zqpicked over others.",
    )
    asked = standing_in(case, proposal.pseudonym)
    panels.answer_proposal(
        actor=cast.assessor, standing=asked, around=around_of(case), declares_no_more=True
    )
    panels.challenge_proposal(candidacy=other, standing=asked, words="Zqtheirs objects.")
    decide_challenge(
        actor=cast.coordinator,
        standing=asked,
        candidacy=other,
        is_upheld=False,
        words="Zqofother is no reason.",
    )


def _assess(cast, case, stage):
    own, other = case.candidacies.all()
    written = {OpinionKind.FIRST: "Zqfirst", OpinionKind.SECOND: SECOND}
    people = {OpinionKind.FIRST: cast.decider, OpinionKind.SECOND: cast.assessor}
    opinions = [
        (factories.engage(cast, candidacy, people[kind], kind), words)
        for kind, marker in written.items()
        for candidacy, words in ((own, marker), (other, "Zqofother"))
    ]
    for opinion, words in opinions:
        factories.seal(opinion, evidence=(f"{words} did it.",), conclusion=f"{words} fits.")
    if stage != CaseState.IN_ASSESSMENT:
        factories.opinions.open_case(actor=cast.coordinator, case=case)


def walk(cast, candidacy):
    """Path and text of every page of a candidate's own, the report behind its code too."""
    client = Client()
    link, token = candidates.make_token(candidacy=candidacy)
    client.post(f"/personal/{token}/")
    client.post(
        "/candidate/report/code/",
        {"act": "enter", "code": candidates.make_code(link=link, mail=uuid4())},
    )
    world = SimpleNamespace(
        cast=cast,
        case=candidacy.case,
        candidacy=candidacy,
        people={"asked assessor": cast.assessor},
    )
    paths = [path for _, path in paths_of(world) if path.startswith("/candidate/")]
    return {path: _text(client.get(path)) for path in paths}


def _text(answer):
    """Large numbers in one piece."""
    return IN_A_NUMBER.sub("", _content(answer))


def _content(answer):
    """The words of a file too: a PDF and a Word file hold them packed."""
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        with pymupdf.open(stream=answer.content) as document:
            return " ".join(page.get_text() for page in document)
    if "wordprocessingml" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            return file.read("word/document.xml").decode()
    return answer.content.decode()


@pytest.mark.parametrize("stage", STAGES)
def test_a_candidate_sees_nothing_of_anybody_else(cast, stage):
    own, _other = case_in(cast, stage)

    pages = walk(cast, own)
    deliver_due()

    letters = [m.subject + m.body for m in mail.outbox if m.to == [own.email]]
    told = pages | {f"mail {number}": text for number, text in enumerate(letters)}
    hidden = [
        *NEVER,
        *([] if stage in {CaseState.REPORTED, CaseState.DECIDED} else [SECOND, WRITTEN]),
    ]
    assert [(words, path) for words in hidden for path, text in told.items() if words in text] == []
    assert not any(OWN in letter or own.case.client.name in letter for letter in letters)


@pytest.mark.parametrize("stage", [CaseState.IN_ASSESSMENT, CaseState.REPORTED])
def test_what_the_client_would_decide_today_changes_no_page_of_a_candidates(cast, stage):
    own, _other = case_in(cast, stage)

    yes, no = (with_belief(own, *belief, look=lambda: walk(cast, own)) for belief in BELIEFS)

    assert [path for path in yes if comparable(yes[path]) != comparable(no[path])] == []


def comparable(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_what_is_for_the_candidate_is_seen(cast):
    """Else the walk would find nothing because it sees nothing."""
    own, other = case_in(cast, CaseState.REPORTED)

    seen, seen_by_other = walk(cast, own), walk(cast, other)

    assert SECOND in seen["/candidate/report/"]
    assert seen["/candidate/report/"].count(WRITTEN) == 5  # reason, risk, answer, advice, question
    assert OWN in seen["/candidate/data.json"]
    assert OWN in seen["/candidate/needs/"]
    assert "Zqtheirs" in seen_by_other["/candidate/data.json"]
    assert OWN not in "".join(seen_by_other.values())


def test_anothers_files_and_times_are_not_found_by_their_address(cast):
    own, other = case_in(cast, CaseState.PROFILE_LOCKED)
    candidates.add_file(candidacy=other, name="a.txt", content=b"Zqtheirs")
    piece = other.material_rows.last()
    client = Client()
    client.post(f"/personal/{candidates.make_token(candidacy=own)[1]}/")

    assert client.get(f"/candidate/material/{piece.pseudonym}/").status_code == 404
