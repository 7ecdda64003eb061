import json

import pytest

from second_opinion.ingest.plan_file import PLAN_EXAMPLES


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(PLAN_EXAMPLES["en"], encoding="utf-8")
    return path


def changed(plan, old, new):
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    return plan


def figures(call, plan):
    answer = call("plan", plan, "--json", "-")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


@pytest.mark.parametrize("language", PLAN_EXAMPLES)
def test_example_is_printed_as_it_stands(call, language):
    answer = call("plan", "--example", "--language", language)

    assert (answer.code, answer.out) == (0, PLAN_EXAMPLES[language])


def test_the_sentence_comes_first_and_the_value_of_each_minute_below(call, plan):
    answer = call("plan", plan)

    assert answer.code == 0
    assert "of the candidate's 120 minutes" in answer.out.splitlines()[1]
    assert "Every criterion has 2 different sources or more" in answer.out
    assert "Takes away per" in answer.out


def test_the_swedish_example_is_answered_in_swedish(call, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(PLAN_EXAMPLES["sv"], encoding="utf-8")

    answer = call("plan", path)

    assert "av kandidatens 120 minuter" in answer.out
    assert "Vad varje kriterium vilar på" in answer.out


def test_the_plan_keeps_the_limits_and_has_two_sources_on_each_criterion(call, plan):
    found = figures(call, plan)

    sources = {}
    for step in found["steps"]:
        sources.setdefault(step["criterion"], set()).add(step["method"])
    assert found["minutes"] == sum(step["minutes"] for step in found["steps"]) <= 120
    assert found["price"] == sum(step["price"] for step in found["steps"]) <= 45_000
    assert all(len(methods) >= 2 for methods in sources.values())
    assert found["short_of_sources"] == []
    assert found["risk"] < found["risk_before"]
    assert found["next_minute"] > 0


def test_too_few_minutes_name_the_criteria_that_are_short_of_sources(call, plan):
    found = figures(call, changed(plan, "minutes = 120", "minutes = 15"))

    assert found["minutes"] <= 15
    assert "Planning" in found["short_of_sources"]


def test_without_a_pay_the_risk_is_in_score_points(call, plan):
    found = figures(call, changed(plan, "yearly_pay = 720_000", "# no pay"))

    assert found["currency"] is None
    assert found["slope"] == 1
    assert 0 < found["risk"] < found["risk_before"] < 1


def test_nothing_that_fits_is_said_so_and_is_no_error(call, plan):
    plan = changed(plan, "minutes = 120", "minutes = 0")

    answer = call("plan", changed(plan, "price = 45_000", "price = 0"))

    assert answer.code == 0
    assert "there is no plan" in answer.out


@pytest.mark.parametrize(
    ("old", "new", "place", "found"),
    [
        ("weight = 40", "weight = 50", "plan.toml", "sum to 110 percent"),
        ("reliability = 0.40", "reliability = 1.4", "[[method]] 1", "no possible reliability"),
        ("reliability = 0.40", "", "[[method]] 1", "one of the two"),
        ("standard_error = 1.1", "standard_error = 0", "[[method]] 4", "no standard error"),
        ('criteria = ["Planning"]', 'criteria = ["Planing"]', "[[method]] 2", "Planning"),
        ("minutes = 120", "minutes = -1", "minutes", "below 0"),
        ("minutes = 120", "minutes = nan", "minutes", "no possible value"),
        ("sources = 2", "sources = 2.5", "sources", "no possible number"),
        ("yearly_pay = 720_000", "yearly_pay = 0", "yearly_pay", "not above 0"),
        ("bar = 3", "bar = 9", "bar", "outside the scale"),
        ('name = "work sample"', 'name = "structured interview"', "[[method]] 2", "twice"),
        ("role =", "roll =", "plan.toml", "no key"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(old, new, place, found, call, plan):
    answer = call("plan", changed(plan, old, new))

    assert answer.code == 1
    assert place in answer.err
    assert found in answer.err
    assert answer.out == ""


def test_a_plan_of_many_measures_is_built_step_by_step_with_a_bound(call, plan):
    text = plan.read_text(encoding="utf-8") + "".join(
        f'\n[[method]]\nname = "extra {n}"\nminutes = {5 + n}\nreliability = 0.3\n'
        for n in range(4)
    )
    plan.write_text(text, encoding="utf-8")

    found = figures(call, plan)

    assert not found["is_exact"]
    assert found["least_variance"] <= found["variance"] < found["variance_before"]
    assert any("step by step" in reason for reason in found["reasons"])
