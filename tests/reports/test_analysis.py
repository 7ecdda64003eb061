import dataclasses

import numpy as np
import pytest

from second_opinion.engine.combination import (
    Source,
    VarianceComponents,
    combine,
    planning_population,
)
from second_opinion.engine.ratings import Ratings, Scale
from second_opinion.reports.analysis import (
    Conclusion,
    ConclusionRule,
    Population,
    Reason,
    analyse,
    opinions_on,
)
from tests.reports.case_files import (
    CRITERIA,
    FIRST,
    SECOND,
    THIRD,
    TWO_OPINIONS,
    a_case,
    about,
    an_opinion,
)


def the_candidate(*opinions, rule=None, **changes):
    case = a_case(*opinions, **changes)
    return analyse(case, **({"rule": rule} if rule else {})).candidates[0]


def test_figures_are_the_engine_s_own():
    ratings = Ratings.from_names(
        candidates=["Kim"] * 6,
        assessors=["Maria"] * 3 + ["Jonas"] * 3,
        criteria=[criterion.name for criterion in CRITERIA] * 2,
        scores=[4, 4, 3, 4, 2, 4],
        scales=Scale(1, 5),
    )
    combined = combine(
        ratings,
        weights=np.array([50.0, 30.0, 20.0]),
        population=planning_population([Scale(1, 5)] * 3),
    )
    low, high = combined.interval(0.8)

    candidate = the_candidate()

    assert candidate.whole.estimate.mean == pytest.approx(combined.whole_mean[0])
    assert candidate.whole.probability_above_bar == pytest.approx(
        combined.whole_probability_above(3)[0]
    )
    for place, criterion in enumerate(candidate.criteria):
        assert criterion.name == CRITERIA[place].name
        assert criterion.opinions == 2
        assert criterion.estimate.mean == pytest.approx(combined.mean[0, place])
        assert criterion.estimate.low == pytest.approx(low[0, place])
        assert criterion.estimate.high == pytest.approx(high[0, place])


def test_probability_below_minimum_is_given_where_a_minimum_is_set():
    judgement, leads_change, accounting = the_candidate().criteria

    assert leads_change.probability_below_minimum is None
    assert accounting.probability_below_minimum == pytest.approx(
        1 - accounting.probability_above_bar  # its minimum is the bar
    )
    assert judgement.probability_below_minimum < accounting.probability_below_minimum


def test_a_minimum_of_zero_is_a_minimum():
    criteria = (*CRITERIA[:2], dataclasses.replace(CRITERIA[2], minimum=0))

    candidate = the_candidate(criteria=criteria, scale_low=0)

    assert candidate.criteria[2].probability_below_minimum is not None


def test_first_opinion_alone_is_what_a_case_with_only_that_opinion_says():
    alone = the_candidate(TWO_OPINIONS[0])

    candidate = the_candidate()

    assert alone.first_alone is None
    assert candidate.first_alone == alone.whole
    assert candidate.first_alone != candidate.whole


def test_without_a_first_opinion_there_is_no_first_alone():
    assert the_candidate(TWO_OPINIONS[1]).first_alone is None


def test_second_opinion_narrows_the_interval():
    def width(candidate):
        return candidate.whole.estimate.high - candidate.whole.estimate.low

    assert width(the_candidate()) < width(the_candidate(TWO_OPINIONS[0]))


def test_unobserved_criterion_keeps_a_wide_estimate_and_no_opinions():
    candidate = the_candidate(an_opinion((4, None, 4)))

    assert [criterion.opinions for criterion in candidate.criteria] == [1, 0, 1]
    assert [criterion.is_observed for criterion in candidate.criteria] == [True, False, True]
    assert candidate.weight_observed == pytest.approx(0.7)
    observed, unobserved, _ = (criterion.estimate for criterion in candidate.criteria)
    assert unobserved.high - unobserved.low > observed.high - observed.low


@pytest.mark.parametrize("opinions", [(), (an_opinion((None, None, None)),)])
def test_a_case_in_which_nothing_was_observed_is_insufficient_evidence(opinions):
    case = dataclasses.replace(a_case(), opinions=opinions)

    (figures,) = analyse(case).candidates

    assert figures.conclusion is Conclusion.EVIDENCE_INSUFFICIENT
    assert Reason.TOO_LITTLE_OBSERVED in figures.reasons
    assert figures.weight_observed == 0


@pytest.mark.parametrize(
    ("scores", "conclusion", "reasons"),
    [
        ((5, 5, 5), Conclusion.SUPPORTED, {Reason.LIKELY_ABOVE_BAR}),
        (
            (1, 1, 1),
            Conclusion.NOT_SUPPORTED,
            {Reason.LIKELY_BELOW_BAR, Reason.MINIMUM_LIKELY_MISSED},
        ),
        (
            (5, 5, 1),
            Conclusion.SUPPORTED_WITH_CONDITIONS,
            {Reason.LIKELY_ABOVE_BAR, Reason.MINIMUM_LIKELY_MISSED},
        ),
        ((3, 2, 3), Conclusion.EVIDENCE_INSUFFICIENT, {Reason.LEANS_BELOW_BAR}),
        ((3, 3, 3), Conclusion.SUPPORTED_WITH_CONDITIONS, {Reason.LEANS_ABOVE_BAR}),
        (
            (5, None, None),
            Conclusion.SUPPORTED,
            {Reason.LIKELY_ABOVE_BAR},
        ),
    ],
)
def test_conclusion_follows_the_rule_and_names_its_reasons(scores, conclusion, reasons):
    opinions = (an_opinion(scores), an_opinion(scores, kind=SECOND, assessor="Jonas"))

    candidate = the_candidate(*opinions)

    assert candidate.conclusion is conclusion
    assert set(candidate.reasons) == reasons


def test_rule_can_be_set():
    strict = ConclusionRule(supported_from=0.999)

    assert the_candidate().conclusion is Conclusion.SUPPORTED
    assert the_candidate(rule=strict).conclusion is Conclusion.SUPPORTED_WITH_CONDITIONS


def test_too_wide_an_interval_is_a_reason():
    candidate = the_candidate(rule=ConclusionRule(widest_interval=0.01))

    assert candidate.conclusion is Conclusion.EVIDENCE_INSUFFICIENT
    assert Reason.INTERVAL_TOO_WIDE in candidate.reasons


def test_later_opinions_are_compared_with_the_first():
    third = an_opinion((1, None, 3), kind=THIRD, assessor="Ewa")

    candidate = the_candidate(third, *TWO_OPINIONS)

    assert [(each.reference, each.other) for each in candidate.differences] == [
        ("Maria", "Jonas"),
        ("Maria", "Ewa"),
    ]
    assert [each.by_criterion for each in candidate.differences] == [(0, -2, 1), (-3, None, 0)]
    assert [each.is_surprising for each in candidate.differences] == [
        (False, False, False),
        (True, False, False),
    ]


def test_opinions_without_a_common_criterion_have_no_whole_difference():
    first, second = (
        an_opinion((4, None, None)),
        an_opinion((None, 2, None), kind=SECOND, assessor="Jonas"),
    )

    (difference,) = the_candidate(first, second).differences

    assert difference.whole is None
    assert difference.whole_chance_range is None
    assert not difference.whole_is_surprising


def test_opinions_are_told_by_kind_and_then_by_the_case_s_order():
    third, another = (an_opinion((1, 1, 1), kind=THIRD, assessor=name) for name in ("Ewa", "Adam"))
    case = a_case(third, another, *reversed(TWO_OPINIONS))

    assert [opinion.assessor for opinion in opinions_on(case, "Kim")] == [
        "Maria",
        "Jonas",
        "Ewa",
        "Adam",
    ]
    assert opinions_on(case, "Nobody") == ()


def test_order_of_opinions_changes_no_figure():
    forward, backward = the_candidate(), the_candidate(*reversed(TWO_OPINIONS))

    assert backward.whole.estimate.mean == pytest.approx(forward.whole.estimate.mean)
    assert [each.kind for each in TWO_OPINIONS] == [FIRST, SECOND]


def test_every_finalist_is_analysed_in_the_case_s_order():
    case = a_case(*TWO_OPINIONS, *about("Alex"), candidates=("Alex", "Kim"))

    alex, kim = analyse(case).candidates

    assert (alex.name, kim.name) == ("Alex", "Kim")
    assert alex.whole.estimate.mean == pytest.approx(kim.whole.estimate.mean)


def test_a_population_that_was_estimated_is_used_and_kept():
    components = VarianceComponents(
        candidate=1, candidate_by_criterion=0.1, severity=0.01, halo=0.01, residual=0.1
    )
    population = Population(
        mean=np.full(3, 2.0), mean_variance=0.0, components=components, source=Source.ESTIMATED
    )

    analysis = analyse(a_case(), population=population)

    assert analysis.population is population
    assert analysis.agreement == pytest.approx(
        components.whole_agreement(np.array([0.5, 0.3, 0.2]))
    )
