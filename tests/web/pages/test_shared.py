"""A shared report on its pages: by link and mailed code, read only, until it ends."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from second_opinion.reports.models import Share, ShareOpening
from second_opinion.reports.services import end_share
from tests.journey.world import everything

READER = "reader@example.com"


@pytest.fixture
def version(cast):
    cache.clear()  # each test may ask for as many codes as the rate limits allow
    return cast.case_in(CaseState.REPORTED).report_versions.get()


@pytest.fixture
def link(cast, version, client):
    """As the orderer's page shares it, and the worker mails it."""
    client.force_login(cast.orderer)
    answer = client.post(
        reverse("shares", args=[version.pseudonym]), {"act": "share", "email": READER, "days": "7"}
    )
    assert answer.status_code == 302
    client.logout()
    return _mailed(r"(/shared/[\w-]+/)")


def _mailed(pattern):
    deliver_due()
    newest = [message for message in mail.outbox if message.to == [READER]][-1]
    return re.search(pattern, newest.body)[1]


def _open(client, link):
    client.post(link)
    client.post(reverse("shared_code"), {"act": "send"})
    code = _mailed(r"Your code is (\w+)")
    return client.post(reverse("shared_code"), {"act": "enter", "code": code})


def test_the_link_and_the_code_open_the_clients_report_and_nothing_else(client, version, link):
    assert _open(client, link)["Location"] == reverse("shared_report")

    page = client.get(reverse("shared_report"))
    assert "Maja Ek" in page.content.decode()
    assert client.get(reverse("shared_pdf")).content.startswith(b"%PDF")
    for name in ("report", "report_pdf", "report_json", "shares"):
        answer = client.get(reverse(name, args=[version.pseudonym]))
        assert answer.status_code == 302
        assert "sign-in" in answer["Location"]


def test_following_the_link_and_looking_at_its_pages_changes_nothing(client, link):
    before = everything()

    for path in (link, reverse("shared_code"), reverse("shared_report"), reverse("shared_pdf")):
        client.get(path)
        client.head(path)

    assert everything() == before


def test_the_link_alone_shows_nothing(client, link):
    page = client.get(link)
    client.post(link)

    assert client.get(reverse("shared_report"))["Location"] == reverse("shared_code")
    assert client.get(reverse("shared_pdf"))["Location"] == reverse("shared_code")
    assert "Maja Ek" not in page.content.decode()


def test_a_wrong_code_says_so_and_opens_nothing(client, link):
    client.post(link)
    client.post(reverse("shared_code"), {"act": "send"})

    answer = client.post(reverse("shared_code"), {"act": "enter", "code": "NOTTHIS1"})

    assert answer.status_code == 422
    assert "not the code in our newest mail" in answer.content.decode()
    assert not ShareOpening.objects.exists()


def test_what_was_opened_is_closed_at_once_when_the_share_ends(cast, client, link):
    _open(client, link)
    end_share(actor=cast.orderer, share=Share.objects.get())

    for path in (reverse("shared_report"), reverse("shared_pdf"), reverse("shared_code")):
        assert client.get(path).status_code == 403
    assert client.get(link).status_code == 404


def test_the_case_lists_each_opening_for_who_ordered_it(cast, client, version, link):
    _open(client, link)
    client.force_login(cast.orderer)

    for path in (
        reverse("case", args=[version.case.pseudonym]),
        reverse("shares", args=[version.pseudonym]),
    ):
        page = client.get(path).content.decode()
        assert READER in page
        assert "Opened once" in page


def test_the_orderer_ends_a_share_on_the_page(cast, client, version, link):
    client.force_login(cast.orderer)
    share = Share.objects.get()

    client.post(
        reverse("shares", args=[version.pseudonym]), {"act": "end", "share": share.pseudonym}
    )

    assert Share.objects.get().closed_at is not None


def test_an_address_elsewhere_is_refused_with_the_sentence_and_kept_in_the_field(
    cast, client, version
):
    client.force_login(cast.orderer)

    answer = client.post(
        reverse("shares", args=[version.pseudonym]),
        {"act": "share", "email": "reader@elsewhere.example.org", "days": "7"},
    )

    assert answer.status_code == 422
    assert "within Norrvik Energi only" in answer.content.decode()
    assert "reader@elsewhere.example.org" in answer.content.decode()
