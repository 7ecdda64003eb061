"""A profile built out of the library: chosen, adapted, weighed."""

import pytest

from second_opinion.accounts.errors import NotAllowedError
from second_opinion.cases import selectors, services
from second_opinion.cases.analysis import Comparison, weighing_of
from second_opinion.cases.errors import InvalidProfileError
from second_opinion.cases.services import Grounds
from second_opinion.cases.states import Method
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.library.criteria import Seniority, collection
from tests import factories

pytestmark = pytest.mark.django_db
OURS = collection().criteria


@pytest.fixture
def draft(cast):
    return factories.make_draft(cast)


def choose(cast, case, key, *, seniority=Seniority.UNIT, **more):
    return services.choose_criterion(
        actor=cast.orderer, case=case, key=key, seniority=seniority, **more
    )


def test_a_chosen_criterion_comes_whole_and_in_the_language_of_the_case(cast, draft):
    chosen = choose(cast, draft, "collaboration", seniority=Seniority.ORGANISATION)

    wording = OURS["collaboration"].wording(draft.language)
    assert (chosen.name, chosen.definition, chosen.reason) == (
        wording.name,
        wording.definition,
        wording.why,
    )
    assert [words for _point, words in chosen.anchors] == [
        wording.anchors.organisation[point] for point in ("1", "3", "5")
    ]
    assert chosen.methods == [Method.INTERVIEW, Method.REFERENCE]
    asked = [each["question"] for each in chosen.interview["past_behaviour"]]
    assert asked == [each.question for each in wording.past_behaviour]
    assert selectors.chosen_keys(draft) == {"collaboration"}


def test_every_criterion_of_the_library_can_be_chosen_with_two_sources(cast, draft):
    for key in OURS:
        chosen = choose(cast, draft, key, subject="welding")

        assert len(chosen.methods) == 2


def test_the_levels_are_laid_on_the_scale_of_the_case(cast, draft):
    draft.scale_low, draft.scale_high = 0, 10

    laid = selectors.anchors_on_scale(OURS["quality"], Seniority.UNIT, case=draft)

    assert list(laid) == [0, 5, 10]


def test_what_is_left_of_the_weights_goes_to_the_next(cast, draft):
    draft.profiles.create().criteria.create(position=1, name="Welding", weight=70)

    assert choose(cast, draft, "quality").weight == 30


def test_where_nothing_is_left_the_others_give_way_in_proportion(cast, draft):
    for key in ("quality", "planning", "learning"):
        choose(cast, draft, key)

    assert [criterion.weight for criterion in selectors.criteria_of(draft)] == [34, 33, 33]


def test_a_criterion_is_adapted_and_keeps_its_source_and_its_questions(cast, draft):
    chosen = choose(cast, draft, "quality")

    services.save_criterion(
        actor=cast.orderer,
        case=draft,
        position=chosen.position,
        entry=CriterionEntry(name="Quality of welds", weight=100),
        grounds=Grounds(),
    )

    (adapted,) = selectors.criteria_of(draft)
    assert adapted.name == "Quality of welds"
    assert (adapted.library_key, adapted.interview) == ("quality", chosen.interview)
    assert selectors.profile_content(adapted.profile)["criteria"][0]["library_key"] == "quality"


def test_a_pattern_is_filled_in_and_needs_its_subject(cast, draft):
    with pytest.raises(InvalidProfileError, match="which subject"):
        choose(cast, draft, "specialist_pattern", subject="  ")

    chosen = choose(cast, draft, "specialist_pattern", subject="welding")

    assert "welding" in chosen.name
    assert "[" not in str(chosen.interview["past_behaviour"][0]["question"])


def test_the_same_criterion_is_not_chosen_twice(cast, draft):
    choose(cast, draft, "quality")

    with pytest.raises(InvalidProfileError, match="name of its own"):
        choose(cast, draft, "quality")
    with pytest.raises(InvalidProfileError, match="no such criterion"):
        choose(cast, draft, "nothing_such")


def test_nobody_else_chooses_or_weighs(cast, draft):
    with pytest.raises(NotAllowedError):
        services.choose_criterion(
            actor=cast.decider, case=draft, key="quality", seniority=Seniority.UNIT
        )
    with pytest.raises(NotAllowedError):
        services.weigh_criteria(actor=cast.stranger, case=draft, weights={})


def test_weights_are_given_to_all_criteria_at_once(cast, draft):
    names = [choose(cast, draft, key).name for key in ("quality", "planning", "learning")]
    weights = dict(zip(names, (50, 30, 20), strict=True))

    services.weigh_criteria(actor=cast.orderer, case=draft, weights=weights)

    assert [criterion.weight for criterion in selectors.criteria_of(draft)] == [50, 30, 20]
    with pytest.raises(InvalidProfileError, match="changed meanwhile"):
        services.weigh_criteria(actor=cast.orderer, case=draft, weights={names[0]: 100})
    with pytest.raises(InvalidProfileError, match="sum to 100"):
        services.weigh_criteria(actor=cast.orderer, case=draft, weights=dict.fromkeys(names, 10))


def test_whole_weights_sum_to_a_hundred_and_none_falls_to_nothing():
    comparisons = [Comparison(0, 1, 5), Comparison(0, 2, 5), Comparison(1, 2, 5)]

    found = weighing_of(comparisons, n_criteria=3)

    assert sum(found.weights) == 100
    assert min(found.weights) >= 1
    assert list(found.weights) == sorted(found.weights, reverse=True)
    assert weighing_of(comparisons[:1], n_criteria=3) is None
