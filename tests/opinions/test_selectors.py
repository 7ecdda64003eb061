import pytest

from second_opinion.cases.states import CaseState, NextAction
from second_opinion.opinions import selectors
from second_opinion.opinions.states import OpinionKind
from tests import factories

pytestmark = pytest.mark.django_db

MARKER = "Zirkon 4711"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def case(cast):
    """In assessment: the first opinion sealed, the second recorded but not sealed."""
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    first = factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)
    second = factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    factories.seal(first, evidence=(MARKER,), conclusion=MARKER)
    factories.rate(second, evidence=(MARKER,), conclusion=MARKER)
    return case


def everybody(cast):
    return (cast.orderer, cast.decider, cast.coordinator, cast.assessor, cast.stranger)


def test_before_the_opening_everybody_sees_only_their_own_also_after_sealing(cast, case):
    sees = {
        person.name: {
            opinion.assessor.name for opinion in selectors.opinions_visible_to(person, case=case)
        }
        for person in everybody(cast)
    }

    assert sees == {
        "Olle Orderer": set(),
        "Disa Decider": {"Disa Decider"},
        "Cilla Coordinator": set(),
        "Anna Assessor": {"Anna Assessor"},
        "Sten Stranger": set(),
    }


def test_before_the_opening_nobody_reads_anothers_ratings(cast, case):
    for person in everybody(cast):
        contents = selectors.contents_visible_to(person, case=case)
        assert {opinion.assessor for opinion, _ in contents} <= {person}


def test_the_coordinator_learns_states_and_nothing_that_content_could_be_read_from(cast, case):
    engagements = selectors.engagements_visible_to(cast.coordinator, case=case)

    assert engagements == [
        selectors.Engagement(
            assessor="Disa Decider",
            candidate="Kim Karlsson",
            kind=OpinionKind.FIRST,
            is_sealed=True,
        ),
        selectors.Engagement(
            assessor="Anna Assessor",
            candidate="Kim Karlsson",
            kind=OpinionKind.SECOND,
            is_sealed=False,
        ),
    ]
    assert MARKER not in repr(engagements)


def test_nobody_but_the_coordinator_learns_who_has_sealed(cast, case):
    for person in (cast.orderer, cast.decider, cast.assessor, cast.stranger):
        assert selectors.engagements_visible_to(person, case=case) == []


def test_after_the_opening_coordinators_and_engaged_assessors_read_everything(cast):
    case = factories.make_case(cast, state=CaseState.OPENED)

    counts = {
        person.name: selectors.opinions_visible_to(person, case=case).count()
        for person in everybody(cast)
    }

    assert counts == {
        "Olle Orderer": 0,
        "Disa Decider": 2,
        "Cilla Coordinator": 2,
        "Anna Assessor": 2,
        "Sten Stranger": 0,
    }


def test_an_assessor_finds_only_their_own_opinion_to_work_on(cast, case):
    own = selectors.opinions_of(cast.assessor).get()

    assert selectors.opinion_for(cast.assessor, own.pseudonym) == own
    assert selectors.opinion_for(cast.decider, own.pseudonym) is None
    assert selectors.opinion_for(cast.coordinator, own.pseudonym) is None


def test_the_coordinator_is_told_whose_seal_is_waited_for(cast, case):
    step = selectors.next_step(case, person=cast.coordinator)

    assert (step.action, step.waiting_for) == (NextAction.SEAL_OPINIONS, ("Anna Assessor",))


def test_while_a_first_opinion_is_missing_only_that_is_waited_for(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    candidacy = case.candidacies.get()
    factories.engage(cast, candidacy, cast.assessor, OpinionKind.SECOND)
    factories.engage(cast, candidacy, cast.decider, OpinionKind.FIRST)

    step = selectors.next_step(case, person=cast.coordinator)

    assert step.waiting_for == ("Disa Decider",)


def test_an_orderer_is_not_told_who_has_not_sealed(cast, case):
    before = selectors.next_step(case, person=cast.orderer)
    factories.seal(selectors.opinions_of(cast.assessor).get())

    after = selectors.next_step(case, person=cast.orderer)

    assert before == after
    assert before.waiting_for == ()
    assert "Anna" not in before.sentence


def test_engaging_comes_first_and_opening_last(cast, case):
    fresh = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    factories.seal(selectors.opinions_of(cast.assessor).get())

    actions = [selectors.next_step(each, person=cast.coordinator).action for each in (fresh, case)]

    assert actions == [NextAction.ENGAGE_ASSESSORS, NextAction.OPEN_CASE]


def test_a_candidate_without_opinion_keeps_the_case_at_engaging(cast):
    case = factories.make_case(cast, candidates=["Kim", "Lo"], state=CaseState.IN_ASSESSMENT)
    factories.seal(
        factories.engage(cast, case.candidacies.first(), cast.assessor, OpinionKind.SECOND)
    )

    step = selectors.next_step(case, person=cast.coordinator)

    assert step.action == NextAction.ENGAGE_ASSESSORS


def in_assessment(cast):
    case = factories.make_case(cast, state=CaseState.IN_ASSESSMENT)
    factories.engage(cast, case.candidacies.get(), cast.assessor, OpinionKind.SECOND)


def test_an_assessor_finds_their_own_assessments_by_words_and_nobody_elses_name(cast):
    case = factories.make_case(
        cast,
        state=CaseState.IN_ASSESSMENT,
        role="Head of finance",
        candidates=["Samuel Öberg", "Åse Sørensen"],
    )
    samuel = case.candidacies.get(name="Samuel Öberg")
    factories.engage(cast, samuel, cast.assessor, OpinionKind.SECOND)

    found = {
        words: selectors.opinions_of(cast.assessor, words=words).count()
        for words in ("oberg finance", "head", "sorensen", cast.client.name, "")
    }

    assert found == {"oberg finance": 1, "head": 1, "sorensen": 0, cast.client.name: 0, "": 1}
