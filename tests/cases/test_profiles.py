"""The requirement profile: approved by every decider, locked, and changed only as a new version."""

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases import selectors, services
from second_opinion.cases.errors import InvalidOrderError, InvalidProfileError
from second_opinion.cases.models import Criterion, ProfileAnswer
from second_opinion.cases.services import Grounds
from second_opinion.cases.states import CaseState, Method, NextAction
from second_opinion.ingest.case_file import CriterionEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """Sent, and not approved yet."""
    case = factories.make_whole_draft(cast)
    factories.submit_order(cast, case)
    return case


def test_a_profile_is_locked_once_every_decider_has_approved_it(cast, case):
    with pytest.raises(InvalidProfileError, match="Disa Decider must approve"):
        services.lock_profile(actor=cast.coordinator, case=case)
    assert selectors.next_step(case).action == NextAction.APPROVE_PROFILE
    assert selectors.next_step(case).people == {cast.decider.pk}

    factories.approve(cast, case)
    assert selectors.next_step(case).action == NextAction.LOCK_PROFILE
    services.lock_profile(actor=cast.coordinator, case=case)

    case.refresh_from_db()
    assert case.state == CaseState.PROFILE_LOCKED


def test_a_changed_profile_needs_new_approvals_and_the_approved_one_stays(cast, case):
    factories.approve(cast, case)

    services.save_criterion(
        actor=cast.coordinator,
        case=case,
        position=1,
        entry=CriterionEntry(name="Leading", weight=60, anchors=factories.ANCHORS),
        grounds=Grounds(),
    )

    first, second = selectors.profiles_of(case)
    assert [criterion.name for criterion in first.criteria.all()] == ["Leadership", "Judgement"]
    assert [criterion.name for criterion in second.criteria.all()] == ["Leading", "Judgement"]
    with pytest.raises(InvalidProfileError, match="must approve"):
        services.lock_profile(actor=cast.coordinator, case=case)


def test_the_database_itself_keeps_what_was_answered(cast, case):
    factories.approve(cast, case)

    for change in (
        lambda: Criterion.objects.update(weight=50),
        lambda: Criterion.objects.all()._raw_delete("default"),
        lambda: ProfileAnswer.objects.update(is_approval=False, words="No."),
        lambda: ProfileAnswer.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match=r"answered|append-only"), transaction.atomic():
            change()


def test_an_objection_says_what_must_change_and_the_latest_answer_counts(cast, case):
    profile = selectors.current_profile(case)
    with pytest.raises(InvalidProfileError, match="Say what must change"):
        services.answer_profile(actor=cast.decider, profile=profile, is_approval=False)
    factories.approve(cast, case)
    services.answer_profile(
        actor=cast.decider, profile=profile, is_approval=False, words="Weigh judgement more."
    )

    assert [answer.words for answer in selectors.answers_to(profile)] == ["Weigh judgement more."]
    with pytest.raises(InvalidProfileError, match="must approve"):
        services.lock_profile(actor=cast.coordinator, case=case)


def test_nobody_approves_what_was_changed_since_they_read_it(cast, case):
    read = selectors.current_profile(case)
    factories.approve(cast, case)
    factories.write_profile(cast, case)

    with pytest.raises(InvalidProfileError, match="have changed since you read them"):
        services.answer_profile(actor=cast.decider, profile=read, is_approval=True)


@pytest.mark.parametrize("who", ["orderer", "coordinator", "assessor", "stranger"])
def test_only_named_deciders_answer(cast, case, who):
    with pytest.raises(NotAllowedError, match="named as deciders"):
        services.answer_profile(
            actor=getattr(cast, who), profile=selectors.current_profile(case), is_approval=True
        )


def test_only_deciders_of_the_client_are_named(cast):
    case = factories.make_draft(cast)

    with pytest.raises(InvalidOrderError, match="Anna Assessor is no decider at Client"):
        services.name_deciders(actor=cast.orderer, case=case, people=[cast.assessor])


def test_a_locked_profile_changes_as_a_new_version_with_a_reason(cast, case):
    factories.approve(cast, case)
    services.lock_profile(actor=cast.coordinator, case=case)
    locked = selectors.locked_profile(case)

    with pytest.raises(InvalidProfileError, match="Say why"):
        services.change_profile(actor=cast.coordinator, case=case, reason=" ")
    services.change_profile(actor=cast.coordinator, case=case, reason="The role has grown.")
    services.write_profile(
        actor=cast.coordinator, case=case, criteria=[CriterionEntry(name="Only", weight=100)]
    )

    assert selectors.locked_profile(case) == locked  # what counts until the new one is locked
    assert [criterion.name for criterion in selectors.criteria_of(case)] == [
        "Leadership",
        "Judgement",
    ]
    with pytest.raises(NotAllowedError, match="not locked yet"):
        services.start_assessment(actor=cast.coordinator, case=case)
    factories.approve(cast, case)
    services.lock_profile(actor=cast.coordinator, case=case)

    newest = selectors.locked_profile(case)
    assert (newest.version, newest.reason) == (2, "The role has grown.")
    assert [criterion.name for criterion in selectors.criteria_of(case)] == ["Only"]
    services.start_assessment(actor=cast.coordinator, case=case)


def test_no_new_version_once_the_assessment_has_begun(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)

    with pytest.raises(NotAllowedError, match="between the lock and the assessment"):
        services.change_profile(actor=cast.coordinator, case=case, reason="Because.")


def test_a_criterion_is_saved_as_it_is_typed_before_the_weights_sum(cast):
    case = factories.make_draft(cast)

    for name in ("Leadership", "Judgement"):
        services.save_criterion(
            actor=cast.orderer,
            case=case,
            position=99,
            entry=CriterionEntry(name=name, weight=30),
            grounds=Grounds(methods=(Method.TEST,)),
        )
    services.remove_criterion(actor=cast.orderer, case=case, position=1)

    (left,) = selectors.criteria_of(case)
    assert (left.name, left.position, left.methods) == ("Judgement", 2, ["test"])


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (CriterionEntry(name=" ", weight=10), "a name of its own"),
        (CriterionEntry(name="Leadership", weight=10), "a name of its own"),
        (CriterionEntry(name="New", weight=0), "above 0 and at most 100"),
        (CriterionEntry(name="New", weight=float("nan")), "above 0 and at most 100"),
        (CriterionEntry(name="New", weight=10, minimum=9), "9 lies outside the scale"),
    ],
)
def test_a_criterion_that_cannot_stand_is_refused_while_it_is_typed(cast, entry, sentence):
    case = factories.make_whole_draft(cast)

    with pytest.raises(InvalidProfileError, match=sentence):
        services.save_criterion(
            actor=cast.orderer, case=case, position=9, entry=entry, grounds=Grounds()
        )
