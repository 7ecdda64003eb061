"""The library of criteria: our own content holds its own rules, and every fault has a sentence."""

import tomllib

import pytest

from second_opinion.library.criteria import CONTENT, LANGUAGES, Seniority, collection
from second_opinion.library.criteria.collection import folder_faults
from second_opinion.library.criteria.reading import read_criterion

OURS = collection()
FEWEST = 24


@pytest.fixture
def sample():
    return (CONTENT / "collaboration.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Writes one file into a folder and answers with the folder."""

    def writes(text, name="collaboration.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return writes


def sentences(folder):
    return [str(fault) for fault in folder_faults(folder)]


# --- our own content


def test_our_own_criteria_have_nothing_to_mend():
    assert [str(fault) for fault in OURS.faults] == []


def test_there_are_enough_criteria_and_one_pattern():
    patterns = [criterion for criterion in OURS.criteria.values() if criterion.is_pattern]

    assert len(OURS.criteria) - len(patterns) >= FEWEST
    assert [pattern.key for pattern in patterns] == ["specialist_pattern"]


def test_no_question_is_asked_under_two_criteria():
    asked = [
        question.question
        for criterion in OURS.criteria.values()
        for language in LANGUAGES
        for _place, question in criterion.wording(language).questions()
    ]

    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("criterion", OURS.criteria.values(), ids=OURS.criteria)
def test_levels_differ_between_seniorities(criterion):
    for language in LANGUAGES:
        wording = criterion.wording(language)
        levels = [*wording.anchors_for(Seniority.UNIT).values()]
        levels += wording.anchors_for(Seniority.ORGANISATION).values()

        assert len(levels) == len(set(levels)) == 6


# --- search


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("konflikt", "handling_conflict"),
        ("conflict", "handling_conflict"),
        ("budget", "financial_responsibility"),
        ("leda medarb", "leading_people"),
    ],
)
def test_a_criterion_is_found_by_words_of_either_language(text, first):
    assert OURS.search(text)[0].key == first


def test_a_word_that_no_criterion_has_finds_none_and_no_word_finds_all():
    assert OURS.search("trapetskonstnär") == []
    assert len(OURS.search("  ")) == len(OURS.criteria)


# --- a pattern


def test_a_pattern_is_filled_in_with_its_subject_as_it_stands():
    filled = OURS.criteria["specialist_pattern"].filled_in(r'"plåt" \1')

    assert filled.sv.name == r'Sakkunskap: "plåt" \1'
    assert r'inom "plåt" \1 ' in filled.sv.definition
    assert not filled.is_pattern


# --- what the reading refuses


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ('group = "cooperation"', 'group = "people"', "group", "'leadership', 'thinking'"),
        ('group = "cooperation"', 'grupp = "cooperation"', "grupp", "no such field"),
        ("measured_by = [", 'measured_by = ["palmistry", ', "measured_by", "palmistry"),
        ('key = "collaboration"', 'key = "other_name"', "key", "same name"),
        ("[sv.anchors.unit]\n1 =", "[sv.anchors.unit]\n2 =", "Swedish, anchors, unit", "level 1"),
        ("[sv.anchors.unit]\n1 =", "[sv.anchors.unit]\n6 =", "Swedish, anchors, unit, 6", "one of"),
        ('definition = "Works', 'definition = ["Works', "", "no TOML"),
        ('name = "Collaboration"', "name = 3", "English, name", "text in quotation marks"),
        ('name = "Collaboration"', 'name = ""', "English, name", "empty"),
        (
            'probes = ["What was your part?", "Where was there friction?", '
            '"What did you give the others that they had not asked for?"]',
            'probes = ["What was your part?"]',
            "English, past_behaviour 1, probes",
            "at least 2",
        ),
    ],
)
def test_a_fault_of_form_is_told_with_its_place(sample, folder, old, new, place, says):
    assert old in sample

    told = sentences(folder(sample.replace(old, new, 1)))

    assert any(f"{place}: " in sentence and says in sentence for sentence in told), told
    assert all(sentence.startswith("collaboration.toml") for sentence in told)


def test_a_file_in_another_encoding_is_told(tmp_path, sample):
    (tmp_path / "collaboration.toml").write_bytes(sample.encode("latin-1", "replace"))

    assert "UTF-8" in sentences(tmp_path)[0]


def test_an_empty_or_missing_folder_is_told(tmp_path):
    assert "no file in it" in sentences(tmp_path)[0]
    assert "no such folder" in sentences(tmp_path / "nowhere")[0]


# --- what the linter refuses


LINTED = [
    ('definition = "Works', 'definition = "Is ambitious and works', "ambitious"),
    ('definition = "Works', 'definition = "Shows no narcissistic ways and works', "health care"),
    ('definition = "Works', 'definition = "Young at heart, works', "protected ground"),
    ('definition = "Works', 'definition = "Is nice and works', "impression"),
    ('definition = "Works', 'definition = "TODO works', "not finished"),
    ('definition = "Works', 'definition = "In [field] works', "fill in"),
    ('"What was your part?"', '"What was your part, and what was theirs?"', "two things"),
    ('"What was your part?"', '"What was yours? What was theirs?"', "two things"),
    ('"What was your part?"', '"Did you take part in it?"', "yes or no"),
    ('"What was your part?"', '"What was your part, surely a large one?"', "wished for"),
    ('"What was your part?"', '"Vad var din del i det hela?"', "not English"),
    ('"Vad var din del?"', '"What was your part?"', "not Swedish"),
]


@pytest.mark.parametrize(("old", "new", "says"), LINTED, ids=[row[1] for row in LINTED])
def test_a_fault_of_content_is_refused(sample, folder, old, new, says):
    assert old in sample

    told = sentences(folder(sample.replace(old, new, 1)))

    assert told
    assert any(says in sentence for sentence in told), told
    assert all("criterion collaboration" in sentence for sentence in told)


def test_a_rating_error_may_name_what_misleads(sample, folder):
    changed = sample.replace("Taking good manners", "Taking a charming, outgoing manner")

    assert sentences(folder(changed)) == []


def test_a_word_that_the_work_is_about_may_stand_with_its_reason(sample, folder):
    changed = sample.replace('definition = "Works', 'definition = "With children, works', 1)
    assert sentences(folder(changed)) != []

    reason = 'needed_words = { children = "The work is in a preschool." }'
    changed = changed.replace("measured_by", f"{reason}\nmeasured_by", 1)

    assert sentences(folder(changed)) == []


def test_what_one_language_has_the_other_must_have(sample, folder):
    english = sample.index("[en]")
    begins = sample.index("[[en.situational]]", english)
    third = sample[begins : sample.index("[[en.situational]]", begins + 5)]

    told = sentences(folder(sample + "\n" + third.replace("Two people", "Two new people")))

    assert any("Swedish, situational 3" in sentence for sentence in told)


# --- a folder of a firm's own


def test_a_firms_own_file_stands_in_the_place_of_ours_and_others_are_added(sample, folder):
    folder(sample.replace('name = "Collaboration"', 'name = "Working as one firm"'))
    new = sample.replace('key = "collaboration"', 'key = "in_shifts"')
    new = new.replace('name = "Collaboration"', 'name = "Working in shifts"')
    place = folder(new.replace('name = "Samarbete"', 'name = "Skiftarbete"'), "in_shifts.toml")

    found = collection(place).criteria

    assert found["collaboration"].en.name == "Working as one firm"
    assert found["in_shifts"].sv.name == "Skiftarbete"
    assert len(found) == len(OURS.criteria) + 1


def test_a_file_with_a_fault_is_left_out_and_the_rest_is_offered(folder):
    found = collection(folder("key = 1", "broken.toml"))

    assert found.criteria == OURS.criteria
    assert {fault.file for fault in found.faults} == {"broken.toml"}


def test_two_criteria_cannot_have_the_same_name(sample, folder):
    folder(sample)
    place = folder(sample.replace('key = "collaboration"', 'key = "zweite"'), "zweite.toml")

    assert "collaboration has the same name" in "\n".join(sentences(place))


def test_a_new_criterion_cannot_have_the_name_of_one_that_comes_along(sample, folder):
    place = folder(sample.replace('key = "collaboration"', 'key = "zweite"'), "zweite.toml")

    assert "collaboration has the same name" in "\n".join(sentences(place))


def test_a_file_is_read_as_it_stands(sample):
    read = read_criterion(CONTENT / "collaboration.toml")

    assert read.sv.definition == tomllib.loads(sample)["sv"]["definition"]
