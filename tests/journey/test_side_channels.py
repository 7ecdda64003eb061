"""What the answers tell besides their words: headers, lengths, the work they take, what exists."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.states import CaseState
from second_opinion.opinions.services import record_opinion, seal_opinion
from tests.journey.addresses import paths_of
from tests.journey.secrets import PROVIDER, SECRETS
from tests.journey.test_leaks import planted
from tests.journey.world import FIRST_AWAITED

pytestmark = pytest.mark.django_db

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OUTSIDERS = ("foreign coordinator", "newcomer")
# One of each kind; what they read is compared for everybody in test_leaks.py.
LOOKERS = {"orderer", "first assessor", "second assessor"}
# A new token and number for each answer, the moment itself, the same directives in any order.
NOT_COMPARED = {"Set-Cookie", "Expires", "Content-Security-Policy", "X-Request-ID"}


def signed_in(world, *who):
    for each in who or world.people:
        client = Client()
        client.force_login(world.people[each])
        yield each, client


def seen(world, clients):
    """Status, every header, length and number of queries, by person and address."""
    found = {}
    for who, client in clients:
        for _, path in paths_of(world, of_no_case=False):
            with counted() as queries:
                answer = client.get(path)
            headers = {k: v for k, v in answer.headers.items() if k not in NOT_COMPARED}
            found[who, path] = (answer.status_code, headers, len(answer.content), len(queries))
    return found


def counted():
    queries = []

    def count(execute, *arguments):
        queries.append(1)
        return execute(*arguments)

    class Counting:
        def __enter__(self):
            self.wrapper = connection.execute_wrapper(count)
            self.wrapper.__enter__()
            return queries

        def __exit__(self, *problem):
            return self.wrapper.__exit__(*problem)

    return Counting()


@pytest.mark.parametrize("stage", [FIRST_AWAITED, CaseState.IN_ASSESSMENT])
def test_writing_and_sealing_show_in_no_header_length_or_number_of_queries(stage):
    world = planted(stage)
    is_first = stage == FIRST_AWAITED
    opinion = world.first_opinion if is_first else world.opinion
    own = "first assessor" if is_first else "second assessor"
    others = list(signed_in(world, *(LOOKERS - {own})))
    before = seen(world, others)

    record_opinion(actor=opinion.assessor, opinion=opinion, conclusion="Much longer. " * 400)
    after_writing = seen(world, others)
    seal_opinion(actor=opinion.assessor, opinion=opinion)
    after_sealing = seen(world, others)

    assert [where for where in before if before[where] != after_writing[where]] == []
    differs = [where for where in before if before[where] != after_sealing[where]]
    # The second assessor is the one who has waited for the first seal, and begins now.
    assert {who for who, _ in differs} <= ({"second assessor"} if is_first else set())


def test_a_seal_is_told_by_mail_to_nobody_outside_the_provider():
    world = planted(CaseState.IN_ASSESSMENT)
    deliver_due()
    mail.outbox.clear()

    seal_opinion(actor=world.opinion.assessor, opinion=world.opinion)
    deliver_due()

    provider = {world.people[who].email for who in PROVIDER} | {world.opinion.assessor.email}
    assert {address for one in mail.outbox for address in one.to} <= provider


@pytest.mark.parametrize("stage", [CaseState.IN_ASSESSMENT, CaseState.REPORTED])
def test_an_outsider_cannot_tell_what_exists_from_what_does_not(stage):
    world = planted(stage)
    told_apart = [
        f"{who} at {path}"
        for who, client in signed_in(world, *OUTSIDERS)
        for _, path in paths_of(world, of_no_case=False)
        if UUID.search(path)
        and answer_to(client, path) != answer_to(client, UUID.sub(lambda _: str(uuid4()), path))
    ]

    assert told_apart == []


def answer_to(client, path):
    answer = client.get(path)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, UUID.sub("", text)


def test_nobody_is_told_anything_by_an_empty_post():
    world = planted(CaseState.IN_ASSESSMENT)
    leaks = []
    for who, client in signed_in(world, "orderer", "first assessor", "coordinator"):
        for _, path in paths_of(world, of_no_case=False):
            savepoint = transaction.savepoint()
            text = client.post(path).content.decode(errors="replace")
            transaction.savepoint_rollback(savepoint)
            leaks += [
                f"{secret.words} to {who} at {path}"
                for secret in SECRETS
                if secret.words in text and not secret.is_for(who, CaseState.IN_ASSESSMENT)
            ]

    assert leaks == []
