"""A candidate's pages and their card: in light and dark, in both languages, on a phone first."""

import pytest

from second_opinion.audit.tasks import deliver_due
from second_opinion.candidates import services
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.instruments import services as instruments
from second_opinion.reports.services import release_to_candidates
from second_opinion.web.report_urls import OWN_REPORT
from second_opinion.web.urls import CANDIDATES
from tests import files, questionnaires
from tests.browser.looking import faults_of, in_every_way
from tests.browser.test_every_page import TARGETS
from tests.web import candidates

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# They answer with a file, or with nothing to look at.
TEXTLESS = {
    "candidate_counted",
    "candidate_leave",
    "candidate_calendar",
    "candidate_material_file",
    "candidate_data_file",
    "candidacy_file",
    "assessment_material",
    "candidate_report_pdf",
    "candidate_report_word",
    "candidate_explanation",
}


@pytest.fixture
def pages(cast):
    """Each page there is, by its name, with who looks at it."""
    untold = candidates.locked_case(cast).candidacies.first()
    told = candidates.told(cast, role="A role with a very long name, Nordic countries and Baltics")
    willing = candidates.busy(cast)
    known = candidates.with_assessor(cast, role="A known role")
    services.add_file(candidacy=willing, name="cv 👩🏽‍🚀.pdf", content=files.pdf())
    _link, token = services.make_token(candidacy=willing)
    opened = cast.case_in(CaseState.OPENED).candidacies.first()
    release_to_candidates(actor=cast.coordinator, version=cast.write(opened.case))
    talked = cast.case_in(CaseState.OPENED, role="A talked role").candidacies.first()
    services.decline_feedback(candidacy=talked)
    begun, sent = (questionnaires.begin(cast, cast.order(role=role)) for role in ("One", "Two"))
    questionnaires.answer_all(sent, answers={3: None, 7: 1})
    instruments.send_answers(given=sent)
    instruments.answer_statement(given=begun, place=1, answer=3, language="sv")
    asked = begun.candidacy.case.candidacies.last().given_questionnaires.get()
    return [
        *[
            (
                "candidate_questionnaire",
                f"/candidate/questionnaires/{one.pseudonym}/",
                one.candidacy,
            )
            for one in (begun, asked, sent)
        ],
        *[
            ("candidate_statement", f"/candidate/questionnaires/{one.pseudonym}/2/", one.candidacy)
            for one in (begun, asked)
        ],
        ("candidate", "/candidate/", begun.candidacy),
        ("candidate_data", "/candidate/data/", sent.candidacy),
        ("candidate_assessors", "/candidate/assessors/", known),
        ("candidate_code", "/candidate/report/", opened),
        ("candidate_reply", "/candidate/report/reply/", opened),
        ("candidate_feedback", "/candidate/feedback/", opened),
        ("candidate", "/candidate/", opened),
        ("candidacy", f"/candidacies/{opened.pseudonym}/", cast.coordinator),
        ("candidate_experience", "/candidate/experience/", talked),
        ("candidate_report", "/candidate/report/", talked),
        ("personal_link", f"/personal/{token}/", None),
        ("personal_link", "/personal/of-nobody/", None),
        ("candidate", "/candidate/", None),
        *[
            (name, path, candidacy)
            for candidacy in (told, willing)
            for name, path in (
                ("candidate", "/candidate/"),
                ("candidate_notice", "/candidate/notice/"),
                ("candidate_questions", "/candidate/questions/"),
                ("candidate_adjustment", "/candidate/needs/"),
                ("candidate_referees", "/candidate/referees/"),
                ("candidate_task", "/candidate/task/"),
                ("candidate_assessors", "/candidate/assessors/"),
                ("candidate_times", "/candidate/times/"),
                ("candidate_material", "/candidate/material/"),
                ("candidate_withdraw", "/candidate/withdraw/"),
                ("candidate_data", "/candidate/data/"),
            )
        ],
        *[
            (name, path, cast.coordinator)
            for candidacy in (untold, told, willing)
            for name, path in (
                ("candidacy", f"/candidacies/{candidacy.pseudonym}/"),
                ("write_notice", f"/candidacies/{candidacy.pseudonym}/notice/"),
            )
        ],
    ]


@in_every_way
def test_axe_finds_nothing_nothing_scrolls_sideways_and_fingers_find_their_way(
    language, scheme, width, pages, open_browser
):
    windows, faults = {}, []
    for name, path, person in pages:
        if person not in windows:
            windows[person] = open_browser(
                width=width, language=language, person=person, color_scheme=scheme, has_touch=True
            )
        window = windows[person]
        window.goto(path)
        window.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        faults += [f"{name}: {fault}" for fault in faults_of(window) + _small(window)]

    assert faults == []


def test_every_page_is_among_these(pages):
    theirs = {page.name for page in (*CANDIDATES, *OWN_REPORT)}
    assert theirs - TEXTLESS == {name for name, _, _ in pages}


def _small(window):
    boxes = [(element, element.bounding_box()) for element in window.locator(TARGETS).all()]
    return [
        f"{element.inner_text()!r} is only {box['height']} high"
        for element, box in boxes
        if box and box["height"] < 44
    ]


def test_the_report_itself_is_for_every_reader(cast, open_browser, mailed_code):
    candidacy = cast.case_in(CaseState.OPENED).candidacies.first()
    enter_contact(actor=cast.coordinator, candidacy=candidacy, email="maja@example.com")
    release_to_candidates(actor=cast.coordinator, version=cast.write(candidacy.case))
    page = open_browser(width=360, person=candidacy)

    page.goto("/candidate/report/")
    page.get_by_role("button", name="Mail me a code").click()
    deliver_due()
    page.get_by_label("Code", exact=True).fill(mailed_code())
    page.get_by_role("button", name="Open the report").click()

    assert page.url.endswith("/candidate/report/")
    assert faults_of(page) == []
