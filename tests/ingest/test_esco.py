"""ESCO's published files: both languages of what was chosen, or where they cannot be read."""

import pytest
from tests import esco_files as files

from second_opinion.ingest.errors import EscoFileError, FileError
from second_opinion.ingest.esco import Chosen, Skill, read_skills


def read(folder, *, english=files.ENGLISH, swedish=files.SWEDISH, **chosen):
    with read_skills(*files.both(folder, english, swedish), chosen=Chosen(**chosen)) as skills:
        return list(skills)


def test_both_languages_are_joined_by_the_identifier_and_only_what_is_released_is_taken(tmp_path):
    organs, comets = read(tmp_path)

    assert organs == Skill(
        uri=files.uri(1),
        sv="stämma kyrkorglar",
        en="tune church organs",
        also_sv=("orgelstämning",),
        also_en=("organ tuning", "organ voicing"),
        means_sv="What stämma kyrkorglar is, with a comma, and a line of its own.",
        means_en="What tune church organs is, with a comma, and a line of its own.",
    )
    assert (comets.uri, comets.sv) == (files.uri(2), "väga kometer")


def test_a_definition_stands_before_a_description(tmp_path):
    english = (files.skill(2, "weigh comets", definition="Finding how heavy comets are."),)

    (comets,) = read(tmp_path, english=english)

    assert comets.means_en == "Finding how heavy comets are."


def test_skills_are_chosen_by_words_of_either_language_by_a_list_or_by_their_group(tmp_path):
    listed = tmp_path / "wanted.txt"
    listed.write_text(f"# ours\n\n{files.uri(2)}\n")
    above = files.relations(
        tmp_path, (files.BASE + "S5.6.1", files.GROUP), (files.uri(1), files.BASE + "S5.6.1")
    )

    def names(**chosen):
        return [one.en for one in read(tmp_path, **chosen)]

    assert names(words="ORGAN voicing") == ["tune church organs"]
    assert names(words="kometer") == ["weigh comets"]
    assert names(words="organ kometer") == []
    assert names(uris=listed) == ["weigh comets"]
    assert names(under=files.GROUP, relations=above) == ["tune church organs"]
    assert names(under=files.GROUP, relations=above, words="kometer") == []


def test_a_file_of_an_older_release_without_a_status_is_read(tmp_path):
    columns = ["conceptUri", "preferredLabel", "altLabels", "description"]
    english = files.write(tmp_path, "en.csv", files.ENGLISH[:2], columns=columns)
    swedish = files.write(tmp_path, "sv.csv", files.SWEDISH, columns=columns)

    with read_skills(english, swedish, chosen=Chosen()) as skills:
        assert len(list(skills)) == 2


@pytest.mark.parametrize(
    ("english", "sentence"),
    [
        ((files.skill(1, ""),), r"row 2, column 'preferredLabel': The cell is empty"),
        ((files.skill(1, "x" * 301),), r"row 2, column 'preferredLabel'.* 1 to 300"),
        (
            (files.ENGLISH[1], files.skill(9, "a", conceptUri="S1.2")),
            r"row 3, column 'conceptUri': 'S1.2' is no identifier of ESCO",
        ),
        (
            (files.ENGLISH[1], files.ENGLISH[0], files.ENGLISH[1]),
            r"row 4, column 'conceptUri': .* stands in row 2 too",
        ),
        (
            (files.skill(1, "a", description="x" * 20_001),),
            r"row 2, column 'description': The cell has more than 20,000",
        ),
        ((files.skill(7, "sing"),), r"row 2: 'sing' has no row in .*skills_sv.csv"),
        ((), "holds no row"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row_and_column(tmp_path, english, sentence):
    with pytest.raises(EscoFileError, match=sentence):
        read(tmp_path, english=english)


def test_a_file_of_another_shape_is_told_by_its_column_or_its_length(tmp_path):
    english, swedish = files.both(tmp_path)
    english.write_text("concepturi,preferredLabel\n")
    with (
        pytest.raises(EscoFileError, match=r"'conceptUri' is not there. Did you mean 'concepturi'"),
        read_skills(english, swedish, chosen=Chosen()),
    ):
        pass
    english.write_text(f"conceptUri,preferredLabel\n{files.uri(1)}\n")
    with (
        pytest.raises(EscoFileError, match="row 2: It has 1 cells and the header has 2"),
        read_skills(english, swedish, chosen=Chosen()),
    ):
        pass
    english.write_text(f'conceptUri,preferredLabel\n{files.uri(1)},"never closed\n')
    with (
        pytest.raises(EscoFileError, match="row 2: The row cannot be read as CSV"),
        read_skills(english, swedish, chosen=Chosen()),
    ):
        pass
    with pytest.raises(FileError), read_skills(tmp_path, swedish, chosen=Chosen()):
        pass


def test_a_choice_of_what_is_not_there_is_refused(tmp_path):
    listed = tmp_path / "wanted.txt"
    listed.write_text(f"{files.uri(1)}\n{files.uri(3)}\n")
    above = files.relations(tmp_path, (files.uri(1), files.GROUP))

    with pytest.raises(EscoFileError, match=r"wanted.txt: row 2, .*holds no released skill"):
        read(tmp_path, uris=listed)
    with pytest.raises(EscoFileError, match="Nothing stands under"):
        read(tmp_path, under=files.BASE + "S9", relations=above)
    listed.write_text("tune organs\n")
    with pytest.raises(EscoFileError, match="row 1, column 'conceptUri': 'tune organs' is no"):
        read(tmp_path, uris=listed)
