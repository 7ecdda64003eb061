import math
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.audit.models import Event
from second_opinion.audit.services import content_hash
from second_opinion.cases import selectors, services
from second_opinion.cases.errors import (
    IllegalTransitionError,
    InvalidOrderError,
    InvalidProfileError,
)
from second_opinion.cases.models import Case, CaseTransition, Criterion, RequirementProfile
from second_opinion.cases.services.journey import _move
from second_opinion.cases.states import TRANSITIONS, CaseState
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.opinions.models import Opening
from second_opinion.reports.models import ClientDecision
from tests import factories

pytestmark = pytest.mark.django_db


def case_by_hand(cast, state):
    """A case in any state at all, with a sealed opinion so that no trigger minds."""
    case = factories.make_case(cast)
    case.candidacies.get().opinions.create(
        assessor=cast.assessor, kind="second", **factories.sealed_by_hand()
    )
    return factories.put_in_state(case, state)


@pytest.mark.parametrize(("source", "target"), list(product(CaseState, repeat=2)))
def test_only_listed_moves_are_made(cast, source, target):
    case = case_by_hand(cast, source)
    is_listed = target in TRANSITIONS[source]

    if target == CaseState.DECIDED and is_listed:
        ClientDecision.objects.create(case=case, decided_by=cast.orderer, words=b"words")
    if target == CaseState.OPENED and is_listed:
        Opening.objects.create(case=case, actor=cast.coordinator)
    if is_listed:
        _move(case=case, target=target, actor=cast.coordinator, reason="Because.")
    else:
        with pytest.raises(IllegalTransitionError, match="cannot become"):
            _move(case=case, target=target, actor=cast.coordinator)

    stored = Case.objects.get(pk=case.pk)
    assert stored.state == case.state == (target if is_listed else source)
    assert case.transitions.filter(source=source, target=target).exists() is is_listed


def test_a_move_writes_its_step_and_its_event(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    services.start_assessment(actor=cast.coordinator, case=case)

    step = case.transitions.last()
    event = Event.objects.last()
    assert (step.source, step.target, step.actor) == (
        "profile_locked",
        "in_assessment",
        cast.coordinator,
    )
    assert (event.verb, event.actor, event.subject) == (
        "case.moved",
        cast.coordinator.pseudonym,
        case.pseudonym,
    )
    assert event.details == {"source": "profile_locked", "target": "in_assessment"}


def test_a_move_looks_at_the_stored_state_and_not_at_the_callers(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    stale = Case.objects.get(pk=case.pk)
    services.start_assessment(actor=cast.coordinator, case=case)

    with pytest.raises(IllegalTransitionError):
        services.start_assessment(actor=cast.coordinator, case=stale)

    assert case.transitions.filter(target=CaseState.IN_ASSESSMENT).count() == 1


def test_an_order_begins_its_timeline(cast):
    case = factories.make_case(cast, candidates=["Kim Karlsson", " Åsa Öberg "])

    assert case.state == CaseState.ORDERED
    assert [candidacy.name for candidacy in case.candidacies.all()] == ["Kim Karlsson", "Åsa Öberg"]
    assert [question.text for question in case.open_questions.all()] == [
        "Can Kim lead through others?"
    ]
    assert [step.state for step in selectors.timeline_of(case)] == [CaseState.ORDERED]
    assert Event.objects.filter(verb="case.ordered", subject=case.pseudonym).count() == 1


def test_orders_get_references_of_their_own(cast):
    references = {factories.make_case(cast).reference for _ in range(3)}

    assert len(references) == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"role": "  "}, "Name the role"),
        ({"candidates": []}, "one to 3 candidates, and this one has 0"),
        ({"candidates": ["A", "B", "C", "D"]}, "and this one has 4"),
        ({"candidates": ["Kim", "Kim "]}, "same name"),
        ({"open_questions": [" "]}, "at least one open question"),
        ({"scale_low": 5.0, "scale_high": 1.0}, "must go upwards"),
        ({"bar": 6.0}, "bar 6.0"),
        ({"bar": math.nan}, "bar nan"),
        ({"scale_high": math.inf}, "to inf"),
    ],
)
def test_an_order_that_contradicts_itself_is_refused_with_its_sentence(cast, wrong, sentence):
    with pytest.raises(InvalidOrderError, match=sentence):
        factories.make_case(cast, **wrong)

    assert not Case.objects.exists()


def test_an_order_needs_people_who_hold_the_roles(cast):
    with pytest.raises(InvalidOrderError, match="Cilla Coordinator is no orderer at Client"):
        factories.make_case(cast, orderer=cast.coordinator)
    with pytest.raises(InvalidOrderError, match="Olle Orderer is no coordinator at Provider"):
        factories.make_case(cast, coordinator=cast.orderer)


def test_nobody_runs_the_case_that_they_ordered(cast):
    both = factories.make_person(factories.Role.ORDERER, organisation=cast.client)
    factories.accounts.give_role(
        actor=None, person=both, organisation=cast.provider, role=factories.Role.COORDINATOR
    )

    with pytest.raises(InvalidOrderError, match="would not be independent"):
        factories.make_case(cast, orderer=both, coordinator=both)


def test_a_stranger_cannot_order(cast):
    with pytest.raises(NotAllowedError, match="Only an orderer at Client"):
        factories.make_case(cast, actor=cast.stranger)


def test_locking_fixes_the_profile_and_puts_its_hash_into_the_log(cast):
    case = factories.make_case(cast)
    services.write_profile(actor=cast.coordinator, case=case, criteria=factories.CRITERIA)

    profile = services.lock_profile(actor=cast.coordinator, case=case)

    event = Event.objects.get(verb="profile.locked")
    assert event.details["sha256"] == profile.content_hash
    assert profile.content_hash == content_hash(selectors.profile_content(profile))
    assert case.state == CaseState.PROFILE_LOCKED


def test_a_profile_can_be_written_again_until_it_is_locked(cast):
    case = factories.make_case(cast)
    services.write_profile(actor=cast.coordinator, case=case, criteria=factories.CRITERIA)
    only = [CriterionEntry(name="Only", weight=100)]

    services.write_profile(actor=cast.coordinator, case=case, criteria=only)

    assert [criterion.name for criterion in selectors.criteria_of(case)] == ["Only"]


def test_a_locked_profile_is_not_written_again(cast):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)

    with pytest.raises(NotAllowedError, match="only until it is locked"):
        services.write_profile(actor=cast.coordinator, case=case, criteria=factories.CRITERIA)


def test_there_is_nothing_to_lock_before_a_profile_is_written(cast):
    case = factories.make_case(cast)

    with pytest.raises(InvalidProfileError, match="Write the requirement profile"):
        services.lock_profile(actor=cast.coordinator, case=case)


@pytest.mark.parametrize(
    ("criteria", "sentence"),
    [
        ([], "at least one criterion"),
        ([CriterionEntry(name="A", weight=60)], "they sum to 60"),
        (
            [CriterionEntry(name="A", weight=120), CriterionEntry(name="B", weight=-20)],
            "above 0 and sum to 100",
        ),
        ([CriterionEntry(name="A", weight=math.nan)], "sum to nan"),
        (
            [CriterionEntry(name="A", weight=50), CriterionEntry(name="A ", weight=50)],
            "a name of its own",
        ),
        ([CriterionEntry(name=" ", weight=100)], "a name of its own"),
        ([CriterionEntry(name="A", weight=100, minimum=7)], "A: 7 lies outside the scale 1 to 5"),
        ([CriterionEntry(name="A", weight=100, anchors={0: "?"})], "A: 0 lies outside"),
    ],
)
def test_criteria_that_cannot_be_assessed_are_refused_with_their_sentence(cast, criteria, sentence):
    case = factories.make_case(cast)

    with pytest.raises(InvalidProfileError, match=sentence):
        services.write_profile(actor=cast.coordinator, case=case, criteria=criteria)

    assert not RequirementProfile.objects.exists()


def test_withdrawing_asks_for_a_reason_and_keeps_it(cast):
    case = factories.make_case(cast)

    with pytest.raises(InvalidOrderError, match="Say why"):
        services.withdraw_case(actor=cast.orderer, case=case, reason=" ")
    services.withdraw_case(actor=cast.orderer, case=case, reason="Budget cut.")

    assert selectors.timeline_of(case)[-1].reason == "Budget cut."
    assert selectors.next_step(case) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda case: case.profiles.update(content_hash="0" * 64),
        lambda case: case.profiles.all()._raw_delete("default"),
        lambda case: Criterion.objects.update(weight=50),
        lambda case: Criterion.objects.all()._raw_delete("default"),
        lambda case: Criterion.objects.create(
            profile=case.profiles.get(), position=9, name="Late", weight=1
        ),
        lambda case: CaseTransition.objects.update(reason="Other."),
        lambda case: CaseTransition.objects.all()._raw_delete("default"),
    ],
    ids=["hash", "profile", "weight", "criteria", "new criterion", "step", "steps"],
)
def test_the_database_itself_keeps_what_was_locked(cast, change):
    case = factories.make_case(cast, state=CaseState.PROFILE_LOCKED)
    before = [
        list(model.objects.values()) for model in (RequirementProfile, Criterion, CaseTransition)
    ]

    with pytest.raises(IntegrityError, match=r"locked|append-only"), transaction.atomic():
        change(case)

    after = [
        list(model.objects.values()) for model in (RequirementProfile, Criterion, CaseTransition)
    ]
    assert after == before
