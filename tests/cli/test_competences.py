"""`second-opinion competences import`: what the operator types, and what is answered."""

import pytest

from second_opinion.panels.models import ImportedCompetence
from tests import esco_files as files
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = factories.Cast()
    cast.stranger.memberships.all().delete()  # one provider alone
    return cast


@pytest.fixture
def given(call, tmp_path):
    def calls(*arguments):
        english, swedish = files.both(tmp_path)
        return call("competences", "import", english, swedish, "--release", "1.2.0", *arguments)

    return calls


def test_chosen_skills_are_read_in_and_the_same_again_is_told_as_such(cast, given):
    first = given("--words", "organ")
    again = given("--words", "organ", "--provider", cast.provider.name.upper())

    assert first.out == f"{cast.provider}: 1 new, 0 worded otherwise now, 0 as they were.\n"
    assert again.out == f"{cast.provider}: 0 new, 0 worded otherwise now, 1 as they were.\n"
    assert ImportedCompetence.objects.get().identifier == files.uri(1)


def test_looking_saves_nothing(cast, given):
    answer = given("--all", "--look")

    assert f"stämma kyrkorglar | tune church organs | {files.uri(1)}" in answer.out
    assert "2 chosen. Nothing was saved." in answer.out
    assert not ImportedCompetence.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ((), 2, "Choose by --uris, --under or --words"),
        (("--all", "--words", "organ"), 2, "Choose by"),
        (("--under", files.GROUP), 2, "belong together"),
        (("--words", "zzz"), 1, "No skill meets what was asked for"),
        (("--all", "--provider", "Nobody"), 1, "no organisation of the name Nobody"),
    ],
)
def test_a_choice_that_says_nothing_is_refused(cast, given, arguments, code, sentence):
    answer = given(*arguments)

    assert (answer.code, sentence in answer.err) == (code, True)
    assert not ImportedCompetence.objects.exists()


def test_a_fault_of_a_file_names_its_row_and_a_release_is_a_number(cast, call, tmp_path):
    english, swedish = files.both(tmp_path, swedish=files.SWEDISH[:1])

    answer = call("competences", "import", english, swedish, "--release", "v1.2", "--all")

    assert answer.code == 1
    assert "skills_en.csv, row 2: 'tune church organs' has no row in" in answer.err
    assert call("competences", "import", english, swedish, "--release", "x", "--all").code == 2
