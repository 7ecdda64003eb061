"""Several mail addresses of one person: added, shown to be theirs, put first, removed."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from second_opinion.accounts.models import Person
from second_opinion.accounts.selectors import addresses_of
from tests.web.test_means import signed_in

NEW = "anna@home.example"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    cache.clear()


def change(client, **sent):
    return client.post(reverse("addresses"), sent, follow=True).content.decode()


def link_in(message):
    return re.search(r"http://\S+?(/your-sign-in/addresses/\S+)", message.body)[1]


def test_an_address_counts_once_its_reader_has_followed_the_link(cast):
    browser = signed_in(cast.coordinator)
    change(browser, act="add", email=NEW)
    link = link_in(mail.outbox[-1])
    assert mail.outbox[-1].to == [NEW]

    browser.get(link)  # as a mail scanner would
    assert not addresses_of(cast.coordinator).get(email=NEW).verified
    stranger = signed_in(cast.orderer)
    stranger.post(link)
    assert not addresses_of(cast.coordinator).get(email=NEW).verified
    browser.post(link)

    address = addresses_of(cast.coordinator).get(email=NEW)
    assert address.verified
    change(browser, act="first", address=address.pk)
    old = addresses_of(cast.coordinator).get(primary=False)
    assert Person.objects.get(pk=cast.coordinator.pk).email == NEW
    change(browser, act="remove", address=old.pk)
    assert [one.email for one in addresses_of(cast.coordinator)] == [NEW]


def test_each_verified_address_signs_in(cast):
    browser = signed_in(cast.coordinator)
    change(browser, act="add", email=NEW)
    browser.post(link_in(mail.outbox[-1]))
    browser.post(reverse("account_logout"))

    browser.post(reverse("account_login"), {"login": NEW})
    code = re.search(r"code is (\S+)", mail.outbox[-1].body)[1]
    browser.post(reverse("account_confirm_login_code"), {"code": code})

    assert mail.outbox[-1].to == [NEW]
    assert browser.get("/").status_code == 200


def test_somebody_elses_address_gets_nothing_and_the_page_tells_nothing(cast):
    browser = signed_in(cast.coordinator)
    n_mails = len(mail.outbox)

    page = change(browser, act="add", email=cast.orderer.email)

    assert "We have written to that address" in page
    assert len(mail.outbox) == n_mails


def test_the_first_address_stays(cast):
    browser = signed_in(cast.coordinator)

    page = change(browser, act="remove", address=addresses_of(cast.coordinator).get().pk)

    assert "Put another one first" in page
    assert "not a complete mail address" in change(browser, act="add", email="anna")
