"""The pages say what the code does, and nothing that it does not."""

import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from second_opinion.cases.states import TRANSITIONS, CaseState
from second_opinion.cli.main import COMMANDS
from second_opinion.config.environment import Environment
from second_opinion.engine.decision import Conclusion

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
ROOMS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
MOST_DECISION_LINES = 40
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


# --- settings


def test_every_setting_is_on_its_page_with_the_words_of_the_code():
    rows = page("reference/settings.md")

    missing = [
        field.validation_alias
        for field in Environment.model_fields.values()
        if not re.search(
            rf"^\| `{field.validation_alias}` \| .* \| {re.escape(field.description)} \|$",
            rows,
            re.MULTILINE,
        )
    ]

    assert missing == []


def test_every_variable_on_the_page_of_settings_exists():
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    read = "\n".join(path.read_text(encoding="utf-8") for path in sources)

    named = re.findall(r"^\| `([A-Z_]+)` \|", page("reference/settings.md"), re.MULTILINE)

    assert len(named) > 10
    assert [name for name in named if f'"{name}"' not in read] == []


# --- commands


def sections():
    parts = re.split(r"^## `(.+)`$", page("reference/commands.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_its_section_and_no_section_is_left_over():
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_its_options_and_an_example(name):
    options = {
        option.opts[-1] if option.opts[-1].startswith("--") else option.opts[0]
        for command in commands_in(COMMANDS[name].load())
        for option in command.params
        if isinstance(option, click.Option)
    }

    documented = {
        option
        for row in re.findall(r"^\| (`--.+?) \|", sections()[name], re.MULTILINE)
        for option in re.findall(r"`(--[a-z-]+)`", row)
    }

    assert documented == options - {"--help"}
    assert f"second-opinion {name}" in sections()[name]


def commands_in(command):
    """A command, and those that it holds if it is a group."""
    if not isinstance(command, click.Group):
        return [command]
    context = click.Context(command)
    return [command.get_command(context, name) for name in command.list_commands(context)]


# --- JSON


def run(folder, *arguments):
    ran = subprocess.run(
        [sys.executable, "-m", "second_opinion.cli.main", *arguments],
        cwd=folder,
        env=os.environ | {"DATABASE_URL": "sqlite://"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def keys_of(value):
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def undocumented(answer):
    after = page("reference/json.md").partition(f"## `{answer['schema']}`")[2]
    section = after.partition("\n## ")[0]
    return {key for key in keys_of(answer) if not re.search(rf'[`."]{key}[`\["]', section)}


def test_every_key_of_opine_is_documented(tmp_path):
    (tmp_path / "case.toml").write_text(run(tmp_path, "opine", "--example"), encoding="utf-8")

    answer = json.loads(run(tmp_path, "opine", "case.toml", "--json", "-"))

    assert undocumented(answer) == set()


@pytest.fixture
def ratings_file(tmp_path):
    rows = ["who,by,on,score"] + [
        f"c{candidate},a{assessor},x,{1 + (candidate * assessor + candidate) % 5}"
        for candidate in range(30)
        for assessor in range(4)
    ]
    (tmp_path / "r.csv").write_text("\n".join(rows), encoding="utf-8")
    columns = ("--candidate=who", "--assessor=by", "--criterion=on", "--score=score")
    return ("r.csv", *columns, "--scale=1:5", "--json", "-")


OF_RATINGS = {
    "evidence": (),
    "agreement": ("--resamples=10",),
    "generalizability": ("--design=p x r",),
}


@pytest.mark.parametrize("name", OF_RATINGS)
def test_every_key_of_a_command_on_ratings_is_documented(tmp_path, ratings_file, name):
    answer = json.loads(run(tmp_path, name, *ratings_file, *OF_RATINGS[name]))

    assert undocumented(answer) == set()


def test_every_key_of_questionnaires_is_documented(tmp_path):
    rows = ["a,b,c"] + [f"{1 + k % 4},{1 + (k // 2) % 4},{1 + (k // 3) % 4}" for k in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    options = ("--items=a,b,c", "--scale=1:4", "--json", "-")

    answer = json.loads(run(tmp_path, "questionnaire", "analyse", "a.csv", *options))

    assert undocumented(answer) == set()


def test_every_key_of_worth_is_documented(tmp_path):
    (tmp_path / "order.toml").write_text(run(tmp_path, "worth", "--example"), encoding="utf-8")

    answer = json.loads(run(tmp_path, "worth", "order.toml", "--json", "-"))

    assert undocumented(answer) == set()


def test_every_key_of_plan_is_documented(tmp_path):
    (tmp_path / "plan.toml").write_text(run(tmp_path, "plan", "--example"), encoding="utf-8")

    answer = json.loads(run(tmp_path, "plan", "plan.toml", "--json", "-"))

    assert undocumented(answer) == set()


def test_every_key_of_match_is_documented(tmp_path):
    for name in ("cases", "assessors"):
        text = run(tmp_path, "match", "--example", name)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

    answer = json.loads(run(tmp_path, "match", "cases.csv", "assessors.csv", "--json", "-"))

    assert undocumented(answer) == set()


def test_every_key_of_a_lottery_and_of_its_redraw_is_documented(tmp_path):
    for name in ("cases", "assessors"):
        text = run(tmp_path, "match", "--example", name)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    run(tmp_path, "match", "--commit", "seed.json")
    files = ("cases.csv", "assessors.csv")

    drawn = run(tmp_path, "match", *files, "--most-likely=1", "--seed", "seed.json", "--json", "-")
    (tmp_path / "drawn.json").write_text(drawn, encoding="utf-8")
    redrawn = run(tmp_path, "match", "--redraw", "drawn.json", "--json", "-")

    assert undocumented(json.loads(drawn)) == undocumented(json.loads(redrawn)) == set()


def test_every_key_of_matching_one_by_one_is_documented(tmp_path):
    for name in ("cases", "assessors"):
        text = run(tmp_path, "match", "--example", name)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    files = ("cases.csv", "assessors.csv", "--rolling", "cases.csv")

    answer = json.loads(run(tmp_path, "match", *files, "--json", "-"))

    assert undocumented(answer) == set()


def test_every_key_of_utility_is_documented(tmp_path):
    options = [
        "--validity=.42",
        "--reliability=.44",
        "--opinions=2",
        "--sd-ratio=.8",
        "--selection-ratio=.3",
        "--sd-performance=1",
    ]

    answer = json.loads(
        run(tmp_path, "utility", "--validity=.42", *options, "--selection-ratio=.3", "--json", "-")
    )

    assert undocumented(answer) == set()


def test_every_key_of_calibration_is_documented(tmp_path):
    rows = ["who,by,on,score"] + [
        f"c{candidate},a{(candidate + place) % 3},{on},{1 + (candidate * (place + 2) + shift) % 5}"
        for candidate in range(30)
        for place in range(2)
        for shift, on in enumerate("xyz")
    ]
    (tmp_path / "r.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "a.csv").write_text("facet,label,measure\nassessor,a0,0.5", encoding="utf-8")
    columns = ("--candidate=who", "--assessor=by", "--criterion=on", "--score=score")
    options = ("--scale=1:5", "--lower-is-better", "--anchor=a.csv", "--halo")

    answer = json.loads(run(tmp_path, "calibrate", "r.csv", *columns, *options, "--json", "-"))

    facets = answer.pop("facets")
    assert undocumented(answer) == set()
    assert undocumented({"schema": answer["schema"], "facets": list(facets.values())}) == set()


@pytest.mark.parametrize("conclusion", Conclusion)
def test_every_conclusion_is_documented(conclusion):
    assert f'"{conclusion.value}"' in page("reference/json.md")


# --- stages, dependencies, rooms, decisions


def test_every_stage_has_its_row_and_no_other_has():
    rows = re.findall(r"^\| `([a-z_]+)` \|", page("reference/stages.md"), re.MULTILINE)

    assert rows == list(CaseState)
    assert set(TRANSITIONS) == set(CaseState)


def test_every_dependency_is_explained_and_no_other_is():
    groups = PROJECT["dependency-groups"].values()
    required = [*PROJECT["project"]["dependencies"], *itertools.chain.from_iterable(groups)]
    names = {re.match(r"[A-Za-z0-9-]+", requirement)[0] for requirement in required}

    explained = re.findall(r"^\| ([a-z0-9-]+) \| .+ \| [^|]+ \|$", page("dependencies.md"), re.M)

    assert set(explained) - {"package"} == names
    assert len(explained) == len(set(explained) - {"package"}) + explained.count("package")


def test_the_map_names_every_room():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert [room for room in ROOMS if not re.search(rf"\b{room.strip('()')}\b", text)] == []


def test_the_map_draws_the_rooms_in_the_order_of_the_contract():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^([a-z]+) {2,}\S", text.split("```")[1], re.MULTILINE)

    assert drawn == [room for room in ROOMS if not room.startswith("(")]


DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_tells_context_choice_and_cost(path):
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= MOST_DECISION_LINES
    assert HEADING.findall(text)[1:] == ["Context", "Choice", "Cost"]
    assert f"]({path.name})" in page("decisions/README.md")


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


# --- every page


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")

    broken = [target for target in LINK.findall(text) if not leads_somewhere(path, target)]

    assert broken == []


def leads_somewhere(path, target):
    if target.startswith("https://"):
        return True
    file, _, heading = target.partition("#")
    there = (path.parent / file) if file else path
    if not there.exists():
        return False
    return not heading or heading in map(anchor, HEADING.findall(there.read_text(encoding="utf-8")))


def anchor(heading):
    """A heading's address, as it is commonly made: lower case, words joined, signs dropped."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_commands_shown_on_pages_exist(path):
    shown = re.findall(r"^(?:\S*/)?second-opinion ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)

    assert set(shown) <= set(COMMANDS)
