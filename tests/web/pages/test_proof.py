"""What a stranger fetches without an account is enough to check the log without us."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from second_opinion.audit.analysis.exports import verify
from second_opinion.audit.analysis.verification import read_receipt
from second_opinion.audit.models import Event
from second_opinion.audit.selectors import log_size_before
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.opinions.selectors import receipt_for
from second_opinion.opinions.services import seal_opinion
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt():
    """Of an opinion that was sealed two days ago; the log has grown since, yesterday and today."""
    cast = factories.Cast()
    with as_of(timezone.now() - timedelta(days=2)):
        case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT, candidates=["Kim", "Mio"])
        first, second = (
            factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
            for candidacy in case.candidacies.all()
        )
        factories.seal(first)
        factories.rate(second)
    with as_of(timezone.now() - timedelta(days=1)):
        seal_opinion(actor=cast.assessor, opinion=second)
    factories.make_organisation("Founded today")
    return receipt_for(cast.assessor, first)


def test_a_stranger_checks_a_receipt_and_that_the_log_only_grew(receipt, client, tmp_path):
    program = tmp_path / "check.py"
    program.write_bytes(client.get("/proof/check.py").content)
    grown = client.get(reverse("proof_consistency", args=[receipt["size"]]))
    for name, content in (
        ("receipt.json", json.dumps(receipt).encode()),
        ("grown.json", grown.content),
    ):
        (tmp_path / name).write_bytes(content)

        ran = subprocess.run(
            [sys.executable, "-I", program, tmp_path / name], capture_output=True, check=False
        )
        verdict = verify(read_receipt(content.decode()))

        assert ran.returncode == 0, ran.stdout
        assert verdict.refuted == ()

    key, head = (client.get(f"/proof/{name}.json").json() for name in ("key", "head"))
    assert key["key"] == receipt["signed"]["key"] == head["signed"]["key"]
    assert grown.json()["first"]["root"] == receipt["root"]
    assert grown.json()["second"]["root"] == head["root"]


def test_the_published_head_tells_nothing_of_what_happened_today(receipt, client):
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)

    size = client.get("/proof/head.json").json()["size"]

    assert receipt["size"] < size == log_size_before(midnight) < Event.objects.count()
    assert client.get(reverse("proof_consistency", args=[size + 1])).status_code == 404
    assert f"{size} events" in client.get("/proof/").content.decode()
