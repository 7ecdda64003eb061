import dataclasses
import io
import os
import unicodedata
from importlib import resources
from pathlib import Path

import outloud
import pikepdf
import pymupdf
import pytest
import typst

from second_opinion.ingest.case_file import EXAMPLES, read_case_file
from second_opinion.reports import rendering as reports_rendering
from second_opinion.reports.analysis import analyse
from second_opinion.reports.errors import ReportError
from second_opinion.reports.rendering import pdf, render_pdf
from second_opinion.reports.rendering.characters import VisibleText
from tests.reports.case_files import (
    CRITERIA,
    ISSUED,
    THIRD,
    TWO_OPINIONS,
    a_case,
    about,
    an_opinion,
)
from tests.reports.rendering.printed import Printed

A4 = (595, 842)
GUESSES = {
    "PAG-001",  # the same sentence on several pages is taken for a running head
    "FIG-010",  # a code point at the head of an alternative text is taken for a stand-in
}
SOFT = dict.fromkeys(map(ord, "\u200b\xad\n \xa0"))


def made(case, language="en"):
    return render_pdf(case, analyse(case), language=language, issued_on=ISSUED)


def text_of(made_pdf):
    """All text, without spaces: where a line breaks does not matter."""
    with pymupdf.open(stream=made_pdf, filetype="pdf") as document:
        return "".join(page.get_text() for page in document).translate(SOFT)


def findings(made_pdf, folder):
    path = folder / "report.pdf"
    path.write_bytes(made_pdf)
    result = outloud.check(str(path))
    assert result.error is None
    return [
        (each.rule, each.message)
        for each in result.findings
        if each.severity != "info" and each.rule not in GUESSES
    ]


def in_spaces(text):
    return text.translate(SOFT)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("candidates", [("Kim",), ("Kim", "Alex"), ("Kim", "Alex", "Ida")])
def test_tags_are_accepted(tmp_path, language, candidates):
    opinions = [opinion for name in candidates for opinion in about(name)]

    assert findings(made(a_case(*opinions, candidates=candidates), language), tmp_path) == []


def test_file_says_what_it_is(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(made(a_case(), language="sv"))

    with pikepdf.open(path) as file, file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == "Second opinion: Head of Finance"
        assert str(file.Root.Lang) == "sv"
        assert file.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in file.Root


def test_same_report_is_the_same_bytes():
    assert made(a_case()) == made(a_case())


def test_another_day_of_issue_is_another_file():
    case = a_case()
    later = render_pdf(
        case, analyse(case), language="en", issued_on=ISSUED.replace(day=ISSUED.day + 1)
    )

    assert later != made(case)


@pytest.mark.parametrize(
    "opinions",
    [
        (),
        (an_opinion((None, None, None)),),
        (an_opinion((4, None, None)),),
        tuple(
            an_opinion((kind + 1, 5 - kind, 3), kind=THIRD, assessor=f"A{kind}")
            for kind in range(5)
        ),
    ],
    ids=["no opinion", "nothing observed", "one criterion", "five opinions"],
)
def test_thin_and_thick_cases_come_out_right(tmp_path, opinions):
    case = dataclasses.replace(a_case(), opinions=opinions)

    assert findings(made(case), tmp_path) == []


@pytest.mark.parametrize(
    "nasty",
    [
        '#import "x": y',
        "$ x^2 $ *b* _i_ `c` @ref <label> // /* */",
        '#panic(1) #read("/etc/passwd")',
        "= Heading\n- item\n+ item\n/ term: text",
        '\\ \\u{41} "quotes" --- ... ~ #sym.zws',
    ],
)
def test_markup_in_words_of_people_appears_literally(nasty):
    opinion = an_opinion((4, 4, 4), evidence=(nasty,), conclusion=nasty)

    assert in_spaces(nasty) in text_of(made(a_case(opinion, open_questions=(nasty,))))


@pytest.mark.parametrize("name", ["Åsa Öberg", "Ђорђе Ћирић", "Ἀριστοτέλης", "Đặng Thị Ngọc"])
def test_names_in_scripts_that_the_fonts_have_can_be_read_out(name):
    opinion = an_opinion((4, 4, 4), candidate=name)

    found = text_of(made(a_case(opinion, candidates=(name,))))

    assert in_spaces(unicodedata.normalize("NFC", name)) in unicodedata.normalize("NFC", found)
    assert "U+" not in found


@pytest.mark.parametrize("name", ["李小龙", "😀👨‍👩‍👧", "김철수", "\ue000"])
def test_a_name_that_no_font_has_is_shown_as_code_points_and_listed(name):
    opinion = an_opinion((4, 4, 4), candidate=name)

    found = text_of(made(a_case(opinion, candidates=(name,))))

    for character in name.replace("\u200d", ""):
        assert f"[U+{ord(character):04X}]" in found
        assert f"U+{ord(character):04X}{unicodedata.name(character, '')}".replace(" ", "") in found


JOINED = ["مـ\u200dح", "q\u030a\u0301\u0323", "\u0301 alone", "ש\u0308", "م\u0301\u0308", "A\u20dd"]
DISALLOWED = ["a\x00b\ufeffc\ufffe", "\u202eevil\u202c", "\ud83d lone"]


@pytest.mark.parametrize("text", [*JOINED, "🏳️‍🌈", "\u0915\u094d\u0937", *DISALLOWED])
def test_nothing_that_people_write_stops_the_making(tmp_path, text):
    opinion = an_opinion((4, 4, 4), candidate=text, evidence=(text,))

    assert findings(made(a_case(opinion, candidates=(text,))), tmp_path) == []


@pytest.mark.parametrize("letter", ["x", "W", "Å", "م", "中"])
def test_two_thousand_characters_without_a_space_are_wrapped_and_not_cut(letter):
    word = letter * 2000
    names = {"assessor": letter * 80, "candidate": letter * 60}
    criteria = (dataclasses.replace(CRITERIA[0], name=letter * 90), *CRITERIA[1:])
    opinion = an_opinion((4, 4, 4), evidence=(word,), criteria=criteria, **names)

    result = made(a_case(opinion, candidates=(names["candidate"],), criteria=criteria))

    with pymupdf.open(stream=result, filetype="pdf") as document:
        for page in document:
            for x0, _y0, x1, *_rest in page.get_text("words"):
                assert x0 >= 60
                assert x1 <= A4[0] - 60
    shown = VisibleText().of(letter)
    assert text_of(result).count(shown) >= 2000 * 3  # once for each criterion


def test_an_answer_of_ten_thousand_characters_in_another_script_is_shown_whole():
    opinion = an_opinion((4, 4, 4), evidence=("中" * 10_000,))

    assert text_of(made(a_case(opinion))).count("[U+4E2D]") >= 10_000 * 3


def test_a_character_that_the_compiler_refuses_after_all_is_replaced(monkeypatch):
    monkeypatch.setattr(reports_rendering.characters, "without_glyph", lambda: "\ue000")
    opinion = an_opinion((4, 4, 4), evidence=("Bo 中 😀",))

    found = text_of(made(a_case(opinion)))

    assert "Bo[U+4E2D][U+1F600]" in found


@pytest.mark.parametrize(
    ("name", "font"),
    [("محمد العربي", "Amiri"), ("שלום", "Libertinus"), ("नमस्ते", "Devanagari"), ("สวัสดี", "Thai")],
)
def test_names_in_other_scripts_are_set_in_fonts_made_for_them(tmp_path, name, font):
    opinion = an_opinion((4, 4, 4), candidate=name)

    report = made(a_case(opinion, candidates=(name,)))

    assert "[U+" not in text_of(report)
    with pymupdf.open(stream=report, filetype="pdf") as document:
        used = {each[3] for page in document for each in page.get_fonts()}
    assert any(font in each for each in used)
    assert not any("DejaVu" in each for each in used)
    assert findings(report, tmp_path) == []


def test_arabic_letters_that_stand_over_one_another_are_all_there():
    printed = Printed(made(a_case(an_opinion((4, 4, 4), conclusion="ححب"))))

    assert not printed.lost(["ححب"])
    assert printed.lost(["ححش"]) == {"ش": 1}


def test_what_an_archive_forbids_is_not_in_the_file():
    with pikepdf.open(io.BytesIO(made(a_case()))) as file:
        assert "/JavaScript" not in file.Root.get("/Names", {})
        assert "/Encrypt" not in file.trailer
        (intent,) = file.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        descriptors = [each for each in file.objects if _is_font_descriptor(each)]
        assert descriptors
        assert all({"/FontFile2", "/FontFile3"} & set(each.keys()) for each in descriptors)


def _is_font_descriptor(each):
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"


def test_the_compiler_forgets_a_report_that_it_has_set():
    case = a_case(an_opinion((4, 4, 4), evidence=("Said so. " * 400,)))
    made(case)

    before = _memory()
    for letter in "abcdefghij":
        made(dataclasses.replace(case, role=letter, open_questions=(letter * 3000,)))

    assert _memory() - before < 60e6


def _memory():
    """What this process holds, in bytes; elsewhere than on Linux, nothing to compare."""
    held = Path("/proc/self/statm")
    return int(held.read_text().split()[1]) * os.sysconf("SC_PAGESIZE") if held.exists() else 0


def test_another_refusal_is_an_error_that_says_so(monkeypatch):
    def refuse(_report, *, issued_on):
        raise typst.TypstError("the moon is in the wrong house", "", [], [])

    monkeypatch.setattr(pdf, "compiled", refuse)

    with pytest.raises(ReportError, match="the moon is in the wrong house"):
        made(a_case())


def test_every_character_that_is_listed_as_covered_can_be_shown():
    listed = resources.files("second_opinion.reports.rendering").joinpath("typst/coverage.txt")
    ranges = [line.split("-") for line in listed.read_text("utf-8").splitlines() if line[0] != "#"]
    covered = [
        chr(code)
        for ends in ranges
        for code in range(int(ends[0], 16), int(ends[-1], 16) + 1)
        if unicodedata.is_normalized("NFC", chr(code))  # others are written as what they stand for
    ]
    opinion = an_opinion((4, 4, 4), evidence=(" a".join(covered),))

    found = text_of(made(a_case(opinion)))

    assert len(covered) > 4000
    assert "[U+" not in found


def test_three_opinions_on_three_finalists_keep_the_answer_on_one_page():
    names = ("Kim Karlsson", "Alex Andersson", "Ida Isaksson")
    opinions = [
        opinion
        for name in names
        for opinion in about(
            name,
            (*TWO_OPINIONS, an_opinion((3, 3, 3), kind=THIRD, assessor="Ewa")),
        )
    ]

    with pymupdf.open(stream=made(a_case(*opinions, candidates=names)), filetype="pdf") as document:
        first = document[0].get_text()

    assert all(name in first.replace("\n", " ") for name in names)
    assert "stand first in the chapter" in first.replace("\n", " ")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_answer_on_one_finalist_with_all_that_is_written_stands_on_one_page(language, tmp_path):
    path = tmp_path / "case.toml"
    path.write_text(EXAMPLES[language], encoding="utf-8")
    whole = read_case_file(path)
    name = whole.candidates[0]
    case = dataclasses.replace(
        whole,
        candidates=(name,),
        opinions=tuple(one for one in whole.opinions if one.candidate == name),
        written=tuple(one for one in whole.written if one.candidate == name),
    )

    with pymupdf.open(stream=made(case, language=language), filetype="pdf") as document:
        first, second = (document[page].get_text() for page in (0, 1))

    assert {"sv": "kräver inget stöd", "en": "needs no support"}[language] in first
    assert {"sv": "Vad svaret bygger på", "en": "What the answer rests on"}[language] in second
