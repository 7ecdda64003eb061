import json
import os
from datetime import date
from string import Template

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_opinion.ingest.case_file import (
    EXAMPLE,
    EXAMPLES,
    CaseFile,
    CriterionEntry,
    OpinionEntry,
    OpinionKind,
    RatingEntry,
    as_dict,
    from_dict,
    read_case_file,
)
from second_opinion.ingest.errors import CaseFileError, FileError, IngestError

SHARE = float(os.environ.get("SOAK_SHARE", "1"))  # CI runs a fresh sample of the soak

SMALL = """\
role = "Head"
scale = [1, 5]
bar = 3

[[criterion]]
name = "Lead"
weight = 60
minimum = 2
[criterion.anchors]
"1" = "low"
"5" = "high"

[[criterion]]
name = "Count"
weight = 40

[[candidate]]
name = "Kim"

[[opinion]]
assessor = "Ada"
candidate = "Kim"
kind = "first"

[[opinion.rating]]
criterion = "Lead"
score = 4
evidence = "Said so."

[[opinion.rating]]
criterion = "Count"
observed = false
reason = "No time."
"""


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "case.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def changed(old, new, *, text=SMALL):
    assert old in text
    return text.replace(old, new, 1)


def refusal(path, *, kind=CaseFileError):
    with pytest.raises(kind) as refused:
        read_case_file(path)
    sentence = str(refused.value)
    assert str(path) in sentence
    assert sentence.endswith("Nothing was done.")
    return sentence


def test_case_file_becomes_the_case_it_describes(file):
    assert read_case_file(file(SMALL)) == CaseFile(
        role="Head",
        scale_low=1,
        scale_high=5,
        bar=3,
        criteria=(
            CriterionEntry(name="Lead", weight=60, minimum=2, anchors={1: "low", 5: "high"}),
            CriterionEntry(name="Count", weight=40),
        ),
        candidates=("Kim",),
        opinions=(
            OpinionEntry(
                assessor="Ada",
                candidate="Kim",
                kind=OpinionKind.FIRST,
                ratings=(
                    RatingEntry(criterion="Lead", score=4, evidence=("Said so.",)),
                    RatingEntry(criterion="Count", score=None, reason_not_observed="No time."),
                ),
            ),
        ),
    )


def test_optional_keys_are_read(file):
    text = (
        'client = "C"\nprovider = "P"\nreference = "R"\nlanguage = "en"\nordered_on = 2026-11-02\n'
        'open_questions = ["One?", "  ", "Two?"]\n' + SMALL
    )

    case = read_case_file(file(text))

    assert (case.client, case.provider, case.reference, case.language) == ("C", "P", "R", "en")
    assert case.ordered_on == date(2026, 11, 2)
    assert case.open_questions == ("One?", "Two?")


@pytest.mark.parametrize("language", EXAMPLES)
def test_example_is_a_case_in_its_language_with_two_opinions_on_each_candidate(file, language):
    case = read_case_file(file(EXAMPLES[language]))

    assert case.language == language
    for candidate in case.candidates:
        kinds = [each.kind for each in case.opinions if each.candidate == candidate]
        assert kinds == [OpinionKind.FIRST, OpinionKind.SECOND]


def test_both_examples_hold_the_same_figures(file):
    scores = {
        language: [
            rating.score
            for opinion in read_case_file(file(text)).opinions
            for rating in opinion.ratings
        ]
        for language, text in EXAMPLES.items()
    }

    assert scores["sv"] == scores["en"]


@pytest.mark.parametrize("text", [SMALL, *EXAMPLES.values()])
def test_stored_case_comes_back_equal_through_json(file, text):
    case = read_case_file(file(text))

    assert from_dict(json.loads(json.dumps(as_dict(case)))) == case


def test_names_are_equal_in_either_unicode_form_and_spacing(file):
    text = SMALL.replace('candidate = "Kim"', 'candidate = " A\u030asa  Ek "')

    case = read_case_file(file(changed('name = "Kim"', 'name = "\u00c5sa Ek"', text=text)))

    assert case.candidates == ("\u00c5sa Ek",)


def test_byte_order_mark_and_windows_line_breaks_are_read(file):
    assert read_case_file(file(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())).bar == 3


# Files that are none


def test_missing_file_and_directory_are_refused(tmp_path):
    assert "There is no such file." in refusal(tmp_path / "no.toml", kind=FileError)
    assert "This is a folder" in refusal(tmp_path, kind=FileError)


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_empty_file_is_refused(file, content):
    assert "The file is empty." in refusal(file(content))


@pytest.mark.parametrize("content", [b"\x00\x01", b"%PDF-1.7", b"role = '\xff'"])
def test_binary_junk_is_refused(file, content):
    assert "not text" in refusal(file(content), kind=FileError)


def test_gigabyte_is_refused_without_being_read(tmp_path):
    path = tmp_path / "case.toml"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)

    assert "larger than 5 MB" in refusal(path, kind=FileError)


def test_toml_that_does_not_parse_is_refused_with_its_line(file):
    sentence = refusal(file(changed('role = "Head"', 'role = "Head')))

    assert "This is not TOML" in sentence
    assert "line 1" in sentence


@pytest.mark.parametrize("value", ["[" * 5000, "{a=" * 5000, "9" * 5000])
def test_toml_that_overwhelms_the_parser_is_refused(file, value):
    assert "Correct that place" in (sentence := refusal(file(f"role = {value}"))) or (
        "nested too deeply" in sentence
    )


# Keys and types


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('role = "Head"', 'role = "Head"\nrolle = 1', ["key 'rolle'", "Did you mean 'role'?"]),
        ("weight = 60", "wieght = 60", ["[[criterion]] 1", "key 'wieght'", "mean 'weight'?"]),
        ('name = "Kim"', 'name = "Kim"\nage = 50', ["[[candidate]] 1", "no key 'age'"]),
        ('kind = "first"', 'kind = "first"\nmood = 1', ["[[opinion]] 1", "no key 'mood'"]),
        ("score = 4", "score = 4\nweight = 1", ["[[opinion.rating]] 1", "no key 'weight'"]),
    ],
)
def test_unknown_key_is_refused_with_the_nearest(file, old, new, words):
    sentence = refusal(file(changed(old, new)))

    assert all(word in sentence for word in words)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ('role = "Head"', "role = 3", "role", "This is a number. Write text"),
        ('role = "Head"', 'role = " "', "role", "The text is empty."),
        ('role = "Head"\n', "", "role", "The key is missing."),
        ('role = "Head"', 'role = "Head"\nlanguage = "de"', "language", "'de' is none of 'sv'"),
        ('role = "Head"', 'role = "Head"\nordered_on = "today"', "ordered_on", "This is text."),
        (
            'role = "Head"',
            'role = "Head"\nordered_on = 2026-11-02T10:00:00',
            "ordered_on",
            "This is a date with a time.",
        ),
        ('role = "Head"', 'role = "Head"\nopen_questions = 1', "open_questions", "a number"),
        ('role = "Head"', 'role = "Head"\nopen_questions = [1]', "open_questions", "a number"),
        ("scale = [1, 5]\n", "", "scale", "The key is missing."),
        ("scale = [1, 5]", "scale = 5", "scale", "This is a number. Write a list of two"),
        ("scale = [1, 5]", "scale = [1, 5, 9]", "scale", "list of two numbers"),
        ("scale = [1, 5]", "scale = [5, 1]", "scale", "The highest score, 1, is not above"),
        ("scale = [1, 5]", 'scale = ["1", 5]', "scale", "This is text."),
        ("scale = [1, 5]", "scale = [1, inf]", "scale", "inf is no possible value."),
        ("bar = 3\n", "", "bar", "The key is missing."),
        ("bar = 3", "bar = true", "bar", "This is true or false."),
        ("bar = 3", "bar = nan", "bar", "nan is no possible value."),
        ("bar = 3", "bar = " + "9" * 400, "bar", "A number of that size is no possible value."),
        ("bar = 3", "bar = 5.5", "bar", "5.5 is outside the scale 1 to 5."),
        ("weight = 60", 'weight = "60"', "weight", "This is text."),
        ("weight = 60", "weight = 0", "weight", "0 is no weight"),
        ("weight = 60", "weight = -60", "weight", "-60 is no weight"),
        ("minimum = 2", "minimum = 0", "minimum", "0 is outside the scale 1 to 5."),
        ('"1" = "low"', '"0" = "low"', "0", "0 is outside the scale 1 to 5."),
        ('"1" = "low"', '"one" = "low"', "one", "This is no score."),
        ('"1" = "low"', '"nan" = "low"', "nan", "This is no score."),
        ('"1" = "low"', '"5.0" = "low"', "5", "Score 5 has an anchor already."),
        ('"1" = "low"', '1.5 = "low"', "1", "needs quotation marks"),
        ('"1" = "low"', '"1" = 1', "1", "This is a number."),
        ('kind = "first"', 'kind = "frist"', "kind", "Did you mean 'first'?"),
        ('kind = "first"\n', "", "kind", "The key is missing."),
        ('assessor = "Ada"', 'assessor = ""', "assessor", "The text is empty."),
        ("score = 4", "score = 6", "score", "6 is outside the scale 1 to 5."),
        ("score = 4", 'score = "4"', "score", "This is text."),
        ("score = 4", "score = nan", "score", "nan is no possible value."),
        ("observed = false", 'observed = "no"', "observed", "This is text."),
        ('evidence = "Said so."', "evidence = 7", "evidence", "This is a number."),
        ('evidence = "Said so."', 'evidence = "x"\nreason = "y"', "reason", "A reason is for"),
    ],
)
def test_wrong_value_is_refused_naming_its_key(file, old, new, key, words):
    sentence = refusal(file(changed(old, new)))

    assert f"key '{key}'" in sentence
    assert words in sentence


@pytest.mark.parametrize("key", ["criterion", "candidate", "opinion"])
@pytest.mark.parametrize("value", ["1", '"x"', "[1]", "{}"])
def test_what_is_not_a_list_of_tables_is_refused(file, key, value):
    without = "\n".join(
        line for line in SMALL.splitlines() if line.startswith(("role", "scale", "bar"))
    )
    before = Template(
        '$text\ncriterion = [{name = "a", weight = 100}]\ncandidate = [{name = "b"}]\n'
    ).substitute(text=without)
    if key == "criterion":
        before = without
    elif key == "candidate":
        before = before[: before.index("candidate")]

    sentence = refusal(file(f"{before}\n{key} = {value}\n"))

    assert f"key '{key}'" in sentence
    assert f"[[{key}]]" in sentence


@pytest.mark.parametrize("key", ["criterion", "candidate", "opinion"])
def test_case_without_one_of_its_parts_is_refused(file, key):
    kept, skipping = [], False
    for line in SMALL.splitlines():
        if line.startswith("["):
            skipping = line.lstrip("[").startswith(key)
        if not skipping:
            kept.append(line)

    assert f"There is no [[{key}]]." in refusal(file("\n".join(kept)))


# Meaning


def test_weights_that_do_not_sum_are_refused_with_sum_and_difference(file):
    sentence = refusal(file(changed("weight = 60", "weight = 55")))

    assert "sum to 95, not to 100 (55 + 40)" in sentence
    assert "Change them by 5 in all." in sentence


@pytest.mark.parametrize(("weight", "is_whole"), [(60.01, True), (59.99, True), (60.02, False)])
def test_weights_may_miss_a_hundred_by_a_hundredth(file, weight, is_whole):
    path = file(changed("weight = 60", f"weight = {weight}"))

    if is_whole:
        assert read_case_file(path).criteria[0].weight == weight
    else:
        assert "not to 100" in refusal(path)


def test_criterion_no_one_rated_is_refused(file):
    rated = SMALL.rindex("[[opinion.rating]]")

    assert "No one rated the criterion 'Count'." in refusal(file(SMALL[:rated]))


def test_criterion_everyone_marked_not_observed_is_fine(file):
    assert read_case_file(file(SMALL)).opinions[0].ratings[1].score is None


def test_candidate_without_an_opinion_is_refused(file):
    text = changed('name = "Kim"', 'name = "Kim"\n[[candidate]]\nname = "Li"')

    assert "There is no opinion on the candidate 'Li'." in refusal(file(text))


def test_case_in_which_nothing_was_observed_is_refused(file):
    text = changed('score = 4\nevidence = "Said so."', "observed = false")

    assert "Nothing was observed" in refusal(file(text))


def test_assessor_rating_a_candidate_twice_is_refused_naming_both_places(file):
    second = SMALL[SMALL.index("[[opinion]]") :]

    sentence = refusal(file(f"{SMALL}\n{second}"))

    assert "line 35, [[opinion]] 2: 'Ada' rates 'Kim' a second time" in sentence
    assert "line 20, [[opinion]] 1" in sentence


def test_assessor_rating_a_criterion_twice_is_refused(file):
    text = SMALL + '\n[[opinion.rating]]\ncriterion = "Lead"\nscore = 2\n'

    assert "'Ada' has rated 'Kim' on 'Lead' already." in refusal(file(text))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('candidate = "Kim"', 'candidate = "Kin"', "no candidate 'Kin'; there are 'Kim'. Did you"),
        ('criterion = "Lead"', 'criterion = "Laed"', "no criterion 'Laed'; there are 'Lead'"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(file, old, new, words):
    assert words in refusal(file(changed(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [
        ('name = "Count"', 'name = "Lead"', "[[criterion]]"),
        ('name = "Kim"', 'name = "Kim"\n[[candidate]]\nname = " Kim "', "[[candidate]]"),
    ],
)
def test_name_used_twice_is_refused(file, old, new, table):
    sentence = refusal(file(changed(old, new)))

    assert f"{table} 2, key 'name'" in sentence
    assert f"{table} 1 already." in sentence


def test_rating_needs_a_score_or_not_observed_and_never_both(file):
    assert "The rating has no score." in refusal(file(changed("score = 4\n", "")))
    assert "a score and observed = false" in refusal(
        file(changed("score = 4", "score = 4\nobserved = false"))
    )


def test_opinion_without_ratings_is_refused(file):
    text = f'{SMALL}\n[[opinion]]\nassessor = "Bo"\ncandidate = "Kim"\nkind = "second"\n'

    assert "The opinion of 'Bo' on 'Kim' has no ratings." in refusal(file(text))


# Places


def test_fault_is_named_with_the_line_of_its_table(file):
    lines = EXAMPLE.splitlines()
    number = next(at for at, line in enumerate(lines) if line == "score = 2.5")
    lines[number] = "score = 25"
    heading = max(
        at for at, line in enumerate(lines[:number], start=1) if line == "[[opinion.rating]]"
    )

    sentence = refusal(file("\n".join(lines)))

    assert f"line {heading}, [[opinion]] 2, [[opinion.rating]] 2, key 'score'" in sentence


def test_no_line_is_told_where_a_text_holds_what_looks_like_a_heading(file):
    text = changed('evidence = "Said so."', "evidence = '''\n[[opinion.rating]]\n'''")

    sentence = refusal(file(changed("observed = false", "observed = 1", text=text)))

    assert "case.toml, [[opinion]] 1, [[opinion.rating]] 2, key 'observed'" in sentence


# Any file at all

LINES = EXAMPLE.splitlines()
VALUES = ["1", "-1", "1e400", "nan", "true", '""', '"x"', "[]", "{}", "[{}]", "[[]]", "2026-01-01"]
KEYS = ["role", "scale", "bar", "weight", "score", "name", "anchors", "observed", "kind", "rating"]


def refuses_or_reads(folder, content):
    path = folder / "case.toml"
    path.write_bytes(content)
    try:
        case = read_case_file(path)
    except IngestError as refused:
        assert str(refused).endswith("Nothing was done.")  # noqa: PT017  reading it is fine too
    else:
        assert from_dict(json.loads(json.dumps(as_dict(case)))) == case


@st.composite
def near_examples(draw):
    """The example with some lines dropped, doubled, moved or with other values."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "value"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "value":
                lines[at] = f"{draw(st.sampled_from(KEYS))} = {draw(st.sampled_from(VALUES))}"
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cases")


@given(content=st.binary(max_size=200) | near_examples())
def test_any_file_is_read_or_refused_with_a_sentence(folder, content):
    refuses_or_reads(folder, content)


@pytest.mark.soak
@settings(max_examples=max(100, int(10_000 * SHARE)))
@given(content=st.binary(max_size=2000) | near_examples())
def test_very_many_files_are_read_or_refused_with_a_sentence(folder, content):
    refuses_or_reads(folder, content)
