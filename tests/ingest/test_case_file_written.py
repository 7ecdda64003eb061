"""What an author writes in a case file, and what is wrong with it in words."""

import json

import pytest

from second_opinion.engine.decision import Conclusion
from second_opinion.ingest.case_file import (
    CONCLUSIONS,
    EXAMPLE,
    EXAMPLES,
    SourceKind,
    as_dict,
    from_dict,
    read_case_file,
)
from second_opinion.ingest.errors import CaseFileError

BASE = EXAMPLE.partition("\n[[written]]")[0] + "\n"
ROBIN = '\n[[written]]\ncandidate = "Robin Hale"\n'


@pytest.fixture
def read(tmp_path):
    def read(added):
        path = tmp_path / "case.toml"
        path.write_text(added if added.startswith("#") else BASE + added, encoding="utf-8")
        return read_case_file(path)

    return read


def sentence(kind, **keys):
    return f"[[written.{kind}]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_example_is_fully_written_and_kept_as_it_is(read, language):
    case = read(EXAMPLES[language])

    robin, sam = case.written
    assert (len(robin.reasons), len(robin.risks), len(robin.answers)) == (3, 3, 2)
    assert all(risk.condition for risk in (*robin.risks, *sam.risks))
    assert {source.kind for one in robin.sentences for source in one.sources} == set(SourceKind)
    assert sam.answers[1].not_answered
    assert from_dict(json.loads(json.dumps(as_dict(case)))) == case


def test_sentences_with_one_number_make_one_answer(read):
    answers = "".join(
        sentence("answer", question=number, text=f'"{text}"')
        for number, text in ((2, "B."), (1, "A."), (2, "C."))
    )

    (written,) = read(ROBIN + answers).written

    assert [(one.question, [s.text for s in one.sentences]) for one in written.answers] == [
        (1, ["A."]),
        (2, ["B.", "C."]),
    ]


def test_conclusions_are_the_rules_own():
    assert set(CONCLUSIONS) == {one.value for one in Conclusion}


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ('[[written]]\ncandidate = "Ann"\n', "there are 'Robin Hale', 'Sam Okafor'"),
        (ROBIN + ROBIN, "written of at"),
        (ROBIN + sentence("reason", text='"A."') * 4, "room for 3"),
        (ROBIN + sentence("risk", text='"A."'), "condition"),
        (ROBIN + sentence("answer", question=3, text='"A."'), "no open question 3; there are 2"),
        (
            ROBIN
            + sentence("answer", question=1, text='"A."')
            + sentence("answer", question=1, not_answered='"B."'),
            "has an answer as well",
        ),
        (
            ROBIN + sentence("reason", text='"A."', sources='[{ by = "Jonas Birch" }]'),
            "neither rating, anchor nor instrument",
        ),
        (
            ROBIN
            + sentence(
                "reason", text='"A."', sources='[{ rating = "Leading change", by = "Jo Birch" }]'
            ),
            "Jo Birch",
        ),
        (
            ROBIN
            + sentence("reason", text='"A."', sources='[{ anchor = "Leading change", level = 2 }]'),
            "no anchor at 2",
        ),
        (
            '[[written]]\ncandidate = "Sam Okafor"\n'
            + sentence(
                "reason",
                text='"A."',
                sources='[{ instrument = "Accounting knowledge test", criterion = "Leading" }]',
            ),
            "there are none",
        ),
        (ROBIN + '[written.override]\nconclusion = "supported"\n', "reason"),
        (
            ROBIN
            + '[written.override]\nconclusion = "supported"\nreason = "A."\n'
            + ROBIN
            + 'language = "sv"\n[written.override]\nconclusion = "not supported"\nreason = "B."\n',
            "In the other language",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(read, added, told):
    with pytest.raises(CaseFileError, match=r"(?s).*") as refused:
        read(added)

    assert told in str(refused.value)
    assert "Nothing was done." in str(refused.value)
