"""The JSON of a report is what its published schema says, no more and no less."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from second_opinion.cases.states import CaseState
from second_opinion.reports import services
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import report_figures
from second_opinion.reports.rendering.stored import figures_of_version
from tests import factories
from tests.reports import samples
from tests.reports.rendering.random_cases import case_of

FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "schemas"
CASES = {
    "one opinion": samples.one_opinion(),
    "three finalists": samples.three_finalists(),
    "declared": samples.declared(),
    "nothing observed": samples.two_opinions((None,) * 3, (None,) * 3),
    **{f"random {seed}": case_of(seed) for seed in range(6)},
}


def schema(name, *, is_strict=False):
    read = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return _strict(read) if is_strict else read


def _strict(value):
    """The same schema, which refuses any key that it does not name."""
    if isinstance(value, dict):
        changed = {key: _strict(each) for key, each in value.items()}
        if "properties" in value:
            changed["additionalProperties"] = False
        return changed
    return [_strict(each) for each in value] if isinstance(value, list) else value


def validator(name, *, is_strict=False):
    others = Resource.from_contents(schema("opine-2", is_strict=is_strict))
    registry = Registry().with_resource("opine-2.schema.json", others)
    return Draft202012Validator(schema(name, is_strict=is_strict), registry=registry)


def as_read(answer):
    return json.loads(json.dumps(answer, allow_nan=False))


def figures(case):
    return as_read(report_figures(case, analyse(case)))


@pytest.mark.parametrize("name", CASES)
def test_figures_are_as_the_schema_says_and_have_no_key_that_it_does_not_name(name):
    found = validator("opine-2", is_strict=True).iter_errors(figures(CASES[name]))

    assert [f"{each.json_path}: {each.message}" for each in found] == []


@pytest.mark.django_db
def test_a_stored_version_is_as_its_schema_says():
    cast = factories.Cast()
    case = factories.make_case(cast, state=CaseState.OPENED)
    version = services.sign_report(actor=cast.coordinator, case=case)

    found = validator("report-1", is_strict=True).iter_errors(as_read(figures_of_version(version)))

    assert [f"{each.json_path}: {each.message}" for each in found] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "second-opinion/opine/1"),
        (("bar",), "3"),
        (("candidates",), []),
        (("candidates", 0, "conclusion"), "reject"),
        (("candidates", 0, "probability_above_bar"), 1.5),
        (("candidates", 0, "criteria", 0, "scores", 0, "kind"), "fourth"),
    ],
)
def test_a_planted_fault_is_found(path, value):
    answer = figures(CASES["three finalists"])
    place = answer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert not validator("opine-2").is_valid(answer)


@pytest.mark.parametrize("key", ["bar", "population", "candidates", "finalists"])
def test_a_missing_key_is_found_and_an_added_one_is_not(key):
    answer = figures(CASES["three finalists"])
    without = copy.deepcopy(answer)
    del without[key]

    assert not validator("opine-2").is_valid(without)
    assert validator("opine-2").is_valid(answer | {"added_later": 1})


@pytest.mark.parametrize("name", ["opine-2", "report-1"])
def test_schemas_are_schemas(name):
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    assert list(of_schemas.iter_errors(schema(name))) == []
