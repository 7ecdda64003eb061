"""From what the client cannot judge to an engaged assessor, by those who press the buttons."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from second_opinion.accounts.states import Role
from second_opinion.candidates.services import make_token
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from second_opinion.opinions.models import Opinion
from second_opinion.panels import services as panels
from second_opinion.panels.selectors.assessors import Shown, ShownCompetence
from second_opinion.panels.services import Named
from second_opinion.panels.states import Ending, Level, Proof, Source, TieKind
from tests.web.cast import _person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(cast):
    """Two assessors show contract law; both have worked where a candidate did, or almost so.

    The better one at the same firm; the other at one whose name is alike.
    """
    case = cast.case_in(
        CaseState.PROFILE_LOCKED, details={"competence_lacking": "German contract law"}
    )
    other = _person("Berit Boman", case.provider, Role.ASSESSOR)
    for person, level in ((cast.second_assessor, 4), (other, 3)):
        law = ShownCompetence(key="contract_law", level=Level(level), proof=Proof.CASES)
        version = panels.save_assessor(
            actor=person,
            assessor=person,
            provider=case.provider,
            shown=Shown(competences=(law,), price=20_000.0 - level),
        )
        panels.confirm_assessor(actor=cast.coordinator, version=version)
    for one, firm in (
        (case.candidacies.first(), "Nordljus AB"),
        (cast.second_assessor, "Nordljus AB"),
        (other, "Nordlius AB"),
    ):
        panels.declare_tie(
            actor=cast.coordinator,
            provider=case.provider,
            one=one,
            other=Named(name=firm, is_firm=True),
            kind=TieKind.EMPLOYMENT,
            ending=Ending.HOLDS,
            source=Source.COORDINATOR,
        )
    return case


def test_a_gap_is_mapped_ties_are_cleared_and_who_declines_is_replaced_challenged_and_engaged(
    cast, case, open_browser
):
    desk = open_browser(person=cast.coordinator)
    desk.goto(f"/cases/{case.pseudonym}/")
    desk.get_by_role("link", name="Find and ask assessors").click()
    desk.get_by_role("link", name="Say what is needed").click()
    desk.get_by_label("Contract law").check()
    desk.get_by_role("button", name="Confirm what is needed").click()
    desk.get_by_text("Who was left out, and why").click()
    expect(desk.get_by_text("Per Sand: a conflict of interest")).to_be_visible()

    expect(desk.get_by_text("Berit Boman: a conflict of interest")).to_be_visible()

    desk.get_by_role("link", name="See and decide conflicts of interest").click()
    expect(desk.get_by_text("Per Sand and Nordljus AB: employment.").first).to_be_visible()
    _decide(desk, "Per Sand", "Ten years and two towns apart.")
    question = desk.locator("li").filter(has=desk.get_by_role("heading", name="Berit Boman"))
    expect(question.get_by_role("heading", name="A question about")).to_be_visible()
    expect(question.get_by_text("Nordlius AB").first).to_be_visible()
    _decide(desk, "Berit Boman", "Another firm: Nordlius builds boats.")

    desk.goto(f"/cases/{case.pseudonym}/panel/")
    desk.get_by_role("button", name="Ask Berit Boman").click()
    assert desk.get_by_label("Why them").evaluate("field => !field.validity.valid")
    desk.get_by_role("button", name="Ask Per Sand").click()
    _decline(open_browser(person=cast.second_assessor))
    desk.reload()
    declined = desk.locator("li").filter(has_text="Per Sand has declined: I have no time then.")
    declined.get_by_role("button", name="Ask Berit Boman instead").click()
    berit = case.provider.memberships.get(person__name="Berit Boman").person
    _accept(open_browser(person=berit, width=360))

    _challenge(cast, case, open_browser(width=360))
    desk.reload()
    expect(desk.get_by_text("We sing in one choir.")).to_be_visible()
    expect(desk.get_by_role("button", name="Engage Berit Boman")).to_have_count(0)
    desk.get_by_label("who reads it").fill("You sing with another Berit Boman.")
    desk.get_by_role("button", name="Keep to the assessor").click()
    desk.get_by_role("button", name="Engage Berit Boman").click()
    expect(desk.get_by_role("status")).to_contain_text("Engaged")
    assert {one.assessor for one in Opinion.objects.all()} == {berit}


def test_a_receipt_is_downloaded_and_checked_offline_with_the_program_of_the_service(
    cast, open_browser, tmp_path
):
    sealed = cast.sealed_case()
    own = Opinion.objects.filter(candidacy__case=sealed, assessor=cast.second_assessor).first()
    page = open_browser(person=cast.second_assessor)

    page.goto(f"/assessments/{own.pseudonym}/")
    with page.expect_download() as receipt:
        page.get_by_role("link", name="receipt").click()
    page.get_by_role("link", name="How that is proved").click()
    with page.expect_download() as program:
        page.get_by_role("link", name="Take the program that checks it").click()
    receipt.value.save_as(tmp_path / "receipt.json")
    program.value.save_as(tmp_path / "check.py")

    ran = subprocess.run(
        [sys.executable, "-I", tmp_path / "check.py", tmp_path / "receipt.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "Proved" in ran.stdout


def _decide(desk, assessor, why):
    row = desk.locator("li").filter(has=desk.get_by_role("heading", name=assessor))
    row.get_by_label("Why you decide as you do").fill(why)
    row.get_by_role("button", name="Decide: no conflict of interest").click()
    expect(desk.get_by_role("status")).to_contain_text("nobody can take it back")


def _decline(page):
    page.goto("/assessments/")
    page.get_by_role("link", name="You are asked whether you could assess").click()
    page.get_by_text("I decline").click()
    page.get_by_role("button", name="I have no time then").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")


def _accept(page):
    page.goto("/assessments/")
    page.get_by_role("link", name="You are asked whether you could assess").click()
    page.get_by_label("I know of no tie").check()
    page.get_by_role("button", name="I can assess").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")


def _challenge(cast, case, page):
    candidacy = case.candidacies.first()
    enter_contact(actor=cast.coordinator, candidacy=candidacy, email="maja@example.com")
    page.goto(f"/personal/{make_token(candidacy=candidacy)[1]}/")
    page.locator("main button").first.click()
    page.get_by_role("link", name="Who assesses you").click()
    page.get_by_text("This person should not assess me").click()
    page.get_by_label("Why?").fill("We sing in one choir.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Not answered yet")).to_be_visible()
