"""A passkey from making it to signing in with it, with Chromium's virtual authenticator."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_passkey_is_made_signs_in_and_is_removed(cast, open_browser, mailed_code):
    page = open_browser()
    _give_authenticator(page)
    page.goto("/sign-in/")
    page.get_by_label("Mail address").fill("erik@example.com")
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code", exact=True).fill(mailed_code())
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("link", name="your sign-in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("The blue telephone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    expect(page.get_by_text("The blue telephone").first).to_be_visible()
    expect(page.get_by_text("never used")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto("/sign-in/?next=/your-sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url.replace("/your-sign-in/", ""))
    page.goto("/your-sign-in/")
    expect(page.get_by_text("last used")).to_be_visible()

    page.get_by_role("link", name="Remove The blue telephone").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey was removed.")).to_be_visible()


def test_a_device_that_refuses_changes_nothing_and_says_so(cast, open_browser):
    page = open_browser()
    _give_authenticator(page, isUserVerified=False)
    page.goto("/sign-in/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("No passkey signed you in.")).to_be_visible()


def _give_authenticator(page, **options):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
            | options
        },
    )
