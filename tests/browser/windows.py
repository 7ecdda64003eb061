"""A window for each person of a walk through a case, and what axe found on the way."""

import re

from django.core import mail
from playwright.sync_api import expect

from tests.browser.looking import faults_of

HELLO = {"sv": "Hej", "en": "Hello"}


class Browsers:
    """A window for each person, and what axe found on the pages they came through."""

    def __init__(self, open_browser, addresses, languages):
        """addresses and languages : of the candidates, by name"""
        self._open, self._addresses, self._languages = open_browser, addresses, languages
        self._windows = {}
        self._seen = set()
        self.faults = []

    def of(self, person):
        if person not in self._windows:
            self._windows[person] = self._open(person=person, language="sv")
        return self._windows[person]

    def of_candidate(self, name):
        """Opened on a phone, by the link in the newest mail to them."""
        if name not in self._windows:
            page = self._windows[name] = self._open(width=360)
            page.goto(re.search(r"/personal/\S+", mail_to(self._addresses[name]))[0])
            self.look(page)
            page.get_by_role("main").get_by_role("button").click()
            self.look(page, f"{HELLO[self._languages[name]]}, {name}")
        return self._windows[name]

    def go(self, page, name, heading=None):
        """Press a button or a link by its name, and look at the page that it leads to."""
        main = page.get_by_role("main")
        button = main.get_by_role("button", name=name, exact=True)
        button.or_(main.get_by_role("link", name=name, exact=True)).first.click()
        self.look(page, heading)

    def look(self, page, heading=None):
        """Wait for the page that bears the heading, and hold it to axe, once in each language."""
        if heading:
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        page.wait_for_load_state()
        address = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page.url)
        sight = (address, page.locator("html").get_attribute("lang"))
        if sight not in self._seen:
            self._seen.add(sight)
            self.faults += [f"{page.url}: {fault}" for fault in faults_of(page)]

    def close(self):
        self._windows.clear()


def mail_to(address):
    """The text of the newest mail to an address."""
    return next(one.body for one in reversed(mail.outbox) if one.to == [address])
