"""What stands on a printed report's pages, read back out of the file."""

import unicodedata
from collections import Counter
from itertools import combinations

import pymupdf

from second_opinion.reports.rendering.characters import VisibleText
from second_opinion.reports.writing.characters import cleaned

MM = 72 / 25.4
LEFT, RIGHT, TOP, FOOT = 25 * MM, 185 * MM, 14 * MM, 291 * MM
_SLACK = 1.0  # points


class Printed:
    """A file's pages: their number, their characters, and where each stands."""

    def __init__(self, made):
        self._made = made
        with pymupdf.open(stream=made, filetype="pdf") as document:
            self.n_pages = len(document)
            self.text = "".join(page.get_text() for page in document)
            self._pages = [_spans(page) for page in document]

    def lost(self, texts):
        """Characters that were put in and do not stand there, beyond the listed replacements."""
        written = visible("".join(VisibleText().of(cleaned(text)) for text in texts))
        if not written - visible(self.text):
            return Counter()
        return written - (visible(self.text) | visible(self._drawn()))

    def _drawn(self):
        """Each glyph's character: two alike that stand close are read as one set twice, for bold.

        Arabic letters stand over one another.
        """
        with pymupdf.open(stream=self._made, filetype="pdf") as document:
            spans = [span for page in document for span in page.get_texttrace()]
        return "".join(chr(glyph[0]) for span in spans for glyph in span["chars"])

    def outside(self):
        """Text beyond the margins."""
        return [
            text
            for spans in self._pages
            for (left, top, right, bottom), text, _letters in spans
            if visible(text)
            and (
                left < LEFT - _SLACK
                or right > RIGHT + _SLACK
                or top < TOP - _SLACK
                or bottom > FOOT + _SLACK
            )
        ]

    def overlapping(self):
        """Pairs of texts that stand on one another."""
        return [
            (one[1], other[1])
            for spans in self._pages
            for one, other in combinations(spans, 2)
            # runs of two directions may lie in one another and not meet: their letters decide
            if _meet(_core(one[0]), _core(other[0])) and _letters_meet(one[2], other[2])
        ]


def put_in(case):
    """Every free text of a case."""
    yield from (case.role, case.client, case.provider, case.reference, *case.open_questions)
    for criterion in case.criteria:
        yield from (criterion.name, criterion.definition, *criterion.anchors.values())
    for opinion in case.opinions:
        yield opinion.conclusion
        for rating in opinion.ratings:
            yield from (*rating.evidence, rating.reason_not_observed)


def visible(text):
    """How often each character occurs, whatever stands between and in whatever order it is read."""
    return Counter(
        character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character)[0] not in "CZM"
    )


def _spans(page):
    """Each run of characters of one font on a line: its box, its text, its letters' boxes."""
    runs = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                shown = [char for char in span["chars"] if char["c"].strip()]
                if shown:
                    lefts, tops, rights, bottoms = zip(
                        *(char["bbox"] for char in shown), strict=True
                    )
                    box = (min(lefts), min(tops), max(rights), max(bottoms))
                    letters = [char["bbox"] for char in shown]
                    runs.append((box, "".join(char["c"] for char in shown), letters))
    return runs


def _letters_meet(ones, others):
    return any(_meet(_core(one), _core(other)) for one in ones for other in others)


def _core(box):
    """The middle of a line's height: what ascends and descends may touch a neighbour."""
    left, top, right, bottom = box
    third = (bottom - top) / 3
    return left + _SLACK, top + third, right - _SLACK, bottom - third


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
