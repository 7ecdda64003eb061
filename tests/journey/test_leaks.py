"""Everybody walks every address in every stage, and sees no words that are not for them."""

import io
import os
import re
from datetime import UTC, datetime

import docx
import pymupdf
import pytest
from django.core import mail
from django.test import Client

from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions.services import record_opinion, seal_opinion
from tests.journey import secrets
from tests.journey.addresses import paths_of
from tests.journey.secrets import SECRETS
from tests.journey.world import STAGES, World, everything

pytestmark = pytest.mark.django_db

NOBODY = "somebody not signed in"

# Two thousand pages are asked for in each stage. Those with most to hide are walked every time,
# the others in the soak; of those CI takes two, other ones every day.
WALKED = (CaseState.IN_ASSESSMENT, CaseState.OPENED, CaseState.REPORTED)
OTHERS = [stage for stage in STAGES if stage not in WALKED]
SHARE = float(os.environ.get("SOAK_SHARE", "1"))
DAY = 2 * datetime.now(UTC).toordinal()
IN_THE_SOAK = OTHERS if SHARE == 1 else [OTHERS[(DAY + more) % len(OTHERS)] for more in range(2)]


def planted(stage):
    return World(
        stage,
        order={
            "role": f"{secrets.ROLE} of Purchasing",
            "candidates": [f"{secrets.CANDIDATE} Karlsson"],
            "open_questions": [f"What of {secrets.QUESTION}?"],
            "why": f"We wonder about {secrets.WHY}.",
        },
        ratings={
            "first": _words(secrets.FIRST_OPINION, score=2.0),
            "second": _words(secrets.SECOND_OPINION, score=4.0),
        },
        candidates_words=secrets.WORDS,
        said=f"{secrets.SAID}?",
        revised=f"{secrets.REVISED} showed it.",
        shared_with=f"{secrets.SHARED}@example.com",
        result=f"{secrets.RESULT} 3",
        referee=f"{secrets.REFEREE} Ros",
        reference=f"{secrets.REFERENCE} led us.",
        answer=f"{secrets.ANSWER}: two suppliers. {secrets.CANDIDATE} Karlsson at "
        f"{secrets.MASKED}@example.com.",
        fact=secrets.FACT,
        level=f"{secrets.LEVEL} in line two.",
        tied_by=secrets.TIED,
        ruled_because=secrets.RULED,
        written=secrets.WRITTEN,
        advice=secrets.ADVICE,
    )


@pytest.mark.parametrize("stage", WALKED)
def test_nobody_sees_anywhere_what_is_not_for_them(stage):
    _assert_no_leak(stage)


@pytest.mark.soak
@pytest.mark.parametrize("stage", IN_THE_SOAK)
def test_nobody_sees_anywhere_what_is_not_for_them_in_any_other_stage(stage):
    _assert_no_leak(stage)


def _assert_no_leak(stage):
    world = planted(stage)

    assert _leaks_on_pages(world, stage) == []
    assert _leaks_in_mails_and_findings(world) == []
    rows = str(everything())
    assert [words for words in secrets.ENCRYPTED if words in rows] == []


def _leaks_on_pages(world, stage):
    return [
        f"{secret.words} to {who} at {path}"
        for who, client in _everybody(world)
        for path, text in _pages(world, client, of_no_case=stage == CaseState.IN_ASSESSMENT)
        for secret in SECRETS
        if secret.words in text and not secret.is_for(who, stage)
    ]


def _leaks_in_mails_and_findings(world):
    """Mails name no person, role or client; doctor tells an operator, who reads no case."""
    deliver_due()
    letters = " ".join(message.subject + message.body for message in mail.outbox)
    told = letters + " ".join(finding.problem for finding in record_findings())
    words = [secret.words for secret in SECRETS if secret.words in told]
    return words + [name for name in (world.case.client.name,) if name in letters]


def test_every_secret_is_seen_by_those_it_is_for():
    """Else the walk would find nothing because nothing was planted, or because it sees nothing."""
    world = planted(CaseState.REPORTED)
    seen = {
        (secret.words, who)
        for who, client in _everybody(world)
        for _, text in _pages(world, client)
        for secret in SECRETS
        if secret.words in text
    }

    assert {words for words, who in seen if who == "coordinator"} == {one.words for one in SECRETS}
    assert (secrets.FIRST_OPINION, "orderer") in seen
    assert (secrets.SECOND_OPINION, "second assessor") in seen


def test_what_one_assessor_writes_changes_no_page_of_anybody_else():
    world = planted(CaseState.IN_ASSESSMENT)
    others = [(who, client) for who, client in _everybody(world) if who != "second assessor"]
    before = _all_pages(world, others)

    record_opinion(
        actor=world.opinion.assessor, opinion=world.opinion, conclusion="Much longer. " * 400
    )

    assert _changed(before, _all_pages(world, others)) == []


def test_a_seal_is_seen_by_nobody_but_its_assessor_and_the_coordinators():
    world = planted(CaseState.IN_ASSESSMENT)
    others = [
        (who, client)
        for who, client in _everybody(world)
        if who not in secrets.PROVIDER | {"second assessor"}
    ]
    before = _all_pages(world, others)

    seal_opinion(actor=world.opinion.assessor, opinion=world.opinion)

    assert _changed(before, _all_pages(world, others)) == []


def _words(marker, *, score):
    return {"score": score, "evidence": (f"{marker} did it.",), "conclusion": f"{marker} fits."}


def _everybody(world):
    yield NOBODY, Client()
    for who, person in world.people.items():
        client = Client()
        client.force_login(person)
        yield who, client


def _pages(world, client, *, of_no_case=False):
    """What each address answers, refusals too: a sentence can tell as much as a page."""
    for _, path in paths_of(world, of_no_case=of_no_case):
        yield path, _text(client.get(path))


def _all_pages(world, clients):
    return {
        (who, path): re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
        for who, client in clients
        for path, text in _pages(world, client)
    }


def _changed(before, after):
    return [where for where in before if before[where] != after.get(where)]


def _text(response):
    if response.headers.get("Content-Type") == "application/pdf":
        with pymupdf.open(stream=response.content) as document:
            return " ".join(page.get_text() for page in document)
    if response.headers.get("Content-Type", "").endswith("wordprocessingml.document"):
        return docx.Document(io.BytesIO(response.content)).element.xml
    told = [response.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    return " ".join(told) + response.content.decode(errors="replace")
