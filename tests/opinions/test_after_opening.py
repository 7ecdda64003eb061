"""After the opening: ratings are revised beside the sealed ones, and talked about."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.analysis.verification import verify_receipt
from second_opinion.audit.models import Event
from second_opinion.audit.tasks import deliver_due
from second_opinion.cases.selectors import criteria_of
from second_opinion.cases.states import CaseState
from second_opinion.cli.demo.past import as_of
from second_opinion.ingest.case_file import RatingEntry
from second_opinion.opinions import analysis, selectors, services
from second_opinion.opinions.errors import (
    IncompleteError,
    InvalidRatingError,
    ReasonMissingError,
    RemarkError,
)
from second_opinion.opinions.models import Opinion, Remark, Revision
from second_opinion.opinions.states import OpinionKind
from tests import factories
from tests.journey.world import everything

pytestmark = pytest.mark.django_db

MARKER = "Zirkonium 4711"
REASON = f"{MARKER}: I had not seen the work sample."


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    return factories.make_case(cast, state=CaseState.OPENED, deciders=[cast.decider])


@pytest.fixture
def opinion(case):
    return Opinion.objects.get(candidacy__case=case, kind=OpinionKind.SECOND)


@pytest.fixture
def criterion(case):
    return criteria_of(case)[0]


def revise(opinion, *, score=4.0, reason=REASON, report_given_at=None, actor=None, **rating):
    entry = {"criterion": "Leadership", "score": score, "evidence": (f"{MARKER} led.",)} | rating
    return services.revise_rating(
        actor=actor or opinion.assessor,
        opinion=opinion,
        rating=RatingEntry(**entry),
        reason=reason,
        report_given_at=report_given_at,
    )


def remark(actor, opinion, criterion, words="What did you see?"):
    return services.add_remark(
        actor=actor, candidacy=opinion.candidacy, criterion=criterion, words=words
    )


def test_a_revision_stands_beside_the_sealed_rating_which_stays(cast, opinion, criterion):
    sealed = bytes(opinion.content)
    revise(opinion)
    revise(opinion, score=5.0, reason="And the reference.")

    opinion = Opinion.objects.get(pk=opinion.pk)
    view = selectors.views_in(opinion.candidacy.case, person=cast.coordinator)
    views = view[opinion.candidacy_id, criterion.pk]
    second = next(one for one in views if one.opinion == opinion)
    assert bytes(opinion.content) == sealed
    assert second.rating.score == 3.0
    assert [(one.revision.number, one.rating.score) for one in second.revised] == [
        (1, 4.0),
        (2, 5.0),
    ]
    assert [one.reason for one in second.revised] == [REASON, "And the reference."]


def test_a_revision_is_committed_to_in_the_log_and_proved_by_the_receipt(opinion):
    revision = revise(opinion)

    event = Event.objects.get(verb="rating.revised")
    receipt = json.loads(json.dumps(selectors.receipt_for(opinion.assessor, opinion)))
    verdict = verify_receipt(receipt)
    assert event.details["commitment"] == revision.commitment
    assert analysis.is_revision_as_committed(revision)
    assert verdict.refuted == ()
    assert any("revision in this receipt is, to the letter" in one for one in verdict.proved)


def test_a_revision_that_was_changed_is_found_out(opinion):
    revise(opinion)
    receipt = selectors.receipt_for(opinion.assessor, opinion)

    receipt["revisions"][0]["opened"]["revision"]["score"] = 1.0

    assert verify_receipt(receipt).refuted == (
        "The revision in this receipt is not what was sealed by that event.",
    )


def test_what_is_revised_and_said_lies_encrypted(cast, opinion, criterion):
    revise(opinion)
    remark(cast.coordinator, opinion, criterion, f"{MARKER} was said.")

    assert MARKER not in str(everything())


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"reason": "  "}, ReasonMissingError, "Say why you rate it otherwise"),
        ({"score": 9.0}, InvalidRatingError, "outside the scale"),
        ({"score": None}, IncompleteError, "still lacks a score"),
        ({"evidence": ()}, IncompleteError, "still lacks what the score rests on"),
        ({"score": 3.0, "evidence": ("Said so.",)}, InvalidRatingError, "as it stands"),
        ({"criterion": "Charm"}, InvalidRatingError, "no criterion of this case"),
    ],
)
def test_a_revision_that_says_too_little_is_refused(opinion, changes, error, sentence):
    with pytest.raises(error, match=sentence):
        revise(opinion, **changes)

    assert not Revision.objects.exists()


def test_ratings_are_revised_only_by_their_assessor(cast, opinion):
    for person in (cast.coordinator, cast.orderer, cast.stranger):
        with pytest.raises(NotAllowedError, match="another assessor"):
            revise(opinion, actor=person)


def test_once_a_report_is_out_nothing_is_revised_through_the_service_or_the_database(cast, opinion):
    with pytest.raises(NotAllowedError, match="A report has been given out"):
        revise(opinion, report_given_at=timezone.now())
    case = opinion.candidacy.case
    factories.release_to_candidates(cast, factories.sign_report(cast, case))

    with pytest.raises(IntegrityError, match="given out"), transaction.atomic():
        revise(opinion)


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [Revision, Remark])
def test_the_database_keeps_what_was_revised_and_said(cast, opinion, criterion, model, change):
    revise(opinion)
    remark(cast.coordinator, opinion, criterion)
    rows = model.objects.all()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(at=timezone.now()) if change == "update" else rows._raw_delete(rows.db)


def test_before_the_opening_nothing_is_discussed_or_revised(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    own = factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)
    factories.seal(own)

    with pytest.raises(NotAllowedError, match="after they have been opened together"):
        revise(own)
    with pytest.raises(NotAllowedError, match="after they have been opened together"):
        remark(cast.coordinator, own, criteria_of(case)[0])


def test_who_decides_joins_the_discussion_only_when_the_report_is_released(cast, case):
    """The decider gave the client's own opinion, and so is one of the case's assessors."""
    before = {person.name: selectors.is_in_discussion(person, case) for person in people(cast)}
    factories.release_report(cast, case)
    case.refresh_from_db()

    after = {person.name: selectors.is_in_discussion(person, case) for person in people(cast)}

    assert [name for name, is_in in before.items() if is_in] == [
        "Cilla Coordinator",
        "Anna Assessor",
    ]
    assert [name for name, is_in in after.items() if is_in] == [
        "Disa Decider",
        "Cilla Coordinator",
        "Anna Assessor",
    ]


def people(cast):
    return (cast.orderer, cast.decider, cast.coordinator, cast.assessor, cast.stranger)


def test_the_others_get_one_mail_for_a_sitting_and_it_says_nothing(cast, opinion, criterion):
    deliver_due()
    mail.outbox.clear()

    remark(cast.assessor, opinion, criterion, f"{MARKER} one.")
    remark(cast.assessor, opinion, criterion, f"{MARKER} two.")
    revise(opinion)
    deliver_due()

    assert [message.to for message in mail.outbox] == [[cast.coordinator.email]]
    assert MARKER not in mail.outbox[0].body + mail.outbox[0].subject
    assert f"/cases/{opinion.candidacy.case.pseudonym}/discussion/" in mail.outbox[0].body


def test_what_is_said_after_a_while_is_told_again(cast, opinion, criterion):
    deliver_due()
    mail.outbox.clear()
    with as_of(timezone.now() - timedelta(hours=1)):
        remark(cast.assessor, opinion, criterion)
    remark(cast.assessor, opinion, criterion, "One thing more.")

    deliver_due()

    assert len(mail.outbox) == 2


def test_the_same_words_twice_in_a_row_are_one_remark(cast, opinion, criterion):
    assert remark(cast.assessor, opinion, criterion) == remark(cast.assessor, opinion, criterion)


@pytest.mark.parametrize(("words", "sentence"), [(" ", "Write what"), ("x" * 10_001, "room for")])
def test_a_remark_of_no_words_or_too_many_is_refused(cast, opinion, criterion, words, sentence):
    with pytest.raises(RemarkError, match=sentence):
        remark(cast.assessor, opinion, criterion, words)


def test_what_was_said_and_revised_is_read_in_the_order_of_time(cast, opinion, criterion):
    remark(cast.coordinator, opinion, criterion, "What did you see?")
    revise(opinion)
    remark(cast.assessor, opinion, criterion, "That was it.")

    said = selectors.contributions_to(opinion.candidacy, criterion)

    assert [(one.author, one.words, one.revised is not None) for one in said] == [
        ("Cilla Coordinator", "What did you see?", False),
        ("Anna Assessor", REASON, True),
        ("Anna Assessor", "That was it.", False),
    ]
    assert selectors.number_said(opinion.candidacy.case) == {
        (opinion.candidacy_id, criterion.pk): 3
    }
    assert selectors.discussed_in(opinion.candidacy.case) == [(opinion.candidacy, criterion)]
