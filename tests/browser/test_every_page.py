"""Every page in light and dark, Swedish and English, on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.services import demo_sign_in_token
from second_opinion.cases.states import CaseState
from second_opinion.reports.services import begin_practice_case
from second_opinion.web.report_urls import OWN_REPORT
from second_opinion.web.urls import CANDIDATES, ORDERS, PANELS, RESULTS, addresses
from tests import factories
from tests.browser.looking import faults_of, in_every_way
from tests.questionnaires import answered_case, to_give
from tests.web.cast import STAGES
from tests.web.outline import path_of
from tests.web.test_means import app_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is pressed with a finger; links inside running text are exempt.
TARGETS = (
    "button, .button, input:not([type=hidden], [type=radio], [type=checkbox]), .point label, "
    ".ticks label, .word-mark, .words a, .pages a, .cases h2 a, .board a"
)


@pytest.fixture
def pages(cast, settings):
    """Each page there is, with who looks at it; `None` is somebody who is not signed in."""
    settings.SECOND_OPINION_DEMO = True
    settings.ROOT_URLCONF = "tests.web.pages.demo_urls"
    cases = {stage: cast.case_in(stage, role=f"Role in {stage.value}") for stage in STAGES}
    cast.order(due_on=timezone.localdate() - timedelta(days=2), role="A late role, Ärende 1")
    for index in range(20):
        cast.order(role=f"Role {index}")
    released = cases[CaseState.REPORTED].report_versions.get()
    unreleased = cast.write(cases[CaseState.OPENED])
    shown = cast.show_candidates(cast.write(cast.case_in(CaseState.OPENED)))
    discussed = cast.discussed_case()
    written = cast.case_in(CaseState.OPENED)
    factories.reports.save_draft(
        actor=cast.coordinator,
        case=written,
        written=factories.some_written(
            written.candidacies.first(), words="Is a born leader and will never fail."
        ),
    )
    practice = begin_practice_case(actor=cast.coordinator)
    questioned = answered_case(cast)
    undeclared = cast.undeclared_case()
    token = demo_sign_in_token(cast.orderer)
    return [
        ("sign in", "/sign-in/", None),
        ("proof", "/proof/", None),
        ("demo", f"/demo/sign-in/{token}/", None),
        ("demo refused", "/demo/sign-in/nonsense/", None),
        ("inactive", "/sign-in/inactive/", None),
        ("list", "/", cast.coordinator),
        ("second page", "/?page=2", cast.coordinator),
        ("nothing chosen", "/?stage=closed", cast.coordinator),
        ("found", "/?q=role+Energi&waits=coordinator&sort=due", cast.coordinator),
        ("board", "/board/", cast.coordinator),
        ("empty board", "/board/", cast.newcomer),
        ("orderer's list", "/", cast.orderer),
        ("nothing yet", "/", cast.newcomer),
        *[(f"case {stage}", _case(case), cast.coordinator) for stage, case in cases.items()],
        ("orderer's case", _case(cases[CaseState.IN_ASSESSMENT]), cast.orderer),
        ("engage", f"{_case(cases[CaseState.IN_ASSESSMENT])}assessors/", cast.coordinator),
        ("writing", f"{_case(written)}writing/", cast.coordinator),
        ("write on one", f"{_case(written)}writing/1/", cast.coordinator),
        ("as it would be signed", f"{_case(written)}writing/report/", cast.coordinator),
        ("sign", f"{_case(written)}report/", cast.coordinator),
        ("getting started", f"/reports/{released.pseudonym}/getting-started/", cast.coordinator),
        ("give advice", f"/reports/{released.pseudonym}/advice/", cast.coordinator),
        ("open", f"{_case(cast.sealed_case())}open/", cast.coordinator),
        ("open late", f"{_case(cast.late_case())}open/", cast.coordinator),
        ("withdraw", f"{_case(cases[CaseState.IN_ASSESSMENT])}withdraw/", cast.coordinator),
        ("candidate's", path_of("candidate_version", version=unreleased), cast.coordinator),
        ("to candidates", path_of("to_candidates", version=unreleased), cast.coordinator),
        ("release", path_of("release_report", version=shown), cast.coordinator),
        ("close", path_of("close_case", case=cases[CaseState.DECIDED]), cast.coordinator),
        ("shares", path_of("shares", version=released), cast.orderer),
        ("discussion", path_of("discussion", case=discussed), cast.coordinator),
        ("thread", path_of("thread", case=discussed), cast.second_assessor),
        ("revise", path_of("revise_rating", case=discussed), cast.second_assessor),
        ("given", path_of("case_questionnaires", case=questioned), cast.coordinator),
        ("to give", path_of("case_questionnaires", case=to_give(cast)), cast.coordinator),
        ("answers", path_of("candidates_answers", case=questioned), cast.second_assessor),
        ("with answers", path_of("assessment", case=questioned), cast.second_assessor),
        ("practice", "/practice/", cast.coordinator),
        ("removing practice", path_of("remove_practice", case=practice), cast.coordinator),
        ("found assessments", "/assessments/?q=role", cast.second_assessor),
        ("rating practice", "/rating-practice/", cast.second_assessor),
        ("to be rated", "/rating-practice/johan/", cast.second_assessor),
        ("guide", path_of("guide", case=cases[CaseState.PROFILE_LOCKED]), cast.coordinator),
        ("fixed guide", path_of("guide", case=cases[CaseState.CLOSED]), cast.coordinator),
        ("mails", path_of("mails"), cast.coordinator),
        ("mails of a case", path_of("case_mails", case=cases[CaseState.CLOSED]), cast.coordinator),
        ("log", path_of("case_events", case=cases[CaseState.CLOSED]), cast.coordinator),
        ("answers", path_of("quick_answers", case=cases[CaseState.REPORTED]), cast.decider),
        ("no answers", path_of("quick_answers", case=cases[CaseState.DECIDED]), cast.decider),
        ("decision", path_of("decision", case=cases[CaseState.REPORTED]), cast.orderer),
        ("decided", path_of("decision", case=cases[CaseState.DECIDED]), cast.orderer),
        ("report", f"/reports/{released.pseudonym}/", cast.orderer),
        ("unreleased report", f"/reports/{unreleased.pseudonym}/", cast.coordinator),
        ("refused report", f"/reports/{unreleased.pseudonym}/", cast.orderer),
        ("refused case", _case(cases[CaseState.IN_ASSESSMENT]), cast.second_assessor),
        ("missing", "/nothing/here/", cast.coordinator),
        *[
            (f"assessor's {name}", path_of(name, case=case), cast.second_assessor)
            for case in (cases[CaseState.IN_ASSESSMENT], cases[CaseState.OPENED])
            for name in ("assessments", "assessment", "interview", "seal_assessment")
        ],
        ("waiting", path_of("assessment", case=cast.waiting_case()), cast.second_assessor),
        ("declaring", path_of("declare_ties", case=undeclared), cast.second_assessor),
        (
            "stepping down",
            path_of("step_down", case=cases[CaseState.IN_ASSESSMENT]),
            cast.second_assessor,
        ),
        ("worth", "/worth/", cast.orderer),
        ("standard rule", "/standard-rule/", cast.coordinator),
        ("questionnaires", "/questionnaires/", cast.coordinator),
        ("norms", "/norms/", cast.coordinator),
        ("case rule", path_of("case_rule", case=cast.with_profile()), cast.coordinator),
        ("nothing to assess", "/assessments/", cast.newcomer),
        ("people", "/people/", cast.coordinator),
        ("person", f"/people/{cast.second_assessor.pseudonym}/", cast.coordinator),
        ("invite", "/people/invite/", cast.coordinator),
        ("new organisation", "/people/organisations/new/", cast.coordinator),
        ("confirm address", "/your-sign-in/addresses/of-nobody/", cast.coordinator),
        ("sign out", "/sign-out/", cast.coordinator),
        ("your sign-in", "/your-sign-in/", cast.coordinator),
        ("sign in again", "/sign-in/again/", cast.coordinator),
    ]


@in_every_way
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    language, scheme, width, pages, open_browser
):
    windows = {}
    faults = []
    for name, path, person in pages:
        if person not in windows:
            windows[person] = open_browser(
                width=width, language=language, person=person, color_scheme=scheme
            )
        window = windows[person]
        window.goto(path)
        faults += [f"{name}: {fault}" for fault in faults_of(window)]

    assert faults == []


def test_axe_finds_nothing_while_signing_in_goes_wrong(cast, open_browser):
    page = open_browser(width=360)
    faults = []

    page.goto("/sign-in/")
    page.get_by_role("button", name="Mail me a code").click()
    faults += faults_of(page)
    page.get_by_label("Mail address").fill("erik@example.com")
    page.get_by_role("button", name="Mail me a code").click()
    faults += faults_of(page)
    page.get_by_role("button", name="Sign in").click()
    faults += faults_of(page)

    assert faults == []


def test_axe_finds_nothing_where_the_ways_to_sign_in_change(cast, open_browser, mailed_code):
    page = open_browser(width=360)
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill("erik@example.com")
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code", exact=True).fill(mailed_code())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    faults = []

    for path in ("passkeys/add/", "app/add/", "spare-codes/new/"):
        page.goto(f"/your-sign-in/{path}")
        faults += faults_of(page)
    page.goto("/your-sign-in/app/add/")
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Code", exact=True).fill(app_code(secret))
    page.get_by_role("button", name="Turn it on").click()
    faults += faults_of(page)
    page.goto("/your-sign-in/")
    faults += faults_of(page)
    page.goto("/your-sign-in/app/remove/")
    faults += faults_of(page)

    assert faults == []


def test_a_finger_finds_every_target(pages, open_browser):
    small, windows = [], {}
    for name, path, person in pages:
        if person not in windows:
            windows[person] = open_browser(width=360, person=person, has_touch=True, is_mobile=True)
        window = windows[person]
        window.goto(path)
        for element in window.locator(TARGETS).all():
            box = element.bounding_box()
            if box and box["height"] < 44:
                small.append((name, element.inner_text(), box["height"]))

    assert small == []


def test_every_page_of_this_room_is_among_these(pages):
    """Pages without text of their own have their own tests."""
    elsewhere = {
        "choose_language",
        "end_sessions",
        "health_live",
        "proof_key",
        "proof_head",
        "proof_consistency",
        "proof_checker",
        "health_ready",
        "metrics",
        "report_pdf",
        "brand_styles",
        "report_json",
        "report_word",
        "report_drawings",
        "report_memo",
        "report_test_annex",
        "report_oral_summary",
        "candidate_version_explanation",
        "candidate_version_pdf",
        "candidate_version_word",
        "shared_pdf",
        "shared_link",
        "shared_code",
        "shared_report",
        "rate_criterion",
        "guide_pdf",
        "guide_sheet",
        "send_sheet",
        "log_deviation",
        "case_guide_pdf",
        "write_conclusion",
        "receipt",
        "assessor_batch",
        "addresses",
        "interview_calendar",
        "play_practice",
        "practice_candidate",
        "start_assessment",
        "getting_started_pdf",
        "case_events_file",
    }
    looked_at = {
        "cases": "/",
        "proof": "/proof/",
        "board": "/board/",
        "case": "/cases/",
        "engage": "/cases/",
        "open_case": "/cases/",
        "withdraw_case": "/cases/",
        "close_case": "/cases/",
        "discussion": "/cases/",
        "thread": "/candidacies/",
        "revise_rating": "/candidacies/",
        "case_events": "/cases/",
        "quick_answers": "/cases/",
        "decision": "/cases/",
        "candidate_version": "/reports/",
        "getting_started": "/reports/",
        "release_advice": "/reports/",
        "writing": "/cases/",
        "write_on": "/cases/",
        "report_preview": "/cases/",
        "sign_report": "/cases/",
        "to_candidates": "/reports/",
        "release_report": "/reports/",
        "report": "/reports/",
        "shares": "/reports/",
        "assessments": "/assessments/",
        "assessment": "/assessments/",
        "interview": "/assessments/",
        "seal_assessment": "/assessments/",
        "declare_ties": "/assessments/",
        "step_down": "/assessments/",
        "worth": "/worth/",
        "standard_rule": "/standard-rule/",
        "case_rule": "/cases/",
        "questionnaires": "/questionnaires/",
        "norms": "/norms/",
        "case_questionnaires": "/cases/",
        "candidates_answers": "/assessments/",
        "mfa_index": "/your-sign-in/",
        "practice": "/practice/",
        "remove_practice": "/practice/",
        "rating_practice": "/rating-practice/",
        "rating_practice_transcript": "/rating-practice/",
        "guide": "/cases/",
        "mails": "/mails/",
        "case_mails": "/cases/",
        "confirm_address": "/your-sign-in/addresses/",
        "people": "/people/",
        "person": "/people/",
        "invite": "/people/invite/",
        "new_organisation": "/people/organisations/new/",
        "account_reauthenticate": "/sign-in/again/",
        "demo_sign_in": "/demo/",
    }

    elsewhere |= {page.name for page in (*CANDIDATES, *OWN_REPORT)}  # test_candidates_pages.py
    elsewhere |= {page.name for page in RESULTS}  # test_instrument_pages.py
    elsewhere |= {page.name for page in ORDERS}  # test_order_pages.py
    elsewhere |= {page.name for page in PANELS}  # test_panels_pages.py

    assert {page.name for page in addresses(is_demo=True)} - elsewhere == set(looked_at)
    for beginning in looked_at.values():
        assert any(path.startswith(beginning) for _, path, _ in pages)


def _case(case):
    return f"/cases/{case.pseudonym}/"
