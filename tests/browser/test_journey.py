"""What a person does: sign in by mailed code, find the case, read and keep the report, leave."""

import pytest
from playwright.sync_api import expect

from second_opinion.cases.states import CaseState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_orderer_signs_in_reads_the_report_and_leaves(cast, open_browser, mailed_code):
    cast.case_in(CaseState.REPORTED)
    page = open_browser()

    page.goto("/")
    page.get_by_label("Mail address").fill("erik@example.com")
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code", exact=True).fill(mailed_code())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("It is your turn to decide.")).to_be_visible()

    page.get_by_role("link", name="Head of finance, Nordic region").click()
    expect(page.get_by_text("The report was released")).to_be_visible()
    page.get_by_role("link", name="Read the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Head of finance, Nordic region")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename.startswith("second-opinion-")
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    address = page.url
    page.get_by_role("button", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.url == address

    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out")
    page.goto(address)
    assert "/sign-in/" in page.url


def test_everything_can_be_done_by_keyboard(cast, open_browser, mailed_code):
    cast.case_in(CaseState.REPORTED)
    page = open_browser()
    page.goto("/")

    page.keyboard.press("Tab")
    assert _focused(page)["text"] == "To the content"
    _tab_to(page, "login")
    page.keyboard.type("erik@example.com")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    assert _focused(page)["name"] == "code"
    page.keyboard.type(mailed_code())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    _tab_to(page, "Head of finance, Nordic region")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")
    _tab_to(page, "Read the report")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    _tab_to(page, "Sign out")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("You are signed out")


def test_the_skip_link_leads_past_the_header(cast, open_browser):
    cast.order()
    page = open_browser(person=cast.coordinator)
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("page_name", ["list", "case"])
def test_on_paper_only_the_letter_is_left(page_name, cast, open_browser):
    case = cast.case_in(CaseState.REPORTED)
    page = open_browser(person=cast.coordinator)
    page.emulate_media(media="print")

    page.goto("/" if page_name == "list" else f"/cases/{case.pseudonym}/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for unprinted in ("button", ".button", ".who", ".words"):
        assert page.locator(f"{unprinted}:visible").count() == 0


def _focused(page):
    return page.evaluate(
        """() => {
            const element = document.activeElement, style = getComputedStyle(element);
            return {text: element.textContent.trim(), name: element.name ?? '',
                    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)};
        }"""
    )


def _tab_to(page, wanted, most=60):
    """Press Tab until the thing wanted has the focus; all on the way show where they are."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = _focused(page)
        if page.evaluate("document.activeElement === document.body"):
            continue
        assert focused["ring"] >= 3, focused
        if wanted in (focused["text"], focused["name"]):
            return
    pytest.fail(f"{wanted} cannot be reached by keyboard")
