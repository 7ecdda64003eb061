"""The archive for `second-opinion match`: what is in it, for whom, and that it can be assigned."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from second_opinion.accounts.states import Role
from second_opinion.cases.states import CaseState
from second_opinion.cli.main import run
from second_opinion.opinions.selectors import asking_in
from second_opinion.opinions.states import OpinionKind
from second_opinion.panels.selectors.assessors import Certificate, Shown, ShownCompetence, Spoken
from second_opinion.panels.selectors.proposals import Need
from second_opinion.panels.services import (
    confirm_assessor,
    confirm_needs,
    enter_competence,
    propose_assessor,
    save_assessor,
)
from second_opinion.panels.states import Level, Proof
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/assessors/match.zip"
LAW = ShownCompetence(key="contract_law", level=Level.EXPERT, proof=Proof.CASES)


@pytest.fixture
def cast():
    return factories.Cast()


def registered(cast, person=None, *, is_confirmed=True, **shown):
    person = person or cast.assessor
    version = save_assessor(
        actor=person, assessor=person, provider=cast.provider, shown=Shown(**shown)
    )
    if is_confirmed:
        confirm_assessor(actor=cast.coordinator, version=version)
    return person


def another(cast, name):
    return factories.make_person(Role.ASSESSOR, organisation=cast.provider, name=name)


def case_with_needs(cast, *, key="contract_law", state=CaseState.PROFILE_LOCKED, **order):
    case = factories.make_case(cast, state=state, **order)
    needs = [Need(words="the contracts", key=key, level=3)]
    confirm_needs(actor=cast.coordinator, case=case, needs=needs)
    return case


def files_of(client, person):
    client.force_login(person)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_open_cases_the_register_and_who_may_not_meet_are_what_the_command_assigns(
    cast, client, tmp_path, capfdbinary
):
    case = case_with_needs(cast)
    registered(cast, competences=(LAW,), languages=(Spoken(code="en"),), price=20000.0, cap=3)

    files = files_of(client, cast.coordinator)

    assert rows_of(files["cases.csv"]) == [
        {
            "case": case.reference,
            "competence": "Contract law",
            "level": "3",
            "gap": "yes",
            "weight": "1",
            "language": "en",
        }
    ]
    assert rows_of(files["assessors.csv"]) == [
        {
            "assessor": cast.assessor.name,
            "competence": "Contract law",
            "level": "4",
            "proof": "cases",
            "cap": "3",
            "language": "en",
            "price": "20000",
        }
    ]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("cases.csv", "assessors.csv")]
    assert files["conflicts.csv"] == "case,assessor,reason\n"
    assert run(["match", *paths]) == 0
    assert cast.assessor.name in capfdbinary.readouterr().out.decode()


def test_who_may_not_meet_is_told_without_a_word_of_the_candidate_or_the_client(cast, client):
    case = case_with_needs(cast, candidates=("Kim Zqvist",))
    tied = registered(cast, another(cast, "Kim Zqvist"), competences=(LAW,))
    late = registered(
        cast,
        another(cast, "Ture Alm"),
        competences=(LAW,),
        free_from=case.due_on + timedelta(days=1),
        instruments=(Certificate(instrument="Structured interview"),),
    )
    lapsed = registered(
        cast,
        competences=(LAW,),
        instruments=(
            Certificate(
                instrument="Structured interview",
                valid_until=timezone.localdate() - timedelta(days=1),
            ),
        ),
    )

    files = files_of(client, cast.coordinator)

    assert {row["assessor"]: row["reason"] for row in rows_of(files["conflicts.csv"])} == {
        tied.name: "a conflict of interest that is not cleared",
        late.name: "is free only after the due date",
        lapsed.name: "has no valid certificate on structured interview",
    }
    assert cast.client.name not in "".join(files.values())
    assert case.role not in "".join(files.values())


def test_only_what_is_confirmed_and_waits_for_somebody_is_in_it(cast, client):
    open_case = case_with_needs(cast)
    factories.make_case(cast, state=CaseState.PROFILE_LOCKED)  # nobody has confirmed its needs
    asked, engaged = case_with_needs(cast), case_with_needs(cast, state=CaseState.IN_ASSESSMENT)
    registered(cast, competences=(LAW,), cap=3)
    registered(cast, another(cast, "Moa Ek"), is_confirmed=False, competences=(LAW,))
    other = registered(cast, another(cast, "Siri Dal"), competences=(LAW,), cap=2)
    propose_assessor(
        actor=cast.coordinator,
        case=asked,
        assessor=other,
        asking=asking_in(asked),
        reason="Free now.",
    )
    factories.engage(cast, engaged.candidacies.get(), cast.assessor, OpinionKind.SECOND)

    files = files_of(client, cast.coordinator)

    assert [row["case"] for row in rows_of(files["cases.csv"])] == [open_case.reference]
    # as on the shortlist, who has told no language is not left out for it
    assert {row["language"] for row in rows_of(files["assessors.csv"])} == {"en"}
    # a place of the one who is engaged is taken
    assert {row["assessor"]: row["cap"] for row in rows_of(files["assessors.csv"])} == {
        cast.assessor.name: "2",
        "Siri Dal": "2",
    }


def test_what_looks_like_a_formula_is_none_and_namesakes_are_told_apart(cast, client):
    own = enter_competence(
        actor=cast.coordinator, provider=cast.provider, sv="=1+1", en="=1+1", means="Sums."
    )
    case_with_needs(cast, key=own.key)
    shown = ShownCompetence(key=own.key, level=Level.SKILLED, proof=Proof.DECLARED)
    for name in ("@cmd", "Ada Berg", "ada  berg"):
        registered(cast, another(cast, name), competences=(shown,))

    files = files_of(client, cast.coordinator)

    assert {row["competence"] for row in rows_of(files["cases.csv"])} == {"'=1+1"}
    names = {row["assessor"] for row in rows_of(files["assessors.csv"])}
    assert len(names) == 3
    assert "'@cmd" in names
    cells = [
        cell for text in files.values() for row in csv.reader(io.StringIO(text)) for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_another_provider_s_coordinator_finds_nothing_of_it(cast, client):
    case_with_needs(cast)
    registered(cast, competences=(LAW,))
    stranger = factories.make_person(
        Role.COORDINATOR, organisation=factories.make_organisation(), name="Eva Ny"
    )

    files = files_of(client, stranger)

    assert [len(text.splitlines()) for text in files.values()] == [1, 1, 1]


def test_an_assessor_gets_no_archive(cast, client):
    client.force_login(cast.assessor)

    assert client.get(PAGE).status_code == 403


def test_the_words_are_those_of_the_reader_s_language(cast, client):
    case_with_needs(cast)
    registered(cast, competences=(LAW,))
    client.cookies["django_language"] = "sv"

    files = files_of(client, cast.coordinator)

    assert rows_of(files["cases.csv"])[0]["competence"] == "Avtalsrätt"
