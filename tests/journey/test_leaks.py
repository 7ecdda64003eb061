"""Everybody walks every address in every stage, and sees no words that are not for them."""

import io
import os
import re
from datetime import UTC, datetime
from uuid import UUID

import docx
import pymupdf
import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from second_opinion.audit.services import encrypt
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.analysis import belief_as_text
from second_opinion.cases.models import Belief
from second_opinion.cases.selectors import BeliefContent, belief_label, belief_nonce_label
from second_opinion.cases.states import CaseState
from second_opinion.cli.doctor.records import record_findings
from second_opinion.opinions.services import record_opinion, seal_opinion
from tests import files
from tests.journey import secrets
from tests.journey.addresses import paths_of
from tests.journey.secrets import SECRETS
from tests.journey.world import STAGES, World, everything

pytestmark = pytest.mark.django_db

IN_A_NUMBER = re.compile(r"(?<=\d)[,.\s\u00a0\u202f](?=\d{3})")
BELIEFS = ((True, 10), (False, 1))
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
            "yearly_pay": float(secrets.PAY),
            "price": float(secrets.PRICE),
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
        file=(secrets.FILE_NAME, secrets.IN_FILE),
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

    assert {words for words, who in seen if who == "coordinator"} == {
        one.words for one in SECRETS if one.is_for("coordinator", CaseState.REPORTED)
    }
    assert (secrets.FIRST_OPINION, "orderer") in seen
    assert (secrets.SECOND_OPINION, "second assessor") in seen
    assert {secrets.FILE_NAME, secrets.IN_FILE, secrets.FACE} <= {
        words for words, who in seen if who == "second assessor"
    }


def test_what_the_work_pays_and_a_second_opinion_costs_is_seen_where_the_order_is_written():
    world = planted(CaseState.DRAFT)
    client = Client()
    client.force_login(world.people["orderer"])

    told = " ".join(text for _, text in _pages(world, client))

    assert secrets.PAY in told
    assert secrets.PRICE in told


def test_a_candidates_picture_and_file_name_reach_who_interviews_only_after_the_opening():
    """Found by what is planted, so the walk would find them; the text of the file comes before."""
    world = planted(CaseState.IN_ASSESSMENT)
    client = Client()
    client.force_login(world.people["second assessor"])

    told = " ".join(text for _, text in _pages(world, client))

    assert secrets.IN_FILE in told
    assert secrets.FACE not in told
    assert secrets.FILE_NAME not in told


@pytest.mark.parametrize("stage", [CaseState.DRAFT, CaseState.IN_ASSESSMENT])
def test_what_the_orderer_would_decide_today_changes_no_page_of_anybody_else(stage):
    """It is kept in no words that could be planted: so two opposite beliefs are compared."""
    world = planted(stage)
    everybody = list(_everybody(world))
    if stage != CaseState.DRAFT:
        # The guide is fixed when an assessor is first shown it, and says when.
        dict(everybody)["second assessor"].get(
            reverse("assessment", args=[world.opinion.pseudonym])
        )

    yes, no = (
        with_belief(world.candidacy, *belief, look=lambda: _all_pages(world, everybody))
        for belief in BELIEFS
    )

    changed = _changed(yes, no)
    assert [where for where in changed if where[0] != "orderer"] == []
    assert bool(changed) == (stage == CaseState.DRAFT)


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


def with_belief(candidacy, would_hire, sure_of_ten, *, look):
    """What is seen where the orderer believes so, sealed but in a draft; it is undone after."""
    undo = transaction.savepoint()
    Belief.objects.filter(candidacy=candidacy, sealed_at=None).delete()
    case = candidacy.case
    belief = Belief(candidacy=candidacy, person=case.orderer, pseudonym=UUID(int=1))
    text = belief_as_text(belief, BeliefContent(would_hire=would_hire, sure_of_ten=sure_of_ten))
    belief.content = encrypt(text, case=case, label=belief_label(belief))
    if case.state != CaseState.DRAFT:
        belief.nonce = encrypt(b"n" * 32, case=case, label=belief_nonce_label(belief))
        belief.commitment, belief.sealed_at = "0" * 64, case.ordered_at
    belief.save()
    seen = look()
    transaction.savepoint_rollback(undo)
    return seen


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
    """With the names of files, what pictures show, and large numbers in one piece."""
    named = [response.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    return IN_A_NUMBER.sub("", " ".join([*named, _content(response)]))


def _content(response):
    if response.headers.get("Content-Type") == "application/pdf":
        face = secrets.FACE if files.shows_face(response.content) else ""
        with pymupdf.open(stream=response.content) as document:
            return " ".join([face, *(page.get_text() for page in document)])
    if response.headers.get("Content-Type", "").endswith("wordprocessingml.document"):
        return docx.Document(io.BytesIO(response.content)).element.xml
    return response.content.decode(errors="replace")
