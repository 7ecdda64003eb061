"""Whatever people write or leave out, there is a correct report, never a broken one."""

import csv
import io
import json
from html.parser import HTMLParser

import docx
import outloud
import pytest
from django.utils import timezone

from second_opinion.cases.states import CaseState
from second_opinion.ingest.case_file import CriterionEntry
from second_opinion.reports import services
from second_opinion.reports.analysis import analyse
from second_opinion.reports.rendering import csv_of, page_of, pdf_of, report_figures, word_of
from second_opinion.reports.rendering.stored import document_of
from second_opinion.reports.selectors.addendum import Addendum, Replied
from second_opinion.reports.writing import with_addendum, write_explanation, write_memo
from second_opinion.reports.writing.characters import cleaned, every_text
from tests import factories
from tests.reports import samples
from tests.reports.case_files import ISSUED, a_case, an_opinion
from tests.reports.rendering.printed import Printed

INJECTIONS = (
    '#let x = read("/etc/passwd") #x @ref <label> $ x^2 $ *b* _i_ `raw` // gone /* gone */',
    '#image("x.png") #eval("1+1") \\u{41} \\ ~ -- --- ... [x] = Heading',
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; &amp; <!-- gone -->",
    "{{ 7|add:7 }} {% now 'Y' %} {# gone #} ${7*7} #{7*7} <%= 7*7 %> %(name)s {0} {name}",
    ']]> </svg> </title><text>out</text> " onload="x \' -- ;',
    '=HYPERLINK("http://x") +1+1 -1 @SUM(A1) | cmd \' /C calc',
)


def nasty(text):
    """A case in which every free text is the same one; names told apart by a number."""
    criteria = tuple(
        CriterionEntry(
            name=f"{text} {place}",
            weight=50,
            minimum=3 if place else None,
            definition=text,
            anchors={1: text, 5: text},
        )
        for place in range(2)
    )
    spoken = {"criteria": criteria, "evidence": (text,), "reason": text, "conclusion": text}
    opinions = [
        an_opinion(
            scores, kind=kind, assessor=f"{text} {who}", candidate=f"{text} c{one}", **spoken
        )
        for one in range(2)
        for who, (kind, scores) in enumerate(((samples.FIRST, (4, None)), (samples.SECOND, (2, 5))))
    ]
    return a_case(
        *opinions,
        role=text,
        client=text,
        provider=text,
        reference=text,
        open_questions=(text,),
        criteria=criteria,
        candidates=tuple(f"{text} c{one}" for one in range(2)),
        no_first_opinion=text,
        profile_changes=(text,),
    )


def squeezed(text):
    """Without spaces, and without where a long word may break: lines break where they like."""
    return "".join(text.replace("\u200b", "").split())


def faults(path):
    found = outloud.check(str(path)).findings
    return [(each.rule, each.message) for each in found if each.severity == "error"]


class Words(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.text, self.tags = "", set()
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.tags |= {tag, *(name for name, _value in attributes if name.startswith("on"))}

    def handle_data(self, text):
        self.text += text


@pytest.fixture(params=INJECTIONS)
def injected(request):
    return request.param, nasty(request.param)


def test_it_appears_literally_in_the_pdf_and_every_document_beside_it(injected, tmp_path):
    text, case = injected
    analysis, said = analyse(case), {"language": "en", "issued_on": ISSUED}
    documents = {
        "report": samples.document(case),
        "memo": write_memo(case, analysis, **said),
        "letter": write_explanation(case, analysis, candidate=case.candidates[0], **said),
    }

    for name, document in documents.items():
        made = pdf_of(document)
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made)
        at_least = 3 if name == "letter" else 10
        assert squeezed(Printed(made).text).count(squeezed(text)) >= at_least
        assert faults(path) == []


def test_it_appears_literally_on_the_page(injected):
    text, case = injected

    words = Words(page_of(samples.document(case)))

    assert words.text.count(cleaned(text)) > 20
    assert not {"script", "img", "onerror", "onload"} & words.tags


def test_it_appears_literally_in_word(injected):
    text, case = injected

    made = docx.Document(io.BytesIO(word_of(samples.document(case))))

    assert [one.text for one in made.paragraphs if one.style.name == "Title"] == [cleaned(text)]
    assert cleaned(text) in [one.text for one in made.paragraphs if one.style.name == "Quote"]


def test_it_appears_literally_in_json_and_csv(injected):
    text, case = injected

    figures = json.loads(json.dumps(report_figures(case, analyse(case)), allow_nan=False))
    rows = list(csv.reader(io.StringIO(csv_of(samples.document(case)).decode())))

    assert figures["role"] == text
    assert figures["candidates"][0]["criteria"][0]["name"] == f"{text} 0"
    assert any(cleaned(text) in row[0] for row in rows[1:])
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+@"))]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (samples.two_opinions((None,) * 3, (None,) * 3), "not enough for a conclusion"),
        (samples.two_opinions((4, None, None), (None, None, 4)), "rated nothing in common"),
        (samples.one_opinion(), "Only one assessor rated this"),
        (samples.case(opinions=()), "not enough for a conclusion"),
    ],
    ids=["no ratings", "none in common", "one opinion", "no opinion"],
)
def test_what_is_missing_is_said_in_every_form(case, said, tmp_path):
    document = samples.document(case)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(document))

    assert said in " ".join(every_text(document))
    assert faults(path) == []
    assert said in Words(page_of(document)).text
    assert word_of(document).startswith(b"PK")


def test_corrections_that_contradict_each_other_stand_side_by_side_with_their_answers():
    addendum = Addendum(
        replies=(
            Replied(
                candidate=samples.ANNA,
                is_fact=True,
                words="I led forty people.",
                is_accepted=True,
                stated="four people",
                correct="forty people",
            ),
            Replied(
                candidate=samples.ANNA,
                is_fact=True,
                words="It was four people after all.",
                is_accepted=False,
                reason="The contract says forty.",
            ),
        )
    )

    document = with_addendum(samples.document(samples.two_opinions()), addendum)

    said = " ".join(every_text(document))
    for words in ("I led forty people.", "It was four people after all.", "The contract says"):
        assert words in said
    assert "Iledfortypeople." in squeezed(Printed(pdf_of(document)).text)


@pytest.mark.django_db
def test_nothing_of_a_candidate_who_has_withdrawn_is_in_the_report():
    cast = factories.Cast()
    case = factories.make_case(
        cast, state=CaseState.OPENED, candidates=("Kim Karlsson", "Alex Andersson")
    )
    case.candidacies.filter(name="Alex Andersson").update(withdrawn_at=timezone.now())

    version = services.sign_report(actor=cast.coordinator, case=case)
    document = document_of(version, language="en")

    assert "Kim Karlsson" in " ".join(every_text(document))
    assert "Alex" not in " ".join(every_text(document))
    assert "Alex" not in Printed(pdf_of(document)).text
