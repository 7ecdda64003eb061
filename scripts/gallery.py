"""Make the gallery of report pages in the README anew, from the example case files.

    python scripts/gallery.py

Pages are drawn at a width at which the words can still be read, in few colours, so that all of
them together stay small. Due when the look or the contents of reports change.
"""

from __future__ import annotations

import dataclasses
import io
import tempfile
from datetime import date
from pathlib import Path

import pymupdf
from PIL import Image

from second_opinion.cli.django_setup import start_django
from second_opinion.cli.opine_files import OUTPUTS, PDF, Report, candidate_files
from second_opinion.ingest.case_file import EXAMPLES, CaseFile, read_case_file

FOLDER = Path(__file__).parent.parent / "docs" / "pictures" / "gallery"
ISSUED = date(2026, 11, 24)
DOTS_AN_INCH, COLOURS = 88, 24


def main() -> None:
    start_django()
    FOLDER.mkdir(exist_ok=True)
    english, swedish = report("en"), report("sv")
    alone = report("en", only_first=True)
    pages = {
        "answer-one": (PDF(alone), 0),
        "answer-several": (PDF(swedish), 0),
        "side-by-side": (PDF(english), 1),
        "at-a-glance": (PDF(alone), 2),
        "criterion": (PDF(alone), 3),
        "candidate": (of_candidate(swedish, ".pdf"), 0),
        "memo": (OUTPUTS["memo"][0](english), 1),
        "oral-summary": (OUTPUTS["oral-summary"][0](swedish), 0),
        "explanation": (of_candidate(english, "-explanation.pdf"), 0),
        "how-it-was-done": (PDF(english), page_of(PDF(english), "How this was done")),
    }
    for name, (made, place) in pages.items():
        picture(made, place).save(FOLDER / f"{name}.png", optimize=True)


def report(language: str, *, only_first: bool = False) -> Report:
    from second_opinion.reports.analysis import analyse

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_text(EXAMPLES[language], encoding="utf-8")
        case = read_case_file(path)
    if only_first:
        case = of_one(case, case.candidates[0])
    return Report(case, analyse(case), language, issued_on=ISSUED)


def of_one(case: CaseFile, name: str) -> CaseFile:
    """The same case with one finalist."""
    return dataclasses.replace(
        case,
        candidates=(name,),
        opinions=tuple(one for one in case.opinions if one.candidate == name),
        instruments=tuple(one for one in case.instruments if one.candidate == name),
        beliefs=tuple(one for one in case.beliefs if one.candidate == name),
        written=tuple(one for one in case.written if one.candidate == name),
    )


def page_of(made: bytes, title: str) -> int:
    """The page on which a chapter begins; contents name no chapter in print."""
    with pymupdf.open(stream=made, filetype="pdf") as document:
        return next(number for number, page in enumerate(document) if title in page.get_text())


def of_candidate(source: Report, ending: str) -> bytes:
    """The first candidate's own version, or explanation."""
    made = {path.name: make for path, make in candidate_files(source.case, Path())}
    return made[f"candidate-1{ending}"](source)


def picture(made: bytes, place: int) -> Image.Image:
    with pymupdf.open(stream=made, filetype="pdf") as document:
        drawn = document[place].get_pixmap(dpi=DOTS_AN_INCH).tobytes("png")
    return Image.open(io.BytesIO(drawn)).convert("RGB").quantize(COLOURS)


if __name__ == "__main__":
    main()
