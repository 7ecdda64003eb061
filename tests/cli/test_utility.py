import json

import pytest

from second_opinion.engine.decision import (
    brogden_cronbach_gleser,
    gain_of_best,
    indirectly_restricted,
    range_restricted,
    validity_of_mean,
)


def figures(call, *options):
    answer = call("utility", *options, "--json", "-")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_the_least_that_can_be_asked(call):
    answer = figures(call, "--validity", ".42")

    assert answer["schema"] == "second-opinion/utility/1"
    assert answer["validity"] == {"of_one": 0.42, "used": 0.42}
    assert "money" not in answer
    assert "selection" not in answer
    assert [band["band"] for band in answer["expectancy"]] == [1, 2, 3, 4, 5]


def test_several_opinions_among_finalists(call):
    answer = figures(
        call, "--validity", ".42", "--reliability", ".44", "--opinions", "2", "--sd-ratio", ".8"
    )
    mean = validity_of_mean(0.42, 2, reliability=0.44)

    assert answer["validity"]["of_mean"] == pytest.approx(mean)
    assert answer["validity"]["reliability"] == pytest.approx(0.611111, abs=1e-6)
    assert answer["validity"]["used"] == pytest.approx(
        indirectly_restricted(mean, 0.8, reliability=answer["validity"]["reliability"])
    )


def test_without_a_reliability_restriction_is_direct(call):
    answer = figures(call, "--validity", ".42", "--sd-ratio", ".7")

    assert answer["validity"]["used"] == pytest.approx(range_restricted(0.42, 0.7))


def test_money_by_selection_ratio_or_by_finalists(call):
    money = ("--validity", ".42", "--sd-performance", "288000", "--cost-per-applicant", "5000")

    by_ratio = figures(call, *money, "--selection-ratio", ".25", "--hires", "4")
    by_finalists = figures(call, *money, "--finalists", "3")

    assert by_ratio["money"]["gain"] == pytest.approx(
        brogden_cronbach_gleser(
            4,
            1,
            validity=0.42,
            selection_ratio=0.25,
            sd_performance=288_000,
            cost_per_applicant=5_000,
        )
    )
    assert by_finalists["money"]["gain"] == pytest.approx(
        gain_of_best(
            1, 1, finalists=3, validity=0.42, sd_performance=288_000, cost_per_applicant=5_000
        )
    )


def test_a_reader_gets_tables(call):
    answer = call(
        "utility",
        "--validity=.42",
        "--reliability=.44",
        "--opinions=2",
        "--sd-ratio=.8",
        "--selection-ratio=.33",
        "--finalists=3",
        "--sd-performance=288000",
    )

    assert answer.code == 0
    for words in ("Taylor-Russell", "Validity among finalists", "best of 3", "Gain in money"):
        assert words in answer.out


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--validity", "1.2"), "validity"),
        (("--validity", "nan"), "validity"),
        (("--validity", ".4", "--opinions", "2"), "--reliability"),
        (("--validity", ".4", "--base-rate", "0"), "base_rate"),
        (("--validity", ".4", "--selection-ratio", "0"), "selection_ratio"),
        (("--validity", ".4", "--sd-performance", "-1"), "sd_performance"),
        (("--validity", ".7", "--reliability", ".3"), "validity"),
    ],
)
def test_what_cannot_be_is_one_sentence_with_code_1(call, options, named):
    answer = call("utility", *options)

    assert (answer.code, answer.out) == (1, "")
    assert named in answer.err


def test_validity_is_needed(call):
    assert call("utility").code == 2
