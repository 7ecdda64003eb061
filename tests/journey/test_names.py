"""Names that run from the right, and with signs of more than one code point, on every page."""

from html.parser import HTMLParser

import pymupdf
import pytest
from django.test import Client

from second_opinion.accounts.models import Person
from second_opinion.candidates import services as candidates
from second_opinion.cases.services import enter_contact
from second_opinion.cases.states import CaseState
from tests.journey.addresses import paths_of
from tests.journey.world import World

pytestmark = pytest.mark.django_db

CANDIDATE = "שרה לוי 🌸"
PEOPLE = {"orderer": "أحمد بن سعيد", "assessor": "محمد 👩🏽‍🚀 علي", "coordinator": "Zoë 🧑‍🔬 Öberg"}
FROM_THE_RIGHT = (CANDIDATE, PEOPLE["orderer"], PEOPLE["assessor"])
ISOLATE = "\u2068"
# Their text stands in no sentence of a page.
APART = {"title", "option", "textarea", "script", "bdi"}


class Sentences(HTMLParser):
    """Texts that hold a name beside other words, with nothing that keeps the two apart."""

    def __init__(self):
        super().__init__()
        self.open, self.naked, self.seen = [], [], set()

    def handle_starttag(self, tag, attributes):
        if tag not in {"br", "hr", "img", "input", "link", "meta", "use", "path", "wbr"}:
            self.open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        for name in FROM_THE_RIGHT:
            if name not in text:
                continue
            self.seen.add(name)
            is_apart = any(tag in APART or "dir" in given for tag, given in self.open)
            if not is_apart and text.strip() != name and ISOLATE + name not in text:
                self.naked.append(" ".join(text.split()))


def faults_in(answer, where):
    if answer.status_code >= 500:
        return [f"{where}: {answer.status_code}"], set()
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        document = pymupdf.open(stream=answer.content)
        return ([] if "".join(page.get_text() for page in document) else [f"{where}: empty"]), set()
    if not kind.startswith("text/html"):
        return [], set()
    parser = Sentences()
    parser.feed(answer.content.decode())
    return [f"{where}: {text}" for text in dict.fromkeys(parser.naked)], parser.seen


@pytest.mark.parametrize("stage", [CaseState.IN_ASSESSMENT, CaseState.REPORTED])
def test_names_of_any_script_stand_on_every_page_and_turn_no_sentence_around(stage):
    world = World(stage, order={"candidates": [CANDIDATE]})
    for who, name in PEOPLE.items():
        Person.objects.filter(pk=getattr(world.cast, who).pk).update(name=name, language="en")
    visitors = {
        who: signed_in(world.people[who])
        for who in ("orderer", "decider", "coordinator", "first assessor", "second assessor")
    }
    visitors["candidate"] = holding_a_link(world)
    faults, seen = [], set()

    for who, client in visitors.items():
        for name, path in paths_of(world, of_no_case=False):
            if name not in {"personal_link", "candidate_withdraw"}:
                found, names = faults_in(client.get(path), f"{who} at {name}")
                faults += found
                seen |= names

    assert sorted(set(faults)) == []
    assert seen == set(FROM_THE_RIGHT)


def signed_in(person):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def holding_a_link(world):
    enter_contact(actor=world.cast.coordinator, candidacy=world.candidacy, email="a@example.com")
    _link, token = candidates.make_token(candidacy=world.candidacy)
    client = Client()
    client.cookies["django_language"] = "en"
    client.post(f"/personal/{token}/")
    return client
